"""Five approval codes tried in vain within a day raise one alarm, to IT and management (threat T8)."""

import random
from dataclasses import replace

import pytest

from pipeline.approval.tokens import _ALPHABET
from pipeline.demo import clients, company
from tests.company import BOSS, MORNING, Company, edited, plain_mail

EVIL = replace(company.SALES_PIC, name="Andi Nugroho", email="andi.nugroho@luar.example")
A_DAY = 24 * 60


@pytest.fixture
def house(tmp_path):
    """Finance has asked for three items, and the IT Manager has been asked."""
    made = Company(tmp_path)
    made.send_form(company.finance_form(MORNING.date()))
    made.poll()
    return made


def guess(house, number: int) -> None:
    """An answer in the IT Manager's name whose code was made up."""
    code = "AK1-" + "".join(random.Random(number).choices(_ALPHABET, k=26))
    house.send(plain_mail(BOSS, f"Re: persetujuan [{code}]", "SETUJU"))


def forwarded(house, number: int) -> None:
    """The true approval mail, answered by somebody outside who got hold of it."""
    house.send(clients.answer(EVIL, house.asked(), f"SETUJU {number}", house.clock.now))


def unproven(house, number: int) -> None:
    house.send(clients.answer(BOSS, house.asked(), f"SETUJU semua {number}", house.clock.now, dmarc="fail"))


def two_from(house, number: int) -> None:
    raw = clients.answer(BOSS, house.asked(), f"SETUJU juga {number}", house.clock.now)
    house.send(edited(raw, From=[f"<{EVIL.email}>", f"<{BOSS.email}>"]))


def alarms(house) -> list:
    house.poll()
    return house.letters("alarm")


@pytest.mark.parametrize("attempt", [guess, forwarded, unproven, two_from])
def test_the_fifth_bad_code_of_a_day_raises_one_alarm(house, attempt):
    before = house.digest()
    for number in range(4):
        attempt(house, number)
    assert not alarms(house)
    for number in range(4, 12):
        attempt(house, number)
    (letter,) = alarms(house)
    people = {BOSS.email, company.IT_STAFF.email, company.DIRECTOR.email}
    assert all(address in letter.to for address in people)
    assert {mail.outcome for mail in house.mails()[1:]} == {"quarantined"}
    assert house.digest() == before
    with house.office.journal.entry() as entry:
        (event,) = entry.events(kind="alarm_raised")
    assert event.data["mails"] == 5


def test_the_letter_names_the_claimed_senders_as_text_that_nobody_can_click(house):
    for number in range(3):
        guess(house, number)
    for number in range(2):
        forwarded(house, number)
    (letter,) = alarms(house)
    assert "andi.nugroho[at]luar.example" in letter.text
    assert f"{BOSS.name} <{BOSS.email.replace('@', '[at]')}>" in letter.text
    assert "andi.nugroho@luar.example" not in letter.text


def test_an_attack_that_goes_on_is_told_of_again_the_next_day_and_not_sooner(house):
    for number in range(5):
        guess(house, number)
    assert len(alarms(house)) == 1
    house.clock.pass_minutes(A_DAY - 60)
    for number in range(5, 10):
        guess(house, number)
    assert len(alarms(house)) == 1
    house.clock.pass_minutes(60)
    guess(house, 10)
    assert len(alarms(house)) == 2


def test_five_bad_codes_in_as_many_days_are_five_notices_and_no_alarm(house):
    for number in range(5):
        guess(house, number)
        assert not alarms(house)
        house.clock.pass_minutes(A_DAY)
    assert len(house.letters("quarantine")) == 5


def test_what_honest_people_do_wrong_raises_no_alarm(house):
    house.send_form(company.hr_form(MORNING.date()))
    house.poll()
    first, second = house.letters("approval")
    for number in range(6):
        # Two of our letters quoted in one mail; an answer without a code; a form whose sender is not proven.
        house.answer(first, f"SETUJU {number}\n\n{second.text}", In_Reply_To=None, References=None,
                     Subject="Re: permintaan")  # fmt: skip
        house.send(plain_mail(BOSS, f"Re: [REQ-2026-0001] {number}", "SETUJU"))
        raw = clients.form_mail(company.SALES_PIC, b"x", f"Form {number}", "x", house.clock.now)
        house.send(raw.replace(b"dmarc=pass", b"dmarc=fail"))
    assert not alarms(house)
    assert {mail.reason for mail in house.mails()[2:]} == {"token-conflict", "no-token", "sender-not-proven"}
