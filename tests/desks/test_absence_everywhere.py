"""An approver's absence: which words show it, to which letters, and that it counts for all his questions."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from tests.commands.house import run
from tests.company import BOSS, Company, plain_mail
from tests.desks.absent import (
    DEPUTY,
    FINANCE,
    TODAY,
    asked_now,
    away,
    events,
    only_noted,
    read,
    thread_mail,
)
from tests.digests import digest, listed

# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "Saya sedang cuti sampai 3 Desember. Untuk hal mendesak hubungi Dewi.",
    "I am out of the office until 3 December.",
])  # fmt: skip
@pytest.mark.parametrize(
    "quote", ["", "\n\nPada 24/11/2026 09.01, Portal <akses-it@contoh.example> menulis:\n> x\n"]
)
def test_words_that_only_read_like_an_absence_bring_in_nobody_and_get_no_answer(standing_in, text, quote):
    letters = len(standing_in.letters())
    standing_in.send(thread_mail(standing_in.asked(), text + quote))
    standing_in.poll()
    assert standing_in.last() == ("ignored", "automatic")
    assert only_noted(standing_in)
    assert len(standing_in.letters()) == letters
    out = run("status", "REQ-2026-0001", "--config", standing_in.config_file).out
    assert "reads like an out-of-office answer" in read(out)


@pytest.mark.parametrize("text", [
    "Saya sedang di luar kota, setuju semua ya.", "Sedang rapat. Setuju.", "I'm travelling, approved.",
    "Lagi di luar kantor jadi singkat saja: TOLAK nomor 3, setuju 1 dan 2",
    "Saya sedang rapat, nanti sore saya putuskan ya.",
])  # fmt: skip
def test_a_person_who_is_away_and_answers_is_heard_or_asked_back_and_no_deputy_comes(standing_in, text):
    standing_in.send(thread_mail(standing_in.asked(), text))
    standing_in.poll()
    assert standing_in.last() in {("processed", "decision"), ("processed", "unclear-answer")}
    assert not events(standing_in, "automatic_answer")
    assert not events(standing_in, "deputy_brought_in")


# --- to a reminder, and for all his questions ---------------------------------------------------------


def test_an_absence_answered_to_a_reminder_counts_as_to_the_approval_mail(standing_in):
    standing_in.clock.pass_minutes(2 * 24 * 60 + 60)
    standing_in.poll()
    away(standing_in, standing_in.letters("reminder")[-1])
    (event,) = events(standing_in, "deputy_brought_in")
    assert event.data["why"] == "out of office"
    assert standing_in.asked().to == DEPUTY.email


def test_an_absence_answered_to_the_question_what_was_meant_counts_too(house):
    house.answer(house.asked(), "Hmm?")
    house.poll()
    away(house, house.letters("unclear")[-1])
    assert asked_now(house).away_since


def test_an_absence_counts_for_all_the_approvers_open_questions(standing_in):
    """Vacation programs answer each sender once: the others would never learn it."""
    standing_in.send_form(company.hr_form(TODAY))
    standing_in.poll()
    away(standing_in, standing_in.asked("REQ-2026-0002"))
    assert {event.ref for event in events(standing_in, "automatic_answer")} == {
        "REQ-2026-0001",
        "REQ-2026-0002",
    }
    assert {event.ref for event in events(standing_in, "deputy_brought_in")} == {
        "REQ-2026-0001",
        "REQ-2026-0002",
    }
    for ref in ("REQ-2026-0001", "REQ-2026-0002"):
        assert standing_in.asked(ref).to == DEPUTY.email
    out = read(run("status", "REQ-2026-0001", "--config", standing_in.config_file).out)
    assert "to REQ-2026-0002: he is away for this question as well" in out


def test_without_the_setting_it_is_shown_for_all_of_them(house):
    house.send_form(company.hr_form(TODAY))
    house.poll()
    away(house, house.asked("REQ-2026-0001"))
    requests = run("status", "--json", "--config", house.config_file).data["requests"]
    assert all(request["away_since"] for request in requests)
    assert len(events(house, "automatic_answer")) == 2
    away(house, house.asked("REQ-2026-0001"), Message_ID="<second@contoh.example>")
    assert len(events(house, "automatic_answer")) == 3, "elsewhere it is known already"


def test_a_code_alone_proves_an_absence_for_its_own_question_only(tmp_path):
    def open_house(data):
        data["sender_proof"]["mode"] = "token-only"

    house = Company(tmp_path, open_house)
    for form in (FINANCE, company.hr_form(TODAY)):
        house.send_form(form)
    house.poll()
    away(house, house.asked("REQ-2026-0002"), Authentication_Results=None)
    known = {case.ref: [one.away_since for one in case.asked if one.open] for case in house.cases()}
    assert known["REQ-2026-0001"] == [None]
    assert known["REQ-2026-0002"][0]


@pytest.mark.parametrize(("language", "words"), [
    ("id", "Bapak/Ibu sedang tidak di tempat"), ("en", "says that you are out of office"),
])  # fmt: skip
def test_the_next_reminder_says_that_he_answered_so(house, language, words):
    people = tuple(replace(p, language=language) if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    away(house)
    house.clock.pass_minutes(2 * 24 * 60 + 60)
    house.poll()
    text = " ".join(house.letters("reminder")[-1].text.split())
    assert words in text
    assert {"id": "pengganti Bapak/Ibu atau atasan", "en": "your deputy or to somebody above"}[
        language
    ] in text


def test_a_reminder_to_the_deputy_says_why_he_was_asked(standing_in):
    away(standing_in)
    standing_in.clock.pass_minutes(2 * 24 * 60 + 60)
    standing_in.poll()
    reminder = standing_in.letters("reminder")[-1]
    assert reminder.to == DEPUTY.email
    text = " ".join(reminder.text.split())
    assert f"Bapak/Ibu {BOSS.name} sedang tidak di tempat" in text


def test_a_reminder_to_nobody_who_is_away_speaks_of_no_absence(house):
    house.clock.pass_minutes(2 * 24 * 60 + 60)
    house.poll()
    assert "tidak di tempat" not in house.letters("reminder")[-1].text


# --- the answer to STATUS -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Langkah berikutnya ada pada pemohon"), ("en", "corrected form")]
)
def test_who_asks_of_a_rejected_request_is_told_the_next_step(house, language, words):
    requester = next(p for p in company.DIRECTORY.people if p.email == FINANCE.requester_email)
    people = tuple(replace(p, language=language) if p == requester else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.answer(house.asked(), "TOLAK")
    house.poll()
    house.send(plain_mail(requester, "STATUS REQ-2026-0001", ""))
    house.poll()
    text = " ".join(house.letters("status")[0].text.split())
    assert words in text
    assert "Tidak ada yang sedang ditunggu" not in text


# --- to a list of what is open ------------------------------------------------------------------------


def test_an_absence_answered_to_a_list_counts_for_every_line(tmp_path):
    house = listed(tmp_path)
    assert away(house, digest(house)) == ("ignored", "automatic")
    waiting = [one for case in house.cases() for one in case.asked if one.open]
    assert len(waiting) == 6
    assert all(one.away_since for one in waiting)
    assert {event.data["through"] for event in events(house, "automatic_answer")} == {"a list"}
