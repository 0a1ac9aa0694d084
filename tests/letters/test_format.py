"""Dates, times, states and lists as people write them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from pipeline.letters import format as texts
from pipeline.letters.kinds import KINDS
from pipeline.letters.samples import sample_case
from pipeline.model import Action, ItemStatus, RequestState, RequestType
from tests.letters.samples import LANGUAGES

DAY = date(2026, 12, 1)
MOMENT = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def test_dates_are_written_out_in_both_languages() -> None:
    assert texts.date_text(DAY, "id") == "1 Desember 2026"
    assert texts.date_text(DAY, "en") == "1 December 2026"
    assert texts.date_text(None, "id") == "-"
    assert texts.month_text(date(2026, 8, 1), "id") == "Agustus 2026"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "25 November 2026 pukul 00.30 WIB"),
        ("Asia/Makassar", "25 November 2026 pukul 01.30 WITA"),
        ("Asia/Jayapura", "25 November 2026 pukul 02.30 WIT"),
    ],
)
def test_times_are_shown_in_the_zone_with_its_indonesian_name(zone: str, shown: str) -> None:
    assert texts.time_text(MOMENT, zone, "id") == shown


def test_times_in_english_keep_the_zones_name() -> None:
    assert texts.time_text(MOMENT, "Asia/Jakarta", "en") == "25 November 2026, 00:30 WIB"


def test_every_state_status_action_type_and_kind_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        words = [texts.state_text(state, language) for state in get_args(RequestState)]
        words += [texts.status_text(status, language) for status in get_args(ItemStatus)]
        words += [texts.action_text(action, language) for action in get_args(Action)]
        words += [texts.type_text(kind, language) for kind in get_args(RequestType)]
        words += [texts.kind_text(kind.name, language) for kind in KINDS]
        assert all(word and "_" not in word for word in words)
    assert texts.type_text(None, "id") == ""


def test_a_period_says_when_it_ends_or_that_it_does_not() -> None:
    item = sample_case().items[0].item
    assert texts.period_text(item, "id") == "mulai 1 Desember 2026, tanpa batas akhir"
    assert texts.period_text(replace(item, end_date=DAY), "id") == "1 Desember 2026 – 1 Desember 2026"
    assert texts.period_text(replace(item, action="revoke"), "en") == "as of 1 December 2026"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B", "A"], "A dan B"),
        (["A", "B", "C"], "A, B, dan C"),
    ],
)
def test_lists_are_joined_as_in_a_sentence(words: list[str], shown: str) -> None:
    assert texts.listing(words, "id") == shown


def test_long_lists_say_how_many_are_left_out() -> None:
    assert texts.listing_short(["A", "B", "C", "D"], "id") == "A dan 3 lainnya"
    assert texts.listing_short(["A", "B", "C", "D"], "en", most=3) == "A, B, and 2 more"
    assert texts.short("abcdef", 4) == "abc…"
    assert texts.short("abcd", 4) == "abcd"
