"""Steps in which everybody is to be heard: one voice each, whoever is away, silent or gone."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from tests.company import BOSS, MORNING, Company, plain_mail

FINANCE = company.finance_form(MORNING.date())
VPN = replace(FINANCE, lines=(replace(FINANCE.lines[2], no=1),))
#: Neither of them leads a division: the directory stands without them.
CISO = company._person("Citra Dewanti", "IT", "Keuangan dan Administrasi", "manager")
CFO = company._person("Eko Prabowo", "Finance", "Keuangan dan Administrasi", "manager")
DIRECTOR, OTHER = company.DIRECTOR, company.IT_STAFF


@pytest.fixture
def house(tmp_path):
    """CISO and CFO must both approve a VPN, after the IT Manager, who has."""

    def change(data):
        data["approval"]["steps"] = [
            {
                "name": "Keamanan",
                "who": [CISO.email, CFO.email],
                "need": "all",
                "stage": 6,
                "systems": ["VPN"],
            }
        ]

    house = Company(tmp_path, change)
    people(house, CISO, CFO)
    return house


def people(house, *more):
    house.write_directory(replace(company.DIRECTORY, people=(*company.DIRECTORY.people, *more)))


def begin(house):
    house.send_form(VPN)
    house.poll()
    say(house, BOSS)


def say(house, person, text="SETUJU"):
    house.answer([x for x in house.letters("approval") if person.email in x.to][-1], text, person)
    house.poll()
    return house.last()


def names_deputy(house, approver, deputy):
    house.send(plain_mail(approver, "Deputi", f"DEPUTI {deputy.email} 24 Nov - 30 Nov"))
    house.poll()


def asked(house):
    return {(a.approver, a.acting_for) for a in house.case().asked if a.open}


def next_day(house, days=1):
    for _ in range(days):
        house.clock.pass_minutes(24 * 60)
        house.poll()


def test_whose_deputy_may_not_decide_is_asked_himself(house):
    names_deputy(house, CISO, company.FINANCE_MANAGER)
    begin(house)
    assert asked(house) == {(CISO.email, ""), (CFO.email, "")}


@pytest.mark.parametrize("both", [True, False])
def test_one_human_is_not_two_voices(house, both):
    deputy = OTHER if both else CFO
    names_deputy(house, CISO, deputy)
    if both:
        names_deputy(house, CFO, deputy)
    begin(house)
    assert len({address for address, _ in asked(house)}) == 2
    principals = {acting or address for address, acting in asked(house)}
    assert principals == {CISO.email, CFO.email}


def test_in_the_place_of_a_voter_who_has_left_the_alternate_is_heard(house):
    begin(house)
    say(house, CFO)
    people(house, CFO)
    told = len(house.letters())
    next_day(house)
    assert house.statuses() == {1: "requested"}, "a line that is deleted spares no pair of eyes"
    assert asked(house) == {(DIRECTOR.email, "")}
    say(house, DIRECTOR)
    assert house.statuses() == {1: "approved"}
    assert house.letters("provision")
    next_day(house, 3)
    assert not [x for x in house.letters()[told:] if CISO.email in x.to]


def test_the_question_of_who_has_left_is_closed(house):
    begin(house)
    people(house, CFO)
    next_day(house)
    assert asked(house) == {(CFO.email, ""), (DIRECTOR.email, "")}
    say(house, CFO)
    assert house.statuses() == {1: "requested"}
    say(house, DIRECTOR)
    assert house.statuses() == {1: "approved"}


def test_where_all_have_left_the_alternate_is_asked(house):
    begin(house)
    people(house)
    next_day(house)
    assert asked(house) == {(DIRECTOR.email, "")}


def test_somebody_of_the_alternate_role_speaks_for_a_silent_voter(house):
    begin(house)
    say(house, CFO)
    for _ in range(10):
        next_day(house)
    assert asked(house) == {(DIRECTOR.email, CISO.email)}
    assert house.letters("passed_on", to=CISO.email)
    say(house, DIRECTOR)
    assert house.statuses() == {1: "approved"}
    assert {(v.by, v.principal) for v in house.case().items[0].votes if "Keamanan" in v.steps} == {
        (CFO.email, CFO.email), (DIRECTOR.email, CISO.email),
    }  # fmt: skip


def test_the_journal_says_where_one_human_spoke_in_two_steps(tmp_path):
    house = Company(tmp_path)
    names_deputy(house, company.HEAD_OF_FINANCE, BOSS)
    house.send_form(replace(FINANCE, signature="none", signed_on=None))
    house.poll()
    say(house, BOSS)
    say(house, BOSS)
    with house.office.journal.entry() as entry:
        first, second = [e for e in entry.events(ref="REQ-2026-0001") if e.kind == "decision_recorded"]
    assert "also_for" not in first.data
    assert second.data["also_for"] == [company.HEAD_OF_FINANCE.email]


def test_who_signs_for_access_of_his_own_has_not_signed(tmp_path):
    house = Company(tmp_path)
    head = company.HEAD_OF_FINANCE
    mine = replace(FINANCE.employees[0], name=head.name, email=head.email)
    house.send_form(replace(FINANCE, employees=(mine,)))
    house.poll()
    assert asked(house) == {(DIRECTOR.email, "")}
    assert "mengesahkan akses untuk dirinya sendiri" in " ".join(house.asked().text.split())
