"""Robots are told from people: by their headers, and by their words where they set none."""

import pytest

from pipeline.mail.automatic import automatic_kind
from pipeline.mail.message import read_mail

REPLY = "In-Reply-To: <ask@x.example>\nSubject: Re: [REQ-2026-0042] Persetujuan\n"


def kind(headers: str, text: str = "Setuju") -> str:
    return automatic_kind(read_mail(f"From: Ratna <ratna@x.example>\n{headers}\n{text}\n".encode()))


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: away",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
        "X-MS-Exchange-Inbox-Rules-Loop: a@x.example",
        "X-POST-MessageClass: 9; Autoresponder",
    ],
)
def test_a_header_of_a_robot_is_believed(header: str) -> None:
    assert kind(REPLY + header + "\n") == "auto_reply"


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: no", "X-Autoreply: no", "Precedence: normal", "X-Mailer: Microsoft Outlook 16.0"],
)
def test_a_header_that_says_no_is_no_robot(header: str) -> None:
    assert kind(REPLY + header + "\n") == ""


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: [REQ-2026-0042]",
        "Balasan otomatis: [REQ-2026-0042]",
        "Out of Office: Persetujuan",
        "Jawaban otomatis: x",
        "Sedang cuti Re: x",
        "Auto: x",
        "Autoreply: x",
        "Di luar kantor: x",
    ],
)
def test_a_subject_of_a_robot_is_believed(subject: str) -> None:
    assert kind(f"Subject: {subject}\n") == "auto_reply"


@pytest.mark.parametrize(
    "text",
    [
        "Saya sedang cuti sampai 3 Desember. Untuk hal mendesak hubungi Pak Anton.",
        "I am out of the office until Monday.",
        "I'm on annual leave and will respond when I return.",
        "[Pesan otomatis] Saya sedang rapat.",
        "Terima kasih telah menghubungi kami.",
        "This is an automated response. Approved requests are handled next week.",
        "Saya sedang dinas luar kota, kembali bekerja tanggal 7.",
    ],
)
def test_an_absence_without_headers_is_told_by_its_words(text: str) -> None:
    assert kind(REPLY, text) == "auto_reply"


@pytest.mark.parametrize(
    "text",
    ["Setuju.", "Tolak, dia sedang cuti.", "Setuju, saya balas dari luar", "Approved. Sorry for the delay."],
)
def test_a_person_is_no_robot(text: str) -> None:
    quote = "\n\nPada 25 Nov 2026 pukul 08.47 Portal <akses@x.example> menulis:\n> Yth. Ibu\n> Balas SETUJU\n"
    assert kind(REPLY, text + quote) == ""


@pytest.mark.parametrize(
    "head",
    [
        "Pada 25 Nov 2026 pukul 08.47 Portal <akses@x.example> menulis:",
        "Dari: Portal <akses@x.example>\nDikirim: Rabu\nSubjek: x\n",
        "-----Original Message-----\nFrom: Portal\nSent: Wed\nSubject: x\n",
    ],
)
def test_our_own_letter_below_an_answer_makes_it_no_robot(head: str) -> None:
    assert kind(REPLY, f"Setuju\n\n{head}\n\nEmail ini dikirim otomatis oleh Portal.\n") == ""


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", ""),
        ("X-Failed-Recipients: a@x.example\n", ""),
        ("Subject: Undelivered Mail Returned to Sender\n", ""),
        ("Subject: Delivery Status Notification (Failure)\n", ""),
        ("Subject: Tidak terkirim: Persetujuan\n", ""),
        (
            "Return-Path: <>\nSubject: x\n",
            "Hi. This is the qmail-send program at mx. I'm afraid I wasn't able to deliver your message",
        ),
    ],
)
def test_a_bounce_is_a_bounce(headers: str, text: str) -> None:
    assert kind(headers, text) == "bounce"


def test_mail_of_the_mail_system_is_a_bounce() -> None:
    assert (
        automatic_kind(read_mail(b"From: MAILER-DAEMON@x.example\nSubject: ditolak\n\nditolak\n")) == "bounce"
    )


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n",
        "Subject: Read: [REQ-2026-0042]\n",
        "Subject: Dibaca: [REQ-2026-0042]\n",
        "Subject: Not read: [REQ-2026-0042]\n",
        "Subject: Tanda terima baca\n",
    ],
)
def test_a_receipt_is_a_receipt(headers: str) -> None:
    assert kind(headers, "") == "receipt"


@pytest.mark.parametrize(
    "subject", ["Accepted: Rapat akses", "Declined: Rapat", "Ditolak: Rapat", "Diterima: Rapat"]
)
def test_an_answer_to_an_invitation_is_no_verdict(subject: str) -> None:
    assert kind(f"Subject: {subject}\n") == "calendar"


def test_list_mail_that_answers_nothing_is_list_mail() -> None:
    assert kind("List-Unsubscribe: <mailto:u@x.example>\nSubject: Promo\n", "Approved prices") == "list"
    assert kind(REPLY + "List-Id: <it.x.example>\n") == ""
