"""An approver with many open questions gets one list of them on each working day, and no reminders."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from tests.company import BOSS, MORNING
from tests.digests import EIGHT, LINES, at, digest, events, listed, plain, say, six

DEPUTY = company.IT_STAFF


def settings(**approval):
    return lambda data: data["approval"].update(approval)


def days(house, *numbers, hour=1):
    """A poll at eight in Jakarta on each of these days of November, or after it of December."""
    for number in numbers:
        at(house, EIGHT.replace(day=1, hour=hour) + timedelta(days=number - 1))


def people(house, *changed):
    known = {person.email: person for person in changed}
    house.write_directory(
        replace(company.DIRECTORY, people=tuple(known.get(p.email, p) for p in company.DIRECTORY.people))
    )


def test_six_open_questions_make_one_list_at_eight_on_the_next_working_day(tmp_path):
    house = six(tmp_path)
    house.poll()
    at(house, EIGHT - timedelta(minutes=1))
    assert not house.letters("digest")
    at(house, EIGHT)
    at(house, EIGHT + timedelta(hours=3))
    (letter,) = house.letters("digest")
    assert letter.to == BOSS.email
    assert len(house.letters("approval")) == 6, "each question keeps its own mail"
    assert list(find_codes(letter.subject)) == list(find_codes(letter.text)), "one code, its own"
    assert not {code for mail in house.letters("approval") for code in find_codes(mail.subject)} & set(
        find_codes(letter.text)
    )


def test_each_line_shows_all_that_its_request_asks_for_urgent_ones_first(tmp_path):
    text = plain(digest(listed(tmp_path)))
    places = [text.index(f"{no}. {ref}") for no, ref in LINES.items()]
    assert places == sorted(places)
    assert "1. REQ-2026-0005 - MENDESAK Sari Wulandari, Finance, menunggu kurang dari 1 hari kerja" in text
    for words in (
        "Wahyu Hidayat (00511): VPN - Pengguna jarak jauh pemberian akses, 1 Desember 2026 – 30 Mei 2027",
        "Agung Saputra (00388): CL - Lihat saja pemberian akses, mulai 27 November 2026, tanpa batas akhir",
        "Nur Aini (00431): CCTV", "Oktavianus Sinaga (00295): Tracy", "Mega Puspita (00402): HRIS",
    ):  # fmt: skip
        assert words in text


def test_below_the_threshold_and_where_it_is_switched_off_nothing_is_sent(tmp_path):
    for number, wanted in ((7, 0), (0, 0), (6, 1)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert len(listed(folder, settings(digest_from=number)).letters("digest")) == wanted


def test_what_was_decided_no_longer_counts(tmp_path):
    house = six(tmp_path, settings(digest_from=6))
    house.answer(house.letters("approval")[0], "SETUJU")
    at(house, EIGHT)
    assert not house.letters("digest")


def test_no_list_on_a_weekend_a_holiday_or_a_day_the_company_closes(tmp_path):
    off = {"remind_after": [], "escalate_after": 0, "lapse_after": 0}
    house = six(tmp_path, lambda data: (
        data["approval"].update(off, urgent=off), data["workdays"].update(closed=["2026-11-26"])
    ))  # fmt: skip
    days(house, 25, 26, 27, 28, 29, 30)
    assert [event.at.day for event in events(house, "digest_sent")] == [25, 27, 30]
    days(house, 53, 54, 55, 56)
    assert len(events(house, "digest_sent")) == 4, (
        "23 December; Christmas and joint leave are no working days"
    )


def test_a_service_that_begins_later_in_the_day_sends_it_then_and_once(tmp_path):
    house = six(tmp_path)
    at(house, EIGHT + timedelta(hours=6))
    house.open()
    at(house, EIGHT + timedelta(hours=7))
    assert len(house.letters("digest")) == 1


def test_the_list_stands_for_the_reminders_of_that_day(tmp_path):
    house = six(tmp_path)
    for hours in range(-8, 13):
        at(house, EIGHT.replace(day=26) + timedelta(hours=hours))
    assert not house.letters("reminder", to=BOSS.email)
    reminded = [e.data for e in events(house, "approval_reminded") if e.ref == "REQ-2026-0001"]
    assert [(data["number"], data["digest"]) for data in reminded] == [(1, 1)], "due at nine, listed at eight"


def test_what_the_list_of_this_morning_will_remind_of_is_not_reminded_of_before(tmp_path):
    house = six(tmp_path, settings(remind_after=[0.8]))
    at(house, EIGHT - timedelta(hours=2))
    assert not house.letters("reminder", to=BOSS.email)
    at(house, EIGHT)
    at(house, EIGHT + timedelta(hours=1))
    assert not house.letters("reminder", to=BOSS.email)
    assert len(house.letters("digest")) == 1


def test_below_the_threshold_the_same_reminders_go_out(tmp_path):
    house = six(tmp_path, settings(remind_after=[0.8], digest_from=7))
    at(house, EIGHT - timedelta(hours=2))
    assert len(house.letters("reminder", to=BOSS.email)) == 6


def test_questions_that_did_not_fit_are_reminded_of_as_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.desks.listing.MOST_LINES", 4)
    house = listed(tmp_path, settings(remind_after=[0.5]))
    letter = digest(house)
    assert "2 permintaan lain tidak termuat di sini" in plain(letter)
    assert "6 permintaan menunggu keputusan" in letter.subject
    at(house, EIGHT + timedelta(hours=2))
    assert len(house.letters("reminder")) == 2


def test_escalation_goes_on_beside_the_lists(tmp_path):
    house = six(tmp_path, settings(escalate_after=2, remind_after=[1]))
    days(house, 25, 26)
    at(house, EIGHT.replace(day=26, hour=3))
    assert {asked.to for asked in house.letters("approval")} == {BOSS.email, company.DIRECTOR.email}
    assert len(house.letters("passed_on", to=BOSS.email)) == 6


def test_an_approver_who_reads_english_gets_it_in_english(tmp_path):
    house = six(tmp_path)
    people(house, replace(BOSS, language="en"))
    at(house, EIGHT)
    assert "6 access requests wait for your decision" in digest(house).text.lower().replace("\n", " ")
    assert say(house, "Approve 1 and 2. Reject 3: not budgeted.") == ("processed", "decision")
    assert "Reason: not budgeted" in plain(house.letters("digest_recorded")[-1])


def test_a_deputy_gets_the_list_of_what_he_is_asked_himself(tmp_path):
    house = six(tmp_path)
    people(
        house,
        replace(
            BOSS,
            deputy=DEPUTY.email,
            deputy_from=MORNING.date(),
            deputy_until=EIGHT.date() + timedelta(days=20),
        ),
    )
    at(house, MORNING.replace(hour=4))
    at(house, EIGHT)
    assert [letter.to for letter in house.letters("digest")] == [DEPUTY.email]
    assert f"sebagai pengganti {BOSS.name}" in plain(digest(house, DEPUTY.email))
    assert say(house, "SETUJU 1", DEPUTY, digest(house, DEPUTY.email)) == ("processed", "decision")
    (decision,) = events(house, "decision_recorded")
    assert (decision.data["approver"], decision.data["acting_for"]) == (DEPUTY.email, BOSS.email)


def test_two_approvers_each_get_their_own_list_with_a_code_of_its_own(tmp_path):
    house = listed(tmp_path, lambda data: data["approval"].update(escalate_after=1, remind_after=[]))
    at(house, EIGHT + timedelta(hours=3))
    assert house.letters("passed_on")
    at(house, EIGHT.replace(day=26))
    codes = [find_codes(letter.subject) for letter in house.letters("digest")]
    assert [letter.to for letter in house.letters("digest")] == [BOSS.email, company.DIRECTOR.email]
    assert codes[0] != codes[1]
    house.answer(digest(house, company.DIRECTOR.email), "SETUJU SEMUA", BOSS)
    house.poll()
    assert house.last() == ("quarantined", "not-the-approver")


@pytest.mark.parametrize(("valid", "last"), [(30, 28), (1, 26)])
def test_a_list_is_valid_three_days_at_most(tmp_path, valid, last):
    house = listed(tmp_path, settings(valid_days=valid))
    (event,) = events(house, "digest_sent")
    assert event.data["expires"].startswith(f"2026-11-{last}")
