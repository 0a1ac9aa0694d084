"""What stands in a cell, as text that can be compared."""

from datetime import date

import pytest

from pipeline.register.columns import COLUMNS, KEY_HEADER, STATUSES, canonical, choice_text, column_of, fold
from pipeline.register.values import escape, plain, read_day, read_number, read_serial, unescape


@pytest.mark.parametrize("text", [
    "24/11/2026", "24-11-2026", "24.11.26", "24 Nopember 2026", "24 November 2026", "24 nov 2026",
    "2026-11-24",
    "2026-11-24 00:00:00", " 24 / 11 / 2026 ", "24-Nov-26",
])  # fmt: skip
def test_a_date_is_read_as_indonesians_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["", "kemarin", "31/02/2026", "11/24/2026", "24 Brumaire 2026", "2026", "=TODAY()"]
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert read_day(text) is None


def test_day_numbers_of_both_calendars_are_read() -> None:
    assert read_serial(46350, from_1904=False) == date(2026, 11, 24)
    assert read_serial(46350 - 1462 + 0.75, from_1904=True) == date(2026, 11, 24)
    assert read_serial(float("nan"), from_1904=False) is None
    assert read_serial(1e300, from_1904=False) is None


@pytest.mark.parametrize(("stored", "shown"), [
    ("7", "7"), ("7.0", "7"), ("1.5", "1.5"), ("20190117", "20190117"), ("1E5", "100000"), ("inf", "inf"),
    ("x", "x"),
])  # fmt: skip
def test_a_number_typed_where_text_belongs_reads_as_people_see_it(stored: str, shown: str) -> None:
    assert read_number(stored) == shown


@pytest.mark.parametrize("text", ["_x000D_", "a_x0041_b", "_x_", "__x000D__", "_x005F_x000D_", "x000D_"])
def test_text_that_looks_like_an_escape_survives_the_format(text: str) -> None:
    assert unescape(escape(text)) == text


def test_plain_text_has_one_kind_of_line_end_and_only_characters_a_workbook_can_hold() -> None:
    assert plain(" a\r\nb\rc ") == "a\nb\nc"
    assert plain("a\ufffe\x00\ud800b") == "a\ufffd\ufffd\ufffdb"
    assert plain(plain("x " * 20_000)) == plain("x " * 20_000)


@pytest.mark.parametrize(("typed", "code"), [
    ("Selesai", "done"), ("selesai ", "done"), ("DONE", "done"), ("In  progress", "progress"), ("Belum",
    "open"),
    ("sudah", "done"), ("Dibatalkan", "cancelled"), ("mungkin", "mungkin"), ("", ""),
])  # fmt: skip
def test_a_status_is_known_in_both_languages_and_an_unknown_one_stays_as_typed(typed: str, code: str) -> None:
    assert canonical(column_of("status"), typed) == code


def test_choices_show_in_the_language_of_the_register() -> None:
    assert choice_text("status", "done", "id") == "Selesai"
    assert choice_text("status", "done", "en") == "Done"
    assert choice_text("status", "mungkin", "en") == "mungkin"
    assert choice_text("note", "done", "id") == "done"
    assert choice_text("no such column", "x", "id") == "x"


def test_every_header_names_one_column_in_both_languages() -> None:
    headers = [(fold(label), c.key) for c in COLUMNS for label in {c.label_id, c.label_en}]
    assert len({header for header, _ in headers}) == len(headers)
    assert fold(KEY_HEADER) not in {header for header, _ in headers}
    typed = [fold(t) for s in STATUSES for t in {s.code, s.label_id.lower(), s.label_en.lower(), *s.also}]
    assert len(typed) == len(set(typed))
