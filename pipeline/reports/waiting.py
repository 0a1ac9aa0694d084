"""What waits, for whom and how long: one row for each request and desk. Draws nothing."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.reports.figures import pending_items
from pipeline.reports.page import Head, Month, Page, local


def pending(month: Month) -> Page:
    """What waits, one row for each request and desk, the oldest first."""
    heads = (
        Head("ref", 16), Head("department", 22), Head("requester", 26), Head("waits_for", 30),
        Head("items", 8, "no"), Head("systems", 40, "wide"), Head("received", 17, "moment"),
        Head("waiting_since", 17, "moment"),
        Head("waiting_days", 12, "days"), Head("age_days", 12, "days"),
    )  # fmt: skip
    rows = []
    for waiting in pending_list(month):
        rows.append((
            waiting.ref, waiting.department, waiting.requester, waiting.who, waiting.items, waiting.systems,
            waiting.received, waiting.since, waiting.waiting_days, waiting.age_days,
        ))  # fmt: skip
    return month.page("pending", heads, rows)


@dataclass(frozen=True)
class Waiting:
    """A request at the desk where it waits. Times are local, ages in working days."""

    ref: str
    department: str
    requester: str
    who: str
    items: int
    systems: str
    received: datetime
    since: datetime
    waiting_days: float
    age_days: float
    #: items whose start date had passed at the cutoff
    overdue: int
    at_it: bool


def pending_list(month: Month) -> list[Waiting]:
    """Everything that waits at the cutoff, the oldest first."""
    found = []
    today = month.span.cutoff.date()
    for key, group in pending_items(month.items, month.span, month.workdays).groupby(["ref", "desk"]):
        ref, desk = key
        first = group.iloc[0]
        who = month.say("it_team") if desk == "it" else first["holder"] or month.say("nobody_asked")
        found.append(Waiting(
            ref=str(ref), department=first["department"], requester=first["requester"], who=who,
            items=len(group), systems=", ".join(dict.fromkeys(group["system"])),
            received=local(first["received"], month), since=local(group["waiting_since"].min(), month),
            waiting_days=round(float(group["waiting_days"].max()), 2),
            age_days=round(float(first["age_days"]), 2),
            overdue=sum(start < today for start in group["start"]), at_it=desk == "it",
        ))  # fmt: skip
    return sorted(found, key=lambda w: (-w.age_days, w.ref, w.at_it))
