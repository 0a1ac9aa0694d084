"""The sheets by department, by system, of rejections and of past months, as plain values. Draws nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipeline.reports.figures import Metrics, asked_in, quantile, within
from pipeline.reports.page import Head, Month, Page, Value, rows_of
from pipeline.reports.words import month_short

_OUTCOMES = ("approved", "rejected", "waiting")
_COUNTS = (
    Head("items", 10, "count"), Head("approved", 12, "count"), Head("rejected_items", 12, "count"),
    Head("waiting", 12, "count"),
)  # fmt: skip


def by_department(month: Month) -> Page:
    """Requests and items of each department, the busiest first."""
    heads = (
        Head("department", 34),
        Head("requests", 12, "count"),
        *_COUNTS,
        Head("median_decision", 22, "days"),
    )
    received = month.requests[within(month.requests["received"], month.span)]
    requests = received.groupby("department").size()
    rows = _counted(month, "department")
    full = [(name, int(requests.get(name, 0)), *counts, median) for name, *counts, median in rows]
    total = _total(full, month, len(received)) if full else ()
    return month.page("department", heads, full, total=total)


def by_system(month: Month) -> Page:
    """Items of each system, the most asked for first."""
    heads = (Head("system", 34), *_COUNTS, Head("median_decision", 22, "days"))
    rows = _counted(month, "system")
    return month.page("system", heads, rows, total=_total(rows, month) if rows else ())


def _counted(month: Month, column: str) -> list[tuple[Any, ...]]:
    """(name, items, approved, rejected, waiting, median days to decide), most items first."""
    asked = asked_in(month.items, month.span)
    rows = []
    for name, group in asked.groupby(column):
        counts = [int((group["outcome"] == outcome).sum()) for outcome in _OUTCOMES]
        known = group.loc[group["outcome"] != "waiting", "decision_days"]
        rows.append((str(name), len(group), *counts, quantile(known, 0.5)))
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))


def _total(rows: Sequence[tuple[Any, ...]], month: Month, requests: int | None = None) -> tuple[Value, ...]:
    asked = asked_in(month.items, month.span)
    known = asked.loc[asked["outcome"] != "waiting", "decision_days"]
    sums = [sum(row[n] for row in rows) for n in range(1, len(rows[0]) - 1)]
    return (month.say("total"), *sums, quantile(known, 0.5))


def rejections(month: Month) -> Page:
    """Every item rejected in the month with its reason; the same reasons stand together."""
    heads = (
        Head("reason", 60, "wide"), Head("often", 7, "no"), Head("ref", 16), Head("no", 7, "no"),
        Head("department", 22), Head("system", 18), Head("decided_by", 26), Head("decided_at", 17, "moment"),
    )  # fmt: skip
    items = month.items
    chosen = items[within(items["decided"], month.span) & ~items["granted"]]
    often = chosen["reason"].map(chosen["reason"].value_counts())
    chosen = chosen.assign(often=often).sort_values(
        ["often", "reason", "decided", "ref", "no"], ascending=[False, True, True, True, True]
    )
    columns = ("reason", "often", "ref", "no", "department", "system", "decided_by", "decided")
    return month.page("reasons", heads, rows_of(chosen, columns, month))


TREND = (
    "requests_in",
    "completed",
    "rejected",
    "items_approved",
    "items_rejected",
    "decision_median",
    "ready_median",
)


def trend(month: Month, past: Sequence[tuple[date, Metrics]]) -> Page:
    """The figures of the last months, oldest first."""
    heads = (
        Head("month", 20),
        *(Head(key, 17, "days" if key.endswith("median") else "count") for key in TREND),
    )
    rows = [
        (month_short(day, month.language), *(getattr(metrics, key) for key in TREND)) for day, metrics in past
    ]
    return month.page("trend", heads, rows)
