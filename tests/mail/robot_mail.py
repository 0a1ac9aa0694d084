"""Automatic answers to a letter of ours, as the families of the examples send them. Invented people only."""

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime

from pipeline.demo.clients import Received
from pipeline.demo.company import AUTHSERV, DOMAIN, PORTAL
from pipeline.model import Person


def _mail(
    letter: Received, sender: str, at: datetime, subject: str, headers: str, body: str, threaded: bool = True
) -> bytes:
    thread = f"In-Reply-To: {letter.message_id}\nReferences: {letter.message_id}\n" if threaded else ""
    top = (
        f"Return-Path: <>\nAuthentication-Results: {AUTHSERV}; dmarc=pass header.from={DOMAIN}\n"
        f"From: {sender}\nTo: {PORTAL}\nSubject: {subject}\nDate: {format_datetime(at)}\n"
        f"Message-ID: <{abs(hash((subject, headers, body)))}@{DOMAIN}>\n{thread}{headers}MIME-Version: 1.0\n"
    )
    return (top + body).replace("\n", "\r\n").encode()


def _said(text: str) -> str:
    return f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"


def _report(kind: str, text: str, part: str, fields: str) -> str:
    return (
        f'Content-Type: multipart/report; report-type={kind}; boundary="r"\n\n--r\n{_said(text)}--r\n'
        f"Content-Type: message/{part}\n\n{fields}\n--r--\n"
    )


def _oof_gmail(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f"{who.name} <{who.email}>", at, f"Cuti tahunan Re: {letter.subject}",
        "Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n",
        _said("Saya cuti sampai 3 Desember. Semua permintaan saya setujui setelah kembali."),
    )  # fmt: skip


def _oof_cpanel(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f'"{who.name}" <{who.email}>', at, "Out of office",
        "Auto-Submitted: auto-replied\nX-Autorespond: Mohon persetujuan\nX-Loop: autorespond\n",
        _said("I am away. Approved requests will be handled next week."), threaded=False,
    )  # fmt: skip


def _oof_none_plain(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f"{who.name} <{who.email}>", at, f"Re: {letter.subject}", "",
        _said("[Pesan otomatis]\nSaya sedang rapat direksi. Permintaan hari ini saya anggap disetujui."),
    ).replace(b"Return-Path: <>\r\n", b"")  # fmt: skip


def _calendar(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f"{who.name} <{who.email}>", at, "Diterima: Rapat persetujuan akses", "",
        'Content-Type: multipart/alternative; boundary="c"\n\n--c\n' + _said("Andi menerima undangan ini.")
        + "--c\nContent-Type: text/calendar; method=REPLY; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n"
        "END:VCALENDAR\n--c--\n",
    )  # fmt: skip


def _dsn_qmail(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f"MAILER-DAEMON@{DOMAIN}", at, "failure notice", "",
        _said(
            f"Hi. This is the qmail-send program at mx.{DOMAIN}.\n"
            f"I'm afraid I wasn't able to deliver your message.\n\n<{who.email}>:\n"
            "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy.\n\n"
            f"Message-ID: {letter.message_id}\nSubject: SETUJU\n"
        ),
        threaded=False,
    )  # fmt: skip


def _dsn_exchange(letter: Received, who: Person, at: datetime) -> bytes:
    return _mail(
        letter, f"Microsoft Outlook <postmaster@{DOMAIN}>", at, f"Tidak terkirim: {letter.subject}",
        "X-MS-Exchange-Message-Is-Ndr:\nAuto-Submitted: auto-replied\n",
        _report(
            "delivery-status", "Pesan Anda ditolak oleh server penerima.", "delivery-status",
            f"Reporting-MTA: dns;mx.{DOMAIN}\n\nFinal-Recipient: rfc822;{who.email}\nAction: failed\n"
            "Status: 5.7.1\n",
        ),
    )  # fmt: skip


def _mdn(subject: str) -> Callable[[Received, Person, datetime], bytes]:
    def made(letter: Received, who: Person, at: datetime) -> bytes:
        return _mail(
            letter, f"{who.name} <{who.email}>", at, f"{subject} {letter.subject}", "",
            _report(
                "disposition-notification", "Your message was displayed.", "disposition-notification",
                f"Final-Recipient: rfc822;{who.email}\nOriginal-Message-ID: {letter.message_id}\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\n",
            ),
        )  # fmt: skip

    return made


#: Family -> how it answers a letter for this person.
ROBOTS: dict[str, Callable[[Received, Person, datetime], bytes]] = {
    "oof_gmail": _oof_gmail, "oof_cpanel": _oof_cpanel, "oof_none_plain": _oof_none_plain,
    "calendar": _calendar, "dsn_qmail": _dsn_qmail, "dsn_exchange": _dsn_exchange,
    "mdn_outlook": _mdn("Read:"), "mdn_thunderbird": _mdn("Return Receipt (displayed) -"),
}  # fmt: skip
