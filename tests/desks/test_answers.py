"""When a reply decides, and all the ways in which it does not (docs/approval.md; threats T1 to T16)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.approval.tokens import find_codes
from pipeline.demo import clients, company
from pipeline.demo.clients import read_letter
from tests.company import BOSS, MORNING, Company, edited, plain_mail

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HR = company.hr_form(TODAY)
EVIL = replace(company.SALES_PIC, name="Andi Nugroho", email="andi.nugroho@luar.example")


def polled(house) -> tuple[str, str]:
    house.poll()
    return house.last()


# --- decisions ----------------------------------------------------------------------------------------


def test_setuju_approves_everything_and_everybody_concerned_is_told(house):
    house.answer(house.asked(), "SETUJU")
    assert polled(house) == ("processed", "decision")
    assert house.statuses() == {1: "approved", 2: "approved", 3: "approved"}
    told = {letter.kind: letter.to for letter in house.letters()[2:]}
    assert told["recorded"] == BOSS.email
    assert told["decided"] == FINANCE.requester_email
    assert company.IT_STAFF.email in told["provision"]
    assert company.IT_STAFF_2.email in told["provision"]


def test_tolak_rejects_everything_with_its_reason(house):
    house.answer(house.asked(), "TOLAK\nAlasan: kuota VPN penuh")
    polled(house)
    assert set(house.statuses().values()) == {"rejected"}
    assert {item.reason for item in house.case().items} == {"kuota VPN penuh"}
    assert "kuota VPN penuh" in house.letters("decided")[0].text
    assert not house.letters("provision")


def test_items_are_decided_one_by_one(house):
    house.answer(house.asked(), "SETUJU 1,3 TOLAK 2 alasan: sudah punya email")
    polled(house)
    assert house.statuses() == {1: "approved", 2: "rejected", 3: "approved"}
    assert house.case().state == "partly_approved"
    assert "Accurate - Input" in house.letters("provision")[0].text
    assert "Email - Standar" not in house.letters("provision")[0].text


def test_an_item_nobody_mentioned_is_asked_about_again_with_a_new_code(house):
    first = house.asked()
    house.answer(first, "Setuju 1 dan 3")
    polled(house)
    assert house.statuses() == {1: "approved", 2: "requested", 3: "approved"}
    second = house.asked()
    assert second.message_id != first.message_id
    assert set(find_codes(second.subject)) & set(find_codes(first.subject)) == set()
    house.answer(second, "TOLAK")
    polled(house)
    assert house.statuses()[2] == "rejected"


def test_the_button_decides_although_the_phone_has_lost_the_thread(house):
    (code,) = find_codes(house.asked().subject)
    mail = plain_mail(BOSS, f"Re: {house.asked().subject}", f"SETUJU\n\nREQ-2026-0001 {code}\n")
    house.send(mail)
    assert polled(house) == ("processed", "decision")
    assert house.case().state == "approved"


def test_a_form_attached_to_an_answer_does_not_make_it_a_form(house):
    letter = house.asked()
    raw = clients.form_mail(BOSS, b"PK", f"Re: {letter.subject}", "SETUJU", house.clock.now, letter)
    house.send(raw)
    assert polled(house) == ("processed", "decision")


@pytest.mark.parametrize("text", [
    "Setuju asal kepala divisi sudah tanda tangan.", "Sudah dicek legal?", "OK", "👍", "Nanti saya lihat.",
    "Belum bisa saya setujui", "Pak Budi bilang setuju", "", "Besok saya setujui.",
])  # fmt: skip
def test_an_unclear_answer_is_asked_back_once_with_the_same_code(house, text):
    before = house.digest()
    house.answer(house.asked(), text)
    assert polled(house)[0] == "processed"
    if house.last() == ("processed", "decision"):
        assert set(house.statuses().values()) == {"rejected"}, "the only thing it may be read as"
        return
    assert house.digest() == before
    (back,) = house.letters("unclear")
    assert find_codes(back.subject) == find_codes(house.asked().subject)
    house.clock.pass_minutes(30)
    house.answer(back, "Mungkin?")
    polled(house)
    assert len(house.letters("unclear")) == 1, "asked back once; after that we wait for a clear answer"
    house.answer(back, "SETUJU")
    assert polled(house) == ("processed", "decision")


# --- forgeries ----------------------------------------------------------------------------------------


def test_nothing_that_is_forged_ever_changes_a_request(house):
    """One after the other on one request: none may change it, each is set aside with its reason."""
    letter, before = house.asked(), house.digest()
    real = clients.answer(BOSS, letter, "SETUJU", house.clock.now)
    auth = f"{company.AUTHSERV}; dmarc=pass header.from={company.DOMAIN}"
    evil = f"{company.AUTHSERV}; dmarc=pass header.from=luar.example"
    pale = {"In_Reply_To": None, "References": None, "Subject": "Re: persetujuan"}
    attempts = {
        "dmarc fails": (
            edited(real, Authentication_Results=auth.replace("pass", "fail")), "sender-not-proven",
        ),
        "no verdict": (edited(real, Authentication_Results=None), "sender-not-proven"),
        "another server's verdict": (
            edited(real, Authentication_Results=auth.replace("mx.", "mx2.")), "sender-not-proven",
        ),
        "another domain passed": (edited(real, Authentication_Results=evil), "sender-not-proven"),
        "an address in the name": (
            edited(real, From=f"{BOSS.email} <a@luar.example>", Authentication_Results=evil), "from-defect",
        ),
        "two From headers": (edited(real, From=[f"<{BOSS.email}>", "<a@luar.example>"]), "from-defect"),
        "a list in From": (edited(real, From=f"{BOSS.email}, a@luar.example"), "from-defect"),
        "a group in From": (edited(real, From=f"boss: {BOSS.email};"), "from-defect"),
        "a look-alike domain": (
            clients.answer(EVIL, letter, "SETUJU", house.clock.now).replace(
                f"header.from={company.DOMAIN}".encode(), b"header.from=luar.example"
            ), "not-the-approver",
        ),
        "Reply-To": (
            edited(real, From="<a@luar.example>", Reply_To=BOSS.email, Authentication_Results=evil),
            "not-the-approver",
        ),
        "the requester himself, by a forward": (
            clients.answer(company.FINANCE_MANAGER, letter, "SETUJU", house.clock.now), "not-the-approver",
        ),
        "IT staff": (clients.answer(company.IT_STAFF, letter, "SETUJU", house.clock.now), "not-the-approver"),
    }  # fmt: skip
    for number, (name, (raw, reason)) in enumerate(attempts.items()):
        house.send(edited(raw, Message_ID=f"<attempt{number}@x.example>"))
        assert polled(house) == ("quarantined", reason), name
        assert house.digest() == before, name
    assert len(house.letters("quarantine")) == len(attempts)
    assert all("luar.example" not in one.to for one in house.letters())
    bare = replace(letter, text="", subject="x", message_id="<a@b.example>")
    codeless = clients.answer(BOSS, bare, "SETUJU", house.clock.now)
    house.send(edited(codeless, **pale | {"Subject": "Re: [REQ-2026-0001] persetujuan"}))
    assert polled(house) == ("quarantined", "no-token")
    assert house.digest() == before


def test_a_code_we_never_gave_out_decides_nothing(house):
    letter, before = house.asked(), house.digest()
    (code,) = find_codes(letter.subject)
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    raw = clients.answer(BOSS, letter, "SETUJU", house.clock.now).replace(code.encode(), other.encode())
    house.send(edited(raw, In_Reply_To=None, References=None))
    assert polled(house) == ("quarantined", "token-unknown")
    assert house.digest() == before


def test_the_code_of_one_request_never_decides_another(house):
    house.send_form(HR)
    house.poll()
    first, second = house.asked("REQ-2026-0001"), house.asked("REQ-2026-0002")
    mixed = replace(second, message_id=first.message_id)
    before = house.digest()
    house.answer(mixed, "SETUJU")
    assert polled(house) == ("quarantined", "token-conflict")
    assert house.digest() == before


def test_the_code_of_an_old_revision_is_dead(house):
    house.answer(house.asked(), "TOLAK 3 alasan: jangan VPN")
    house.poll()
    old = house.asked()
    house.send_form(replace(FINANCE, lines=FINANCE.lines[:2]), reply_to=house.letters("decided")[-1])
    house.poll()
    assert house.case().revision == 1
    before = house.digest()
    house.answer(old, "SETUJU")
    assert polled(house) == ("processed", "late-answer")
    assert house.digest() == before
    assert len(house.letters("late")) == 1


def test_an_expired_code_is_dead(tmp_path):
    house = Company(tmp_path, lambda data: data["approval"].update(valid_days=1))
    house.send_form(FINANCE)
    house.poll()
    letter, before = house.asked(), house.digest()
    house.clock.now += timedelta(hours=25)
    house.answer(letter, "SETUJU")
    assert polled(house) == ("processed", "late-answer")
    assert house.digest() == before


@pytest.mark.parametrize(("first", "second"), [("TOLAK", "SETUJU"), ("SETUJU", "SETUJU")])
def test_the_first_decision_stands_and_a_second_is_answered_once(house, first, second):
    letter = house.asked()
    house.answer(letter, first)
    house.poll()
    before = house.digest()
    for minute in range(2):
        house.clock.pass_minutes(minute + 1)
        house.answer(letter, second + " " * minute)
        assert polled(house) == ("processed", "late-answer")
    assert house.digest() == before
    assert len(house.letters("late")) == 1


def test_the_buttons_of_one_mail_decide_one_item_after_the_other(house):
    letter = house.asked()
    for text in ("SETUJU 1", "SETUJU 2", "TOLAK 3\nAlasan: tidak perlu VPN"):
        house.answer(letter, text)
    house.poll()
    assert [m.reason for m in house.mails()[1:]] == ["decision"] * 3
    assert house.statuses() == {1: "approved", 2: "approved", 3: "rejected"}
    assert not house.letters("late")
    house.answer(letter, "TOLAK 1")
    assert polled(house)[1] == "late-refusal"
    assert house.statuses()[1] == "approved"


def test_a_refusal_after_the_approval_changes_nothing_but_it_is_told_to_wait(house):
    letter = house.asked()
    house.answer(letter, "SETUJU")
    house.poll()
    before = house.digest()
    house.answer(letter, "Maaf salah, TOLAK semua")
    assert polled(house) == ("quarantined", "late-refusal")
    assert house.digest() == before
    assert company.IT_STAFF.email in house.letters("quarantine")[-1].to
    assert house.letters("late", to=BOSS.email)


def test_who_is_no_longer_in_the_directory_decides_nothing(house):
    letter, before = house.asked(), house.digest()
    other = replace(company.IT_STAFF_2, role="it_manager")
    people = tuple({BOSS: other, company.IT_STAFF_2: None}.get(p, p) for p in company.DIRECTORY.people)
    people = tuple(person for person in people if person is not None)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.answer(letter, "SETUJU")
    assert polled(house) == ("quarantined", "not-the-approver")
    assert house.digest() == before


# --- who is asked -------------------------------------------------------------------------------------


def test_nobody_is_asked_about_access_of_his_own(tmp_path):
    house = Company(tmp_path)
    gains = replace(FINANCE.employees[0], name=BOSS.name, email=BOSS.email)
    house.send_form(replace(FINANCE, employees=(gains,)))
    house.poll()
    assert house.asked().to == company.DIRECTOR.email


def test_where_nobody_may_decide_it_and_management_are_told(tmp_path):
    house = Company(tmp_path)
    both = tuple(
        replace(FINANCE.employees[0], no=no, name=who.name, employee_id=f"0090{no}", email=who.email)
        for no, who in enumerate((BOSS, company.DIRECTOR), 1)
    )
    house.send_form(replace(FINANCE, employees=both))
    house.poll()
    assert not house.letters("approval")
    (told,) = house.letters("approver_missing")
    assert company.DIRECTOR.email in told.to
    assert house.case().state == "awaiting_approval"


def test_the_deputy_is_asked_while_his_dates_run_and_it_is_recorded_for_whom(tmp_path):
    house = Company(tmp_path)
    boss = replace(
        BOSS, deputy=company.IT_STAFF.email, deputy_from=TODAY, deputy_until=TODAY + timedelta(days=3)
    )
    people = tuple(boss if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.send_form(FINANCE)
    house.poll()
    letter = house.asked()
    assert letter.to == company.IT_STAFF.email
    house.answer(letter, "SETUJU", sender=company.IT_STAFF)
    polled(house)
    with house.office.journal.entry() as entry:
        (decision,) = entry.events(kind="decision_recorded")
    assert (decision.data["approver"], decision.data["acting_for"]) == (company.IT_STAFF.email, BOSS.email)


def test_a_deputy_whose_dates_have_ended_decides_nothing(tmp_path):
    house = Company(tmp_path)
    away = {"deputy_from": TODAY, "deputy_until": TODAY + timedelta(days=1)}
    boss = replace(BOSS, deputy=company.IT_STAFF.email, **away)
    people = tuple(boss if p == BOSS else p for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.send_form(FINANCE)
    house.poll()
    letter, before = house.asked(), house.digest()
    house.clock.now += timedelta(days=5)
    house.answer(letter, "SETUJU", sender=company.IT_STAFF)
    assert polled(house) == ("processed", "late-answer")
    assert house.digest() == before
    assert house.asked().to == BOSS.email, "he is back, and asked himself"


def test_who_has_lost_his_role_since_he_was_asked_decides_nothing(house):
    letter, before = house.asked(), house.digest()
    swapped = {BOSS: replace(BOSS, role="it_staff")}
    swapped[company.IT_STAFF_2] = replace(company.IT_STAFF_2, role="it_manager")
    people = tuple(swapped.get(p, p) for p in company.DIRECTORY.people)
    house.write_directory(replace(company.DIRECTORY, people=people))
    house.answer(letter, "SETUJU")
    assert polled(house) == ("processed", "late-answer")
    assert house.digest() == before
    assert house.asked().to == company.IT_STAFF_2.email, "his successor is asked instead"
    house.answer(house.asked(), "SETUJU", sender=company.IT_STAFF_2)
    assert polled(house) == ("processed", "decision")


def test_who_sends_a_revision_asks_himself_and_cannot_decide_it(tmp_path):
    house = Company(tmp_path)
    pic = company.IT_STAFF
    both = (replace(pic, role="pic"), replace(BOSS, role="manager"))
    house.write_directory(replace(company.DIRECTORY, people=(*company.DIRECTORY.people, *both)))
    asked = replace(FINANCE, requester_department="IT", requester_name=pic.name, requester_email=pic.email)
    house.send_form(asked, sender=pic)
    house.poll()
    raised = replace(asked.lines[0], access_level="Super admin")
    own = replace(asked, requester_name=BOSS.name, requester_email=BOSS.email, revises="REQ-2026-0001")
    house.send_form(replace(own, lines=(raised,)), sender=BOSS)
    house.poll()
    assert (house.case().revision, house.case().requester) == (1, BOSS.email)
    assert house.asked().to == company.DIRECTOR.email
    assert BOSS.email in house.letters("received")[-1].to


# --- robots -------------------------------------------------------------------------------------------


def test_an_out_of_office_that_speaks_of_approving_decides_nothing_and_gets_no_answer(house):
    before, sent = house.digest(), len(house.letters())
    house.send(clients.out_of_office(BOSS, house.asked(), house.clock.now))
    assert polled(house) == ("ignored", "automatic")
    assert house.mails()[-1].ref == "REQ-2026-0001"
    assert (house.digest(), len(house.letters())) == (before, sent)


def test_a_bounce_marks_the_letter_and_it_is_told(house):
    letter = house.asked()
    bounce = (
        f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.contoh.example\r\nTo: {company.PORTAL}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b@mx.contoh.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Final-Recipient: rfc822; {BOSS.email}\r\nAction: failed\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n"
        "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        f"Message-ID: {letter.message_id}\r\n\r\nx\r\n--b--\r\n"
    )
    house.send(bounce.encode())
    assert polled(house) == ("ignored", "bounce")
    (told,) = house.letters("undeliverable")
    assert BOSS.email in told.text
    assert "550 no such user" in told.text


def test_our_own_letter_that_comes_back_is_ignored(house):
    house.send(house.asked().raw)
    assert polled(house) == ("ignored", "own-letter")


def test_two_pipelines_that_face_each_other_fall_silent(tmp_path):
    """Every letter of one house is delivered to the other, as if their portals answered each other."""
    houses = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        houses.append(Company(tmp_path / name))
    houses[0].send(plain_mail(company.FINANCE_MANAGER, "Akses", "Bagaimana caranya?"))
    seen = [0, 0]
    for _round in range(6):
        for mine, other in ((0, 1), (1, 0)):
            houses[mine].poll()
            letters = houses[mine].letters()
            for letter in letters[seen[mine] :]:
                houses[other].send(letter.raw)
            seen[mine] = len(letters)
    assert sum(seen) <= 2


def test_mail_for_a_person_is_set_aside_and_it_is_told(house):
    house.send(plain_mail(company.HR_MANAGER, "Tanya", "Bagaimana cara minta akses wifi tamu?"))
    assert polled(house) == ("quarantined", "for-a-person")
    assert read_letter(house.letters("quarantine")[-1].raw).to
