"""What follows from a clear and proven answer: the decision, its confirmations, and the work for IT."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.approval.replies import Reply
from pipeline.approval.routes import answerable, is_afterwards
from pipeline.approval.workflow import open_items
from pipeline.desks.asking import ask_due
from pipeline.desks.ending import end_access, tell_closed
from pipeline.desks.outcome import tell_outcome
from pipeline.desks.passing import steps_passed
from pipeline.desks.settling import settle
from pipeline.desks.signed import tell_signed
from pipeline.model import Asked, Case, CaseItem, Letter, Mail, PipelineError, Sender, Vote
from pipeline.turn import Outcome, Turn


def record_decision(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, reply: Reply, through: str = "",
    grounds: str = "",
) -> Outcome:  # fmt: skip
    """Record the verdict on each item (SOP 5.3, 5.4) and tell approver, requester and IT staff.

    `through`: the code of the digest that was answered; then one confirmation for all its lines is written
    elsewhere. `grounds`: why he approves, where that must be said."""
    asked_about = {item.item.no: item for item in answerable(case, asked)}
    decisions = {str(no): verdict for no, verdict in sorted(reply.items.items()) if no in asked_about}
    voice = Vote((), sender.address, asked.acting_for, turn.now, 0)
    passed = {
        no: steps_passed(turn, case, asked_about[int(no)], asked, voice)
        for no, verdict in decisions.items() if verdict == "approve"
    }  # fmt: skip
    event = turn.record("decision_recorded", case.ref, sender.address, {
        "revision": case.revision, "round": asked.round, "code": asked.code,
        "approver": sender.address, "acting_for": asked.acting_for, "decisions": decisions, "passed": passed,
        "reason": reply.reason, "why": reply.why, "proof": sender.proof, "proof_detail": sender.detail,
        "mail_sha256": mail.sha256, **({"through": through} if through else {}),
        **({"grounds": grounds} if grounds else {}),
        **_also_for(asked_about, decisions, asked, sender),
    })  # fmt: skip
    settled = settle(turn, case.ref)
    after = turn.case(case.ref)
    if after is None:
        raise PipelineError(f"{case.ref} has no events.", "Run `run.py verify`.")
    answered = tuple(item for item in after.items if str(item.item.no) in decisions)
    decided = (*(item for item in answered if item.decided_event == event.seq), *settled)
    name = f"{case.ref}/r{case.revision}/{asked.round}"
    if not through:
        _confirm(turn, mail, sender, after, asked, _as_said(answered, decisions, reply.reason, grounds))
    tell_outcome(turn, after, decided, name)
    refused = tuple(i for i in answered if i not in decided and decisions[str(i.item.no)] == "reject")
    end_access(turn, case.ref, refused, reply.reason, by=sender.address)
    tell_signed(turn, case, turn.name_of(sender.address))
    ask_due(turn, case.ref)
    tell_closed(turn, case, sender.address, mail.sha256, "decided")
    return Outcome("processed", "decision", case.ref)


def _also_for(
    items: Mapping[int, CaseItem], decisions: Mapping[str, str], asked: Asked, sender: Sender
) -> dict[str, object]:
    """In whose names this person approved any of these items before: an auditor is to see that one human
    spoke in two of the steps."""
    names = {
        vote.principal
        for no, item in items.items() if decisions.get(str(no)) == "approve"
        for vote in item.votes if vote.by == sender.address and vote.principal != asked.principal
    }  # fmt: skip
    return {"also_for": sorted(names)} if names else {}


def _as_said(
    items: tuple[CaseItem, ...], decisions: Mapping[str, str], reason: str, grounds: str
) -> tuple[CaseItem, ...]:
    """The items as this approver decided them, whether or not somebody else is to be heard as well."""
    return tuple(
        replace(item, status="approved", reason=grounds)
        if decisions[str(item.item.no)] == "approve"
        else replace(item, status="rejected", reason=reason)
        for item in items
    )


def _confirm(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, said: tuple[CaseItem, ...]
) -> None:
    """Every recorded decision is confirmed to the approver: a forged one would be noticed here."""
    numbers = {item.item.no for item in said}
    turn.write(Letter(
        key=f"recorded/{case.ref}/r{case.revision}/{asked.round}", kind="recorded", to=(sender.address,),
        ref=case.ref, language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(*(one.message_id for one in case.asked), mail.message_id),
        facts={
            "case": case, "decided": said, "approver_name": turn.name_of(sender.address),
            "open_items": tuple(i for i in open_items(case) if i.item.no in set(asked.items) - numbers),
            "next_step": any(i.status == "requested" and i.item.no in numbers for i in case.items),
            "afterwards": is_afterwards(case, asked),
        },
    ))  # fmt: skip
