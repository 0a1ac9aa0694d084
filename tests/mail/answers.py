"""Answers as mail programs write them: a builder for each program's way of quoting. Invented people only."""

import base64
import html as html_module
import quopri
from collections.abc import Callable
from dataclasses import dataclass

APPROVER = "ratna.wibowo@sentosa-abadi.example"
PORTAL = "akses@sentosa-abadi.example"
REF = "REQ-2026-0042"
LETTER = "<ask-0042@sentosa-abadi.example>"
ITEMS = {1: "Accurate Online - Kas & Bank", 2: "VPN", 3: "Folder bersama Finance"}
QUOTED = (
    "Yth. Ibu Ratna Wibowo,",
    "",
    f"Ada permintaan akses {REF} yang menunggu keputusan.",
    "",
    "1. Accurate Online - Kas & Bank",
    "2. VPN",
    "3. Folder bersama Finance",
    "",
    "Balas SETUJU atau TOLAK <alasan>. Tidak disetujui bila tidak dijawab.",
    "Email ini dikirim otomatis.",
)
SUBJECT = f"[{REF}] Persetujuan permintaan akses"


@dataclass(frozen=True)
class Program:
    """How one mail program writes an answer."""

    name: str
    #: the line or lines above the quote
    head: tuple[str, ...]
    #: set before each quoted line
    prefix: str = ""
    #: typed below the answer by the program or the person
    tail: tuple[str, ...] = ()
    subject: str = "Re: "
    #: (answer, quote, head) -> the HTML part; None: the mail is plain text
    page: Callable[[str, str, str], str] | None = None
    #: the answer stands below the quote
    below: bool = False
    coding: str = "quoted-printable"
    headers: tuple[str, ...] = ()


def _lines(text: str) -> str:
    return html_module.escape(text).replace("\n", "<br>")


def _gmail(answer: str, quote: str, head: str) -> str:
    return (
        f'<div dir="ltr">{answer}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{head}<br>'
        f'</div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{quote}</blockquote></div>'
    )


def _outlook(answer: str, quote: str, head: str) -> str:
    return (
        '<html><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body><div class="WordSection1">'
        f'<p class="MsoNormal">{answer}</p><p class="MsoNormal">&nbsp;</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt">'
        f'<p class="MsoNormal">{head}</p></div></div><p>{quote}</p></div></body></html>'
    )


def _owa(answer: str, quote: str, head: str) -> str:
    return (
        f'<div class="elementToProof">{answer}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font>{head}</font></div><div>{quote}</div>'
    )


def _apple(answer: str, quote: str, head: str) -> str:
    return (
        f'<html><body dir="auto">{answer}<div dir="ltr"><br></div><div dir="ltr"><br><blockquote type="cite">{head}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">{quote}</div></blockquote></body></html>'
    )


def _yahoo(answer: str, quote: str, head: str) -> str:
    return (
        f'<div class="yahoo-style-wrap"><div dir="ltr">{answer}</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>{head}</div>'
        f"<div>{quote}</div></div>"
    )


def _plain_page(answer: str, quote: str, head: str) -> str:
    return f'<html><body><p>{answer}</p><div>{head}</div><blockquote type="cite">{quote}</blockquote></body></html>'


def _proton(answer: str, quote: str, head: str) -> str:
    return (
        f'<div style="font-family: Arial">{answer}</div><div class="protonmail_signature_block"><div>Dikirim dengan Proton Mail.</div></div>'
        f'<div class="protonmail_quote">{head}<br><blockquote class="protonmail_quote" type="cite">{quote}</blockquote></div>'
    )


_FROM_ID = (
    "Dari: Portal Akses IT <akses@sentosa-abadi.example>",
    "Dikirim: Rabu, 25 November 2026 08.47",
    "Kepada: Ratna Wibowo <ratna.wibowo@sentosa-abadi.example>",
    f"Subjek: {SUBJECT}",
)
_FROM_EN = (
    "From: Access Desk <akses@sentosa-abadi.example>",
    "Sent: Wednesday, November 25, 2026 8:47 AM",
    "To: Ratna Wibowo <ratna.wibowo@sentosa-abadi.example>",
    f"Subject: {SUBJECT}",
)
_RULE = "_" * 32
_WROTE_ID = ("Pada Rab, 25 Nov 2026 pukul 08.47 Portal Akses IT <", "akses@sentosa-abadi.example> menulis:")
_WROTE_EN = ("On Wed, 25 Nov 2026 at 08:47, Access Desk <akses@sentosa-abadi.example>", "wrote:")
_SIGNED = ("", "Ratna Wibowo", "Manajer TI", "PT Sentosa Abadi", "Telp. (021) 5550-0000")

PROGRAMS: tuple[Program, ...] = (
    Program("Gmail web id", _WROTE_ID, "> ", page=_gmail),
    Program("Gmail web en", _WROTE_EN, "> ", page=_gmail, coding="base64"),
    Program(
        "Gmail web signature", _WROTE_ID, "> ", ("", "--", "Ratna Wibowo", "Manajer TI | PT Sentosa Abadi")
    ),
    Program(
        "Gmail Android id",
        ("Pada tanggal Rab, 25 Nov 2026 08.47, Portal Akses IT <akses@sentosa-abadi.example> menulis:",),
        "> ",
        page=_gmail,
    ),
    Program(
        "Gmail Android en",
        ("On Wed, Nov 25, 2026, 8:47 AM Access Desk <akses@sentosa-abadi.example> wrote:",),
        "> ",
        page=_gmail,
    ),
    Program("Gmail old", ("2026-11-25 8:47 GMT+07:00 Portal Akses IT <akses@sentosa-abadi.example>:",), "> "),
    Program("Outlook desktop id", _FROM_ID, tail=_SIGNED, subject="RE: ", page=_outlook),
    Program("Outlook desktop en", _FROM_EN, subject="RE: ", page=_outlook),
    Program("Outlook desktop plain id", ("-----Pesan Asli-----", *_FROM_ID), subject="RE: "),
    Program("Outlook desktop plain en", ("-----Original Message-----", *_FROM_EN), subject="RE: "),
    Program("Outlook web id", (_RULE, *_FROM_ID), page=_owa),
    Program("Outlook web en", (_RULE, *_FROM_EN), page=_owa),
    Program(
        "Outlook iOS id", (_RULE, *_FROM_ID), tail=("", "Dapatkan Outlook untuk iOS<https://aka.ms/o0ukef>")
    ),
    Program("Outlook iOS en", (_RULE, *_FROM_EN), tail=("", "Get Outlook for iOS<https://aka.ms/o0ukef>")),
    Program(
        "Outlook Android id",
        (_RULE, *_FROM_ID),
        tail=("", "Dapatkan Outlook untuk Android<https://aka.ms/AAb9ysg>"),
    ),
    Program(
        "Outlook Android en", (_RULE, *_FROM_EN), tail=("", "Get Outlook for Android<https://aka.ms/AAb9ysg>")
    ),
    Program(
        "Outlook Mac id",
        (
            "Dari: Portal Akses IT <akses@sentosa-abadi.example>",
            "Tanggal: Rabu, 25 November 2026 pukul 08.47",
            *_FROM_ID[2:],
        ),
        page=_outlook,
    ),
    Program(
        "Outlook Mac en",
        (
            "From: Access Desk <akses@sentosa-abadi.example>",
            "Date: Wednesday, 25 November 2026 at 08.47",
            *_FROM_EN[2:],
        ),
        page=_outlook,
    ),
    Program(
        "Apple Mail id",
        ("Pada 25 Nov 2026, pukul 08.47, Portal Akses IT <akses@sentosa-abadi.example> menulis:",),
        "> ",
        page=_apple,
    ),
    Program(
        "Apple Mail en",
        ("On 25 Nov 2026, at 08.47, Access Desk <akses@sentosa-abadi.example> wrote:",),
        "> ",
        page=_apple,
    ),
    Program(
        "iPhone id",
        ("Pada 25 Nov 2026, pukul 08.47, Portal Akses IT <akses@sentosa-abadi.example> menulis:",),
        "> ",
        ("", "Dikirim dari iPhone saya"),
    ),
    Program(
        "iPhone en",
        ("On 25 Nov 2026, at 08.47, Access Desk <akses@sentosa-abadi.example> wrote:",),
        "> ",
        ("", "Sent from my iPhone"),
    ),
    Program(
        "iPad id",
        ("Pada 25 Nov 2026, pukul 08.47, Portal Akses IT <akses@sentosa-abadi.example> menulis:",),
        "> ",
        ("", "Dikirim dari iPad saya"),
    ),
    Program(
        "Samsung id",
        (
            "-------- Pesan asli --------",
            "Dari: Portal Akses IT <akses@sentosa-abadi.example>",
            "Tanggal: 25/11/26 08.47 (GMT+07:00)",
            "Ke: Ratna Wibowo <ratna.wibowo@sentosa-abadi.example>",
            f"Perihal: {SUBJECT}",
        ),
        tail=("", "Dikirim dari perangkat Galaxy saya"),
    ),
    Program(
        "Samsung en",
        (
            "-------- Original message --------",
            "From: Access Desk <akses@sentosa-abadi.example>",
            "Date: 25/11/26 08:47 (GMT+07:00)",
            "To: Ratna Wibowo <ratna.wibowo@sentosa-abadi.example>",
            f"Subject: {SUBJECT}",
        ),
        tail=("", "Sent from my Galaxy"),
    ),
    Program("Thunderbird id", ("Pada 25/11/26 08.47, Portal Akses IT menulis:",), "> "),
    Program("Thunderbird en", ("On 25/11/26 08:47, Access Desk wrote:",), "> ", page=_plain_page),
    Program("Thunderbird below", ("Pada 25/11/26 08.47, Portal Akses IT menulis:",), "> ", below=True),
    Program(
        "Yahoo id",
        (
            "    Pada Rabu, 25 November 2026 pukul 08.47.05 WIB, Portal Akses IT <akses@sentosa-abadi.example> menulis:  ",
        ),
        " ",
        subject="Bls: ",
        page=_yahoo,
    ),
    Program(
        "Yahoo en",
        (
            "    On Wednesday, November 25, 2026 at 08:47:05 AM GMT+7, Access Desk <akses@sentosa-abadi.example> wrote:  ",
        ),
        " ",
        page=_yahoo,
    ),
    Program(
        "Yahoo Android",
        (" ", "  Pada Rab, 25 Nov 2026 pada 8:47, Portal Akses IT<akses@sentosa-abadi.example> menulis:"),
        " ",
        ("", "Dikirim dari Yahoo Mail di Android"),
    ),
    Program(
        "Zimbra id",
        (
            "",
            'Dari: "Portal Akses IT" <akses@sentosa-abadi.example>',
            'Kepada: "Ratna Wibowo" <ratna.wibowo@sentosa-abadi.example>',
            "Terkirim: Rabu, 25 November 2026 08:47:05",
            f"Perihal: {SUBJECT}",
        ),
    ),
    Program(
        "Zimbra en",
        (
            "----- Original Message -----",
            'From: "Access Desk" <akses@sentosa-abadi.example>',
            'To: "Ratna Wibowo" <ratna.wibowo@sentosa-abadi.example>',
            "Sent: Wednesday, November 25, 2026 8:47:05 AM",
            f"Subject: {SUBJECT}",
        ),
    ),
    Program(
        "Notes id",
        (
            "Dari:   Portal Akses IT/Sentosa",
            "Kepada: Ratna Wibowo/Sentosa@Sentosa",
            "Tanggal:        25/11/2026 08:47",
            f"Subjek: {SUBJECT}",
            "_" * 40,
        ),
    ),
    Program(
        "Notes en",
        (
            "From:   Access Desk/Sentosa",
            "To:     Ratna Wibowo/Sentosa@Sentosa",
            "Date:   25/11/2026 08:47 AM",
            f"Subject:        {SUBJECT}",
            "_" * 40,
        ),
    ),
    Program("Notes dashes", ("Portal Akses IT ---25/11/2026 08.47.00---Permintaan akses",), "> "),
    Program("Roundcube id", ("Pada 2026-11-25 08:47, Portal Akses IT menulis:",), "> "),
    Program("Roundcube en", ("On 2026-11-25 08:47, Access Desk wrote:",), "> ", below=True),
    Program("Roundcube top html", ("On 2026-11-25 08:47, Access Desk wrote:",), "> ", page=_plain_page),
    Program("Mutt", ("On Wed, Nov 25, 2026 at 08:47:05AM +0700, Access Desk wrote:",), "> ", below=True),
    Program("Mutt id", ("Pada Wed, Nov 25, 2026 at 08:47:05AM +0700, Portal Akses IT menulis:",), "> "),
    Program(
        "Proton",
        ("On Wednesday, 25 November 2026 at 08:47, Access Desk <akses@sentosa-abadi.example> wrote:",),
        "> ",
        ("", "Dikirim dengan Proton Mail."),
        page=_proton,
    ),
    Program(
        "BlackBerry",
        ("-----Original Message-----", *_FROM_EN),
        tail=("", "Sent from my BlackBerry® wireless device"),
    ),
    Program(
        "Windows Mail",
        (
            "From: Access Desk",
            "Sent: Wednesday, 25 November 2026 08:47",
            "To: Ratna Wibowo",
            f"Subject: {SUBJECT}",
        ),
        tail=("", "Sent from Mail for Windows"),
    ),
    Program(
        "K-9",
        ("Pada 25 November 2026 08.47.05 WIB, Portal Akses IT <akses@sentosa-abadi.example> menulis:",),
        ">",
        ("", "--", "Dikirim dari perangkat Android saya menggunakan K-9 Mail."),
    ),
    Program("The Bat!", ("Wednesday, November 25, 2026, 8:47:05 AM, you wrote:", ""), "AD> ", below=True),
    Program("GroupWise", (">>> Access Desk <akses@sentosa-abadi.example> 11/25/2026 8:47 AM >>>",)),
    Program(
        "Foxmail",
        (
            "------------------ Original ------------------",
            'From:  "Access Desk"<akses@sentosa-abadi.example>;',
            "Date:  Wed, Nov 25, 2026 08:47 AM",
            'To:  "Ratna Wibowo"<ratna.wibowo@sentosa-abadi.example>; ',
            f"Subject:  {SUBJECT}",
        ),
    ),
    Program("Gmail ru", ("ср, 25 нояб. 2026 г. в 08:47, Access Desk <akses@sentosa-abadi.example>:",), "> "),
    Program(
        "Gmail de", ("Am Mi., 25. Nov. 2026 um 08:47 Uhr schrieb Access Desk <akses@sentosa-abadi.example>:",)
    ),
    Program(
        "Name and title", _WROTE_ID, "> ", ("", "Ratna Wibowo | Kepala TI", "Hemat kertas: jangan dicetak.")
    ),
    Program("Name, title", _FROM_ID, tail=("", "Ratna Wibowo, IT Manager")),
    Program("Name, degrees", _FROM_ID, tail=("", "Ir. Ratna Wibowo, S.T., M.Kom.", "Kepala Departemen TI")),
    Program(
        "Disclaimer",
        _FROM_EN,
        tail=(
            "",
            "Ratna Wibowo",
            "",
            "DISCLAIMER: This e-mail is confidential. If you are not the intended recipient, it is not approved for you.",
        ),
    ),
)


def answer(program: Program, typed: str) -> bytes:
    """The raw mail in which `typed` answers our letter with this program."""
    head = "\n".join(program.head)
    quote = "\n".join(program.prefix + line for line in QUOTED)
    own = "\n".join([typed, *program.tail])
    text = f"{head}\n{quote}\n\n{own}\n" if program.below else f"{own}\n\n{head}\n{quote}\n"
    top = [
        f"From: Ratna Wibowo <{APPROVER}>",
        f"To: Portal Akses IT <{PORTAL}>",
        f"Subject: {program.subject}{SUBJECT}",
        "Date: Wed, 25 Nov 2026 13:05:22 +0700",
        f"Message-ID: <{abs(hash(program.name))}@client.example>",
        f"In-Reply-To: {LETTER}",
        f"References: {LETTER}",
        "MIME-Version: 1.0",
        *program.headers,
    ]
    if program.page is None:
        return _mail([*top, *_part("text/plain", text, program.coding)])
    tail = "" if program.page is _proton else "".join(f"<br>{_lines(line)}" for line in program.tail)
    page = program.page(_lines(typed) + tail, "<br>".join(map(_lines, QUOTED)), _lines(head))
    return _mail(
        [
            *top,
            'Content-Type: multipart/alternative; boundary="b1"',
            "",
            "--b1",
            *_part("text/plain", text, program.coding),
            "--b1",
            *_part("text/html", page, program.coding),
            "--b1--",
            "",
        ]
    )


def _part(kind: str, text: str, coding: str) -> list[str]:
    raw = text.encode()
    coded = quopri.encodestring(raw) if coding == "quoted-printable" else base64.encodebytes(raw)
    return [
        f"Content-Type: {kind}; charset=utf-8",
        f"Content-Transfer-Encoding: {coding}",
        "",
        coded.decode(),
    ]


def _mail(lines: list[str]) -> bytes:
    return "\n".join(lines).replace("\r\n", "\n").replace("\n", "\r\n").encode()
