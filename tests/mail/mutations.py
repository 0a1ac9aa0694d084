"""Mails of every kind, and ways of breaking them: bytes, lines, headers, the MIME structure. All dice are seeded."""

import random
import re
import struct
from collections.abc import Callable
from pathlib import Path

from pipeline.demo import clients, company
from pipeline.mail.rule_examples import example_mail
from pipeline.mail.rules import load_rules
from tests.company import BOSS, workbook
from tests.mail import answers
from tests.mail.forgeries import Forgery
from tests.mail.forgery_noise import written
from tests.mail.forgery_world import FINANCE, ForgeryWorld

RULES = Path(__file__).parents[2] / "inbox_rules"
_LARGEST = 200_000
_TOKENS = (
    b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"=", b"==", b"=0D=0A", b"=?utf-8?q?=0D=0A?=",
    b"=?utf-8?b?////?=", b"=?x?q?", b"--", b"--b1--", b";", b'"', b"\\", b"(", b")", b"<", b">", b"<<", b"@", b",", b":", b"\t", b" ",
    b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xf0\x9f\x91\x8d", b"SETUJU", b"TOLAK", b"> ", b"<!--", b"-->", b"</div>",
    b"<style>", b"<blockquote>", b"{{7*7}}", b"&#x202e;", b"&#0;", b"&#99999999;", b"charset=", b"boundary=", b"name*0*=utf-8''%ff",
    b"REQ-2026-0001", b"begin 644 a\n", b"end\n", b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"+AFMARQ-", b"9" * 60, b"A" * 3000, b"(" * 400,
)  # fmt: skip
_CHARSETS = (
    b"utf-7", b"utf-16", b"utf-16-le", b"utf-32", b"idna", b"punycode", b"unicode_escape", b"hex", b"zlib", b"iso-2022-jp", b"hz",
    b"gb18030", b"x-unknown", b"\x00", b"a" * 300, b"us-ascii", b"undefined", b"iso-2022-kr", b"big5hkscs", b"mbcs", b"rot13",
)  # fmt: skip
_CODINGS = (
    b"base64",
    b"quoted-printable",
    b"x-uuencode",
    b"7bit",
    b"binary",
    b"x-yenc",
    b"",
    b"base64; x",
    b"8BIT (x)",
)
_KINDS = (
    b"text/html", b"text/plain", b"multipart/mixed", b"multipart/alternative; boundary=x", b"multipart/signed", b"multipart/report",
    b"message/rfc822", b"message/delivery-status", b"application/ms-tnef", b"text/calendar", b"application/pkcs7-mime", b"text/rtf", b"x", b"",
    b"multipart/digest; boundary=\"b1\"", b"message/disposition-notification", b"text/plain; format=flowed; delsp=yes", b"text/enriched",
)  # fmt: skip
_NAMES = (
    b"From", b"Subject", b"Date", b"To", b"Reply-To", b"Message-ID", b"In-Reply-To", b"References", b"Received", b"Content-Type",
    b"Content-Transfer-Encoding", b"Content-Disposition", b"Authentication-Results", b"ARC-Seal", b"Auto-Submitted", b"Return-Path",
    b"Precedence", b"List-Id", b"X-MS-Exchange-Organization-AuthAs", b"MIME-Version",
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def specimens(world: ForgeryWorld, classes: tuple[Forgery, ...]) -> list[bytes]:
    """Mails of all kinds that are met: answers of every program, forms, robots, attachments, attacks."""
    letter, now = world.asked["open"], world.house.clock.now
    form = workbook(FINANCE)[:30_000]
    found = [
        answers.answer(program, text)
        for program in answers.PROGRAMS
        for text in ("Setuju semua.", "1. setuju\n2. tolak: kuota")
    ]
    found += [example_mail(one) for rule in load_rules(RULES) for one in (*rule.matches, *rule.misses)]
    found += [
        clients.answer(BOSS, letter, "SETUJU 1, TOLAK 2", now), clients.out_of_office(BOSS, letter, now), clients.newsletter(now),
        clients.forged_approval(BOSS, letter, now), clients.strangers_form(form, now), letter.raw,
        clients.form_mail(company.FINANCE_MANAGER, form, "Form akses", "Mohon diproses", now), _winmail(), _nest(b"Setuju.", 28),
    ]  # fmt: skip
    for forgery in classes:
        dice = random.Random(forgery.name)
        trick = forgery.make(dice, world)
        found += [written(one, dice) for one in (trick.draft, trick.genuine) if one is not None]
    return [raw for raw in found if len(raw) <= _LARGEST]


def _winmail() -> bytes:
    text = b"Setuju, silakan diproses.\0"
    props = struct.pack("<IHHII", 1, 0x001E, 0x1000, 1, len(text)) + text + b"\0" * (-len(text) % 4)
    blob = (
        struct.pack("<IH", 0x223E9F78, 1) + struct.pack("<BII", 1, 0x00069003, len(props)) + props + b"\0\0"
    )
    return (
        b"From: a@contoh.example\r\nSubject: Re: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n"
        b"--b1\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + blob
        + b"\r\n--b1--\r\n"
    )


def _nest(body: bytes, depth: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\n" + body
    for level in range(depth):
        mark = b"n%d" % level
        inner = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n%s\r\n--%s--\r\n" % (
            mark,
            mark,
            inner,
            mark,
        )
    return b"From: a@contoh.example\r\nMIME-Version: 1.0\r\n" + inner


def mutated(rng: random.Random, raw: bytes, others: list[bytes]) -> bytes:
    """`raw` with one to six changes, or spliced with another mail."""
    if rng.random() < 0.05:
        other = rng.choice(others)
        raw = raw[: rng.randrange(len(raw) + 1)] + other[rng.randrange(len(other) + 1) :]
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        raw = rng.choice(MUTATIONS)(rng, raw)
    return raw[:_LARGEST]


# bytes


def _token(rng: random.Random, raw: bytes) -> bytes:
    place = rng.randrange(len(raw) + 1)
    return (
        raw[:place]
        + rng.choice(_TOKENS) * rng.choice((1, 1, 1, 3, 40))
        + raw[place + rng.choice((0, 0, 1, 5)) :]
    )


def _noise(rng: random.Random, raw: bytes) -> bytes:
    data = bytearray(raw)
    for _ in range(rng.choice((1, 3, 30))):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def _cut(rng: random.Random, raw: bytes) -> bytes:
    begin, end = sorted((rng.randrange(len(raw) + 1), rng.randrange(len(raw) + 1)))
    return rng.choice((raw[:begin], raw[begin:], raw[:begin] + raw[end:], raw[:end] + raw[begin:]))


# lines


def _lines(rng: random.Random, raw: bytes) -> bytes:
    lines = raw.split(b"\r\n")
    one, two = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.randrange(5)
    if kind == 0:
        lines[one], lines[two] = lines[two], lines[one]
    elif kind == 1:
        del lines[one]
    elif kind == 2:
        lines[one:one] = [lines[two]] * rng.choice((1, 2, 600))
    elif kind == 3:
        lines[one] = lines[one] * rng.choice((2, 50))
    else:
        lines[one] = rng.choice((b" ", b"\t", b">", b"> > ", b"-- ", b"")) + lines[one]
    return b"\r\n".join(lines)


def _line_ends(rng: random.Random, raw: bytes) -> bytes:
    new = rng.choice((b"\n", b"\r", b"\n\r", b"\r\r\n", b"\x85", b"\r\n\r\n", b"\r\n "))
    return (
        raw.replace(b"\r\n", new) if rng.random() < 0.3 else raw.replace(b"\r\n", new, rng.randrange(1, 20))
    )


# headers


def _header(rng: random.Random, raw: bytes) -> bytes:
    """One header added on top or below, taken away, emptied, or given a token for a value."""
    name, token = rng.choice(_NAMES), rng.choice(_TOKENS)
    found = re.search(rb"(?im)^" + re.escape(name) + rb":.*(?:\r?\n[ \t].*)*\r?\n", raw)
    line = name + b": " + token + rng.choice((b"", b" <a@b.example>", b"; x=y")) + b"\r\n"
    if found is None or rng.random() < 0.3:
        return line * rng.choice((1, 2, 300)) + raw
    new = rng.choice((b"", line, name + b":\r\n", found.group() * 2, found.group()[:-2] + token + b"\r\n"))
    return raw[: found.start()] + new + raw[found.end() :]


# MIME


def _declared(rng: random.Random, raw: bytes) -> bytes:
    """Another charset, encoding, type or boundary than the part has."""
    pattern, values = rng.choice((
        (rb"(?i)(charset=)[^\s;]*", _CHARSETS), (rb"(?i)(content-transfer-encoding:)[^\r\n]*", _CODINGS),
        (rb"(?i)(content-type:)[^\r\n;]*", _KINDS), (rb"(?i)(boundary=)[^\s;]*", (b"", b'""', b"b1", b"x" * 300, b'"b1', b"\xff")),
        (rb"(?i)(filename=)[^\s;]*", _TOKENS),
    ))  # fmt: skip
    places = list(re.finditer(pattern, raw))
    if not places:
        return b"Content-Type: " + rng.choice(_KINDS) + b"\r\n" + raw
    place = rng.choice(places)
    return raw[: place.end(1)] + rng.choice(values) + raw[place.end() :]


def _wrapped(rng: random.Random, raw: bytes) -> bytes:
    kind = rng.choice(_KINDS).split(b";")[0]
    return b"Content-Type: %s; boundary=w\r\n\r\n--w\r\n%s\r\n--w%s\r\n" % (
        kind,
        raw,
        rng.choice((b"--", b"")),
    )


MUTATIONS: tuple[Mutation, ...] = (
    _token, _token, _token, _noise, _noise, _cut, _lines, _lines, _line_ends, _header, _header, _header, _declared, _declared, _wrapped,
)  # fmt: skip
