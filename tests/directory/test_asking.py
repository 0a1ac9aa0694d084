"""Questions to a directory: who may ask, which department is meant, who stands in."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.directory import acting, find_department, may_ask
from pipeline.model import Department, Directory
from tests.directory.rows import BOSS, HEAD, HOUSE, RUDI, SARI, STAFF


@pytest.mark.parametrize(
    "text",
    ["Finance", " finance ", "FINANCE", "Dept. Finance", "Departemen Finance", "Finance Department",
     "Finance Dept.", "keuangan", "Departemen  Keuangan", "Finance & Accounting", "ＦＩＮＡＮＣＥ"],
)  # fmt: skip
def test_a_department_is_found_by_its_names(text: str) -> None:
    found = find_department(HOUSE, text)
    assert found is not None
    assert found.name == "Finance"


@pytest.mark.parametrize(
    "text", ["", "Finanse", "Fin", "Finance Accounting", "Divisi Finance", "Dept.", "HR"]
)
def test_a_department_is_never_guessed(text: str) -> None:
    assert find_department(HOUSE, text) is None


def test_a_name_two_departments_have_finds_neither() -> None:
    twins = Directory((), (Department("A", "", "", ("Umum",)), Department("B", "", "", ("umum",))))
    assert find_department(twins, "Umum") is None


def test_managers_and_persons_in_charge_may_ask_for_their_own_department() -> None:
    assert may_ask(HOUSE, "SARI@nusantara.example", "Dept. Keuangan")
    assert may_ask(HOUSE, "rudi@nusantara.example", "it")


def test_nobody_else_may() -> None:
    assert not may_ask(HOUSE, "sari@nusantara.example", "IT")
    assert not may_ask(HOUSE, "dewi@nusantara.example", "IT")
    assert not may_ask(HOUSE, "siapa@nusantara.example", "IT")
    assert not may_ask(HOUSE, "sari@nusantara.example", "Gudang")
    assert not may_ask(HOUSE, "", "")


@pytest.mark.parametrize(("day", "stands_in"), [(1, True), (9, True), (10, False)])
def test_the_deputy_acts_from_the_first_to_the_last_day(day: int, stands_in: bool) -> None:
    assert acting(HOUSE, "Andi@nusantara.example", date(2026, 12, day)) == (STAFF if stands_in else None)


def test_nobody_acts_before_the_first_day_or_for_somebody_unknown() -> None:
    assert acting(HOUSE, BOSS.email, date(2026, 11, 30)) is None
    assert acting(HOUSE, "siapa@nusantara.example", date(2026, 12, 1)) is None


def test_a_deputy_who_is_away_himself_does_not_act() -> None:
    away = replace(STAFF, deputy=RUDI.email, deputy_from=date(2026, 12, 2), deputy_until=date(2026, 12, 3))
    house = replace(HOUSE, people=(SARI, HEAD, BOSS, away, RUDI))
    assert acting(house, BOSS.email, date(2026, 12, 1)) == away
    assert acting(house, BOSS.email, date(2026, 12, 2)) is None
