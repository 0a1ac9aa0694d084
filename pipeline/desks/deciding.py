"""What follows from a clear and proven answer: the decision, its confirmations, and the work for IT."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.approval.refill import refilled
from pipeline.approval.replies import Reply
from pipeline.approval.routes import answerable
from pipeline.approval.workflow import open_items
from pipeline.desks import returning
from pipeline.desks.asking import ask_due
from pipeline.desks.ending import end_access
from pipeline.desks.passing import steps_passed
from pipeline.model import (
    AccessItem,
    Asked,
    Attachment,
    Case,
    CaseItem,
    Letter,
    Mail,
    PipelineError,
    Sender,
    Vote,
)
from pipeline.turn import Outcome, Turn


def record_decision(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, reply: Reply, through: str = ""
) -> Outcome:
    """Record the verdict on each item (SOP 5.3, 5.4) and tell approver, requester and IT staff.

    `through`: the code of the digest that was answered; then one confirmation for all its lines is written
    elsewhere."""
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
    })  # fmt: skip
    after = turn.case(case.ref)
    if after is None:
        raise PipelineError(f"{case.ref} has no events.", "Run `run.py verify`.")
    answered = tuple(item for item in after.items if str(item.item.no) in decisions)
    decided = tuple(item for item in answered if item.decided_event == event.seq)
    name = f"{case.ref}/r{case.revision}/{asked.round}"
    if not through:
        _confirm(turn, mail, sender, after, asked, _as_said(answered, decisions, reply.reason))
    if decided:
        _tell_requester(turn, after, decided, name)
    hand_to_staff(turn, after, tuple(item for item in decided if item.status == "approved"), name)
    refused = tuple(i for i in answered if i not in decided and decisions[str(i.item.no)] == "reject")
    end_access(turn, case.ref, refused, reply.reason)
    ask_due(turn, case.ref)
    return Outcome("processed", "decision", case.ref)


def _as_said(items: tuple[CaseItem, ...], decisions: Mapping[str, str], reason: str) -> tuple[CaseItem, ...]:
    """The items as this approver decided them, whether or not somebody else is to be heard as well."""
    return tuple(
        replace(item, status="approved", reason="")
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
            "case": case, "decided": said,
            "open_items": tuple(i for i in open_items(case) if i.item.no in set(asked.items) - numbers),
            "next_step": any(i.status == "requested" and i.item.no in numbers for i in case.items),
        },
    ))  # fmt: skip


def _tell_requester(turn: Turn, case: Case, decided: tuple[CaseItem, ...], name: str) -> None:
    """The decision; where something was rejected, with the form to correct it in (SOP 5.4)."""
    rejected = tuple(one.item for one in decided if one.status == "rejected")
    forms = (_form_to_correct(turn, case, rejected),) if rejected else ()
    facts = {
        "decided": decided, "open_items": open_items(case), "form_name": forms[0].name if forms else "",
    }  # fmt: skip
    turn.to_requester(f"decided/{name}", "decided", case, facts, forms)


def _form_to_correct(turn: Turn, case: Case, rejected: tuple[AccessItem, ...]) -> Attachment:
    """The official form with the rejected items and the number: what was approved need not be asked again."""
    again = refilled(case.form, rejected, case.ref)
    return returning.official_form(turn, again, turn.language_of(case.requester), case.ref)


def hand_to_staff(turn: Turn, case: Case, items: tuple[CaseItem, ...], name: str) -> None:
    """Send the approved items to IT staff, who do the work and note it in the register (SOP 5.3)."""
    if not items:
        return
    turn.record("provision_asked", case.ref, "akses", {"items": [item.item.no for item in items]})
    turn.to_staff(Letter(
        key=f"provision/{name}", kind="provision", to=turn.it_staff(), ref=case.ref,
        language=turn.office.config.company.language,
        facts={
            "case": case, "items": items,
            "register_name": turn.office.config.files.register_workbook.name,
        },
    ))  # fmt: skip
