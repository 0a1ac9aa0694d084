"""Every example that our own letters print decides when it is copied or its button is pressed."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from pipeline.approval.digest_reading import Reader
from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.letters.samples import SAMPLE_NOW, sample_case, sample_facts
from pipeline.mail.newtext import NewText
from pipeline.model import Language
from tests.approval.reply_table import APPROVER, LETTER, PORTAL, mail
from tests.letters.samples import LANGUAGES, a_letter, the_templates

_OPENS = re.compile(r"(?:SETUJU|TOLAK|APPROVE|REJECT)\b")
_CASE = sample_case()
#: (kind, the reason that makes it an exception): what the letter is filled with beside the samples.
_LETTERS = [
    ("approval", False), ("approval", True), ("unclear", False), ("unclear", True), ("digest", False),
    ("digest_unclear", False),
]  # fmt: skip
#: What an approver types behind "Alasan:" of a button; words that would limit an approval elsewhere.
_REASON = {"id": "cukup akses baca", "en": "read access will do"}
_EXCEPTION = {"id": "hanya selama tutup buku", "en": "only during the closing"}


def _examples(kind: str, exception: bool, language: Language) -> list[str]:
    facts = dict(sample_facts(kind, language))
    if exception:
        facts |= {"needs_reason": True, "why": "needs-reason"}
    page = BeautifulSoup(
        the_templates().render(a_letter(kind, language, facts), SAMPLE_NOW).html, "html.parser"
    )
    bold = [b.get_text(" ", strip=True) for b in page.find_all("b")]
    links = [
        unquote(unescape(str(a["href"]))) for a in page.find_all("a", href=re.compile("^mailto:.*body="))
    ]
    bodies = [
        re.split(r"[&?]body=", link)[1].replace("\r\n", "\n").split("\n\n")[0].strip() for link in links
    ]
    whole = [text for text in (*bold, *bodies) if _OPENS.match(text)]
    return [_filled(text, exception, language) for text in dict.fromkeys(whole)]


def _filled(text: str, exception: bool, language: Language) -> str:
    """A button's answer with its reason written in."""
    if not text.endswith(":"):
        return text
    approves = text.startswith(("SETUJU", "APPROVE"))
    assert exception or not approves
    return f"{text} {(_EXCEPTION if approves else _REASON)[language]}"


def _read(text: str, asked: bool) -> Reply:
    items = {i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in _CASE.items}
    known = KnownRequest(_CASE.ref, (LETTER,), items, reason_asked=asked)
    return read_reply(
        mail(subject=f"Re: [{_CASE.ref}]"), NewText(text, quoted=True), (known,), approver=APPROVER,
        portal=PORTAL, accept_ok=False,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "exception"), _LETTERS)
def test_what_a_letter_prints_as_an_answer_is_an_answer(
    kind: str, exception: bool, language: Language
) -> None:
    examples = _examples(kind, exception, language)
    assert examples
    for text in examples:
        if kind.startswith("digest"):
            lines = {1: "REQ-2026-0001", 2: "REQ-2026-0002", 3: "REQ-2026-0003"}
            reader = Reader(lines, frozenset(lines), APPROVER, PORTAL, accept_ok=False)
            read = reader.read(mail(subject="Re: [Akses]"), NewText(text, quoted=True))
            assert read.lines, (text, read)
        else:
            reply = _read(text, exception)
            assert reply.items, (text, reply)
            first = "approve" if text.startswith(("SETUJU", "APPROVE")) else "reject"
            assert reply.items.get(1, first) == first, (text, reply)


@pytest.mark.parametrize(
    "text",
    [
        "SETUJU, alasan: hanya selama tutup buku",
        "SETUJU\nAlasan: hanya selama tutup buku",
        "SETUJU 1\nAlasan: tim hanya dua orang",
    ],
)
def test_a_reason_of_an_approval_may_limit_it_unless_it_was_asked_for(text: str) -> None:
    assert "approve" in _read(text, True).items.values()
    assert not _read(text, False).items


@pytest.mark.parametrize(
    "text",
    [
        "SETUJU, alasan: belum yakin",
        "SETUJU alasan: kalau HR setuju",
        "SETUJU hanya baca, alasan: tutup buku",
        "SETUJU 1 TOLAK 2 alasan: cukup akses baca, 1 juga cukup baca",
        "SETUJU 1 cukup baca TOLAK 2 alasan: berlebihan",
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_a_limit_beside_a_stated_reason_is_still_a_limit(text: str, asked: bool) -> None:
    assert "approve" not in _read(text, asked).items.values()
