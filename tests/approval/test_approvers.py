"""Who decides: the approver, his deputy, the alternate; never the requester, never who gains."""

from dataclasses import replace

import pytest

from pipeline.approval.approvers import entitled, gains
from pipeline.model import Directory, Person
from tests.approval.requests import PUTRI, form, line

BOSS = Person("Andi Nugroho", "andi@x.example", "IT", "Umum", "it_manager")
DEPUTY = Person("Dewi Anggraini", "dewi@x.example", "IT", "Umum", "it_staff")
DIRECTOR = Person("Tania Kusuma", "tania@x.example", "Direksi", "Direksi", "management")
HOUSE = Directory((BOSS, DEPUTY, DIRECTOR), ())
ROLES = ("it_manager", "management")
FORM = form(line(1, "VPN"))


def choose(of=FORM, requester="sari@x.example", deputies=None):
    return next(entitled(HOUSE, ROLES, of, (requester,), (deputies or {}).get), None)


def test_the_it_manager_decides():
    assert choose().person == BOSS


def test_the_it_managers_own_request_goes_to_the_alternate():
    assert choose(requester="Andi@X.example").person == DIRECTOR


def test_who_gains_the_access_does_not_decide():
    own = replace(FORM, employees=(replace(FORM.employees[0], name="andi nugroho", email=""),))
    assert choose(own).person == DIRECTOR


def test_the_deputy_decides_while_his_dates_run_and_it_is_known_for_whom():
    chosen = choose(deputies={BOSS.email: DEPUTY})
    assert (chosen.person, chosen.acting_for) == (DEPUTY, BOSS)


def test_a_deputy_who_gains_is_passed_over():
    own = replace(FORM, employees=(replace(FORM.employees[0], email=DEPUTY.email),))
    assert choose(own, deputies={BOSS.email: DEPUTY}).person == DIRECTOR


def test_nobody_may_decide_when_all_of_them_gain():
    people = tuple(replace(FORM.employees[0], email=p.email, name=p.name) for p in (BOSS, DIRECTOR))
    assert choose(replace(FORM, employees=people)) is None


@pytest.mark.parametrize("written", [
    "Andi Nugroho", "ANDI  NUGROHO", "Bpk. Andi Nugroho", "Andi Nugroho, S.Kom", "Andi\u00a0Nugroho",
    "Andi Nugroho Saputra", "Nugroho, Andi", "Ａｎｄｉ Nugroho",
    "A. Nugroho", "Andi N.", "Andi Nugrоhо",
])  # fmt: skip
def test_who_would_gain_is_recognised_however_his_name_is_written(written):
    boss = Person("Andi Nugroho", "andi@x.example", "IT", "D", "it_manager")
    asked = form(line(1, "VPN"), employees=(replace(PUTRI, name=written, email=""),))
    assert gains(HOUSE, boss, asked, ("sari@x.example",))
    assert gains(HOUSE, boss, replace(form(line(1, "VPN")), requester_name=written), ("other@x.example",))
    second = Person(written, "andi.n@x.example", "IT", "D", "manager")
    house = Directory((*HOUSE.people, second), ())
    assert gains(house, boss, form(line(1, "VPN")), (second.email,)), "he asks from a second address"


@pytest.mark.parametrize("written", ["Putri Lestari", "Andi", "Andi Wijaya", "Bapak", ""])
def test_others_do_not_gain_for_him(written):
    boss = Person("Andi Nugroho", "andi@x.example", "IT", "D", "it_manager")
    asked = form(line(1, "VPN"), employees=(replace(PUTRI, name=written, email=""),))
    assert not gains(HOUSE, boss, asked, ("sari@x.example",))


@pytest.mark.parametrize("name", ["Andi Nugroho", "Manajer TI"])
def test_who_gains_under_a_second_address_of_the_directory_does_not_decide(name):
    again = replace(BOSS, email="a.nugroho@x.example", role="manager")
    own = replace(FORM, employees=(replace(FORM.employees[0], name=name, email=again.email),))
    house = Directory((*HOUSE.people, again), ())
    assert gains(house, BOSS, own, ())
    assert not gains(house, DIRECTOR, own, ())


def test_what_is_added_to_an_address_makes_it_nobody_elses():
    own = replace(FORM, employees=(replace(FORM.employees[0], name="X Y", email="Andi+vpn@x.example"),))
    assert choose(own).person == DIRECTOR
