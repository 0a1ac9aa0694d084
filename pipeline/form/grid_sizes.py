"""How high the rows of an xlsx sheet are and how wide its columns, in EMU: what a picture lies over."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_POINT, _PIXEL = 12_700, 9_525
#: What a sheet has that says nothing: 15 points, and 8 digits of 7 pixels, rounded as Excel does.
_HEIGHT, _WIDTH = 15 * _POINT, 64 * _PIXEL
#: Rows and columns beyond these are taken for usual ones: a sign-off stands far above.
_COUNTED = 2_000
#: Descriptions of columns that are kept: a form has a dozen.
_MOST_COLUMNS = 64
_NUMBER = re.compile(r"[0-9]{1,5}(?:\.[0-9]+)?").fullmatch


class _Columns(NamedTuple):
    first: int
    last: int
    size: int


class Sizes:
    """The sizes of one sheet, noted while its XML is streamed."""

    def __init__(self) -> None:
        self.height, self.width = _HEIGHT, _WIDTH
        self._rows: dict[int, int] = {}
        self._columns: list[_Columns] = []

    def note_row(self, row: int, attributes: Mapping[str, str]) -> None:
        """A <row> that names its height or is hidden."""
        size = 0 if _hidden(attributes) else _size(attributes.get("ht", ""), _POINT)
        if size is not None and row <= _COUNTED:
            self._rows[row] = size

    def note_columns(self, attributes: Mapping[str, str]) -> None:
        """A <col>: its width counts digits of 7 pixels, the margin of a cell included."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        size = 0 if _hidden(attributes) else _size(attributes.get("width", ""), 7 * _PIXEL)
        if size is not None and first.isdecimal() and last.isdecimal() and len(self._columns) < _MOST_COLUMNS:
            self._columns.append(_Columns(int(first), int(last), size))

    def note_defaults(self, attributes: Mapping[str, str]) -> None:
        """The <sheetFormatPr>."""
        self.height = _size(attributes.get("defaultRowHeight", ""), _POINT) or _HEIGHT
        self.width = _size(attributes.get("defaultColWidth", ""), 7 * _PIXEL) or _WIDTH

    def row_at(self, row: int, beyond: int) -> int:
        """The row that lies `beyond` below the upper edge of `row`."""
        while row <= _COUNTED and beyond >= (high := self._rows.get(row, self.height)):
            row, beyond = row + 1, beyond - high
        return row + (beyond // self.height if row > _COUNTED else 0)

    def column_at(self, column: int, beyond: int) -> int:
        """The column that lies `beyond` to the right of the left edge of `column`."""
        while column <= _COUNTED and beyond >= (wide := self._wide(column)):
            column, beyond = column + 1, beyond - wide
        return column + (beyond // self.width if column > _COUNTED else 0)

    def _wide(self, column: int) -> int:
        return next((c.size for c in self._columns if c.first <= column <= c.last), self.width)


def _hidden(attributes: Mapping[str, str]) -> bool:
    return attributes.get("hidden", "") in {"1", "true"}


def _size(text: str, unit: int) -> int | None:
    return int(float(text) * unit) if _NUMBER(text) else None
