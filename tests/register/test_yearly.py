"""A new register each year: what still lives goes on in it, the old one is closed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.commands.register_check import check_register
from pipeline.register import swap
from tests.register.house import House, seen, yearly
from tests.register.race import PowerCut


@pytest.fixture
def house(tmp_path: Path) -> House:
    return yearly(House(tmp_path))


def _a_year(house: House) -> dict[str, str]:
    """Requests of 2026 by what became of them: waiting, approved, done, rejected, taken away."""
    keys = {name: f"{house.ask('VPN')}/1" for name in ("waiting", "approved", "done", "rejected", "gone")}
    for name in ("approved", "done", "gone"):
        house.decide(keys[name].partition("/")[0])
    house.decide(keys["rejected"].partition("/")[0], _1="reject")
    assert house.poll() == "written"
    house.save(house.hand().write(keys["done"], status="Selesai").write(keys["gone"], status="Selesai"))
    house.poll()
    house.save(house.hand().write(keys["gone"], revoked_on="2026-11-24"))
    house.poll()
    return keys


def _new_year(house: House) -> Path:
    house.now += timedelta(days=60)
    return house.path.with_stem(f"{house.path.stem} 2026")


def test_what_lives_goes_on_in_the_new_register_and_the_old_one_is_closed(house: House) -> None:
    keys = _a_year(house)
    house.save(house.hand().write(keys["approved"], note="ditulis pada malam tahun baru"))
    old = _new_year(house)
    assert house.poll() == "written"
    assert seen(old).keys() == set(keys.values())
    assert not os.access(old, os.W_OK) or os.getuid() == 0
    assert old.stat().st_mode & 0o222 == 0
    assert seen(house.path).keys() == {keys[name] for name in ("waiting", "approved", "done")}
    assert house.staff(keys["approved"])["note"] == "ditulis pada malam tahun baru"
    assert seen(house.path)[keys["approved"]][15] == "ditulis pada malam tahun baru"
    assert house.letters("register_notice") == []
    assert house.poll() == ""


def test_a_carried_row_stays_when_it_ends_and_an_old_one_that_lives_again_comes_back(house: House) -> None:
    keys = _a_year(house)
    _new_year(house)
    house.poll()
    house.save(house.hand().write(keys["done"], revoked_on="2027-01-20"))
    new = house.approved("ERP")
    assert {new, keys["done"]} <= seen(house.path).keys()
    assert house.case(keys["done"]).items[0].status == "revoked"
    with house.office.journal.entry() as entry:
        assert check_register(house.office.config, entry) == []


def test_last_years_workbook_saved_late_is_read_and_put_aside(house: House) -> None:
    keys = _a_year(house)
    kept_open = house.hand().write(keys["approved"], note="dari buku lama")
    _new_year(house)
    house.poll()
    house.save(kept_open)
    assert house.poll() == "written"
    assert house.staff(keys["approved"])["note"] == "dari buku lama"
    assert seen(house.path).keys() == {keys[name] for name in ("waiting", "approved", "done")}
    assert len(house.letters("register_notice")) == 1


def test_a_register_open_over_the_new_year_is_closed_when_it_is_let_go(house: House) -> None:
    _a_year(house)
    house.ask("ERP")
    house.lock()
    old = _new_year(house)
    assert house.poll() == "locked"
    assert not old.exists()
    house.lock(locked=False)
    assert house.poll() == "written"
    assert old.exists()


@pytest.mark.parametrize("step", ["place_new", "sync_folder", "write_new"])
def test_a_crash_in_the_closing_is_ended_by_the_next_poll(
    house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keys = _a_year(house)
    old = _new_year(house)

    def cut(*_args: object, **_options: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        patch.setattr(f"pipeline.host.{step}", cut)
        house.poll()
    house.poll()
    assert house.poll() == ""
    assert seen(old).keys() == set(keys.values())
    assert seen(house.path).keys() == {keys[name] for name in ("waiting", "approved", "done")}
    assert house.letters("register_notice") == []
    assert swap.lock_on(house.path) == ""
    assert load_workbook(house.path)["Register"].tables["Register"].ref == "A4:AD7"


def test_what_is_saved_while_the_closing_waits_is_read_before_it_is_put_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = _a_year(house)
    old = _new_year(house)

    def held(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.host.place_new", held)
        assert house.poll() == "failed"
    house.save(house.hand().write(keys["approved"], note="masih sempat").write(keys["gone"], note="juga"))
    assert house.poll() == "written"
    assert house.staff(keys["approved"])["note"] == "masih sempat"
    assert house.staff(keys["gone"])["note"] == "juga"
    assert seen(house.path)[keys["approved"]][15] == "masih sempat"
    assert old.stat().st_mode & 0o222 == 0


def test_an_open_register_is_not_closed_under_its_users_hands(house: House) -> None:
    _a_year(house)
    house.lock()
    old = _new_year(house)
    assert house.poll() == "locked"
    assert not old.exists()
