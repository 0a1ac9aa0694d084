"""A leaver's form: "Semua akses" becomes one row for everything that each employee holds. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.approval.conflicts import same_nik
from pipeline.model import ALL_ACCESS, AccessLine, Employee, Form

#: What somebody holds of one system: its code, its label, the level.
Holding = tuple[str, str, str]
#: NIK as `same_nik` compares it -> what its employee holds.
Holdings = Mapping[str, tuple[Holding, ...]]


@dataclass(frozen=True)
class Expanded:
    """The form with every system named, and the employees for whom nothing was found to take away."""

    form: Form
    nothing_held: tuple[Employee, ...] = ()


def takes_everything(form: Form) -> bool:
    """Does a row of the form say "Semua akses"?"""
    return any(line.system == ALL_ACCESS for line in form.lines)


def expand_all(form: Form, held: Holdings) -> Expanded:
    """Put a row of revocation for each system that each employee holds where a row says "Semua akses".

    A row that names a system is kept and counts before it: what it says of an employee's system is not said
    again. Of two rows for everything, the one that names the employee counts. Without such a row the form
    comes back as it was.
    """
    if not takes_everything(form):
        return Expanded(form)
    counts = {e.no: line for e in form.employees if (line := _row_for(e, form)) is not None}
    named = {
        (e.no, line.system) for e in form.employees for line in form.lines if line.employee_no in {None, e.no}
    }
    lines: list[AccessLine] = []
    for line in form.lines:
        if line.system != ALL_ACCESS:
            lines.append(line)
            continue
        for employee in form.employees:
            if counts.get(employee.no) is line:
                lines += _rows(line, employee, held, named)
    nothing = tuple(e for e in form.employees if e.no in counts and not _held_by(e, held))
    numbered = tuple(replace(line, no=number) for number, line in enumerate(lines, start=1))
    return Expanded(replace(form, lines=numbered), nothing)


def _row_for(employee: Employee, form: Form) -> AccessLine | None:
    """The row for everything that counts for an employee."""
    rows = [line for line in form.lines if line.system == ALL_ACCESS]
    own = [line for line in rows if line.employee_no == employee.no]
    return next(iter(own or [line for line in rows if line.employee_no is None]), None)


def _rows(
    line: AccessLine, employee: Employee, held: Holdings, named: set[tuple[int, str]]
) -> Iterator[AccessLine]:
    once = {code: (label, level) for code, label, level in reversed(_held_by(employee, held))}
    for code, (label, level) in reversed(once.items()):
        if (employee.no, code) not in named:
            yield replace(
                line, employee_no=employee.no, system=code, system_text=label, access_level=level,
                action="revoke", end_date=None,
            )  # fmt: skip


def _held_by(employee: Employee, held: Holdings) -> tuple[Holding, ...]:
    nik = same_nik(employee.employee_id)
    return held.get(nik, ()) if nik else ()
