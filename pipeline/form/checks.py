"""Judges a form: alone, and with what directory and register know. Reads no file, asks no server."""

from collections.abc import Callable, Iterable
from datetime import date

from pipeline.form.fields import FIELDS, FORM_VERSION
from pipeline.form.messages import problem
from pipeline.form.people import department_named, same_person
from pipeline.form.words import key
from pipeline.model import (
    AccessLine,
    Directory,
    Employee,
    Form,
    FormReading,
    Language,
    Person,
    Problem,
    Severity,
    System,
)


def check_form(
    reading: FormReading, catalogue: tuple[System, ...], today: date, language: Language
) -> tuple[Problem, ...]:
    """What the form alone shows: missing, end before start, doubles, an old version, long terms.

    A field that already has a problem in `reading` is not called missing as well.
    """
    known = {p.field for p in reading.problems}
    found = [
        *_missing(reading, known, language),
        *_order(reading, language),
        *_doubles(reading, language),
        *_terms(reading, catalogue, language, "warning"),
    ]
    if reading.version and reading.version != FORM_VERSION:
        facts = {"text": reading.version, "current": FORM_VERSION}
        found.append(problem("old_version", "form", "form", "", language, facts, "warning"))
    return tuple(found)


def _missing(reading: FormReading, known: set[str], language: Language) -> Iterable[Problem]:
    form, cells = reading.form, reading.cells
    for field in FIELDS:
        if field.part in {"request", "requester", "signoff"} and field.required:
            value = getattr(form, field.name)
            if (value and value != "none") or field.name in known:
                continue
            special = {"request_type": "missing_type", "signature": "missing_signature"}
            message = special.get(field.name, "missing")
            yield problem(message, field.name, "missing", cells.get(field.name, ""), language)
    for table, rows in (("employees", form.employees), ("items", form.lines)):
        if not rows and table not in known:
            yield problem(f"missing_{table}", table, "missing", cells.get(table, ""), language)
        for index, row in enumerate(rows):
            for field in FIELDS:
                path = f"{table}[{index}].{field.name}"
                name = "system_text" if field.name == "system" else field.name
                if field.part == table and field.required and not getattr(row, name) and path not in known:
                    yield problem("missing", path, "missing", cells.get(path, ""), language)


def _order(reading: FormReading, language: Language) -> Iterable[Problem]:
    for index, line in enumerate(reading.form.lines):
        if line.start_date and line.end_date and line.end_date < line.start_date:
            path = f"items[{index}].end_date"
            cell = reading.cells.get(path, "")
            facts = {"start": _day(line.start_date), "end": _day(line.end_date)}
            yield problem("order", path, "order", cell, language, facts)


def _doubles(reading: FormReading, language: Language) -> Iterable[Problem]:
    form, cells = reading.form, reading.cells
    seen: dict[str, int] = {}
    for index, employee in enumerate(form.employees):
        nik = key(employee.employee_id).replace(" ", "")
        if nik and nik in seen:
            path = f"employees[{index}].employee_id"
            facts = {"text": employee.employee_id, "other": seen[nik] + 1}
            yield problem("duplicate_id", path, "duplicate", cells.get(path, ""), language, facts)
        elif nik:
            seen[nik] = index
    for index, line in enumerate(form.lines):
        earlier = (i for i, other in enumerate(form.lines[:index]) if _same(line, other))
        if line.system_text and (first := next(earlier, None)) is not None:
            cell = cells.get(f"items[{index}].system", "")
            facts = {"text": line.system_text, "other": first + 1}
            yield problem("duplicate_item", f"items[{index}]", "duplicate", cell, language, facts)


def _same(one: AccessLine, other: AccessLine) -> bool:
    """Two rows that ask for the same thing at one time: two visits on two days are two requests."""
    if _sameness(one) != _sameness(other):
        return False
    first, second = sorted((one, other), key=lambda line: line.start_date or date.min)
    return not (first.end_date and second.start_date and first.end_date < second.start_date)


def _sameness(line: AccessLine) -> tuple[object, ...]:
    """Two rows with the same of these ask for the same thing; another level or person is another request."""
    system = line.system or key(line.system_text)
    return line.employee_no, system, key(line.access_level), line.action


def _terms(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, severity: Severity
) -> Iterable[Problem]:
    """What the catalogue asks of a system's dates. A warning in `read-form`, an error in the pipeline."""
    by_code = {s.code: s for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        system = by_code.get(line.system)
        if system is None:
            continue
        path = f"items[{index}].end_date"
        cell = reading.cells.get(path, "")
        name = system.label(language)
        if system.end_date_required and line.end_date is None:
            yield problem("end_required", path, "missing", cell, language, {"text": name}, severity)
        elif system.max_days and _days(line) > system.max_days:
            facts = {"text": name, "days": system.max_days}
            yield problem("too_long", path, "invalid", cell, language, facts, severity)


def _days(line: AccessLine) -> int:
    return (line.end_date - line.start_date).days if line.start_date and line.end_date else 0


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def check_request(
    reading: FormReading,
    catalogue: tuple[System, ...],
    directory: Directory,
    requester: Person | None,
    today: date,
    language: Language,
    held: Callable[[str, str], bool],
) -> tuple[Problem, ...]:
    """What only directory and register can tell. `requester` is the proven sender; `held` says whether an
    employee (by NIK) has access to a system (by code) now. Errors, but for doubts that are no fault."""
    checks = (_department, _sender, _division_head)
    return (
        *(p for check in checks for p in check(reading, directory, requester, language)),
        *_terms(reading, catalogue, language, "error"),
        *_conflicts(reading, catalogue, language, held),
        *_held_already(reading, catalogue, language, held),
    )


def _department(
    reading: FormReading, directory: Directory, requester: Person | None, language: Language
) -> Iterable[Problem]:
    """SOP 3.1: a department's manager or person in charge asks for it."""
    name = reading.form.requester_department
    if not name:
        return
    cell = reading.cells.get("requester_department", "")
    department = department_named(name, directory)
    if department is None:
        facts = {"text": name, "names": ", ".join(d.name for d in directory.departments[:12])}
        yield problem("unknown_department", "requester_department", "unknown", cell, language, facts)
        return
    entitled = [
        p
        for p in directory.people
        if p.role in {"manager", "pic"} and key(p.department) == key(department.name)
    ]
    if requester is None or requester.email not in {p.email for p in entitled}:
        names = ", ".join(p.name for p in entitled) or "-"
        facts = {"text": department.name, "names": names}
        yield problem("not_entitled", "requester_department", "invalid", cell, language, facts)


def _sender(
    reading: FormReading, _: Directory, requester: Person | None, language: Language
) -> Iterable[Problem]:
    written = reading.form.requester_email.casefold()
    if requester is not None and written and written != requester.email:
        cell = reading.cells.get("requester_email", "")
        facts = {"text": written, "sender": requester.email}
        yield problem("other_sender", "requester_email", "invalid", cell, language, facts)


def _division_head(
    reading: FormReading, directory: Directory, _: Person | None, language: Language
) -> Iterable[Problem]:
    """Whether the signer is the division head that the directory names: a doubt for the approver to see."""
    form = reading.form
    department = department_named(form.requester_department, directory)
    head = directory.person(department.division_head) if department else None
    if head is not None and form.division_head_name and not same_person(head.name, form.division_head_name):
        cell = reading.cells.get("division_head_name", "")
        facts = {"text": form.division_head_name, "head": head.name}
        yield problem("other_head", "division_head_name", "invalid", cell, language, facts, "warning")


def _conflicts(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, held: Callable[[str, str], bool]
) -> Iterable[Problem]:
    """Separation of duties: systems that one person must not have together."""
    by_code = {s.code: s for s in catalogue}
    lines = reading.form.lines
    for index, line in enumerate(lines):
        system = by_code.get(line.system)
        if system is None or line.action != "grant":
            continue
        against = {*system.conflicts, *(s.code for s in catalogue if system.code in s.conflicts)}
        for code in sorted(against & by_code.keys()):
            asked = any(o.system == code and o.action == "grant" and _meet(line, o) for o in lines[:index])
            has = any(held(e.employee_id, code) for e in _employees_of(reading.form, line))
            if asked or has:
                cell = reading.cells.get(f"items[{index}].system", "")
                facts = {"text": system.label(language), "with_": by_code[code].label(language)}
                yield problem("conflict", f"items[{index}].system", "invalid", cell, language, facts)


def _held_already(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, held: Callable[[str, str], bool]
) -> Iterable[Problem]:
    labels = {s.code: s.label(language) for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        if line.action != "grant" or not line.system:
            continue
        have = [e.name for e in _employees_of(reading.form, line) if held(e.employee_id, line.system)]
        if have:
            cell = reading.cells.get(f"items[{index}].system", "")
            facts = {"text": labels.get(line.system, line.system_text), "names": ", ".join(have)}
            yield problem("held_already", f"items[{index}].system", "duplicate", cell, language, facts)


def _meet(one: AccessLine, other: AccessLine) -> bool:
    return one.employee_no is None or other.employee_no is None or one.employee_no == other.employee_no


def _employees_of(form: Form, line: AccessLine) -> list[Employee]:
    return [e for e in form.employees if line.employee_no in (None, e.no)]
