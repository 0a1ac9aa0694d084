"""The month's figures counted again from the cases in plain Python: no pandas, no code of the report."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import quantiles
from typing import Any

from pipeline.model import Case, CaseItem
from pipeline.workdays import Workdays

Pair = tuple[Case, CaseItem]


def pairs(cases: Iterable[Case]) -> list[Pair]:
    return [(one, item) for one in cases for item in one.items]


def approved(item: CaseItem) -> bool:
    if item.status == "cancelled":
        return item.staff.get("status") == "cancelled"
    return item.status in ("approved", "provisioned", "revoked", "expired")


def outcome(one: Case, item: CaseItem, cutoff: datetime) -> str:
    """approved, rejected or waiting at that moment; "" for what nobody asks for any more."""
    if item.decided_at is not None and item.decided_at < cutoff:
        return "approved" if approved(item) else "rejected"
    if item.decided_at is not None:
        return "waiting"
    return "waiting" if item.status == "requested" and one.state not in ("withdrawn", "lapsed") else ""


def asked(cases: Sequence[Case], begin: datetime, cutoff: datetime) -> list[tuple[Case, CaseItem, str]]:
    """Items of the requests of the month, with their outcome."""
    found = [
        (one, i, outcome(one, i, cutoff)) for one, i in pairs(cases) if begin <= one.received_at < cutoff
    ]
    return [row for row in found if row[2]]


def waiting(cases: Sequence[Case], cutoff: datetime) -> list[tuple[Case, CaseItem, str]]:
    """What waits at that moment: for a decision, or for IT."""
    found = []
    for one, item in pairs(cases):
        if one.received_at >= cutoff:
            continue
        now = outcome(one, item, cutoff)
        if now == "waiting":
            found.append((one, item, "decision"))
        undone = item.provisioned_at is None or item.provisioned_at >= cutoff
        wanted = item.status == "approved" or item.provisioned_at is not None
        if now == "approved" and undone and wanted:
            found.append((one, item, "it"))
    return found


def spread(days: list[float]) -> tuple[float | None, float | None]:
    """Median and 90th percentile."""
    if not days:
        return None, None
    if len(days) == 1:
        return round(days[0], 2), round(days[0], 2)
    tenths = quantiles(days, n=10, method="inclusive")
    return round(tenths[4], 2), round(tenths[8], 2)


def recount(
    cases: Sequence[Case], begin: datetime, cutoff: datetime, workdays: Workdays
) -> dict[str, float | None]:
    def inside(moment: datetime | None) -> bool:
        return moment is not None and begin <= moment < cutoff

    decided = [(one, i) for one, i in pairs(cases) if inside(i.decided_at)]
    done = [(one, i) for one, i in pairs(cases) if inside(i.provisioned_at)]
    to_decide = [workdays.between(one.received_at, i.decided_at) for one, i in decided if i.decided_at]
    to_ready = [workdays.between(one.received_at, i.provisioned_at) for one, i in done if i.provisioned_at]
    still = waiting(cases, cutoff)
    ages = [workdays.between(one.received_at, cutoff) for one, _, _ in still]
    return {
        "requests_in": sum(inside(one.received_at) for one in cases),
        "decided": sum(inside(one.decided_at) for one in cases),
        "completed": sum(inside(one.completed_at) for one in cases),
        "rejected": sum(inside(one.decided_at) and not any(map(approved, one.items)) for one in cases),
        "items_in": len(asked(cases, begin, cutoff)),
        "items_approved": sum(approved(i) for _, i in decided),
        "items_rejected": sum(not approved(i) for _, i in decided),
        "items_done": len(done),
        "decision_median": spread(to_decide)[0],
        "decision_p90": spread(to_decide)[1],
        "ready_median": spread(to_ready)[0],
        "ready_p90": spread(to_ready)[1],
        "pending": len({one.ref for one, _, _ in still}),
        "pending_decision": len({one.ref for one, _, desk in still if desk == "decision"}),
        "pending_it": len({one.ref for one, _, desk in still if desk == "it"}),
        "pending_oldest": round(max(ages), 2) if ages else None,
    }


# --- from the journal's own lines, without folding them -------------------------------------------


def recount_journal(lines: Sequence[Mapping[str, Any]], begin: str, end: str) -> dict[str, int]:
    """The month's counts straight from the lines of the journal, whose times are texts in UTC."""
    known = [line for line in lines if line["at"] < end]
    inside = [line for line in known if line["at"] >= begin]
    asked = {
        (r["ref"], i["no"]) for r in _of(known, "request_received") for i in json.loads(r["data"])["items"]
    }
    new = {
        (r["ref"], i["no"]) for r in _of(inside, "request_received") for i in json.loads(r["data"])["items"]
    }
    verdicts = {(d["ref"], int(no)): (verdict, d["at"]) for d in _of(known, "decision_recorded")
                for no, verdict in json.loads(d["data"])["decisions"].items()}  # fmt: skip
    done: dict[tuple[str, int], str] = {}
    for line in _of(known, "staff_wrote"):
        data = json.loads(line["data"])
        if (data["column"], data["new"]) == ("status", "done"):
            done.setdefault((line["ref"], data["item"]), line["at"])
    open_ = {item for item in asked if item not in verdicts}
    at_it = {item for item, (verdict, _) in verdicts.items() if verdict == "approve" and item not in done}
    # A request is decided when its last item is.
    last = {ref: max(at for (other, _), (_, at) in verdicts.items() if other == ref) for ref, _ in verdicts}
    decided = {ref for ref, at in last.items() if at >= begin and not any(other == ref for other, _ in open_)}
    granted = {ref for (ref, _), (verdict, _) in verdicts.items() if verdict == "approve"}
    fresh = [verdict for verdict, at in verdicts.values() if at >= begin]
    return {
        "requests_in": len(_of(inside, "request_received")), "decided": len(decided),
        "completed": len(_of(inside, "request_completed")), "rejected": len(decided - granted),
        "items_in": len(new), "items_approved": fresh.count("approve"),
        "items_rejected": fresh.count("reject"), "items_done": sum(at >= begin for at in done.values()),
        "pending": len({ref for ref, _ in open_ | at_it}),
        "pending_decision": len({ref for ref, _ in open_}), "pending_it": len({ref for ref, _ in at_it}),
    }  # fmt: skip


def _of(lines: Sequence[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [line for line in lines if line["kind"] == kind]
