"""Who decides: the approver, his deputy, the alternate; never the requester, never who gains."""

from dataclasses import replace

from pipeline.approval.approvers import choose_approver
from pipeline.model import Directory, Person
from tests.approval.requests import form, line

BOSS = Person("Andi Nugroho", "andi@x.example", "IT", "Umum", "it_manager")
DEPUTY = Person("Dewi Anggraini", "dewi@x.example", "IT", "Umum", "it_staff")
DIRECTOR = Person("Tania Kusuma", "tania@x.example", "Direksi", "Direksi", "management")
HOUSE = Directory((BOSS, DEPUTY, DIRECTOR), ())
ROLES = ("it_manager", "management")
FORM = form(line(1, "VPN"))


def choose(of=FORM, requester="sari@x.example", deputies=None):
    return choose_approver(HOUSE, ROLES, of, requester, (deputies or {}).get)


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
