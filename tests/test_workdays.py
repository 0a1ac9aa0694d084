"""Working days: weekends, Indonesian holidays, joint leave, the company's own days, and parts of days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PipelineError
from pipeline.workdays import Workdays

JAKARTA = ZoneInfo("Asia/Jakarta")
HOUSE = Workdays()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


def test_a_plain_tuesday_is_a_working_day() -> None:
    assert HOUSE.is_working(date(2026, 11, 24))


@pytest.mark.parametrize("day", [21, 22])
def test_saturday_and_sunday_are_not(day: int) -> None:
    assert not HOUSE.is_working(date(2026, 11, day))


def test_independence_day_is_not() -> None:
    assert not HOUSE.is_working(date(2026, 8, 17))


@pytest.mark.parametrize("day", [date(2026, 3, 20), date(2026, 3, 23), date(2026, 12, 24)])
def test_joint_leave_is_not(day: date) -> None:
    assert not HOUSE.is_working(day)


def test_a_day_the_company_closes_is_not() -> None:
    assert not Workdays(extra=frozenset({date(2026, 12, 28)})).is_working(date(2026, 12, 28))


def test_a_holiday_the_company_works_on_is() -> None:
    assert Workdays(working=frozenset({date(2026, 12, 24)})).is_working(date(2026, 12, 24))


def test_a_saturday_the_company_works_on_is() -> None:
    assert Workdays(working=frozenset({date(2026, 11, 28)})).is_working(date(2026, 11, 28))


def test_a_day_both_closed_and_open_is_open() -> None:
    day = frozenset({date(2026, 11, 24)})
    assert Workdays(extra=day, working=day).is_working(date(2026, 11, 24))


def test_another_country_has_other_holidays() -> None:
    singapore = Workdays("sg", tz="Asia/Singapore")
    assert singapore.is_working(date(2026, 8, 17))
    assert not singapore.is_working(date(2026, 8, 10))


def test_the_working_day_before_the_long_holiday_is_followed_by_the_one_after() -> None:
    assert HOUSE.add(date(2026, 3, 17), 1) == date(2026, 3, 25)
    assert HOUSE.add(date(2026, 3, 25), -1) == date(2026, 3, 17)


def test_adding_nothing_moves_a_free_day_to_the_next_working_day() -> None:
    assert HOUSE.add(date(2026, 11, 21), 0) == date(2026, 11, 23)
    assert HOUSE.add(date(2026, 11, 24), 0) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("year", "month", "first"),
    [(2026, 11, date(2026, 11, 2)), (2026, 1, date(2026, 1, 2)), (2026, 5, date(2026, 5, 4))],
)
def test_the_first_working_day_of_a_month(year: int, month: int, first: date) -> None:
    assert HOUSE.first_of_month(year, month) == first


def test_the_same_hour_on_the_next_working_day_is_one_day_later() -> None:
    assert HOUSE.between(local(11, 24, 16), local(11, 25, 16)) == pytest.approx(1.0)


def test_a_weekend_does_not_count() -> None:
    assert HOUSE.between(local(11, 20, 16), local(11, 23, 16)) == pytest.approx(1.0)
    assert HOUSE.between(local(11, 21, 9), local(11, 22, 18)) == 0.0


def test_six_hours_are_a_quarter_of_a_day() -> None:
    assert HOUSE.between(local(11, 24, 9), local(11, 24, 15)) == pytest.approx(0.25)


def test_days_begin_at_midnight_of_the_company_not_of_utc() -> None:
    # 18:00 UTC on Friday is Saturday 01:00 in Jakarta.
    assert HOUSE.between(datetime(2026, 11, 20, 18, tzinfo=UTC), local(11, 22, 12)) == 0.0


def test_a_clock_set_back_gives_no_negative_time() -> None:
    assert HOUSE.between(local(11, 24, 9), local(11, 23, 9)) == 0.0


def test_a_day_of_23_hours_is_still_one_day() -> None:
    berlin, zone = (
        Workdays("DE", tz="Europe/Berlin", working=frozenset({date(2026, 3, 29)})),
        ZoneInfo("Europe/Berlin"),
    )
    begin, end = datetime(2026, 3, 29, tzinfo=zone), datetime(2026, 3, 30, tzinfo=zone)
    assert berlin.between(begin, end) == pytest.approx(1.0)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_intervals_add_up(one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted((one, two, three))
    assert HOUSE.between(a, c) == pytest.approx(HOUSE.between(a, b) + HOUSE.between(b, c))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(1, 30))
def test_adding_and_taking_back_stays_within_the_free_days_around(day: date, n: int) -> None:
    later = HOUSE.add(day, n)
    assert HOUSE.is_working(later)
    between = [day + timedelta(days=i) for i in range(1, (later - day).days + 1)]
    assert sum(map(HOUSE.is_working, between)) == n


def test_an_unknown_country_is_refused_with_a_mend() -> None:
    with pytest.raises(PipelineError, match=r"no holidays are known for 'XX'.*ID"):
        Workdays("XX")


@pytest.mark.parametrize("zone", ["Asia/Jakarto", "", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(PipelineError, match="not a time zone"):
        Workdays(tz=zone)


def test_a_calendar_without_open_days_is_refused_not_searched_for_ever() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4000))
    with pytest.raises(PipelineError, match="no 1 working days"):
        Workdays(extra=closed).add(date(2026, 1, 1), 1)


@given(MOMENTS, st.floats(0.1, 40))
def test_after_is_where_between_has_counted_so_many_days(moment: datetime, days: float) -> None:
    then = HOUSE.after(moment, days)
    assert HOUSE.between(moment, then) == pytest.approx(days, abs=1e-4)
    assert HOUSE.is_working((then - timedelta(seconds=1)).astimezone(JAKARTA).date())
