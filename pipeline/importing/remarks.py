"""The old register's rows with what became of each, as a workbook to mend them by. Changes no register."""

import io
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.celltext import put_text
from pipeline.importing.reading import OldRegister
from pipeline.importing.rows import OldRow

_COLUMNS = ("Row", "Outcome", "Remarks")
_WIDTHS = (8, 26, 70)


def remarks_workbook(found: OldRegister) -> bytes:
    """Every row in its order: where it stands, its outcome, all that is said of it, and its cells."""
    book = Workbook(write_only=True)
    for number, (name, headings) in enumerate(found.headings.items(), start=1):
        sheet = book.create_sheet(f"{number} {name}"[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\"), "_")))
        for letter, width in zip("ABC", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "D2"
        sheet.append(_cells(sheet, (*_COLUMNS, *headings), bold=True))
        for row in found.rows:
            if row.sheet == name:
                sheet.append(_cells(sheet, _texts(row)))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def outcome_of(row: OldRow) -> str:
    """In a word or two what becomes of a row."""
    if row.has_errors:
        return "ERROR"
    return f"left out: {row.left_out}" if row.left_out else "import"


def _texts(row: OldRow) -> tuple[str, ...]:
    said = "\n".join(f"{remark.cell.rpartition('!')[2]}: {remark.text}" for remark in row.remarks)
    return (str(row.row), outcome_of(row), said, *row.cells)


def _cells(sheet: WriteOnlyWorksheet, texts: tuple[str, ...], bold: bool = False) -> Iterator[Cell]:
    for text in texts:
        cell = WriteOnlyCell(sheet)
        if bold:
            cell.font = Font(bold=True)
        put_text(cell, text)
        yield cell
