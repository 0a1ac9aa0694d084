"""Until when people are told that an answer is waited for: what comes first of all that ends the wait."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from tests.company import MORNING, Company
from tests.desks.revising import words

FINANCE = company.finance_form(MORNING.date())


def told(house, urgency):
    house.send_form(replace(FINANCE, urgency=urgency))
    house.poll()
    return house.asked()


@pytest.mark.parametrize(
    ("urgency", "until"),
    [("normal", "2 Desember 2026 pukul 09.01 WIB"), ("urgent", "25 November 2026 pukul 21.01 WIB")],
)
def test_the_approval_mail_names_the_hour_at_which_somebody_else_is_asked(tmp_path, urgency, until):
    house = Company(tmp_path)
    assert f"Jawaban ditunggu sampai {until}" in words(told(house, urgency))
    house.answer(house.letters("received")[-1], "STATUS", company.FINANCE_MANAGER)
    house.poll()
    assert f"Menunggu keputusan Andi Nugroho, paling lambat {until}" in words(house.letters("status")[-1])


def test_a_reminder_on_the_urgent_clock_names_the_hour_too(tmp_path):
    house = Company(tmp_path)
    told(house, "urgent")
    house.clock.pass_minutes(13 * 60)
    house.poll()
    assert "sampai 25 November 2026 pukul 21.01 WIB" in words(house.letters("reminder")[-1])


def test_where_nobody_else_is_asked_it_is_the_end_of_the_wait(tmp_path):
    def change(data):
        data["approval"]["escalate_after"] = 0

    house = Company(tmp_path, change)
    assert "Jawaban ditunggu sampai 15 Desember 2026 pukul 09.01 WIB" in words(told(house, "normal"))


def test_nobody_is_reminded_of_what_goes_to_somebody_else_in_the_same_round(tmp_path):
    house = Company(tmp_path)
    first, last = MORNING.date().replace(day=26), MORNING.date().replace(day=30)
    boss = replace(company.IT_MANAGER, deputy=company.IT_STAFF.email, deputy_from=first, deputy_until=last)
    people = tuple(boss if p == company.IT_MANAGER else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    told(house, "normal")
    house.clock.pass_minutes(2 * 24 * 60)
    house.poll()
    assert company.IT_STAFF.email in house.asked().to
    assert not house.letters("reminder")
