"""From the form's rows to the items of a request: one employee, one system each. Pure."""

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from pipeline.model import AccessItem, CaseItem, Form, ItemStatus

#: An item that was approved, and is not cancelled since.
GRANTED = frozenset({"approved", "provisioned", "revoked", "expired"})
#: The register's status words as they stand in events.
DONE, IN_PROGRESS, CANCELLED = "done", "progress", "cancelled"


def is_to_be_taken_away(item: CaseItem) -> bool:
    """Was this given without the sign-off it needed, and not taken away yet?"""
    return item.ended_at is not None and item.status == "provisioned"


def spread_items(form: Form) -> tuple[AccessItem, ...]:
    """The items of a sound form, numbered from 1, an employee's items together. Repeats count once."""
    items: dict[tuple[object, ...], AccessItem] = {}
    for employee in form.employees:
        for line in form.lines:
            if line.employee_no not in {None, employee.no} or line.start_date is None:
                continue
            item = AccessItem(
                no=len(items) + 1, employee=employee, system=line.system, system_label=line.system_text,
                access_level=line.access_level, action=line.action, start_date=line.start_date,
                end_date=line.end_date, justification=line.justification,
            )  # fmt: skip
            items.setdefault(_content(item), item)
    return tuple(items.values())


@dataclass(frozen=True)
class Renumbered:
    """A revision: `items` to decide, the numbers `carried` with their decision, the numbers `dropped`, and
    those whose approval is `void`, since they were changed."""

    items: tuple[AccessItem, ...]
    carried: tuple[int, ...]
    dropped: tuple[int, ...]
    void: tuple[int, ...] = ()


def renumber_items(new: Sequence[AccessItem], old: Sequence[CaseItem]) -> Renumbered:
    """Give the items of a revision their numbers.

    What was approved stays approved, whether the corrected form repeats it or not: people often send only
    what was rejected. An undecided or rejected item keeps its number where employee and system are the same,
    and is decided again; so does an approved one that is changed before IT has done it: its approval is
    void. Anything else gets a number never used in the request before.
    """
    void = {o.item.no for o in old if o.status == "approved" and _is_changed(o.item, new)}
    kept = {o.item.no: o.item for o in old if was_granted(o) and o.item.no not in void}
    left = {o.item.no: o.item for o in old if o.status in {"requested", "rejected"} or o.item.no in void}
    asked = [item for item in new if _content(item) not in {_content(other) for other in kept.values()}]
    numbered: dict[int, AccessItem] = {}
    for alike in (_content, _place):
        for position, item in enumerate(asked):
            no = next((n for n, other in left.items() if alike(other) == alike(item)), None)
            if position not in numbered and no is not None:
                numbered[position] = replace(item, no=no)
                del left[no]
    fresh = max((o.item.no for o in old), default=0)
    for position, item in enumerate(asked):
        if position not in numbered:
            fresh += 1
            numbered[position] = replace(item, no=fresh)
    items = tuple(sorted(numbered.values(), key=lambda item: item.no))
    return Renumbered(items, tuple(sorted(kept)), tuple(sorted(left)), tuple(sorted(void)))


def repeated(new: Sequence[AccessItem], old: Sequence[CaseItem]) -> tuple[CaseItem, ...]:
    """The items of `old` that `new` asks for word for word."""
    asked = {_content(item) for item in new}
    return tuple(item for item in old if _content(item.item) in asked)


def _is_changed(item: AccessItem, new: Sequence[AccessItem]) -> bool:
    """Is the same system asked for the same employee, but otherwise?"""
    alike = [other for other in new if _place(other) == _place(item)]
    return bool(alike) and all(_content(other) != _content(item) for other in alike)


def was_granted(item: CaseItem) -> bool:
    """Was this item approved at some time, whatever has happened to it since?"""
    return item.status in GRANTED or (item.status == "cancelled" and item.staff.get("status") == CANCELLED)


def imported_status(item: CaseItem, staff: Mapping[str, str], column: str) -> ItemStatus:
    """What an imported item is after staff wrote in `column`: it never waits, since nobody approved it here.

    Which the old register says was taken away stays so, unless staff empty the day."""
    if staff.get("status") == CANCELLED:
        return "cancelled"
    stays = item.status == "revoked" and column != "revoked_on"
    return "revoked" if staff.get("revoked_on") or stays else "provisioned"


def digest_of(ref: str, revision: int, form: Form, items: Iterable[AccessItem]) -> str:
    """SHA-256 over everything an approver is shown of this revision: bound into the token."""
    return _sha256([ref, revision, to_plain(Form, form), [to_plain(AccessItem, item) for item in items]])


def content_key_of(requester: str, form: Form) -> str:
    """SHA-256 over what is asked for and by whom: the same form sent again has the same."""
    plain = to_plain(Form, replace(form, revises=""))
    return _sha256([requester, plain])


def to_plain(kind: Any, value: object) -> Any:
    """A dataclass as what JSON can hold; `from_plain` is the way back."""
    return _adapter(kind).dump_python(value, mode="json")


def from_plain(kind: Any, value: object) -> Any:
    return _adapter(kind).validate_python(value)


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Made once for each kind: making one costs more than a hundred uses."""
    return TypeAdapter(kind)


def _content(item: AccessItem) -> tuple[object, ...]:
    """Everything but the number, and but the employee's row in the form."""
    employee = (item.employee.name, item.employee.employee_id, item.employee.position, item.employee.email)
    return (*employee, *_what(item), item.justification)


def _what(item: AccessItem) -> tuple[object, ...]:
    return item.system, item.access_level, item.action, item.start_date, item.end_date


def _place(item: AccessItem) -> tuple[object, ...]:
    return item.employee.employee_id, item.system


def _sha256(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
