"""Days as people write them: what is read, and what is never guessed."""

from datetime import date

import pytest

from pipeline.mail.terms import Days, read_days

TODAY = date(2026, 11, 24)
DECEMBER = Days(date(2026, 12, 1), date(2026, 12, 14))
FROM_TODAY = Days(TODAY, date(2026, 12, 14))


@pytest.mark.parametrize(
    "text",
    [
        "1-14 Des", "1 - 14 Desember", "1–14 Desember 2026", "1 s/d 14 Des", "1 s.d. 14 Desember 2026",
        "mulai 1 Desember s.d. 14 Desember 2026", "Mulai: 1 Des Sampai: 14 Des",
        "1 Des - 14 Des, terima kasih",
        "tgl 1 sampai tgl 14 Desember", "dari tanggal 1 sampai dengan 14 Desember 2026", "1/12 - 14/12",
        "01/12/2026-14/12/2026", "01-12-2026 s/d 14-12-2026", "1.12.2026 - 14.12.2026",
        "1/12/26 sampai 14/12/26",
        "2026-12-01 - 2026-12-14", "1-14 Dec", "Dec 1 to Dec 14, 2026", "Dec 1-14", "1st - 14th December",
        "from 1 Dec until 14 Dec", "1 DES SAMPAI 14 DES.", "(1 Des hingga 14 Des)", "1 Des - 14",
    ],
)  # fmt: skip
def test_one_term_in_many_wordings(text):
    assert read_days(text, TODAY) == DECEMBER


@pytest.mark.parametrize("text", ["sampai 14/12", "s/d 14 Des", "until 14 Dec", "hari ini - 14 Des",
                                  "20 Nov - 14 Des", "today to Dec 14"])  # fmt: skip
def test_what_has_begun_counts_from_today(text):
    assert read_days(text, TODAY) == FROM_TODAY


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("besok", (2026, 11, 25), (2026, 11, 25)),
        ("hari ini", (2026, 11, 24), (2026, 11, 24)),
        ("tomorrow", (2026, 11, 25), (2026, 11, 25)),
        ("besok - lusa", (2026, 11, 25), (2026, 11, 26)),
        ("14 Des", (2026, 12, 14), (2026, 12, 14)),
        ("28 Des - 4 Jan", (2026, 12, 28), (2027, 1, 4)),
        ("28 Des 2026 - 4 Jan", (2026, 12, 28), (2027, 1, 4)),
        ("28 Des - 4 Jan 2027", (2026, 12, 28), (2027, 1, 4)),
        ("4-8 Jan", (2027, 1, 4), (2027, 1, 8)),
        ("1 Des 2026 - 30 Nov 2027", (2026, 12, 1), (2027, 11, 30)),
    ],
)
def test_days_near_and_over_the_turn_of_the_year(text, first, last):
    assert read_days(text, TODAY) == Days(date(*first), date(*last))


def test_in_january_the_term_that_began_in_december_is_the_one_that_runs():
    assert read_days("28 Des - 4 Jan", date(2027, 1, 2)) == Days(date(2027, 1, 2), date(2027, 1, 4))


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "no_dates"),
        ("mulai 1 Des", "no_end"),
        ("from 1 Dec", "no_end"),
        ("32 Des", "bad_date"),
        ("31/11 - 2/12", "bad_date"),
        ("29 Feb", "bad_date"),
        ("12/24/2026", "bad_date"),
        ("1-14", "bad_date"),
        ("1-14 Desmber", "bad_date"),
        ("1 atau 14 Des", "bad_date"),
        ("1-14 Des kecuali tanggal 5", "bad_date"),
        ("1-14 Des dan 20-21 Des", "bad_date"),
        ("3 hari", "bad_date"),
        ("seterusnya", "bad_date"),
        ("1-14 Nov", "past"),
        ("1-14 Jul", "past"),
        ("1-14 Des 2025", "past"),
        ("14-1 Des", "reversed"),
        ("14 Des - 1 Nov", "reversed"),
        ("1 Des 2026 - 2 Des 2027", "too_long"),
        ("1-14 Des 2206", "far"),
        ("1 Des 2026 - 14 Des 2206", "far"),
        ("1 Des 2028 - 14 Des 2028", "far"),
    ],
)
def test_what_is_no_sound_term_is_said_and_never_guessed(text, trouble):
    assert read_days(text, TODAY) == Days(trouble=trouble)
