"""The buttons: what a mail program makes of their links is exactly the prepared answer."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pipeline.letters.links import AnswerLinks
from tests.letters.samples import HOUSE, SAMPLE_CODE, SAMPLE_NOW, a_letter, sample_facts, the_templates


def opened(link: str) -> tuple[str, str, str]:
    """(to, subject, body) as a mail program reads a link (RFC 6068: no plus signs for spaces)."""
    parts = urlsplit(link)
    assert parts.scheme == "mailto"
    assert "+" not in parts.query
    fields = parse_qsl(parts.query, strict_parsing=True, keep_blank_values=True)
    assert [name for name, _ in fields] == ["subject", "body"]
    return unquote(parts.path), fields[0][1], fields[1][1]


def links_of(language: Any, facts: Any = None) -> dict[str, tuple[str, str, str]]:
    letter = the_templates().render(a_letter("approval", language, facts), SAMPLE_NOW)
    anchors = BeautifulSoup(letter.html, "html.parser").find_all("a")
    return {a.get_text(strip=True): opened(str(a["href"])) for a in anchors}


def test_the_buttons_prefill_the_whole_answer_in_indonesian() -> None:
    foot = f"[REQ-2026-0001 · Kode {SAMPLE_CODE}]"
    links = links_of("id")
    assert {label: body for label, (_, _, body) in links.items()} == {
        "SETUJU SEMUA": f"SETUJU\r\n\r\n{foot}",
        "TOLAK SEMUA": f"TOLAK\r\nAlasan: \r\n\r\n{foot}",
        "Setujui no. 1": f"SETUJU 1\r\n\r\n{foot}",
        "Tolak no. 1": f"TOLAK 1\r\nAlasan: \r\n\r\n{foot}",
        "Setujui no. 2": f"SETUJU 2\r\n\r\n{foot}",
        "Tolak no. 2": f"TOLAK 2\r\nAlasan: \r\n\r\n{foot}",
        "Setujui no. 3": f"SETUJU 3\r\n\r\n{foot}",
        "Tolak no. 3": f"TOLAK 3\r\nAlasan: \r\n\r\n{foot}",
    }


def test_the_buttons_prefill_the_whole_answer_in_english() -> None:
    links = links_of("en")
    assert links["APPROVE ALL"][2] == f"APPROVE\r\n\r\n[REQ-2026-0001 · Code {SAMPLE_CODE}]"
    assert links["REJECT ALL"][2] == f"REJECT\r\nReason: \r\n\r\n[REQ-2026-0001 · Code {SAMPLE_CODE}]"
    assert links["Approve no. 2"][2] == f"APPROVE 2\r\n\r\n[REQ-2026-0001 · Code {SAMPLE_CODE}]"


def test_the_buttons_answer_to_the_portal_under_the_letters_own_subject() -> None:
    letter = the_templates().render(a_letter("approval"), SAMPLE_NOW)
    for to, subject, _ in links_of("id").values():
        assert to == HOUSE.portal
        assert subject == f"Re: {letter.subject}"
        assert subject.endswith(f"[{SAMPLE_CODE}]")


@pytest.mark.parametrize(("language", "label", "begins"), [
    ("id", "Setujui no. 1", "SETUJU 1\r\nAlasan: \r\n"), ("id", "SETUJU SEMUA", "SETUJU\r\nAlasan: \r\n"),
    ("en", "Approve no. 1", "APPROVE 1\r\nReason: \r\n"), ("en", "APPROVE ALL", "APPROVE\r\nReason: \r\n"),
])  # fmt: skip
def test_where_an_approval_needs_a_reason_every_button_leaves_room_for_it(
    language: Any, label: str, begins: str
) -> None:
    facts = {**sample_facts("approval", language), "needs_reason": True}
    assert links_of(language, facts)[label][2].startswith(begins)


def test_a_single_item_has_the_two_large_buttons_only() -> None:
    facts = dict(sample_facts("approval"))
    facts["items"] = facts["items"][:1]  # type: ignore[index]
    assert list(links_of("id", facts)) == ["SETUJU", "TOLAK"]


@pytest.mark.parametrize("name", ["Ibu & Co?", "50% + 1 = #2", "Ñandú 日本 👍", "a=b&bcc=evil@evil.example"])
def test_names_in_the_subject_can_not_add_fields_to_the_link(name: str) -> None:
    to, subject, body = opened(AnswerLinks("akses@contoh.example", name, "[x]")("SETUJU"))
    assert (to, subject, body) == ("akses@contoh.example", f"Re: {name}", "SETUJU\r\n\r\n[x]")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), st.text("AB\n &?#%+=·"))
def test_any_subject_and_answer_come_back_exactly(subject: str, answer: str) -> None:
    _, read, body = opened(AnswerLinks("akses@contoh.example", subject, "[x]")(answer))
    assert read == f"Re: {subject}".replace("\r\n", "\n")
    assert body.replace("\r\n", "\n") == f"{answer}\n\n[x]"


def test_links_are_short_enough_for_outlook() -> None:
    letter = the_templates().render(a_letter("approval"), SAMPLE_NOW)
    anchors = BeautifulSoup(letter.html, "html.parser").find_all("a")
    assert max(len(str(a["href"])) for a in anchors) < 1000
