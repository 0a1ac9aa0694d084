"""Every item with something that happened to it in the month, in words. Draws nothing."""

import pandas as pd

from pipeline.reports.figures import outcomes, within
from pipeline.reports.page import Head, Month, Page, rows_of


def all_items(month: Month) -> Page:
    """Every item with something that happened to it in the month."""
    heads = (
        Head("ref", 16), Head("no", 7, "no"), Head("received", 17, "moment"), Head("department", 20),
        Head("requester", 24), Head("employee", 24), Head("employee_id", 13), Head("system", 16),
        Head("level", 20), Head("action", 13), Head("start", 12, "day"), Head("end", 12, "day"),
        Head("outcome", 23), Head("decided_by", 24), Head("decided_at", 17, "moment"),
        Head("days_decision", 13, "days"), Head("provisioned_at", 17, "moment"),
        Head("days_ready", 13, "days"),
    )  # fmt: skip
    items = month.items
    touched = (
        within(items["received"], month.span)
        | within(items["decided"], month.span)
        | within(items["provisioned"], month.span)
    )
    chosen = _as_known(items[touched], month).sort_values(["ref", "no"])
    columns = (
        "ref", "no", "received", "department", "requester", "employee", "employee_id", "system", "level",
        "action", "start", "end", "outcome", "decided_by", "decided", "decision_days", "provisioned",
        "ready_days",
    )  # fmt: skip
    return month.page("items", heads, rows_of(chosen, columns, month))


def urgent(month: Month) -> Page:
    """Every item that was asked for as urgent or as an emergency in the month, apart from all others."""
    heads = (
        Head("urgency", 14), Head("ref", 16), Head("no", 7, "no"), Head("received", 17, "moment"),
        Head("department", 22), Head("requester", 24), Head("employee", 24), Head("system", 18),
        Head("outcome", 23), Head("decided_by", 24), Head("days_decision", 12, "days"),
        Head("ended", 17, "moment"),
    )  # fmt: skip
    chosen = _as_known(month.items[_urgent_in(month)], month)
    chosen["urgency"] = [month.say(f"urgency_{one}") for one in chosen["urgency"]]
    chosen["ended"] = chosen["ended"].where(chosen["ended"] < month.span.cutoff)
    columns = (
        "urgency", "ref", "no", "received", "department", "requester", "employee", "system", "outcome",
        "decided_by", "decision_days", "ended",
    )  # fmt: skip
    rows = rows_of(chosen.sort_values(["urgency", "ref", "no"]), columns, month)
    return month.page("urgent", heads, rows)


def has_urgent(month: Month) -> bool:
    """Was anything asked for as urgent or as an emergency in the month?"""
    return bool(_urgent_in(month).any())


def _urgent_in(month: Month) -> pd.Series:
    items = month.items
    return within(items["received"], month.span) & (items["urgency"] != "normal")


def _as_known(items: pd.DataFrame, month: Month) -> pd.DataFrame:
    """The items in words, without what happened after the cutoff."""
    known = items.assign(outcome=outcomes(items, month.span))
    done = known["provisioned"] < month.span.cutoff
    late = ~(known["decided"] < month.span.cutoff)
    known["outcome"] = known["outcome"].mask(done & (known["outcome"] == "approved"), "done")
    known["outcome"] = known["outcome"].mask(done & (known["action"] == "revoke"), "revoked")
    lapsed = (known["lapsed"] < month.span.cutoff) & (known["outcome"] == "dropped")
    known["outcome"] = known["outcome"].mask(lapsed, "lapsed")
    known["outcome"] = [month.say(f"outcome_{outcome}") for outcome in known["outcome"]]
    known["action"] = [month.say("change_action" if a == "change" else a) for a in known["action"]]
    known["decided_by"] = known["decided_by"].mask(late, "")
    known["decision_days"] = known["decision_days"].mask(late)
    known["decided"] = known["decided"].mask(late)
    known["ready_days"] = known["ready_days"].where(done)
    known["provisioned"] = known["provisioned"].where(done)
    return known
