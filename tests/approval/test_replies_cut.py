"""Whole mails: what stands below an answer, and headlines above answers between the lines."""

import pytest

from pipeline.approval.replies import Reply, read_reply
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import new_text
from tests.approval.reply_table import APPROVER, PORTAL, known

HEAD = (
    f"From: Ratna Wibowo <{APPROVER}>\nTo: {PORTAL}\nSubject: Re: [REQ-2026-0042]\n"
    "In-Reply-To: <ask-0042@sentosa-abadi.example>\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
)
QUOTE = "> Mohon keputusan\n> 1. Accurate Online - Kas & Bank\n> 2. VPN\n> 3. Folder bersama Finance\n"


def _read(text: str) -> Reply:
    mail = read_mail((HEAD + text).encode())
    return read_reply(
        mail, new_text(mail), (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=False
    )  # fmt: skip


@pytest.mark.parametrize(
    "attribution",
    [
        f"Pada Kamis, 3 Desember 2026 pukul 08.05, Portal Akses\n<{PORTAL}> menulis:",
        f"On Tuesday, December 2nd, 2026 at 4:10 PM, Access Portal\n<{PORTAL}> wrote:",
        f"On Monday, January 4th, 2027 at 11:20 AM,\nAccess Portal of Sentosa Abadi\n<{PORTAL}> wrote:",
    ],
)
def test_a_wrapped_attribution_with_a_date_is_no_afterthought(attribution: str) -> None:
    assert _read(f"SETUJU\n\nDikirim dari ponsel saya\n\n{attribution}\n{QUOTE}").decision == "approve"


@pytest.mark.parametrize(
    "below",
    [
        "Ratna Wibowo\nManajer TI\nCertified by TUV - ISO 9001:2015 & ISO 27001:2022",
        "Ratna Wibowo\nIT Manager\nMember of Sentosa Group",
        "Ratna Wibowo\nKepala TI\nPerusahaan bersertifikat SNI ISO 9001:2015",
        "-- \nRatna W.\nIT Dept\n\nSudah kurangi cetak hari ini? Satu lembar kertas, satu pohon.",
        "--\nRatna\nReject paper, not the planet: do you need to print this?",
        "(ditandatangani secara elektronik)",
        "Digitally signed",
        "Dokumen ini telah ditandatangani secara digital",
    ],
)
def test_a_certificate_a_saying_or_a_stamp_below_says_nothing(below: str) -> None:
    assert (
        _read(f"SETUJU\n\n{below}\n\nPada 24/11/2026, Portal <{PORTAL}> menulis:\n{QUOTE}").decision
        == "approve"
    )


@pytest.mark.parametrize(
    "below",
    [
        "Ratna Wibowo\nHanya untuk folder ISO 9001:2015",
        "Ratna Wibowo\nAkses ISO 27001 jangan",
        "Ratna Wibowo\nMember of Finance only",
        "Ratna Wibowo\nKalau sudah bersertifikat ISO 27001",
        "-- \nRatna\nVPN jangan, hemat kertas dan lingkungan",
        "-- \nRatna\nTolak nomor 2, jangan cetak kertas",
        "(harus ditandatangani secara elektronik)",
        "setelah ditandatangani secara elektronik",
        "Belum ditandatangani secara digital",
        "To be signed electronically",
        "Ditandatangani secara elektronik dulu",
        "Pada tanggal 7 Desember 2026 saja",
        "Pada 7 Desember 2026 pukul 09.00 baru dibuka",
    ],
)
def test_an_afterthought_in_the_form_of_one_is_asked_back(below: str) -> None:
    reply = _read(
        f"SETUJU\n\n{below}\n\nPada Selasa, 24 November 2026 09.14, Portal <{PORTAL}> menulis:\n{QUOTE}"
    )
    assert reply.decision == "unclear"


def _between(headline: str) -> str:
    return (
        f"{headline}\n\nPada 24/11/2026, Portal <{PORTAL}> menulis:\n"
        "> 1. Accurate Online - Kas & Bank\n\nacc\n\n"
        "> 2. VPN\n\ntolak, tidak perlu\n\n> 3. Folder bersama Finance\n\nsetuju\n\n> Salam\n"
    )


@pytest.mark.parametrize(
    "headline",
    [
        "Komentar saya di bawah setiap poin ya Pak.", "Keputusan saya ada di bawah masing-masing item.",
        "My responses are below each item.", "Please see my decision under every line.",
        "Jawaban saya di bawah tiap baris.",
    ],
)  # fmt: skip
def test_a_headline_that_points_at_the_answers_says_nothing_more(headline: str) -> None:
    reply = _read(_between(headline))
    assert dict(reply.items) == {1: "approve", 2: "reject", 3: "approve"}


@pytest.mark.parametrize(
    "headline",
    [
        "Jawaban di bawah ini baru usulan saya.", "Tunggu dulu, jawaban saya di bawah masih konsep.",
        "My answers below are conditional.", "Apakah jawaban saya di bawah tiap item terbaca?",
        "Jawaban di bawah berlaku kalau sudah ttd.", "My answers below are for next year.",
    ],
)  # fmt: skip
def test_a_headline_that_limits_the_answers_is_asked_back(headline: str) -> None:
    assert "approve" not in _read(_between(headline)).items.values()
