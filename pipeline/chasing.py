"""Requests that wait too long: the approver is reminded, another is asked, at last the request lapses."""

from pipeline.approval.routes import steps_due
from pipeline.approval.waiting import Patience, deadlines, reminders_due, step_due
from pipeline.approval.workflow import WAITING, open_items, open_rounds
from pipeline.desks.absence import entitled_deputy, hand_to_deputy, write_passed_on
from pipeline.desks.asking import ask_due
from pipeline.desks.deadlines import patience_for
from pipeline.desks.ending import end_access
from pipeline.desks.listing import waiting_for_digest
from pipeline.desks.showing import approval_facts
from pipeline.desks.voices import still_approver
from pipeline.directory import acting
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
        listed = waiting_for_digest(turn)
        for row in entry.requests():
            if row.state in WAITING:
                _chase_request(turn, row.ref, listed)
        entry.keep_value("chased", mark)
        turn.close()


def _chase_request(turn: Turn, ref: str, listed: frozenset[str]) -> None:
    """Each open question by itself; a request that lapses has none any more.

    `listed`: codes of the questions that a digest will remind of today."""
    _end_unsigned(turn, ref)
    case = turn.case(ref)
    for asked in open_rounds(case) if case else ():
        case = turn.case(ref)
        if case is not None and any(a.open and a.round == asked.round for a in case.asked):
            _chase_one(turn, case, asked, asked.code in listed)


def _chase_one(turn: Turn, case: Case, asked: Asked, listed: bool) -> None:
    patience, between = patience_for(turn.office.config, case), turn.office.workdays.between
    step = step_due(case, asked, patience, turn.now, between)
    if step == "lapse" and open_items(case):
        _let_lapse(turn, case)
    elif not _stays(turn, case, asked):
        return
    elif step == "escalate":
        _pass_on(turn, case, asked)
    elif step == "remind" and not listed:
        _remind(turn, case, asked, patience)


def _stays(turn: Turn, case: Case, asked: Asked) -> bool:
    """Is it still his to answer, and not about to go to a deputy whose days have begun?"""
    going = not asked.acting_for and acting(turn.directory, asked.approver, turn.office.today()) is not None
    return still_approver(turn, case, asked) and not (going and entitled_deputy(turn, case, asked))


def _end_unsigned(turn: Turn, ref: str) -> None:
    """Access given in an emergency ends when nobody signs for it in time, whoever was or could be asked."""
    case, days = turn.case(ref), turn.office.config.approval.emergency_days
    late = tuple(
        item for item in (case.items if case else ())
        if item.decided_at and item.status != "requested" and steps_due(item)
        and turn.office.workdays.between(item.decided_at, turn.now) >= days
    )  # fmt: skip
    end_access(turn, ref, late, "")


def _remind(turn: Turn, case: Case, asked: Asked, patience: Patience) -> None:
    """The question once more, with its buttons, in its thread: it carries the same code."""
    workdays = turn.office.workdays
    number = reminders_due(asked, patience, turn.now, workdays.between)
    due = deadlines(case, asked, patience, workdays.after)
    turn.record("approval_reminded", case.ref, "akses", {
        "round": asked.round, "number": number, "approver": asked.approver,
    })  # fmt: skip
    turn.write(Letter(
        key=f"reminder/{case.ref}/r{case.revision}/{asked.round}/{number}", kind="reminder",
        to=(asked.approver,), ref=case.ref, token=asked.code, language=turn.language_of(asked.approver),
        in_reply_to=asked.message_id, references=(asked.message_id,),
        facts=approval_facts(turn, case, asked) | {"asked_at": asked.asked_at, "passed_on_at": due.escalate},
    ))  # fmt: skip


def _pass_on(turn: Turn, case: Case, asked: Asked) -> None:
    """Ask his deputy, or else somebody of the alternate role; where there is neither, it stays with him."""
    turn.record("approval_escalated", case.ref, "akses", {
        "round": asked.round, "from": asked.approver, "acting_for": asked.acting_for,
    })  # fmt: skip
    after = turn.case(case.ref) or case
    same = next(one for one in after.asked if one.round == asked.round)
    name = hand_to_deputy(turn, after, same, "no answer") or ", ".join(
        ask_due(turn, case.ref, instead_of=same)
    )
    if name:
        write_passed_on(turn, case, asked, name)


def _let_lapse(turn: Turn, case: Case) -> None:
    """What nobody has decided is dropped; the requester is told and may ask again (SOP 5.4)."""
    lapsed = open_items(case)
    turn.record("request_lapsed", case.ref, "akses", {"items": [item.item.no for item in lapsed]})
    after = turn.case(case.ref) or case
    turn.to_requester(f"lapsed/{case.ref}/r{case.revision}", "lapsed", after, {"lapsed": lapsed})
