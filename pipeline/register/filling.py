"""Puts values into cells of the register: text always as text, dates as dates. Decides no place and no style
but the cell's own."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.model import Language
from pipeline.register import style
from pipeline.register.columns import COLUMNS, Column, Row, choice_text
from pipeline.register.values import escape, plain

#: Long texts are shown in several lines.
_WRAPPED = frozenset({"level", "need", "reason", "note"})
#: Points of one line, and how many lines a row is given at most: the rest is read in the cell.
_LINE, _LINES = 13.5, 4
_LOWEST = 20.0
_CENTRED = frozenset(
    {"item", "revision", "start", "end", "received", "decided_on", "done_on", "revoked_on", "evidence"}
)


class Dress:
    """The style of each column's cells, made once a workbook: assigning styles one by one is slow."""

    def __init__(self) -> None:
        self._made: dict[str, Cell] = {}

    def put_on(self, cell: Cell, column: Column | None) -> None:
        """Dress a cell of a data row; the hidden key's column is None."""
        name = column.key if column else "key"
        if name not in self._made:
            _dress(cell, column)
            self._made[name] = cell
        take_style(cell, self._made[name])


def take_style(cell: Cell, pattern: Cell) -> None:
    """The style of another cell of the same workbook, as a whole.

    What the public properties do one by one.
    """
    new: Any = cell
    if cell is not pattern:
        new._style = copy(cast(Any, pattern)._style)


def _dress(cell: Cell, column: Column | None) -> None:
    cell.font = style.font()
    cell.border = style.GRID
    cell.alignment = style.INDENT
    if column is None:
        return
    if column.key in _WRAPPED:
        cell.alignment = style.WRAP
    elif column.key in _CENTRED:
        cell.alignment = style.CENTRE
    if column.kind == "date":
        cell.number_format = style.DAY
    if column.owner == "staff":
        cell.fill = style.fill(style.STAFF_GROUND)
        cell.protection = Protection(locked=False)
        if column.kind == "text" and column.key != "note":
            cell.number_format = style.AS_TEXT


def fill_row(
    sheet: Worksheet, number: int, places: Mapping[str, int], row: Row, staff: Mapping[str, str],
    language: Language, dress: Dress,
) -> None:  # fmt: skip
    """A new row of the table, both owners' columns and the hidden key."""
    key = cast(Cell, sheet.cell(number, places["key"]))
    dress.put_on(key, None)
    put_text(key, row.key)
    for column in COLUMNS:
        cell = cast(Cell, sheet.cell(number, places[column.key]))
        dress.put_on(cell, column)
        if column.owner == "akses":
            put_ours(cell, row.cells.get(column.key))
        elif staff.get(column.key):
            put_staff(cell, column, staff[column.key], language)
    sheet.row_dimensions[number].height = height_for(row.texts() | dict(staff))


def height_for(texts: Mapping[str, str]) -> float:
    """Points: high enough for the longest text, and rows of one line all alike."""
    lines = max(
        sum(1 + len(part) // column.width for part in texts.get(column.key, "").split("\n"))
        for column in COLUMNS if column.key in _WRAPPED
    )  # fmt: skip
    return max(_LOWEST, _LINE * min(lines, _LINES) + 4)


def put_ours(cell: Cell, value: str | int | date | None) -> None:
    """A value of ours; text is text even where it looks like a formula."""
    if isinstance(value, str):
        text = escape(plain(value))
        if text:
            put_text(cell, text)
            return
        value = None
    # The type that a hand or a formula left behind would outlive the value.
    cell.value = None
    cell.quotePrefix = False
    if value is not None:
        cell.value = value


def put_staff(cell: Cell, column: Column, text: str, language: Language) -> None:
    """A canonical text as staff would have entered it: a choice by its label, a date as a date."""
    if column.kind == "date":
        try:
            put_ours(cell, date.fromisoformat(text))
        except ValueError:
            put_ours(cell, text)
        else:
            cell.number_format = style.DAY
        return
    put_ours(cell, choice_text(column.key, text, language))
