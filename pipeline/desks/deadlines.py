"""Until when an answer is waited for: until the code ends, somebody else is asked, or it lapses."""

from datetime import datetime

from pipeline.approval.routes import answerable
from pipeline.approval.waiting import Patience, deadlines
from pipeline.approval.workflow import open_items
from pipeline.model import Asked, Case
from pipeline.office import Office
from pipeline.settings import Config
from pipeline.settings_approval import Clock


def patience_for(config: Config, case: Case) -> Patience:
    """How long this request may wait: an urgent one, or one that only takes access away, not as long."""
    approval = config.approval
    clock: Clock = approval
    if case.form.urgency != "normal":
        clock = approval.urgent
    elif all(item.item.action == "revoke" for item in open_items(case)):
        clock = approval.revoke
    return Patience(clock.remind_after, clock.escalate_after, clock.lapse_after)


def answer_by(office: Office, case: Case, asked: Asked) -> datetime:
    """The moment after which the answer of who was asked comes too late, as things stand."""
    workdays, approval = office.workdays, office.config.approval
    due = deadlines(case, asked, patience_for(office.config, case), workdays.after)
    items = answerable(case, asked)
    given = [item.decided_at for item in items if item.status != "requested" and item.decided_at]
    # Access that was given in an emergency does not lapse: it is taken away.
    ends = workdays.after(min(given), approval.emergency_days) if given else due.lapse
    return min(moment for moment in (asked.expires, due.escalate, ends) if moment is not None)
