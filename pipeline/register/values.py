"""What a register cell means, as plain text that can be compared. Opens no workbook and knows no column."""

import re
from datetime import date, timedelta

from pipeline.celltext import cell_text

#: ECMA-376 part 1, 22.9.2.19 (ST_Xstring): in a workbook's XML these seven characters stand for one.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: No text of this length is cut.
_SHORT = 1_000
_LINE_ENDS = re.compile(r"\r\n?")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([A-Za-z]{3,10})\.?\s*[-/., ]?\s*(\d{4}|\d{2})")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "januari january jan", "februari february feb pebruari peb", "maret march mar mrt", "april apr",
            "mei may", "juni june jun", "juli july jul", "agustus august agu aug agt ags",
            "september sep sept", "oktober october okt oct", "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

#: The first day of a workbook's calendar: Excel counts 1900 as a leap year, so day 61 is 1 March 1900.
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
#: 31 December 9999, the last day that Excel knows.
_LAST_DAY = 2_958_465


def plain(value: str | int | date | None) -> str:
    """A value as text that is the same before it is written and after it was read back; dates in ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, int):
        return str(value)
    if value.isascii() and value.isprintable() and len(value) <= _SHORT:
        return value.strip()
    # Twice: what is cut or replaced by cell_text may leave a space at the end.
    return _LINE_ENDS.sub("\n", cell_text(value.strip())).strip()


def escape(text: str) -> str:
    """Text as it must stand in a workbook's XML, so that "_x000D_" is read as these seven characters."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def unescape(text: str) -> str:
    """What a workbook's XML text means: "_x000D_" is a carriage return."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def read_day(text: str) -> date | None:
    """The day a text names, the day before the month as Indonesians write; None when it names none."""
    text = text.strip()
    for pattern, order in ((_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1)), (_WORDED, (3, 2, 1))):
        found = pattern.fullmatch(text)
        if found:
            return _day(*(found[place] for place in order))
    return None


def read_serial(number: float, from_1904: bool) -> date | None:
    """The day of a workbook's day number; the time of day is dropped. None outside Excel's calendar."""
    # The comparison is also false for "not a number".
    if not 1 <= number < _LAST_DAY + 1:
        return None
    try:
        return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(number))
    except OverflowError:
        return None


def read_number(text: str) -> str:
    """A number from a workbook's XML as people see it: "7" for "7.0"; the text itself when it is none."""
    try:
        number = float(text)
        return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
    except (ValueError, OverflowError):
        return text


def _day(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower(), 0) if month.isalpha() else int(month)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None
