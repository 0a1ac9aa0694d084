"""Sheets as dictionaries of cells, and the xlsx made of them. Reads nothing."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

Cells = dict[tuple[int, int], Any]


@dataclass(frozen=True)
class Page:
    """One sheet to write."""

    title: str
    cells: Cells
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()


def to_xlsx(*pages: Page, date1904: bool = False) -> bytes:
    """The pages as an xlsx; a value (`formula`, stored) is written as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "date_1904": date1904, "strings_to_formulas": False, "strings_to_urls": False},
    )
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for page in pages:
        sheet = book.add_worksheet(page.title)
        for (row, column), value in page.cells.items():
            if isinstance(value, (datetime, date)):
                sheet.write_datetime(row - 1, column - 1, value, day)
            elif isinstance(value, Formula):
                sheet.write_formula(
                    row - 1, column - 1, value.text, day if value.is_date else None, value.stored
                )
            elif isinstance(value, Shown):
                sheet.write_number(
                    row - 1, column - 1, value.number, book.add_format({"num_format": value.code})
                )
            elif value is not None:
                sheet.write(row - 1, column - 1, value)
        for top, left, bottom, right in page.merges:
            value = page.cells.get((top, left))
            style = day if isinstance(value, datetime) else None
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style)
            if isinstance(value, datetime):
                sheet.write_datetime(top - 1, left - 1, value, day)
            elif value is not None:
                sheet.write(top - 1, left - 1, value)
        if page.hidden:
            sheet.hide()
        elif all(earlier.hidden for earlier in pages[: pages.index(page)]):
            # The sheet that is shown first cannot be hidden.
            sheet.activate()
            sheet.set_first_sheet()
    book.close()
    return out.getvalue()


@dataclass(frozen=True)
class Formula:
    text: str
    stored: Any = ""
    is_date: bool = False


@dataclass(frozen=True)
class Shown:
    """A number in a number format."""

    number: float
    code: str
