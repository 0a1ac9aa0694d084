"""How the register looks: its colours, letters and lines, in one place. Knows no column."""

import functools
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.register.wording import Tone

FACE = "Calibri"
INK, GREY, WHITE, TEXT = "FF1F3B57", "FF5F6B76", "FFFFFFFF", "FF22303C"
#: headers and captions: ours, the staff's, and the details behind them
OURS, STAFF, DETAILS = "FF1F3B57", "FF1E6B52", "FF4A6076"
#: ground of the cells that staff fill in
STAFF_GROUND = "FFF1F8F4"
LABEL = "FFEAF0F5"

DAY = "dd/mm/yyyy"
#: Text stays text: an account "007" keeps its zeros.
AS_TEXT = "@"

_LINE = Side("thin", color="FFD3DBE2")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
#: two cells that look like one
LEFT_PART, RIGHT_PART = (
    Border(left=_LINE, top=_LINE, bottom=_LINE),
    Border(right=_LINE, top=_LINE, bottom=_LINE),
)
_HEAD_LINE = Side("thin", color="FFFFFFFF")
HEAD = Border(left=_HEAD_LINE, right=_HEAD_LINE)

#: tone -> (ground, letters)
_TONES: dict[Tone, tuple[str, str]] = {
    "wait": ("FFFFF2CC", "FF7F5A00"),
    "good": ("FFDDF3E4", "FF14643A"),
    "work": ("FFDCE9F7", "FF1F4E79"),
    "done": ("FFC6E7D3", "FF0E5230"),
    "bad": ("FFFADBD8", "FF922B21"),
    "over": ("FFE6EAED", "FF5F6B76"),
}


@functools.cache
def font(size: float = 10, **more: Any) -> Font:
    """The register's letters; dark grey unless told otherwise."""
    return Font(name=FACE, size=size, **{"color": TEXT, **more})


# One object for the same look: a workbook that has it need not compare it part by part for every cell.
@functools.cache
def fill(colour: str) -> PatternFill:
    """A plain ground of one colour."""
    return PatternFill("solid", fgColor=colour)


def tone(name: Tone) -> DifferentialStyle:
    """What a conditional format lays over a cell."""
    ground, letters = _TONES[name]
    return DifferentialStyle(
        font=Font(color=letters), fill=PatternFill("solid", fgColor=ground, bgColor=ground)
    )


def tone_look(name: Tone) -> tuple[PatternFill, Font]:
    """The same colours as fixed ones, for the legend."""
    ground, letters = _TONES[name]
    return fill(ground), font(color=letters)


MIDDLE = Alignment(vertical="center")
INDENT = Alignment(horizontal="left", vertical="center", indent=1)
WRAP = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
CENTRE = Alignment(horizontal="center", vertical="center")
CENTRE_WRAP = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEAD_TEXT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def page(sheet: Worksheet, footer: str, page_words: str, landscape: bool, wide: int = 1) -> None:
    """A4, `wide` pages wide and as many high as it takes, with a footer."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
    # An ampersand starts a code in a footer; a company may have one in its name.
    words = {"left": footer.replace("&", "&&"), "right": page_words}
    for side, text in words.items():
        part = getattr(sheet.oddFooter, side)
        part.text, part.size, part.font = text, 8, f"{FACE},Regular"
