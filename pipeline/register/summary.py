"""Draws the live summary: formulas that count the rows of the sheet Register. Counts nothing itself."""

from collections.abc import Iterable, Sequence
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.model import Language
from pipeline.register import style
from pipeline.register.columns import TABLE
from pipeline.register.drawing import PLACES, protect
from pipeline.register.systems import SYSTEMS
from pipeline.register.values import escape, plain
from pipeline.register.wording import DECISIONS, STATES, WORK, Word, say

_SLOTS = 40
_WIDTHS = {
    "A": 2, "B": 30, "C": 9, "D": 12, "E": 3, "F": 37, "G": 9, "H": 12, "I": 3, "J": 30, "K": 12, "L": 12,
    "M": 12, "N": 12, "O": 12,
}  # fmt: skip
#: Where the three panels begin, from left to right; the staff's work stands below the decisions.
_TOP, _LEFT, _MIDDLE, _RIGHT = 4, 2, 6, 10
_LOWER = _TOP + len(DECISIONS) + 2
#: The decisions that get a column of their own beside each system.
_SHOWN = DECISIONS[:4]
#: A nought would only be noise here.
_COUNT = '0;-0;"–"'


def draw_summary(sheet: Worksheet, systems: Iterable[str], company: str, language: Language) -> None:
    """The whole sheet: by decision, by stage, the staff's work, and each system by decision."""
    sheet.title = say("summary", language)
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put_text(_cell(sheet, 1, 2), f"{say('summary-title', language)}  ·  {company}")
    sheet["B1"].font = style.font(16, b=True, color=style.INK)
    sheet["B2"].value, sheet["B2"].font = say("summary-note", language), style.font(9.5, color=style.GREY)
    sheet.row_dimensions[1].height = 30
    for number in range(_TOP + 1, _TOP + _SLOTS + 1):
        sheet.row_dimensions[number].height = 18
    _draw_block(sheet, (_TOP, _LEFT), "decision", "by-decision", DECISIONS, language)
    _draw_block(sheet, (_TOP, _MIDDLE), "state", "by-state", STATES, language)
    _draw_systems(sheet, _TOP, systems, language)
    _draw_block(sheet, (_LOWER, _LEFT), "status", "by-work", tuple(WORK.values())[1:], language)
    sheet.add_chart(_decision_chart(sheet, language), f"B{_LOWER + len(WORK) + 2}")
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = style.STAFF
    style.page(sheet, f"{company} · {say('summary-title', language)}", say("page", language), landscape=True)
    protect(sheet)


def _draw_block(
    sheet: Worksheet,
    corner: tuple[int, int],
    key: str,
    title: str,
    words: Sequence[Word],
    language: Language,
) -> None:
    """A small table: word, how many rows say it, and its share."""
    row, column = corner
    _head(sheet, row, column, (say(title, language), say("count", language), say("share", language)))
    first, last = row + 1, row + len(words)
    letter = get_column_letter(column + 1)
    total = f"SUM(${letter}${first}:${letter}${last})"
    for number, line in enumerate(words, start=first):
        word, count, share = (_cell(sheet, number, column + step) for step in range(3))
        word.value = line.label(language)
        count.value = f"=COUNTIFS({TABLE}!{_whole_column(key)},{word.coordinate})"
        share.value = f"=IF({total}=0,0,{count.coordinate}/{total})"
        for cell in (word, count, share):
            cell.border, cell.font, cell.alignment = style.GRID, style.font(), style.INDENT
        word.fill, word.font = style.tone_look(line.tone)
        count.alignment = style.CENTRE
        count.number_format, share.number_format = _COUNT, "0%"
    bars = f"{get_column_letter(column + 2)}{first}:{get_column_letter(column + 2)}{last}"
    sheet.conditional_formatting.add(bars, _share_bar())


def _decision_chart(sheet: Worksheet, language: Language) -> BarChart:
    """How many rows carry each decision: it lives on the block's own formulas."""
    first, last = _TOP + 1, _TOP + len(DECISIONS)
    chart = BarChart()
    chart.type, chart.style, chart.legend = "bar", 10, None
    chart.title = say("by-decision", language)
    chart.width, chart.height = 21.5, 7.5  # type: ignore[assignment]
    chart.gapWidth = 40
    chart.add_data(Reference(sheet, min_col=_LEFT + 1, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=_LEFT, min_row=first, max_row=last))
    (series,) = chart.series
    series.graphicalProperties.solidFill = style.OURS[2:]
    series.dLbls = DataLabelList()
    series.dLbls.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, name, False)
    # From top to bottom as in the block; openpyxl hides both axes unless told otherwise.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = False
    chart.y_axis.delete, chart.y_axis.majorGridlines = True, None
    return chart


def _share_bar() -> Rule:
    ends = [FormatObject(type="num", val=value) for value in (0, 1)]
    return Rule(type="dataBar", dataBar=DataBar(cfvo=ends, color=Color("FF8FB4D6"), minLength=0))


def _draw_systems(sheet: Worksheet, row: int, systems: Iterable[str], language: Language) -> None:
    """Each system by decision; empty lines wait for systems that nobody has asked for yet."""
    words = [word.label(language) for word in _SHOWN]
    _head(sheet, row, _RIGHT, (say("by-system", language), *words, say("all", language)))
    names = list(dict.fromkeys(escape(plain(name)) for name in systems if plain(name)))[:_SLOTS]
    first, last, letter = row + 1, row + _SLOTS, get_column_letter(_RIGHT)
    for number in range(first, last + 1):
        name = _cell(sheet, number, _RIGHT)
        name.font, name.alignment = style.font(), style.INDENT
        if number - first < len(names):
            put_text(name, names[number - first])
        for step, word in enumerate((*words, ""), start=1):
            cell = _cell(sheet, number, _RIGHT + step)
            also = f',{TABLE}!{_whole_column("decision")},"{word}"' if word else ""
            counted = f'COUNTIFS({TABLE}!{_whole_column("system")},"="&${letter}{number}{also})'
            cell.value = f'=IF(${letter}{number}="","",{counted})'
            cell.alignment, cell.number_format = style.CENTRE, _COUNT
            cell.font = style.tone_look(_SHOWN[step - 1].tone)[1] if word else style.font(b=True)
    lines = DifferentialStyle(border=style.GRID)
    end = get_column_letter(_RIGHT + len(words) + 1)
    named = Rule(type="expression", dxf=lines, formula=[f'${letter}{first}<>""'])
    sheet.conditional_formatting.add(f"{letter}{first}:{end}{last}", named)
    where = f"'{sheet.title}'!${letter}${first}:${letter}${last}"
    cast(Workbook, sheet.parent).defined_names[SYSTEMS] = DefinedName(SYSTEMS, attr_text=where)


def _whole_column(key: str) -> str:
    """A whole column: a row that is deleted, sorted or appended never moves it."""
    letter = get_column_letter(PLACES[key])
    return f"${letter}:${letter}"


def _head(sheet: Worksheet, row: int, column: int, texts: Iterable[str]) -> None:
    for step, text in enumerate(texts):
        cell = _cell(sheet, row, column + step)
        cell.value = text
        cell.font, cell.fill = style.font(b=True, color=style.WHITE), style.fill(style.OURS)
        cell.alignment, cell.border = style.HEAD_TEXT if step == 0 else style.CENTRE_WRAP, style.HEAD
    if row == _TOP:
        sheet.row_dimensions[row].height = 32


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast(Cell, sheet.cell(row, column))
