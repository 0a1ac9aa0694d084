"""An approval holds for the request as it stands: what narrows, delays or passes it on is asked back."""
# ruff: noqa: E501  (lists of answers)

import pytest

from pipeline.approval.replies import Reply, read_reply
from pipeline.mail.newtext import new_text
from tests.approval.reply_table import APPROVER, PORTAL, known, mail, read

NARROWED = (
    # a noun that is not the request's
    "Setuju untuk akun lama.", "Setuju yang lama.", "Setuju, akses karyawan.", "Setuju, akses kantor.", "Setuju di kantor.",
    "Setuju, dengan akun tim.", "Setuju yang perlu.", "Setuju, buka yang perlu.", "Setuju yang lalu.",
    "Approved, office project access.", "Approved, staff account.", "Approved, per project.", "Approved per our email.",
    "Approved for our team.", "Approved with the same.", "Approved, same as Budi.", "Approve 1 as requester role",
    "Project approved.", "Reject 2, approve the rest while on project.",
    # a day or a time it is to start on
    "Setuju, aktifkan hari Senin.", "Setuju, tolong diaktifkan per 1 Maret 2027.", "Setuju, jalankan tanggal 10.",
    "Approved, please enable on Monday.", "Approved, in the morning.", "Approved for this morning.", "Setuju untuk malam ini.",
    "Approved except VPN. Start in January.",
    # something is still to be handed in or passed on
    "Approved, need copy of form.", "Setuju, tolong buat permintaan baru.", "Approved, tell Kevin to see HR.",
    "Approved, tell Kevin it's for reports.", "Approved, let Kevin know the access is for reports.",
    # what follows a reason is no reason
    "Setuju karena mendesak, saya curiga.", "Setuju karena mendesak, akunnya Dedi.", "Approved because it's urgent, VPN off.",
    # a name with no verdict behind an exception
    "Approved except 2 (and 3).", "Approved except VPN. Same for SharePoint.",
    # doubts, and somebody else
    "Approved, hopefully.", "Nice that this is approved.", "Make me approve.", "Disetujui IT.", "Saya setuju sama tim IT.",
)  # fmt: skip
WHOLE = (
    "Setuju sesuai permintaan.", "Setuju untuk permintaan di bawah.", "Setuju untuk karyawan tersebut.",
    "Kami dari Divisi Keuangan menyetujui permintaan ini.", "Approved from our department.", "Setuju, mohon tim IT memproses hari ini.",
    "Menindaklanjuti email di bawah, saya setuju.", "Terima kasih, selamat hari Senin. Saya setujui permintaannya.",
    "Setuju, mohon selesai sebelum hari Jumat.", "Approved, please have it ready by Monday.", "Approved. She starts on Monday.",
    "Disetujui. Mohon akunnya sudah aktif pada tanggal 7 Desember.", "Setuju karena memang dibutuhkan untuk pekerjaannya.",
    "Setuju, nanti kalau sudah aktif kabari usernya ya.", "Approved. Remind him to change the password on first login.",
    "Setuju, semoga lancar.", "Setuju. Jangan lupa kirim email ke user kalau sudah aktif.",
)  # fmt: skip


@pytest.mark.parametrize("sentence", NARROWED)
def test_what_narrows_delays_or_passes_on_is_asked_back(sentence: str) -> None:
    assert "approve" not in read(sentence, "E").items.values()


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_only_tells_of_the_request_still_approves(sentence: str) -> None:
    assert read(sentence).decision == "approve"


QUOTE = "\n\nPada Sel, 24 Nov 2026 pukul 10.12 Portal <akses@sentosa-abadi.example> menulis:\n\n> Yth. Ibu Ratna,\n> 1. VPN\n"


def answered(typed: str, in_html: bool = False) -> Reply:
    """What is read from a whole mail in which this stands above the quote."""
    page = f"<html><body><div>{typed}</div><blockquote>Yth.</blockquote></body></html>".replace("\n", "<br>")
    got = mail(text=None, html=page) if in_html else mail(text=typed + QUOTE)
    return read_reply(got, new_text(got), (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=False)


@pytest.mark.parametrize(
    "below",
    [
        "Salam,\nRatna\nSebulan saja", "Salam,\nRatna\nmulai Senin", "Salam,\nRatna\n\nKontraknya diteken ya", "Thanks,\nRatna\nGuest account",
        "Sent from my iPhone. Not until Monday", "Sent from my phone - not the VPN", "Dikirim dari Galaxy saya. Batalkan saja",
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_html", [False, True])
def test_an_afterthought_below_the_name_counts(below: str, in_html: bool) -> None:
    assert answered(f"Setuju.\n\n{below}", in_html).decision == "unclear"


@pytest.mark.parametrize(
    "typed", ["Setuju\n> tapi VPN jangan", "> Batal saja\nSetuju", "Setuju\n>> eh jangan"]
)
def test_a_line_behind_an_angle_above_the_quote_is_the_writers_own(typed: str) -> None:
    assert answered(typed).decision == "unclear"


@pytest.mark.parametrize(
    "below",
    [
        "Salam,\nRatna Wibowo\nHead of Finance", "Regards,\nRatna Wibowo\nSenior Level Accountant\nLevel 12, Menara Thamrin\nT: +62 21 555 1234",
        "Sent from my iPhone. Please excuse brevity and typos.", "Get Outlook for Android", "Thanks.\nRatna\nOffice hours: Monday - Friday",
        "Salam,\nRatna\n\nThink before you print. Only print what you must.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_html", [False, True])
def test_a_signature_takes_nothing_back(below: str, in_html: bool) -> None:
    assert answered(f"Setuju.\n\n{below}", in_html).decision == "approve"
