"""Robots are told from people: by their headers, and by their words where they set none."""

import pytest

from pipeline.mail.automatic import automatic_kind, shows_absence
from pipeline.mail.message import read_mail

REPLY = "In-Reply-To: <ask@x.example>\nSubject: Re: [REQ-2026-0042] Persetujuan\n"


QUOTE = "\n\nPada 25 Nov 2026 pukul 08.47 Portal <akses@x.example> menulis:\n> Yth. Ibu\n> Balas SETUJU\n"


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
        "Auto: x",
        "Autoreply: x",
    ],
)
def test_a_subject_of_a_robot_is_believed(subject: str) -> None:
    assert kind(f"Subject: {subject}\n") == "auto_reply"


@pytest.mark.parametrize("subject", ["Sedang cuti Re: x", "Di luar kantor: x", "Cuti - persetujuan akses"])
def test_a_subject_that_a_person_may_write_counts_with_words_that_say_the_same(subject: str) -> None:
    assert kind(f"Subject: {subject}\n", "Saya kembali tanggal 3 Desember.") == "auto_reply"
    assert kind(f"Subject: {subject}\n", "") == "auto_reply"
    assert kind(f"Subject: {subject}\n", "Setuju") == ""


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
    assert kind(REPLY, text + QUOTE) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Saya sedang di luar kota, setuju semua ya.",
        "Sedang rapat. Setuju.",
        "Saya sedang rapat.",
        "I'm travelling, approved.",
        "Lagi di luar kantor jadi singkat saja: TOLAK nomor 3, setuju 1 dan 2",
        "Saya sedang rapat, nanti sore saya putuskan ya.",
        "Pagi mbak, saya masih cuti tapi ini saya setujui semuanya, silakan diproses",
        "Terima kasih sudah menghubungi, saya setuju",
        "Maaf terlambat, kotak surat penuh kemarin. Setuju.",
        "Saya cuti sampai Senin, nanti saya cek setelah kembali",
        "BATAL, karyawannya cuti sampai Januari",
    ],
)
def test_a_person_who_is_away_and_answers_without_a_quote_is_no_robot(text: str) -> None:
    assert kind(REPLY, text) == kind(REPLY, text + QUOTE) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Ini adalah balasan otomatis. Semua permintaan yang masuk saya setujui setelah kembali.",
        "Halo! Ini balasan otomatis.",
        "This is an automated reply. Approved requests are handled next week.",
        "I am out of the office until 3 December. For urgent approvals contact Dewi.",
        "Saya sedang cuti sampai 3 Desember. Untuk hal mendesak hubungi Dewi.",
    ],
)
def test_an_out_of_office_answer_stays_one_above_a_quote(text: str) -> None:
    assert kind(REPLY, text) == kind(REPLY, text + QUOTE) == "auto_reply"


def test_above_a_quote_somebody_elses_leave_is_no_absence_of_the_writer() -> None:
    assert kind(REPLY, "Budi sedang cuti sampai 3 Desember, hubungi Dewi." + QUOTE) == ""


@pytest.mark.parametrize(
    ("headers", "text", "shown"),
    [
        (REPLY + "Auto-Submitted: auto-replied\n", "Saya cuti.", True),
        (REPLY + "Return-Path: <>\n", "Saya cuti.", True),
        (REPLY, "Ini adalah balasan otomatis. Saya cuti.", True),
        ("Subject: Balasan otomatis: x\n", "Saya cuti.", True),
        (REPLY, "Saya sedang cuti sampai 3 Desember. Hubungi Dewi.", False),
        ("Subject: Cuti Re: x\n", "Saya kembali tanggal 3.", False),
        (REPLY + "X-Auto-Response-Suppress: All\n", "Setuju.", False),
        ("Subject: Tiket Anda #12 telah diterima\n", "Segera kami kerjakan.", False),
    ],
)
def test_words_alone_never_show_an_absence_beyond_doubt(headers: str, text: str, shown: bool) -> None:
    mail = read_mail(f"From: Ratna <ratna@x.example>\n{headers}\n{text}\n".encode())
    assert automatic_kind(mail) == "auto_reply"
    assert shows_absence(mail) is shown


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


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Ditolak: [REQ-2026-0042] Persetujuan", "TOLAK karena belum perlu"),
        ("Ditolak: [REQ-2026-0042] Persetujuan", ""),
        ("Diterima: permintaan akses", "SETUJU"),
        ("Dibatalkan: REQ-2026-0001", "BATAL"),
        ("Diterima: karyawan baru Putri", "Mohon dibuatkan akses"),
        ("Dibaca: [REQ-2026-0042] Persetujuan", "Setuju"),
    ],
)
def test_a_subject_like_a_calendars_or_a_receipts_is_a_persons_without_such_a_part(
    subject: str, text: str
) -> None:
    assert kind(f"Subject: {subject}\n", text) == ""


def test_a_calendar_part_makes_it_a_calendars_answer_whatever_else_is_said() -> None:
    part = "Content-Type: text/calendar; method=REPLY\n"
    assert kind("Subject: Ditolak: [REQ-2026-0042]\n" + part, "BEGIN:VCALENDAR\nMETHOD:REPLY\n") == "calendar"


@pytest.mark.parametrize("precedence", ["bulk", "junk", "Bulk"])
@pytest.mark.parametrize("text", ["SETUJU", "BATAL", "Bagaimana?"])
def test_bulk_post_is_no_answer_even_in_our_thread(precedence: str, text: str) -> None:
    assert kind(REPLY + f"Precedence: {precedence}\n", text) == "list"


def test_a_list_that_passes_on_an_answer_makes_it_no_bulk_post() -> None:
    """Whether such an answer counts is for its desk."""
    assert kind(REPLY + "Precedence: bulk\nList-Id: <it.x.example>\n") == ""
