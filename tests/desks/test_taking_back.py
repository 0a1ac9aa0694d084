"""BATAL takes back exactly what is said, or asks: by number, system or person; beside a form; unproven."""

from dataclasses import replace

import pytest

from pipeline.demo import clients, company
from pipeline.desks.choosing import items_meant
from pipeline.mail.commands import command_of
from tests.company import BOSS, MORNING, Company, edited, plain_mail, workbook
from tests.desks.test_commands import FINANCE, OTHER, REQUESTER, say

ASKED_BACK = ("processed", "withdrawal-unclear")
BAYU = replace(FINANCE.employees[0], no=2, name="Bayu Setiawan", employee_id="00421", email="")
TWO_PEOPLE = replace(FINANCE, employees=(*FINANCE.employees, BAYU), lines=FINANCE.lines[:1])


def asked_for(folder, form, **options) -> Company:
    made = Company(folder, **options)
    made.send_form(form)
    made.poll()
    return made


@pytest.fixture
def house(tmp_path):
    """Finance has asked for Accurate, Email and VPN for one person."""
    return asked_for(tmp_path, FINANCE)


@pytest.fixture(scope="module")
def meant(tmp_path_factory):
    """What a text means of that request; of the other, where it is for two people. Nothing is changed."""
    one, two = (asked_for(tmp_path_factory.mktemp("asked"), form) for form in (FINANCE, TWO_PEOPLE))
    systems = one.config.systems
    cases = {"one": one.case(), "two": two.case()}

    def of(text: str, people: str = "one") -> set[int] | str:
        line, _, rest = text.partition("\n")
        items = items_meant(cases[people], command_of(line, rest), systems)
        return items if isinstance(items, str) else {one.item.no for one in items}

    return of


def taken(house) -> set[int]:
    return {no for no, status in house.statuses().items() if status == "cancelled"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Batal, nomor 2 saja", {2}), ("BATAL\nnomor 2", {2}), ("BATAL 1 - 3", {1, 2, 3}),
        ("BATAL 1; 3", {1, 3}),
        ("BATAL\nVPN saja", {3}), ("Batal. Yang VPN.", {3}), ("BATAL ya, untuk VPN-nya", {3}),
        ("BATAL: 3 VPN", {3}), ("BATAL 3 (VPN)", {3}), ("BATAL VPN dan e-mail", {2, 3}),
        ("BATAL untuk Putri", {1, 2, 3}), ("BATAL semua", {1, 2, 3}), ("Mohon dibatalkan ya pak", {1, 2, 3}),
        ("BATAL 3 karena karyawan mundur", {3}), ("BATAL, Putri mengundurkan diri", {1, 2, 3}),
        ("BATAL 3. VPN sudah tidak diperlukan", {3}), ("BATAL, sudah dapat lewat ERP", {1, 2, 3}),
        ("BATAL, karyawannya tidak jadi pindah", {1, 2, 3}),
    ],
)  # fmt: skip
def test_exactly_what_is_said_is_meant(meant, text, items):
    assert meant(text) == items


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Batal... eh, maaf salah kirim", "words"), ("BATAL\nSalah kirim, abaikan email ini", "words"),
        ("BATAL, kecuali VPN", "words"), ("BATAL, bukan VPN", "words"), ("BATAL 9", "numbers"),
        ("BATAL 1-9", "numbers"), ("BATAL. VPN tidak diperlukan lagi", "names"), ("BATAL 2, VPN", "names"),
        ("BATAL ERP", "names"), ("BATAL semua VPN", "names"), ("BATAL 3: Email tidak perlu", "names"),
        ("BATAL dua-duanya", "words"), ("BATAL. Accurate dan Email diperlukan, VPN sudah ada", "names"),
        ("BATAL. Accurate masih perlu", "words"), (f"BATAL\n{'Karyawan pindah. ' * 60}VPN ada.", "names"),
    ],
)  # fmt: skip
def test_what_leaves_it_open_has_to_be_asked(meant, text, why):
    assert meant(text) == why


def test_of_two_people_the_one_named_is_meant(meant):
    assert meant("BATAL, Bayu mengundurkan diri", "two") == "names"
    assert meant("BATAL\nuntuk Bayu saja", "two") == {2}
    assert meant("BATAL NIK 00417", "two") == "words"
    assert meant("BATAL 00417", "two") == {1}
    assert meant("BATAL Accurate", "two") == {1, 2}
    assert meant("BATAL Accurate Putri Lestari", "two") == {1}


def test_a_named_system_alone_is_taken_back_and_is_no_reason(house):
    assert say(house, "Selamat siang Tim IT,\nBATAL\nVPN saja") == ("processed", "withdrawn")
    assert taken(house) == {3}
    assert "dengan alasan" not in house.letters("withdrawn_notice")[0].text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Batal... eh, maaf salah kirim", "Kami belum dapat memastikan apakah semuanya, sebagian"),
        ("BATAL 1-9", "Ada nomor di dalamnya yang tidak ada pada permintaan ini"),
        ("BATAL. VPN tidak diperlukan lagi", "Ada nama sistem atau karyawan di dalamnya"),
    ],
)  # fmt: skip
def test_what_leaves_it_open_is_asked_back_and_nothing_changes(house, text, why):
    before = house.digest()
    assert say(house, text) == ASKED_BACK
    assert house.digest() == before
    asked = house.letters("withdraw_unclear")[0]
    assert asked.to == REQUESTER.email
    words = " ".join(asked.text.split())
    assert why in words
    assert "BATAL untuk semuanya, atau BATAL 1,2 untuk nomor tertentu saja" in words
    assert all(name in words for name in ("Accurate", "Email", "VPN"))
    assert not house.letters("withdrawn_notice")


def test_the_question_is_answered_by_one_line(house):
    say(house, "BATAL, kecuali VPN")
    house.answer(house.letters("withdraw_unclear")[0], "BATAL 1,2", REQUESTER)
    house.poll()
    assert taken(house) == {1, 2}


def test_who_is_unclear_again_is_left_to_a_person_and_the_same_words_are_answered_once(house):
    assert say(house, "BATAL, kecuali VPN") == ASKED_BACK
    assert say(house, "Batal, kecuali  VPN") == ("processed", "said-already")
    assert say(house, "BATAL, maksud saya selain VPN") == ("quarantined", "for-a-person")
    assert len(house.letters("withdraw_unclear")) == 1


# --- beside a form ----------------------------------------------------------------------------------


def send_beside(house, text: str, form=FINANCE, sender=REQUESTER, letter=None) -> tuple[str, str]:
    answered = letter or house.letters("received")[-1]
    at = house.clock.now
    house.send(clients.form_mail(sender, workbook(form), f"Re: {answered.subject}", text, at, answered))
    house.poll()
    return house.last()


def test_batal_beside_the_same_form_takes_back_and_the_letter_says_the_form_was_not_taken(house):
    assert send_beside(house, "BATAL") == ("processed", "withdrawn")
    assert house.case().state == "withdrawn"
    text = " ".join(house.letters("withdrawn")[0].text.split())
    assert "tidak kami proses" in text
    assert "Form" in text
    assert len(house.cases()) == 1


def test_batal_salah_kirim_beside_a_form_is_asked_back(house):
    text = "BATAL. Maaf salah kirim, formulir terlampir ini jangan diproses."
    assert send_beside(house, text) == ASKED_BACK
    assert "tidak kami proses" in " ".join(house.letters("withdraw_unclear")[0].text.split())
    assert not house.letters("duplicate")


def test_after_a_rejection_batal_beside_a_form_makes_no_revision(house):
    house.answer(house.asked(), "TOLAK semua, belum perlu")
    house.poll()
    changed = replace(FINANCE, lines=FINANCE.lines[:2])
    assert send_beside(house, "BATAL", changed) == ("processed", "nothing-to-withdraw")
    assert house.case().revision == 0
    assert "tidak kami proses" in " ".join(house.letters("withdrawn")[0].text.split())


def test_a_form_beside_batal_is_told_of_even_if_batal_was_said_before(house):
    say(house, "BATAL")
    assert send_beside(house, "BATAL") == ("processed", "nothing-to-withdraw")
    assert send_beside(house, "BATAL.") == ("processed", "said-already")


def test_status_beside_a_form_is_answered_and_says_so(house):
    assert send_beside(house, "STATUS") == ("processed", "status-told")
    assert "tidak kami proses" in " ".join(house.letters("status")[0].text.split())


def test_a_form_with_other_words_above_it_is_a_form_and_so_is_anothers(house):
    changed = replace(FINANCE, lines=FINANCE.lines[:2])
    assert send_beside(house, "Ini formulir yang benar, yang lama batal.", changed)[1] == "next-revision"
    hr = company.hr_form(MORNING.date())
    assert send_beside(house, "BATAL", hr, OTHER) == ("processed", "new-request")


def test_an_approvers_answer_beside_a_form_stays_an_answer(house):
    assert send_beside(house, "BATAL", sender=BOSS, letter=house.asked()) == ("processed", "decision")
    assert house.case().state == "rejected"


# --- without proof of senders -----------------------------------------------------------------------


@pytest.fixture
def unproven(tmp_path):
    return asked_for(tmp_path, FINANCE, change=lambda data: data["sender_proof"].update(mode="token-only"))


@pytest.mark.parametrize("word", ["BATAL", "STATUS"])
def test_in_token_only_a_forged_from_without_a_thread_says_nothing(unproven, word):
    before = unproven.digest()
    forged = edited(plain_mail(REQUESTER, "REQ-2026-0001", word), Authentication_Results=None)
    unproven.send(forged)
    unproven.poll()
    assert unproven.last() == ("quarantined", "sender-not-proven")
    assert unproven.digest() == before
    assert not unproven.letters("withdrawn")
    assert not unproven.letters("status")


def test_in_token_only_a_letter_to_somebody_else_lends_nobody_its_thread(unproven):
    unproven.answer(unproven.asked(), "SETUJU")
    unproven.poll()
    order = unproven.letters("provision")[-1]
    unproven.answer(order, "BATAL", REQUESTER, Authentication_Results=None)
    unproven.poll()
    assert unproven.last() == ("quarantined", "sender-not-proven")
    assert not unproven.letters("withdrawn")


def test_in_token_only_the_answer_to_his_own_letter_counts(unproven):
    assert say(unproven, "BATAL", Authentication_Results=None) == ("processed", "withdrawn")
