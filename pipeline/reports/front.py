"""The first sheet: everything a director wants to know on one A4 page. Computes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import Language
from pipeline.reports import style
from pipeline.reports.draw import set_up_page
from pipeline.reports.words import say

#: The page is ten columns wide.
_COLUMNS, _WIDTH = 10, 12.0
_CARDS = (
    ("card_in", "requests_in"), ("card_completed", "completed"), ("card_pending", "pending"),
    ("card_decision", "decision_median"), ("card_ready", "ready_median"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One figure: this month, last month, the same month last year; None where nothing is known."""

    key: str
    now: float | None
    before: float | None
    year_ago: float | None

    @property
    def in_days(self) -> bool:
        return self.key.endswith(("median", "p90", "oldest"))

    @property
    def change(self) -> float | None:
        """The difference of the two numbers as they are shown: 0.84 and 0.76 are told as 0.8 and 0.8."""
        if self.now is None or self.before is None:
            return None
        return round(round(self.now, 1) - round(self.before, 1), 1)


@dataclass(frozen=True)
class Front:
    """What stands on the first page. Charts may be missing where there is nothing to show."""

    title: str
    company: str
    month: str
    lines: tuple[Line, ...]
    #: names of the two other months; `year_ago` is "" where nothing is known of it
    before: str
    year_ago: str
    trend: BarChart | None
    system: BarChart | None
    department: BarChart | None
    attention: tuple[str, ...]
    footer: str
    language: Language

    def say(self, key: str, **facts: object) -> str:
        return say(key, self.language, **facts)


def draw_front(sheet: Worksheet, front: Front) -> None:
    """The page from top to bottom; every part says on which row the next one begins."""
    sheet.title = front.say("sheet_summary")
    for letter in "ABCDEFGHIJ":
        sheet.column_dimensions[letter].width = _WIDTH
    _draw_title(sheet, front)
    _draw_cards(sheet, front, 5)
    row = _draw_lines(sheet, front, 9)
    row = _draw_charts(sheet, front, row + 1)
    row = _draw_attention(sheet, front, row + 1)
    _text(sheet, row + 1, front.footer, style.font(8, color=style.GREY), 24)
    set_up_page(sheet, f"{front.company} · {front.title} · {front.month}", "portrait", pages=1)
    sheet.print_area = f"A1:J{row + 1}"


def _draw_title(sheet: Worksheet, front: Front) -> None:
    for row, (text, size, bold, height) in enumerate(
        (
            (front.company, 11, True, 20),
            (f"{front.title} · {front.month}", 19, True, 31),
            (front.say("subtitle"), 9, False, 17),
        ),
        start=1,
    ):
        for column in range(1, _COLUMNS + 1):
            sheet.cell(row, column).fill = style.ground(style.INK)
        colour = style.WHITE if bold else "FFC9D6E2"
        face = style.font(size, bold=bold, color=colour)
        _span(sheet, row, 1, _COLUMNS, text, font=face, alignment=style.at(indent=1))
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[4].height = 8


def _draw_cards(sheet: Worksheet, front: Front, row: int) -> None:
    """Five large numbers, each with last month's beneath."""
    lines = {line.key: line for line in front.lines}
    for place, (card, key) in enumerate(_CARDS):
        line, first = lines[key], place * 2 + 1
        label: dict[str, Any] = {
            "font": style.font(9, bold=True, color=style.GREY),
            "alignment": style.at("center", "bottom"),
        }
        large: dict[str, Any] = {
            "font": style.font(24, bold=True, color=style.INK),
            "alignment": style.at("center"),
        }
        small: dict[str, Any] = {
            "font": style.font(8, color=style.GREY),
            "alignment": style.at("center", "top"),
        }
        _span(sheet, row, first, first + 1, front.say(card), **label)
        form = style.DAYS if line.in_days else style.COUNT
        _span(sheet, row + 1, first, first + 1, "–" if line.now is None else line.now, form, **large)
        _span(sheet, row + 2, first, first + 1, *_beneath(line, front), **small)
        for r in range(row, row + 3):
            for column in (first, first + 1):
                sheet.cell(r, column).fill = style.ground(style.PALE)
                if column == first and place:
                    sheet.cell(r, column).border = Border(left=Side("thick", color=style.WHITE))
    for offset, height in enumerate((19, 34, 17, 8)):
        sheet.row_dimensions[row + offset].height = height


def _beneath(line: Line, front: Front) -> tuple[object, str]:
    """Last month's value and the format that puts the words before it: the reader's program writes the
    number, so that it has the same decimal mark as the one above."""
    unit = f"{front.say('unit_days')}; " if line.in_days else ""
    if line.before is None:
        return unit.rstrip("; ") or front.say("nothing_before"), ""
    words = f"{unit}{front.say('last_month').lower()} "
    return line.before, f'"{words}"{style.DAYS if line.in_days else style.COUNT}'


def _draw_lines(sheet: Worksheet, front: Front, row: int) -> int:
    """The figures beside those of last month, and of last year where there are any."""
    spans = (
        [(1, 4), (5, 6), (7, 8), (9, 10)]
        if not front.year_ago
        else [(1, 4), (5, 6), (7, 8), (9, 9), (10, 10)]
    )
    heads = [front.say("part_figures"), front.month, front.before, front.say("change"), front.year_ago]
    for (first, last), text in zip(spans, heads, strict=False):
        side = "left" if first == 1 else "right"
        _span(
            sheet, row, first, last, text, font=style.font(9, bold=True, color=style.INK),
            alignment=style.at(side, indent=1 if first == 1 else 0),
            border=Border(bottom=Side("medium", color=style.INK)),
        )  # fmt: skip
    sheet.row_dimensions[row].height = 18
    for number_, line in enumerate(front.lines, start=row + 1):
        _draw_line(sheet, number_, line, spans, front)
    return row + 1 + len(front.lines)


def _draw_line(
    sheet: Worksheet, row: int, line: Line, spans: Sequence[tuple[int, int]], front: Front
) -> None:
    form, changes = (style.DAYS, style.CHANGE_DAYS) if line.in_days else (style.COUNT, style.CHANGE)
    unit = f" ({front.say('unit_days')})" if line.in_days else ""
    values = (front.say(line.key) + unit, line.now, line.before, line.change, line.year_ago)
    bold = line.key in {"requests_in", "completed", "pending", "decision_median", "ready_median"}
    for (first, last), value, column in zip(spans, values, range(5), strict=False):
        shown = "–" if value is None else value
        colour = style.TEXT if column < 2 else style.GREY
        _span(
            sheet, row, first, last, shown, changes if column == 3 else form,
            font=style.font(9, bold=bold and column < 2, color=colour), border=style.UNDER,
            alignment=style.at("right" if column else "left", indent=0 if column else 1),
        )  # fmt: skip
    sheet.row_dimensions[row].height = 14.5


def _draw_charts(sheet: Worksheet, front: Front, row: int) -> int:
    if front.trend is not None:
        _heading(sheet, row, 1, _COLUMNS, front.say("part_trend"))
        _place(sheet, front.trend, 0, row, _COLUMNS, row + 11)
        row += 12
    _heading(sheet, row, 1, 5, front.say("part_system"))
    _heading(sheet, row, 6, _COLUMNS, front.say("part_department"))
    for chart, column in ((front.system, 0), (front.department, 5)):
        if chart is None:
            face = style.font(9, italic=True, color=style.GREY)
            _span(
                sheet,
                row + 1,
                column + 1,
                column + 5,
                front.say("no_chart"),
                font=face,
                alignment=style.at(indent=1),
            )
        else:
            _place(sheet, chart, column, row, column + 5, row + 18)
    return row + (19 if front.system is not None else 3)


def _place(sheet: Worksheet, chart: BarChart, column: int, row: int, column_end: int, row_end: int) -> None:
    """Pin a chart between two cells (counted from 0), so that it fits its part of the page in any program."""
    begin, end = AnchorMarker(col=column, row=row), AnchorMarker(col=column_end, row=row_end)
    anchored: Any = chart
    anchored.anchor = TwoCellAnchor("twoCell", _from=begin, to=end)
    sheet.add_chart(chart)


def _draw_attention(sheet: Worksheet, front: Front, row: int) -> int:
    _heading(sheet, row, 1, _COLUMNS, front.say("part_attention"))
    sheet.row_dimensions[row + 1].height = 4
    points = front.attention or (front.say("nothing_special"),)
    for number_, point in enumerate(points, start=row + 2):
        lines = 1 + len(point) // 170
        _text(sheet, number_, f"•  {point}", style.font(9), 13 * lines + 2)
    return row + 2 + len(points)


def _heading(sheet: Worksheet, row: int, first: int, last: int, text: str) -> None:
    _span(
        sheet, row, first, last, text, font=style.font(10, bold=True, color=style.INK),
        alignment=style.at(indent=1), border=Border(bottom=Side("thin", color=style.INK)),
    )  # fmt: skip
    sheet.row_dimensions[row].height = 19


def _text(sheet: Worksheet, row: int, text: str, face: Any, height: float) -> None:
    _span(sheet, row, 1, _COLUMNS, text, font=face, alignment=style.at(vertical="top", wrap=True, indent=1))
    sheet.row_dimensions[row].height = height


def _span(
    sheet: Worksheet, row: int, first: int, last: int, value: object, form: str = "", **look: Any
) -> None:
    """A value over several columns. The border goes on each of them: a merged cell shows its own only."""
    border = look.pop("border", None)
    style.put(sheet.cell(row, first), value, form, **look)
    if border is not None:
        for column in range(first, last + 1):
            sheet.cell(row, column).border = border
    if last > first:
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
