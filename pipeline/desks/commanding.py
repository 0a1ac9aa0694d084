"""The desk for BATAL and STATUS: a requester takes his request back, or asks of it. Passes DEPUTI on."""

import re

from pipeline.approval.routes import answerable
from pipeline.approval.workflow import open_items, open_rounds, withdrawable
from pipeline.desks.completing import complete_if_done
from pipeline.desks.deputising import decide_deputy
from pipeline.desks.setting_aside import set_aside
from pipeline.mail.commands import Command
from pipeline.model import REQUEST_NUMBER, Case, CaseItem, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn

_REF = re.compile(REQUEST_NUMBER)
#: Who asks more often in 24 hours than this is a machine.
_MOST_A_DAY = 5


def decide_command(turn: Turn, mail: Mail, sender: Sender, command: Command | None) -> Outcome:
    """Do what the command says for one of those who may say it; anything else is for a person."""
    if not sender.proven:
        return set_aside(turn, mail, sender, "from-defect" if sender.defect else "sender-not-proven")
    if command is not None and command.of_deputies:
        return decide_deputy(turn, mail, sender, command)
    case = _meant(turn, mail, command) if command else None
    if case is None or command is None:
        return set_aside(turn, mail, sender, "for-a-person")
    if command.name == "withdraw" and sender.address in case.askers:
        return _withdraw(turn, mail, sender, case, command)
    if command.name == "status" and _may_know(turn, case, sender.address):
        return _tell_status(turn, mail, sender, case)
    return set_aside(turn, mail, sender, "not-the-requester")


def _meant(turn: Turn, mail: Mail, command: Command) -> Case | None:
    """The request of the letter that is answered, or named in the mail; None where these disagree."""
    letter = turn.letter_answered(mail)
    answered = letter.ref if letter else ""
    named = {command.ref, *_REF.findall(mail.subject.upper())} - {""}
    refs = {answered, *named} - {""}
    return turn.case(refs.pop()) if len(refs) == 1 else None


def _withdraw(turn: Turn, mail: Mail, sender: Sender, case: Case, command: Command) -> Outcome:
    wanted = tuple(i for i in case.items if not command.items or i.item.no in command.items)
    takeable = withdrawable(case)
    taken = tuple(item for item in wanted if item in takeable)
    # What was decided against or taken back before needs no word; what is done, or never was, does.
    refused = tuple(item for item in wanted if item.status in {"provisioned", "revoked", "expired"})
    if taken:
        turn.record("request_withdrawn", case.ref, sender.address, {
            "items": [item.item.no for item in taken], "reason": command.reason, "mail_sha256": mail.sha256,
        })  # fmt: skip
    after = turn.case(case.ref) or case
    turn.write(Letter(
        key=f"withdrawn/{case.ref}/{mail.sha256[:32]}", kind="withdrawn", to=(sender.address,), ref=case.ref,
        language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(*case.thread, mail.message_id),
        facts={"case": after, "withdrawn": taken, "refused": refused},
    ))  # fmt: skip
    _tell_others(turn, mail, sender, case, after, taken, command.reason)
    complete_if_done(turn, case.ref)
    return Outcome("processed", "withdrawn" if taken else "nothing-to-withdraw", case.ref)


def _tell_others(
    turn: Turn, mail: Mail, sender: Sender, before: Case, after: Case, taken: tuple[CaseItem, ...],
    reason: str,
) -> None:  # fmt: skip
    """Whoever was asked about it, and whoever was to do it."""
    facts = {
        "case": after, "open_items": open_items(after), "asker_name": turn.name_of(sender.address),
        "reason": reason,
    }  # fmt: skip
    key = f"{before.ref}/{mail.sha256[:32]}"
    undecided = tuple(item for item in taken if item.status == "requested")
    for asked in open_rounds(before):
        mine = tuple(item for item in answerable(before, asked) if item in undecided)
        if mine:
            turn.write(Letter(
                key=f"withdrawn_notice/{key}/{asked.round}", kind="withdrawn_notice", to=(asked.approver,),
                ref=before.ref, language=turn.language_of(asked.approver), in_reply_to=asked.message_id,
                references=(asked.message_id,),
                facts=facts | {"withdrawn": mine, "at_work": False},
            ))  # fmt: skip
    approved = tuple(item for item in taken if item.status == "approved")
    if approved:
        turn.write(Letter(
            key=f"withdrawn_notice/{key}/staff", kind="withdrawn_notice", to=turn.it_staff(), ref=before.ref,
            language=turn.office.config.company.language,
            facts=facts | {"withdrawn": approved, "at_work": True},
        ))  # fmt: skip


def _may_know(turn: Turn, case: Case, email: str) -> bool:
    """Those it is about, those who decide it, and those who do it."""
    concerned = {*case.askers, *(item.item.employee.email.lower() for item in case.items)}
    concerned |= {asked.approver for asked in case.asked}
    roles = ("it_manager", "it_staff", "management")
    staff = {person.email for role in roles for person in turn.directory.with_role(role)}
    return email in concerned | staff


def _tell_status(turn: Turn, mail: Mail, sender: Sender, case: Case) -> Outcome:
    if turn.answered_today(sender.address, ("status",)) >= _MOST_A_DAY:
        return Outcome("ignored", "asked-too-often", case.ref)
    waiting = open_rounds(case)
    away = [asked.away_since for asked in waiting if asked.away_since]
    turn.write(Letter(
        key=f"status/{case.ref}/{mail.sha256[:32]}", kind="status", to=(sender.address,), ref=case.ref,
        language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(*mail.references[-10:], mail.message_id),
        facts={
            "case": case, "waits_for": _holder(turn, case),
            "since": case.decided_at or case.revised_at,
            "until": min((asked.expires for asked in waiting), default=None),
            "away_since": min(away, default=None),
        },
    ))  # fmt: skip
    return Outcome("processed", "status-told", case.ref)


def _holder(turn: Turn, case: Case) -> str:
    """Whose move it is, by name; "" when nobody's."""
    names = [turn.name_of(asked.approver) for asked in open_rounds(case)]
    if any(item.status == "approved" for item in case.items) or (open_items(case) and not names):
        names.append("IT")
    return ", ".join(dict.fromkeys(names))
