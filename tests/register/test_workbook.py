"""A new register: what it holds, how it guides, and that nothing from outside can break it."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from pipeline.model import Language, PipelineError
from pipeline.register.columns import AKSES, COLUMNS, KEY_HEADER, STAFF, Row
from pipeline.register.workbook import check_written, new_register, read_register, update_register
from tests.register.samples import COMPANY, Hand, changed, some_rows

_POISON = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝HYPERLINK(1)", '=HYPERLINK("http://evil.example")', "#N/A",
    "#REF!", "TRUE",
    "a\ufffeb", "a\uffffb", "\ud800", "a\x00b\x0bc", "_x000D_", "_x005F_x000D_", "a\r\nb", "007", "1E5",
    "24/11/2026",
    "'quoted", "<b>&amp;</b>", "]]>", "\u202egnp.exe", "𝔘😀", "nan", "a\u2028b", " \u00a0 spaces ",
    "x" * 40_000,
    "{{7*7}}", "%s", "\\", '"', "，", "=",
)  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 40])
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_written_reads_back(count: int, language: Language) -> None:
    rows = some_rows(count)
    staff = {row.key: {"status": "done", "done_on": "2026-11-20", "account_id": "007"} for row in rows[::3]}
    data = new_register(rows, staff, 17, COMPANY, language)
    check_written(data, rows, staff, 17)
    sheet = read_register(data)
    assert (sheet.generation, sheet.stray, sheet.problems) == (17, (), ())
    assert sheet.order == tuple(row.key for row in rows)
    for row in rows:
        assert {c.key: sheet.rows[row.key][c.key] for c in AKSES} == row.texts()
        assert sheet.rows[row.key]["note"] == ""
    if rows:
        assert sheet.rows[rows[0].key]["account_id"] == "007"
        assert sheet.rows[rows[0].key]["status"] == "done"


def test_headers_are_in_the_companys_language_and_the_table_is_an_excel_table() -> None:
    for language, header in (("id", "No. permintaan"), ("en", "Request no.")):
        sheet = load_workbook(io.BytesIO(new_register(some_rows(4), {}, 1, COMPANY, language)))["Register"]
        table = sheet.tables["Register"]
        assert table.ref == "A4:AD8"
        assert table.autoFilter.ref == "A4:AD8"
        assert [column.name for column in table.tableColumns] == [str(cell.value) for cell in sheet[4]]
        assert sheet["A4"].value == header
        assert sheet["AD4"].value == KEY_HEADER
        assert sheet.column_dimensions["AD"].hidden
        assert sheet.freeze_panes == "D5"


def test_ours_are_locked_theirs_are_open_and_the_lock_needs_no_password() -> None:
    sheet = load_workbook(io.BytesIO(new_register(some_rows(2), {}, 1, COMPANY, "id")))["Register"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.autoFilter
    assert not sheet.protection.formatCells
    for place, column in enumerate(COLUMNS, start=1):
        assert sheet.cell(5, place).protection.locked == (column.owner == "akses"), column.key
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert [(v.formula1, str(v.sqref)) for v in lists] == [('"Belum,Proses,Selesai,Batal"', "L5:L6")]


def test_dates_are_dates_and_numbers_of_people_are_text() -> None:
    row = some_rows(1)[0]
    hand = Hand(new_register([row], {row.key: {"done_on": "2026-11-20"}}, 1, COMPANY, "id"))
    cell = hand.sheet.cell(5, hand.place("done_on"))
    assert cell.is_date
    assert cell.number_format == "dd/mm/yyyy"
    assert hand.value(row.key, "employee_id") == "0012034"
    assert hand.value(row.key, "item") == 1


def test_hostile_text_stays_text_in_every_column() -> None:
    rows, staff = [], {}
    for row, text in zip(some_rows(len(_POISON)), _POISON, strict=True):
        rows.append(changed(row, **{c.key: text for c in AKSES if c.key not in {"number", "item"}}))
        staff[row.key] = {c.key: text for c in STAFF}
    new = new_register(rows, staff, 1, COMPANY, "id")
    check_written(new, rows, staff, 1)
    # Every row is written anew, cell by cell, and one is appended.
    second = [changed(row, need="x") for row in rows]
    more = some_rows(len(rows) + 1)[-1]
    updated = update_register(new, [*second, more], staff, 2, "id")
    check_written(updated, [*second, more], staff, 2)
    for data in (new, updated):
        assert not re.search(r"<f[ >]", _sheet_xml(data))
        hand = Hand(data)
        assert all(cell.data_type != "f" for row_ in hand.sheet.iter_rows() for cell in row_)


@pytest.mark.parametrize("name", ["=1+1", "a\ufffeb", "\ud800", "PT A & B\r\nC", "x" * 40_000])
def test_a_company_of_any_name_gets_a_register_it_can_open(name: str) -> None:
    rows = some_rows(1)
    data = new_register(rows, {}, 1, name, "id")
    check_written(data, rows, {}, 1)
    assert not re.search(r"<f[ >]", _sheet_xml(data))


def test_every_character_of_unicode_survives_or_is_replaced() -> None:
    rows = [
        changed(row, need="".join(map(chr, range(start, start + 0x1000))))
        for row, start in zip(some_rows(272), range(0, 0x110000, 0x1000), strict=True)
    ]
    data = new_register(rows, {}, 1, COMPANY, "id")
    check_written(data, rows, {}, 1)
    check_written(update_register(data, rows, {}, 2, "id"), rows, {}, 2)


def test_reading_back_sees_a_wrong_cell_a_lost_row_and_another_generation() -> None:
    rows = some_rows(3)
    data = new_register(rows, {}, 1, COMPANY, "id")
    with pytest.raises(PipelineError, match="generation 1"):
        check_written(data, rows, {}, 2)
    with pytest.raises(PipelineError, match="decision"):
        check_written(data, [changed(rows[0], decision="Ditolak"), *rows[1:]], {}, 1)
    with pytest.raises(PipelineError, match="is missing"):
        check_written(data, some_rows(4), {}, 1)
    with pytest.raises(PipelineError, match="status"):
        check_written(data, rows, {rows[0].key: {"status": "done"}}, 1)


def test_the_summary_counts_with_live_formulas() -> None:
    data = new_register(some_rows(4), {}, 1, COMPANY, "id")
    sheet = load_workbook(io.BytesIO(data))["Ringkasan"]
    formulas = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    assert "=COUNTIFS(Register!$J:$J,B5)" in formulas
    assert any("Register!$E:$E" in formula for formula in formulas)
    assert [cell.value for (cell,) in sheet["J5:J8"]] == ["Accurate", "ERP", "Email", "VPN"]


def test_a_number_that_is_too_long_for_a_date_is_shown_as_it_stands() -> None:
    row = some_rows(1)[0]
    hand = Hand(new_register([row], {}, 1, COMPANY, "id")).write(row.key, done_on=99_999_999)
    assert read_register(hand.save()).rows[row.key]["done_on"] == "99999999"


def test_rows_given_with_plain_values_keep_them() -> None:
    row = Row("REQ-2026-0009/1", {"number": "REQ-2026-0009", "item": 1, "start": date(2026, 12, 1)})
    sheet = read_register(new_register([row], {}, 1, COMPANY, "en"))
    assert sheet.rows[row.key]["start"] == "2026-12-01"
    assert sheet.rows[row.key]["employee"] == ""


def _sheet_xml(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
