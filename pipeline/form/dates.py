"""Dates as people write them in Indonesia: day first, months in two languages. Reads no clock."""

import re
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.words import clean

_MONTHS = {
    1: "januari january jan januwari", 2: "februari february feb pebruari peb", 3: "maret march mar mrt",
    4: "april apr", 5: "mei may", 6: "juni june jun", 7: "juli july jul",
    8: "agustus august agu aug ags agt agust",
    9: "september sep sept", 10: "oktober october okt oct", 11: "november nopember nov nop",
    12: "desember december des dec",
}  # fmt: skip
_NUMBER_OF = {word: number for number, words in _MONTHS.items() for word in words.split()}
_WEEKDAY = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|"
    r"mon|tue|wed|thu|fri|sat|sun)\b[,.]?\s*", re.IGNORECASE,
)  # fmt: skip
_TIME = re.compile(
    r"[\sT,]+(?:pukul|jam|at)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm|wib|wita|wit|"
    r"z)?(?:[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<!\d[-/.])(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d[-/.])(?<!\d)(\d{1,2})\s*[-/., ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4}|'?\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s*(?:of\s+)?[-/., ]?\s*"
    r"([a-z]{3,10})\.?\s*[-/., ]?\s*(\d{4}|'?\d{2})(?!\d|,?\s*\d{4})",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"\b([a-z]{3,10})\.?\s*[-/ ]?\s*(\d{1,2})(?:st|nd|rd|th)?\s*[-/, ]\s*(\d{4}|'\d{2})(?!\d)", re.IGNORECASE
)
_YEAR_MONTH_DAY = re.compile(r"\b(\d{4})\s*[-/ ]\s*([a-z]{3,10})\s*[-/ ]\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_DASHES = re.compile(r"(?<=\w)[‐‑‒–—_|\\·•∙](?=\w)")
#: "1 s/d 31 Desember 2026", "1 Des - 31 Jan 2027": the last day's month and year hold for both.
_SHARED = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:\s+(?P<own>[a-z]{3,10})\.?)?"
    r"(?P<between>\s*(?:-|~|&|\bs/?d\b|\bs\.d\.|"
    r"\b(?:sampai(?: dengan)?|hingga|to|until|till|atau|or|dan|and)\b)\s*)"
    r"(?P<last>\d{1,2})\s+(?P<month>[a-z]{3,10})\.?\s+(?P<year>\d{4})(?!\d)", re.IGNORECASE,
)  # fmt: skip
#: "23 bulan November tahun 2026", "23’ November 2026"
_CONNECTING = re.compile(r"(?<=\d)['’](?=\s*[a-z])|\b(?:bulan|tahun|month|year)\b", re.IGNORECASE)
#: "Dec 1 - 31, 2026", "Dec 1 to Jan 31, 2027"
_SHARED_MONTH_FIRST = re.compile(
    r"\b(?P<own>[a-z]{3,10})\.?\s+(?P<day>\d{1,2})(?P<between>\s*(?:-|~|&|\b(?:to|until|till|or|and)\b)\s*)"
    r"(?:(?P<month>[a-z]{3,10})\.?\s+)?(?P<last>\d{1,2}),?\s+(?P<year>\d{4})(?!\d)", re.IGNORECASE,
)  # fmt: skip
#: "01/12/2026-31/03/2027": the stroke between two dates is set off from those within them.
_TOUCHING = re.compile(
    r"(?<!\d)(\d{1,2}([/.-])\d{1,2}\2(?:\d{4}|\d{2}))([-/~])(?=\d{1,2}([/.-])\d{1,2}\4\d{2})"
    r"|(?<!\d)(\d{4}-\d{1,2}-\d{1,2})([-/~])(?=\d{4}-\d)"
)
#: What is left of a second date when the first was read.
_REST = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}/\d{1,2})(?!\d)")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
#: Months as letters carry them: 23/XI/2026.
_ROMAN = re.compile(r"(\d{1,2}\s*[-/. ]\s*)([IVX]{1,4})(\s*[-/. ]\s*(?:\d{4}|\d{2})(?!\d))", re.IGNORECASE)
_DIGITS = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
#: "No end", in the words people use in the end date's cell.
_NO_END = re.compile(
    r"\b(?:permanen\w*|permanent\w*|tetap|selamanya|seterusnya|selama.?lamanya|"
    r"selama (?:masih )?(?:bekerja|kerja|menjadi|jadi|aktif|menjabat|berstatus|dibutuhkan|diperlukan|"
    r"masa kerja)|tanpa batas\w*|tidak terbatas|tak terbatas|"
    r"unlimited|indefinite\w*|no end|tidak ada|tdk ada|none|n/?a|forever|ongoing|open ended|open end|until "
    r"further notice|"
    r"sampai pemberitahuan|tidak berbatas|tanpa akhir|tidak ditentukan|lifetime|seumur hidup|no expiry|"
    r"never|unspecified|"
    r"(?:s/?d|sampai(?: dengan)?|hingga|until) (?:resign\w*|berhenti|pensiun|keluar)|no expir\w*|"
    r"without end|no limit|karyawan tetap|sampai ada pemberitahuan|nihil|"
    r"non.?expir\w*|tidak berakhir|kontinyu|kontinu|berkelanjutan|continuous)\b", re.IGNORECASE,
)  # fmt: skip


#: "tidak tetap", "bukan permanen": there is an end, though nobody says when.
_NOT_LASTING = re.compile(r"\b(?:tidak|tdk|bukan|non|not|belum)\W+(?:permanen|tetap|selama)", re.IGNORECASE)


class BadDateError(ValueError):
    """A text that should be a date and is none, or is two."""

    def __init__(self, ambiguous: bool = False) -> None:
        super().__init__()
        self.ambiguous = ambiguous


def is_no_end(text: str) -> bool:
    """Whether an end date's text says that there is none."""
    plain = clean(text)
    return bool(_NO_END.search(plain)) and not _NOT_LASTING.search(plain)


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[date, ...]:
    """The dates written in a text, in their order. BadDateError for one that no calendar has (31/02/2026)."""
    plain = _plain_separators(_WEEKDAY.sub("", clean(text))).strip(" .,;")
    plain = _set_off(_TIME.sub("", plain)).strip(" .,;")
    whole = _DIGITS.match(plain)
    if whole:
        year_first = plain[:2] in {"19", "20"} and not 1900 <= int(plain[4:]) <= 2100
        parts = (plain[:4], plain[4:6], plain[6:]) if year_first else (whole[3], whole[2], whole[1])
        return (_date(*parts),)
    found: list[tuple[int, date]] = []
    for pattern, order in _PATTERNS:
        for match in pattern.finditer(plain):
            groups = match.groups()
            parts = (groups[order[0]], groups[order[1]], groups[order[2]])
            if parts[1].isalpha() and _month(parts[1]) is None:
                continue
            if pattern is _NUMERIC and int(parts[1]) > 12 >= int(parts[2]):
                # 11/24/2026 has only one reading, the American one.
                parts = (parts[0], parts[2], parts[1])
            found.append((match.start(), _date(*parts)))
            plain = plain[: match.start()] + "\0" * (match.end() - match.start()) + plain[match.end() :]
    if found and _REST.search(plain):
        raise BadDateError(ambiguous=True)
    return tuple(day for _, day in sorted(found))


def _set_off(plain: str) -> str:
    """The two dates of a period, each whole and apart from the other."""
    apart = _TOUCHING.sub(lambda m: f"{m[1] or m[5]} {m[3] or m[6]} ", plain)
    return _SHARED_MONTH_FIRST.sub(_both_whole, _SHARED.sub(_both_whole, apart))


def _both_whole(found: re.Match[str]) -> str:
    """Two days that share a month or a year, each with its own: "1 Des - 31 Jan 2027" began in 2026."""
    names = found["own"] or found["month"], found["month"] or found["own"]
    first, last = (_month(name) for name in names)
    if first is None or last is None:
        return found[0]
    year = int(found["year"])
    start = f"{found['day']} {names[0]} {year - (first > last)}"
    return f"{start} {found['between']} {found['last']} {names[1]} {year}"


def _plain_separators(text: str) -> str:
    """Dashes of any length, strokes and words between the parts of a date become plain ones."""
    # 2026年11月24日
    plain = _DASHES.sub("-", re.sub("[年月](?=\\d)", "-", text).replace("日", ""))
    plain = _ROMAN.sub(lambda m: f"{m[1]}{_ROMANS.index(m[2].upper()) + 1}{m[3]}", plain)
    return _CONNECTING.sub(" ", plain)


#: (pattern, where year, month and day stand in its groups); text already read is blotted out for the next.
_PATTERNS = (
    (_ISO, (0, 1, 2)),
    (_YEAR_MONTH_DAY, (0, 1, 2)),
    (_DAY_MONTH, (2, 1, 0)),
    (_MONTH_DAY, (2, 0, 1)),
    (_NUMERIC, (2, 1, 0)),
)


def _date(year: str, month: str, day: str) -> date:
    digits = year.strip("'")
    number = int(digits) + (2000 if len(digits) == 2 else 0)
    months = _month(month) if month.isalpha() else int(month)
    days = int(day)
    try:
        return date(number, months or 0, days)
    except ValueError as error:
        raise BadDateError from error


@lru_cache(maxsize=512)
def _month(word: str) -> int | None:
    folded = word.casefold()
    if folded in _NUMBER_OF:
        return _NUMBER_OF[folded]
    if len(folded) < 4:
        return None
    known = [w for w in _NUMBER_OF if len(w) >= 4]
    allowed = 1 if len(folded) < 7 else 2
    found = process.extractOne(folded, known, scorer=OSA.distance, score_cutoff=allowed)
    return _NUMBER_OF[found[0]] if found else None
