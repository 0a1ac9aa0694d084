"""What is due while a request waits for its approver: a reminder, escalation, lapse. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.model import Asked, Case

Step = Literal["", "remind", "escalate", "lapse"]
#: Working days between two moments.
Days = Callable[[datetime, datetime], float]


@dataclass(frozen=True)
class Patience:
    """After how many working days something is done (config.yaml, approval). 0, or none at all: never."""

    #: since the approver was asked; one number for each reminder, rising
    remind_after: tuple[float, ...]
    #: since the approver was asked: the question is passed on, once in a revision
    escalate_after: float
    #: since anybody was first asked about this revision: what nobody has decided is dropped
    lapse_after: float


def step_due(case: Case, asked: Asked, patience: Patience, now: datetime, days: Days) -> Step:
    """What is due for this open question at `now`.

    One step at a time, the last one first: after a standstill nobody is reminded of what lapses today."""
    if patience.lapse_after and days(_first_asked(case), now) >= patience.lapse_after:
        return "lapse"
    overdue = patience.escalate_after and days(asked.asked_at, now) >= patience.escalate_after
    if overdue and not asked.escalated and not asked.passed_on:
        return "escalate"
    return "remind" if reminders_due(asked, patience, now, days) > asked.reminded else ""


@dataclass(frozen=True)
class Deadlines:
    """What comes next for an open question, and when; None: never."""

    remind: datetime | None
    escalate: datetime | None
    lapse: datetime | None


def deadlines(
    case: Case, asked: Asked, patience: Patience, after: Callable[[datetime, float], datetime]
) -> Deadlines:
    """When this question is next reminded of, passed on, and when the request lapses. `after` counts working
    days."""
    left = patience.remind_after[asked.reminded :]
    passes_on = patience.escalate_after and not asked.escalated and not asked.passed_on
    return Deadlines(
        remind=after(asked.asked_at, left[0]) if left else None,
        escalate=after(asked.asked_at, patience.escalate_after) if passes_on else None,
        lapse=after(_first_asked(case), patience.lapse_after) if patience.lapse_after else None,
    )


def reminders_due(asked: Asked, patience: Patience, now: datetime, days: Days) -> int:
    """How many reminders should have gone out by now: after a standstill one makes good for several."""
    waited = days(asked.asked_at, now)
    return sum(waited >= after for after in patience.remind_after)


def _first_asked(case: Case) -> datetime:
    """When somebody was first asked about this revision."""
    return min(asked.asked_at for asked in case.asked if asked.asked_at >= case.revised_at)
