"""Nothing but a clear approval is ever read as one: thousands of sentences put together from parts."""

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
