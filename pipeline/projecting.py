"""From requests to register rows: what each column shows. Pure; the register itself is register/'s."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pipeline.approval.items import is_to_be_taken_away
from pipeline.letters.format import action_text, on_behalf, state_text, status_text, type_text
from pipeline.model import Case, CaseItem, Language
from pipeline.register.columns import Row
from pipeline.register.wording import IMPORTED


def rows_of(cases: Sequence[Case], language: Language, zone: ZoneInfo) -> tuple[Row, ...]:
    """One row an item, in the order of numbers; a row is never removed, whatever became of the item."""
    return tuple(_row(case, item, language, zone) for case in cases for item in case.items)


def row_key(case: Case, item: CaseItem) -> str:
    return f"{case.ref}/{item.item.no}"


def split_key(key: str) -> tuple[str, int]:
    """(request number, item number) of a row's key."""
    ref, _, number = key.rpartition("/")
    return ref, int(number)


def _row(case: Case, item: CaseItem, language: Language, zone: ZoneInfo) -> Row:
    form, what = case.form, item.item

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    cells: dict[str, str | int | date | None] = {
        "number": case.ref,
        "revision": case.revision,
        "item": what.no,
        "received": day(case.received_at),
        "type": type_text(form.request_type, language),
        "requester": form.requester_name,
        "department": form.requester_department,
        "division": form.requester_division,
        "employee": what.employee.name,
        "employee_id": what.employee.employee_id,
        "position": what.employee.position,
        "system": what.system_label,
        "level": what.access_level,
        "action": action_text(what.action, language),
        "start": what.start_date,
        "end": what.end_date,
        "need": what.justification,
        "decision": _decision(item, language),
        "decided_on": day(item.decided_at),
        "approver": ", ".join(_deciders(item, language)),
        "reason": item.reason,
        "evidence": item.decided_event or None,
        "state": state_text(case.state, language),
    }
    return Row(row_key(case, item), cells)


def _decision(item: CaseItem, language: Language) -> str:
    """What was decided; and of access that was given without the sign-off it needed, that it must go."""
    if is_to_be_taken_away(item):
        return "To be taken away" if language == "en" else "Harus dicabut"
    if item.origin is not None and item.status in IMPORTED:
        return IMPORTED[item.status].label(language)
    return status_text(item.status, language)


def _deciders(item: CaseItem, language: Language) -> tuple[str, ...]:
    """The addresses of all who approved it, in that order, or of who rejected it."""
    if item.status == "rejected" or not item.votes:
        return (item.decided_by,) if item.decided_by else ()
    return tuple(dict.fromkeys(on_behalf(vote.by, vote.acting_for, language) for vote in item.votes))
