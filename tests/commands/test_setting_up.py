"""init and form give a company what it starts with, and never write over what is there."""

from io import BytesIO

from openpyxl import load_workbook

from pipeline.demo import company
from pipeline.directory import read_directory
from tests.commands.house import House, run
from tests.company import MORNING, Company


def test_init_writes_a_directory_that_can_be_read_and_the_folders(fresh: House):
    result = fresh.run("init")
    assert result.code == 0
    assert len(read_directory(fresh.config.files.directory.read_bytes()).people) == 5
    files = fresh.config.files
    assert all(path.is_dir() for path in (files.state, files.register_workbook.parent, files.reports))
    assert files.state.stat().st_mode & 0o077 == 0


def test_init_a_second_time_keeps_everything(fresh: House):
    fresh.run("init")
    fresh.config.files.directory.write_bytes(b"filled in by hand")
    again = fresh.run("init", "--json").data
    assert again["written"] == []
    assert str(fresh.config.files.directory) in again["kept"]
    assert fresh.config.files.directory.read_bytes() == b"filled in by hand"


def test_after_init_a_first_poll_is_good(fresh: House):
    fresh.run("init")
    result = fresh.run("poll", "--once", "--json")
    assert result.code == 0
    assert (result.data["mails"], result.data["outcomes"], result.data["failed"]) == (0, {}, 0)
    assert result.data["busy"] is False


def test_the_form_is_written_in_the_language_and_to_the_place_that_were_asked_for(fresh: House, tmp_path):
    out = tmp_path / "form.xlsx"
    assert fresh.run("form", "--out", out, "--language", "en", "--json").data["file"] == str(out)
    texts = {
        cell.value for row in load_workbook(BytesIO(out.read_bytes())).active.iter_rows() for cell in row
    }
    assert any(isinstance(text, str) and "Employee" in text for text in texts)


def test_the_form_can_be_filled_in_from_an_earlier_request(house: House, tmp_path):
    out = tmp_path / "form.xlsx"
    house.run("form", "--out", out, "--prefill", "req-2026-0001")
    book = load_workbook(out)
    texts = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value]
    assert "REQ-2026-0001" in texts
    assert "Putri Lestari" in texts


def test_a_language_or_request_that_there_is_not_is_said(house: House, tmp_path):
    out = tmp_path / "form.xlsx"
    assert house.run("form", "--out", out, "--language", "fr").code == 2
    assert house.run("form", "--out", out, "--prefill", "17").code == 2
    assert house.run("form", "--out", out, "--prefill", "REQ-2026-0099").code == 1
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_named_and_is_no_traceback(fresh: House, tmp_path):
    result = fresh.run("form", "--out", tmp_path / "no" / "such" / "form.xlsx")
    assert (result.code, result.out) == (1, "")
    assert "no/such" in result.err


def test_of_a_request_that_is_closed_the_form_is_made_to_change_what_was_granted(tmp_path):
    made = Company(tmp_path)
    made.send_form(company.finance_form(MORNING.date()))
    made.poll()
    made.answer(made.asked(), "SETUJU")
    made.poll()
    out = tmp_path / "form.xlsx"
    told = run("form", "--config", made.config_file, "--out", out, "--prefill", "REQ-2026-0001", "--json")
    assert told.data["revises"] == ""
    texts = {str(c.value) for row in load_workbook(out).active.iter_rows() for c in row if c.value}
    assert "REQ-2026-0001" not in texts, "a revision of it would be refused"
    assert {"Putri Lestari", "Perubahan Akses", "Perubahan"} <= texts


def test_a_form_is_a_workbook_and_a_request_has_a_number(fresh: House, tmp_path):
    assert fresh.run("form", "--out", tmp_path / "form.pdf").code == 2
    assert fresh.run("form", "--out", tmp_path / "form.xlsx", "--prefill", "").code == 2
    assert not (tmp_path / "form.xlsx").exists()
