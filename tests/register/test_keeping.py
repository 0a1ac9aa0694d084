"""The register as polls keep it: staff's work drives the request, and nothing anybody does is lost."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import keeping, turn
from pipeline.register import standing
from pipeline.register.swap import Swap
from pipeline.register.workbook import read_register
from tests.register.house import BAYU, PUTRI, House, seen

TODAY = date(2026, 11, 24)


# --- staff's work ---------------------------------------------------------------------------------


def test_when_the_last_item_is_done_requester_and_employee_are_told_once(house: House) -> None:
    key = house.approved("ERP", "VPN")
    second = key.replace("/1", "/2")
    house.save(
        house.hand().write(key, status="Selesai", done_on=TODAY, done_by="Hendra", account_id="putri.l")
    )
    assert house.poll() == "written"
    assert (house.case(key).state, house.letters("ready")) == ("provisioning", [])
    house.save(house.hand().write(second, status="Selesai"))
    assert house.poll() == "written"
    assert house.case(key).state == "completed"
    assert len(house.letters("ready")) == len(house.letters("ready_employee")) == 1
    assert "putri.l" in house.letters("ready_employee")[0]
    assert seen(house.path)[key][10] == "Selesai"
    assert [house.poll() for _ in range(3)] == ["", "", ""]
    assert len(house.letters("ready")) == 1


def test_a_poll_with_nothing_to_do_opens_no_workbook(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.approved()
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    assert house.poll() == ""
    house.lock()
    assert house.poll() == ""


def test_a_register_open_all_day_is_not_read_again_at_each_poll(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.approved()
    house.lock()
    waiting = house.ask("VPN")
    assert house.poll() == "locked"
    monkeypatch.setattr(standing, "read_standing", lambda *_: pytest.fail("the register was read"))
    monkeypatch.setattr("pipeline.keeping.read_standing", lambda *_args, **_more: pytest.fail("it was read"))
    assert [house.poll() for _ in range(3)] == ["locked"] * 3
    monkeypatch.undo()
    house.lock(False)
    assert house.poll() == "written"
    assert f"{waiting}/1" in seen(house.path)


def test_many_requests_in_one_poll_are_folded_once_each(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(30):
        house.ask("ERP")
    folded: list[object] = []
    fold = turn.fold
    monkeypatch.setattr(turn, "fold", lambda events: folded.append(1) or fold(events))
    assert house.poll() == "written"
    assert len(folded) == 30


def test_a_form_of_many_items_filled_in_at_once_is_not_folded_at_every_cell(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.approved("ERP", "VPN", "EMAIL", "HRIS", "CCTV", people=(PUTRI, BAYU))
    hand = house.hand()
    for number in range(1, 11):
        hand.write(f"{key[:-2]}/{number}", status="Selesai", done_by="Hendra", done_on=TODAY, account_id="a")
    house.save(hand)
    folded: list[object] = []
    fold = turn.fold
    monkeypatch.setattr(turn, "fold", lambda events: folded.append(1) or fold(events))
    assert house.poll() == "written"
    assert house.case(key).state == "completed"
    assert len(folded) < 10


# --- open, saved late, saved twice ----------------------------------------------------------------


def test_what_is_saved_while_the_register_is_open_counts_at_once_and_rows_follow_later(house: House) -> None:
    key = house.approved()
    house.lock()
    other = house.ask("VPN")
    house.save(house.hand().write(key, status="Selesai"))
    before = house.path.read_bytes()
    assert house.poll() == "locked"
    assert len(house.letters("ready")) == 1
    assert house.path.read_bytes() == before
    house.lock(False)
    assert house.poll() == "written"
    assert seen(house.path)[key][11] == "Selesai"
    assert f"{other}/1" in seen(house.path)


def test_a_slip_corrected_while_the_register_is_open_stays_corrected(house: House) -> None:
    key = house.approved()
    house.lock()
    hand = house.hand().write(key, note="salah baris", status="Proses")
    house.save(hand)
    assert house.poll() == "locked"
    house.save(hand.write(key, note=None, status=None))
    house.poll()
    house.lock(False)
    house.poll()
    assert (house.staff(key)["note"], house.staff(key)["status"]) == ("", "")
    assert seen(house.path)[key][15] == seen(house.path)[key][11] == ""


def test_an_old_copy_saved_over_ours_is_healed_and_its_own_entries_count(house: House) -> None:
    first = house.approved()
    second = house.approved("VPN")
    stale = house.hand()
    house.save(house.hand().write(first, note="dari Hendra", account_id="U1"))
    assert house.poll() == "written"
    house.save(stale.write(second, note="dari salinan lama"))
    assert house.poll() == "written"
    assert seen(house.path)[first][14:16] == ["U1", "dari Hendra"]
    assert seen(house.path)[second][15] == "dari salinan lama"
    assert house.staff(first)["note"] == "dari Hendra"
    assert house.letters("register_notice") == []


def test_an_old_copy_does_not_bring_back_what_was_emptied_since(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, note="salah"))
    house.poll()
    stale = house.hand()
    house.save(house.hand().write(key, note=None))
    house.poll()
    house.save(stale)
    assert house.poll() == "written"
    assert house.staff(key)["note"] == ""
    assert seen(house.path)[key][15] == ""


def test_an_old_copy_that_says_the_same_becomes_the_newest(house: House) -> None:
    key = house.approved()
    stale = house.hand()
    house.save(house.hand().write(key, note="sama"))
    assert house.poll() == "written"
    house.save(stale.write(key, note="sama"))
    assert house.poll() == "written"
    house.save(house.hand().write(key, note=None))
    house.poll()
    assert house.staff(key)["note"] == ""


def test_a_save_that_was_itself_saved_over_counts_all_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = house.approved()
    house.ask("VPN")
    lost, swap_in, calls = house.hand().write(key, note="sekejap").save(), keeping.swap_in, []

    def overtaken(*args: Any) -> Swap:
        calls.append(1)
        return Swap(False, lost) if len(calls) == 1 else swap_in(*args)

    monkeypatch.setattr(keeping, "swap_in", overtaken)
    assert house.poll() == "written"
    assert house.staff(key)["note"] == seen(house.path)[key][15] == "sekejap"


def test_a_journal_restored_from_a_backup_takes_what_a_newer_register_says(house: House) -> None:
    key = house.approved()
    kept = (house.folder / "state" / "journal.sqlite").read_bytes()
    house.save(house.hand().write(key, note="setelah cadangan"))
    house.poll()
    house.office.journal.close()
    (house.folder / "state" / "journal.sqlite").write_bytes(kept)
    newest = read_register(house.path.read_bytes()).generation
    assert house.poll() == "written"
    # Copies of the register from before the restoration must not pass for later ones.
    assert read_register(house.path.read_bytes()).generation > newest
    assert house.staff(key)["note"] == "setelah cadangan"
    house.save(house.hand().write(key, note=None))
    house.poll()
    assert house.staff(key)["note"] == ""


# --- told once ------------------------------------------------------------------------------------


def test_our_cell_changed_by_hand_is_put_back_and_told_each_time_it_happens(house: House) -> None:
    key = house.approved()
    for times in (1, 2):
        house.save(house.hand().write(key, decision="Ditolak"))
        assert house.poll() == "written"
        assert seen(house.path)[key][9] == "Disetujui"
        assert len(house.letters("register_notice")) == times
    assert "“Disetujui” diubah menjadi “Ditolak”" in house.letters("register_notice")[0]


def test_a_register_that_stays_open_makes_no_second_notice_of_the_same_thing(house: House) -> None:
    key = house.approved()
    house.lock()
    hand = house.hand().write(key, decision="Ditolak")
    for number in range(3):
        house.save(hand.write(key, note=f"catatan {number}"))
        assert house.poll() == "locked"
    assert len(house.letters("register_notice")) == 1
    assert house.staff(key)["note"] == "catatan 2"


def test_an_entry_dated_tomorrow_is_refused_told_once_and_counts_tomorrow(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, done_on=TODAY + timedelta(days=1)))
    for _ in range(3):
        house.poll()
        house.ask("VPN")
    assert len(house.letters("register_notice")) == 1
    assert "masih akan datang" in house.letters("register_notice")[0]
    assert house.staff(key).get("done_on", "") == ""
    assert str(seen(house.path)[key][13]) == "2026-11-25"
    house.poll()
    assert house.poll() == ""
    house.now += timedelta(days=1)
    house.poll()
    assert house.staff(key)["done_on"] == "2026-11-25"
    assert len(house.letters("register_notice")) == 1


def test_work_noted_before_the_approval_counts_once_it_is_approved(house: House) -> None:
    ref = house.ask("ERP")
    house.poll()
    house.save(house.hand().write(f"{ref}/1", status="Selesai"))
    house.poll()
    assert house.case(ref).state == "awaiting_approval"
    assert len(house.letters("register_notice")) == 1
    house.decide(ref)
    house.poll()
    assert house.case(ref).state == "completed"


def test_a_copied_row_is_left_alone_and_told_once(house: House) -> None:
    key = house.approved()
    hand = house.hand()
    table = hand.sheet.tables["Register"]
    for place in range(1, 31):
        hand.sheet.cell(6, place).value = hand.sheet.cell(5, place).value
    table.ref = table.autoFilter.ref = "A4:AD6"
    house.save(hand)
    house.poll()
    house.ask("VPN")
    house.poll()
    (notice,) = house.letters("register_notice")
    assert key in notice
    assert "tidak berasal dari jurnal" in notice
