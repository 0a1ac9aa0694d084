"""docs/letters.md holds every kind of letter as it is written today, and each says what it must."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pipeline.letters.kinds import KINDS
from tests.letters.page import ENTRIES, PAGE, page, rendered
from tests.letters.samples import (
    ASKING,
    EVERY_LETTER,
    SAMPLE_NOW,
    a_letter,
    long_facts,
    sample_facts,
    the_templates,
)

#: What stands above the words that say what to do, in the letters that ask for a decision and in the others.
NEXT = {
    "id": ("keputusan bapak/ibu", "langkah berikutnya"), "en": ("your decision", "what you do next"),
}  # fmt: skip
SUBJECT = 120


def test_the_page_is_as_the_templates_are_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: uv run python -m tests.letters.page"


def test_every_kind_has_its_entry_in_the_order_of_the_kinds() -> None:
    assert [entry.kind for entry in ENTRIES] == [kind.name for kind in KINDS]
    assert all(entry.to and entry.when and entry.answers for entry in ENTRIES)


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_every_kind_says_in_text_and_html_what_comes_next(kind: str, language: Any) -> None:
    letter = rendered(kind, language)
    heading = NEXT[language][0 if kind in ASKING else 1]
    page_text = BeautifulSoup(letter.html, "html.parser").get_text(" ").lower()
    for words in (letter.text.lower(), page_text):
        begin, found, after = words.partition(heading)
        assert found
        assert begin
        assert len(after.split()) > 10, "the heading has words beneath it"


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_subjects_are_short_and_begin_with_the_number_of_their_request(kind: str, language: Any) -> None:
    subject, facts = rendered(kind, language).subject, sample_facts(kind, language)
    assert len(subject) < SUBJECT
    of_a_request = "case" in facts or bool(facts.get("ref"))
    assert bool(re.match(r"\[REQ-2026-\d{4}\] \S", subject)) == of_a_request


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_long_names_make_no_long_subject(kind: str, language: Any) -> None:
    facts = long_facts(kind, language)
    for name in ("to_name", "from_name", "file_name"):
        if name in facts:
            facts[name] = "Raden Ayu Kusumawardhani Prawirodirdjo Hadiningrat, S.E., M.Ak. " * 3
    assert len(the_templates().render(a_letter(kind, language, facts), SAMPLE_NOW).subject) < SUBJECT
