"""Rows for any workbook: the convenience, its choice of a place, and its command."""

import json
import os
import re
import subprocess
import sys
from datetime import date

import pytest

from pipeline.register.package.appending import append_rows
from pipeline.register.package.refusal import Refused
from tests.register.package.books import (
    SHEET,
    appended,
    at,
    made,
    opened,
    part,
    table_book,
    touched,
    values,
    with_parts,
)


def _list(draw=None, heading=("No", "Name", "Total")):
    def both(book, sheet):
        sheet.write_row("B3", heading, book.add_format({"bold": True}))
        for row in range(3, 6):
            sheet.write_row(row, 1, [row, f"n{row}"], book.add_format({"italic": True}))
            sheet.write_formula(row, 3, f"=B{row + 1}*2", None, row * 2)
        if draw:
            draw(book, sheet)

    return made(both)


def test_plain_list_goes_on_below_its_last_value(tmp_path):
    after, done = appended(_list(), tmp_path, ["x", "y"], {"name": "z"})
    assert (done.sheet, done.first_row) == ("Data", 7)
    sheet = opened(after)["Data"]
    assert [[cell.value for cell in row] for row in sheet["B7:D8"]] == [["x", "y", None], [None, "z", None]]
    assert sheet["B7"].font.italic


def test_ranges_that_ended_at_the_last_row_grow(tmp_path):
    def draw(book, sheet):
        sheet.data_validation("C4:C6", {"validate": "list", "source": ["a"]})
        sheet.conditional_format("B4:B6", {"type": "blanks"})
        sheet.autofilter("B3:D6")
        sheet.print_area("B3:D6")
        book.define_name("Names", "=Data!$C$4:$C$6")

    after, _ = appended(_list(draw), tmp_path, ["x"])
    book = opened(after)
    sheet = book["Data"]
    assert sheet.auto_filter.ref == "B3:D7"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C4:C7"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B4:B7"]
    assert sheet.print_area == "'Data'!$B$3:$D$7"
    assert "Data!$B$3:$D$7" in part(after, "xl/workbook.xml")
    assert book.defined_names["Names"].attr_text == "Data!$C$4:$C$6", "in Excel a name of a list stays, too"


def test_blank_formatted_rows_below_do_not_count(tmp_path):
    def draw(book, sheet):
        for row in range(6, 12):
            sheet.write_blank(row, 1, None, book.add_format({"bold": True}))

    _, done = appended(_list(draw), tmp_path, ["x"])
    assert done.first_row == 7


def test_merged_cells_at_the_end_are_not_written_into(tmp_path):
    _, done = appended(_list(lambda book, sheet: sheet.merge_range("B6:B8", "m")), tmp_path, ["x"])
    assert done.first_row == 9


def test_empty_sheet_begins_with_the_first_row(tmp_path):
    after, done = appended(made(lambda book, sheet: None), tmp_path, ["x", 1])
    assert done.first_row == 1
    assert values(after) == [["x", 1]]


def test_first_table_is_taken_before_a_list(tmp_path):
    def draw(book, sheet):
        book.add_worksheet("Second").write("A1", "head")

    before = table_book(draw=draw)
    assert appended(before, tmp_path, ["x"])[1].first_row == 5
    _, second = appended(before, tmp_path, ["x"], where="second")
    assert (second.sheet, second.first_row) == ("Second", 2)
    assert appended(before, tmp_path, ["x"], where="LIST")[1].sheet == "Data"
    assert opened(appended(before, tmp_path, ["x"], where="Data")[0])["Data"].tables["List"].ref == "A1:C5"


def test_note_below_a_table_ends_the_plain_list_of_the_sheet(tmp_path):
    before = table_book(draw=lambda book, sheet: sheet.write("A9", "note"))
    after, done = appended(before, tmp_path, ["x"], where="Data")
    assert done.first_row == 10
    assert opened(after)["Data"].tables["List"].ref == "A1:C4"


@pytest.mark.parametrize(
    ("row", "where", "reason"),
    [({"Nobody": 1}, "", "no-column"), ([1], "Nowhere", "no-table"), ([1, 2, 3, 4], "List", "no-column")],
)
def test_refusals(tmp_path, row, where, reason):
    with pytest.raises(Refused) as caught:
        append_rows(table_book(), tmp_path / "out.xlsx", [row], where)
    assert caught.value.reason == reason
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_file_is_exchanged_in_its_place_and_keeps_its_mode(tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(table_book())
    file.chmod(0o640)
    append_rows(file, file, [["a"]])
    append_rows(file, file, [["b"]])
    assert [row[0] for row in values(file.read_bytes())][-2:] == ["a", "b"]
    assert file.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["list.xlsx"]


def test_names_of_columns_may_be_shared_inline_or_rich_texts(tmp_path):
    def draw(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("E3", bold, "Rich", " one")
        sheet.write("F3", 2026)

    before = _list(draw)
    after, _ = appended(before, tmp_path, {"rich one": "r", "2026": "y", "Total": 4})
    assert values(after)[6][3:] == [4, "r", "y"]
    assert touched(before, after) == {SHEET, "xl/workbook.xml"}


def test_list_without_references_in_its_cells(tmp_path):
    before = with_parts(
        made(lambda book, sheet: [sheet.write_row(row, 0, [row, "x"]) for row in range(4)]),
        {SHEET: lambda text: re.sub(r'(<(?:row|c)) r="[A-Z]*\d+"', r"\1", text)},
    )
    after, done = appended(before, tmp_path, ["new", 1])
    assert done.first_row == 5
    assert values(after)[4] == ["new", 1]


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.register.package", "append", *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_command(tmp_path):
    file, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(table_book())
    done = _command(
        str(file), str(out), "--where", "List", "--row", '["a", 1, {"date": "2026-11-25"}]', "--json"
    )
    assert json.loads(done.stdout) == {
        "file": str(file), "ok": True, "reason": "", "message": "", "sheet": "Data", "row": 5,
    }  # fmt: skip
    assert done.returncode == 0
    assert values(out.read_bytes())[4] == ["a", 1, date(2026, 11, 25)]
    assert opened(out.read_bytes())["Data"]["C5"].value == at(2026, 11, 25)


def test_command_that_is_refused(tmp_path):
    file = tmp_path / "in.xlsx"
    file.write_bytes(b"no workbook")
    done = _command(str(file), str(tmp_path / "out.xlsx"), "--row", '["a"]', "--json")
    assert (done.returncode, json.loads(done.stdout)["reason"]) == (1, "not-a-workbook")
    done = _command(str(tmp_path / "missing.xlsx"), str(tmp_path / "out.xlsx"), "--row", '["a"]')
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "missing.xlsx" in done.stdout


def test_openpyxl_is_not_imported_where_nothing_needs_it():
    script = (
        "import sys, pipeline.register.package.__main__ as m;"
        "print([name for name in ('openpyxl', 'lxml', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
