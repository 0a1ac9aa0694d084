"""DEPUTI: an approver names by mail who decides for him; both are told, and it is recorded for whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.demo import company
from tests.company import BOSS, MORNING, Company, edited, plain_mail

TODAY = MORNING.date()
FINANCE, HR = company.finance_form(TODAY), company.hr_form(TODAY)
DEPUTY, OTHER = company.IT_STAFF, company.IT_STAFF_2
NOW = f"DEPUTI {DEPUTY.email} hari ini - 30 Nov"
DAY = 24 * 60


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def say(house, text, sender=BOSS, subject="Cuti", **headers):
    """A new mail to the portal, and what came of it."""
    raw = plain_mail(sender, subject, text, **headers)
    house.send(edited(raw, Message_ID=f"<{len(house.mails())}@{company.DOMAIN}>"))
    house.poll()
    return house.last()


def events(house, kind):
    with house.office.journal.entry() as entry:
        return entry.events(kind=kind)


def ask(house, form=FINANCE):
    house.send_form(form)
    house.poll()
    return house.asked()


def sleep(house, days):
    house.clock.pass_minutes(days * DAY)
    house.poll()


def words(letter):
    return " ".join(letter.text.split())


def in_english(house, *people):
    """The directory in which these read English."""
    found = tuple(replace(p, language="en") if p in people else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=found))


# --- named ------------------------------------------------------------------------------------------


def test_it_is_recorded_and_confirmed_to_both(house):
    assert say(house, f"DEPUTI {DEPUTY.email} 1-14 Des") == ("processed", "deputy-named")
    (event,) = events(house, "deputy_named")
    assert {key: event.data[key] for key in ("approver", "deputy", "from", "until", "proof")} == {
        "approver": BOSS.email, "deputy": DEPUTY.email, "from": "2026-12-01", "until": "2026-12-14",
        "proof": "dmarc",
    }  # fmt: skip
    assert len(event.data["mail_sha256"]) == 64
    (named,), (duty,) = house.letters("deputy_named"), house.letters("deputy_duty")
    assert (named.to, duty.to) == (BOSS.email, DEPUTY.email)
    for letter in (named, duty):
        assert "1 Desember 2026" in words(letter)
        assert "14 Desember 2026" in words(letter)
    assert "DEPUTI SELESAI" in named.text
    assert "tidak dapat diteruskan" in words(duty)


def test_in_english_to_those_who_read_it(house):
    in_english(house, BOSS, DEPUTY)
    assert say(house, f"DEPUTY {DEPUTY.email} 1-14 Dec") == ("processed", "deputy-named")
    assert "reply to this mail with DEPUTY OFF" in words(house.letters("deputy_named")[0])
    assert "can't pass this task on" in words(house.letters("deputy_duty")[0])


def test_the_letters_go_to_the_addresses_of_the_directory_alone(house):
    say(house, NOW, Reply_To=f"x@{company.DOMAIN}", Sender=f"y@{company.DOMAIN}", Cc=f"z@{company.DOMAIN}")
    assert {letter.to for letter in house.letters()} == {BOSS.email, DEPUTY.email}


def test_a_request_during_the_term_goes_to_the_deputy_and_it_is_recorded_for_whom(house):
    say(house, NOW)
    letter = ask(house)
    assert letter.to == DEPUTY.email
    assert BOSS.name in letter.text
    (asked,) = house.case().asked
    assert (asked.approver, asked.acting_for) == (DEPUTY.email, BOSS.email)
    house.answer(letter, "SETUJU", DEPUTY)
    house.poll()
    assert house.last() == ("processed", "decision")
    (decision,) = events(house, "decision_recorded")
    assert (decision.data["approver"], decision.data["acting_for"]) == (DEPUTY.email, BOSS.email)


def test_an_open_question_goes_to_the_deputy_on_his_first_day_and_back_after_his_last(house):
    ask(house)
    say(house, f"DEPUTI {DEPUTY.email} besok")
    assert house.asked().to == BOSS.email
    sleep(house, 1)
    assert house.asked().to == DEPUTY.email
    assert house.letters("passed_on")[-1].to == BOSS.email
    sleep(house, 1)
    assert house.asked().to == BOSS.email


def test_an_open_question_is_passed_on_at_once_when_the_term_begins_today(house):
    ask(house)
    say(house, NOW)
    assert house.asked().to == DEPUTY.email


def test_before_the_first_day_and_after_the_last_the_approver_decides_himself(house):
    say(house, f"DEPUTI {DEPUTY.email} 26-27 Nov")
    assert ask(house).to == BOSS.email
    house.answer(house.asked(), "SETUJU")
    house.poll()
    sleep(house, 5)
    assert ask(house, HR).to == BOSS.email


def test_over_the_turn_of_the_year(house):
    say(house, f"DEPUTI {DEPUTY.email} 28 Des - 4 Jan")
    (event,) = events(house, "deputy_named")
    assert (event.data["from"], event.data["until"]) == ("2026-12-28", "2027-01-04")
    house.clock.pass_minutes(41 * DAY)
    assert ask(house).to == DEPUTY.email


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("DEPUTI Dewi Anggraini 1-14 Des", "Cuti"),
        ("Deputi: Ibu Dewi Anggraini, 1 s.d. 14 Desember 2026\n\nTerima kasih,\nAndi", "Cuti"),
        (f"DEPUTI {DEPUTY.email}\nMulai: 1 Des\nSampai: 14 Des", "Cuti"),
        (f"DEPUTI {DEPUTY.email} 1-14 Des\n\nSaya cuti. Terima kasih.\n--\nAndi Nugroho\nIT Manager", ""),
        ("", f"DEPUTI {DEPUTY.email} 1-14 Des"),
    ],
    ids=["by name", "with a title", "days beneath", "with a signature", "in the subject"],
)  # fmt: skip
def test_other_ways_to_say_it(house, text, subject):
    assert say(house, text, subject=subject) == ("processed", "deputy-named")
    data = events(house, "deputy_named")[0].data
    assert (data["deputy"], data["from"], data["until"]) == (DEPUTY.email, "2026-12-01", "2026-12-14")


def test_in_answer_to_any_letter_of_ours(house):
    ask(house)
    house.answer(house.asked(), f"DEPUTI {DEPUTY.email} besok")
    house.poll()
    assert house.last() == ("processed", "deputy-named")
    house.answer(house.letters("deputy_named")[0], "DEPUTI SELESAI")
    house.poll()
    assert house.last() == ("processed", "deputy-ended")
    assert house.digest()[0][2] == "awaiting_approval"


@pytest.mark.parametrize(
    "text", [f"DEPUTI {DEPUTY.email} besok\nSETUJU", f"SETUJU\nDEPUTI {DEPUTY.email} besok"]
)
def test_beside_a_verdict_it_is_an_approvers_answer_as_before(house, text):
    ask(house)
    house.answer(house.asked(), text)
    house.poll()
    with house.office.journal.entry() as entry:
        assert entry.events(kind="mail_handled")[-1].data["desk"] == "reply"
    assert not events(house, "deputy_named")


def test_a_division_head_may_name_one_too(house):
    assert say(house, NOW, company.HEAD_OF_FINANCE) == ("processed", "deputy-named")


# --- another term, and the end -----------------------------------------------------------------------


def test_the_same_again_is_confirmed_and_changes_nothing(house):
    say(house, NOW)
    assert say(house, f"{NOW}.") == ("processed", "deputy-known")
    assert len(events(house, "deputy_named")) == len(house.letters("deputy_duty")) == 1
    assert len(house.letters("deputy_named")) == 2


def test_a_term_that_shares_a_day_takes_that_day_of_the_earlier_one(house):
    say(house, NOW)
    say(house, f"DEPUTI {OTHER.email} hari ini")
    (told,) = house.letters("deputy_ended")
    assert told.to == DEPUTY.email
    assert ask(house).to == OTHER.email
    sleep(house, 1)
    assert house.asked().to == DEPUTY.email


def test_a_term_at_another_time_stands_beside_it(house):
    say(house, NOW)
    say(house, f"DEPUTI {OTHER.email} 7-8 Des")
    assert DEPUTY.name in house.letters("deputy_named")[-1].text
    assert ask(house).to == DEPUTY.email
    house.answer(house.asked(), "SETUJU", DEPUTY)
    house.poll()
    house.clock.pass_minutes(13 * DAY)
    assert ask(house, HR).to == OTHER.email


def test_selesai_gives_the_decision_back_and_tells_both(house):
    say(house, NOW)
    letter = ask(house)
    assert say(house, "DEPUTI SELESAI") == ("processed", "deputy-ended")
    assert {one.to for one in house.letters("deputy_ended")} == {BOSS.email, DEPUTY.email}
    assert house.asked().to == BOSS.email
    before = house.digest()
    house.answer(letter, "SETUJU", DEPUTY)
    house.poll()
    assert house.digest() == before
    assert events(house, "deputy_ended")[0].data["deputies"] == [DEPUTY.email]


def test_a_deputys_answer_that_comes_behind_selesai_in_one_round_decides_nothing(house):
    say(house, NOW)
    letter = ask(house)
    house.send(plain_mail(BOSS, "DEPUTY OFF", ""))
    house.answer(letter, "SETUJU", DEPUTY)
    house.poll()
    assert house.last() == ("processed", "late-answer")
    assert set(house.statuses().values()) == {"requested"}


def test_selesai_where_nobody_stands_in_changes_nothing(house):
    assert say(house, "DEPUTI SELESAI") == ("processed", "no-deputy")
    assert not events(house, "deputy_ended")
    assert len(house.letters("deputy_ended")) == 1


def with_cells(house, until):
    """The workbook names Fajar as the IT Manager's deputy from yesterday on."""
    boss = replace(BOSS, deputy=OTHER.email, deputy_from=TODAY - timedelta(days=1), deputy_until=until)
    people = tuple(boss if person == BOSS else person for person in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))


def test_a_mail_wins_over_the_workbook_for_its_days(house):
    with_cells(house, TODAY + timedelta(days=9))
    say(house, f"DEPUTI {DEPUTY.email} hari ini")
    assert ask(house).to == DEPUTY.email
    sleep(house, 1)
    assert house.asked().to == OTHER.email


def test_selesai_ends_the_workbooks_term_too_until_its_cells_are_changed(house):
    with_cells(house, TODAY + timedelta(days=9))
    assert say(house, "DEPUTI SELESAI") == ("processed", "deputy-ended")
    assert ask(house).to == BOSS.email
    assert say(house, "DEPUTI BATAL") == ("processed", "no-deputy")
    house.answer(house.asked(), "SETUJU")
    with_cells(house, TODAY + timedelta(days=8))
    assert ask(house, HR).to == OTHER.email


def test_selesai_holds_where_the_workbook_names_the_same_deputy_without_dates(house):
    boss = replace(BOSS, deputy=DEPUTY.email)
    people = tuple(boss if person == BOSS else person for person in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    ask(house)
    say(house, NOW)
    assert house.asked().to == DEPUTY.email
    say(house, "DEPUTI SELESAI")
    assert house.asked().to == BOSS.email


def test_of_an_earlier_term_the_days_that_do_not_overlap_are_kept_and_this_is_said(house):
    say(house, f"DEPUTI {DEPUTY.email} 24 Nov - 30 Nov")
    assert say(house, f"DEPUTI {OTHER.email} 28 Nov - 5 Des") == ("processed", "deputy-named")
    said = words(house.letters("deputy_named")[-1])
    assert "Dewi Anggraini: 28 November 2026 – 30 November 2026 Yang juga" in said
    assert "masih tercatat: - Dewi Anggraini: 24 November 2026 – 27 November 2026" in said
    assert "28 November 2026 – 30 November 2026" in words(house.letters("deputy_ended", to=DEPUTY.email)[-1])
    ask(house)
    assert DEPUTY.email in house.asked().to
    sleep(house, 4)
    assert OTHER.email in house.asked().to


def test_who_names_the_same_deputy_again_says_from_when_until_when(house):
    say(house, f"DEPUTI {DEPUTY.email} 24 Nov - 5 Des")
    say(house, f"DEPUTI {DEPUTY.email} 24 Nov - 30 Nov")
    assert "Yang juga masih tercatat" not in words(house.letters("deputy_named")[-1])


def test_the_approver_is_told_when_his_deputy_goes_away_later(house):
    head = company.HEAD_OF_FINANCE
    say(house, f"DEPUTI {head.email} 24 Nov - 30 Nov")
    say(house, f"DEPUTI {OTHER.email} 26 Nov - 5 Des", head)
    (told,) = house.letters("deputy_away")
    assert BOSS.email in told.to
    assert "Bambang Prakoso: 26 November 2026 – 30 November 2026" in words(told)
