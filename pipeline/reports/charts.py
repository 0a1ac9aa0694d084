"""Native Excel charts with their values cached, so that viewers which do not calculate show them too."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname

from pipeline.celltext import cell_text
from pipeline.reports.draw import HEAD_ROW
from pipeline.reports.page import Page

_GREY, _LINE = "56626E", "D5DDE5"


@dataclass(frozen=True)
class Strip:
    """One colour of a chart: a column of the page (counted from 0), its name and its colour."""

    column: int
    name: str
    colour: str
    #: of the number on it
    letters: str = "56626E"


def lying_bars(page: Page, strips: Sequence[Strip], most: int) -> BarChart:
    """Stacked bars for the first rows of a page, the first one on top."""
    chart = _chart(page, strips, min(len(page.rows), most), label_position=None)
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 40
    # Excel draws lying bars from the bottom up.
    chart.x_axis.scaling.orientation = "maxMin"
    return chart


def columns_over_time(page: Page, strips: Sequence[Strip]) -> BarChart:
    """Columns side by side, one group for each row of the page."""
    chart = _chart(page, strips, len(page.rows), label_position="outEnd")
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "clustered", -8, 70
    # Room for the numbers above the highest columns.
    highest = max((float(str(row[strip.column] or 0)) for row in page.rows for strip in strips), default=0)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, max(1.0, highest * 1.25)
    return chart


def _chart(page: Page, strips: Sequence[Strip], count: int, label_position: str | None) -> BarChart:
    chart = BarChart()
    chart.legend = Legend()
    chart.legend.position, chart.legend.overlay, chart.legend.txPr = "b", False, _letters()
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.x_axis.txPr, chart.x_axis.majorTickMark = _letters(), "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=_LINE))
    chart.y_axis.majorGridlines = None
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.series = [_series(page, strip, count, label_position) for strip in strips]
    return chart


def _series(page: Page, strip: Strip, count: int, label_position: str | None) -> Series:
    """A series with both the reference and the values behind it."""
    series = Series(order=strip.column, idx=strip.column)
    series.tx = SeriesLabel(v=strip.name)
    series.graphicalProperties = GraphicalProperties(solidFill=strip.colour, ln=LineProperties(noFill=True))
    series.invertIfNegative = False
    names = [cell_text(str(row[0])) for row in page.rows[:count]]
    values = [str(row[strip.column] or 0) for row in page.rows[:count]]
    series.cat = AxDataSource(strRef=StrRef(
        f=_reference(page, 0, count), strCache=StrData(count, [StrVal(n, v) for n, v in enumerate(names)])
    ))  # fmt: skip
    series.val = NumDataSource(numRef=NumRef(
        f=_reference(page, strip.column, count),
        numCache=NumData("General", count, [NumVal(n, v=v) for n, v in enumerate(values)]),
    ))  # fmt: skip
    hidden = {"showLegendKey": False, "showCatName": False, "showSerName": False, "showPercent": False}
    series.dLbls = DataLabelList(
        # Zeros would clutter the bars.
        dLbl=[DataLabel(n, showVal=False, **hidden) for n, value in enumerate(values) if value == "0"],
        showVal=True, dLblPos=label_position, txPr=_letters(colour=strip.letters), **hidden,
    )  # fmt: skip
    return series


def _reference(page: Page, column: int, count: int) -> str:
    letter, first = get_column_letter(column + 1), HEAD_ROW + 1
    return f"{quote_sheetname(page.name)}!${letter}${first}:${letter}${first + count - 1}"


def _letters(size: float = 8, colour: str = _GREY) -> RichText:
    look = CharacterProperties(sz=int(size * 100), solidFill=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])
