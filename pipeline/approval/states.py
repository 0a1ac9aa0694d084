"""The state of a request, from the states of its items. Pure."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.approval.items import IN_PROGRESS, was_granted
from pipeline.approval.routes import SIGN_OFF, steps_due
from pipeline.model import CaseItem, RequestState


def state_of(items: Sequence[CaseItem], completed_at: datetime | None, lapsed: bool) -> RequestState:
    """`completed_at`: when everything approved was said to be done; `lapsed`: nobody decided in time."""
    granted = [item for item in items if was_granted(item)]
    live = [item for item in items if item.status != "cancelled" or was_granted(item)]
    undecided = [item for item in live if item.status == "requested"]
    due = {step.name for item in undecided or granted for step in steps_due(item)}
    if undecided or due:
        return "awaiting_signoff" if due == {SIGN_OFF} else "awaiting_approval"
    # Staff may empty a cell again: then the work is not done, whatever was said before.
    if completed_at is not None and all(item.status != "approved" for item in granted):
        return "completed"
    if not granted:
        return "rejected" if live else "lapsed" if lapsed else "withdrawn"
    if any(item.status != "approved" or item.staff.get("status") == IN_PROGRESS for item in granted):
        return "provisioning"
    return "partly_approved" if len(granted) < len(live) else "approved"
