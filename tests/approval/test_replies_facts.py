"""Facts beside a verdict (what broke down, who takes whose place), and their neighbours, which limit."""

import pytest

from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.mail.newtext import NewText, new_text
from tests.approval.reply_table import APPROVER, LETTER, PORTAL, REF, known, mail, read

#: (request, sentence, verdicts in the order of the items: a, r, or "." for none)
UNDERSTOOD = [
    # why the answer is late
    ("C", "Disetujui. Mohon maaf persetujuan ini terlambat, motor saya mogok di jalan.", "aaa"),
    ("E", "Apologies for the late approval, my phone died. Approved.", "aaa"),
    ("C", "Setuju. Kemarin kelewat emailnya, ketumpuk undangan rapat.", "aaa"),
    ("E", "Just back from leave and saw this. Approved.", "aaa"),
    # what was checked, and proved right
    ("C", "Sudah saya cek ke bagian keuangan, datanya benar. Setuju.", "aaa"),
    ("E", "I checked with Sarah, the details are correct. Approved.", "aaa"),
    ("C", "Formulirnya sudah lengkap dan sudah ditandatangani Pak Gunawan. Disetujui.", "aaa"),
    # the work, and what it is wanted for
    ("C", "acc pak, lanjut besok pagi ya", "aaa"),
    ("E", "Approved. Please have these ready before Monday's ISO surveillance visit.", "aaa"),
    ("C", "Setuju mas. Kalau bisa hari ini ya, mereka sudah nanyain terus.", "aaa"),
    # people
    ("M", "Disetujui. Ayu gantiin Bu Dewi yang pensiun.", "aaaa"),
    ("C", "Setuju, Pak Slamet sudah 10 tahun di produksi, saya percaya.", "aaa"),
    ("C", "Setuju, wajar kalau butuh akses itu.", "aaa"),
    ("E", "I hereby approve the request submitted by Mr. Lim.", "aaa"),
    ("C", "Disetujui. Kuncinya nanti diambil di Bu Sri ya.", "aaa"),
    ("C", "Disetujui, ybs bekerja di sini sejak 2019.", "aaa"),
    # what is approved
    ("C", "Saya setujui semua permintaan di bawah.", "aaa"),
    ("C", "Tanpa syarat apa pun, saya setujui.", "aaa"),
    ("E", "I approve this request in its entirety.", "aaa"),
    # refusals with their reason
    ("C", "TOLAK belum ada tanda tangan kadiv", "rrr"),
    ("C", "Sorry pak reject dulu, formnya versi lama", "rrr"),
    ("C", "SETUJU 1,3 TOLAK 2 akses dari luar belum perlu", "ara"),
    ("E", "Approved: items 1 and 3. Rejected: item 2 - security owns that", "ara"),
    ("P", "Setuju 1,2,3. Nomor 4 (remote desktop) dan 5 (USB storage) ditolak.", "aaarr"),
    ("P", "Setuju semua kecuali nomor 3 (printer), kuota habis", "aaraa"),
    ("P", "Item 5 ditolak demi keamanan, yang lainnya disetujui.", "aaaar"),
    ("P", "Tolak 3 dan 5, selain itu setuju.", "aarar"),
]  # fmt: skip

#: (request, sentence): near misses, none of which approves anything
NEIGHBOURS = [
    ("C", "Setuju. Maaf, persetujuan ini keliru."),
    ("C", "Maaf persetujuannya terlambat, belum saya cek."),
    ("C", "Setuju. Maaf persetujuan ini untuk VPN saja."),
    ("C", "Maaf telat, laptop rusak. Setuju kalau sudah diperbaiki."),
    ("C", "Setuju. Maaf telat, server penuh jadi ditunda."),
    ("C", "Setuju. Maaf terlambat, internet hilang dari daftar"),
    ("C", "Disetujui, semoga datanya benar."),
    ("C", "Disetujui, data harus lengkap."),
    ("C", "Pastikan datanya benar. Disetujui."),
    ("C", "Sudah saya cek, datanya belum benar. Disetujui."),
    ("C", "Disetujui setelah formulirnya sudah ditandatangani Pak Gunawan."),
    ("C", "Disetujui. Formulirnya harus sudah ditandatangani."),
    ("C", "Disetujui. Formulirnya mohon sudah ditandatangani Pak Gunawan."),
    ("C", "ok pak, lanjut besok pagi ya"),
    ("C", "Setuju, silakan dilanjutkan besok"),
    ("C", "lanjut besok pagi, baru saya approve"),
    ("E", "Approved. Please check these before Thursday's audit kick-off."),
    ("E", "Approved until Thursday's audit kick-off."),
    ("C", "Setuju, kalau bisa."),
    ("C", "Setuju, kalau bisa besok."),
    ("C", "Setuju. Fitri diganti Bu Dewi."),
    ("M", "Setuju. Bu Dewi menggantikan Ayu."),
    ("E", "Approved. Sarah replaces Darren."),
    ("C", "Setuju selama Bu Dewi cuti."),
    ("C", "Setuju, 10 tahun."),
    ("C", "Setuju. Pak Slamet sudah 1 tahun aksesnya."),
    ("C", "Setuju, wajar kalau ditolak."),
    ("E", "Request approved and submitted by Mr. Lim."),
    ("C", "Disetujui. Kuncinya dititip di satpam dulu."),
    ("C", "Disetujui. Aksesnya sejak 2019 dibatasi."),
    ("C", "Setuju semua akses di bawah level manajer"),
    ("C", "Tidak tanpa syarat, saya setujui."),
    ("E", "Approved. Budget plan to follow."),
    ("P", "Setuju semua kecuali VPN - akses terbatas"),
    ("P", "Setuju semua kecuali nomor 3 (USB storage)"),
    ("C", "Selain itu setuju."),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "sentence", "verdicts"), UNDERSTOOD)
def test_a_fact_beside_a_verdict_changes_nothing_of_it(request_: str, sentence: str, verdicts: str) -> None:
    words = {"a": "approve", "r": "reject"}
    wanted = {number: words[one] for number, one in enumerate(verdicts, 1) if one != "."}
    assert dict(read(sentence, request_).items) == wanted


@pytest.mark.parametrize(("request_", "sentence"), NEIGHBOURS)
def test_a_near_miss_of_such_a_fact_approves_nothing(request_: str, sentence: str) -> None:
    assert "approve" not in read(sentence, request_).items.values()


def _revocation(sentence: str) -> Reply:
    request = KnownRequest(REF, (LETTER,), {1: "Pencabutan: Data Center", 2: "Pencabutan: VPN"})
    new = NewText(sentence, quoted=True)
    return read_reply(mail(), new, (request,), approver=APPROVER, portal=PORTAL, accept_ok=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Setuju untuk dicabut, orangnya sudah resign.",
        "Silakan dicabut, saya setuju.",
        "Approved, please revoke both.",
    ],
)
def test_dicabut_is_the_work_where_the_request_is_to_take_away(sentence: str) -> None:
    assert _revocation(sentence).decision == "approve"
    assert read(sentence).decision == "unclear"


@pytest.mark.parametrize(
    "sentence",
    [
        "Setuju. Saya cabut.",
        "Setujunya dicabut",
        "Persetujuan saya dicabut.",
        "Setuju, cabut kalau sudah serah terima.",
        "Setuju untuk dicabut nanti.",
        "Setuju dicabut sementara",
    ],
)
def test_an_approval_that_is_taken_back_revokes_nothing(sentence: str) -> None:
    assert "approve" not in _revocation(sentence).items.values()


def _below(tail: str) -> Reply:
    """What is read from "ACC." with the writer's name and `tail` below it."""
    letter = mail(text=f"ACC.\n\nRatna Wibowo\n{tail}\n")
    return read_reply(
        letter, new_text(letter), (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=False
    )


@pytest.mark.parametrize(
    "tail",
    [
        '"Setuju atau tidak, data tetap bicara."',
        "IT Manager\nJangan pernah memberikan password kepada siapa pun.",
        "IT Manager\nNever share your password with anyone.",
    ],
)
def test_a_saying_below_the_name_answers_nothing(tail: str) -> None:
    assert _below(tail).decision == "approve"


@pytest.mark.parametrize(
    "tail",
    [
        '"Printer tidak perlu"',
        '"Tidak jadi"',
        '"Setuju kalau nomor 2 ditunda"',
        "Jangan dikerjakan dulu",
        "Jangan dibuatkan password untuk siapa pun",
    ],
)
def test_an_afterthought_below_the_name_is_no_saying(tail: str) -> None:
    assert _below(tail).decision == "unclear"
