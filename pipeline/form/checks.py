"""Judges a form by itself. Reads no file, asks no server."""

from collections.abc import Iterable
from datetime import date

from pipeline.form.fields import FIELDS, FORM_VERSION
from pipeline.form.messages import problem
from pipeline.form.people import same_person
from pipeline.form.signwords import signer_named
from pipeline.form.words import key
from pipeline.model import ALL_ACCESS, AccessLine, FormReading, Language, Problem, Severity, System

#: In letters. A need is a paragraph, a name is a line.
_LONGEST_OF_FORM = {
    "requester_name": 150, "requester_position": 200, "requester_department": 200, "division_head_name": 150,
}  # fmt: skip
_LONGEST_OF_PERSON = {"name": 150, "employee_id": 60, "position": 200}
_LONGEST_OF_LINE = {"system_text": 200, "access_level": 300, "justification": 10_000}


def check_form(
    reading: FormReading, catalogue: tuple[System, ...], today: date, language: Language
) -> tuple[Problem, ...]:
    """What the form alone shows: missing, end before start, doubles, an old version, long terms.

    A field that already has a problem in `reading` is not called missing as well.
    """
    known = {p.field for p in reading.problems}
    found = [
        *_missing(reading, known, language),
        *_everything(reading, language),
        *_order(reading, language),
        *_doubles(reading, language),
        *_signer(reading, language),
        *_lengths(reading, language),
        *check_catalogue(reading, catalogue, language, "warning"),
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
            severity: Severity = "error"
            if field.name == "signature" and form.urgency == "emergency":
                message, severity = "signature_later", "warning"
            cell = cells.get(field.name, "")
            yield problem(message, field.name, "missing", cell, language, severity=severity)
    for table, rows in (("employees", form.employees), ("items", form.lines)):
        if not rows and table not in known:
            yield problem(f"missing_{table}", table, "missing", cells.get(table, ""), language)
        for index, row in enumerate(rows):
            for field in FIELDS:
                path = f"{table}[{index}].{field.name}"
                name = "system_text" if field.name == "system" else field.name
                if field.name == "access_level" and isinstance(row, AccessLine) and _takes_all(row):
                    continue
                if field.part == table and field.required and not getattr(row, name) and path not in known:
                    yield problem("missing", path, "missing", cells.get(path, ""), language)


def _everything(reading: FormReading, language: Language) -> Iterable[Problem]:
    """Nobody can be given everything: "Semua akses" only takes away, on a form for that."""
    kind = reading.form.request_type
    for index, line in enumerate(reading.form.lines):
        if line.system != ALL_ACCESS or kind is None or (kind == "revoke" and _takes_all(line)):
            continue
        path = f"items[{index}].system"
        yield problem("everything", path, "unknown", reading.cells.get(path, ""), language)


def _takes_all(line: AccessLine) -> bool:
    return line.system == ALL_ACCESS and line.action == "revoke"


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


def _signer(reading: FormReading, language: Language) -> Iterable[Problem]:
    """Whether what was typed as the signature names the division head; "ttd" and the like name nobody."""
    form = reading.form
    head, name = form.division_head_name, signer_named(form.signature_text)
    if not head or not name or same_person(name, head):
        return
    cell = reading.cells.get("signature", "")
    if same_person(name, form.requester_name) and not same_person(head, form.requester_name):
        yield problem("signed_by_requester", "signature", "invalid", cell, language, {"text": name})
    else:
        facts = {"text": name, "head": head}
        yield problem("other_signer", "signature", "invalid", cell, language, facts, "warning")


def _lengths(reading: FormReading, language: Language) -> Iterable[Problem]:
    """No text so long that what stands beneath it is pushed out of an approver's sight."""
    form = reading.form
    texts = [(name, getattr(form, name), most) for name, most in _LONGEST_OF_FORM.items()]
    for table, rows, longest in (
        ("employees", form.employees, _LONGEST_OF_PERSON), ("items", form.lines, _LONGEST_OF_LINE),
    ):  # fmt: skip
        for index, row in enumerate(rows):
            texts += [(f"{table}[{index}].{n}", getattr(row, n), most) for n, most in longest.items()]
    for path, text, most in texts:
        if len(text) > most:
            place = path.replace(".system_text", ".system")
            facts = {"count": len(text), "most": most}
            yield problem("too_much_text", place, "invalid", reading.cells.get(place, ""), language, facts)


def check_catalogue(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, severity: Severity
) -> Iterable[Problem]:
    """What the catalogue asks of a system's level and dates: warnings in `read-form`, errors in the pipeline.

    Whoever takes access away need not say how it was."""
    yield from _levels(reading, catalogue, language, severity)
    by_code = {s.code: s for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        system = by_code.get(line.system)
        if system is None or line.action == "revoke":
            continue
        path = f"items[{index}].end_date"
        cell = reading.cells.get(path, "")
        name = system.label(language)
        if system.end_date_required and line.end_date is None:
            yield problem("end_required", path, "missing", cell, language, {"text": name}, severity)
        elif system.max_days and _days(line) > system.max_days:
            facts = {"text": name, "days": system.max_days}
            yield problem("too_long", path, "invalid", cell, language, facts, severity)


def _levels(
    reading: FormReading, catalogue: tuple[System, ...], language: Language, severity: Severity
) -> Iterable[Problem]:
    by_code = {s.code: s for s in catalogue}
    for index, line in enumerate(reading.form.lines):
        system = by_code.get(line.system)
        if system is None or not system.levels or not line.access_level or line.action == "revoke":
            continue
        if key(line.access_level) not in map(key, system.levels):
            path = f"items[{index}].access_level"
            cell, names = reading.cells.get(path, ""), ", ".join(system.levels)
            facts = {"text": line.access_level, "system": system.label(language), "names": names}
            yield problem("unknown_level", path, "unknown", cell, language, facts, severity)


def _days(line: AccessLine) -> int:
    return (line.end_date - line.start_date).days if line.start_date and line.end_date else 0


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
