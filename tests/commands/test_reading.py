"""read-form and read-reply: one line a file, one JSON object a line, whatever the files are."""

import json
import os
from datetime import UTC, datetime, timedelta

from pipeline.demo import clients, company
from tests.commands.house import House
from tests.company import MORNING, workbook

#: Forms are judged against the day on which they are read.
TODAY = datetime.now(UTC).date() + timedelta(days=1)


def test_each_form_gets_its_own_json_line_in_the_order_given(house: House, tmp_path):
    good, bad, none = (tmp_path / name for name in ("good.xlsx", "bad.xlsx", "none.xlsx"))
    good.write_bytes(workbook(company.finance_form(TODAY)))
    bad.write_bytes(workbook(company.sales_form_with_mistakes(TODAY)))
    result = house.run("read-form", good, bad, none, "--json")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 1
    assert [line["ok"] for line in lines] == [True, False, False]
    assert house.run("read-form", good, "--json").code == 0


def test_for_people_each_problem_stands_in_its_line_with_its_cell(house: House, tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(workbook(company.sales_form_with_mistakes(TODAY)))
    out = house.run("read-form", bad).out
    assert out.startswith("bad.xlsx: Rudi Hartono (Sales), 1 karyawan, 2 baris akses\n")
    assert all(line.startswith("  mohon diperbaiki") for line in out.splitlines()[1:4])
    assert "!" in out.splitlines()[1]


def test_a_file_that_is_a_folder_or_no_workbook_is_a_line_and_no_traceback(house: House, tmp_path):
    (tmp_path / "text.xlsx").write_text("hello", encoding="utf-8")
    result = house.run("read-form", tmp_path, tmp_path / "text.xlsx", "--json")
    assert result.code == 1
    assert [json.loads(line)["ok"] for line in result.out.splitlines()] == [False, False]


def test_replies_without_the_list_of_what_was_asked_are_bad_usage(house: House, tmp_path):
    mail, known = tmp_path / "mail.eml", tmp_path / "known.json"
    mail.write_bytes(clients.newsletter(MORNING))
    assert house.run("read-reply", mail, "--known", known).code == 2
    known.write_text("[", encoding="utf-8")
    result = house.run("read-reply", mail, "--known", known)
    assert (result.code, result.out) == (2, "")
    assert "is no list of known requests" in result.err


def test_what_is_no_file_is_told_in_its_own_line_and_keeps_no_other_from_being_read(house: House, tmp_path):
    good, pipe = tmp_path / "good.xlsx", tmp_path / "pipe.xlsx"
    good.write_bytes(workbook(company.finance_form(TODAY)))
    os.mkfifo(pipe)
    done = house.run("read-form", "--json", pipe, tmp_path / "none.xlsx", tmp_path, good)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["ok"] for line in lines] == [False, False, False, True]
    said = [line["problems"][0]["message"] for line in lines[:3]]
    assert ["biasa" in said[0], "tidak ada" in said[1], "folder" in said[2]] == [True] * 3
    assert done.code == 1
