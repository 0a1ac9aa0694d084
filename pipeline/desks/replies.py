"""The desk for answers of approvers. Every rule of "When a reply decides" is checked here, in order."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipeline.approval.approvers import gains
from pipeline.approval.reasons import gives_reason, grounds_of, needs_reason
from pipeline.approval.routes import answerable, steps_asked
from pipeline.approval.tokens import Binding, Carried, carried_codes, code_holds
from pipeline.approval.workflow import open_rounds
from pipeline.desks.absence import note_automatic
from pipeline.desks.deciding import record_decision
from pipeline.desks.digesting import decide_digest
from pipeline.desks.late import answer_late, answer_to_confirmation
from pipeline.desks.listing import DIGEST_SENT, digest_of
from pipeline.desks.setting_aside import set_aside
from pipeline.desks.showing import approval_facts
from pipeline.desks.verdicts import verdict_on
from pipeline.desks.voices import still_approver
from pipeline.journal import TokenRow
from pipeline.mail.htmltext import html_text
from pipeline.mail.newtext import NewText, new_text
from pipeline.model import Asked, Case, Directory, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn

#: How far the clock of an approver's telephone may be behind ours.
_CLOCKS_DIFFER = timedelta(days=1)


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
        confirmed = answer_to_confirmation(turn, mail, sender, answer.text) if not answer.codes.all else None
        return confirmed or set_aside(turn, mail, sender, wrong)
    if token.event.kind == DIGEST_SENT:
        digest, binding = digest_of(token)
        stopped = _stop(turn, mail, sender, token, binding, answer)
        return stopped or decide_digest(turn, _as_proven(mail, sender), sender, digest, answer.text)
    case = turn.case(token.ref)
    binding = _binding(token)
    if case is None:
        return set_aside(turn, mail, sender, "token-unknown")
    stopped = _stop(turn, mail, sender, token, binding, answer)
    if stopped is not None:
        return stopped
    mine = next(asked for asked in case.asked if asked.round == binding.round)
    asked = _question_of_now(turn, case, mine, binding)
    if asked is None:
        return answer_late(turn, mail, sender, case, mine, answer.text)
    person = turn.directory.person(sender.address)
    if person is None:
        return set_aside(turn, mail, sender, "not-the-approver")
    if not still_approver(turn, case, asked):
        return answer_late(turn, mail, sender, case, asked, answer.text, replaced=True)
    if gains(turn.directory, person, case.form, case.askers):
        return set_aside(turn, mail, sender, "self-approval")
    return _hear(turn, _as_proven(mail, sender), sender, case, asked, answer)


def _as_proven(mail: Mail, sender: Sender) -> Mail:
    """Where a signature is the proof, no verdict is taken from the subject, which it does not cover."""
    return replace(mail, subject="") if sender.proof == "smime" else mail


def _binding(token: TokenRow) -> Binding:
    data = token.event.data
    return Binding(
        ref=token.ref, revision=int(str(data["revision"])), round=int(str(data["round"])),
        digest=str(data["digest"]), approver=str(data["approver"]),
        expires=datetime.fromisoformat(str(data["expires"])),
    )  # fmt: skip


def _stop(
    turn: Turn, mail: Mail, sender: Sender, token: TokenRow, binding: Binding, answer: Answer
) -> Outcome | None:
    """The gates that every answer passes, to a single mail or to a digest; None where all of them hold."""
    if not code_holds(token.code, binding, turn.office.keys.tokens):
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
    typed = answer.codes.subject + answer.codes.body
    if token.code not in typed and not _was_written_to_us(turn, mail, token):
        return set_aside(turn, mail, sender, "old-mail")
    return None


def _was_written_to_us(turn: Turn, mail: Mail, token: TokenRow) -> bool:
    """Was the mail addressed to the portal, and written after we asked?

    A sender's signature (DKIM) covers these, but seldom the headers of a thread: an old mail with a yes in
    it, sent again with our Message-ID added, would decide."""
    portal = turn.office.config.portal.address
    to = " ".join((*mail.header_all("to"), *mail.header_all("cc"))).casefold()
    return portal in to and mail.date is not None and mail.date >= token.event.at - _CLOCKS_DIFFER


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
    # A digest belongs to no request: the codes of two digests mean different lines.
    if len({row.ref or row.code for row in rows}) > 1:
        return None, "token-conflict"
    chosen = [row for row in rows if row.code in answer.codes.chosen]
    if len(chosen) != 1:
        return None, "token-conflict" if chosen else "token-unknown"
    return chosen[0], ""


def _question_of_now(turn: Turn, case: Case, mine: Asked, binding: Binding) -> Asked | None:
    """The open question that this answer belongs to; None when it came too late.

    Who decides item by item with the buttons of one mail has answered his question with the first of them.
    The rest belongs to the one that followed it: the same revision, the same approver, items he was shown."""
    if binding.revision != case.revision or binding.digest != case.digest or turn.now > binding.expires:
        return None
    if mine.open:
        return mine
    for now in open_rounds(case):
        same = (mine.approver, mine.acting_for) == (now.approver, now.acting_for)
        if same and turn.now <= now.expires and _is_rest_of(now, mine):
            return now
    return None


def _is_rest_of(now: Asked, mine: Asked) -> bool:
    """Does this question ask nothing that the earlier one did not ask?"""
    return all(set(steps_asked(now, no)) <= set(steps_asked(mine, no)) for no in now.items)


def _hear(turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, answer: Answer) -> Outcome:
    items = answerable(case, asked)
    reply = verdict_on(turn, mail, case, asked, items, answer.text)
    if reply.decision in {"auto_reply", "bounce", "receipt"}:
        note_automatic(turn, mail, sender, reply.decision)
        return Outcome("ignored", reply.decision.replace("_", "-"), case.ref)
    if reply.decision not in {"approve", "reject", "partial"} or not reply.items:
        return _ask_back(turn, mail, sender, case, asked, answer, reply.why)
    approved = tuple(item for item in items if reply.items.get(item.item.no) == "approve")
    if not needs_reason(asked, approved):
        return record_decision(turn, mail, sender, case, asked, reply)
    if not gives_reason(answer.text.text):
        return _ask_back(turn, mail, sender, case, asked, answer, "needs-reason")
    return record_decision(turn, mail, sender, case, asked, reply, grounds=grounds_of(answer.text.text))


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
