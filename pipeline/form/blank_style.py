"""How the official form looks: its colours, letters and lines, in one place. Knows no field."""

import functools
from textwrap import wrap
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FACE = "Calibri"
INK, GREY, WHITE = "FF1F3B57", "FF5F6B76", "FFFFFFFF"
#: bars between the parts, and behind labels
BAR, LABEL = "FF1F3B57", "FFEAF0F5"

_THIN, _EDGE = Side("thin", color="FFB4C0CB"), Side("medium", color=INK)
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
FRAME = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)

#: Points. The page is printed at about 88 %, so that 9 is read as 8.
TEXT, SMALL = 9, 8
#: Height of a row for one line of an answer, and of every further line.
ROW, LINE = 14.5, 11.5


# One object for the same look: a workbook that has it need not compare it part by part for every cell.
@functools.cache
def fill(colour: str) -> PatternFill:
    """A plain ground of one colour."""
    return PatternFill("solid", fgColor=colour)


@functools.cache
def font(size: float = TEXT, **more: Any) -> Font:
    """The form's letters; dark grey unless told otherwise."""
    return Font(name=FACE, size=size, **{"color": "FF22303C", **more})


_VOICES: dict[str, dict[str, Any]] = {
    "title": {"b": True, "color": INK},
    "label": {"b": True, "color": INK},
    "fact": {"color": INK},
    "quiet": {"color": GREY},
    "other": {"i": True, "color": GREY},
    "bar": {"b": True, "color": WHITE},
    "bar-other": {"i": True, "color": "FFC9D6E2"},
}


def rich(*pieces: tuple[str, float, str]) -> CellRichText:
    """Text of several sizes and voices in one cell."""
    return CellRichText(
        *(TextBlock(InlineFont(rFont=FACE, sz=size, **_VOICES[voice]), text) for text, size, voice in pieces)
    )


def two_tongues(first: str, second: str, beneath: bool = True, ground: str = LABEL) -> CellRichText:
    """A label in the reader's language, the other one beneath (or behind), smaller, grey and in italics."""
    voice, other = ("bar", "bar-other") if ground == BAR else ("label", "other")
    gap = "\n" if beneath else "   "
    if first == second:
        return rich((first, TEXT, voice))
    return rich((first, TEXT, voice), (gap + second, SMALL, other))


def block(sheet: Worksheet, row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
    """The top left cell of a block, merged where it is more than one cell."""
    if rows > 1 or columns > 1:
        sheet.merge_cells(None, row, column, row + rows - 1, column + columns - 1)
    return cast(Cell, sheet.cell(row, column))


def frame(sheet: Worksheet, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
    """Thin lines around every cell of a block: a merged cell draws only the lines of its own parts."""
    for line in sheet.iter_rows(row, row + rows - 1, column, column + columns - 1):
        for cell in line:
            cell.border = GRID


def label(
    sheet: Worksheet, row: int, column: int, words: CellRichText, rows: int = 1, columns: int = 1
) -> None:
    """A locked label."""
    frame(sheet, row, column, rows, columns)
    cell = block(sheet, row, column, rows, columns)
    cell.value = words
    cell.fill = fill(LABEL)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def bar(sheet: Worksheet, row: int, column: int, columns: int, words: CellRichText) -> None:
    """The dark bar above a part of the form."""
    cell = block(sheet, row, column, 1, columns)
    cell.value = words
    for line in sheet.iter_rows(row, row, column, column + columns - 1):
        for one in line:
            one.fill = fill(BAR)
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)


def free_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    kind: str,
    rows: int = 1,
    columns: int = 1,
    in_table: bool = False,
) -> Cell:
    """An unlocked cell for an answer, formatted for its kind: text, long (wraps), date, number, choice."""
    frame(sheet, row, column, rows, columns)
    for line in sheet.iter_rows(row, row + rows - 1, column, column + columns - 1):
        for one in line:
            one.protection = Protection(locked=False)
    cell = block(sheet, row, column, rows, columns)
    cell.font = font()
    # Text cells keep leading zeros and never take an entry for a formula.
    cell.number_format = {"date": "dd/mm/yyyy", "number": "General"}.get(kind, "@")
    centred = in_table and kind in ("date", "number")
    cell.alignment = Alignment(
        horizontal="center" if centred else "left",
        vertical="center",
        indent=0 if centred else 1,
        wrap_text=kind == "long" or (in_table and not centred),
    )
    return cell


def run_over(sheet: Worksheet, row: int, column: int, columns: int) -> None:
    """Lets a long answer run over into the locked cells to its right, which have no lines between them."""
    for number in range(column, column + columns):
        first, last = number == column, number == column + columns - 1
        sheet.cell(row, number).border = Border(
            left=_THIN if first else Side(), right=_THIN if last else Side(), top=_THIN, bottom=_THIN
        )


def label_height(first: str, second: str, width: float) -> float:
    """Points that a label of two tongues needs in a cell of so many characters."""
    # Counted for letters wider than Calibri's, which Linux and old machines do not have.
    room = width - 1.5
    lines = len(wrap(first, int(room * 0.98))) or 1, len(wrap(second, int(room * 1.2))) or 1
    return 12.5 * lines[0] + (10.5 * lines[1] if first != second else 0) + 3


def set_letters(book: Workbook) -> None:
    """Makes the form's letters the workbook's own, so that rows are as high as they need and grow with wraps.

    Rows with a height of their own would cut off a long description.
    """
    plain = font()
    book._fonts = IndexedList([plain])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = plain  # type: ignore[attr-defined]
