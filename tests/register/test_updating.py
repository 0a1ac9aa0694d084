"""An existing register brought up to date: what people did to the workbook stays."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.model import PipelineError
from pipeline.register.columns import KEY_HEADER
from pipeline.register.reading import survey
from pipeline.register.workbook import (
    RegisterDamaged,
    check_written,
    new_register,
    read_register,
    update_register,
)
from tests.register.samples import COMPANY, Hand, Staff, changed, some_rows


def _register(count: int, staff: Staff | None = None) -> bytes:
    return new_register(some_rows(count), staff or {}, 1, COMPANY, "id")


def test_new_rows_stand_at_the_end_of_the_table_and_are_part_of_it() -> None:
    rows = some_rows(9)
    data = update_register(_register(5), rows, {rows[8].key: {"status": "progress"}}, 2, "id")
    check_written(data, rows, {rows[8].key: {"status": "progress"}}, 2)
    hand = Hand(data)
    assert hand.sheet.tables["Register"].ref == "A4:AD13"
    assert hand.sheet.tables["Register"].autoFilter.ref == "A4:AD13"
    assert read_register(data).order == tuple(row.key for row in rows)


def test_the_first_item_fills_the_blank_row_of_an_empty_register() -> None:
    rows = some_rows(2)
    one = update_register(_register(0), rows[:1], {}, 2, "id")
    assert Hand(one).sheet.tables["Register"].ref == "A4:AD5"
    two = update_register(one, rows, {}, 3, "id")
    assert Hand(two).sheet.tables["Register"].ref == "A4:AD6"
    check_written(two, rows, {}, 3)


def test_our_changed_cells_are_written_and_staffs_cells_left_alone() -> None:
    rows = some_rows(3)
    hand = Hand(_register(3)).write(rows[0].key, status="Selesai", done_on="24 Nopember 2026", note="=1+1")
    wanted = [changed(rows[0], decision="Selesai dikerjakan"), *rows[1:]]
    data = update_register(
        hand.save(), wanted, {rows[0].key: {"status": "done", "done_on": "2026-11-24"}}, 2, "id"
    )
    after = Hand(data)
    assert after.value(rows[0].key, "decision") == "Selesai dikerjakan"
    assert after.value(rows[0].key, "done_on") == "24 Nopember 2026"
    assert after.value(rows[0].key, "note") == "=1+1"


def test_staffs_cells_are_written_where_the_merge_says_so() -> None:
    rows = some_rows(2)
    staff = {rows[1].key: {"status": "cancelled", "done_on": "2026-11-20", "note": "x", "account_id": ""}}
    before = Hand(_register(2)).write(rows[1].key, account_id="lama").save()
    hand = Hand(update_register(before, rows, staff, 2, "en"))
    assert hand.value(rows[1].key, "status") == "Cancelled"
    assert hand.sheet.cell(hand.line(rows[1].key), hand.place("done_on")).is_date
    assert hand.value(rows[1].key, "account_id") is None


def test_a_sorted_register_keeps_its_order() -> None:
    rows = some_rows(6)
    hand = Hand(_register(6, {rows[0].key: {"note": "milik baris pertama"}})).sort(by=lambda v: str(v[2]))
    sorted_order = read_register(hand.save()).order
    assert sorted_order != tuple(row.key for row in rows)
    data = update_register(hand.save(), some_rows(7), {}, 2, "id")
    assert read_register(data).order == (*sorted_order, some_rows(7)[6].key)
    assert read_register(data).rows[rows[0].key]["note"] == "milik baris pertama"
    check_written(data, some_rows(7), {}, 2)


def test_an_inserted_column_stays_and_its_formula_goes_on() -> None:
    hand = Hand(_register(3))
    table = hand.sheet.tables.pop("Register")
    hand.sheet.insert_cols(3)
    hand.sheet.cell(4, 3).value = "Prioritas"
    for line in range(5, 8):
        hand.sheet.cell(line, 3).value = f"=B{line}*2"
    table.ref = table.autoFilter.ref = "A4:AE7"
    table.tableColumns.insert(2, type(table.tableColumns[0])(id=99, name="Prioritas"))
    hand.sheet.add_table(table)
    data = update_register(hand.save(), some_rows(4), {}, 2, "id")
    check_written(data, some_rows(4), {}, 2)
    after = Hand(data)
    assert after.sheet["C8"].value == "=B8*2"
    assert after.sheet.tables["Register"].ref == "A4:AE8"
    names = [column.name for column in after.sheet.tables["Register"].tableColumns]
    assert names == [str(cell.value) for cell in after.sheet[4]]


def test_a_column_beside_the_table_and_other_sheets_stay() -> None:
    hand = Hand(_register(2))
    hand.sheet["AG5"].value = "catatan di samping"
    hand.book.create_sheet("Milik IT")["B2"].value = "=Register!A5"
    book = load_workbook(io.BytesIO(update_register(hand.save(), some_rows(3), {}, 2, "id")))
    assert book["Register"]["AG5"].value == "catatan di samping"
    assert book["Milik IT"]["B2"].value == "=Register!A5"
    assert book.sheetnames == ["Register", "Ringkasan", "Keterangan", "Milik IT"]


def test_a_renamed_and_moved_sheet_is_found() -> None:
    hand = Hand(_register(2))
    hand.sheet.title = "Akses 2026 (IT's)"
    hand.book.move_sheet(hand.sheet, 2)
    data = update_register(hand.save(), some_rows(3), {}, 2, "id")
    check_written(data, some_rows(3), {}, 2)
    assert load_workbook(io.BytesIO(data)).sheetnames[2] == "Akses 2026 (IT's)"


def test_a_deleted_row_comes_back() -> None:
    rows = some_rows(4)
    hand = Hand(_register(4))
    table = hand.sheet.tables["Register"]
    hand.sheet.delete_rows(hand.line(rows[1].key))
    table.ref = table.autoFilter.ref = "A4:AD7"
    staff = {rows[1].key: {"status": "done", "note": "kembali"}}
    data = update_register(hand.save(), rows, staff, 2, "id")
    check_written(data, rows, staff, 2)
    assert read_register(data).order[-1] == rows[1].key


def test_colours_comments_hidden_rows_widths_and_filters_stay() -> None:
    rows = some_rows(4)
    hand = Hand(_register(4))
    cell = hand.sheet.cell(hand.line(rows[0].key), hand.place("employee"))
    cell.fill = PatternFill("solid", fgColor="FFFF00FF")
    cell.comment = Comment("tanya HR", "Hendra")
    hand.sheet.row_dimensions[6].hidden = True
    hand.sheet.column_dimensions["C"].width = 51
    hand.sheet.tables["Register"].autoFilter.add_filter_column(4, ["ERP"])
    after = Hand(update_register(hand.save(), some_rows(6), {}, 2, "id"))
    cell = after.sheet.cell(after.line(rows[0].key), after.place("employee"))
    assert cell.fill.fgColor.rgb == "FFFF00FF"
    assert cell.comment is not None
    assert cell.comment.text == "tanya HR"
    assert after.sheet.row_dimensions[6].hidden
    assert not after.sheet.row_dimensions[10].hidden
    assert after.sheet.column_dimensions["C"].width == 51
    assert after.sheet.tables["Register"].autoFilter.filterColumn[0].colId == 4


def test_drop_downs_and_colours_reach_the_new_rows_staffs_own_too() -> None:
    hand = Hand(_register(3))
    own = DataValidation("list", formula1='"A,B"')
    own.add("P5:P7")
    elsewhere = DataValidation("list", formula1='"C"')
    elsewhere.add("AG5:AG6")
    hand.sheet.add_data_validation(own)
    hand.sheet.add_data_validation(elsewhere)
    hand.sheet.conditional_formatting.add("E5:E7", CellIsRule("equal", ['"ERP"'], fill=PatternFill("solid")))
    sheet = Hand(update_register(hand.save(), some_rows(5), {}, 2, "id")).sheet
    areas = {v.formula1: str(v.sqref) for v in sheet.data_validations.dataValidation}
    assert areas['"A,B"'] == "P5:P9"
    assert areas['"C"'] == "AG5:AG6"
    assert areas['"Belum,Proses,Selesai,Batal"'] == "L5:L9"
    assert {str(area.sqref) for area in sheet.conditional_formatting} >= {"E5:E9", "J5:J9", "L5:Q9"}


def test_a_totals_row_and_what_stands_below_the_table_move_down() -> None:
    hand = Hand(_register(3))
    table = hand.sheet.tables["Register"]
    table.ref, table.totalsRowCount = "A4:AD8", 1
    hand.sheet["A8"].value = "Jumlah"
    hand.sheet["B8"].value = "=SUBTOTAL(103,B5:B7)"
    hand.sheet["C11"].value = "catatan kaki"
    data = update_register(hand.save(), some_rows(5), {}, 2, "id")
    check_written(data, some_rows(5), {}, 2)
    after = Hand(data)
    assert after.sheet.tables["Register"].ref == "A4:AD10"
    assert after.sheet["A10"].value == "Jumlah"
    assert after.sheet["B10"].value == "=SUBTOTAL(103,B5:B9)"
    assert after.sheet["C13"].value == "catatan kaki"
    assert read_register(data).stray == ()


def test_an_empty_row_1048576_as_libreoffice_leaves_it_is_no_end_of_the_table() -> None:
    hand = Hand(_register(3))
    hand.sheet.row_dimensions[1_048_576].height = 12.8
    hand.sheet.cell(1_048_576, 1).fill = PatternFill("solid", fgColor="FFFFFFFF")
    data = update_register(hand.save(), some_rows(4), {}, 2, "id")
    assert survey(data).lines[some_rows(4)[3].key] == 8


def test_content_in_the_very_last_row_leaves_no_room_and_is_said() -> None:
    hand = Hand(_register(3))
    hand.sheet.cell(1_048_576, 1).value = "x"
    with pytest.raises(RegisterDamaged) as damage:
        update_register(hand.save(), some_rows(4), {}, 2, "id")
    assert damage.value.reason == "no-room"


def test_a_table_made_a_plain_range_is_read_and_stays_one() -> None:
    rows = some_rows(3)
    hand = Hand(_register(3)).write(rows[0].key, note="tetap")
    del hand.sheet.tables["Register"]
    sheet = read_register(hand.save())
    assert sheet.rows[rows[0].key]["note"] == "tetap"
    assert len(sheet.problems) == 1
    data = update_register(hand.save(), some_rows(5), {}, 2, "id")
    check_written(data, some_rows(5), {}, 2)
    assert not load_workbook(io.BytesIO(data))["Register"].tables
    assert read_register(data).problems == sheet.problems


def test_an_emptied_key_cell_is_recognised_by_number_and_item_and_filled_again() -> None:
    rows = some_rows(3)
    hand = Hand(_register(3))
    hand.sheet.cell(6, hand.place("key")).value = None
    data = update_register(hand.save(), rows, {}, 2, "id")
    assert read_register(data).order == tuple(row.key for row in rows)
    assert Hand(data).sheet.cell(6, hand.place("key")).value == rows[1].key


def test_a_copied_row_and_a_row_without_a_number_are_strays_and_stay() -> None:
    rows = some_rows(3)
    hand = Hand(_register(3))
    for place in range(1, 31):
        hand.sheet.cell(8, place).value = hand.sheet.cell(5, place).value
    hand.sheet.cell(9, 3).value = "diketik sendiri"
    hand.sheet.tables["Register"].ref = "A4:AD9"
    data = update_register(hand.save(), some_rows(4), {}, 2, "id")
    sheet = read_register(data)
    assert len(sheet.stray) == 2
    assert rows[0].key in sheet.stray[0]
    assert "diketik sendiri" in sheet.stray[1]
    assert sheet.order == tuple(row.key for row in some_rows(4))
    check_written(data, some_rows(4), {}, 2)


def test_what_excel_typed_for_staff_reads_as_people_meant_it() -> None:
    row = some_rows(1)[0]
    hand = Hand(_register(1)).write(row.key, account_id=7, done_by="  Hendra ", status="SELESAI", note=True)
    found = read_register(hand.save()).rows[row.key]
    assert (found["account_id"], found["done_by"], found["status"], found["note"]) == (
        "7",
        "Hendra",
        "done",
        "TRUE",
    )


def test_a_formula_in_a_date_or_in_our_columns_is_seen_as_a_formula() -> None:
    row = some_rows(1)[0]
    hand = Hand(_register(1)).write(row.key, done_on="=TODAY()", decision='="Disetu"&"jui"')
    found = read_register(hand.save()).rows[row.key]
    assert found["done_on"] == "=TODAY()"
    assert found["decision"].startswith("=")
    data = update_register(hand.save(), [row], {}, 2, "id")
    check_written(data, [row], {}, 2)


def test_a_new_system_appears_in_the_summary_once() -> None:
    rows = some_rows(2)
    wanted = [*rows, changed(some_rows(3)[2], system="=HRIS"), changed(some_rows(4)[3], system="=HRIS")]
    data = update_register(_register(2), wanted, {}, 2, "id")
    sheet = load_workbook(io.BytesIO(data))["Ringkasan"]
    assert [cell.value for (cell,) in sheet["J5:J8"]] == ["Accurate", "ERP", "=HRIS", None]
    assert sheet["J7"].data_type == "s"


def test_a_summary_thrown_away_is_not_missed() -> None:
    hand = Hand(_register(2))
    del hand.book["Ringkasan"]
    data = update_register(hand.save(), some_rows(3), {}, 2, "id")
    check_written(data, some_rows(3), {}, 2)


def test_print_titles_are_named_once_so_that_libreoffice_does_not_write_them_twice() -> None:
    once = update_register(_register(2), some_rows(2), {}, 2, "id")
    book = load_workbook(io.BytesIO(update_register(once, some_rows(2), {}, 3, "id")))
    assert book["Register"].print_title_rows == "$3:$4"
    assert book["Register"].print_title_cols == "$A:$C"
    names = zipfile.ZipFile(io.BytesIO(once)).read("xl/workbook.xml").decode()
    assert re.findall(r"Print_Titles[^>]*>([^<]*)<", names) == ["Register!$A:$C,Register!$3:$4"]


def test_the_language_of_the_headers_does_not_matter() -> None:
    rows = some_rows(3)
    english = new_register(rows[:2], {}, 1, COMPANY, "en")
    data = update_register(english, rows, {rows[0].key: {"status": "done"}}, 2, "id")
    check_written(data, rows, {rows[0].key: {"status": "done"}}, 2)
    assert KEY_HEADER == "Akses ID"


def test_what_cannot_be_edited_without_harm_is_left_alone_and_said() -> None:
    hand = Hand(_register(1))
    hand.sheet.merge_cells("A8:C9")
    hand.sheet["A8"].value = "catatan"
    with pytest.raises(PipelineError, match="A8:C9"):
        update_register(hand.save(), some_rows(2), {}, 2, "id")
