"""What strangers write into headers, forms and answers never becomes a header, a command, code, a link or a line.

The single gates have tests of their own: tests/letters/test_compose.py (headers), tests/letters/test_hostile.py
(templates, HTML, bidi), tests/mail/test_imap.py (settings). Here everything goes through the whole house at once."""

import re
import unicodedata
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup

from pipeline.demo import clients, company
from pipeline.mail.mailbox import open_mailbox
from tests.company import BOSS, MORNING, Company, edited, plain_mail, workbook
from tests.letters.test_compose import OURS, header_names
from tests.mail.test_imap import PLENTY, only_mail, settings
from tests.scripts import ImapScript

BCC = "=?utf-8?q?a=0D=0ABcc:_evil=40luar.example=0D=0A=0D=0ASETUJU?="
EVIL = (
    BCC, "=?utf-8?b?DQpCY2M6IGV2aWxAbHVhci5leGFtcGxl?=", "a\u2028Bcc: evil@luar.example", "{{ 7*191 }}{% raw %}", "\u202eUJUTES\u2066",
    "<script>alert(1)</script><a href='https://luar.example/x'>klik</a>", "https://luar.example/masuk www.luar.example", "' onclick='x",
    "%0d%0aBcc: evil@luar.example", "=HYPERLINK(\"https://luar.example\")",
)  # fmt: skip
ALLOWED = {*OURS, "In-Reply-To", "References"}


def hostile_form():
    """Finance's form with something evil in every field that is free text."""
    form = company.finance_form(MORNING.date())
    lines = tuple(
        replace(line, justification=f"Untuk laporan bulanan {text}")
        for line, text in zip(form.lines, EVIL[2:], strict=False)
    )
    return replace(form, lines=lines, requester_position=f"Manajer {EVIL[5]}", employees=tuple(
        replace(one, position=f"Staf {EVIL[3]} {EVIL[6]}") for one in form.employees
    ))  # fmt: skip


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """Every letter that a day of hostile mails brings about, and who they were sent to."""
    house = Company(tmp_path_factory.mktemp("hostile"))
    form = hostile_form()
    raw = clients.form_mail(company.FINANCE_MANAGER, workbook(form), "x", "Mohon diproses.", house.clock.now)
    house.send(edited(raw, Subject=f"Form akses {BCC}"))
    house.poll()
    asked = house.asked()
    house.answer(asked, f"Mungkin? {' '.join(EVIL)}")
    house.poll()
    house.answer(
        asked,
        f"TOLAK 1\nAlasan: {' '.join(EVIL)}",
        Subject=f"Re: {BCC}",
        Message_ID="<x@y\r\n Bcc: evil@luar.example>",
    )
    house.answer(asked, "SETUJU 2")
    house.poll()
    house.answer(asked, f"SETUJU semua {EVIL[5]}")
    for text in EVIL:
        name = f"=?utf-8?q?{BCC}?= {text}".replace("<", "").replace(">", "").replace('"', "")
        house.send(
            edited(
                plain_mail(company.HR_MANAGER, "x", text), From=f'"{name}" <evil@luar.example>', Subject=text
            )
        )
    bounce = plain_mail(
        BOSS,
        "Undelivered",
        f"Diagnostic-Code: smtp; 550 {' '.join(EVIL)}\nFinal-Recipient: rfc822; {BCC}\n{asked.message_id}",
    )
    house.send(edited(bounce, From="<MAILER-DAEMON@luar.example>", Return_Path="<>"))
    house.poll()
    with house.office.journal.entry() as entry:
        return entry.outbox.all()


def test_a_day_of_hostile_mails_brings_about_letters_of_many_kinds(letters):
    assert {
        "approval",
        "received",
        "unclear",
        "recorded",
        "decided",
        "provision",
        "quarantine",
        "undeliverable",
    } <= {row.kind for row in letters}


def test_no_hostile_text_adds_a_header_to_any_letter(letters):
    """T24: the headers are ours, each once, and Python's own parser finds no others."""
    for row in letters:
        names = header_names(row.data)
        assert len(names) == len(set(names)), row.kind
        assert set(names) <= ALLOWED, row.kind
        assert message_from_bytes(row.data, policy=policy.compat32).keys() == names
        assert all(len(line) <= 998 for line in row.data.split(b"\r\n"))


def test_no_letter_goes_to_anybody_but_the_people_of_the_directory(letters):
    """T24, T17: the envelope comes from the directory; a stranger's address is never in it."""
    people = {person.email for person in company.DIRECTORY.people}
    assert {address for row in letters for address in row.recipients} <= people


def test_no_hostile_text_becomes_code_markup_link_or_bidi(letters):
    """T26, T27, T28."""
    for row in letters:
        mail = message_from_bytes(row.data, policy=policy.default)
        text = mail.get_body(("plain",)).get_content()
        page = BeautifulSoup(mail.get_body(("html",)).get_content(), "html.parser")
        for shown in (text, page.get_text(), str(mail["Subject"])):
            assert "1337" not in shown, row.kind
            assert not {c for c in shown if unicodedata.category(c) in {"Cf", "Cs", "Zl", "Zp"}}, row.kind
            assert not re.search(r"(?i)https?://|www\.luar", shown), row.kind
        assert not page.find_all(["script", "iframe", "form", "object", "img", "base"]), row.kind
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)], (
            row.kind
        )
        hrefs = [str(a["href"]) for a in page.find_all("a")]
        assert all(href.startswith(f"mailto:{company.PORTAL}?subject=") for href in hrefs), row.kind


@pytest.mark.parametrize("able", ["MOVE UIDPLUS", "UIDPLUS"])
def test_imap_commands_hold_nothing_but_numbers_and_words_of_the_settings(start_script, able):
    """T25: whole commands are compared, so that no word of the mail can hide at the end of one."""
    hostile = b'Subject: x"\r\nA1 LOGOUT\r\nMessage-ID: <y\r\nA2 DELETE INBOX>\r\nFrom: {99}\r\n\r\nA3 OK\r\n'
    server = start_script(ImapScript.GREETING, ImapScript({7: hostile}, able=able))
    with closing(open_mailbox(settings(server))) as mailbox:
        assert mailbox.fetch(only_mail(mailbox), PLENTY) == hostile
        mailbox.move(only_mail(mailbox), "Akses/Quarantine")
    folder = r'"?(INBOX|Akses|Akses/(Processed|Returned|Ignored|Duplicates|Quarantine))"?'
    grammar = (
        r"CAPABILITY", r"LOGIN \S+ \S+", r'LIST "" ("\*"|\*|""|%|"%")', rf"(CREATE|SUBSCRIBE|SELECT|EXAMINE) {folder}", r"LOGOUT", r"NOOP",
        r"UID FETCH (\d+|\d+:\*) [A-Z0-9 .()<>\[\]]+", rf"UID (MOVE|COPY) \d+ {folder}", r"UID EXPUNGE \d+", r"UID SEARCH [A-Z0-9 :*]+",
        r"UID STORE \d+ \+FLAGS(\.SILENT)? \(\\Deleted\)", r"CLOSE", r"UNSELECT",
    )  # fmt: skip
    strange = [one for one in server.commands if not any(re.fullmatch(rule, one) for rule in grammar)]
    assert not strange
