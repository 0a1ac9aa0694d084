"""Draws the legend: whose each column is, and what the words in it mean. Reads no register."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import Language
from pipeline.register import style
from pipeline.register.columns import COLUMNS
from pipeline.register.drawing import protect
from pipeline.register.wording import DECISIONS, END_PASSED, MEANINGS, RULES, STATES, WORK, Word, say

_WIDTHS = {"A": 3, "B": 34, "C": 20, "D": 70}


def draw_legend(sheet: Worksheet, company: str, language: Language) -> None:
    """The whole sheet: rules, the words and their colours, the columns."""
    sheet.title = say("legend", language)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet["B1"].value = say("legend-title", language)
    sheet["B1"].font = style.font(16, b=True, color=style.INK)
    sheet.row_dimensions[1].height = 30
    row = _draw_rules(sheet, 3, language)
    row = _draw_words(sheet, row + 1, say("statuses", language), tuple(WORK.values()), language)
    row = _draw_words(sheet, row + 1, say("decisions", language), (*DECISIONS, END_PASSED), language)
    row = _draw_words(sheet, row + 1, say("states", language), STATES, language)
    _draw_columns(sheet, row + 1, language)
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = style.DETAILS
    style.page(sheet, f"{company} · {say('legend-title', language)}", say("page", language), landscape=False)
    protect(sheet)


def _draw_rules(sheet: Worksheet, row: int, language: Language) -> int:
    _bar(sheet, row, say("rules", language))
    for number, pair in enumerate(RULES, start=1):
        row += 1
        sheet.cell(row, 1, number).font = style.font(b=True, color=style.STAFF)
        sheet.cell(row, 1).alignment = style.CENTRE
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=4)
        cell = sheet.cell(row, 2)
        cell.value = pair[language == "en"]
        cell.font, cell.alignment = style.font(10.5), style.WRAP
        # Merged cells do not grow by themselves.
        sheet.row_dimensions[row].height = 15 * (1 + len(str(cell.value)) // 140) + 8
    return row + 1


def _draw_words(sheet: Worksheet, row: int, title: str, words: Sequence[Word], language: Language) -> int:
    _bar(sheet, row, title)
    for word in words:
        row += 1
        cell = sheet.cell(row, 2, word.label(language))
        cell.fill, cell.font = style.tone_look(word.tone)
        # It runs on into the empty cell beside it: merging would cost every later writing of the register.
        sheet.cell(row, 3, word.means(language)).font = style.font()
        for column, border in ((2, style.GRID), (3, style.LEFT_PART), (4, style.RIGHT_PART)):
            sheet.cell(row, column).border = border
            sheet.cell(row, column).alignment = style.INDENT
        sheet.row_dimensions[row].height = 17
    return row + 1


def _draw_columns(sheet: Worksheet, row: int, language: Language) -> None:
    _bar(sheet, row, say("columns", language), say("owner", language), say("meaning", language))
    for column in COLUMNS:
        row += 1
        texts = (
            column.label(language),
            say(f"owner-{column.owner}", language),
            MEANINGS[column.key][language == "en"],
        )
        for place, text in enumerate(texts, start=2):
            cell = sheet.cell(row, place, text)
            cell.font, cell.border, cell.alignment = style.font(), style.GRID, style.WRAP
            if column.owner == "staff":
                cell.fill = style.fill(style.STAFF_GROUND)
        sheet.cell(row, 2).font = style.font(
            b=True, color=style.STAFF if column.owner == "staff" else style.INK
        )
        sheet.row_dimensions[row].height = 17


def _bar(sheet: Worksheet, row: int, *texts: str) -> None:
    for place in (2, 3, 4):
        cell = sheet.cell(row, place)
        cell.fill, cell.alignment = style.fill(style.OURS), style.INDENT
        cell.font = style.font(b=True, color=style.WHITE)
        if place - 2 < len(texts):
            cell.value = texts[place - 2]
    sheet.row_dimensions[row].height = 20
