"""The form of a request as it goes back to be corrected: with what was rejected, and nothing else. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import AccessItem, AccessLine, Employee, Form


def refilled(form: Form, items: Sequence[AccessItem], ref: str) -> Form:
    """`form` reduced to `items`, with the number of the request that it will correct.

    A row that all its employees share stays one row; the employees are numbered anew from 1.
    """
    people: dict[Employee, int] = {}
    asked: dict[tuple[object, ...], list[AccessItem]] = {}
    for item in items:
        people.setdefault(item.employee, len(people) + 1)
        asked.setdefault(_row_of(item), []).append(item)
    lines: list[AccessLine] = []
    for alike in asked.values():
        for_all = {item.employee for item in alike} == set(people)
        for item in alike[:1] if for_all else alike:
            number = None if for_all else people[item.employee]
            lines.append(_line(len(lines) + 1, number, item))
    employees = tuple(replace(employee, no=number) for employee, number in people.items())
    return replace(form, revises=ref, employees=employees, lines=tuple(lines))


def _row_of(item: AccessItem) -> tuple[object, ...]:
    """What a row of the access table says, whoever it is for."""
    return (
        item.system, item.system_label, item.access_level, item.action, item.start_date, item.end_date,
        item.justification,
    )  # fmt: skip


def _line(number: int, employee_no: int | None, item: AccessItem) -> AccessLine:
    return AccessLine(
        no=number, employee_no=employee_no, system=item.system, system_text=item.system_label,
        access_level=item.access_level, action=item.action, start_date=item.start_date,
        end_date=item.end_date, justification=item.justification,
    )  # fmt: skip
