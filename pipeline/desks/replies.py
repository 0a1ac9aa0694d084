"""The desk for answers of approvers. Every rule of "When a reply decides" is checked here, in order."""

from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.approval.approvers import gains
from pipeline.approval.reasons import gives_reason, needs_reason
from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.approval.routes import answerable, steps_asked
from pipeline.approval.tokens import Binding, Carried, carried_codes, code_holds
from pipeline.approval.workflow import open_rounds
from pipeline.desks.absence import note_automatic
from pipeline.desks.asking import still_approver
from pipeline.desks.deciding import record_decision
from pipeline.desks.setting_aside import set_aside
from pipeline.desks.showing import approval_facts
from pipeline.journal import TokenRow
from pipeline.mail.htmltext import html_text
from pipeline.mail.newtext import NewText, new_text
from pipeline.model import Asked, Case, CaseItem, Directory, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn


@dataclass(frozen=True)
class Answer:
    """What was read of an answer before anything is decided: the codes it carries and its new text."""

    codes: Carried
    text: NewText


def read_answer(mail: Mail, sender: Sender, directory: Directory) -> Answer:
    """The codes and the newly written text of a mail. Pure; done before the journal entry is opened."""
    body = "\n".join(part for part in (mail.text, html_text(mail.html) if mail.html else None) if part)
    return Answer(carried_codes(mail, body), new_text(_as_signed(mail, sender, directory)))


def _as_signed(mail: Mail, sender: Sender, directory: Directory) -> Mail:
    """Where a signature is the proof, the name in From, which it does not cover, is the directory's: a name
    that somebody puts there must not make a line of the text pass for a signature that is cut off."""
    if sender.proof != "smime":
        return mail
    person = directory.person(sender.address)
    name = (person.name if person else "").replace("<", " ")
    return replace(mail, from_=(f"{name} <{sender.address}>",))


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
    if sender.proof == "smime" and token.code not in answer.codes.body:
        # Headers are not signed: an old signed answer would decide whatever they are made to name.
        unsigned = replace(
            sender, proof="none", detail=f"{sender.detail}; but this code is not signed with it"
        )
        return set_aside(turn, mail, unsigned, "sender-not-proven")
    token = _round_of_now(turn, case, token, binding)
    if token is None:
        return _answer_late(turn, mail, sender, case, binding, answer)
    person = turn.directory.person(sender.address)
    asked = next(asked for asked in case.asked if asked.code == token.code)
    if person is None or not still_approver(turn, case, asked):
        return set_aside(turn, mail, sender, "not-the-approver")
    if gains(turn.directory, person, case.form, case.askers):
        return set_aside(turn, mail, sender, "self-approval")
    if sender.proof == "smime":
        # For the same reason no verdict is taken from the subject.
        mail = replace(mail, subject="")
    return _hear(turn, mail, sender, case, token, answer)


def _find_token(turn: Turn, mail: Mail, sender: Sender, answer: Answer) -> tuple[TokenRow | None, str]:
    """The token this answer means, or why there is none."""
    if sender.defect:
        return None, "from-defect"
    if not answer.codes.chosen:
        person = turn.directory.person(sender.address)
        roles = turn.office.config.approval.roles
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


def _round_of_now(turn: Turn, case: Case, token: TokenRow, binding: Binding) -> TokenRow | None:
    """The open round that this answer belongs to; None when it came too late.

    Who decides item by item with the buttons of one mail has answered its round with the first of them. The
    rest belongs to the round that followed it: the same revision, the same approver, items he was shown."""
    if binding.revision != case.revision or binding.digest != case.digest or turn.now > binding.expires:
        return None
    mine = next((asked for asked in case.asked if asked.code == token.code), None)
    if mine is None:
        return None
    if mine.open:
        return token
    for now in open_rounds(case):
        same = (mine.approver, mine.acting_for) == (now.approver, now.acting_for)
        if same and turn.now <= now.expires and _is_rest_of(now, mine):
            return turn.entry.token(now.code)
    return None


def _is_rest_of(now: Asked, mine: Asked) -> bool:
    """Does this question ask nothing that the earlier one did not ask?"""
    return all(set(steps_asked(now, no)) <= set(steps_asked(mine, no)) for no in now.items)


def _answer_late(
    turn: Turn, mail: Mail, sender: Sender, case: Case, binding: Binding, answer: Answer
) -> Outcome:
    """After the decision, to an old revision, or too late: said once, recorded, nothing changes."""
    code = next(asked.code for asked in case.asked if asked.round == binding.round)
    turn.record("reply_late", case.ref, "akses", {"code": code, "mail_sha256": mail.sha256})
    turn.write(Letter(
        key=f"late/{case.ref}/{code}", kind="late", to=(binding.approver,), ref=case.ref,
        language=turn.language_of(binding.approver), in_reply_to=mail.message_id,
        references=(*mail.references[-10:], mail.message_id),
        facts={
            "case": case, "quoted": answer.text.text[:500], "deputy_name": _deputy_asked(turn, case, code),
        },
    ))  # fmt: skip
    if _refuses(turn, mail, case, code, answer):
        return replace(set_aside(turn, mail, sender, "late-refusal"), ref=case.ref)
    return Outcome("processed", "late-answer", case.ref)


def _deputy_asked(turn: Turn, case: Case, code: str) -> str:
    """The deputy who was asked in place of an approver that was away or silent, or ""."""
    asked = next(asked for asked in case.asked if asked.code == code)
    return turn.name_of(asked.handed_to) if asked.handed_to else ""


def _refuses(turn: Turn, mail: Mail, case: Case, code: str, answer: Answer) -> bool:
    """Does the approver take back what he or his deputy approved, while IT may be at work on it?"""
    asked = next(asked for asked in case.asked if asked.code == code)
    deciders = {asked.approver, asked.handed_to}
    granted = tuple(
        i for i in case.items if i.status in {"approved", "provisioned"} and i.decided_by in deciders
    )
    return bool(granted) and "reject" in _read(turn, mail, case, asked, granted, answer).items.values()


def _read(
    turn: Turn, mail: Mail, case: Case, asked: Asked, items: tuple[CaseItem, ...], answer: Answer
) -> Reply:
    known = KnownRequest(
        ref=case.ref, message_ids=tuple(one.message_id for one in case.asked),
        items={i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in items},
    )  # fmt: skip
    return read_reply(
        mail, answer.text, (known,), approver=asked.approver, portal=turn.office.config.portal.address,
        accept_ok=turn.office.config.approval.accept_ok,
    )  # fmt: skip


def _hear(turn: Turn, mail: Mail, sender: Sender, case: Case, token: TokenRow, answer: Answer) -> Outcome:
    asked = next(asked for asked in case.asked if asked.code == token.code)
    items = answerable(case, asked)
    reply = _read(turn, mail, case, asked, items, answer)
    if reply.decision in {"auto_reply", "bounce", "receipt"}:
        note_automatic(turn, mail, sender, reply.decision)
        return Outcome("ignored", reply.decision.replace("_", "-"), case.ref)
    if reply.decision not in {"approve", "reject", "partial"} or not reply.items:
        return _ask_back(turn, mail, sender, case, asked, answer, reply.why)
    if needs_reason(asked, items, reply.items) and not gives_reason(answer.text.text):
        return _ask_back(turn, mail, sender, case, asked, answer, "needs-reason")
    return record_decision(turn, mail, sender, case, token, reply)


def _ask_back(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, answer: Answer, why: str
) -> Outcome:
    """An unclear answer is asked back once, with the buttons again; after that we wait for a clear one."""
    turn.record(
        "reply_unclear", case.ref, "akses", {"code": asked.code, "why": why, "mail_sha256": mail.sha256}
    )
    turn.write(Letter(
        key=f"unclear/{case.ref}/{asked.code}", kind="unclear", to=(sender.address,), ref=case.ref,
        token=asked.code, language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(asked.message_id, mail.message_id),
        facts=approval_facts(turn, case, asked) | {"quoted": answer.text.text[:500], "why": why},
    ))  # fmt: skip
    return Outcome("processed", "unclear-answer", case.ref)
