"""Working days: weekends, public holidays, joint leave and what the company decides. Never asks the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from pipeline.model import PipelineError

#: Joint leave ("cuti bersama") is the category `government` of Indonesia's calendar; elsewhere that word
#: means days off for officials only, so other countries get their public holidays alone.
_CATEGORIES = {"ID": ("public", "government")}
_DAY = timedelta(days=1)
#: Saturday and Sunday, as `date.weekday` counts.
_WEEKEND = frozenset({5, 6})


class Workdays:
    """The company's calendar. `extra` are days it closes, `working` holidays or weekends it works on."""

    def __init__(
        self,
        country: str = "ID",
        extra: frozenset[date] = frozenset(),
        working: frozenset[date] = frozenset(),
        tz: str = "Asia/Jakarta",
    ) -> None:
        """PipelineError where country or time zone are not known."""
        code = country.strip().upper()
        try:
            self._holidays = holidays.country_holidays(code, categories=_CATEGORIES.get(code, ("public",)))
        except NotImplementedError as error:
            raise PipelineError(
                f"workdays.country: no holidays are known for {country!r}.", "Use a code like ID, MY or SG."
            ) from error
        try:
            self._zone = ZoneInfo(tz)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise PipelineError(
                f"company.timezone: {tz!r} is not a time zone.", "Use a name like Asia/Jakarta."
            ) from error
        self._closed, self._open = extra - working, working
        #: A report asks for the same days some thousand times.
        self._known: dict[date, bool] = {}

    def is_working(self, day: date) -> bool:
        """Is that a working day? The company's own word counts most; an open day wins over a closed one."""
        known = self._known.get(day)
        if known is None:
            free = day in self._closed or day.weekday() in _WEEKEND or day in self._holidays
            known = self._known[day] = day in self._open or not free
        return known

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it, for a negative n); 0: `day` itself or the next one."""
        if n == 0:
            return self.add(day - _DAY, 1)
        left = abs(n)
        for other in self._days(day, 1 if n > 0 else -1):
            left -= self.is_working(other)
            if left == 0:
                return other
        raise PipelineError(
            f"There are no {abs(n)} working days around {day}.", "Check workdays in config.yaml."
        )

    def between(self, a: datetime, b: datetime) -> float:
        """Working days from `a` to `b`, both aware: the time on working days, midnight to midnight is 1.

        From Friday 16:00 to Monday 16:00 is 1 day, as is from Monday 16:00 to Tuesday 16:00, so that
        intervals add up. 0.0 where `b` is before `a`: a clock set back never makes negative lead times.
        """
        if b <= a:
            return 0.0
        first, last = a.astimezone(self._zone).date(), b.astimezone(self._zone).date()
        return sum(self._part(a, b, day) for day in _span(first, last) if self.is_working(day))

    def after(self, moment: datetime, days: float) -> datetime:
        """When `days` working days have passed since `moment`: where `between` reaches that number."""
        left, first = days, moment.astimezone(self._zone).date()
        for day in chain((first,), self._days(first, 1)):
            midnight = datetime(day.year, day.month, day.day, tzinfo=self._zone)
            start, end = max(moment, midnight), midnight + _DAY
            rest = self._part(start, end, day) if self.is_working(day) else 0.0
            if rest and left <= rest:
                return start + (end - start) * (left / rest)
            left -= rest
        raise PipelineError(
            f"There are no {days} working days after {first}.", "Check workdays in config.yaml."
        )

    def first_of_month(self, year: int, month: int) -> date:
        """The first working day of that month."""
        return self.add(date(year, month, 1), 0)

    def _part(self, a: datetime, b: datetime, day: date) -> float:
        """How much of that day, 0 to 1, lies between the two. In UTC: a day may have 23 or 25 hours."""
        begin = datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)
        following = day + _DAY
        end = datetime(following.year, following.month, following.day, tzinfo=self._zone).astimezone(UTC)
        return (min(b.astimezone(UTC), end) - max(a.astimezone(UTC), begin)) / (end - begin)

    @staticmethod
    def _days(start: date, step: int) -> Iterator[date]:
        """The days after (or before) `start`, ten years of them."""
        return (start + timedelta(days=step * number) for number in range(1, 3_660))


def _span(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
