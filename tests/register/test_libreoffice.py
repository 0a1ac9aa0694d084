"""Saved by LibreOffice, the register is still the register: tested with LibreOffice itself."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from pipeline.register.columns import STAFF, Row
from pipeline.register.workbook import check_written, new_register, read_register, update_register
from tests.register.samples import COMPANY, Hand, Staff, changed, some_rows

# openpyxl says which of LibreOffice's extensions it does not read; that is no news here.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

_NASTY = (
    "=1+1",
    "_x000D_",
    "a\nb",
    "007",
    "24/11/2026",
    "#N/A",
    "TRUE",
    " x\u00a0y ",
    "😀",
    "'x",
    "1E5",
    "\u202eabc",
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Registers opened and saved by LibreOffice, by name; one start of the program for all."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here; .ci/run installs it")
    folder, out = tmp_path_factory.mktemp("lo"), tmp_path_factory.mktemp("lo-saved")
    for name, data in _registers().items():
        (folder / f"{name}.xlsx").write_bytes(data)
    subprocess.run(
        [program, f"-env:UserInstallation={folder.as_uri()}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), *(str(file) for file in sorted(folder.glob("*.xlsx")))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {file.stem: file.read_bytes() for file in out.glob("*.xlsx")}


def _registers() -> dict[str, bytes]:
    rows, staff = _plain()
    updated = update_register(new_register(rows[:20], staff, 16, COMPANY, "id"), rows, staff, 17, "id")
    sorted_by_name = Hand(updated).sort(by=lambda values: str(values[2])).save()
    nasty, texts = _nasty()
    return {
        "new": new_register(rows, staff, 17, COMPANY, "id"),
        "empty": new_register([], {}, 17, COMPANY, "en"),
        "sorted": sorted_by_name,
        "nasty": new_register(nasty, texts, 17, COMPANY, "id"),
    }


def _plain() -> tuple[list[Row], Staff]:
    rows = some_rows(40)
    return rows, {
        row.key: {"status": "done", "done_on": "2026-11-20", "account_id": "007"} for row in rows[::3]
    }


def _nasty() -> tuple[list[Row], Staff]:
    rows = [changed(row, need=text, employee=text) for row, text in zip(some_rows(12), _NASTY, strict=True)]
    return rows, {row.key: {c.key: text for c in STAFF} for row, text in zip(rows, _NASTY, strict=True)}


@pytest.mark.parametrize("name", ["new", "empty", "sorted", "nasty"])
def test_generation_keys_and_cells_survive(saved: dict[str, bytes], name: str) -> None:
    before, after = read_register(_registers()[name]), read_register(saved[name])
    assert after.generation == 17
    assert after.rows == before.rows
    assert after.order == before.order
    assert (after.stray, after.problems) == ((), ())


def test_table_drop_downs_colours_lock_and_hidden_key_survive(saved: dict[str, bytes]) -> None:
    sheet = load_workbook(io.BytesIO(saved["new"]))["Register"]
    assert sheet.tables["Register"].ref == "A4:AD44"
    areas = {v.type: str(v.sqref) for v in sheet.data_validations.dataValidation}
    assert areas == {"list": "L5:L44", "date": "N5:N44 Q5:Q44"}
    assert {str(area.sqref) for area in sheet.conditional_formatting} == {
        "I5:I44",
        "J5:J44",
        "K5:K44",
        "L5:L44",
        "L5:Q44",
    }
    assert sheet.protection.sheet
    assert sheet.column_dimensions["AD"].hidden
    assert not sheet["L5"].protection.locked
    assert sheet["A5"].protection.locked


def test_print_titles_are_not_written_twice(saved: dict[str, bytes]) -> None:
    workbook = zipfile.ZipFile(io.BytesIO(saved["new"])).read("xl/workbook.xml").decode()
    assert len(re.findall("Print_Titles", workbook)) == 1


def test_the_summary_counts_what_is_there(saved: dict[str, bytes]) -> None:
    sheet = load_workbook(io.BytesIO(saved["new"]), data_only=True)["Ringkasan"]
    counts = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=5, max_row=20)}
    assert counts["Disetujui"] == 40
    assert counts["Ditolak"] == 0
    assert counts["Selesai"] == 14
    systems = {
        row[9].value: [cell.value for cell in row[10:15]] for row in sheet.iter_rows(min_row=5, max_row=9)
    }
    assert systems["Accurate"] == [0, 10, 0, 0, 10]
    assert not sheet["K9"].value


@pytest.mark.parametrize("name", ["new", "empty", "sorted"])
def test_the_next_writing_works_on_what_libreoffice_saved(saved: dict[str, bytes], name: str) -> None:
    rows, staff = _plain()
    wanted = [changed(rows[0], decision="Selesai dikerjakan"), *rows[1:], *some_rows(43)[40:]]
    data = update_register(saved[name], wanted, staff, 18, "id")
    check_written(data, wanted, staff, 18)
    assert Hand(data, "en" if name == "empty" else "id").sheet.tables["Register"].ref == "A4:AD47"
    workbook = zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml").decode()
    assert len(re.findall("Print_Titles", workbook)) == 1


def test_hostile_text_is_still_text_after_the_next_writing(saved: dict[str, bytes]) -> None:
    rows, staff = _nasty()
    check_written(update_register(saved["nasty"], rows, staff, 18, "id"), rows, staff, 18)
