"""Whole answers to a letter of ours as real mail programs send them: headers, MIME, its quote, signature.

How each program quotes stands in tests/mail/answers.py; here is what lies around it. Invented people only.
"""

import base64
import quopri
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import Header
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from pipeline.demo.clients import Received
from pipeline.demo.company import AUTHSERV, DOMAIN, PORTAL
from pipeline.model import Person
from tests.mail import answers
from tests.mail.answers import PROGRAMS, Program

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
#: A line of quoted text is broken here by the programs that break lines.
_WIDTH = 72


@dataclass(frozen=True)
class Client:
    """A family of mail programs: how it quotes (by its name in answers.py) and how it packs."""

    family: str
    program: str
    #: of its Message-ID
    domain: str = DOMAIN
    headers: tuple[str, ...] = ()
    boundary: str = "----=_Part_7"
    charset: str = "utf-8"
    #: transfer encodings of the text and of the HTML part; one that is "" is not there
    text: str = "quoted-printable"
    html: str = "quoted-printable"
    #: more parameters of text/plain
    flowed: bool = False
    #: the picture of a signature beside the HTML
    picture: bool = False
    #: the line above the quote is quoted itself
    head_in_quote: bool = False
    page: Callable[[str, str, str], str] | None = None
    #: how many kinds of answers are tried: fewer for a variant of a family
    answers: int = 3


def _emclient(answer: str, quote: str, head: str) -> str:
    return (
        '<html><head><style type="text/css"><!-- blockquote.cite {margin-left: 5px;} --></style></head><body>'
        f'<div>{answer}<br><br><div class="replied">------ Pesan Asli ------<br>{head}</div><br>'
        f'<blockquote cite="x" type="cite" class="cite2">{quote}</blockquote></div></body></html>'
    )


def _samsung(answer: str, quote: str, head: str) -> str:
    return (
        f'<html><body dir="auto"><div dir="auto">{answer}</div><div><br></div>'
        '<div id="composer_signature" dir="auto"><div>Dikirim dari Galaxy saya</div></div>'
        f'<div align="left" dir="auto"><div>{head}</div></div>{quote}</body></html>'
    )


def _plain_html(answer: str, quote: str, head: str) -> str:
    return f"<html><body><div>{answer}</div><br>{head}<br>{quote}</body></html>"


_OUTLOOK = ("Thread-Topic: Mohon persetujuan", "Thread-Index: YWuqi9EqJjdjPk9r1nJm2EQRuz+WVg==",
            "Accept-Language: id-ID, en-US", "Content-Language: id-ID", "X-MS-Has-Attach:")  # fmt: skip
_PROD = "SG2PR04MB5512.apcprd04.prod.outlook.com"
_EXCHANGE = "_000_A3F7D3E7A34B9959009B6D580BA99B23128C712Dapcp_"

#: One for each family of the examples that issue 4 names.
CLIENTS: tuple[Client, ...] = (
    Client("gmail_web", "Gmail web id", "mail.gmail.com", boundary="000000000000364", text="base64"),
    Client("gmail_android", "Gmail Android id", "mail.gmail.com", boundary="00000000000036a"),
    Client("outlook_desktop", "Outlook desktop id", _PROD, (*_OUTLOOK, "X-Mailer: Microsoft Outlook 16.0"),
           _EXCHANGE, picture=True),
    Client("outlook_desktop_old", "Outlook desktop plain en", _PROD, _OUTLOOK, charset="windows-1252",
           html="", answers=1),
    Client("outlook_web", "Outlook web en", _PROD, _OUTLOOK, _EXCHANGE, text="base64", html="base64"),
    Client("outlook_ios", "Outlook iOS id", _PROD, _OUTLOOK, _EXCHANGE, page=answers._owa),
    Client("outlook_android", "Outlook Android en", _PROD, _OUTLOOK, _EXCHANGE, page=_plain_html),
    Client("outlook_mac", "Outlook Mac id", _PROD, ("User-Agent: Microsoft-MacOutlook/16.91",), _EXCHANGE),
    Client("apple_mac", "Apple Mail id", headers=("X-Mailer: Apple Mail (2.3826.200.121)",),
           boundary="Apple-Mail=_0C2F6E0B-6E1C-4A1B-9E55-1B0E3A3B1C77"),
    Client("ios_mail", "iPhone en", headers=("X-Mailer: iPhone Mail (23B85)",), head_in_quote=True,
           boundary="Apple-Mail-9D83526F-2F41-C2B8-B68B1151CAF6", page=answers._apple),
    Client("samsung", "Samsung id", headers=("X-Mailer: SamsungMail",), text="base64", html="base64",
           boundary="--_com.samsung.android.email_ebe99be3b59f383b", page=_samsung),
    Client("thunderbird", "Thunderbird id", headers=("User-Agent: Mozilla Thunderbird",),
           text="8bit", html="", flowed=True),
    Client("thunderbird_below", "Thunderbird below", headers=("User-Agent: Mozilla Thunderbird",),
           text="8bit", html="", flowed=True, answers=1),
    Client("yahoo", "Yahoo id", "mail.yahoo.com", ("X-Mailer: WebService/1.1.24866 YMailNorrin",),
           "----=_Part_3875273_126457063.1795762257000"),
    Client("zimbra", "Zimbra id", headers=("X-Mailer: Zimbra 9.0.0_GA_4178 (ZimbraWebClient - GC131)",),
           boundary="=_5b0d7c1a-7a0e-4b6a-9a53", page=_plain_html),
    Client("notes", "Notes en", headers=("X-Mailer: HCL Notes Release 12.0.2 November 18, 2022",),
           boundary="=_alternative 0012A5B147258A55_=", text="base64", html="base64", page=_plain_html),
    Client("roundcube", "Roundcube id", headers=("User-Agent: Roundcube Webmail/1.6.6",), text="8bit",
           html="", flowed=True),
    Client("mutt", "Mutt", headers=("User-Agent: Mutt/2.2.12 (2023-09-09)",), text="8bit", html=""),
    Client("proton", "Proton", boundary="b1=_e14e98030873a1df", text="base64", html="base64"),
    Client("html_only", "Zimbra en", headers=("User-Agent: eM_Client/10.1.4588.0",), text="", html="base64",
           page=_emclient),
)  # fmt: skip


def client_answer(client: Client, typed: str, letter: Received, sender: Person, at: datetime) -> bytes:
    """The raw mail in which `sender` answers `letter` with this program, as the company's server keeps it."""
    program = next(one for one in PROGRAMS if one.name == client.program)
    program = _about(program, letter, sender)
    number = abs(hash((client.family, letter.message_id, typed)))
    top = [
        f"Return-Path: <{sender.email}>",
        f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from={DOMAIN}",
        f"Received: from mail.{DOMAIN} (mail.{DOMAIN} [203.0.113.25])\r\n\t"
        f"by {AUTHSERV} (Postfix) with ESMTPS;\r\n\t{format_datetime(at)}",
        f"From: {sender.name} <{sender.email}>",
        f"To: Portal Akses IT <{PORTAL}>",
        f"Subject: {Header(program.subject + letter.subject, 'utf-8', 998).encode()}",
        f"Date: {format_datetime(at - timedelta(seconds=4))}",
        f"Message-ID: <{number:020d}@{client.domain}>",
        f"In-Reply-To: {letter.message_id}",
        f"References: {letter.message_id}",
        *client.headers,
        "MIME-Version: 1.0",
    ]
    return _crlf([*top, *_body(client, program, typed, letter)])


def _about(program: Program, letter: Received, sender: Person) -> Program:
    """The program with the people, the subject and the time of this conversation in its lines."""
    words = {
        answers.SUBJECT: letter.subject, answers.APPROVER: sender.email, answers.PORTAL: PORTAL,
        "Ratna Wibowo": sender.name, "Access Desk": "Portal Akses IT",
    }  # fmt: skip

    def said(lines: tuple[str, ...]) -> tuple[str, ...]:
        for old, new in words.items():
            lines = tuple(line.replace(old, new) for line in lines)
        return lines

    return Program(
        program.name, said(program.head), program.prefix, said(program.tail), program.subject, program.page,
        program.below,
    )  # fmt: skip


def _body(client: Client, program: Program, typed: str, letter: Received) -> list[str]:
    parts = []
    if client.text:
        kind = f"text/plain; charset={client.charset}" + ("; format=flowed" if client.flowed else "")
        parts.append(_part(kind, _text(client, program, typed, letter), client.text, client.charset))
    page = client.page or program.page
    if client.html and page is not None:
        made = _page(page, program, typed, letter)
        parts.append(_part(f"text/html; charset={client.charset}", made, client.html, client.charset))
    if len(parts) == 1:
        return parts[0]
    body = _multipart("alternative", client.boundary, parts)
    if not client.picture:
        return body
    image = [
        'Content-Type: image/png; name="image001.png"', "Content-Transfer-Encoding: base64",
        "Content-ID: <image001.png@01DC>", 'Content-Disposition: inline; filename="image001.png"', "",
        base64.encodebytes(_PNG).decode(),
    ]  # fmt: skip
    return _multipart("related", client.boundary.replace("_000_", "_004_"), [body, image])


def _text(client: Client, program: Program, typed: str, letter: Received) -> str:
    head, lines = list(program.head), letter.text.splitlines()
    if program.prefix.strip():
        lines = [piece for line in lines for piece in textwrap.wrap(line, _WIDTH) or [""]]
    if client.head_in_quote:
        # What stands above the letter is quoted with it, and the letter begins with a byte order mark.
        head, lines = [], [*program.head, "", "\ufeff" + (lines[0] if lines else ""), *lines[1:]]
    quote = [(program.prefix + line).rstrip() for line in lines]
    own = [typed, *program.tail]
    whole = [*head, *quote, "", *own] if program.below else [*own, "", *head, *quote]
    return "\n".join(whole) + "\n"


def _page(page: Callable[[str, str, str], str], program: Program, typed: str, letter: Received) -> str:
    """The HTML part, with our own letter's HTML as its quote."""
    body = message_from_bytes(letter.raw, policy=SMTP).get_body(("html",))
    inner = re.search(r"<body[^>]*>(.*)</body>", body.get_content() if body else "", re.S | re.I)
    own = "<br>".join(escape(line) for part in (typed, *program.tail) for line in part.split("\n"))
    if page in {answers._proton, _samsung}:
        # These write their own signature.
        own = escape(typed).replace("\n", "<br>")
    return page(own, inner.group(1) if inner else "", "<br>".join(map(escape, program.head)))


def _part(kind: str, text: str, coding: str, charset: str) -> list[str]:
    raw = text.encode(charset, "replace")
    coded = {
        "quoted-printable": lambda: quopri.encodestring(raw).decode("ascii"),
        "base64": lambda: base64.encodebytes(raw).decode("ascii"),
        "8bit": lambda: text,
    }[coding]()
    return [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}", "", coded]


def _multipart(kind: str, boundary: str, parts: list[list[str]]) -> list[str]:
    lines = [f'Content-Type: multipart/{kind}; boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--", ""]


def _crlf(lines: list[str]) -> bytes:
    return "\n".join(lines).replace("\r\n", "\n").replace("\n", "\r\n").encode()
