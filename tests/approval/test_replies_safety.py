"""Nothing that is not clearly an approval is ever read as one: thousands of sentences put together from parts."""

import itertools
import random
import time

import pytest

from pipeline.approval.replies import KnownRequest, read_reply
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import NewText, new_text
from tests.approval.reply_table import APPROVER, LETTER, PORTAL, REF, known, mail, read

APPROVALS = (
    "setuju", "saya setuju", "disetujui", "saya setujui", "acc", "approved", "I approve", "I approve this request",
    "silakan diproses", "oke lanjut", "diizinkan", "permintaan ini saya setujui", "setuju semua", "setuju item 1 dan 3",
    "semua disetujui", "approve all", "go ahead", "gaspol", "ok acc", "stuju",
)  # fmt: skip
APPROVALS += ("saya izinkan", "sepakat, silakan dilanjutkan")
NEGATIONS = (
    "tidak {}", "belum {}", "jangan {}", "bukan {}", "tdk {}", "gak {}", "nggak {}", "ga {}", "not {}", "tidak akan {}",
    "tidak bisa {}", "belum bisa {}", "tidak dapat {}", "never {}", "cannot say {}", "jangan dulu {}", "blm {}", "tidaklah {}",
    "tidak pernah {}", "tanpa {}", "batal {}", "gak jadi {}", "{} not", "{} tidak", "{}? tidak.", "tidak.\n{}", "{} dibatalkan",
    "tidak mungkin {}", "bukan berarti {}", "mustahil {}", "saya menolak untuk {}", "{} ditolak", "tolak, bukan {}", "{} not now",
)  # fmt: skip
CONDITIONS = (
    "{} jika CFO setuju", "{} kalau sudah lengkap", "{} asal cuma baca", "{} asalkan dibatasi", "{} dengan catatan dibatasi",
    "{} dengan syarat ada NDA", "{}, tapi hanya sampai akhir bulan", "{} bila perlu", "{} selama proyek", "{} apabila aman",
    "jika lengkap, {}", "kalau CFO ok, {}", "bila memang perlu {}", "{} subject to audit", "{} if needed", "{} unless HR objects",
    "{} provided that HR confirms", "{} as long as it is read only", "{} once legal clears it", "{} only if urgent", "{} setelah rapat",
    "{} sesudah kontrak selesai", "{}, tergantung direksi", "{} bersyarat", "{} sementara", "{} untuk 3 bulan", "{} s/d 31 Desember",
    "{} hanya baca", "{} (kalau CFO OK)", "{}, kecuali kalau ada temuan", "{} in principle", "pada prinsipnya {}", "{} klo aman",
    "{} for two weeks", "{} read only", "{} tapi jangan admin", "{}, ganti levelnya", "{} tapi ubah levelnya jadi baca", "{} sepanjang aman",
    "{}\nasal ada NDA", "{}. Tapi kalau CFO menolak jangan.", "{}. Syaratnya ada NDA.", "{}. Dengan catatan hanya baca.", "{}; if HR agrees",
)  # fmt: skip
QUESTIONS = (
    "{}?", "apakah {}", "apa {}?", "kenapa {}", "siapa yang {}", "{} kah?", "{} atau tidak", "{} atau tolak?", "who said {}", "why {}",
    "should we {}", "is it {}", "bagaimana kalau {}", "kok {}", "{}, benar?", "sudah {} belum?", "did someone {}", "{} ya?", "masa {}",
)  # fmt: skip
CORRECTIONS = (
    "{}. Ralat: tolak.", "{}. Eh salah, tolak.", "{}, ralat ditolak", "{}. Koreksi: ditolak semua.", "{}. Correction: rejected.",
    "{}... wait, hold on", "{}. Tunggu dulu.", "{}. Eh tunggu, saya cek dulu.", "{}. Tidak jadi.", "{}. Batal.", "{}. Maaf, maksud saya tolak.",
    "{}. Sorry, I meant reject.", "{}. Saya berubah pikiran.", "{}. On second thought, hold.", "{}, pending dulu", "{}. Scratch that.",
    "{}. Abaikan email saya sebelumnya.", "{}. Jangan diproses dulu.", "{}. Nanti saya kabari lagi.", "{}. Ditunda.",
)  # fmt: skip
OTHERS = (
    "Pak Budi bilang {}", "kata Bu Rina {}", "menurut direktur {}", "CFO: {}", "Budi {}", "Bu Rina sudah {}", "dia {}",     "mereka {}", "katanya {}", "Pak Budi menulis {}", "he said {}", "the CFO has said {}", "they {}", "HR says {}", "John {}", "{} oleh Pak Budi",
    "{} by the director", "{} kata Pak Budi", "sesuai arahan direksi {}", "tolong minta Pak Budi {}", "Pak Budi yang {}", "anda {}",
    "vendor {}", "tunggu Pak Budi {}", "saya dengar {}", "\"{}\" kata Pak Budi", "tertulis \"{}\" di form", "rumornya {}", "delegasikan {}",
)  # fmt: skip
#: A name without a comma is the subject of the verb behind it.
SUBJECTS = ("Pak Anton {}", "bapak {}", "Bu Rina {}", "Pak Budi Santoso {}", "ibu {}", "Mr Tan {}")
SUBJECTLESS = tuple(
    phrase
    for phrase in APPROVALS
    if phrase.split()[0] in {"setuju", "disetujui", "acc", "approved", "diizinkan", "stuju"}
)
FUTURES = (
    "besok {}", "nanti {}", "akan {}", "saya akan {}", "minggu depan {}", "{} besok", "{} nanti", "I will {}", "I'll {}", "will be {}", "tomorrow {}",
    "going to {}", "rencananya {}", "hendak {}", "mau {}", "kemarin {}", "dulu pernah {}", "seharusnya {}", "mungkin {}", "sepertinya {}", "maybe {}",
    "hampir {}", "semoga {}", "would {}", "could be {}", "I think {}", "sebaiknya {}", "should be {}", "lusa {}", "bulan depan {}", "later {}",
)  # fmt: skip
FRAMES = (
    "{}",
    "{}.",
    "Pak, {}",
    "Dear Tim IT,\n\n{}\n\nTerima kasih",
    "{} ya pak",
    "Mohon maaf baru balas. {}",
    "Halo, {}. Thanks",
    "{} 🙏",
)
KINDS = {
    "negations": NEGATIONS, "conditions": CONDITIONS, "questions": QUESTIONS, "corrections": CORRECTIONS, "others": OTHERS, "futures": FUTURES,
}  # fmt: skip


def sentences(kind: str) -> list[str]:
    """Every approval in every pattern of `kind`, the frames around them in turn."""
    frames = itertools.cycle(FRAMES)
    return [
        next(frames).format(pattern.format(approval))
        for pattern, approval in itertools.product(KINDS[kind], APPROVALS)
    ] + [
        pattern.format(approval.upper())
        for pattern, approval in itertools.product(KINDS[kind], APPROVALS[:8])
    ]


def test_a_name_in_front_of_the_verb_is_who_approved() -> None:
    told = [pattern.format(phrase) for pattern, phrase in itertools.product(SUBJECTS, SUBJECTLESS)]
    assert [sentence for sentence in told if approves(sentence)] == []


def approves(sentence: str) -> bool:
    return "approve" in read(sentence).items.values()


def test_there_are_more_than_five_thousand_of_them() -> None:
    assert sum(len(sentences(kind)) for kind in KINDS) > 5000


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_that_takes_an_approval_back_is_an_approval(kind: str) -> None:
    assert [sentence for sentence in sentences(kind) if approves(sentence)] == []


def test_a_strange_word_beside_an_approval_is_asked_back() -> None:
    chance = random.Random(4)
    missed: list[str] = []
    for _ in range(1500):
        words = chance.choice(APPROVALS[:12]).split()
        strange = "".join(chance.choice("bcdfghjklmnprstvwz") + chance.choice("aeiou") for _ in range(5)) + "x"
        words.insert(chance.randint(0, len(words)), strange)
        sentence = " ".join(words)
        if approves(sentence):
            missed.append(sentence)
    assert missed == []


HOSTILE = {
    "a megabyte of tidak": "tidak " * 170_000,
    "a thousand approvals": "setuju " * 1100,
    "a thousand numbers": "setuju " + "1 dan " * 500,
    "names upon names": "setuju " + "vpn untuk " * 500,
    "unknown words": " ".join(f"kata{number:04d}bx" for number in range(1100)),
    "brackets": "(" * 90_000,
    "quotation marks": '"' * 90_000,
    "one endless word": "a" * 200_000,
    "one endless number": "9" * 200_000,
    "a list without end": "1. setuju\n" * 5_000,
    "apostrophes": "a'" * 60_000,
    "turned around": "\u202esetuju\u202c" * 5_000,
    "lone surrogates": "setuju \ud800" * 5_000,
    "combining marks": "s" + "\u0335" * 100_000,
    "Cyrillic letters that look Latin": "ѕеtuju",
    "mathematical letters": "𝓼𝓮𝓽𝓾𝓳𝓾 kalau \x00\x01",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon_and_approves_nothing_by_its_size(name: str) -> None:
    began = time.perf_counter()
    reply = read(HOSTILE[name])
    assert time.perf_counter() - began < 3
    assert reply.decision in {"unclear", "approve", "partial"}
    assert len(HOSTILE[name]) < 20_000 or reply.decision == "unclear"


def test_ten_thousand_items_end_soon() -> None:
    request = KnownRequest(REF, (LETTER,), {number: f"Sistem {number}" for number in range(1, 10_001)})
    began = time.perf_counter()
    reply = read_reply(
        mail(), NewText("Setuju semua kecuali 7"), (request,), approver=APPROVER, portal=PORTAL, accept_ok=False
    )  # fmt: skip
    assert time.perf_counter() - began < 3
    assert reply.decision == "unclear"


@pytest.mark.parametrize(
    "raw",
    [
        b"\n" + b">" * 1_000_000, b"\n" + b"\n".join(b"> " * depth + b"setuju" for depth in range(1, 1500)),
        b"Content-Type: text/html\n\n" + b"<blockquote>" * 50_000 + b"setuju",
        b"Content-Type: text/html\n\n<style>" + b"a b c{color:red}" * 9000 + b"</style>" + b"<a><b><c>x" * 9000,
        b"\n" + b"On 1 @ " * 60_000, b"\n" + b"this email " * 40_000, b"\n" + b"~~a " * 90_000,
    ],
    ids=["marks", "depth", "nesting", "style sheet", "attributions", "disclaimers", "strikes"],
)  # fmt: skip
def test_a_hostile_mail_ends_soon(raw: bytes) -> None:
    head = f"From: {APPROVER}\nIn-Reply-To: {LETTER}\n".encode()
    began = time.perf_counter()
    hostile = read_mail(head + raw)
    reply = read_reply(hostile, new_text(hostile), (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=False)
    assert time.perf_counter() - began < 5
    assert reply.items == {}
