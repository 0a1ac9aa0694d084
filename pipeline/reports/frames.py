"""Requests and their items as pandas tables: one row each, times in UTC, ages in working days. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from pipeline.model import Case, CaseItem
from pipeline.workdays import Workdays

#: States in which nothing waits for anybody any more.
_CLOSED = frozenset({"withdrawn", "lapsed"})
_GRANTED = frozenset({"approved", "provisioned", "revoked", "expired"})

_REQUEST_COLUMNS = ("ref", "department", "requester", "received", "decided", "completed", "granted")
_ITEM_COLUMNS = (
    "ref", "no", "department", "requester", "employee", "employee_id", "system", "level", "action", "start",
    "end", "status", "reason", "decided_by", "received", "since", "decided", "provisioned", "granted", "live",
    "holder", "decision_days", "ready_days", "urgency", "ended", "lapsed",
)  # fmt: skip
_TIMES = ("received", "since", "decided", "completed", "provisioned", "ended", "lapsed")


def was_granted(item: CaseItem) -> bool:
    """Was this item approved, whatever has happened to it since? It may have been taken back or cancelled."""
    taken_back = item.all_said or item.staff.get("status") == "cancelled"
    return item.status in _GRANTED or (item.status == "cancelled" and taken_back)


def request_frame(cases: Sequence[Case]) -> pd.DataFrame:
    """One row a request. `granted`: at least one of its items was approved."""
    names = _spellings(cases)
    rows = [
        {
            "ref": case.ref, "department": names[_department_key(case)], "requester": case.requester,
            "received": case.received_at, "decided": case.decided_at, "completed": case.completed_at,
            "granted": any(map(was_granted, case.items)),
        }
        for case in cases
    ]  # fmt: skip
    return _typed(rows, _REQUEST_COLUMNS)


def item_frame(cases: Sequence[Case], workdays: Workdays, people: Mapping[str, str]) -> pd.DataFrame:
    """One row an item. `live`: not yet decided and still wanted; `since`: when the present form came in;
    `holder`: who has to decide. `decision_days` and `ready_days` count from the first form's arrival."""
    names = _spellings(cases)
    rows = [
        {**_item(case, item, workdays, people), "department": names[_department_key(case)]}
        for case in cases
        for item in case.items
    ]
    return _typed(rows, _ITEM_COLUMNS)


def _item(case: Case, item: CaseItem, workdays: Workdays, people: Mapping[str, str]) -> dict[str, Any]:
    def days(moment: datetime | None) -> float | None:
        return workdays.between(case.received_at, moment) if moment else None

    what = item.item
    return {
        "ref": case.ref, "no": what.no, "requester": _name(case.requester, people),
        "employee": what.employee.name, "employee_id": what.employee.employee_id,
        "system": what.system_label or what.system, "level": what.access_level, "action": what.action,
        "start": what.start_date, "end": what.end_date, "status": item.status, "reason": item.reason,
        "decided_by": _name(item.decided_by, people), "received": case.received_at, "since": case.revised_at,
        "decided": item.decided_at, "provisioned": item.provisioned_at, "granted": was_granted(item),
        "live": item.status == "requested" and case.state not in _CLOSED, "holder": _holder(case, people),
        "decision_days": days(item.decided_at), "ready_days": days(item.provisioned_at),
        "urgency": case.form.urgency, "ended": item.ended_at, "lapsed": item.lapsed_at,
    }  # fmt: skip


def _holder(case: Case, people: Mapping[str, str]) -> str:
    """Who has to act before this request can be decided; "" where nobody was asked yet."""
    if case.state == "awaiting_signoff":
        return case.form.division_head_name
    if case.state in {"returned", "rejected"}:
        return _name(case.requester, people)
    asked = [one for one in case.asked if one.open] or list(case.asked)
    return _name(asked[-1].approver, people) if asked else ""


def _name(address: str, people: Mapping[str, str]) -> str:
    return people.get(address, address)


def _department_key(case: Case) -> str:
    return " ".join(case.form.requester_department.casefold().split())


def _spellings(cases: Sequence[Case]) -> dict[str, str]:
    """One spelling for each department: the commonest, and of equals the first."""
    written: dict[str, Counter[str]] = {}
    for case in cases:
        name = " ".join(case.form.requester_department.split()) or "-"
        written.setdefault(_department_key(case), Counter())[name] += 1
    return {key: names.most_common(1)[0][0] for key, names in written.items()}


def _typed(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """A table with these columns and proper types, even when it has no rows."""
    frame = pd.DataFrame.from_records(rows, columns=list(columns))
    for name in columns:
        if name in _TIMES:
            frame[name] = pd.to_datetime(frame[name], utc=True)
        elif name in {"granted", "live"}:
            frame[name] = frame[name].astype(bool)
        elif name.endswith("_days"):
            frame[name] = frame[name].astype(float)
    return frame
