"""What a revision changes against the one before: item by item, field by field. Pure; writes no words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.approval.workflow import fold
from pipeline.model import AccessItem, Case, CaseItem, Event, Form

Value = str | date | None

#: What an approver weighs in the head of a form. Its own date and number change by themselves.
HEAD_FIELDS = (
    "request_type", "urgency", "requester_name", "requester_position", "requester_email",
    "requester_department",
    "requester_division", "division_head_name", "signature", "signed_on",
)  # fmt: skip
_EMPLOYEE_FIELDS = ("name", "employee_id", "position", "email")
_ITEM_FIELDS = ("access_level", "action", "start_date", "end_date", "justification")
#: Characters shown of each side of a change: enough to see it, little enough for a phone.
_SHOWN = 160
#: Characters before the first difference that two long texts keep.
_LEAD_IN = 40


@dataclass(frozen=True)
class FieldChange:
    """One field that reads differently now. Long texts are cut to where they begin to differ."""

    field: str
    old: Value
    new: Value


@dataclass(frozen=True)
class ItemChange:
    """Items to which the same thing happened: they differ in number and employee only."""

    what: Literal["added", "dropped", "changed"]
    #: as they stand now; the dropped ones as they stood
    entries: tuple[AccessItem, ...]
    fields: tuple[FieldChange, ...] = ()
    #: who had approved them as they stood before
    approved_by: tuple[str, ...] = ()

    @property
    def first(self) -> AccessItem:
        return self.entries[0]


@dataclass(frozen=True)
class Changes:
    """Everything an approver would otherwise search for in two forms. Empty: the form came back as it was."""

    head: tuple[FieldChange, ...]
    lines: tuple[ItemChange, ...]
    #: of the revision compared with
    revision: int


def last_changes(events: Iterable[Event]) -> Changes | None:
    """What the newest revision among one request's events changed; None where there is only one."""
    history = tuple(events)
    at = max((n for n, event in enumerate(history) if event.kind == "request_revised"), default=0)
    before, after = fold(history[:at]), fold(history)
    return compare(before, after) if before is not None and after is not None else None


def compare(before: Case, after: Case) -> Changes:
    """What stands differently in `after`, of what is still to be decided there."""
    # What was approved and not done may be changed as well: then it is decided again.
    old = {one.item.no: one for one in before.items if one.status in {"requested", "rejected", "approved"}}
    new = {one.item.no: one.item for one in after.items if one.status == "requested"}
    gone = {one.item.no for one in after.items if one.status == "cancelled"}
    found = [
        *(_changed(old[no], item) for no, item in new.items() if no in old and _fields(old[no].item, item)),
        *(ItemChange("dropped", (one.item,), (), _approvers(one)) for no, one in old.items() if no in gone),
        *(ItemChange("added", (item,)) for no, item in new.items() if no not in old),
    ]
    return Changes(_head(before.form, after.form), _grouped(found), before.revision)


def _head(before: Form, after: Form) -> tuple[FieldChange, ...]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in HEAD_FIELDS}
    return _differing(pairs)


def _changed(old: CaseItem, new: AccessItem) -> ItemChange:
    return ItemChange("changed", (new,), _fields(old.item, new), _approvers(old))


def _approvers(item: CaseItem) -> tuple[str, ...]:
    """The addresses of those who had approved it, where nobody else was to be heard."""
    if item.status != "approved":
        return ()
    return tuple(dict.fromkeys(vote.by for vote in item.votes))


def _fields(old: AccessItem, new: AccessItem) -> tuple[FieldChange, ...]:
    employees = {n: (getattr(old.employee, n), getattr(new.employee, n)) for n in _EMPLOYEE_FIELDS}
    # A label the catalogue has changed meanwhile is the same system still.
    system = (old.system_label, new.system_label if old.system != new.system else old.system_label)
    items = {n: (getattr(old, n), getattr(new, n)) for n in _ITEM_FIELDS}
    return _differing({**employees, "system": system, **items})


def _differing(pairs: Mapping[str, tuple[Value, Value]]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(name, *_cut(old, new)) for name, (old, new) in pairs.items() if old != new)


def _cut(old: Value, new: Value) -> tuple[Value, Value]:
    """Both texts from shortly before their first difference, where they are too long to compare by eye."""
    if not isinstance(old, str) or not isinstance(new, str) or max(len(old), len(new)) <= _SHOWN:
        return old, new
    same = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = 0 if same <= _LEAD_IN else new.rfind(" ", 0, same - _LEAD_IN + 1) + 1
    return _window(old, start), _window(new, start)


def _window(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN].strip()
    return f"{'… ' if start else ''}{shown}{' …' if len(text) > start + _SHOWN else ''}"


def _grouped(found: Iterable[ItemChange]) -> tuple[ItemChange, ...]:
    """One entry for what a single row of the form did to several employees."""
    groups: dict[tuple[object, ...], ItemChange] = {}
    for one in found:
        item = one.first
        alike = (one.what, item.system, item.access_level, item.action, one.fields, one.approved_by)
        kept = groups.get(alike)
        groups[alike] = replace(kept, entries=(*kept.entries, item)) if kept else one
    return tuple(groups.values())
