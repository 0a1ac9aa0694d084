"""Automatic answers to our letters: noted with whose they are; an absence may bring in the deputy."""

from pipeline.approval.approvers import gains
from pipeline.approval.routes import answerable
from pipeline.approval.tokens import carried_codes
from pipeline.approval.workflow import open_rounds
from pipeline.desks.asking import ask_due, still_approver
from pipeline.directory import acting, named_deputy
from pipeline.journal import LetterRow
from pipeline.model import Asked, Case, Letter, Mail, Person, Sender
from pipeline.turn import Turn


def note_automatic(turn: Turn, mail: Mail, sender: Sender, kind: str) -> str:
    """Record an automatic answer in the story of the request whose letter it answers; its number, or "".

    It decides nothing. Only an out-of-office answer of who is asked now, to the very letter that asks him and
    proven to be his, says that he is away; `approval.deputy_on_absence` then brings in his deputy."""
    letter = turn.letter_answered(mail)
    ref, code = (letter.ref, "") if letter else ("", "")
    case = turn.case(ref) if ref else None
    if letter is not None and case is not None:
        code = _code_of(case, letter)
    elif letter is None:
        case, code = _by_code(turn, mail)
        ref = case.ref if case else ""
    if case is None:
        return ref
    turn.record("automatic_answer", ref, "akses", {
        "kind": kind or "automatic", "from": sender.address,
        "proof": sender.proof if sender.proven else "none", "code": code,
        "letter": letter.key if letter else "", "mail_sha256": mail.sha256,
    })  # fmt: skip
    _bring_in_deputy(turn, mail, ref, code)
    return ref


def _code_of(case: Case, letter: LetterRow) -> str:
    """The code of the round that this letter asks about, as approval mail or as a question; "" for others."""
    asks = next((a for a in case.asked if letter.message_id == a.message_id), None)
    again = next((a for a in case.asked if letter.key == f"unclear/{case.ref}/{a.code}"), None)
    found = asks or again
    return found.code if found else ""


def _by_code(turn: Turn, mail: Mail) -> tuple[Case | None, str]:
    """Robots often drop the thread and keep the subject, in which the code of the approval mail stands."""
    codes = carried_codes(mail, "").subject
    token = turn.entry.token(codes[0]) if len(codes) == 1 else None
    return (turn.case(token.ref), token.code) if token else (None, "")


def _bring_in_deputy(turn: Turn, mail: Mail, ref: str, code: str) -> None:
    """Close the round of an approver who is out of office, and ask the deputy named for him."""
    case = turn.case(ref)
    if case is None or not turn.office.config.approval.deputy_on_absence:
        return
    asked = next((a for a in case.asked if a.open and a.code == code and a.away_since), None)
    if asked is not None:
        hand_to_deputy(turn, case, asked, "out of office", mail.sha256)


def hand_to_deputy(turn: Turn, case: Case, asked: Asked, why: str, mail_sha256: str = "") -> str:
    """Close this round and ask the deputy of who was asked; his name, or "" where there is none to ask."""
    deputy = _entitled_deputy(turn, case, asked) if asked.open else None
    if deputy is None:
        return ""
    turn.record("deputy_brought_in", case.ref, "akses", {
        "approver": asked.approver, "deputy": deputy.email, "code": asked.code, "why": why,
        "mail_sha256": mail_sha256,
    })  # fmt: skip
    return ", ".join(ask_due(turn, case.ref))


def hand_over(turn: Turn, ref: str) -> None:
    """Questions that an approver has not answered when his deputy's dates begin go to the deputy."""
    case = turn.case(ref)
    for asked in open_rounds(case) if case else ():
        if case is not None and acting(turn.directory, asked.approver, turn.office.today()) is not None:
            name = hand_to_deputy(turn, case, asked, "the deputy's dates run")
            if name:
                write_passed_on(turn, case, asked, name)


def _entitled_deputy(turn: Turn, case: Case, asked: Asked) -> Person | None:
    """Who may decide in the place of who was asked. A deputy's own absence brings in nobody, since he cannot
    delegate on, nor does that of who lost the role or whose deputy asked for it or gains by it."""
    if asked.acting_for or not still_approver(turn, case, asked):
        return None
    deputy = named_deputy(turn.directory, asked.approver, turn.office.today())
    return None if deputy is None or gains(turn.directory, deputy, case.form, case.askers) else deputy


def write_passed_on(turn: Turn, case: Case, asked: Asked, name: str) -> None:
    """Tell who was asked that somebody else is asked now, and that his own mail counts no more."""
    turn.write(Letter(
        key=f"passed_on/{case.ref}/r{case.revision}/{asked.round}", kind="passed_on", to=(asked.approver,),
        ref=case.ref, language=turn.language_of(asked.approver), in_reply_to=asked.message_id,
        references=(asked.message_id,),
        facts={"case": case, "items": answerable(case, asked), "to_name": name},
    ))  # fmt: skip
