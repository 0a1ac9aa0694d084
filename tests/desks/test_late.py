"""What an approver says after the decision, to its confirmation, or after somebody else was asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.demo import company
from tests.company import BOSS, MORNING, edited, plain_mail
from tests.desks.absent import approved_house

FINANCE = company.finance_form(MORNING.date())


@pytest.fixture
def approved(tmp_path):
    return approved_house(tmp_path)


def notices(house) -> list[str]:
    return [letter.text for letter in house.letters("quarantine")]


@pytest.mark.parametrize(
    "text",
    [
        "TOLAK semua, saya salah klik. Jangan dikerjakan!", "Ini bukan saya! STOP",
        "Tunggu dulu, jangan dikerjakan",
        "Saya tidak pernah menyetujui ini!", "Maaf salah, seharusnya ditolak", "Bukan saya yang setuju",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["recorded", "approval"])
def test_whoever_is_not_content_with_the_record_is_brought_to_it_at_once(approved, kind, text):
    before = approved.digest()
    approved.answer(approved.letters(kind)[-1], text)
    approved.poll()
    assert approved.last() == ("quarantined", "late-refusal")
    assert any("jangan kerjakan dulu" in " ".join(one.split()) for one in notices(approved))
    assert approved.mails()[-1].ref == "REQ-2026-0001"
    assert approved.digest() == before


@pytest.mark.parametrize("text", ["Terima kasih", "Noted, thanks", "ok siap", "SETUJU"])
@pytest.mark.parametrize("kind", ["recorded", "approval"])
def test_thanks_and_another_yes_alarm_nobody(approved, kind, text):
    approved.answer(approved.letters(kind)[-1], text)
    approved.poll()
    assert approved.last() == ("processed", "late-answer")
    assert not notices(approved)


def test_a_refusal_after_the_question_was_passed_on_reaches_who_is_asked_now(house):
    first = house.asked()
    house.clock.now = MORNING + timedelta(days=8, hours=1)
    house.poll()
    assert house.asked().to == company.DIRECTOR.email
    house.answer(first, "TOLAK, karyawan ini sudah keluar")
    house.poll()
    assert house.last() == ("processed", "late-answer")
    told = house.letters("objection")[-1]
    assert told.to == company.DIRECTOR.email
    assert "karyawan ini sudah keluar" in told.text
    late = " ".join(house.letters("late")[-1].text.split())
    assert f"kepada {company.DIRECTOR.name}" in late


# --- an old yes sent again (DKIM does not cover a header that was not there) --------------------------------


def old_yes(house, **headers) -> bytes:
    """What the approver once wrote to a colleague, with our Message-ID added by somebody else."""
    given = {"To": "rekan@contoh.example", "Date": "Mon, 15 Jun 2026 10:00:00 +0700"}
    raw = plain_mail(BOSS, "Re: makan siang", "Setuju", References=house.asked().message_id)
    return house.send(edited(raw, **{**given, **headers}))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"To": f"Portal <{company.PORTAL}>"},
        {"Date": "Tue, 24 Nov 2026 10:00:00 +0700"},
        {"To": f"Portal <{company.PORTAL}>", "Date": None},
    ],
)
def test_an_old_yes_with_our_message_id_added_decides_nothing(house, headers):
    before = house.digest()
    old_yes(house, **headers)
    house.poll()
    assert house.last() == ("quarantined", "old-mail")
    assert house.digest() == before


def test_an_answer_whose_subject_was_changed_decides_where_it_was_written_to_us(house):
    old_yes(house, To=f"Portal <{company.PORTAL}>", Date="Tue, 24 Nov 2026 10:00:00 +0700")
    house.poll()
    assert house.last() == ("processed", "decision")


def test_a_flood_of_strangers_hides_no_refusal(approved):
    """Their notices are combined; that of an approver who takes back his word is not."""
    limit = approved.config.limits.notices_per_hour
    evil = replace(company.SALES_PIC, name="X", email="x@luar.example")
    for number in range(limit + 5):
        approved.send(plain_mail(evil, f"Tolong {number}", f"Permintaan akses {number}"))
    approved.poll()
    assert len(approved.letters("quarantine", to=company.IT_STAFF.email)) <= limit + 2
    approved.answer(approved.letters("approval")[-1], "TOLAK semua! salah klik")
    approved.poll()
    assert any("jangan kerjakan dulu" in " ".join(one.split()) for one in notices(approved)[-2:])


@pytest.mark.parametrize("text", ["SETUJU\n\nKode {}", "Setuju semua\nCode: {}", "[{}]\nSETUJU"])
def test_the_code_in_a_mail_of_his_own_says_which_request_is_meant(house, text):
    code = house.case().asked[-1].code
    house.send(plain_mail(BOSS, "Permintaan akses", text.format(code)))
    house.poll()
    assert house.last() == ("processed", "decision")


def test_a_form_for_somebody_else_in_an_old_thread_is_a_request_of_its_own(house):
    other = replace(FINANCE.employees[0], name="Joko Susilo", employee_id="00999", email="")
    house.send_form(replace(FINANCE, employees=(other,)), reply_to=house.letters("received")[-1])
    house.poll()
    assert house.last() == ("processed", "new-request")
    assert set(house.statuses().values()) == {"requested"}


@pytest.mark.parametrize("text", ["Maaf salah, maksud saya SETUJU", "SETUJU"])
def test_a_yes_after_his_no_gets_an_answer_that_says_what_stands_and_how_to_change_it(house, text):
    house.answer(house.asked(), "TOLAK, terlalu luas")
    house.poll()
    before = house.digest()
    house.answer(house.letters("recorded")[-1], text)
    house.poll()
    assert house.digest() == before
    late = " ".join(house.letters("late")[-1].text.split())
    assert "Yth. Bapak/Ibu Andi Nugroho" in late
    assert "Penolakan Bapak/Ibu atas nomor 1, 2, dan 3 tetap berlaku" in late
    assert "mintalah Sari Wulandari mengirim formulirnya sekali lagi" in late
