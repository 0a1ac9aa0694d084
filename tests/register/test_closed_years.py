"""The register of a closed year is evidence: what is done to it is noticed, and undone on request."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.commands.register_check import check_register
from tests.register.house import House, seen, yearly
from tests.register.samples import Hand


@pytest.fixture
def house(tmp_path: Path) -> House:
    return yearly(House(tmp_path))


def closed(house: House) -> tuple[str, Path]:
    """A row of 2026, and the register of that year after it was closed."""
    key = house.approved()
    house.save(house.hand().write(key, status="Selesai", note="dikerjakan 2026"))
    house.poll()
    house.now += timedelta(days=60)
    assert house.poll() == "written"
    return key, house.path.with_stem(f"{house.path.stem} 2026")


def found(house: House) -> list[str]:
    with house.office.journal.entry() as entry:
        return [finding.text for finding in check_register(house.office.config, entry) if finding.wrong]


def test_a_closed_register_that_is_gone_is_noticed_and_comes_back(house: House) -> None:
    _, old = closed(house)
    assert found(house) == []
    before = old.read_bytes()
    old.unlink()
    assert [old.name in text and "missing" in text for text in found(house)] == [True]
    house.rebuild()
    assert old.read_bytes() == before
    assert old.stat().st_mode & 0o222 == 0
    assert found(house) == []


def test_an_entry_in_a_closed_register_is_told_and_does_not_count(house: House) -> None:
    key, old = closed(house)
    before = old.read_bytes()
    old.chmod(0o644)
    old.write_bytes(Hand(before).write(key, note="ditulis tahun depan").save())
    assert any("was changed" in text for text in found(house))
    assert any("ditulis tahun depan" in text and "does not count" in text for text in found(house))
    house.rebuild()
    assert old.read_bytes() == before
    assert house.staff(key)["note"] == "dikerjakan 2026"
    assert any("ditulis tahun depan" in letter for letter in house.letters("register_notice"))
    assert any(" 2026.broken-" in path.name for path in house.aside)
    assert found(house) == []


def test_where_the_copy_is_gone_too_the_journal_gives_the_rows(house: House) -> None:
    key, old = closed(house)
    old.unlink()
    (house.folder / "state" / "register-years" / old.name).unlink()
    house.rebuild()
    assert seen(old)[key][15] == "dikerjakan 2026"
    assert found(house) == []


def test_a_year_that_an_earlier_version_closed_is_missed_when_it_is_gone(house: House) -> None:
    _, old = closed(house)
    with house.office.journal.entry() as entry:
        entry.keep_value("register_closed_files", "")
    assert found(house) == []
    old.unlink()
    assert len(found(house)) == 1
    house.rebuild()
    assert old.exists()
