"""One request, laid out by many habits, is always read as the same request."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pipeline.model import Form
from tests.form.pages import Page, Shown, to_xlsx
from tests.form.paper import FORM, Habit, lay_out, without
from tests.form.sheets import check_reading, read

MONTHS = ("Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "Nopember", "Desember")  # fmt: skip
KINDS = ("new", "change", "revoke")


def check_habit(
    habit: Habit, form: Form = FORM, problems: tuple[tuple[str, str], ...] = (), read_as: Form | None = None
) -> None:
    data = to_xlsx(Page("Form", lay_out(form, habit)))
    check_reading(read(data), read_as or form, problems)


def indonesian(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize("language", ["id", "en", "both"])
@pytest.mark.parametrize("where", ["right", "colon", "prefixed", "same", "below"])
@pytest.mark.parametrize("signoff", ["pairs", "block"])
@pytest.mark.parametrize("headings", [True, False])
def test_labels_and_answers_may_stand_in_any_order_of_office(
    language: str, where: str, signoff: str, headings: bool
) -> None:
    check_habit(Habit(language=language, where=where, signoff=signoff, headings=headings))


@pytest.mark.parametrize("where", ["right", "same", "below"])
@pytest.mark.parametrize(
    "order",
    [
        ("requester", "items", "employees", "signoff"),
        ("signoff", "requester", "employees", "items"),
        ("items", "employees", "requester", "signoff"),
    ],
)
def test_the_parts_may_come_in_another_order(where: str, order: tuple[str, ...]) -> None:
    check_habit(Habit(where=where, order=order))


@pytest.mark.parametrize(
    "habit",
    [
        Habit(gap=2),
        Habit(top=12, left=5),
        Habit(blank_rows=True),
        Habit(rows=15),
        Habit(
            employee_columns=("employee_id", "name", "email", "position"),
            item_columns=("justification", "start_date", "end_date", "system", "access_level"),
        ),
        Habit(employee_columns=("no", "name", "employee_id", "Lokasi", "position", "No. HP", "email")),
    ],
    ids=["gap", "offset", "blank rows", "pre-numbered", "columns reordered", "extra columns"],
)
def test_inserted_rows_and_columns_change_nothing(habit: Habit) -> None:
    check_habit(habit)


@pytest.mark.parametrize("tick", ["v", "V", "x", "X", "√", "☑", "YA", "✓", "yes", True, 1, "TRUE", "ü"])
def test_systems_may_be_ticked_on_a_printed_list(tick: Any) -> None:
    check_habit(Habit(items="ticks", tick=tick))


@pytest.mark.parametrize("where", ["right", "colon", "same", "below"])
def test_systems_may_stand_in_one_line(where: str) -> None:
    first = FORM.lines[0]
    alike = tuple(
        replace(
            line,
            access_level=first.access_level,
            start_date=first.start_date,
            end_date=first.end_date,
            justification=first.justification,
        )
        for line in FORM.lines
    )
    check_habit(Habit(where=where, items="line"), replace(FORM, lines=alike))


DATES: dict[str, Callable[[date], Any]] = {
    "24/11/2026": lambda d: d.strftime("%d/%m/%Y"),
    "24-11-2026": lambda d: d.strftime("%d-%m-%Y"),
    "24.11.2026": lambda d: d.strftime("%d.%m.%Y"),
    "2026-11-24": lambda d: d.isoformat(),
    "2026/11/24": lambda d: d.strftime("%Y/%m/%d"),
    "24/11/26": lambda d: d.strftime("%d/%m/%y"),
    "24 Nopember 2026": indonesian,
    "24 NOPEMBER 2026": lambda d: indonesian(d).upper(),
    "24-Nop-26": lambda d: f"{d.day:02d}-{MONTHS[d.month - 1][:3]}-{d.year % 100}",
    "Nov 24, 2026": lambda d: d.strftime("%b %d, %Y"),
    "24th November 2026": lambda d: d.strftime("%dth %B %Y"),
    "24 Nov '26": lambda d: d.strftime("%d %b '%y"),
    "Selasa, 24 Nopember 2026": lambda d: f"Selasa, {indonesian(d)}",
    "non-breaking": lambda d: indonesian(d).replace(" ", "\u00a0"),
    "full width": lambda d: full_width(d.strftime("%d/%m/%Y")),
    "zero width": lambda d: "\u200b" + d.strftime("%d/%m/%Y") + "\ufeff",
    "serial": lambda d: (d - date(1899, 12, 30)).days,
    "serial as text": lambda d: str((d - date(1899, 12, 30)).days),
    "with time": lambda d: datetime(d.year, d.month, d.day, 13, 45),  # noqa: DTZ001
    "with time as text": lambda d: d.strftime("%Y-%m-%dT00:00:00"),
    "with zone": lambda d: d.strftime("%d/%m/%Y 09:30 WIB"),
    "spaces": lambda d: d.strftime(" %d / %m / %Y "),
    "24112026": lambda d: d.strftime("%d%m%Y"),
    "misspelt": lambda d: indonesian(d).replace("Nopember", "Novenber").replace("Desember", "Desembar"),
}


@pytest.mark.parametrize("written", DATES.values(), ids=DATES.keys())
def test_dates_may_be_written_in_any_way(written: Callable[[date], Any]) -> None:
    check_habit(Habit(date_as=written))


def test_a_workbook_may_count_its_days_from_1904() -> None:
    data = to_xlsx(Page("Form", lay_out(FORM, Habit())), date1904=True)
    check_reading(read(data), FORM)


@pytest.mark.parametrize(
    "written",
    [
        lambda nik: Shown(int(nik), "00000"),
        lambda nik: f"'{nik}",
        lambda nik: f"NIK: {nik}",
        lambda nik: f"\u00a0{nik} ",
        lambda nik: f"{nik}.0",
        full_width,
    ],
    ids=["number format", "apostrophe", "prefixed", "spaces", "point zero", "full width"],
)
def test_a_nik_keeps_its_leading_zeros(written: Callable[[str], Any]) -> None:
    check_habit(Habit(id_as=written))


@pytest.mark.parametrize("written", [int, lambda nik: Shown(float(nik), "0.0")], ids=["number", "float"])
def test_a_nik_as_a_number_has_no_point(written: Callable[[str], Any]) -> None:
    people = tuple(replace(e, employee_id=e.employee_id.lstrip("0")) for e in FORM.employees)
    check_habit(Habit(id_as=written), read_as=replace(FORM, employees=people))


@pytest.mark.parametrize("shape", ["mailto:{}", "Seseorang <{}>", "<{}>", " {} ", "{};"])
def test_an_address_is_read_out_of_what_mail_programs_add(shape: str) -> None:
    check_habit(Habit(email_as=shape.format))


def boxes(done: str, left: str, between: str = "   ") -> Callable[[Mapping[str, str], str], str]:
    return lambda says, kind: between.join(f"{done if kind == k else left} {says[k]}" for k in KINDS)


def tick_cells(says: Mapping[str, str], kind: str, word: int, tick: int, by_row: bool) -> dict[Any, Any]:
    at = KINDS.index(kind)
    if by_row:
        return {(n, word): says[k] for n, k in enumerate(KINDS)} | {(at, tick): "v"}
    return {(0, word + 2 * n): says[k] for n, k in enumerate(KINDS)} | {(0, tick + 2 * at): "v"}


TYPES: dict[str, Callable[[Mapping[str, str], str], Any]] = {
    "glyph boxes": boxes("☑", "☐"),
    "crossed boxes": boxes("☒", "☐", " "),
    "typed boxes": boxes("[x]", "[ ]"),
    "round boxes": boxes("(v)", "( )"),
    "lines": boxes("☑", "☐", "\n"),
    "boxes after": lambda says, kind: "  ".join(f"{says[k]} {'☑' if k == kind else '☐'}" for k in KINDS),
    "one tick": lambda says, kind: "  ".join(f"{'√ ' if k == kind else ''}{says[k]}" for k in KINDS),
    "tick after the word": lambda says, kind: tick_cells(says, kind, 1, 2, by_row=False),
    "tick before the word": lambda says, kind: tick_cells(says, kind, 2, 1, by_row=False),
    "tick right in rows": lambda says, kind: tick_cells(says, kind, 1, 2, by_row=True),
    "tick left in rows": lambda says, kind: tick_cells(says, kind, 2, 1, by_row=True),
    "tick beneath": lambda says, kind: (
        {(0, 1 + n): says[k] for n, k in enumerate(KINDS)} | {(1, 1 + KINDS.index(kind)): "√"}
    ),
    "typed": lambda says, kind: says[kind].lower(),
    "misspelt": lambda says, kind: {"new": "baruu", "change": "perubahn", "revoke": "pencabutn"}[kind],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shown", TYPES.values(), ids=TYPES.keys())
def test_the_request_type_may_be_chosen_in_any_way(
    shown: Callable[[Mapping[str, str], str], Any], kind: Any
) -> None:
    check_habit(Habit(type_as=shown), replace(FORM, request_type=kind))


MISSING = (
    "request_date", "request_type", "requester_name", "requester_position", "requester_email",
    "requester_department", "division_head_name", "signature", "employees[1].name",
    "employees[1].employee_id", "employees[0].position", "items[0].system", "items[1].access_level",
    "items[2].start_date", "items[2].justification",
)  # fmt: skip


@pytest.mark.parametrize("path", MISSING)
@pytest.mark.parametrize("where", ["right", "colon", "same", "below"])
def test_what_is_missing_is_named_and_nothing_else(path: str, where: str) -> None:
    check_habit(Habit(where=where), without(FORM, path), ((path, "missing"),))


def test_an_employee_needs_no_address() -> None:
    check_habit(Habit(), without(FORM, "employees[1].email"))


def test_a_missing_answer_is_located_at_its_empty_cell() -> None:
    data = to_xlsx(Page("Form", lay_out(without(FORM, "requester_name"), Habit(where="colon"))))
    assert [p.cell for p in read(data).problems] == ["Form!C8"]
