"""The desk for answers of approvers. Every rule of "When a reply decides" is checked here, in order."""

from dataclasses import dataclass
from datetime import datetime

from pipeline.approval.approvers import gains
from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.approval.tokens import Binding, Carried, carried_codes, code_holds
from pipeline.approval.workflow import open_items
from pipeline.desks import asking
from pipeline.desks.deciding import record_decision
from pipeline.desks.setting_aside import set_aside
from pipeline.journal import TokenRow
from pipeline.mail.htmltext import html_text
from pipeline.mail.newtext import NewText, new_text
from pipeline.model import Case, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn


@dataclass(frozen=True)
class Answer:
    """What was read of an answer before anything is decided: the codes it carries and its new text."""

    codes: Carried
    text: NewText


def read_answer(mail: Mail) -> Answer:
    """The codes and the newly written text of a mail. Pure; done before the journal entry is opened."""
    body = "\n".join(part for part in (mail.text, html_text(mail.html) if mail.html else None) if part)
    return Answer(carried_codes(mail, body), new_text(mail))


def decide_reply(turn: Turn, mail: Mail, sender: Sender, answer: Answer) -> Outcome:
    """Record the decision of an answer that passes every gate; anything else changes nothing."""
    token, wrong = _find_token(turn, mail, sender, answer)
    if token is None:
        return set_aside(turn, mail, sender, wrong)
    case = turn.case(token.ref)
    data = token.event.data
    binding = Binding(
        ref=token.ref, revision=int(str(data["revision"])), round=int(str(data["round"])),
        digest=str(data["digest"]), approver=str(data["approver"]),
        expires=datetime.fromisoformat(str(data["expires"])),
    )  # fmt: skip
    if case is None or not code_holds(token.code, binding, turn.office.keys.tokens):
        return set_aside(turn, mail, sender, "token-unknown")
    if sender.address != binding.approver:
        return set_aside(turn, mail, sender, "not-the-approver")
    if not sender.proven:
        return set_aside(turn, mail, sender, "sender-not-proven")
    if not _still_open(turn, case, binding, token.code):
        return _answer_late(turn, mail, case, token.code, answer)
    person = turn.directory.person(sender.address)
    if person is None or gains(person, case.form, case.requester):
        return set_aside(turn, mail, sender, "self-approval" if person else "not-the-approver")
    return _hear(turn, mail, sender, case, token, answer)


def _find_token(turn: Turn, mail: Mail, sender: Sender, answer: Answer) -> tuple[TokenRow | None, str]:
    """The token this answer means, or why there is none."""
    if sender.defect:
        return None, "from-defect"
    if not answer.codes.chosen:
        person = turn.directory.person(sender.address)
        roles = {turn.office.config.approval.role, turn.office.config.approval.alternate}
        is_approver = person is not None and any(
            p.role in roles for p in turn.directory.people if p.email == sender.address
        )
        return None, "no-token" if is_approver or not sender.proven else "for-a-person"
    rows = [row for row in map(turn.entry.token, answer.codes.all) if row is not None]
    if len({row.ref for row in rows}) > 1:
        return None, "token-conflict"
    chosen = [row for row in rows if row.code in answer.codes.chosen]
    if len(chosen) != 1:
        return None, "token-conflict" if chosen else "token-unknown"
    return chosen[0], ""


def _still_open(turn: Turn, case: Case, binding: Binding, code: str) -> bool:
    asked = next((asked for asked in case.asked if asked.code == code), None)
    current = binding.revision == case.revision and binding.digest == case.digest
    return asked is not None and asked.open and current and turn.now <= binding.expires


def _answer_late(turn: Turn, mail: Mail, case: Case, code: str, answer: Answer) -> Outcome:
    """After the decision, to an old revision, or too late: said once, recorded, nothing changes."""
    turn.record("reply_late", case.ref, "akses", {"code": code, "mail_sha256": mail.sha256})
    approver = next((asked.approver for asked in case.asked if asked.code == code), "")
    turn.write(Letter(
        key=f"late/{case.ref}/{code}", kind="late", to=(approver,) if approver else (), ref=case.ref,
        language=turn.language_of(approver), in_reply_to=mail.message_id,
        references=(*mail.references[-10:], mail.message_id),
        facts={"case": case, "quoted": answer.text.text[:500]},
    ))  # fmt: skip
    return Outcome("processed", "late-answer", case.ref)


def _hear(turn: Turn, mail: Mail, sender: Sender, case: Case, token: TokenRow, answer: Answer) -> Outcome:
    asked = next(asked for asked in case.asked if asked.code == token.code)
    known = KnownRequest(
        ref=case.ref, message_ids=(asked.message_id,),
        items={i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in open_items(case)},
    )  # fmt: skip
    reply = read_reply(
        mail, answer.text, (known,), approver=sender.address, portal=turn.office.config.portal.address,
        accept_ok=turn.office.config.approval.accept_ok,
    )  # fmt: skip
    if reply.decision in {"auto_reply", "bounce", "receipt"}:
        turn.record(
            "automatic_answer", case.ref, "akses", {"kind": reply.decision, "mail_sha256": mail.sha256}
        )
        return Outcome("ignored", reply.decision.replace("_", "-"), case.ref)
    if reply.decision not in {"approve", "reject", "partial"} or not reply.items:
        return _ask_back(turn, mail, sender, case, token.code, answer, reply)
    return record_decision(turn, mail, sender, case, token, reply)


def _ask_back(
    turn: Turn, mail: Mail, sender: Sender, case: Case, code: str, answer: Answer, reply: Reply
) -> Outcome:
    """An unclear answer is asked back once, with the buttons again; after that we wait for a clear one."""
    turn.record(
        "reply_unclear", case.ref, "akses", {"code": code, "why": reply.why, "mail_sha256": mail.sha256}
    )
    asked = next(asked for asked in case.asked if asked.code == code)
    language = turn.language_of(sender.address)
    facts = asking.approval_facts(turn, case, turn.name_of(sender.address), code, language)
    acting_for = turn.name_of(asked.acting_for) if asked.acting_for else ""
    turn.write(Letter(
        key=f"unclear/{case.ref}/{code}", kind="unclear", to=(sender.address,), ref=case.ref, token=code,
        language=language, in_reply_to=mail.message_id, references=(asked.message_id, mail.message_id),
        facts=facts | {
            "acting_for": acting_for, "expires": asked.expires, "quoted": answer.text.text[:500],
            "why": reply.why,
        },
    ))  # fmt: skip
    return Outcome("processed", "unclear-answer", case.ref)
