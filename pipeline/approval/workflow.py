"""A request's life: its events folded into what is known now. Pure: no clock, no mail, no file.

submitted -> awaiting_approval -> approved | partly_approved | rejected
approved, partly_approved -> provisioning -> completed
rejected, partly_approved -> (corrected form) -> awaiting_approval, same number, next revision
anything not yet provisioned -> (BATAL of its requester) -> withdrawn
awaiting_approval -> (nobody answers in time) -> lapsed
imported from an old register -> completed
"""

from collections.abc import Iterable

from pipeline.approval.draft import Draft
from pipeline.approval.history import HANDLERS, begin
from pipeline.approval.imported import begin_imported
from pipeline.approval.items import was_granted
from pipeline.model import Asked, Case, CaseItem, Event

#: States in which somebody's approval is waited for.
WAITING = frozenset({"awaiting_signoff", "awaiting_approval"})
_BEGINNINGS = {"request_received": begin, "request_imported": begin_imported}


def fold(events: Iterable[Event]) -> Case | None:
    """What the events of one request add up to; None where there is no request in them."""
    draft: Draft | None = None
    for event in events:
        if event.kind in _BEGINNINGS:
            draft = _BEGINNINGS[event.kind](event)
        elif draft is not None and event.kind in HANDLERS:
            HANDLERS[event.kind](draft, event)
    return draft.case() if draft else None


def open_items(case: Case) -> tuple[CaseItem, ...]:
    """Items nobody has decided yet."""
    return tuple(item for item in case.items if item.status == "requested")


def open_rounds(case: Case) -> tuple[Asked, ...]:
    """The questions that wait for an answer: one, or several where several people are asked at once."""
    return tuple(asked for asked in case.asked if asked.open)


def all_done(case: Case) -> bool:
    """Has everything approved been provisioned, with nothing left to decide?"""
    settled = not open_items(case) and all(item.status != "approved" for item in case.items)
    return settled and case.completed_at is None and any(was_granted(item) for item in case.items)


def withdrawable(case: Case) -> tuple[CaseItem, ...]:
    """Items that their requester can still take back: undecided, or approved and not done."""
    return tuple(item for item in case.items if item.status in {"requested", "approved"})


def may_revise(case: Case) -> bool:
    """A corrected form is taken while something is undecided or was rejected (SOP 5.4)."""
    return bool(open_items(case)) or any(item.status == "rejected" for item in case.items)


def may_change(case: Case) -> bool:
    """With the request's number, also what was approved and is not done yet can be changed."""
    return may_revise(case) or any(item.status == "approved" for item in case.items)
