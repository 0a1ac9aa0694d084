"""A date as people put it into a cell: a real date, or text, day before month. Reads no workbook."""

import re
from datetime import date, datetime
from functools import cache

from babel.dates import get_month_names
from openpyxl.utils.datetime import from_excel

_YEARS = range(2000, 2101)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})[-/. ]*([a-z]+)[-/., ]*(\d{4}|\d{2})")


def read_date(value: object) -> date | None:
    """The date in a cell: "24/11/2026", "24 Nopember 2026", "2026-11-24", a real date or Excel's day number.

    None where it is no date, or one outside the years 2000 to 2100.
    """
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, int | float) and 36_526 <= value < 73_415:
        moment = from_excel(value)
        day = moment.date() if isinstance(moment, datetime) else None
    else:
        day = _from_text(value) if isinstance(value, str) else None
    return day if day and day.year in _YEARS else None


def _from_text(text: str) -> date | None:
    text = " ".join(text.split()).casefold().split(", ", 1)[-1]
    if found := _ISO.fullmatch(text):
        return _day(found[1], int(found[2]), found[3])
    if found := _NUMBERS.fullmatch(text):
        return _day(found[3], int(found[2]), found[1])
    if (found := _WORDS.fullmatch(text)) and found[2] in _months():
        return _day(found[3], _months()[found[2]], found[1])
    return None


def _day(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Month names of both languages, long and short, and the old spellings still in use."""
    names = {"nopember": 11, "nop": 11, "pebruari": 2, "agt": 8, "agust": 8, "sept": 9, "mrt": 3}
    for language in ("id", "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names[str(name).casefold().rstrip(".")] = int(number)
    return names
