"""Automatic answers of approvers: whose they are is noted and shown, and may bring in the deputy."""

from dataclasses import replace

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from tests.commands.house import run
from tests.company import BOSS, Company, plain_mail
from tests.desks.absent import (
    DEPUTY,
    FAILED,
    FINANCE,
    OTHER_STAFF,
    TODAY,
    asked_house,
    asked_now,
    away,
    events,
    name_deputy,
    only_noted,
    read,
)

PEOPLE = {person.email: person for person in company.DIRECTORY.people}
REQUESTER = PEOPLE[FINANCE.requester_email]


# --- noted and shown ----------------------------------------------------------------------------------


def test_it_is_recorded_whose_it_was_and_what_kind(house):
    assert away(house) == ("ignored", "automatic")
    (event,) = events(house, "automatic_answer")
    found = {key: event.data[key] for key in ("kind", "from", "proof", "letter")}
    assert found == {
        "kind": "auto_reply", "from": BOSS.email, "proof": "dmarc", "letter": "approval/REQ-2026-0001/r0/1",
    }  # fmt: skip
    assert asked_now(house).away_since == event.at


def test_it_is_never_answered_and_decides_nothing(house):
    before, letters = house.digest(), len(house.letters())
    away(house)
    assert (house.digest(), len(house.letters())) == (before, letters)


def test_status_says_since_when_the_approver_is_away(house):
    away(house)
    one = run("status", "REQ-2026-0001", "--config", house.config_file)
    assert "An out-of-office answer came in under the address" in read(one.out)
    for arguments in (("status", "--json"), ("status", "REQ-2026-0001", "--json")):
        data = run(*arguments, "--config", house.config_file).data
        assert (data["requests"][0] if "requests" in data else data)["away_since"].startswith(
            "2026-11-24T02:02"
        )


@pytest.mark.parametrize(("language", "words"), [("id", "tidak di kantor"), ("en", "out-of-office answer")])
def test_who_asks_status_is_told_that_the_approver_is_away(house, language, words):
    people = tuple(replace(p, language=language) if p == REQUESTER else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    away(house)
    house.send(plain_mail(REQUESTER, "STATUS REQ-2026-0001", ""))
    house.poll()
    text = " ".join(house.letters("status")[0].text.split())
    assert words in text
    assert "24" in text


def test_nobody_is_away_where_nobody_answered_so(house):
    assert run("status", "--json", "--config", house.config_file).data["requests"][0]["away_since"] == ""
    house.send(plain_mail(REQUESTER, "STATUS REQ-2026-0001", ""))
    house.poll()
    assert "tidak di kantor" not in house.letters("status")[0].text


def test_a_robot_that_lost_the_thread_is_known_by_the_code_in_its_subject(house):
    assert find_codes(house.asked().subject)
    away(house, In_Reply_To=None, References=None)
    assert asked_now(house).away_since
    assert house.mails()[-1].ref == "REQ-2026-0001"


def test_it_is_over_when_he_answers_and_is_asked_for_the_rest(house):
    away(house)
    house.answer(house.asked(), "Setuju 1 dan 3")
    house.poll()
    assert house.last() == ("processed", "decision")
    assert asked_now(house).away_since is None


# --- what says nothing about him ----------------------------------------------------------------------


def test_a_forged_one_is_only_noted(standing_in):
    assert away(standing_in, Authentication_Results=FAILED) == ("ignored", "automatic")
    assert only_noted(standing_in)
    out = run("status", "REQ-2026-0001", "--config", standing_in.config_file).out
    assert "not proven" in read(out)


def test_that_of_somebody_else_is_only_noted(standing_in):
    away(standing_in, sender=OTHER_STAFF)
    assert only_noted(standing_in)


def test_one_to_another_letter_is_only_noted(standing_in):
    away(standing_in, standing_in.letters("received")[0])
    assert only_noted(standing_in)


def test_one_to_an_old_round_is_only_noted(standing_in):
    old = standing_in.asked()
    standing_in.answer(old, "Setuju 1 dan 3")
    standing_in.poll()
    away(standing_in, old)
    assert only_noted(standing_in)


def test_a_read_receipt_and_a_calendar_answer_are_no_absence(standing_in):
    away(standing_in, Subject="Dibaca: Mohon persetujuan", Auto_Submitted=None, X_Auto_Response_Suppress=None)
    assert standing_in.last() == ("ignored", "receipt")
    away(standing_in, Subject="Ditolak: Rapat", Auto_Submitted=None, X_Auto_Response_Suppress=None)
    assert only_noted(standing_in)


# --- the deputy is brought in -------------------------------------------------------------------------


def test_as_shipped_nobody_is_brought_in(tmp_path):
    house = asked_house(tmp_path, on=False, deputy=DEPUTY.email)
    away(house)
    assert asked_now(house).approver == BOSS.email
    assert len(house.letters("approval")) == 1


def test_the_deputy_is_asked_before_his_dates_begin_and_decides(standing_in):
    away(standing_in)
    (event,) = events(standing_in, "deputy_brought_in")
    assert (event.data["approver"], event.data["deputy"]) == (BOSS.email, DEPUTY.email)
    assert event.data["why"] == "out of office"
    letter = standing_in.asked()
    assert letter.to == DEPUTY.email
    assert BOSS.name in letter.text
    standing_in.answer(letter, "SETUJU", sender=DEPUTY)
    standing_in.poll()
    assert standing_in.last() == ("processed", "decision")
    (decision,) = events(standing_in, "decision_recorded")
    assert (decision.data["approver"], decision.data["acting_for"]) == (DEPUTY.email, BOSS.email)


def test_a_second_automatic_answer_changes_nothing_more(standing_in):
    first = standing_in.asked()
    away(standing_in, first)
    standing_in.clock.pass_minutes(5)
    away(standing_in, first)
    assert len(events(standing_in, "deputy_brought_in")) == 1
    assert len(standing_in.letters("approval")) == 2


def test_the_rest_after_a_partial_decision_is_the_deputys_too(standing_in):
    away(standing_in)
    standing_in.answer(standing_in.asked(), "Setuju 1 dan 3", sender=DEPUTY)
    standing_in.poll()
    assert asked_now(standing_in).approver == DEPUTY.email
    standing_in.answer(standing_in.asked(), "TOLAK", sender=DEPUTY)
    standing_in.poll()
    assert standing_in.statuses() == {1: "approved", 2: "rejected", 3: "approved"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_approvers_own_later_answer_is_too_late_and_he_is_told_who_was_asked(tmp_path, language):
    house = Company(tmp_path, lambda data: data["approval"].update(deputy_on_absence=True))
    boss = replace(BOSS, deputy=DEPUTY.email, language=language)
    people = tuple(boss if person == BOSS else person for person in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.send_form(FINANCE)
    house.poll()
    old = house.asked()
    away(house, old)
    before = house.digest()
    house.answer(old, "SETUJU")
    house.poll()
    assert house.last() == ("processed", "late-answer")
    assert house.digest() == before
    text = " ".join(house.letters("late")[0].text.split())
    assert DEPUTY.name in text
    assert {"id": "tidak di kantor", "en": "out of office"}[language] in text


def test_a_late_refusal_of_what_the_deputy_approved_is_told_to_it(standing_in):
    old = standing_in.asked()
    away(standing_in, old)
    standing_in.answer(standing_in.asked(), "SETUJU", sender=DEPUTY)
    standing_in.poll()
    standing_in.answer(old, "TOLAK, ini keliru")
    standing_in.poll()
    assert standing_in.last() == ("quarantined", "late-refusal")
    assert set(standing_in.statuses().values()) == {"approved"}


@pytest.mark.parametrize("deputy", [DEPUTY, company.DIRECTOR], ids=["of the staff", "with a role of his own"])
def test_a_deputy_cannot_delegate_on(tmp_path, deputy):
    house = asked_house(tmp_path, on=True, deputy=deputy.email)
    away(house)
    named = {BOSS: replace(BOSS, deputy=deputy.email), deputy: replace(deputy, deputy=OTHER_STAFF.email)}
    people = tuple(named.get(person, person) for person in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    away(house, house.asked(), sender=deputy)
    assert asked_now(house).approver == deputy.email
    assert asked_now(house).away_since
    assert len(events(house, "deputy_brought_in")) == 1


def test_who_would_gain_the_access_is_not_brought_in(tmp_path):
    gainer = replace(FINANCE.employees[0], name=DEPUTY.name, email=DEPUTY.email)
    house = asked_house(tmp_path, True, replace(FINANCE, employees=(gainer,)), deputy=DEPUTY.email)
    away(house)
    assert asked_now(house).approver == BOSS.email
    assert asked_now(house).away_since
    assert not events(house, "deputy_brought_in")


def test_a_deputy_whose_dates_are_over_is_not_brought_in(tmp_path):
    house = asked_house(tmp_path, True, deputy=DEPUTY.email, begins=-9)
    away(house)
    assert asked_now(house).approver == BOSS.email


def test_when_the_directory_no_longer_names_the_deputy_the_approver_is_asked_again(standing_in):
    away(standing_in)
    letter, before = standing_in.asked(), standing_in.digest()
    name_deputy(standing_in)
    standing_in.answer(letter, "SETUJU", sender=DEPUTY)
    standing_in.poll()
    assert standing_in.last() == ("processed", "late-answer")
    assert standing_in.digest() == before
    assert standing_in.asked().to == BOSS.email


def test_another_request_is_still_the_approvers_own(standing_in):
    away(standing_in)
    standing_in.send_form(company.hr_form(TODAY))
    standing_in.poll()
    assert standing_in.asked("REQ-2026-0002").to == BOSS.email
