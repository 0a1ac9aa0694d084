"""A second opinion on old xls files through calamine: values only. Runs in the limited child alone."""

import io
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipeline.form.grid import MAX_CELLS, MAX_COLUMN, MAX_ROW, Book, CannotReadError, Cell, Sheet

#: calamine builds a full rectangle: beyond this it would take the memory of the machine.
_MOST_PLACES = 4_000_000


def read_with_calamine(data: bytes) -> Book:
    """The grid of an xls older than Excel 97. Error values are shown as empty, formats are not known."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(
            _sheet(book, meta.name, meta.visible == SheetVisibleEnum.Visible) for meta in book.sheets_metadata
        )
    except (CalamineError, OSError, ValueError) as error:
        raise CannotReadError("damaged") from error
    if not sheets:
        raise CannotReadError("no_sheet")
    return Book("xls", sheets)


def _sheet(book: CalamineWorkbook, title: str, visible: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height * sheet.total_width > _MOST_PLACES:
        raise CannotReadError("too_many_cells")
    for row, values in enumerate(sheet.to_python(skip_empty_area=False)[:MAX_ROW], start=1):
        for column, value in enumerate(values[:MAX_COLUMN], start=1):
            if value != "":
                cells[row, column] = Cell(row, column, _value(value))
    if len(cells) > MAX_CELLS:
        raise CannotReadError("too_many_cells")
    return Sheet(title, visible, cells)


def _value(value: object) -> str | bool | float | datetime:
    if isinstance(value, (bool, str, datetime)):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)
