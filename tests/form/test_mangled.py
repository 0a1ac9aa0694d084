"""The official form as people mangle it: rows and columns moved, labels and answers dressed up by chance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.form.fill import fill_form
from pipeline.model import Language
from tests.form.official import FILLED, blank, opened
from tests.form.pages import Cells, Page, to_xlsx
from tests.form.paper import FORM, Habit, lay_out, without
from tests.form.sheets import check_reading, read

SIMPLE = replace(FILLED, revises="", signed_on=None)
DATES: tuple[Callable[[date], Any], ...] = (
    lambda day: datetime(day.year, day.month, day.day),  # noqa: DTZ001  (a wall date, as a sheet holds it)
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: day.strftime(" %d-%m-%Y\u00a0"),
    lambda day: day.isoformat(),
    lambda day: (day - date(1899, 12, 30)).days,
)
DRESSES: tuple[Callable[[str], str], ...] = (
    str, lambda t: f" {t} ", lambda t: t.replace(" ", "\u00a0"), lambda t: f"\u200b{t}", lambda t: f"{t}\n",
    lambda t: t.replace(" ", "  "),
)  # fmt: skip


@lru_cache
def official_cells(language: Language) -> tuple[tuple[tuple[int, int], Any], ...]:
    """The filled official form as plain cells: what is left of it after copying into a new workbook."""
    sheet = opened(fill_form(blank(language), SIMPLE))["Form"]
    return tuple(((c.row, c.column), c.value) for r in sheet.iter_rows() for c in r if c.value is not None)


def moved(cells: Cells, rows: list[int], columns: list[int]) -> Cells:
    """Empty rows and columns inserted before those numbers, as people do to make room."""
    return {
        (row + sum(at <= row for at in rows), column + sum(at <= column for at in columns)): value
        for (row, column), value in cells.items()
    }


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    language=st.sampled_from(("id", "en")),
    rows=st.lists(st.integers(1, 8), max_size=3),
    columns=st.lists(st.just(1), max_size=3),
    day=st.sampled_from(DATES),
    dress=st.sampled_from(DRESSES),
)
def test_an_official_form_copied_moved_and_dressed_up_says_the_same(
    language: Language, rows: list[int], columns: list[int], day: Any, dress: Any
) -> None:
    cells = {
        place: day(value.date()) if isinstance(value, datetime) else dress(value)
        if isinstance(value, str) and not value.startswith(("=", "+", "-")) else value
        for place, value in official_cells(language)
    }  # fmt: skip
    check_reading(read(to_xlsx(Page("Sheet1", moved(cells, rows, columns)))), SIMPLE)


HABITS = st.builds(
    Habit,
    language=st.sampled_from(("id", "en", "both")),
    where=st.sampled_from(("right", "colon", "prefixed", "same", "below")),
    top=st.integers(1, 9),
    left=st.integers(1, 5),
    order=st.permutations(("requester", "employees", "items")).map(lambda parts: (*parts, "signoff")),
    employee_columns=st.permutations(("name", "employee_id", "position", "email")).map(lambda c: ("no", *c)),
    item_columns=st.permutations(
        ("system", "access_level", "start_date", "end_date", "justification")
    ).map(lambda c: ("no", *c)),
    date_as=st.sampled_from(DATES),
    id_as=st.sampled_from((str, lambda nik: f" {nik}", lambda nik: f"'{nik}")),
    system_as=st.sampled_from((str, str.upper, str.lower, lambda name: f"Akses {name}")),
    rows=st.sampled_from((0, 10, 15)),
    signoff=st.sampled_from(("pairs", "block")),
    blank_rows=st.booleans(),
    doc_head=st.booleans(),
)  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(habit=HABITS)
def test_a_form_laid_out_by_any_habit_is_read_right_without_a_false_alarm(habit: Habit) -> None:
    check_reading(read(to_xlsx(Page("Form", lay_out(FORM, habit)))), FORM)


PATHS = (
    "requester_name", "requester_email", "requester_department", "request_date", "request_type", "signature",
    "employees[0].employee_id", "employees[1].position", "items[0].system", "items[1].start_date",
    "items[2].justification",
)  # fmt: skip


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(habit=HABITS, path=st.sampled_from(PATHS))
def test_one_thing_missing_is_the_one_thing_reported(habit: Habit, path: str) -> None:
    data = to_xlsx(Page("Form", lay_out(without(FORM, path), habit)))
    assert [(p.field, p.kind) for p in read(data).errors] == [(path, "missing")]
