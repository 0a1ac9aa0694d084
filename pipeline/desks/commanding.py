"""The desk for BATAL and STATUS: a requester takes his request back, or asks of it. Passes DEPUTI on."""

import hashlib
import re
from datetime import datetime

from pipeline.approval.items import is_to_be_taken_away
from pipeline.approval.workflow import WAITING, fold, open_items, open_rounds, withdrawable
from pipeline.desks.choosing import WhyUnclear, items_meant
from pipeline.desks.completing import complete_if_done
from pipeline.desks.deadlines import answer_by
from pipeline.desks.deputising import decide_deputy
from pipeline.desks.ending import stop_work, tell_asked
from pipeline.desks.setting_aside import set_aside
from pipeline.journal import Entry
from pipeline.mail.commands import Command, read_command
from pipeline.mail.newtext import new_text
from pipeline.model import REQUEST_NUMBER, Case, CaseItem, Letter, Mail, Sender
from pipeline.turn import Outcome, Turn

_REF = re.compile(REQUEST_NUMBER)
#: What is likely a form, as inbox_rules/40-forms.yaml has it, and no logo or price list.
_FORM_NAME = re.compile(
    r"\.(?:xlsx|xlsm|xltx|xls|xlsb|ods|et)$|(?:form|permintaan|permohonan|akses|access).*\.\w+$",
    re.IGNORECASE,
)
#: Who asks more often in 24 hours than this is a machine.
_MOST_A_DAY = 5


def decide_command(turn: Turn, mail: Mail, sender: Sender, command: Command | None) -> Outcome:
    """Do what the command says for one of those who may say it; anything else is for a person."""
    if not sender.proven:
        return set_aside(turn, mail, sender, "from-defect" if sender.defect else "sender-not-proven")
    if command is not None and command.of_deputies:
        return decide_deputy(turn, mail, sender, command)
    case = _meant(turn.entry, mail, command) if command else None
    if case is None or command is None:
        return set_aside(turn, mail, sender, "for-a-person")
    if sender.proof == "token-only" and not _answers_what_he_got(turn, mail, sender, case):
        return set_aside(turn, mail, sender, "sender-not-proven")
    if command.name == "withdraw" and sender.address in case.askers:
        return _withdraw(turn, mail, sender, case, command)
    if command.name == "status" and _may_know(turn, case, sender.address):
        return _tell_status(turn, mail, sender, case)
    return set_aside(turn, mail, sender, "not-the-requester")


def commands_own_request(entry: Entry, mail: Mail, sender: Sender) -> bool:
    """Does a requester say BATAL or STATUS of his request? Then a form beside it is not what he came for."""
    command = read_command(mail)
    if command is None or command.of_deputies:
        return False
    case = _meant(entry, mail, command)
    return case is not None and sender.address in case.askers


def _meant(entry: Entry, mail: Mail, command: Command) -> Case | None:
    """The request of the letter that is answered, or named in the mail; None where these disagree."""
    answered = next((letter.ref for letter in entry.outbox.answered_by(mail) if letter.ref), "")
    named = {command.ref, *_REF.findall(mail.subject.upper())} - {""}
    refs = {answered, *named} - {""}
    return fold(entry.events(ref=refs.pop())) if len(refs) == 1 else None


def _answers_what_he_got(turn: Turn, mail: Mail, sender: Sender, case: Case) -> bool:
    """Where no server confirms a sender, only this tells him from others: the Message-ID of our letter to
    him cannot be guessed. A number in the subject can."""
    letter = turn.letter_answered(mail)
    return letter is not None and letter.ref == case.ref and sender.address in letter.recipients


def _withdraw(turn: Turn, mail: Mail, sender: Sender, case: Case, command: Command) -> Outcome:
    takeable = withdrawable(case)
    wanted = items_meant(case, command, turn.office.config.systems)
    if isinstance(wanted, str):
        if takeable:
            return _ask_back(turn, mail, sender, case, wanted)
        # Whatever it means: there is nothing left that it could change.
        wanted = case.items
    taken = tuple(item for item in wanted if item in takeable)
    # Clear all the same: the words only named systems or people.
    reason = "" if command.unsure else command.reason[:500]
    if taken:
        turn.record("request_withdrawn", case.ref, sender.address, {
            "items": [item.item.no for item in taken], "reason": reason, "mail_sha256": mail.sha256,
        })  # fmt: skip
    after = turn.case(case.ref) or case
    said = f"withdrawn/{case.ref}/{_mark(sender, after, [item.item.no for item in wanted])}/"
    if not taken and _said_already(turn, said, mail):
        return Outcome("processed", "said-already", case.ref)
    # What was decided against or taken back before needs no word; what is done, or never was, does.
    refused = tuple(item for item in wanted if item.status in {"provisioned", "revoked", "expired"})
    _answer(turn, mail, sender, "withdrawn", said, case, {
        "case": after, "withdrawn": taken, "refused": refused, "form_name": _form_beside(mail),
        "asker_name": turn.name_of(sender.address),
    }, others=_other_askers(turn, case, sender) if taken else ())  # fmt: skip
    _tell_others(turn, mail, sender, case, taken, reason)
    complete_if_done(turn, case.ref)
    return Outcome("processed", "withdrawn" if taken else "nothing-to-withdraw", case.ref)


def _ask_back(turn: Turn, mail: Mail, sender: Sender, case: Case, why: WhyUnclear) -> Outcome:
    """Nothing is changed; one letter says how to write it. Whoever is unclear again is for a person."""
    words = new_text(mail).text.strip() or mail.subject
    thread = f"withdraw_unclear/{case.ref}/{_mark(sender, case, [])}/"
    said = f"{thread}{_hash(' '.join(words.casefold().split()))}/"
    if _said_already(turn, said, mail):
        return Outcome("processed", "said-already", case.ref)
    if turn.said_today(thread):
        return set_aside(turn, mail, sender, "for-a-person")
    _answer(turn, mail, sender, "withdraw_unclear", said, case, {
        "case": case, "items": withdrawable(case), "asker_name": turn.name_of(sender.address), "why": why,
        "quoted": words[:300], "form_name": _form_beside(mail),
    })  # fmt: skip
    return Outcome("processed", "withdrawal-unclear", case.ref)


def _other_askers(turn: Turn, case: Case, sender: Sender) -> tuple[str, ...]:
    """Who else has sent the request or a revision of it, and is in the directory still."""
    others = (one for one in case.askers if one != sender.address)
    return tuple(one for one in others if turn.directory.person(one) is not None)


def _answer(
    turn: Turn, mail: Mail, sender: Sender, kind: str, said: str, case: Case, facts: dict[str, object],
    others: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """The answer to this mail, in its thread, also to `others`. `said` begins its key: what makes it the same
    answer again."""
    turn.write(Letter(
        key=said + _form_mark(mail) + mail.sha256[:32], kind=kind, to=(sender.address, *others), ref=case.ref,
        language=turn.language_of(sender.address), in_reply_to=mail.message_id,
        references=(
            *(case.thread if sender.address in case.askers else ()), *mail.references[-10:], mail.message_id
        ),
        facts=facts,
    ))  # fmt: skip


def _said_already(turn: Turn, said: str, mail: Mail) -> bool:
    """Was this person told the same in the last 24 hours? A form beside it is a new thing to tell him of."""
    return turn.said_today(said + (_form_mark(mail) if _form_beside(mail) else ""))


def _mark(sender: Sender, case: Case, more: list[object]) -> str:
    """The same for the same person and a request whose state, and who is asked, has not changed."""
    asked = [(one.round, one.approver, bool(one.away_since)) for one in open_rounds(case)]
    items = [(item.item.no, item.status) for item in case.items]
    return _hash(repr((sender.address, case.revision, case.state, items, asked, more)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _form_beside(mail: Mail) -> str:
    """The name of a form that came along, or "". It is not taken here: that would contradict the command."""
    return next(
        (a.name or "form" for a in mail.attachments
         if _FORM_NAME.search(a.name) or "spreadsheet" in a.content_type), "",
    )  # fmt: skip


def _form_mark(mail: Mail) -> str:
    beside = [hashlib.sha256(a.data).hexdigest() for a in mail.attachments] if _form_beside(mail) else []
    return f"{_hash(repr(beside))}/" if beside else "-/"


def _tell_others(
    turn: Turn, mail: Mail, sender: Sender, before: Case, taken: tuple[CaseItem, ...], reason: str
) -> None:
    """Whoever was asked about it, and whoever was to do it."""
    tell_asked(turn, before, taken, sender.address, reason, mail.sha256, "withdrawn")
    approved = tuple(item for item in taken if item.status == "approved")
    if approved:
        stop_work(turn, before.ref, approved, sender.address, reason, mail.sha256, "withdrawn")


def _may_know(turn: Turn, case: Case, email: str) -> bool:
    """Those it is about, those who decide it, and those who do it."""
    concerned = {*case.askers, *(item.item.employee.email.lower() for item in case.items)}
    concerned |= {asked.approver for asked in case.asked}
    roles = ("it_manager", "it_staff", "management")
    staff = {person.email for role in roles for person in turn.directory.with_role(role)}
    return email in concerned | staff


def _tell_status(turn: Turn, mail: Mail, sender: Sender, case: Case) -> Outcome:
    said = f"status/{case.ref}/{_mark(sender, case, [])}/"
    if _said_already(turn, said, mail):
        return Outcome("processed", "said-already", case.ref)
    if turn.answered_today(sender.address, ("status",)) >= _MOST_A_DAY:
        return Outcome("ignored", "asked-too-often", case.ref)
    waiting = open_rounds(case)
    away = [asked.away_since for asked in waiting if asked.away_since]
    _answer(turn, mail, sender, "status", said, case, {
        "case": case, "waits_for": _holder(turn, case),
        "since": _since(case),
        "until": min((answer_by(turn.office, case, asked) for asked in waiting), default=None),
        "asker_name": turn.name_of(sender.address), "away_since": min(away, default=None),
        "form_name": _form_beside(mail),
    })  # fmt: skip
    return Outcome("processed", "status-told", case.ref)


def _since(case: Case) -> datetime:
    """When it came into its present state."""
    if case.state in WAITING:
        return case.revised_at
    moments = (case.revised_at, case.decided_at, case.completed_at, case.closed_at)
    return max(moment for moment in moments if moment is not None)


def _holder(turn: Turn, case: Case) -> str:
    """Whose move it is, by name; "" when nobody's."""
    names = [turn.name_of(asked.approver) for asked in open_rounds(case)]
    to_do = any(item.status == "approved" or is_to_be_taken_away(item) for item in case.items)
    if to_do or (open_items(case) and not names):
        names.append("IT")
    return ", ".join(dict.fromkeys(names))
