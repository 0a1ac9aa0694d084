"""What follows from a clear and proven answer: the decision, its confirmations, and the work for IT."""

from pipeline.approval.refill import refilled
from pipeline.approval.replies import Reply
from pipeline.approval.workflow import open_items
from pipeline.desks import asking, returning
from pipeline.journal import TokenRow
from pipeline.model import AccessItem, Attachment, Case, CaseItem, Letter, Mail, PipelineError, Sender
from pipeline.turn import Outcome, Turn


def record_decision(
    turn: Turn, mail: Mail, sender: Sender, case: Case, token: TokenRow, reply: Reply
) -> Outcome:
    """Record the verdict on each item (SOP 5.3, 5.4) and tell approver, requester and IT staff."""
    open_numbers = {item.item.no for item in open_items(case)}
    decisions = {str(no): verdict for no, verdict in sorted(reply.items.items()) if no in open_numbers}
    turn.record("decision_recorded", case.ref, sender.address, {
        "revision": case.revision, "round": token.event.data["round"], "code": token.code,
        "approver": sender.address, "acting_for": token.event.data["acting_for"], "decisions": decisions,
        "reason": reply.reason, "why": reply.why, "proof": sender.proof, "proof_detail": sender.detail,
        "mail_sha256": mail.sha256,
    })  # fmt: skip
    after = turn.case(case.ref)
    if after is None:
        raise PipelineError(f"{case.ref} has no events.", "Run `run.py verify`.")
    decided = tuple(item for item in after.items if str(item.item.no) in decisions)
    name = f"{case.ref}/r{case.revision}/{token.event.data['round']}"
    _confirm(turn, mail, sender, after, decided, name)
    _tell_requester(turn, after, decided, name)
    hand_to_staff(turn, after, tuple(item for item in decided if item.status == "approved"), name)
    if open_items(after):
        asking.ask_approver(turn, case.ref)
    return Outcome("processed", "decision", case.ref)


def _confirm(
    turn: Turn, mail: Mail, sender: Sender, case: Case, decided: tuple[CaseItem, ...], name: str
) -> None:
    """Every recorded decision is confirmed to the approver: a forged one would be noticed here."""
    turn.write(Letter(
        key=f"recorded/{name}", kind="recorded", to=(sender.address,), ref=case.ref,
        language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(*(asked.message_id for asked in case.asked), mail.message_id),
        facts={"case": case, "decided": decided, "open_items": open_items(case)},
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
    turn.write(Letter(
        key=f"provision/{name}", kind="provision", to=turn.it_staff(), ref=case.ref,
        language=turn.office.config.company.language,
        facts={
            "case": case, "items": items,
            "register_name": turn.office.config.files.register_workbook.name,
        },
    ))  # fmt: skip
