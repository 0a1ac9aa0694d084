"""Draws a table page on its sheet: head, rows, total, set up for print. Computes nothing."""

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import Language
from pipeline.reports import style
from pipeline.reports.page import Head, Page, Value
from pipeline.reports.words import say

#: The head stands here; title and explanation above, the rows below.
HEAD_ROW = 4
_FORMS = {"count": style.COUNT, "days": style.DAYS, "day": style.DAY, "moment": style.MOMENT}


def draw_page(sheet: Worksheet, page: Page, title: str, language: Language) -> None:
    """The whole sheet; `title` is the report's, for the printed page."""
    sheet.title = page.name
    last = get_column_letter(len(page.heads))
    style.put(sheet["A1"], page.name, font=style.font(16, bold=True, color=style.INK))
    style.put(sheet["A2"], page.about, font=style.font(10, color=style.GREY))
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEAD_ROW].height = 26, 32
    for column, head in enumerate(page.heads, start=1):
        _draw_head(sheet, column, head, language)
    for number, row in enumerate(page.rows, start=HEAD_ROW + 1):
        _draw_row(sheet, number, row, page.heads, banded=number % 2 == 0)
    below = HEAD_ROW + 1 + len(page.rows)
    if page.rows:
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{below - 1}"
    else:
        style.put(
            sheet.cell(below, 1), say("none", language), font=style.font(10, italic=True, color=style.GREY)
        )
        below += 1
    if page.total:
        _draw_row(sheet, below, page.total, page.heads, banded=False, total=True)
    for number, remark in enumerate(page.remarks, start=below + 2):
        style.put(sheet.cell(number, 1), remark, font=style.font(10, color=style.GREY))
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    set_up_page(sheet, title, "landscape", pages=0)


def _draw_head(sheet: Worksheet, column: int, head: Head, language: Language) -> None:
    sheet.column_dimensions[get_column_letter(column)].width = head.width
    style.put(
        sheet.cell(HEAD_ROW, column), say(head.key, language),
        font=style.font(10, bold=True, color=style.WHITE), fill=style.ground(style.INK),
        alignment=style.at(_side(head), wrap=True),
    )  # fmt: skip


def _draw_row(
    sheet: Worksheet,
    number: int,
    row: tuple[Value, ...],
    heads: tuple[Head, ...],
    banded: bool,
    total: bool = False,
) -> None:
    # A row with long text finds its own height.
    if all(head.kind != "wide" for head in heads):
        sheet.row_dimensions[number].height = 16
    for column, (value, head) in enumerate(zip(row, heads, strict=True), start=1):
        look: dict[str, Any] = {"font": style.font(10, bold=total), "border": style.UNDER}
        if total or banded:
            look["fill"] = style.ground(style.PALE if total else style.BAND)
        look["alignment"] = style.at(_side(head), wrap=head.kind == "wide")
        style.put(sheet.cell(number, column), value, _FORMS.get(head.kind, ""), **look)


def _side(head: Head) -> str:
    return {"text": "left", "wide": "left", "no": "center"}.get(head.kind, "right")


def set_up_page(sheet: Worksheet, title: str, orientation: str, pages: int) -> None:
    """A4, as wide as the page, on so many pages (0: as long as it takes), numbered at the foot."""
    setup: Any = sheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, orientation, 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    # An ampersand begins a code in a page footer; two of them are one.
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(title.replace("&", "&&"), size=8, color="6B7885"),
        right=_HeaderFooterPart("&P / &N", size=8, color="6B7885"),
    )
