"""Nothing but a clear approval is ever read as one: thousands of sentences put together from parts."""
# The lists of attacks are tables: their lines are as long as their alternatives.
# ruff: noqa: E501

import itertools
import random
import time

import pytest

from pipeline.approval.replies import KnownRequest, read_reply
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import NewText, new_text
from tests.approval.reply_table import APPROVER, LETTER, PORTAL, REF, TABLE, known, mail, read


def _patterns() -> dict[str, list[str]]:
    """Approvals, what takes them back ("{}" is the approval), and the frames mails put around them."""
    found: dict[str, list[str]] = {}
    for line in (TABLE.parent / "patterns.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        kind, _, pattern = line.partition("\t")
        found.setdefault(kind, []).append(pattern.replace("\\n", "\n"))
    return found


PATTERNS = _patterns()
APPROVALS, FRAMES = PATTERNS["approvals"], PATTERNS["frames"]
KINDS = ("negations", "conditions", "questions", "corrections", "others", "futures")
#: Approvals that name nobody who approves: a name in front of one is its subject.
SUBJECTLESS = [
    phrase
    for phrase in APPROVALS
    if phrase.split()[0] in {"setuju", "disetujui", "acc", "approved", "diizinkan", "stuju"}
]


def sentences(kind: str) -> list[str]:
    """Every approval in every pattern of `kind`, the frames around them in turn."""
    frames = itertools.cycle(FRAMES)
    return [
        next(frames).format(pattern.format(approval))
        for pattern, approval in itertools.product(PATTERNS[kind], APPROVALS)
    ] + [
        pattern.format(approval.upper())
        for pattern, approval in itertools.product(PATTERNS[kind], APPROVALS[:8])
    ]


def test_a_name_in_front_of_the_verb_is_who_approved() -> None:
    told = [
        pattern.format(phrase) for pattern, phrase in itertools.product(PATTERNS["subjects"], SUBJECTLESS)
    ]
    assert [sentence for sentence in told if approves(sentence)] == []


def approves(sentence: str) -> bool:
    return "approve" in read(sentence).items.values()


def test_there_are_more_than_five_thousand_of_them() -> None:
    assert sum(len(sentences(kind)) for kind in KINDS) > 5000


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_that_takes_an_approval_back_is_an_approval(kind: str) -> None:
    assert [sentence for sentence in sentences(kind) if approves(sentence)] == []


@pytest.mark.parametrize(
    "words", ["Setuju tapi", "Setuju, namun...", "Approved but", "Disetujui. Tapi", "Setuju kalau"]
)
def test_an_approval_that_breaks_off_is_asked_back(words: str) -> None:
    assert read(words).decision == "unclear"


def test_a_strange_word_beside_an_approval_is_asked_back() -> None:
    chance = random.Random(4)
    missed: list[str] = []
    for _ in range(1500):
        words = chance.choice(APPROVALS[:12]).split()
        strange = (
            "".join(chance.choice("bcdfghjklmnprstvwz") + chance.choice("aeiou") for _ in range(5)) + "x"
        )
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
        mail(), NewText("Setuju kecuali 7"), (request,), approver=APPROVER, portal=PORTAL, accept_ok=False
    )
    assert time.perf_counter() - began < 3
    assert reply.decision == "unclear"


@pytest.mark.parametrize(
    "raw",
    [
        b"\n" + b">" * 1_000_000, b"\n" + b"\n".join(b"> " * depth + b"setuju" for depth in range(1, 1500)),
        b"Content-Type: text/html\n\n" + b"<blockquote>" * 50_000 + b"setuju",
        b"Content-Type: text/html\n\n<style>" + b"a b{color:red}" * 9000 + b"</style>" + b"<a><b><c>x" * 9000,
        b"\n" + b"On 1 @ " * 60_000, b"\n" + b"this email " * 40_000, b"\n" + b"~~a " * 90_000,
    ],
    ids=["marks", "depth", "nesting", "style sheet", "attributions", "disclaimers", "strikes"],
)  # fmt: skip
def test_a_hostile_mail_ends_soon(raw: bytes) -> None:
    head = f"From: {APPROVER}\nIn-Reply-To: {LETTER}\n".encode()
    began = time.perf_counter()
    hostile = read_mail(head + raw)
    reply = read_reply(
        hostile, new_text(hostile), (known("C"),), approver=APPROVER, portal=PORTAL, accept_ok=False
    )
    assert time.perf_counter() - began < 5
    assert reply.items == {}


def _spread(sentences: list[str], most: int = 1200) -> list[str]:
    """At most so many of them, the same ones every time."""
    found = list(dict.fromkeys(sentences))
    return found if len(found) <= most else random.Random(7).sample(found, most)


def _each(pattern: str, *parts: str) -> list[str]:
    """`pattern` with every choice of one alternative ("a|b") of each part."""
    return [pattern.format(*chosen) for chosen in itertools.product(*(part.split("|") for part in parts))]


NEGATIONS = "tidak|tdk|gak|nggak|ngga|ga|tak|enggak|ndak|tiada|Tidak|Sama sekali tidak|Maaf, tidak"
ATTACKS = {
    "nothing that is approved": _each(
        "{0} ada {1}{2} {3}{4}{5}", NEGATIONS, "|item |akses |permintaan |satupun |satu pun |hal |alasan |dasar ", "yang|yg",
        "|saya |bisa |layak |perlu |harus |bisa saya |menurut saya |dapat kami |memang |telah saya ",
        "disetujui|setujui|setuju|acc|di-acc|approve|approved|diizinkan|diproses", "| karena terlalu luas| ya pak| semua| 👍",
    ),
    "none of them": _each(
        "{0}{1}{2} {3}{4}", "|Sorry, |There is |I see ",
        "none|nothing|not one|no one|nobody|neither|no item|no items|not a single item|zero items|nothing here|none of these|none of them|no access",
        "| is| are| can be| that is| of this is| that I| have been| will be", "approved|approve|accepted|granted", "| by me|, sorry|. Thanks",
    ),
    "an approval that is owed": _each(
        "{0}{1} {2}{3}", "|Pak, |Permintaan ini: ",
        "To be|Yet to be|Still to be|Needs to be|Has to be|Must be|Should be|Let it be|Supposed to be|Waiting to be|Perlu|Harus|Wajib|Butuh|Mesti|"
        "Agar|Supaya|Untuk|Menunggu|Mohon|Minta|Diminta|Tinggal|Perlu segera|Masih perlu|Permintaan ini perlu", "approved|disetujui", "| dulu| ya| segera",
    ),
    "an instruction": _each(
        "{0}{1} {2}{3}", "Balas|Balas dengan|Silakan balas|Cukup balas|Mohon balas dengan|Reply|Reply with|Please reply with|Ketik|Tulis|Klik|Kirim|"
        "Jawab dengan|Respond with|Type|Press|Contoh|Contohnya", "|:", "SETUJU|APPROVE|ACC|'SETUJU'|*SETUJU*", "| saja| ya",
    ),
    "counts, letters and labels": [
        *_each("{} {} {} {}{}", "Setuju|Approved|Acc", "1|2|3|dua|two|tiga", "dari|of|out of|/|dari total|of the", "3|4|tiga|three|semua", "| ya| saja"),
        *_each("{} {}{}", "Setuju|Approve|Setuju item|Setuju poin", "I|II|III|IV|i dan ii|I, II|A|a|A dan B|aa|x|X", "| saja| ya"),
        *_each("{} {}{}", "Setuju|Approved|Acc,", "level 2|lantai 2|2 minggu|2 orang|Rp 2|2 juta|tahap 1|jam 2|tgl 1|per 1|versi 2|2 kali|user 2|karyawan 2|tim 1|hal 1", "| ya"),
    ],
    "another's, blank or half": _each(
        "{0}{1}", "User setuju|Pemohon sudah setuju|Divisi terkait setuju|Sistem approve|Perusahaan setuju|[ ] setuju|Setuju [ ]|☐ setuju|Approved: ...|"
        "Yang disetujui: -|Ada yang saya setujui|Some are approved|Setuju: tidak|Approved: none|~Setuju~|not yet ya, approve nanti", "|\n|.",
    ),
    "a refusal turned around": _each(
        "{0}{1}{2}", "Tolak|TOLAK|Ditolak|Rejected|Tidak setuju|Saya tolak semua|Jangan diproses|Belum|Not approved",
        " -- eh maaf, maksud saya |. Ralat: |, ralat: |. Koreksi: |. Sorry, I meant |. Eh salah, ", "SETUJU|setuju semua|disetujui|approved|setuju 1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_no_sentence_of_an_attack_is_an_approval(name: str) -> None:
    assert [sentence for sentence in _spread(ATTACKS[name]) if approves(sentence)] == []


GENERAL = "Setuju.|Setuju,|Setuju, tapi|Setuju semua.|Setuju semua,|Approved, but|Acc semua,|Silakan diproses,|Setuju Oktavianus,|Setuju 1, 2,"
#: Each takes item 4 (CCTV Nur Aini) out, or leaves it in doubt.
WITHOUT_FOUR = {
    "a person with only one system": _each(
        "{0} {1} {2} Tracy{3}", GENERAL, "Nur Aini|Aini|Bu Nur Aini|untuk Nur Aini|Nur Aini itu",
        "cukup|hanya|cuma|boleh|only|cukup diberikan|hanya boleh|-|:", "| saja| aja| saja ya| ya| setuju|. Terima kasih",
    ),
    "only one system for a person": _each(
        "{0} {1} Tracy{2} {3} Nur Aini{4}", GENERAL, "|cukup|hanya|only", "| saja| aja| only", "untuk|utk|for|milik|,|(", "| ya| setuju"),
    "a system of one and a person": _each(
        "{0} {1} {2} {3}{4}", "Setuju|Approve|Setuju untuk", "Tracy Oktavianus|Tracy untuk Oktavianus|Oktavianus Tracy|Oktavianus (Tracy)|Tracy",
        "dan|serta|,|&|plus|dengan|dan juga", "Nur Aini|Aini|untuk Nur Aini|Nur Aini Tracy|Tracy Nur Aini", "| saja| ya",
    ),
    "a minus": _each(
        "{0}{1} {2}4{3}", "Setuju|Setuju semua|Approve all|OK semua|Setuju ya pak|Approved, thanks|Setuju 👍|Semua disetujui|+1 +2", "|,|:|.",
        "-|- |−|–|~|❌|minus |tanpa |bukan |- no |-#", "| ya|, terima kasih",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITHOUT_FOUR)
def test_an_item_that_is_taken_out_is_never_approved(name: str) -> None:
    told = _spread(WITHOUT_FOUR[name])
    assert [sentence for sentence in told if read(sentence, "T").items.get(4) == "approve"] == []


def test_there_are_more_than_five_thousand_attacks() -> None:
    assert sum(len(_spread(told)) for told in (*ATTACKS.values(), *WITHOUT_FOUR.values())) > 5000
