"""Workbooks with everything that XlsxWriter can draw, each with its own choice of it."""

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Worksheet

from tests.register.package.books import made

Feature = Callable[[xlsxwriter.Workbook, Worksheet, random.Random, int], None]


def workbook(number: int) -> bytes:
    """A table or a plain list of 3 to 40 rows, and six other things; the same for the same number."""
    dice = random.Random(number)
    rows = dice.randint(3, 40)

    def draw(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        data = [[f"n{row}", row, row * 1.5, row % 2 == 0] for row in range(rows)]
        if number % 3:
            columns = [{"header": "Name"}, {"header": "Count"}, {"header": "Value"}, {"header": "Done"}]
            sheet.add_table(0, 0, rows, 3, {"data": data, "columns": columns, "autofilter": number % 2})
        else:
            for row, line in enumerate([["Name", "Count", "Value", "Done"], *data]):
                sheet.write_row(row, 0, line)
        for feature in dice.sample(FEATURES, 6):
            feature(book, sheet, dice, rows)

    return made(draw, use_future_functions=bool(number % 2), date_1904=number % 7 == 0)


def _chart(book, sheet, dice, rows):
    chart = book.add_chart(
        {"type": dice.choice(["column", "line", "pie", "scatter", "bar", "area", "radar"])}
    )
    chart.add_series({"categories": ["Data", 1, 0, rows, 0], "values": ["Data", 1, 1, rows, 1]})
    sheet.insert_chart("H2", chart)


def _chart_sheet(book, sheet, dice, rows):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": ["Data", 1, 1, rows, 1]})
    book.add_chartsheet("Drawn").set_chart(chart)


def _sparklines(book, sheet, dice, rows):
    sheet.add_sparkline(1, 10, {"range": f"Data!B2:B{rows + 1}", "markers": True})


def _picture(book, sheet, dice, rows):
    sheet.insert_image("H20", "dot.png", {"image_data": BytesIO(_png(dice.randint(1, 9)))})


def _picture_in_a_cell(book, sheet, dice, rows):
    sheet.embed_image("L1", "dot.png", {"image_data": BytesIO(_png(3))})


def _background(book, sheet, dice, rows):
    sheet.set_background(BytesIO(_png(4)))


def _textbox(book, sheet, dice, rows):
    sheet.insert_textbox("H9", "a note & more", {"fill": {"color": "yellow"}})


def _button(book, sheet, dice, rows):
    sheet.insert_button("H12", {"macro": "go", "caption": "Go"})


def _checkbox(book, sheet, dice, rows):
    sheet.insert_checkbox(1, 12, True)


def _comments(book, sheet, dice, rows):
    sheet.write_comment(1, 0, "mine", {"author": "A"})
    sheet.write_comment(2, 6, "beside")


def _colours(book, sheet, dice, rows):
    yellow = book.add_format({"bg_color": "yellow"})
    sheet.conditional_format(1, 1, rows, 1, {"type": "cell", "criteria": ">", "value": 3, "format": yellow})
    sheet.conditional_format(1, 2, rows, 2, {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format(1, 0, rows, 3, {"type": "formula", "criteria": "=$B2>1", "format": yellow})


def _drop_downs(book, sheet, dice, rows):
    sheet.data_validation(1, 0, rows, 0, {"validate": "list", "source": ["a", "b"]})
    sheet.data_validation(1, 1, rows, 1, {"validate": "integer", "criteria": ">", "value": 0})


def _protection(book, sheet, dice, rows):
    sheet.protect("", {"autofilter": True})
    sheet.unprotect_range(f"B2:B{rows + 1}", "Range")


def _rich(book, sheet, dice, rows):
    sheet.write_rich_string("G1", book.add_format({"bold": True}), "rich", " text")


def _formulas(book, sheet, dice, rows):
    sheet.write_formula("G2", f"=SUM(B2:B{rows + 1})", None, 5)
    sheet.write_array_formula("G3:G4", "{=B2:B3*2}", None, 1)
    sheet.write_dynamic_array_formula("G6", "=UNIQUE(A2:A3)", None, "n0")


def _second_sheet(book, sheet, dice, rows):
    other = book.add_worksheet("It's a 2nd & last")
    other.write_row("A1", ["=x", 1, True, "ü😀"])
    other.add_table("A3:B5", {"name": "Other"})
    other.write_formula("D1", "=Data!B2", None, 3)
    if dice.random() < 0.5:
        other.very_hidden()


def _names(book, sheet, dice, rows):
    book.define_name("Total", f"=Data!$B$2:$B${rows + 1}")
    book.define_name("Data!Local", "=Data!$G$1")


def _printing(book, sheet, dice, rows):
    sheet.print_area(0, 0, rows, 3)
    sheet.repeat_rows(0)
    sheet.set_header("&C&G", {"image_center": "dot.png", "image_data_center": BytesIO(_png(5))})
    sheet.set_h_pagebreaks([10])


def _view(book, sheet, dice, rows):
    sheet.freeze_panes(1, 1)
    sheet.set_column("B:B", 20, book.add_format({"num_format": "0.00"}))
    sheet.set_row(2, 30, book.add_format({"bold": True}), {"hidden": True, "level": 1})
    sheet.set_zoom(80)


def _links(book, sheet, dice, rows):
    sheet.write_url("G9", "https://example.com/?a=1&b=2", string="link")
    sheet.write_url("G10", "internal:Data!A1")


def _merged(book, sheet, dice, rows):
    sheet.merge_range("H1:K1", "merged", book.add_format({"align": "center"}))


def _outlines(book, sheet, dice, rows):
    sheet.ignore_errors({"number_stored_as_text": xl_rowcol_to_cell(1, 0) + ":A99"})
    sheet.outline_settings(False, False, False, True)
    book.set_custom_property("Checked by", "Eve")
    book.set_properties({"title": "T & co"})


def _macro(book, sheet, dice, rows):
    book.set_vba_name("ThisWorkbook")
    sheet.set_vba_name("Sheet1")


def _png(width: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" + bytes(width))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


FEATURES: list[Feature] = [
    _chart, _chart_sheet, _sparklines, _picture, _picture_in_a_cell, _background, _textbox, _button,
    _checkbox, _comments, _colours, _drop_downs, _protection, _rich, _formulas, _second_sheet, _names,
    _printing, _view, _links, _merged, _outlines, _macro,
]  # fmt: skip
