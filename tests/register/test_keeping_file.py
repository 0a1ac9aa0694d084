"""The register as a file: deleted, damaged, held or half saved, it ends whole with all staff wrote."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipeline.register.package.refusal import Refused
from pipeline.register.swap import lock_on
from tests.register.house import House, seen

# --- the file itself ------------------------------------------------------------------------------


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half", b"Nama;Alamat\r\n"])
def test_a_damaged_register_is_set_aside_and_written_anew_with_staffs_cells(
    house: House, damage: bytes
) -> None:
    key = house.approved()
    house.save(house.hand().write(key, note="+62 811"))
    house.poll()
    house.path.write_bytes(damage)
    assert house.poll() == "written"
    assert [file.read_bytes() for file in house.aside] == [damage]
    assert seen(house.path)[key][15] == "+62 811"
    (notice,) = house.letters("register_notice")
    assert house.aside[0].name in notice
    assert house.poll() == ""


def test_a_deleted_register_is_written_anew_and_told(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, account_id="007"))
    house.poll()
    house.path.unlink()
    assert house.poll() == "written"
    assert seen(house.path)[key][14] == "007"
    assert "tidak ditemukan" in house.letters("register_notice")[0]
    assert house.poll() == ""


def test_a_register_half_saved_by_libreoffice_is_waited_for(house: House) -> None:
    key = house.approved()
    whole = house.hand().write(key, note="disimpan").save()
    house.lock()
    house.path.write_bytes(whole[:5000])
    assert house.poll() == "locked"
    assert (house.aside, house.letters("register_notice")) == ([], [])
    house.path.write_bytes(whole)
    house.lock(False)
    assert house.poll() == "written"
    assert house.staff(key)["note"] == "disimpan"


def test_a_damaged_register_whose_lock_was_left_behind_is_not_waited_for_for_ever(house: House) -> None:
    key = house.approved()
    house.lock()
    house.path.write_bytes(b"PK half")
    assert house.poll() == "locked"
    house.now += timedelta(hours=3)
    assert house.poll() == "written"
    assert key in seen(house.path)
    assert len(house.aside) == 1


def test_a_save_that_ends_after_the_file_was_set_aside_is_in_the_file_set_aside(house: House) -> None:
    house.approved()
    with house.path.open("wb") as stream:
        stream.write(b"PK half")
        stream.flush()
        assert house.poll() == "written"
        stream.write(b" and the rest")
    assert house.aside[0].read_bytes() == b"PK half and the rest"


def test_a_register_nobody_may_read_now_is_another_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approved()
    house.ask("VPN")

    def held(path: Path) -> bytes:
        raise PermissionError(13, "The process cannot access the file", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", held)
        assert [house.poll(), house.poll()] == ["locked", "locked"]
        house.now += timedelta(hours=3)
        assert house.poll() == "locked"
    assert len(house.letters("register_notice")) == 1
    assert house.poll() == "written"


def test_a_register_that_cannot_be_edited_stops_no_poll_and_is_told_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approved()
    house.ask("VPN")

    def broken(*_args: object, **_options: object) -> None:
        raise Refused("below", "Something stands in A8 below the table that cannot be moved.")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.register.updating.open_package", broken)
        assert [house.poll(), house.poll()] == ["failed", "failed"]
    assert len(house.letters("register_notice")) == 1
    assert house.poll() == "written"


def test_it_is_told_after_a_while_who_keeps_the_register_open(house: House) -> None:
    house.approved()
    house.lock()
    house.ask("VPN")
    assert house.poll() == "locked"
    assert house.letters("register_notice") == []
    house.now += timedelta(hours=3)
    assert [house.poll(), house.poll()] == ["locked", "locked"]
    (notice,) = house.letters("register_notice")
    assert lock_on(house.path) in notice


def test_rebuilding_takes_over_what_was_not_yet_read_and_keeps_the_old_file(house: House) -> None:
    key = house.approved()
    hand = house.hand().write(key, note="belum terbaca")
    hand.book.create_sheet("Milik IT")
    house.save(hand)
    assert house.rebuild() == "written"
    assert seen(house.path)[key][15] == "belum terbaca"
    assert "Milik IT" in CalamineWorkbook.from_path(str(house.aside[0])).sheet_names
    assert house.letters("register_notice") == []


# --- what stands in it ----------------------------------------------------------------------------


def test_days_are_jakartas_and_not_greenwichs(house: House) -> None:
    house.now = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
    key = house.approved()
    assert str(seen(house.path)[key][18]) == "2026-12-01"
    assert str(seen(house.path)[key][25]) == "2026-12-01"


HOSTILE = "=cmd|' /C calc'!A0\ufffe\ud800\x00" + "x" * 40_000


def test_hostile_text_from_a_form_is_text_in_a_register_everybody_can_open(house: House) -> None:
    key = house.approved(requester_department=HOSTILE.encode("utf-8", "replace").decode())
    text = str(seen(house.path)[key][21])
    assert text.startswith("=cmd|' /C calc'!A0")
    assert len(text) == 32_767
    assert house.poll() == ""


def test_a_failure_that_comes_back_is_told_again_and_a_full_disk_only_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approved()

    def full(path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    for told in (1, 2):
        house.ask("VPN")
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.host.write_new", full)
            assert [house.poll(), house.poll(), house.poll()] == ["failed"] * 3
        assert len(house.letters("register_notice")) == told
        assert house.poll() == "written"
    assert "akses-part" not in house.letters("register_notice")[0]


def test_a_note_that_excel_took_for_a_day_or_an_hour_is_recorded_as_it_looks(house: House) -> None:
    key, other = house.approved(), house.approved("VPN")
    hand = house.hand().write(key, note=date(2026, 11, 25)).write(other, note=time(10, 30))
    house.save(hand.write(other, account_id=7))
    house.poll()
    assert (house.staff(key)["note"], house.staff(other)["note"]) == ("2026-11-25", "10:30")
    assert house.staff(other)["account_id"] == "7"
