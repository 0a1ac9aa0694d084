"""The key figures of a month, computed with pandas from requests and items. Writes no workbook."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from pipeline.workdays import Workdays


@dataclass(frozen=True)
class Span:
    """A month of the company: [begin, end) in its time zone. Figures show what was known at `cutoff`."""

    begin: datetime
    end: datetime
    #: the month's end, or now where the month still runs
    cutoff: datetime

    @property
    def running(self) -> bool:
        return self.cutoff < self.end


def span_of(month: date, zone: ZoneInfo, now: datetime) -> Span:
    """The span of the month that `month` lies in."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    begin = datetime(month.year, month.month, 1, tzinfo=zone)
    end = datetime(following.year, following.month, 1, tzinfo=zone)
    return Span(begin, end, max(begin, min(end, now)))


def months_before(month: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True)
class Metrics:
    """The figures of one month. Lead times in working days, per item, from the first form's arrival."""

    requests_in: int
    decided: int
    completed: int
    #: requests decided in the month of which nothing was approved
    rejected: int
    items_in: int
    items_approved: int
    items_rejected: int
    items_done: int
    decision_median: float | None
    decision_p90: float | None
    ready_median: float | None
    ready_p90: float | None
    #: at the cutoff
    pending: int
    pending_decision: int
    pending_it: int
    pending_oldest: float | None


def within(times: pd.Series, span: Span) -> pd.Series:
    """Which of these times lie in the month, up to its cutoff."""
    return (times >= span.begin) & (times < span.cutoff)


def outcomes(items: pd.DataFrame, span: Span) -> pd.Series:
    """What had become of each item at the cutoff: approved, rejected, waiting, or dropped (asked no more)."""
    decided = items["decided"] < span.cutoff
    result = pd.Series("dropped", index=items.index, dtype=object)
    result[items["live"] | (items["decided"].notna() & ~decided)] = "waiting"
    result[decided & items["granted"]] = "approved"
    result[decided & ~items["granted"]] = "rejected"
    return result.astype(str)


def asked_in(items: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Items of the requests that came in during the month, with their `outcome` at the cutoff."""
    chosen = items[within(items["received"], span)].assign(outcome=outcomes(items, span))
    return chosen[chosen["outcome"] != "dropped"]


def pending_items(items: pd.DataFrame, span: Span, workdays: Workdays) -> pd.DataFrame:
    """Items that somebody had to act on at the cutoff: `desk` decision or it, `waiting_since`, and two ages
    in working days: `waiting_days` on this desk, `age_days` since the first form."""
    known = items[items["received"] < span.cutoff]
    outcome = outcomes(known, span)
    undone = ~(known["provisioned"] < span.cutoff)
    at_it = (
        (outcome == "approved") & undone & ((known["status"] == "approved") | known["provisioned"].notna())
    )
    chosen = known[(outcome == "waiting") | at_it].copy()
    chosen["desk"] = ["it" if waits else "decision" for waits in at_it[chosen.index]]
    chosen["waiting_since"] = chosen["since"].where(chosen["desk"] == "decision", chosen["decided"])
    for age, start in (("waiting_days", "waiting_since"), ("age_days", "received")):
        chosen[age] = [workdays.between(t.to_pydatetime(), span.cutoff) for t in chosen[start]]
    return chosen


def metrics_of(requests: pd.DataFrame, items: pd.DataFrame, span: Span, workdays: Workdays) -> Metrics:
    """All key figures of the month."""
    decided = requests[within(requests["decided"], span)]
    decided_items = items[within(items["decided"], span)]
    done = items[within(items["provisioned"], span)]
    pending = pending_items(items, span, workdays)
    return Metrics(
        requests_in=int(within(requests["received"], span).sum()),
        decided=len(decided),
        completed=int(within(requests["completed"], span).sum()),
        rejected=int((~decided["granted"]).sum()),
        items_in=len(asked_in(items, span)),
        items_approved=int(decided_items["granted"].sum()),
        items_rejected=int((~decided_items["granted"]).sum()),
        items_done=len(done),
        decision_median=quantile(decided_items["decision_days"], 0.5),
        decision_p90=quantile(decided_items["decision_days"], 0.9),
        ready_median=quantile(done["ready_days"], 0.5),
        ready_p90=quantile(done["ready_days"], 0.9),
        pending=pending["ref"].nunique(),
        pending_decision=pending.loc[pending["desk"] == "decision", "ref"].nunique(),
        pending_it=pending.loc[pending["desk"] == "it", "ref"].nunique(),
        pending_oldest=round(float(pending["age_days"].max()), 2) if len(pending) else None,
    )


def quantile(days: pd.Series, share: float) -> float | None:
    """The quantile, interpolated between neighbours and rounded to hundredths; None without any values."""
    known = days.dropna()
    return round(float(known.quantile(share)), 2) if len(known) else None
