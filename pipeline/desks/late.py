"""An answer that comes too late decides nothing; but a refusal, or a doubt, is never lost."""

from dataclasses import replace

from pipeline.approval.reasons import is_courtesy, says_yes_again
from pipeline.approval.routes import answerable
from pipeline.approval.workflow import open_rounds
from pipeline.desks.setting_aside import set_aside
from pipeline.desks.verdicts import verdict_on
from pipeline.mail.newtext import NewText
from pipeline.model import Asked, Case, CaseItem, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn

#: The key of the letter that confirms a decision: recorded/REQ-2026-0001/r0/1.
_RECORDED = "recorded/"


def answer_late(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, text: NewText, replaced: bool = False
) -> Outcome:
    """After the decision, to an old revision, or out of time: said once, recorded, nothing changes.

    `replaced`: he was asked, and it is not his to decide any more.

    Who does not simply say yes again is not content with what was recorded: IT is told at once where
    something was granted, and whoever is asked now is told what he says."""
    turn.record("reply_late", case.ref, "akses", {"code": asked.code, "mail_sha256": mail.sha256})
    _write_late(turn, mail, sender, case, asked, text, replaced)
    return _heed(turn, mail, sender, case, asked, text)


def _write_late(
    turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, text: NewText, replaced: bool = False
) -> None:
    """What stands, and how it can still be changed; once for each question."""
    turn.write(Letter(
        key=f"late/{case.ref}/{asked.code}", kind="late", to=(sender.address,), ref=case.ref,
        language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(*mail.references[-10:], mail.message_id),
        facts={
            "case": case, "quoted": text.text[:500], "deputy_name": _asked_instead(turn, case, asked),
            "approver_name": turn.name_of(sender.address),
            "refused": _refused(case, asked), "replaced": replaced,
            "decided": any(item.decided_at for item in case.items if item.item.no in asked.items),
        },
    ))  # fmt: skip


def answer_to_confirmation(turn: Turn, mail: Mail, sender: Sender, text: NewText) -> Outcome | None:
    """An answer to the letter that confirms a decision, which says: was this not you? None for other mail."""
    if not sender.proven:
        return None
    letter = next(turn.entry.outbox.answered_by(mail), None)
    if letter is not None and letter.kind == "digest_recorded" and sender.address in letter.recipients:
        content = is_courtesy(text.text) and not text.answers
        return (
            Outcome("processed", "late-answer") if content else set_aside(turn, mail, sender, "late-refusal")
        )
    if letter is None or not letter.key.startswith(_RECORDED):
        return None
    case = turn.case(letter.ref)
    number = letter.key.rpartition("/")[2]
    asked = next((a for a in case.asked if str(a.round) == number), None) if case else None
    if case is None or asked is None or sender.address not in letter.recipients:
        return None
    turn.record("reply_late", case.ref, "akses", {"code": asked.code, "mail_sha256": mail.sha256})
    thanks = is_courtesy(text.text) and not text.answers
    # Who says yes again to what he has approved, or thanks, needs no answer; who thinks better of it does.
    if not thanks and (_refused(case, asked) or not _says_yes(turn, mail, case, asked, text)):
        _write_late(turn, mail, sender, case, asked, text)
    return _heed(turn, mail, sender, case, asked, text)


def _refused(case: Case, asked: Asked) -> tuple[CaseItem, ...]:
    """What he was asked about and has rejected himself."""
    return tuple(
        item for item in case.items
        if item.item.no in asked.items and item.status == "rejected" and item.decided_by == asked.approver
    )  # fmt: skip


def _heed(turn: Turn, mail: Mail, sender: Sender, case: Case, asked: Asked, text: NewText) -> Outcome:
    about = tuple(item for item in case.items if item.item.no in asked.items)
    if (is_courtesy(text.text) and not text.answers) or _says_yes(turn, mail, case, asked, text):
        return Outcome("processed", "late-answer", case.ref)
    for other in open_rounds(case):
        if other.approver != sender.address and set(other.items) & set(asked.items):
            _tell_other(turn, mail, sender, case, other, text)
    if any(item.status in {"approved", "provisioned"} for item in about):
        return replace(set_aside(turn, mail, sender, "late-refusal"), ref=case.ref)
    return Outcome("processed", "late-answer", case.ref)


def _says_yes(turn: Turn, mail: Mail, case: Case, asked: Asked, text: NewText) -> bool:
    """Does he say yes, once more or now?"""
    if not text.answers and says_yes_again(text.text):
        return True
    about = tuple(item for item in case.items if item.item.no in asked.items)
    said = set(verdict_on(turn, mail, case, asked, about, text).items.values())
    return said == {"approve"}


def _tell_other(turn: Turn, mail: Mail, sender: Sender, case: Case, other: Asked, text: NewText) -> None:
    turn.write(Letter(
        key=f"objection/{case.ref}/{other.round}/{mail.sha256[:32]}", kind="objection", to=(other.approver,),
        ref=case.ref, language=turn.language_of(other.approver), in_reply_to=other.message_id,
        references=(other.message_id,),
        facts={
            "case": case, "items": answerable(case, other), "from_name": turn.name_of(sender.address),
            "quoted": text.text[:500],
        },
    ))  # fmt: skip


def _asked_instead(turn: Turn, case: Case, asked: Asked) -> str:
    """Who was asked in place of an approver that was away or silent, or ""."""
    if asked.handed_to:
        return turn.name_of(asked.handed_to)
    if not asked.passed_on:
        return ""
    later = (a for a in case.asked if a.round > asked.round and set(a.items) & set(asked.items))
    return next((turn.name_of(a.approver) for a in later if a.approver != asked.approver), "")
