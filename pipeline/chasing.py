"""Requests that wait too long: the approver is reminded, another is asked, at last the request lapses."""

from datetime import datetime

from pipeline.approval.waiting import Patience, reminders_due, step_due
from pipeline.approval.workflow import open_items, open_round
from pipeline.desks.absence import hand_to_deputy
from pipeline.desks.asking import approval_facts, ask_another
from pipeline.model import Asked, Case, Directory, Letter
from pipeline.office import Office
from pipeline.turn import Turn


def chase(office: Office, directory: Directory) -> None:
    """Do what is due for every request that waits for its approver; looked at once an hour."""
    mark = office.clock().strftime("%Y-%m-%dT%H")
    with office.journal.entry() as entry:
        if entry.value("chased") == mark:
            return
        turn = Turn(office, entry, office.clock(), directory)
        for row in entry.requests():
            case = turn.case(row.ref) if row.state == "awaiting_approval" else None
            if case is not None:
                _chase_one(turn, case)
        entry.keep_value("chased", mark)
        turn.close()


def patience_of(office: Office) -> Patience:
    """The company's, from config.yaml."""
    approval = office.config.approval
    return Patience(approval.remind_after, approval.escalate_after, approval.lapse_after)


def _chase_one(turn: Turn, case: Case) -> None:
    step = step_due(case, patience_of(turn.office), turn.now, turn.office.workdays.between)
    asked = open_round(case)
    if asked is None:
        return
    if step == "lapse":
        _let_lapse(turn, case)
    elif step == "escalate":
        _pass_on(turn, case, asked)
    elif step == "remind":
        _remind(turn, case, asked)


def _remind(turn: Turn, case: Case, asked: Asked) -> None:
    """The question once more, with its buttons, in its thread: it carries the same code."""
    patience = patience_of(turn.office)
    number = reminders_due(asked, patience, turn.now, turn.office.workdays.between)
    turn.record("approval_reminded", case.ref, "akses", {
        "round": asked.round, "number": number, "approver": asked.approver,
    })  # fmt: skip
    language = turn.language_of(asked.approver)
    facts = approval_facts(
        turn, case, language, code=asked.code, approver=asked.approver, acting_for=asked.acting_for,
        expires=asked.expires,
    )  # fmt: skip
    turn.write(Letter(
        key=f"reminder/{case.ref}/r{case.revision}/{asked.round}/{number}", kind="reminder",
        to=(asked.approver,), ref=case.ref, token=asked.code, language=language,
        in_reply_to=asked.message_id, references=(asked.message_id,),
        facts=facts | {"asked_at": asked.asked_at, "passed_on_at": _passed_on_at(turn, asked)},
    ))  # fmt: skip


def _passed_on_at(turn: Turn, asked: Asked) -> datetime | None:
    """When somebody else will be asked; None where nobody will, or where it was passed on already."""
    after = turn.office.config.approval.escalate_after
    if not after or asked.escalated:
        return None
    zone = turn.office.config.company.zone
    day = turn.office.workdays.add(asked.asked_at.astimezone(zone).date(), int(after))
    return datetime.combine(day, asked.asked_at.astimezone(zone).time(), tzinfo=zone)


def _pass_on(turn: Turn, case: Case, asked: Asked) -> None:
    """Ask his deputy, or else somebody of the alternate role; where there is neither, it stays with him."""
    turn.record("approval_escalated", case.ref, "akses", {
        "round": asked.round, "from": asked.approver, "acting_for": asked.acting_for,
    })  # fmt: skip
    name = hand_to_deputy(turn, case, asked, "no answer") or ask_another(
        turn, case.ref, frozenset({asked.approver, asked.acting_for})
    )
    if not name:
        return
    turn.write(Letter(
        key=f"passed_on/{case.ref}/r{case.revision}/{asked.round}", kind="passed_on", to=(asked.approver,),
        ref=case.ref, language=turn.language_of(asked.approver), in_reply_to=asked.message_id,
        references=(asked.message_id,), facts={"case": case, "items": open_items(case), "to_name": name},
    ))  # fmt: skip


def _let_lapse(turn: Turn, case: Case) -> None:
    """What nobody has decided is dropped; the requester is told and may ask again (SOP 5.4)."""
    lapsed = open_items(case)
    turn.record("request_lapsed", case.ref, "akses", {"items": [item.item.no for item in lapsed]})
    after = turn.case(case.ref) or case
    turn.to_requester(f"lapsed/{case.ref}/r{case.revision}", "lapsed", after, {"lapsed": lapsed})
