"""The final bytes of a letter: exactly our headers, exactly our words, the same each time."""

import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from typing import Any

import pytest

from pipeline.letters.attachments import safe_name
from pipeline.letters.compose import compose, message_id
from pipeline.letters.headers import header_text
from pipeline.letters.kinds import KINDS
from pipeline.letters.render import Rendered
from pipeline.model import Attachment, Letter, PipelineError
from tests.letters.samples import EVERY_LETTER, SAMPLE_CODE, SAMPLE_NOW, a_letter, the_templates

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = "41:" + "0f" * 32
OURS = [
    "From", "To", "Thread-Topic", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "X-Auto-Response-Suppress", "X-Akses-Letter", "X-Akses-Head", "MIME-Version", "Content-Type",
]  # fmt: skip


def composed(letter: Letter, words: Rendered | None = None, **changes: Any) -> bytes:
    arguments: dict[str, Any] = {
        "sender": "akses-it@nusantara.example",
        "sender_name": "Portal Akses IT",
        "message_id": message_id(letter.key, letter.token, b"secret", "nusantara.example"),
        "date": SAMPLE_NOW,
        "head": HEAD,
    }
    return compose(letter, words or Rendered("Halo", "Halo.\n", "<p>Halo.</p>\n"), **arguments | changes)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def bare(kind: str = "ready") -> Letter:
    return replace(a_letter(kind), token="")


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_every_letter_is_read_back_as_it_was_written(kind: str, language: Any) -> None:
    letter = a_letter(kind, language)
    words = the_templates().render(letter, SAMPLE_NOW)
    mail = read(composed(letter, words))
    assert mail["Subject"] == words.subject
    assert mail["To"] == "andi.nugroho@nusantara.example"
    assert mail["From"] == "Portal Akses IT <akses-it@nusantara.example>"
    assert mail["Date"].datetime == SAMPLE_NOW
    assert mail["X-Akses-Letter"] == letter.key
    assert mail["X-Akses-Head"] == HEAD
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == words.text  # type: ignore[union-attr]
    assert not [defect for part in mail.walk() for defect in part.defects]


def test_the_same_letter_gives_the_same_bytes_and_another_key_other_boundaries() -> None:
    letter = replace(bare(), attachments=(Attachment("a.xlsx", XLSX, b"PK" * 500),))
    assert composed(letter) == composed(letter)
    other = replace(letter, key="ready/REQ-2026-0002/r0")
    assert read(composed(letter)).get_boundary() != read(composed(other)).get_boundary()


def test_the_bytes_are_printable_ascii_in_lines_that_smtp_carries() -> None:
    words = Rendered("Ünïcode 👍", "Ñ " * 4000 + "\n.\nFrom mars\n", "<p>" + "日本" * 9000 + "</p>\n")
    data = composed(replace(bare(), attachments=(Attachment("ñ.xlsx", XLSX, bytes(range(256)) * 99),)), words)
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")


def test_robots_are_told_that_a_robot_writes() -> None:
    # RFC 3834, section 5: "auto-replied" is the answer to a mail that somebody wrote, all else a notice.
    replies = {
        "returned", "received", "duplicate", "unclear", "recorded", "late", "withdrawn",
        "withdraw_unclear", "status",
        "digest_unclear", "digest_recorded", "deputy_named", "deputy_ended", "deputy_refused",
    }  # fmt: skip
    for kind in KINDS:
        mail = read(composed(bare(kind.name)))
        assert mail["Auto-Submitted"] == ("auto-replied" if kind.name in replies else "auto-generated")
        assert mail["X-Auto-Response-Suppress"] == "All"


def test_attachments_go_along_with_their_bytes_unchanged() -> None:
    files = (
        Attachment("Form Permintaan Akses.xlsx", XLSX, b"PK\x03\x04" + bytes(range(256))),
        Attachment("Form Permintaan Akses.xlsx", XLSX, b""),
        Attachment("Formulir – ñ 日本.xlsx", "text/html; x", b"<b>"),
    )
    mail = read(composed(replace(bare(), attachments=files)))
    assert mail.get_content_type() == "multipart/mixed"
    found = list(mail.iter_attachments())
    assert [part.get_payload(decode=True) for part in found] == [one.data for one in files]
    assert [part.get_filename() for part in found] == [
        "Form Permintaan Akses.xlsx", "Form Permintaan Akses (2).xlsx", "Formulir – ñ 日本.xlsx",
    ]  # fmt: skip
    assert [part.get_content_type() for part in found] == [XLSX, XLSX, "application/octet-stream"]
    assert all(part.get_content_disposition() == "attachment" for part in found)


@pytest.mark.parametrize(
    "kind", ["text/html", "message/rfc822", "multipart/mixed", "", "x", "application/\r\nX: y"]
)
def test_an_attachment_is_never_shown_as_part_of_our_mail(kind: str) -> None:
    mail = read(composed(replace(bare(), attachments=(Attachment("a.bin", kind, b"<b>x</b>"),))))
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/octet-stream"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\form.xlsx", "form.xlsx"),
        ("a\r\nBcc: x.xlsx", "a Bcc_ x.xlsx"),
        ("\u202excslx.exe", "xcslx.exe"),
        ('x"; filename="evil.exe', "x_; filename=_evil.exe"),
        ("", "file"),
        ("...", "file"),
        ("CON.xlsx", "file_CON.xlsx"),
        ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
        ("nama. xlsx ", "nama. xlsx"),
    ],
)
def test_names_of_attachments_are_safe_to_save(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    mail = read(composed(replace(bare(), attachments=(Attachment(name, XLSX, b"x"),))))
    assert next(mail.iter_attachments()).get_filename() == safe


# --- Message-ID and threading ---------------------------------------------------------------------


def test_a_message_id_is_readable_repeatable_and_not_to_be_guessed() -> None:
    key = "approval/REQ-2026-0001/r0/1"
    name = message_id(key, SAMPLE_CODE, b"secret", "nusantara.example")
    pattern = (
        r"<approval-req-2026-0001-r0-1\.[0-9a-f]{16}\.ak1-0123456789abcdefghjkmnpqrs@nusantara\.example>"
    )
    assert re.fullmatch(pattern, name)
    assert name == message_id(key, SAMPLE_CODE, b"secret", "nusantara.example")
    assert name != message_id(key, SAMPLE_CODE, b"other", "nusantara.example")
    assert message_id("a/b", "", b"s", "x.example") != message_id("a-b", "", b"s", "x.example")
    assert len(message_id("k" * 500, SAMPLE_CODE, b"s", "nusantara.example")) < 150


def test_long_message_ids_are_not_encoded_or_broken() -> None:
    """Python's own serialiser writes them as =?utf-8?q?...?=, and then no reply finds its letter."""
    ids = tuple(f"<{'a' * 180}{n}@mail.nusantara.example>" for n in range(5))
    data = composed(replace(bare(), in_reply_to=ids[-1], references=ids))
    raw = message_from_bytes(data, policy=policy.compat32)
    assert raw["In-Reply-To"] == ids[-1]
    assert raw["References"].split() == list(ids)
    assert b"=?" not in data.partition(b"\r\n\r\n")[0]


def test_message_ids_of_others_are_dropped_when_they_are_not_sound() -> None:
    bad = ("<a b@x>", "<a@x>\r\nBcc: evil@x", "a@x", "<é@x>", "", "<" + "x" * 400 + "@y>", "<a<b@x>")
    mail = read(composed(replace(bare(), in_reply_to=bad[1], references=(*bad, "<good@x>"))))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<good@x>"


def test_of_a_long_thread_the_first_and_the_newest_mails_are_named() -> None:
    ids = tuple(f"<m{n}@x.example>" for n in range(60))
    found = str(read(composed(replace(bare(), references=ids)))["References"]).split()
    assert found == ["<m0@x.example>", *ids[-19:]]


# --- the gate -------------------------------------------------------------------------------------

NASTY = [
    "\r\n", "\n", "\r", "\r\n ", "\x00", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u202e", "\u200b",
    "\ufeff", "\ud800", "=?utf-8?q?a=0ABcc:_evil=40x?=", "=?utf-8?b?DQpCY2M6IGV2aWxAeA0K?=", "=?", "?=",
    "Bcc: evil@evil.example", "To:", "\r\n\r\n<html>", ":", ",", ";", "<a@b>", '"', "\\", "(", ")", " ",
    "\t", "é", "👍", "日本語", "x" * 90, "--=_akses_a_", "Content-Type: text/html",
    "[REQ-2026-0001]", "%0d%0a", "\\r\\n", "&#10;", "=0D=0A",
]  # fmt: skip


def nasty(rng: random.Random) -> str:
    return "".join(rng.choice(NASTY) for _ in range(rng.randrange(1, 9)))


def header_names(data: bytes) -> list[str]:
    """The header names by RFC 5322's rule alone, without a library's help."""
    lines = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return [line.partition(b":")[0].decode() for line in lines if line[:1] not in b" \t"]


def test_500_hostile_subjects_and_names_never_make_a_header_of_their_own() -> None:
    # Chance with a fixed seed: the same subjects in every run.
    rng = random.Random(2026)
    for round_ in range(500):
        subject, name, key = nasty(rng), nasty(rng), nasty(rng)
        letter = replace(bare(), key=key, in_reply_to=nasty(rng))
        words = Rendered(subject, "Halo.\n", "<p>Halo.</p>\n")
        data = composed(letter, words, sender_name=name, head=nasty(rng))
        names = [n for n in header_names(data) if n != "In-Reply-To"]
        assert names == OURS
        raw = message_from_bytes(data, policy=policy.compat32)
        assert raw.keys() == header_names(data)
        shown = re.sub(r"\r?\n(?=[ \t])", "", raw["Subject"])
        assert str(make_header(decode_header(shown))) == header_text(subject)
        assert len(header_text(subject)) <= 200
        if round_ % 8:
            continue
        mail = read(data)
        assert [a.addr_spec for a in mail["From"].addresses] == ["akses-it@nusantara.example"]
        assert [a.addr_spec for a in mail["To"].addresses] == ["andi.nugroho@nusantara.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@b@c",
        "a b@c.example",
        "a@c.example, evil@x.example",
        "a@c.example\r\nBcc: e@x",
        "é@x",
        '"a"@x',
        "a@",
    ],
)
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    with pytest.raises(PipelineError, match="no mail address"):
        composed(replace(bare(), to=("ok@x.example", address)))
    with pytest.raises(PipelineError, match="no mail address"):
        composed(bare(), sender=address)


def test_a_letter_without_recipients_or_with_a_broken_id_is_refused() -> None:
    with pytest.raises(PipelineError, match="no recipient"):
        composed(replace(bare(), to=()))
    with pytest.raises(PipelineError, match="no Message-ID"):
        composed(bare(), message_id="<a b@x>\r\nBcc: e@x")


def test_several_recipients_stand_in_one_header() -> None:
    people = tuple(f"orang.nomor{n}@nusantara.example" for n in range(40))
    mail = read(composed(replace(bare(), to=people)))
    assert [a.addr_spec for a in mail["To"].addresses] == list(people)


def test_what_does_not_read_back_as_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate behind the gate: should a header ever be smuggled in, the letter is not queued."""
    smuggle = "pipeline.letters.headers.unstructured"
    monkeypatch.setattr(smuggle, lambda name, text: f"{name}: {text}\r\nBcc: e@x\r\n")
    with pytest.raises(PipelineError, match=r"does not read back .*headers"):
        composed(bare())


def test_words_with_foreign_line_ends_are_refused_and_not_changed_in_silence() -> None:
    with pytest.raises(PipelineError, match=r"\(text\)"):
        composed(bare(), Rendered("Halo", "a\rb\n", "<p>a</p>"))


def test_the_date_is_written_in_utc_whatever_zone_it_came_in() -> None:
    moment = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    assert b"\r\nDate: Tue, 24 Nov 2026 08:05:00 +0000\r\n" in composed(bare(), date=moment)
