"""BATAL and STATUS: a requester takes his request back, or asks how it stands."""

import pytest

from pipeline.demo import company
from pipeline.mail.commands import Command, command_of
from tests.company import BOSS, MORNING, plain_mail
from tests.desks.test_answers import EVIL

FINANCE = company.finance_form(MORNING.date())
PEOPLE = {person.email: person for person in company.DIRECTORY.people}
REQUESTER = PEOPLE[FINANCE.requester_email]
OTHER = PEOPLE[company.hr_form(MORNING.date()).requester_email]


def say(house, text: str, sender=REQUESTER, **headers) -> tuple[str, str]:
    house.answer(house.letters("received")[-1], text, sender, **headers)
    house.poll()
    return house.last()


@pytest.mark.parametrize(
    "line",
    [
        "BATAL", "Batal.", "batalkan", "Mohon dibatalkan permintaan ini, terima kasih", "WITHDRAW",
        "Please withdraw REQ-2026-0001", "Cancelled.", "Mohon dibatalkan saja",
    ],
)  # fmt: skip
def test_a_line_that_only_takes_back(line):
    assert command_of(line).name == "withdraw"
    assert command_of(line).items == ()


@pytest.mark.parametrize(
    "line",
    [
        "Batal rapatnya, akses tetap jalan", "Batal?", "jangan dibatalkan", "tidak jadi batal",
        "Saya batal cuti",
        "Batal atau tidak ya, Pak?", "status approved", "Statusnya sudah disetujui", "Setuju", "BATAL " * 80,
    ],
)  # fmt: skip
def test_a_line_that_says_more_is_for_a_person(line):
    assert command_of(line) is None


def test_items_reason_and_number_are_read_beside_the_word():
    assert command_of("Batal nomor 2 dan 3: tidak jadi pindah") == Command(
        "withdraw", "", (2, 3), "tidak jadi pindah"
    )
    assert command_of("BATAL", "Karyawan mengundurkan diri.").reason == "Karyawan mengundurkan diri."
    assert command_of("status req-2026-0012?") == Command("status", "REQ-2026-0012")


def test_batal_takes_back_what_nobody_has_decided_and_tells_the_approver(house):
    assert say(house, "BATAL\nKaryawan tidak jadi pindah.") == ("processed", "withdrawn")
    assert house.case().state == "withdrawn"
    told = house.letters("withdrawn_notice")
    assert [letter.to for letter in told] == [BOSS.email]
    assert "Karyawan tidak jadi pindah." in told[0].text
    assert "Ditarik kembali" in house.letters("withdrawn")[0].subject


def test_an_approval_after_batal_approves_nothing(house):
    say(house, "BATAL")
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert house.last() == ("processed", "late-answer")
    assert house.case().state == "withdrawn"
    assert not house.letters("provision")


def test_a_part_is_taken_back_and_the_rest_is_decided(house):
    say(house, "Batal nomor 2")
    assert house.statuses() == {1: "requested", 2: "cancelled", 3: "requested"}
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert house.last() == ("processed", "decision")
    assert house.statuses() == {1: "approved", 2: "cancelled", 3: "approved"}


def test_what_it_was_to_do_is_called_off(house):
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert say(house, "BATAL") == ("processed", "withdrawn")
    notice = house.letters("withdrawn_notice")[0]
    assert company.IT_STAFF.email in notice.to
    assert "jangan dikerjakan" in notice.text.lower()
    assert house.case().state == "withdrawn"


def test_what_is_done_stays_and_the_letter_says_how_it_is_taken_away(house):
    house.answer(house.asked(), "SETUJU")
    house.poll()
    house.fill_register(status="Selesai", done_by="Dewi", done_on="24/11/2026", account_id="a1")
    house.poll()
    assert say(house, "BATAL") == ("processed", "nothing-to-withdraw")
    assert set(house.statuses().values()) == {"provisioned"}
    assert "Pencabutan" in house.letters("withdrawn")[0].text


@pytest.mark.parametrize("sender", [OTHER, BOSS], ids=["another manager", "the approver himself"])
def test_nobody_else_may_take_it_back(house, sender):
    before = house.digest()
    outcome, reason = say(house, "BATAL", sender)
    assert (outcome, reason) == ("quarantined", "not-the-requester")
    assert house.digest() == before
    assert not house.letters("withdrawn")


def test_a_forged_batal_is_set_aside(house):
    before = house.digest()
    forged = f"{company.AUTHSERV}; dmarc=fail header.from={company.DOMAIN}"
    assert say(house, "BATAL", Authentication_Results=forged) == ("quarantined", "sender-not-proven")
    assert say(house, "BATAL", EVIL)[0] == "quarantined"
    assert house.digest() == before


def test_the_approvers_answer_stays_an_answer_whatever_its_word(house):
    house.answer(house.asked(), "BATAL")
    house.poll()
    assert house.last()[1] != "withdrawn"
    assert house.case().state != "withdrawn"


def test_a_number_in_the_subject_that_contradicts_the_thread_changes_nothing(house):
    before = house.digest()
    assert say(house, "BATAL REQ-2026-0099") == ("quarantined", "for-a-person")
    assert house.digest() == before


def test_status_is_told_to_those_it_concerns(house):
    assert say(house, "Mohon info status permintaan ini") == ("processed", "status-told")
    text = house.letters("status")[0].text
    assert "Menunggu keputusan" in text
    assert BOSS.name in text
    assert say(house, "STATUS", OTHER) == ("quarantined", "not-the-requester")
    assert len(house.letters("status")) == 1


def test_status_by_a_new_mail_that_names_the_request(house):
    house.send(plain_mail(REQUESTER, "STATUS REQ-2026-0001", ""))
    house.poll()
    assert house.last() == ("processed", "status-told")


def said_again(house, text: str, times: int = 12) -> None:
    for number in range(times):
        house.answer(house.letters("received")[-1], f"{text}{'.' * number}", REQUESTER)
        house.poll()


def test_batal_twelve_times_is_confirmed_once_in_24_hours(house):
    said_again(house, "BATAL")
    assert len(house.letters("withdrawn")) == 1
    assert house.last() == ("processed", "said-already")
    house.clock.pass_minutes(60 * 25)
    assert say(house, "BATAL") == ("processed", "nothing-to-withdraw")
    assert len(house.letters("withdrawn")) == 2


def test_what_changed_something_is_confirmed_each_time(house):
    for number in (1, 2, 3):
        assert say(house, f"BATAL {number}") == ("processed", "withdrawn")
    assert len(house.letters("withdrawn")) == 3


def test_status_is_answered_again_when_it_changed_or_after_24_hours(house):
    said_again(house, "STATUS", 8)
    assert len(house.letters("status")) == 1
    assert house.last() == ("processed", "said-already")
    house.answer(house.asked(), "SETUJU")
    house.poll()
    assert say(house, "STATUS") == ("processed", "status-told")
    assert say(house, "STATUS") == ("processed", "said-already")
    house.clock.pass_minutes(60 * 25)
    assert say(house, "STATUS") == ("processed", "status-told")


def test_status_is_for_each_who_asks(house):
    assert say(house, "STATUS") == ("processed", "status-told")
    house.answer(house.letters("received")[-1], "STATUS", company.IT_STAFF)
    house.poll()
    assert house.last() == ("processed", "status-told")
