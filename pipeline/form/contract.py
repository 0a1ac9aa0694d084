"""The read-form contract: one JSON object a file. Reads and judges nothing."""

from pipeline.form.messages import file_problem
from pipeline.form.reader import unread
from pipeline.model import FormReading

_FIELDS = (
    "request_date", "requester_name", "requester_position", "requester_email", "requester_department",
    "request_type", "division_head_name", "signature",
)  # fmt: skip


def contract_line(file: str, reading: FormReading) -> dict[str, object]:
    """A reading in the contract's words; dates in ISO 8601, what is blank as null."""
    form = reading.form
    fields = {name: _plain(getattr(form, name)) for name in _FIELDS}
    fields["signature"] = form.signature
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


def missing_file(what: str) -> FormReading:
    """The reading of a file that the system could not even open."""
    return unread(file_problem("not_found", what, "id"))


def _plain(value: object) -> str | None:
    if value is None or value == "":
        return None
    iso = getattr(value, "isoformat", None)
    return str(iso()) if iso else str(value)
