"""The days in an old register's cells: real dates, Excel's day numbers, or text, day before month."""

from datetime import date

from pipeline.form.dates import BadDateError, dates_in, is_no_end
from pipeline.form.words import is_blank
from pipeline.importing.sheets import Value, shown
from pipeline.register.values import read_serial

_YEARS = range(1990, 2101)


class BadDayError(ValueError):
    """A cell that should tell a day and does not; its text says what is wrong with it."""


def read_one_day(value: Value, is_end: bool = False) -> date | None:
    """The day in a cell; None where none stands there, or an end is said to be none."""
    found = read_days(value, is_end)
    if len(found) > 1:
        raise BadDayError(f"{shown(value)!r} is more than one day")
    return found[0] if found else None


def read_days(value: Value, is_end: bool = False) -> tuple[date, ...]:
    """The days in a cell, in their order. BadDayError for what is none."""
    if isinstance(value, bool):
        raise BadDayError(f"{shown(value)} is no day")
    if isinstance(value, date):
        return _checked((value,), value)
    if isinstance(value, float):
        # Below, a number is a year or a count of days: nobody can tell.
        day = read_serial(value, from_1904=False) if value >= 32_874 else None
        if day is None:
            raise BadDayError(f"{shown(value)} is no day")
        return _checked((day,), value)
    text = shown(value)
    if not text or is_blank(text) or (is_end and is_no_end(text)):
        return ()
    try:
        found = dates_in(text)
    except BadDateError as error:
        raise BadDayError(f"{text!r} is no day that a calendar has") from error
    if not found:
        raise BadDayError(f"{text!r} is no day; write it as 24/11/2026")
    return _checked(found, value)


def _checked(days: tuple[date, ...], value: Value) -> tuple[date, ...]:
    if any(day.year not in _YEARS for day in days):
        raise BadDayError(f"the year of {shown(value)} cannot be right")
    return days
