"""Judges a form with what directory and register know. Reads no file, asks no server."""

from collections.abc import Callable, Collection, Iterable
from datetime import date

from pipeline.form.checks import check_catalogue
from pipeline.form.messages import problem
from pipeline.form.people import department_named, same_person
from pipeline.form.words import key
from pipeline.model import (
    ALL_ACCESS,
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

#: Whether an employee (by NIK) has access to a system (by code) now.
Held = Callable[[str, str], bool]
#: The level at which an employee (by NIK) has a system (by code) now, "" where none is known.
LevelHeld = Callable[[str, str], str]
#: The request in which an employee (by NIK) is about to get a system (by code), "" where in none.
Coming = Callable[[str, str], str]


def check_request(
    reading: FormReading,
    catalogue: tuple[System, ...],
    directory: Directory,
    requester: Person | None,
    today: date,
    language: Language,
    held: Held,
    level_held: LevelHeld | None = None,
    coming: Coming | None = None,
) -> tuple[Problem, ...]:
    """What only directory and register can tell. `requester` is the proven sender; `held` says whether an
    employee (by NIK) has access to a system (by code) now, `level_held` at which level, `coming` in which
    other request it was asked for. Errors, but for doubts that are no fault."""
    checks = (_department, _sender, _division_head)
    return (
        *(p for check in checks for p in check(reading, directory, requester, language)),
        *check_catalogue(reading, catalogue, language, "error"),
        *_conflicts(reading, catalogue, language, held, coming or _nothing_coming),
        *_held_already(reading, catalogue, language, held),
        *(_same_level(reading, catalogue, language, level_held) if level_held else ()),
    )


def nothing_held(
    reading: FormReading, people: Collection[Employee], language: Language, severity: Severity = "error"
) -> tuple[Problem, ...]:
    """Of people for whom "Semua akses" came to nothing: one problem for each such row."""
    found = []
    for index, line in enumerate(reading.form.lines):
        names = [f"{e.name} (NIK {e.employee_id})" for e in people if _is_for(line, e)]
        if line.system == ALL_ACCESS and names:
            path = f"items[{index}].system"
            cell, facts = reading.cells.get(path, ""), {"names": ", ".join(names)}
            found.append(problem("nothing_held", path, "unknown", cell, language, facts, severity))
    return tuple(found)


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


def _nothing_coming(_nik: str, _system: str) -> str:
    return ""


#: Where a system stands that must not be had together with another: in another request.
_ON_ITS_WAY = {"id": "{name} (sedang diproses di {ref})", "en": "{name} (in progress in {ref})"}


def _conflicts(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, held: Held, coming: Coming
) -> Iterable[Problem]:
    """Separation of duties: systems that one person must not have together, when this form and those on
    their way are done."""
    by_code = {s.code: s for s in catalogue}
    form = reading.form
    for index, line in enumerate(form.lines):
        system = by_code.get(line.system)
        if system is None or not _gives(form, line, held):
            continue
        against = {*system.conflicts, *(s.code for s in catalogue if system.code in s.conflicts)}
        for code in sorted(against & by_code.keys()):
            others = [o for o in form.lines if o.system == code]
            # Only against what stands above it: a pair is told of once.
            above = (o for o in form.lines[:index] if o.system == code)
            asked = any(_gives(form, o, held) and _meet(line, o) for o in above)
            has = any(
                held(e.employee_id, code) and not any(o.action == "revoke" and _is_for(o, e) for o in others)
                for e in _employees_of(form, line)
            )
            ref = next((r for e in _employees_of(form, line) if (r := coming(e.employee_id, code))), "")
            if asked or has or ref:
                cell = reading.cells.get(f"items[{index}].system", "")
                other = by_code[code].label(language)
                if ref and not (asked or has):
                    other = _ON_ITS_WAY[language].format(name=other, ref=ref)
                facts = {"text": system.label(language), "with_": other}
                yield problem("conflict", f"items[{index}].system", "invalid", cell, language, facts)


def _gives(form: Form, line: AccessLine, held: Held) -> bool:
    """Does this row give somebody what he has not? A change of what he never had does."""
    if line.action == "change":
        return any(not held(e.employee_id, line.system) for e in _employees_of(form, line))
    return line.action == "grant"


def _held_already(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, held: Held
) -> Iterable[Problem]:
    """Access to give that is there already; access to change or take away that nobody knows of (a doubt: it
    may be older than the register)."""
    labels = {s.code: s.label(language) for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        if not line.system or line.system == ALL_ACCESS:
            continue
        people = _employees_of(reading.form, line)
        cell = reading.cells.get(f"items[{index}].system", "")
        text = labels.get(line.system, line.system_text)
        have = [e.name for e in people if held(e.employee_id, line.system)]
        lack = [e.name for e in people if not held(e.employee_id, line.system)]
        if line.action == "grant" and have:
            facts = {"text": text, "names": ", ".join(have)}
            yield problem("held_already", f"items[{index}].system", "duplicate", cell, language, facts)
        elif line.action != "grant" and lack:
            facts = {"text": text, "names": ", ".join(lack)}
            yield problem("not_held", f"items[{index}].system", "unknown", cell, language, facts, "warning")


def _same_level(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, level_held: LevelHeld
) -> Iterable[Problem]:
    """A change to the level that somebody has: a doubt, since only the dates may change."""
    labels = {s.code: s.label(language) for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        wanted = key(line.access_level)
        if line.action != "change" or not line.system or not wanted:
            continue
        people = _employees_of(reading.form, line)
        names = [e.name for e in people if key(level_held(e.employee_id, line.system)) == wanted]
        if names:
            path = f"items[{index}].access_level"
            cell, text = reading.cells.get(path, ""), labels.get(line.system, line.system_text)
            facts = {"names": ", ".join(names), "level": line.access_level, "text": text}
            yield problem("same_level", path, "duplicate", cell, language, facts, "warning")


def _is_for(line: AccessLine, employee: Employee) -> bool:
    return line.employee_no in (None, employee.no)


def _meet(one: AccessLine, other: AccessLine) -> bool:
    return one.employee_no is None or other.employee_no is None or one.employee_no == other.employee_no


def _employees_of(form: Form, line: AccessLine) -> list[Employee]:
    return [e for e in form.employees if _is_for(line, e)]
