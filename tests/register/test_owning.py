"""A register of another installation is never taken for ours, however alike its numbers are."""

from pathlib import Path

import pytest

from pipeline.commands.register_check import check_register
from pipeline.register.damage import RegisterDamaged
from pipeline.register.reading import read_register
from pipeline.register.workbook import update_register
from tests.register.house import House, seen
from tests.register.samples import Hand


@pytest.fixture
def other(tmp_path: Path) -> House:
    folder = tmp_path / "other"
    folder.mkdir()
    return House(folder)


def _without_id(hand: Hand) -> bytes:
    """As earlier versions wrote it."""
    del hand.book.defined_names["AKSES_HOUSE"]
    return hand.save()


def test_the_register_of_another_installation_does_not_become_our_staffs_work(
    house: House, other: House
) -> None:
    key = house.approved()
    assert other.approved() == key
    other.save(other.hand().write(key, status="Selesai", account_id="orang.lain"))
    house.path.write_bytes(other.path.read_bytes())
    with house.office.journal.entry() as entry, pytest.raises(RegisterDamaged, match="another"):
        check_register(house.office.config, entry)
    assert house.poll() == "written"
    assert house.staff(key) == {}
    assert seen(house.path)[key][14] == ""
    assert len(house.aside) == 1
    assert "instalasi lain" in house.letters("register_notice")[0]
    assert house.poll() == ""


def test_a_journal_that_wrote_no_register_yet_takes_none_for_its_own(house: House, other: House) -> None:
    other.approved()
    house.path.parent.mkdir(parents=True, exist_ok=True)
    house.path.write_bytes(other.path.read_bytes())
    ref = house.ask("VPN")
    assert house.poll() == "written"
    assert list(seen(house.path)) == [f"{ref}/1"]
    assert seen(house.path)[f"{ref}/1"][4] == "Vpn"
    assert len(house.aside) == 1


def test_a_register_of_an_earlier_version_is_ours_and_gets_the_id_at_the_next_writing(house: House) -> None:
    key = house.approved()
    own = read_register(house.path.read_bytes()).house
    assert len(own) == 16
    house.path.write_bytes(_without_id(house.hand().write(key, note="dari versi lama")))
    assert house.poll() == "written"
    assert house.staff(key)["note"] == "dari versi lama"
    assert read_register(house.path.read_bytes()).house == own
    assert house.aside == []


def test_a_journal_of_before_the_ids_takes_that_of_its_register(house: House) -> None:
    key = house.approved()
    own = read_register(house.path.read_bytes()).house
    with house.office.journal.entry() as entry:
        entry.keep_value("register_house", "")
    house.save(house.hand().write(key, note="setelah cadangan"))
    assert house.poll() == "written"
    assert house.staff(key)["note"] == "setelah cadangan"
    assert read_register(house.path.read_bytes()).house == own


def test_the_id_is_kept_when_nobody_names_it(house: House) -> None:
    house.approved()
    data = house.path.read_bytes()
    assert read_register(update_register(data, (), {}, 9, "id")).house == read_register(data).house
