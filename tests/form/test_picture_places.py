"""Which cells a picture lies over, by the sheet's real row heights and column widths."""

import pytest
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D

from pipeline.form.grid_open import open_book
from pipeline.form.grid_sizes import Sizes
from tests.form.marked import picture, small_workbook

POINT, PIXEL = 12_700, 9_525
SIZE = XDRPositiveSize2D(30 * PIXEL, 10 * POINT)


def place(anchor, change=lambda sheet: None):
    """(top, left, bottom, right) of the one picture of a sheet."""

    def draw(sheet):
        change(sheet)
        image = Image(picture())
        image.anchor = anchor
        sheet.add_image(image)

    (found,) = open_book(small_workbook(draw)).sheets[0].pictures
    return found.top, found.left, found.bottom, found.right


def at(x, y, size=SIZE):
    return AbsoluteAnchor(pos=XDRPoint2D(x, y), ext=size)


def high_rows(sheet):
    for row in range(1, 31):
        sheet.row_dimensions[row].height = 30


def test_a_picture_at_a_point_lies_over_usual_rows_and_columns() -> None:
    assert place(at(64 * PIXEL * 2 + 5, 15 * POINT * 3 + 5)) == (4, 3, 4, 3)


def test_high_rows_above_a_picture_are_counted_as_high_as_they_are() -> None:
    assert place(at(0, 30 * POINT * 20 + 5), high_rows)[0] == 21


def test_wide_and_hidden_columns_are_counted_as_wide_as_they_show() -> None:
    def wide(sheet):
        sheet.column_dimensions["A"].width = 40
        sheet.column_dimensions["B"].hidden = True

    assert place(at(40 * 7 * PIXEL + 5, 0), wide)[1] == 3


def test_hidden_rows_take_no_room() -> None:
    def hide(sheet):
        sheet.row_dimensions[1].hidden = sheet.row_dimensions[2].hidden = True

    assert place(at(0, 5), hide)[0] == 3


def test_what_the_sheet_says_of_rows_without_a_height_counts() -> None:
    def low(sheet):
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 10, True

    assert place(at(0, 10 * POINT * 6 + 5), low)[0] == 7


def test_a_picture_with_one_corner_reaches_as_far_as_it_is_large() -> None:
    corner = AnchorMarker(col=1, row=4, colOff=5 * PIXEL, rowOff=25 * POINT)
    assert place(OneCellAnchor(_from=corner, ext=SIZE), high_rows) == (5, 2, 6, 2)


def test_a_picture_that_ends_on_a_line_is_not_behind_it() -> None:
    assert place(at(0, 0, XDRPositiveSize2D(64 * PIXEL, 15 * POINT))) == (1, 1, 1, 1)


@pytest.mark.parametrize("far", [10**11, 10**12 - 1])
def test_a_picture_beyond_every_row_costs_nothing(far: int) -> None:
    sizes = Sizes()
    sizes.note_defaults({"defaultRowHeight": "0.0001"})
    assert sizes.row_at(1, far) > 2_000


def test_a_sheet_that_says_nonsense_of_its_sizes_is_read_all_the_same() -> None:
    sizes = Sizes()
    sizes.note_row(3, {"ht": "NaN"})
    sizes.note_columns({"min": "x", "max": "2", "width": "1e9"})
    sizes.note_defaults({"defaultRowHeight": "-4", "defaultColWidth": "inf"})
    assert (sizes.row_at(1, 15 * POINT), sizes.column_at(1, 64 * PIXEL)) == (2, 2)
