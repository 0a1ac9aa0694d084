"""import-register: a mapping to check, a look, and then requests that nobody approved or is asked about."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.demo import company
from pipeline.model import ALL_ACCESS
from pipeline.office import only_one
from pipeline.register.columns import KEY_HEADER, column_label
from pipeline.register.workbook import read_register
from tests.commands.house import House, files_of
from tests.company import Company
from tests.register.old_registers import FOLDER

FIRST = "REQ-2026-0002"
SKIP = ("--apply", "--skip-errors")


def brought(house: House, name: str = "plain.xlsx") -> Path:
    """The old register, as somebody lays it beside the configuration."""
    return Path(shutil.copy(FOLDER / name, house.folder / "OLD.xlsx"))


@pytest.fixture
def old(house: House) -> Path:
    """An old register whose mapping file is written already."""
    path = brought(house)
    house.run("import-register", path)
    return path


def events(house: House, kind: str) -> list[dict]:
    with closing(sqlite3.connect(house.config.files.state / "journal.sqlite")) as db:
        return [json.loads(data) for (data,) in db.execute("SELECT data FROM events WHERE kind = ?", (kind,))]


def letters(house: House) -> int:
    return sum(house.run("status", "--json").data["letters"].values())


def test_the_first_run_writes_a_mapping_file_to_check_and_nothing_else(house: House):
    path = brought(house)
    before = files_of(house.folder)
    assert house.run("import-register", path, "--dry-run").code == 1
    assert files_of(house.folder) == before
    result = house.run("import-register", path, "--apply")
    assert result.code == 1
    assert "Nama Karywan" in result.out
    assert "Nothing was imported" in result.out
    assert set(files_of(house.folder)) - set(before) == {"OLD.xlsx.mapping.yaml"}
    assert all(files_of(house.folder)[name] == data for name, data in before.items())


def test_the_mapping_file_can_stand_elsewhere_and_is_never_written_again(house: House, tmp_path):
    path, mapping = brought(house), tmp_path / "here.yaml"
    house.run("import-register", path, "--mapping", mapping)
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace('"SAP": "?"', '"SAP": ERP'), encoding="utf-8"
    )
    mended = mapping.read_bytes()
    data = house.run("import-register", path, "--mapping", mapping, "--json").data
    assert mapping.read_bytes() == mended
    assert "Daftar Akses!E9" not in {remark["cell"] for remark in data["remarks"]}


def test_without_apply_it_is_a_look_that_says_so_and_names_each_cell(house: House, old: Path):
    before = files_of(house.folder)
    result = house.run("import-register", old)
    assert result.code == 1
    assert "Nothing was written: this was a look" in result.out
    for cell in ("G8", "E9", "B10", "H11", "L12", "C14"):
        assert f"Daftar Akses!{cell}" in result.out
    data = house.run("import-register", old, "--json").data
    assert data["counts"] == {
        "rows": 11, "items": 4, "to import": 3, "with errors": 6, "duplicates": 1, "left out": 1
    }  # fmt: skip
    assert files_of(house.folder) == before


def test_with_errors_nothing_is_imported_until_somebody_leaves_them_out(house: House, old: Path):
    before = files_of(house.config.files.state)
    result = house.run("import-register", old, "--apply")
    assert result.code == 1
    assert "Nothing was imported: 6 rows have errors" in result.out
    assert files_of(house.config.files.state) == before
    result = house.run("import-register", old, *SKIP)
    assert result.code == 0
    assert f"4 items as 3 requests, {FIRST} to REQ-2026-0004" in " ".join(result.out.split())


def test_the_same_file_again_imports_nothing_new_and_says_so(house: House, old: Path):
    house.run("import-register", old, *SKIP)
    count = len(events(house, "request_imported"))
    again = house.run("import-register", old, *SKIP)
    assert again.code == 0
    assert "Nothing new" in again.out
    assert len(events(house, "request_imported")) == count
    # A copy with another name and other bytes holds the same access.
    book = load_workbook(old)
    book.worksheets[0]["P1"] = "salinan"
    book.save(old)
    data = house.run("import-register", old, "--json").data
    assert data["counts"]["items"] == 0


def test_what_the_journal_holds_already_is_not_imported(house: House, old: Path):
    book = load_workbook(old)
    sheet = book.worksheets[0]
    item = house.run("status", "REQ-2026-0001", "--json").data["item_list"][0]
    sheet["B5"], sheet["E5"], sheet["F5"], sheet["G5"] = (
        item["employee"],
        item["system"],
        item["level"],
        "01/01/2025",
    )
    sheet["C5"] = _nik(house)
    book.save(old)
    said = house.run("import-register", old, "--json").data["remarks"]
    assert any(r["cell"] == "Daftar Akses!E5" and "REQ-2026-0001 item 1" in r["text"] for r in said)


def _nik(house: House) -> str:
    return str(events(house, "request_received")[0]["form"]["employees"][0]["employee_id"])


def test_each_event_holds_file_row_and_cells_as_they_stood(house: House, old: Path):
    house.run("import-register", old, *SKIP)
    first = events(house, "request_imported")[0]
    assert (first["file"], len(first["sha256"])) == ("OLD.xlsx", 64)
    (row,) = first["rows"]
    assert (row["sheet"], row["row"]) == ("Daftar Akses", 5)
    assert row["cells"]["Disetujui oleh"] == "Pak Bos"
    assert "Password" not in row["cells"]
    (whole,) = events(house, "register_imported")
    assert "Nama Karywan" in whole["mapping"]


def test_the_register_shows_imported_rows_without_any_approval(house: House, old: Path):
    mails = letters(house)
    house.run("import-register", old, *SKIP)
    assert house.run("verify").code == 0
    assert house.run("poll", "--once").code == 0
    checked = house.run("verify", "--json")
    assert (checked.code, checked.data["wrong"], checked.data["notes"]) == (0, [], [])
    sheet = read_register(house.config.files.register_workbook.read_bytes())
    given, revoked = sheet.rows[f"{FIRST}/1"], sheet.rows["REQ-2026-0003/1"]
    assert (given["decision"], given["approver"], given["decided_on"]) == ("Diimpor", "", "")
    assert (given["status"], given["done_by"], given["account_id"]) == ("done", "Dewi", "budi.s")
    assert given["reason"] == "OLD.xlsx, Daftar Akses!5"
    assert int(given["evidence"]) > 0
    assert revoked["decision"] == "Diimpor, sudah dicabut"
    assert sheet.rows["REQ-2026-0004/1"]["note"] == "=1+1"
    assert letters(house) == mails
    assert house.run("status", "--json").data["requests"][1]["waits"] == []


def test_status_tells_where_it_comes_from_and_that_no_approval_is_known(house: House, old: Path):
    house.run("import-register", old, *SKIP)
    out = " ".join(house.run("status", FIRST).out.split())
    assert "Imported from OLD.xlsx, sheet Daftar Akses, row 5" in out
    assert "no approval is known" in out
    assert house.run("status", FIRST, "--json").data["item_list"][0]["decided_by"] == ""


def test_the_figures_of_the_month_count_no_imported_row(house: House, old: Path):
    before = house.run("report", "2026-11", "--json", "--dry-run").data["figures"]
    house.run("import-register", old, *SKIP)
    assert house.run("report", "2026-11", "--json", "--dry-run").data["figures"] == before


def test_another_akses_at_work_is_not_disturbed(house: House, old: Path):
    with only_one(house.config.files.state):
        result = house.run("import-register", old, *SKIP)
    assert result.code == 1
    assert "Stop it" in result.err


def test_all_rows_with_their_remarks_come_in_a_workbook(house: House, old: Path):
    out = house.folder / "remarks.xlsx"
    house.run("import-register", old, "--remarks", out)
    sheet = load_workbook(out).worksheets[0]
    rows = {line[0]: line for line in sheet.iter_rows(min_row=2, values_only=True)}
    assert (rows["5"][1], rows["13"][1], rows["15"][1]) == (
        "import",
        "left out: duplicate",
        "left out: status Ditolak",
    )
    assert rows["8"][1] == "ERROR"
    assert "G8: '31/02/2024'" in rows["8"][2]
    assert "rahasia123" not in str(rows)
    cell = next(c for c in sheet[4] if c.value == "=1+1")
    assert cell.data_type == "s"


def test_wrong_calls_are_bad_usage(house: House, old: Path):
    for words in (("--apply", "--dry-run"), ("--remarks", old), ("--remarks", "x.csv")):
        assert house.run("import-register", old, *words).code == 2, words
    mapping = house.folder / "OLD.xlsx.mapping.yaml"
    mapping.write_text("sheets: [", encoding="utf-8")
    result = house.run("import-register", old)
    assert result.code == 2
    assert "OLD.xlsx.mapping.yaml is no YAML" in result.err


def test_json_has_no_progress_bar_and_a_terminal_has_one(house: House, old: Path, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert house.run("import-register", old, "--json").err == ""
    assert "reading" in house.run("import-register", old).err


# --- afterwards, in a company at work ---------------------------------------------------------------


@pytest.fixture
def at_work(tmp_path: Path) -> Company:
    """A company that has just taken over its old register."""
    played = Company(tmp_path)
    path = Path(shutil.copy(FOLDER / "plain.xlsx", tmp_path / "OLD.xlsx"))
    house = House(tmp_path / "company")
    house.run("import-register", path)
    assert house.run("import-register", path, *SKIP).code == 0
    played.poll()
    return played


def test_a_leavers_form_takes_away_what_was_imported_and_not_what_was_revoked(at_work: Company):
    form = company.finance_form(at_work.clock.now.date())
    everything = replace(
        form.lines[0], system=ALL_ACCESS, system_text="Semua akses", action="revoke", access_level="",
        justification="Karyawan keluar", employee_no=None,
    )  # fmt: skip
    people = tuple(
        replace(form.employees[0], no=no, name=name, employee_id=nik)
        for no, (name, nik) in enumerate((("Budi Santoso", "123"), ("Siti Aminah", "0456")), start=1)
    )
    at_work.send_form(replace(
        form, request_type="revoke", signature="none", signed_on=None, employees=people, lines=(everything,),
    ))  # fmt: skip
    at_work.poll()
    (case,) = (case for case in at_work.cases() if not case.imported)
    assert [(i.item.employee.name, i.item.system) for i in case.items] == [("Budi Santoso", "ACCURATE")]


def write_cells(path: Path, key: str, cells: dict[str, str]) -> None:
    """Somebody types into the row with this key, and saves."""
    book = load_workbook(path)
    table = book["Register"][next(iter(book["Register"].tables.values())).ref]
    heads = [cell.value for cell in table[0]]
    line = next(line for line in table[1:] if line[heads.index(KEY_HEADER)].value == key)
    for name, text in cells.items():
        line[heads.index(column_label(name, "id"))].value = text
    book.save(path)


def test_what_staff_write_later_never_makes_it_wait_and_writes_no_letter(at_work: Company):
    ref, path = "REQ-2026-0001", at_work.config.files.register_workbook
    for cells, status in (
        ({"status": "Proses"}, "provisioned"), ({"status": ""}, "provisioned"),
        ({"revoked_on": "2026-11-24"}, "revoked"), ({"revoked_on": ""}, "provisioned"),
        ({"status": "Batal"}, "cancelled"), ({"status": "Selesai"}, "provisioned"),
    ):  # fmt: skip
        write_cells(path, f"{ref}/1", cells)
        at_work.poll()
        case = at_work.case(ref)
        assert (case.items[0].status, case.state) == (status, "completed"), cells
    assert at_work.letters() == []
