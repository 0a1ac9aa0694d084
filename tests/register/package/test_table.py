"""A row more in a table: what belongs to the table grows with it, and nothing else is touched."""

from datetime import date

import pytest

from pipeline.register.package.refusal import Refused
from tests.register.package.books import (
    SHEET,
    appended,
    at,
    changed,
    grown,
    names,
    opened,
    part,
    replaced,
    table_book,
    touched,
    values,
    with_parts,
)

NEW = {1: "new", 2: 9, 3: date(2026, 11, 25)}


def test_table_filter_and_dimension_reach_the_new_row():
    after = grown(table_book(), NEW, NEW)
    sheet = opened(after)["Data"]
    assert sheet.tables["List"].ref == sheet.tables["List"].autoFilter.ref == "A1:C6"
    assert sheet.dimensions == "A1:C6"
    assert '<dimension ref="A1:C6"/>' in part(after, SHEET)


def test_only_sheet_table_and_workbook_are_written_anew():
    before = table_book(draw=lambda book, sheet: sheet.insert_textbox("F2", "hello"))
    assert touched(before, grown(before, NEW)) == {SHEET, "xl/tables/table1.xml", "xl/workbook.xml"}


def test_order_of_the_parts_is_kept():
    before = table_book()
    assert names(grown(before, NEW)) == names(before)


def test_new_row_looks_as_the_row_above():
    after = opened(grown(table_book(), NEW))["Data"]
    assert after["C5"].number_format == "dd/mm/yyyy"
    assert after["C5"].value == at(2026, 11, 25)


def test_cell_of_a_row_that_is_there_is_changed_and_keeps_its_look():
    after = grown(table_book(), cells={3: {2: "x & <y>", 3: date(2027, 1, 1)}})
    sheet = opened(after)["Data"]
    assert (sheet["B3"].value, sheet["C3"].value) == ("x & <y>", at(2027, 1, 1))
    assert sheet["C3"].number_format == "dd/mm/yyyy"
    assert values(after)[2][1] == "x & <y>"


def test_shared_strings_are_neither_read_nor_written():
    before = table_book()
    broken = with_parts(before, {"xl/sharedStrings.xml": lambda text: "this is no XML"})
    assert "xl/sharedStrings.xml" not in touched(broken, grown(broken, NEW))


def test_drop_downs_colours_and_protected_areas_reach_the_new_row():
    def draw(book, sheet):
        sheet.data_validation("A2:A4", {"validate": "list", "source": ["a", "b"]})
        sheet.data_validation("F2:F4", {"validate": "list", "source": ["a", "b"]})
        sheet.data_validation("B2:B3", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.conditional_format("A2:C4", {"type": "cell", "criteria": ">", "value": 1})
        sheet.unprotect_range("B2:B4", "mine")
        sheet.protect()

    sheet = opened(grown(table_book(draw=draw), NEW))["Data"]
    areas = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert areas == {"A2:A5", "F2:F4", "B2:B3"}, "beside the table and above its end nothing grows"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["A2:C5"]
    assert sheet.protection.sheet


def test_colours_and_drop_downs_in_the_extension_reach_the_new_row():
    def draw(book, sheet):
        other = book.add_worksheet("Other")
        other.write("A1", "x")
        sheet.conditional_format("B2:B4", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("C2:C4", {"type": "icon_set", "icon_style": "3_arrows"})

    text = part(grown(table_book(draw=draw), NEW), SHEET)
    assert "<xm:sqref>B2:B5</xm:sqref>" in text
    assert 'sqref="B2:B5"' in text


def test_area_in_several_pieces_grows_where_it_touches_the_end():
    before = table_book(draw=lambda book, sheet: sheet.data_validation("A2:A4", {"validate": "any"}))
    before = table_book(
        draw=lambda book, sheet: sheet.conditional_format(
            "A2:A4", {"type": "blanks", "multi_range": "A2:A3 C2:C4 E2:E4"}
        )
    )
    assert 'sqref="A2:A3 C2:C5 E2:E4"' in part(grown(before, NEW), SHEET)


def test_filtered_and_sorted_table_stays_so():
    before = table_book()
    before = replaced(
        before,
        "xl/tables/table1.xml",
        (
            '<autoFilter ref="A1:C4"/>',
            '<autoFilter ref="A1:C4"><filterColumn colId="0"><filters><filter val="n1"/></filters>'
            '</filterColumn></autoFilter><sortState ref="A2:C4"><sortCondition ref="B2:B4"/></sortState>',
        ),
    )
    before = replaced(before, SHEET, ('<row r="3" spans="1:3">', '<row r="3" spans="1:3" hidden="1">'))
    after = grown(before, NEW, cells={3: {2: 7}})
    table = part(after, "xl/tables/table1.xml")
    assert '<sortState ref="A2:C5"><sortCondition ref="B2:B5"/>' in table
    assert "filterColumn" in table
    sheet = opened(after)["Data"]
    assert sheet.row_dimensions[3].hidden
    assert not sheet.row_dimensions[5].hidden


def test_columns_are_found_by_name_wherever_they_were_moved(tmp_path):
    before = table_book()
    after, _ = appended(before, tmp_path, {"day": "d", " NAME ": "n"})
    assert values(after)[4] == ["n", "", "d"]
    with pytest.raises(Refused, match="no column 'Nomor'"):
        appended(before, tmp_path, {"Nomor": 1})


def test_column_name_in_two_lines_is_found(tmp_path):
    before = replaced(table_book(), "xl/tables/table1.xml", ('name="Amount"', 'name="Amount_x000a_(IDR)"'))
    after, _ = appended(before, tmp_path, {"Amount (IDR)": 3})
    assert values(after)[4][1] == 3


def test_empty_table_is_filled_from_its_blank_row_on(tmp_path):
    before = table_book(1, data=[])
    after, done = appended(before, tmp_path, ["a", 1], ["b", 2])
    assert done.first_row == 2
    assert [row[:2] for row in values(after)] == [["Name", "Amount"], ["a", 1], ["b", 2]]
    assert opened(after)["Data"].tables["List"].ref == "A1:C3"


def test_table_without_a_heading_grows(tmp_path):
    after, done = appended(table_book(2, header_row=False, data=[["a", 1], ["b", 2]]), tmp_path, ["z", 1])
    assert done.first_row in {3, 4}
    assert opened(after)["Data"].tables["List"].ref.endswith(str(done.first_row))


def test_named_areas_of_the_whole_table_grow_and_others_do_not():
    def draw(book, sheet):
        book.define_name("Names", "=Data!$A$2:$A$4")
        book.define_name("Part", "=Data!$A$2:$A$3")
        book.define_name("Single", "=Data!$A$4")
        book.define_name("Beside", "=Data!$E$2:$E$4")
        sheet.print_area("A1:C4")
        sheet.repeat_rows(0)

    book = opened(grown(table_book(draw=draw), NEW))
    found = {name: one.attr_text for name, one in book.defined_names.items()}
    assert found == {
        "Names": "Data!$A$2:$A$5",
        "Part": "Data!$A$2:$A$3",
        "Single": "Data!$A$4",
        "Beside": "Data!$E$2:$E$4",
    }
    assert book["Data"].print_area == "'Data'!$A$1:$C$5"
    assert book["Data"].print_title_rows == "$1:$1"


def test_workbook_is_calculated_anew_when_it_is_opened():
    assert opened(grown(table_book(), NEW)).calculation.fullCalcOnLoad


def test_macros_and_comments_are_kept():
    def draw(book, sheet):
        sheet.write_comment("A2", "mine")

    before = with_parts(table_book(draw=draw), {}, xl_vbaProject__bin=b"\x00macro")
    after = grown(before, NEW, cells={2: {1: "x"}})
    assert not touched(before, after) & {
        "xl/vbaProject.bin",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert opened(after)["Data"]["A2"].comment.text == "mine"


def test_row_without_a_table_row_above_is_written():
    before = table_book(3)
    text = part(before, SHEET)
    row = text[text.index('<row r="4"') : text.index("</sheetData>")]
    after = grown(replaced(before, SHEET, (row, "")), NEW)
    assert values(after)[4][0] == "new"


def test_height_of_the_row_above_and_of_ones_own():
    before = table_book(draw=lambda book, sheet: sheet.set_row(3, 40))
    assert opened(grown(before, NEW))["Data"].row_dimensions[5].height == 39.75


def test_value_for_a_column_outside_the_table_is_refused():
    with pytest.raises(Refused) as caught:
        grown(table_book(), {9: "x"})
    assert caught.value.reason == "no-column"


def test_cell_that_is_not_there_takes_the_look_of_its_column():
    def draw(book, sheet):
        sheet.set_column("G:G", 20, book.add_format({"bold": True}))

    sheet = opened(changed(table_book(draw=draw), {3: {7: "x"}, 40: {7: "y"}}))["Data"]
    assert sheet["G3"].font.bold
    assert sheet["G40"].font.bold
    assert sheet["G40"].value == "y"
