"""A request that nobody answers: reminders, somebody else, the end. On working days only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from tests.company import BOSS, MORNING, Company
from tests.desks.absent import asked_house

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
DEPUTY = company.IT_STAFF


@pytest.fixture
def house(tmp_path):
    """Asked on Tuesday, 24 November 2026, at nine in Jakarta."""
    return asked_house(tmp_path)


def on(house, day: int, month: int = 12, hours: float = 2.5) -> None:
    """A poll on that day of 2026, half past nine in Jakarta."""
    house.clock.now = MORNING.replace(month=month, day=day, hour=0) + timedelta(hours=hours)
    house.poll()


def kinds(house) -> list[str]:
    return [letter.kind for letter in house.letters() if letter.kind not in {"received", "monthly"}]


def test_the_approver_is_reminded_after_two_and_four_working_days_and_no_oftener(house):
    on(house, 25, 11)
    assert kinds(house) == ["approval"]
    on(house, 26, 11)
    on(house, 27, 11)
    assert kinds(house) == ["approval", "reminder"]
    for day in (28, 29):
        on(house, day, 11)
    assert kinds(house) == ["approval", "reminder"], "a weekend is no time to be reminded"
    on(house, 30, 11)
    on(house, 30, 11, 5)
    assert kinds(house) == ["approval", "reminder", "reminder"]
    with house.office.journal.entry() as entry:
        assert [e.data["number"] for e in entry.events(kind="approval_reminded")] == [1, 2]


def test_a_reminder_is_answered_like_the_mail_it_reminds_of(house):
    on(house, 26, 11)
    (reminder,) = house.letters("reminder")
    assert find_codes(reminder.subject) == find_codes(house.asked().subject)
    assert "belum dijawab" in " ".join(reminder.text.split())
    house.answer(reminder, "SETUJU")
    house.poll()
    assert house.last() == ("processed", "decision")
    on(house, 10)
    assert kinds(house).count("reminder") == 1
    assert "passed_on" not in kinds(house)


def test_after_six_working_days_the_alternate_is_asked_and_the_first_mail_counts_no_more(house):
    first = house.asked()
    on(house, 2)
    assert house.asked().to == company.DIRECTOR.email
    (told,) = house.letters("passed_on")
    assert told.to == BOSS.email
    before = house.digest()
    house.answer(first, "SETUJU")
    house.poll()
    assert house.last() == ("processed", "late-answer")
    assert house.digest() == before
    house.answer(house.asked(), "SETUJU", sender=company.DIRECTOR)
    house.poll()
    assert house.case().state == "approved"


def test_a_deputy_is_asked_before_the_alternate(house):
    boss = replace(BOSS, deputy=DEPUTY.email)
    people = tuple(boss if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    on(house, 2)
    assert house.asked().to == DEPUTY.email
    house.answer(house.asked(), "SETUJU", sender=DEPUTY)
    house.poll()
    assert house.last() == ("processed", "decision")
    with house.office.journal.entry() as entry:
        (decision,) = entry.events(kind="decision_recorded")
    assert (decision.data["approver"], decision.data["acting_for"]) == (DEPUTY.email, BOSS.email)


def test_it_is_passed_on_once_and_where_nobody_else_may_decide_it_stays(tmp_path):
    house = Company(tmp_path, lambda data: data["approval"].update(alternate="it_manager"))
    house.send_form(FINANCE)
    house.poll()
    for day in (2, 3, 4):
        on(house, day)
    with house.office.journal.entry() as entry:
        assert len(entry.events(kind="approval_escalated")) == 1
    assert house.asked().to == BOSS.email
    assert not house.letters("passed_on")
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert house.case().state == "approved"


def test_at_last_it_lapses_and_the_requester_is_told_and_may_ask_again(house):
    on(house, 2)
    on(house, 15)
    assert house.case().state == "lapsed"
    (told,) = house.letters("lapsed")
    assert told.to == FINANCE.requester_email
    before = house.digest()
    house.answer(house.asked(), "SETUJU", sender=company.DIRECTOR)
    house.poll()
    assert house.last() == ("processed", "late-answer")
    assert house.digest() == before
    house.send_form(FINANCE)
    house.poll()
    assert house.last() == ("processed", "new-request")


def test_after_a_standstill_only_the_last_step_is_done(house):
    on(house, 22)
    assert kinds(house)[1:] == ["lapsed"]


def test_holidays_and_the_companys_own_days_do_not_count(tmp_path):
    house = Company(tmp_path, lambda data: data["workdays"].update(closed=["2026-11-25", "2026-11-26"]))
    house.send_form(FINANCE)
    house.poll()
    on(house, 27, 11)
    assert "reminder" not in kinds(house)
    on(house, 30, 11)
    assert "reminder" in kinds(house)


def test_every_step_can_be_switched_off(tmp_path):
    off = {"remind_after": [], "escalate_after": 0, "lapse_after": 0}
    house = Company(tmp_path, lambda data: data["approval"].update(off))
    house.send_form(FINANCE)
    house.poll()
    for day in (1, 10, 20):
        on(house, day)
    assert kinds(house) == ["approval"]


def test_what_is_decided_in_part_waits_for_the_rest_on_its_own_clock(house):
    on(house, 26, 11)
    house.answer(house.asked(), "SETUJU 1")
    house.poll()
    second = house.asked()
    on(house, 27, 11)
    assert kinds(house).count("reminder") == 1
    on(house, 30, 11, 5)
    assert house.letters("reminder")[-1].subject.count(find_codes(second.subject)[0]) == 1
