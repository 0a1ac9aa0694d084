"""directory.xlsx as IT gets it to keep: two tables with drop-downs and a page of advice. Reads nothing."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.directory.guide import GUIDE
from pipeline.directory.lists import add_hints, add_lists, add_warnings
from pipeline.directory.words import (
    DEPARTMENTS,
    DEPARTMENTS_SHEET,
    GUIDE_SHEET,
    LANGUAGES,
    PEOPLE,
    PEOPLE_SHEET,
    ROLES,
    Column,
    pick,
)
from pipeline.model import Department, Directory, Language, Person

_INK, _PALE = "FF1F3B57", "FFEAF0F5"
_SIDE = Side("thin", color="FFD5DDE5")
_LEFT = Alignment(horizontal="left", vertical="center", indent=1)
_EDGE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
#: Rows below the filled ones that are drawn, and rows that have drop-downs beyond those.
_DRAWN, _READY = 40, 500

Cells = Sequence[str | date]


@dataclass(frozen=True)
class _Table:
    """One of the two tables and what stands in it."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Cells]

    @property
    def span(self) -> str:
        """From the header to the last filled row; Excel wants at least one row below a header."""
        return f"A1:{get_column_letter(len(self.columns))}{max(len(self.rows), 1) + 1}"


def write_directory(directory: Directory, language: Language) -> bytes:
    """The directory as an xlsx workbook; `read_directory` reads it back to the same values."""
    book = Workbook()
    people, departments, guide = book.worksheets[0], book.create_sheet(), book.create_sheet()
    people.title, departments.title = pick(PEOPLE_SHEET, language), pick(DEPARTMENTS_SHEET, language)
    guide.title = pick(GUIDE_SHEET, language)
    rows = [_person_cells(person, language) for person in directory.people]
    _draw(people, _Table(PEOPLE_SHEET[0], PEOPLE, rows), language)
    names = [_department_cells(department) for department in directory.departments]
    _draw(departments, _Table(DEPARTMENTS_SHEET[0], DEPARTMENTS, names), language)
    last = _READY + max(len(rows), len(names))
    add_lists(people, departments.title, language, last)
    add_hints(departments, DEPARTMENTS, language, last)
    add_warnings(people, departments, last)
    _draw_guide(guide, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _person_cells(person: Person, language: Language) -> Cells:
    return [
        person.name, person.email, person.department, person.division, pick(ROLES[person.role], language),
        pick(LANGUAGES[person.language], language) if person.language else "", person.deputy,
        person.deputy_from or "", person.deputy_until or "", person.certificate,
    ]  # fmt: skip


def _department_cells(department: Department) -> Cells:
    return [department.name, department.division, department.division_head, "; ".join(department.also)]


def _draw(sheet: Worksheet, table: _Table, language: Language) -> None:
    """A table under its header, and lines below it that wait to be written on."""
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        head = sheet.cell(1, number, column.header(language))
        head.font, head.fill = _font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor=_INK)
        head.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    sheet.row_dimensions[1].height = 30
    blank: Cells = [""] * len(table.columns)
    for number, values in enumerate([*table.rows, *[blank] * _DRAWN], start=2):
        _draw_row(sheet, number, values)
    sheet.add_table(
        Table(displayName=table.name, ref=table.span, tableStyleInfo=TableStyleInfo(showRowStripes=False))
    )
    sheet.freeze_panes, sheet.print_title_rows, sheet.print_area = "B2", "1:1", table.span
    _set_up_page(sheet)


def _draw_row(sheet: Worksheet, number: int, values: Cells) -> None:
    sheet.row_dimensions[number].height = 20
    for place, value in enumerate(values, start=1):
        cell: Any = sheet.cell(number, place)
        cell.font, cell.border, cell.alignment = _font(), _EDGE, _LEFT
        if isinstance(value, date):
            cell.value, cell.number_format = value, "dd/mm/yyyy"
        elif value:
            put_text(cell, value)


def _draw_guide(sheet: Worksheet, language: Language) -> None:
    title, lines = GUIDE[language]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 27, 95
    sheet.cell(1, 1, title).font = _font(16, bold=True, color=_INK)
    sheet.row_dimensions[1].height = 30
    for number, (head, text) in enumerate(lines, start=3):
        left, right = sheet.cell(number, 1, head), sheet.cell(number, 2, text)
        left.font, right.font = _font(bold=True, color=_INK), _font()
        left.fill = PatternFill("solid", fgColor=_PALE)
        for cell in (left, right):
            cell.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
            cell.border = _EDGE
        # Excel does not grow a row whose height the file leaves open once it was saved elsewhere.
        sheet.row_dimensions[number].height = 15.5 * (1 + len(text) // 98) + 6
    _set_up_page(sheet, pages=1)


def _set_up_page(sheet: Worksheet, pages: int = 0) -> None:
    """A4 across, as wide as the page, on so many pages (0: as long as it takes)."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _font(size: float = 11, **more: Any) -> Font:
    return Font(name="Calibri", size=size, **more)
