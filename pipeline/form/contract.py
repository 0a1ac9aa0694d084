"""The read-form contract: one JSON object a file. Reads and judges nothing."""

import errno

from pipeline.form.reader import unread
from pipeline.form.refusals import file_problem
from pipeline.model import FormReading, Language

_FIELDS = (
    "request_date", "requester_name", "requester_position", "requester_email", "requester_department",
    "request_type", "division_head_name", "signature",
)  # fmt: skip


def contract_line(file: str, reading: FormReading) -> dict[str, object]:
    """A reading in the contract's words; dates in ISO 8601, what is blank as null."""
    form = reading.form
    fields = {name: _plain(getattr(form, name)) for name in _FIELDS}
    fields["signature"] = form.signature
    fields["urgency"] = form.urgency
    employees = [
        {name: _plain(getattr(e, name)) for name in ("name", "employee_id", "position", "email")}
        for e in form.employees
    ]
    items = [
        {
            "system": _plain(line.system_text),
            "access_level": _plain(line.access_level),
            "start_date": _plain(line.start_date),
            "end_date": _plain(line.end_date),
            "justification": _plain(line.justification),
        }
        for line in form.lines
    ]
    problems = [
        {"field": p.field, "kind": p.kind, "cell": p.cell, "severity": p.severity, "message": p.message}
        for p in reading.problems
    ]
    return {
        "file": file, "ok": not reading.errors, "fields": fields, "employees": employees, "items": items,
        "problems": problems,
    }  # fmt: skip


_WHY_NOT: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("tidak ada", "there is none"),
    errno.EACCES: ("tidak boleh dibaca", "it may not be read"),
    errno.EPERM: ("tidak boleh dibaca", "it may not be read"),
    errno.EISDIR: ("ini sebuah folder", "this is a folder"),
    errno.ELOOP: ("tautannya berputar", "its links go in circles"),
}


def missing_file(name: str, error: OSError | None, language: Language) -> FormReading:
    """The reading of a file that could not even be opened. Without an error it is a pipe or a device."""
    special = ("ini bukan berkas biasa", "this is no ordinary file")
    words = _WHY_NOT.get(error.errno or 0, (error.strerror or "?",) * 2) if error else special
    return unread(file_problem("not_found", f"{name}, {words[language == 'en']}", language))


def _plain(value: object) -> str | None:
    if value is None or value == "":
        return None
    iso = getattr(value, "isoformat", None)
    return str(iso()) if iso else str(value)
