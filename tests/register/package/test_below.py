"""What stands below a table when it grows."""

import pytest

from pipeline.register.package.refusal import Refused
from tests.register.package.books import SHEET, grown, opened, part, replaced, table_book, touched, values
from tests.register.package.test_formulas import CHAIN, with_chain

NEW = {1: "new", 2: 9}
TOTALS = {
    "total_row": True,
    "columns": [{"header": "Name", "total_string": "All"}, {"header": "Amount", "total_function": "sum"},
                {"header": "Day"}],
}  # fmt: skip


def test_totals_row_moves_down_and_still_counts():
    after = grown(table_book(**TOTALS), NEW, NEW)
    sheet = opened(after)["Data"]
    assert [row[0] for row in values(after)] == ["Name", "n1", "n2", "n3", "new", "new", "All"]
    assert sheet["B7"].value == "=SUBTOTAL(109,[Amount])"
    assert (sheet.tables["List"].ref, sheet.tables["List"].autoFilter.ref) == ("A1:C7", "A1:C6")


def test_values_below_move_down_and_cells_beside_stay():
    def draw(book, sheet):
        sheet.write("A7", "note", book.add_format({"bold": True}))
        sheet.write("E5", "beside")
        sheet.write("E7", "beside too")

    sheet = opened(grown(table_book(draw=draw), NEW))["Data"]
    assert (sheet["A7"].value, sheet["A8"].value, sheet["A8"].font.bold) == (None, "note", True)
    assert (sheet["E5"].value, sheet["E7"].value, sheet["A5"].value) == ("beside", "beside too", "new")


def test_blank_formats_below_make_room_and_nothing_moves():
    def draw(book, sheet):
        for row in range(4, 9):
            sheet.write_blank(row, 0, None, book.add_format({"bg_color": "yellow"}))
        sheet.write("E5", "beside")

    after = grown(table_book(draw=draw), NEW)
    sheet = opened(after)["Data"]
    assert (sheet["A5"].value, sheet["E5"].value) == ("new", "beside")
    assert part(after, SHEET).count("<row ") == 9


def test_formula_below_counts_the_new_row_too():
    def draw(book, sheet):
        sheet.write_formula("B6", "=SUM(B2:B4)+B7+$E$6", None, 6)
        sheet.write("B7", 1)
        sheet.write("E6", 1)

    sheet = opened(grown(table_book(draw=draw), NEW))["Data"]
    assert sheet["B7"].value == "=SUM(B2:B5)+B8+$E$6"


def test_empty_last_row_of_the_sheet_as_libreoffice_leaves_it():
    before = replaced(
        table_book(), SHEET, ("</sheetData>", '<row r="1048576" ht="12.8" customHeight="1"/></sheetData>')
    )
    after = grown(before, NEW)
    assert values(after)[4][0] == "new"
    assert '<row r="1048576" ht="12.8" customHeight="1"/>' in part(after, SHEET)


def test_a_hundred_thousand_formatted_blank_rows():
    rows = "".join(f'<row r="{row}"{" " * 60}><c r="A{row}" s="1"/></row>' for row in range(5, 100_005))
    before = replaced(table_book(), SHEET, ("</sheetData>", rows + "</sheetData>"))
    text = part(grown(before, NEW, NEW), SHEET)
    assert text.count("<row ") == 100_004
    assert '<row r="6"><c r="A6"' in text


def test_value_far_below_many_blank_rows_is_refused():
    rows = "".join(f'<row r="{row}"{" " * 60}><c r="A{row}" s="1"/></row>' for row in range(5, 100_005))
    rows += '<row r="100005"><c r="A100005"><v>1</v></c></row>'
    with pytest.raises(Refused) as caught:
        grown(replaced(table_book(), SHEET, ("</sheetData>", rows + "</sheetData>")), NEW)
    assert caught.value.reason == "below"


def test_sheet_without_room_is_refused():
    last = '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    with pytest.raises(Refused) as caught:
        grown(replaced(table_book(), SHEET, ("</sheetData>", last)), NEW)
    assert caught.value.reason == "no-room"


def _merged(book, sheet):
    sheet.merge_range("A5:B5", "")


def _merged_further_down(book, sheet):
    sheet.merge_range("A9:B9", "text")


def _coloured(book, sheet):
    sheet.write("A9", "text")
    sheet.conditional_format("A9", {"type": "blanks"})


def _linked(book, sheet):
    sheet.write_url("A9", "https://example.com")


def _commented(book, sheet):
    sheet.write("A9", "text")
    sheet.write_comment("A9", "remark")


def _named(book, sheet):
    sheet.write("A9", "text")
    book.define_name("There", "=Data!$A$9")


def _counted_elsewhere(book, sheet):
    sheet.write("A9", 1)
    book.add_worksheet("My sheet").write_formula("A1", "=Data!A9+1")


def _counted_beside(book, sheet):
    sheet.write("A9", 1)
    sheet.write_formula("E2", "=A9*2")


def _counted_in_the_table(book, sheet):
    sheet.write("A9", 1)
    sheet.write_formula("B2", "=A$9*2")


def _drawn(book, sheet):
    sheet.write("B9", 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$8:$B$9"})
    sheet.insert_chart("F2", chart)


def _other_table(book, sheet):
    sheet.add_table("A8:B10", {"name": "Other"})


def _counts_another_sheet(book, sheet):
    book.add_worksheet("Second")
    sheet.write_formula("A9", "=Second!A1")


@pytest.mark.parametrize(
    "draw",
    [_merged, _merged_further_down, _coloured, _linked, _commented, _named, _counted_elsewhere,
     _counted_beside, _counted_in_the_table, _drawn, _other_table, _counts_another_sheet],
)  # fmt: skip
def test_what_would_be_torn_apart_is_refused(draw):
    with pytest.raises(Refused) as caught:
        grown(table_book(draw=draw), NEW)
    assert caught.value.reason == "below"


def test_whole_columns_and_areas_that_hold_all_are_no_obstacle():
    def draw(book, sheet):
        sheet.write("A9", "note")
        sheet.write_formula("E1", "=COUNTA(A:A)+COUNTA(A1:A500)")
        sheet.write_formula("E2", '="A9"')

    assert values(grown(table_book(draw=draw), NEW))[9][0] == "note"


def test_moved_formula_takes_the_calculation_chain_with_it():
    before = with_chain(table_book(**TOTALS))
    assert CHAIN in touched(before, grown(before, NEW))
