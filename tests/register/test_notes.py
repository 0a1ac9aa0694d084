"""Entries that cannot be are marked at their cells, and the mark goes when they are mended."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline.register.workbook import check_written, new_register, update_register
from tests.register.house import House
from tests.register.samples import COMPANY, Hand, some_rows

ROWS = some_rows(6)
WHY = {ROWS[2].key: {"done_on": "Tanggal tidak terbaca; tulis misalnya <24/11/2026> & jam."}}


def _notes(data: bytes) -> dict[str, str]:
    sheet = load_workbook(io.BytesIO(data))["Register"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def _noted() -> bytes:
    return update_register(new_register(ROWS, {}, 1, COMPANY, "id"), ROWS, {}, 2, "id", WHY)


def test_a_note_comes_changes_and_goes() -> None:
    data = _noted()
    assert _notes(data) == {"N7": f"Akses: {WHY[ROWS[2].key]['done_on']}"}
    check_written(data, ROWS, {}, 2)
    again = update_register(data, ROWS, {}, 3, "id", {ROWS[0].key: {"status": "Pilih salah satu."}})
    assert _notes(again) == {"L5": "Akses: Pilih salah satu."}
    assert _notes(update_register(again, ROWS, {}, 4, "id", {})) == {}


def test_notes_of_people_are_left_alone() -> None:
    hand = Hand(new_register(ROWS, {}, 1, COMPANY, "id"))
    hand.sheet["C5"].comment = Comment("tanya HR", "Hendra")
    hand.sheet["N7"].comment = Comment("sudah saya tanyakan", "Hendra")
    data = update_register(hand.save(), ROWS, {}, 2, "id", WHY | {ROWS[1].key: {"note": "x"}})
    assert _notes(data) == {"C5": "tanya HR", "N7": "sudah saya tanyakan", "P6": "Akses: x"}
    assert _notes(update_register(data, ROWS, {}, 3, "id", {})).keys() == {"C5", "N7"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice), as CI has it")
def test_libreoffice_shows_and_keeps_it_and_it_still_goes(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_noted())
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "out", tmp_path / "a.xlsx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = (tmp_path / "out" / "a.xlsx").read_bytes()
    assert _notes(saved).keys() == {"N7"}
    assert _notes(update_register(saved, ROWS, {}, 3, "id", {})) == {}


def test_an_impossible_entry_is_noted_once_and_the_note_goes_with_it(tmp_path: Path) -> None:
    house = House(tmp_path)
    key = house.approved()
    house.save(house.hand().write(key, done_on="31 Februari 2026", status="Beres"))
    assert house.poll() == "written"
    noted = _notes(house.path.read_bytes())
    assert {text.partition(":")[0] for text in noted.values()} == {"Akses"}
    assert len(noted) == 2
    assert house.poll() == ""
    assert len(house.letters("register_notice")) == 1
    house.save(house.hand().write(key, done_on="2026-11-24", status="Selesai"))
    assert house.poll() == "written"
    assert _notes(house.path.read_bytes()) == {}
    assert house.staff(key)["status"] == "done"
