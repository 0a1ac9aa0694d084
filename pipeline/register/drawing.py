"""Draws the sheet Register of a new workbook. Opens no existing one."""

from collections.abc import Mapping, Sequence
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.model import Language
from pipeline.register import style
from pipeline.register.columns import COLUMNS, KEY_HEADER, TABLE, Row
from pipeline.register.filling import Dress, fill_row
from pipeline.register.names import repeat_on_pages
from pipeline.register.ranges import add_colours, add_validations
from pipeline.register.wording import say

CAPTION_ROW, HEADER_ROW = 3, 4
FIRST_ROW = HEADER_ROW + 1
#: Number, item and employee stay in sight, on the screen and on every page.
_FROZEN = 3
PLACES: Mapping[str, int] = {
    **{column.key: place for place, column in enumerate(COLUMNS, start=1)}, "key": len(COLUMNS) + 1,
}  # fmt: skip


def draw_register(
    sheet: Worksheet,
    rows: Sequence[Row],
    staff: Mapping[str, Mapping[str, str]],
    company: str,
    language: Language,
) -> None:
    """Title, captions, header, rows, table, drop-downs, colours, print set-up and protection."""
    sheet.title = TABLE
    _draw_title(sheet, company, language)
    _draw_head(sheet, language)
    dress = Dress()
    for number, row in enumerate(rows, start=FIRST_ROW):
        fill_row(sheet, number, PLACES, row, staff.get(row.key, {}), language, dress)
    # A table needs a row of data: in an empty register it is a blank one, and the first item fills it.
    last = max(FIRST_ROW, HEADER_ROW + len(rows))
    if not rows:
        for column in COLUMNS:
            dress.put_on(sheet.cell(FIRST_ROW, PLACES[column.key]), column)  # type: ignore[arg-type]
    add_table(sheet, TABLE, f"A{HEADER_ROW}:{get_column_letter(PLACES['key'])}{last}")
    add_validations(sheet, PLACES, FIRST_ROW, last, language)
    add_colours(sheet, PLACES, FIRST_ROW, last)
    _set_view(sheet)
    _set_page(sheet, company, language)
    protect(sheet)


def add_table(sheet: Worksheet, name: str, area: str) -> None:
    """An Excel table with filters and bands over `area`, whose first row is the header."""
    table = Table(displayName=name, ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)


def _draw_title(sheet: Worksheet, company: str, language: Language) -> None:
    # The frozen columns are repeated on every page: what stands above them must fit their width.
    texts = (
        ("A1", say("title", language), style.font(14, b=True, color=style.INK)),
        ("A2", company, style.font(10.5, b=True, color=style.GREY)),
        ("D2", say("subtitle", language), style.font(9.5, color=style.GREY)),
    )
    for place, text, font in texts:
        cell = cast(Cell, sheet[place])
        cell.font, cell.alignment = font, style.MIDDLE
        put_text(cell, text)
    for number, height in ((1, 27), (2, 17), (CAPTION_ROW, 20), (HEADER_ROW, 33)):
        sheet.row_dimensions[number].height = height


def _draw_head(sheet: Worksheet, language: Language) -> None:
    group = ""
    for column in COLUMNS:
        place = PLACES[column.key]
        ground, now = _group(column.key)
        caption, head = sheet.cell(CAPTION_ROW, place), sheet.cell(HEADER_ROW, place)
        caption.fill = head.fill = style.fill(ground)
        caption.font = style.font(9, b=True, color=style.WHITE)
        caption.alignment = style.MIDDLE
        if now != group:
            group, caption.value = now, say(now, language)
        head.value = column.label(language)
        head.font, head.border, head.alignment = (
            style.font(b=True, color=style.WHITE),
            style.HEAD,
            style.HEAD_TEXT,
        )
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.cell(HEADER_ROW, PLACES["key"]).value = KEY_HEADER
    sheet.column_dimensions[get_column_letter(PLACES["key"])].hidden = True


def _group(key: str) -> tuple[str, str]:
    """(colour, caption) of the group of columns that a column stands in."""
    if PLACES[key] < PLACES["status"]:
        return style.OURS, "group-ours"
    return (
        (style.STAFF, "group-staff")
        if PLACES[key] <= PLACES["revoked_on"]
        else (style.DETAILS, "group-details")
    )


def _set_view(sheet: Worksheet) -> None:
    sheet.freeze_panes = sheet.cell(FIRST_ROW, _FROZEN + 1).coordinate
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90
    sheet.sheet_properties.tabColor = style.OURS


def _set_page(sheet: Worksheet, company: str, language: Language) -> None:
    style.page(sheet, f"{company} · {say('title', language)}", say("page", language), landscape=True, wide=2)
    repeat_on_pages(sheet, f"{CAPTION_ROW}:{HEADER_ROW}", f"A:{get_column_letter(_FROZEN)}")


def protect(sheet: Worksheet) -> None:
    """Lock what is ours, without a password.

    It guides and does not bar anyone. Most other things stay allowed.
    """
    lock = sheet.protection
    lock.sheet = True
    # In the file these say what is forbidden.
    for name in (
        "formatCells", "formatColumns", "formatRows", "insertHyperlinks", "sort", "autoFilter", "pivotTables",
        "objects", "scenarios",
    ):  # fmt: skip
        setattr(lock, name, False)
