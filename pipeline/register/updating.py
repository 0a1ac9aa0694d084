"""Brings an existing register up to date, by openpyxl; keeps the rest of the workbook as far as that can.

All of it stands behind `update_register`: another writer can take its place.
"""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import cast

from lxml.etree import LxmlError
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.model import Language, PipelineError
from pipeline.register.columns import AKSES, STAFF, TABLE, Row, canonical
from pipeline.register.damage import RegisterDamaged
from pipeline.register.drawing import add_table
from pipeline.register.filling import Dress, fill_row, put_ours, put_staff
from pipeline.register.finding import LAST_ROW
from pipeline.register.names import mend_print_titles, set_generation
from pipeline.register.opening import Package
from pipeline.register.ranges import grow
from pipeline.register.reading import Survey, survey
from pipeline.register.summary import list_systems
from pipeline.register.tables import copy_extras, settle_table

#: What openpyxl raises on a workbook that it cannot read or cannot write again.
_BEYOND_OPENPYXL = (
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError, RecursionError,
    zipfile.BadZipFile, LxmlError, InvalidFileException, )  # fmt: skip

Staff = Mapping[str, Mapping[str, str]]


def update_register(
    data: bytes, rows: Sequence[Row], staff: Staff, generation: int, language: Language
) -> bytes:
    """The same workbook with our cells as `rows` say, staff's cells where `staff` says so, and new rows at
    the end of the table. The order of rows and columns stays.

    RegisterDamaged when `data` is no register; PipelineError when openpyxl cannot work on it.
    """
    there = survey(data)
    try:
        book = _load(data)
        _update(book, there, rows, staff, language)
        set_generation(book, generation)
        list_systems(book, (row.texts()["system"] for row in rows))
        mend_print_titles(book)
        book.calculation.fullCalcOnLoad = True
        stream = io.BytesIO()
        book.save(stream)
    except _BEYOND_OPENPYXL as error:
        raise PipelineError(
            f"The register could not be edited: {type(error).__name__}: {str(error)[:300]}.",
            "Nothing was changed. Move what was added last to another workbook, or write it anew (rebuild).",
        ) from error
    return stream.getvalue()


def _load(data: bytes) -> Workbook:
    with warnings.catch_warnings():
        # It warns of each extension it will drop, at every poll anew.
        warnings.simplefilter("ignore", UserWarning)
        macros = "xl/vbaProject.bin" in Package(data).names
        return load_workbook(io.BytesIO(data), rich_text=True, keep_vba=macros)


def _update(book: Workbook, there: Survey, rows: Sequence[Row], staff: Staff, language: Language) -> None:
    sheet = book[there.area.sheet]
    dress = Dress()
    for row in rows:
        if row.key in there.lines:
            _update_row(sheet, there, row, staff.get(row.key, {}), language)
    new = [row for row in rows if row.key not in there.lines]
    last = _make_room(sheet, there, len(new))
    for number, row in enumerate(new, start=there.last_used + 1):
        fill_row(sheet, number, there.area.places, row, staff.get(row.key, {}), language, dress)
        copy_extras(sheet, there.area, number)
    if there.area.table:
        settle_table(sheet, there.area, last)
    else:
        first, end = (get_column_letter(place) for place in (there.area.first_column, there.area.last_column))
        add_table(sheet, TABLE, f"{first}{there.area.header_row}:{end}{last}")


def _update_row(
    sheet: Worksheet, there: Survey, row: Row, staff: Mapping[str, str], language: Language
) -> None:
    """Write what differs, and nothing else: a cell that says the right thing keeps its form."""
    line, places, found = there.lines[row.key], there.area.places, there.sheet.rows[row.key]
    texts = row.texts()
    if row.key in there.unnamed:
        put_text(cast(Cell, sheet.cell(line, places["key"])), row.key)
    for column in AKSES:
        # openpyxl reads "_x005F_x000D_" wrongly from Excel's shared strings, and would write it back wrongly.
        if found[column.key] != texts[column.key] or "_x" in texts[column.key]:
            put_ours(cast(Cell, sheet.cell(line, places[column.key])), row.cells.get(column.key))
    for column in STAFF:
        text = canonical(column, staff.get(column.key, found[column.key]))
        if text != found[column.key] or "_x" in text:
            put_staff(cast(Cell, sheet.cell(line, places[column.key])), column, text, language)


def _make_room(sheet: Worksheet, there: Survey, count: int) -> int:
    """The table's last row once `count` rows are appended; what stands below it is moved down."""
    area = there.area
    old = area.last_row if area.table else max(there.last_used, area.header_row + 1)
    new = max(old, there.last_used + count)
    if new == old:
        return old
    below = _lowest_value(sheet, area.first_column, area.last_column)
    if below > old:
        if below + new - old > LAST_ROW:
            raise RegisterDamaged("no-room")
        first, end = (get_column_letter(place) for place in (area.first_column, area.last_column))
        sheet.move_range(f"{first}{old + 1}:{end}{below}", rows=new - old, translate=True)
    elif new > LAST_ROW:
        raise RegisterDamaged("no-room")
    grow(sheet, old, new)
    return new


def _lowest_value(sheet: Worksheet, first: int, last: int) -> int:
    """The lowest row with a value in these columns.

    An empty row 1,048,576 (LibreOffice) counts for nothing.
    """
    cells = cast(Mapping[tuple[int, int], Cell], sheet._cells)
    used = (row for (row, place), cell in cells.items() if first <= place <= last and cell.value is not None)
    return max(used, default=0)
