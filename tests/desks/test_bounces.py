"""Letters that come back: which and from whom, told once, and never in a circle."""

import re

from pipeline.demo import company
from pipeline.demo.clients import read_letter
from tests.commands.house import run
from tests.company import BOSS, MORNING

FINANCE = company.finance_form(MORNING.date())


def report(letter, recipient=BOSS.email, at="1") -> bytes:
    """What a mail server sends of a letter it could not deliver: the whole letter comes back within it."""
    return (
        "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.contoh.example>\r\n"
        f"To: {company.PORTAL}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <b{at}@mx.contoh.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.contoh.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    ).encode() + letter.raw + b"\r\n--b--\r\n"  # fmt: skip


def forged(letter) -> bytes:
    """Words that anybody who has seen a letter can write."""
    return (
        "From: Mailer-Daemon <mailer-daemon@luar.example>\r\nSubject: failure notice\r\n"
        f"Message-ID: <f@luar.example>\r\nIn-Reply-To: {letter.message_id}\r\n\r\n"
        f"Final-Recipient: rfc822; {BOSS.email}\r\nDiagnostic-Code: Klik http://luar.example/login segera\r\n"
    ).encode()


def returned(house, raw):
    house.send(raw)
    house.poll()
    return house.last()


def state_of(house, key):
    with house.office.journal.entry() as entry:
        return entry.outbox.by_key(key).state


def story(house):
    data = run("status", "REQ-2026-0001", "--json", "--config", house.config_file).data
    return [line["text"] for line in data["story"]]


def test_a_letter_that_came_back_is_marked_and_status_and_story_say_which_and_from_whom(house):
    assert returned(house, report(house.asked())) == ("ignored", "bounce")
    assert state_of(house, "approval/REQ-2026-0001/r0/1") == "bounced"
    assert "1 came back" in run("status", "--config", house.config_file).out
    told = story(house)
    assert f"A mail to {BOSS.email} came back as undeliverable: approval mail; IT was told" in told
    assert f"Mail to {BOSS.email}: approval mail (sent, but CAME BACK)" in told


def test_who_of_it_cannot_be_reached_is_not_told_that_he_cannot(house):
    returned(house, report(house.asked()))
    (told,) = house.letters("undeliverable")
    assert BOSS.email not in told.to
    assert company.IT_STAFF.email in told.to


def test_a_dead_address_of_it_itself_makes_no_circle(house):
    """With the IT Manager's address dead, one approval mail once made sixteen bounces and fifteen letters."""
    seen = 0
    for _round in range(6):
        with house.office.journal.entry() as entry:
            rows = entry.outbox.all()
        for row in rows[seen:]:
            if BOSS.email in row.recipients:
                house.send(report(read_letter(row.data), at=row.key.replace("/", ".")))
        seen = len(rows)
        house.poll()
    assert len(house.letters("undeliverable")) == 1


def test_a_notice_about_a_dead_address_that_comes_back_itself_is_recorded_and_not_told(house):
    returned(house, report(house.asked()))
    (notice,) = house.letters("undeliverable")
    assert returned(house, report(notice, company.IT_STAFF.email, "2")) == ("ignored", "bounce")
    assert len(house.letters("undeliverable")) == 1
    assert any(
        "note to IT about an undeliverable mail" in line and "IT was told" not in line
        for line in story(house)
    )


def test_the_same_report_twice_is_told_once(house):
    letter = house.asked()
    returned(house, report(letter))
    returned(house, report(letter, at="2"))
    assert len(house.letters("undeliverable")) == 1


def test_a_forged_notice_marks_nothing_and_keeps_no_true_report_quiet(house):
    letter = house.asked()
    assert returned(house, forged(letter)) == ("ignored", "bounce")
    assert state_of(house, "approval/REQ-2026-0001/r0/1") == "sent"
    (first,) = house.letters("undeliverable")
    assert "http://" not in first.text
    assert any("by its words alone" in line for line in story(house))
    returned(house, report(letter))
    assert state_of(house, "approval/REQ-2026-0001/r0/1") == "bounced"
    assert len(house.letters("undeliverable")) == 2
    assert "550 5.1.1 user unknown" in house.letters("undeliverable")[-1].text


def test_a_returned_reminder_is_not_taken_for_the_approval_mail_it_names(house):
    house.clock.pass_minutes(2 * 24 * 60 + 60)
    house.poll()
    reminder = house.letters("reminder")[-1]
    # A server may write the thread above the letter's own name.
    own = re.search(rb"Message-ID:.*?\r\n(?![ \t])", reminder.raw, re.DOTALL).group()
    head, _, body = reminder.raw.partition(b"\r\n\r\n")
    turned = head.replace(own, b"") + b"\r\n" + own + b"\r\n" + body
    raw = report(reminder).replace(reminder.raw, turned)
    returned(house, raw)
    assert state_of(house, "approval/REQ-2026-0001/r0/1") == "sent"
    assert state_of(house, "reminder/REQ-2026-0001/r0/1/1") == "bounced"


def test_a_letter_to_several_is_marked_when_it_came_back_from_all_of_them(house):
    house.answer(house.asked(), "SETUJU")
    house.poll()
    order = house.letters("provision")[-1]
    with house.office.journal.entry() as entry:
        key = entry.outbox.by_message_id(order.message_id).key
    staff = [person.email for person in (company.IT_STAFF, company.IT_STAFF_2)]
    assert set(staff) == {address.strip() for address in order.to.split(",")}
    returned(house, report(order, staff[0]))
    assert state_of(house, key) == "sent"
    returned(house, report(order, staff[1], "2"))
    assert state_of(house, key) == "bounced"
    assert len(house.letters("undeliverable")) == 2
