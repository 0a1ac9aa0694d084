"""Number formats: which of them show a date, and what a whole number looks like in them. Knows no file."""

import math
import re
from datetime import datetime, timedelta
from functools import lru_cache

#: Formats that Excel knows by number alone: ECMA-376 part 1, 18.8.30.
_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
#: Dates of East Asian Excel versions, which other versions show as dates too.
_BUILTIN_DATES = (*range(27, 37), *range(50, 59))
_DAY_ONE = datetime(1899, 12, 30)  # noqa: DTZ001  (a wall date, as the sheet shows it)
_DAY_ONE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466


def builtin_format(number: int) -> str:
    """The format code of a built-in number format, "" for General."""
    return "dd/mm/yyyy" if number in _BUILTIN_DATES else _BUILTIN.get(number, "")


@lru_cache(maxsize=512)
def is_date_format(code: str) -> bool:
    """Whether a format shows a date or a time."""
    if not code or code.lower() in {"general", "standard", "@"}:
        return False
    first = code.partition(";")[0]
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", first).lower()
    if "general" in bare or re.search(r"[#?]", bare):
        return False
    return bool(re.search(r"[dy]|m|h|s", bare)) and not re.search(r"0.*e\+", bare)


def serial_to_date(serial: float, date1904: bool) -> datetime | None:
    """The date a serial number stands for, None outside the years Excel has."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    if not date1904 and serial < 60:
        # Excel believes that 1900 had a 29th of February.
        serial += 1
    start = _DAY_ONE_1904 if date1904 else _DAY_ONE
    try:
        return start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None


def date_to_serial(value: datetime, date1904: bool) -> float:
    """The number behind a date, for a number that was only formatted as one."""
    days = (value - (_DAY_ONE_1904 if date1904 else _DAY_ONE)).total_seconds() / 86_400
    return days - 1 if not date1904 and days < 61 else days


def shown_number(value: float, code: str) -> str:
    """A number as text: whole numbers without a point, with the leading zeros that its format shows."""
    if not math.isfinite(value):
        return ""
    if value != int(value):
        return repr(value)
    digits = str(int(value))
    first = re.sub(r'"([^"]*)"|\\(.)', r"\1\2", re.sub(r"\[[^\]]*\]|_.|\*.", "", code.partition(";")[0]))
    zeros = first.count("0")
    if zeros > 1 and re.fullmatch(r"[A-Za-z]*[0\-/ .]*0", first) and "0.0" not in first and value >= 0:
        return _fit(digits.zfill(zeros), first)
    return digits


def _fit(digits: str, code: str) -> str:
    """Digits set into the zeros of a format from the right; the rest of the format stays."""
    shown = ""
    left = list(digits)
    for letter in reversed(code):
        shown = (left.pop() if letter == "0" and left else letter) + shown
    return "".join(left) + shown
