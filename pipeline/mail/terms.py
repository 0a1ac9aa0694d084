"""From when until when, as people write it: "1-14 Des", "besok". Day before month. Reads no clock."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

TermTrouble = Literal["no_dates", "no_end", "bad_date", "past", "reversed", "too_long", "far"]

_MONTH_WORDS = {
    1: "januari january jan", 2: "februari february pebruari feb peb", 3: "maret march mar mrt",
    4: "april apr", 5: "mei may", 6: "juni june jun", 7: "juli july jul",
    8: "agustus august agu aug ags agt", 9: "september sept sep", 10: "oktober october okt oct",
    11: "november nopember nov nop", 12: "desember december des dec",
}  # fmt: skip
_MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NEAR = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
#: Of bare numbers only those with a stroke or a dot are a date without a year: "1-12" may be two days.
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_FIGURES = re.compile(
    r"(?P<day>\d{1,2})(?:[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d{2}))?"
    r"|-(?P<month2>\d{1,2})-(?P<year2>\d{4}))"
)
_WORDS = re.compile(rf"(?P<day>{_DAY})[ -]?(?P<month>{_NAMES})\.?(?:[ -]?(?P<year>\d{{4}}))?")
_MONTH_FIRST = re.compile(rf"(?P<month>{_NAMES})\.? ?(?P<day>{_DAY})(?: (?P<year>\d{{4}}))?")
_BARE = re.compile(rf"(?P<day>{_DAY})")
_FORMS = (_ISO, _FIGURES, _WORDS, _MONTH_FIRST, _BARE)
#: The same forms, without their names, for the shape of a term.
_ONE = "|".join([*_NEAR, *(re.sub(r"\(\?P<\w+>", "(?:", form.pattern) for form in _FORMS)])
_ON = r"(?:(?:pada |on )?(?:tanggal|tgl\.?) |pada |on )?"
_SINCE = r"(?:mulai|dari|sejak|from|since|starting)"
_UNTIL = r"(?:s/d|s\.d\.?|sd|sampai dengan|sampai|hingga|to|until|till|through)"
_TERM = re.compile(
    rf"(?P<since>{_SINCE} )?{_ON}(?P<first>{_ONE})(?: ?[-–—~] ?| ?{_UNTIL} )(?:{_ON})(?P<last>{_ONE})"
)
_LAST_ONLY = re.compile(rf"{_UNTIL} {_ON}(?P<last>{_ONE})")
_ONE_DAY = re.compile(rf"(?P<since>{_SINCE} )?{_ON}(?P<first>{_ONE})")
_MARKS = re.compile(r"[\s:,()\[\]]+")
_THANKS = re.compile(r"(?: (?:ya|pak|bu|terima kasih|makasih|trims|thanks|thank you|please))+$")
#: Every other word that can stand in a term: a line that holds any more is perhaps a sentence.
_KNOWN = frozenset((
    *_MONTHS, "hari", "ini", "today", "besok", "tomorrow", "lusa", "pada", "on", "tanggal", "tgl", "mulai",
    "dari", "sejak", "from", "since", "starting", "s/d", "s.d", "sd", "sampai", "dengan", "hingga", "to",
    "until", "till", "through", "ya", "pak", "bu", "",
))  # fmt: skip
_YEAR = timedelta(days=366)
#: Without a year nobody means a time further ahead than this.
_HALF = timedelta(days=183)


@dataclass(frozen=True)
class Days:
    """A term, both days included; or what is wrong with it."""

    first: date = date.min
    last: date = date.min
    trouble: TermTrouble | Literal[""] = ""


@dataclass(frozen=True)
class _Written:
    """A date as it was written: what was left out is None."""

    day: int
    month: int | None = None
    year: int | None = None


class _NoDateError(ValueError):
    """No calendar has this date."""


def is_like_term(text: str) -> bool:
    """Does `text` speak of days and of nothing else, readable or not?"""
    words = _plain(text).split()
    return bool(words) and all(word.strip(".-–—~") in _KNOWN or word[0].isdigit() for word in words)


def read_days(text: str, today: date) -> Days:
    """The term that `text` is, seen from `today`. What has begun counts from today; no end is ever guessed.

    Only a text that is a term and nothing else is read. Where no year is written, the next such term is
    meant, unless it is more than half a year ahead."""
    plain = _plain(text)
    if not plain:
        return Days(trouble="no_dates")
    whole, until, single = (form.fullmatch(plain) for form in (_TERM, _LAST_ONLY, _ONE_DAY))
    try:
        if whole:
            first, last = _both(_written(whole["first"], today), _written(whole["last"], today), today)
        elif until:
            now = _Written(today.day, today.month, today.year)
            first, last = _both(now, _written(until["last"], today), today)
        elif single and single["since"]:
            return Days(trouble="no_end")
        elif single:
            day = _written(single["first"], today)
            first, last = _both(day, day, today)
        else:
            return Days(trouble="bad_date")
    except _NoDateError:
        return Days(trouble="bad_date")
    trouble = _trouble(first, last, today)
    return Days(trouble=trouble) if trouble else Days(max(first, today), last)


def _plain(text: str) -> str:
    return _THANKS.sub("", _MARKS.sub(" ", text.casefold()).strip(" .!;-"))


def _written(text: str, today: date) -> _Written:
    if text in _NEAR:
        near = today + timedelta(days=_NEAR[text])
        return _Written(near.day, near.month, near.year)
    found = next(match for form in _FORMS if (match := form.fullmatch(text)))
    parts = found.groupdict()
    month, year = parts.get("month") or parts.get("month2"), parts.get("year") or parts.get("year2")
    day = int(re.sub(r"\D", "", parts["day"]))
    number = None if month is None else int(month) if month.isdigit() else _MONTHS[month]
    return _Written(day, number, None if year is None else int(year) + (2000 if len(year) == 2 else 0))


def _both(first: _Written, last: _Written, today: date) -> tuple[date, date]:
    """Both days whole: each has the month it lacks from the other, and what has no year has it from today."""
    begins, ends = first.month or last.month, last.month or first.month
    if begins is None or ends is None:
        raise _NoDateError
    if first.year is not None or last.year is not None:
        return _in_years(first, last, begins, ends)
    # "28 Des - 4 Jan" is one term, in January too; "14 Des - 1 Nov" is a slip.
    over = begins > ends and begins - ends >= 6
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days = _date(year, begins, first.day), _date(year + over, ends, last.day)
        except _NoDateError:
            # 29 February is in one year of four.
            continue
        if days[1] >= today:
            break
    else:
        raise _NoDateError
    if days[0] - today > _HALF:
        # "1-14 Des" on the 20th of December is a slip; "1-14 Jan" is not.
        return _date(days[0].year - 1, begins, first.day), _date(days[1].year - 1, ends, last.day)
    return days


def _in_years(first: _Written, last: _Written, begins: int, ends: int) -> tuple[date, date]:
    """Where one year is written, it is that of both, or the two years follow each other."""
    over = begins > ends and begins - ends >= 6
    start = first.year if first.year is not None else (last.year or 0) - over
    end = last.year if last.year is not None else start + over
    return _date(start, begins, first.day), _date(end, ends, last.day)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _NoDateError from error


def _trouble(first: date, last: date, today: date) -> TermTrouble | Literal[""]:
    if first - today > _YEAR or last - today > 2 * _YEAR or today - first > _YEAR:
        return "past" if last < today else "far"
    if last < first:
        return "reversed"
    if last < today:
        return "past"
    return "too_long" if last - first >= _YEAR else ""
