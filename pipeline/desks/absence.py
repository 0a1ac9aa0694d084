"""Automatic answers to our letters: noted with whose they are; an absence may bring in the deputy."""

from dataclasses import dataclass

from pipeline.approval.approvers import gains
from pipeline.approval.history import DATES_RUN
from pipeline.approval.routes import answerable
from pipeline.approval.tokens import carried_codes, find_codes
from pipeline.approval.workflow import WAITING, open_rounds
from pipeline.desks.asking import ask_due
from pipeline.desks.listing import DIGEST_SENT
from pipeline.desks.voices import speaks_already, still_approver
from pipeline.directory import acting, named_deputy
from pipeline.journal import LetterRow
from pipeline.mail.automatic import shows_absence
from pipeline.model import Asked, Case, Letter, Mail, Person, Sender
from pipeline.turn import Turn

#: The kinds under which an automatic answer is recorded: out of office, and what only sounds like it.
AWAY, SOUNDS_AWAY = "auto_reply", "auto_reply_words"


@dataclass(frozen=True)
class _Answered:
    """What an automatic answer answers: a request, the code of its question, a letter; "" for none."""

    ref: str = ""
    code: str = ""
    letter: str = ""
    #: whom the digest was sent to that it answers, or ""
    digest_to: str = ""


def note_automatic(turn: Turn, mail: Mail, sender: Sender, kind: str) -> str:
    """Record an automatic answer in the story of the request whose letter it answers; its number, or "".

    It decides nothing. Only an out-of-office answer of who is asked now, to a letter that asks him and proven
    to be his, says that he is away. Vacation programs answer once, so it holds for all his open questions;
    `approval.deputy_on_absence` then brings in his deputy."""
    answered = _answered(turn, mail)
    if kind == AWAY and not shows_absence(mail):
        kind = SOUNDS_AWAY
    data = {
        "kind": kind or "automatic", "from": sender.address,
        "proof": sender.proof if sender.proven else "none", "letter": answered.letter,
        "mail_sha256": mail.sha256,
    }  # fmt: skip
    if answered.ref:
        turn.record("automatic_answer", answered.ref, "akses", data | {"code": answered.code})
    if kind == AWAY and sender.proven and _is_asked(turn, answered, sender.address):
        _note_elsewhere(turn, answered, sender, data)
        _bring_in_deputies(turn, answered, sender, mail.sha256)
    return answered.ref


def _answered(turn: Turn, mail: Mail) -> _Answered:
    letter = turn.letter_answered(mail)
    case = turn.case(letter.ref) if letter else None
    if letter is not None:
        return _Answered(letter.ref if case else "", _code_of(case, letter), letter.key)
    # Robots often drop the thread and keep the subject, in which the code stands; a digest has no request.
    codes = carried_codes(mail, "").chosen
    token = turn.entry.token(codes[0]) if len(codes) == 1 else None
    if token is None:
        return _Answered()
    if token.event.kind == DIGEST_SENT:
        return _Answered(digest_to=str(token.event.data["approver"]))
    return _Answered(token.ref, token.code) if turn.case(token.ref) else _Answered()


def _code_of(case: Case | None, letter: LetterRow) -> str:
    """The code of the round that this letter asks about: in an approval mail, a reminder, or a question what
    was meant. "" for other letters."""
    codes = find_codes(letter.message_id)
    return next((asked.code for asked in case.asked if asked.code in codes), "") if case else ""


def _is_asked(turn: Turn, answered: _Answered, address: str) -> bool:
    """Was it a letter with an open question to this address?"""
    if answered.digest_to:
        return answered.digest_to == address
    case = turn.case(answered.ref) if answered.ref and answered.code else None
    return any(a.code == answered.code and a.approver == address for a in (open_rounds(case) if case else ()))


def _questions_to(turn: Turn, address: str) -> tuple[tuple[Case, Asked], ...]:
    """Every open question to this address, by the numbers of the requests."""
    cases = (turn.case(row.ref) for row in turn.entry.requests() if row.state in WAITING)
    return tuple((c, a) for c in cases if c is not None for a in open_rounds(c) if a.approver == address)


def _note_elsewhere(turn: Turn, answered: _Answered, sender: Sender, data: dict[str, str]) -> None:
    """The same in the stories of his other open questions. A code alone proves only its own question."""
    if sender.proof == "token-only" and not answered.digest_to:
        return
    through = answered.ref or "a list"
    for case, asked in _questions_to(turn, sender.address):
        if asked.code != answered.code and asked.away_since is None:
            turn.record("automatic_answer", case.ref, "akses", data | {
                "code": asked.code, "through": through,
            })  # fmt: skip


def _bring_in_deputies(turn: Turn, answered: _Answered, sender: Sender, mail_sha256: str) -> None:
    """Close the rounds of an approver who is out of office, and ask the deputy named for him."""
    if not turn.office.config.approval.deputy_on_absence:
        return
    for case, asked in _questions_to(turn, sender.address):
        if asked.away_since and (sender.proof != "token-only" or answered.code in {"", asked.code}):
            hand_to_deputy(turn, case, asked, "out of office", mail_sha256)


def hand_to_deputy(turn: Turn, case: Case, asked: Asked, why: str, mail_sha256: str = "") -> str:
    """Close this round and ask the deputy of who was asked; his name, or "" where there is none to ask."""
    deputy = entitled_deputy(turn, case, asked) if asked.open else None
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
            name = hand_to_deputy(turn, case, asked, DATES_RUN)
            if name:
                write_passed_on(turn, case, asked, name)


def entitled_deputy(turn: Turn, case: Case, asked: Asked) -> Person | None:
    """Who may decide in the place of who was asked. A deputy's own absence brings in nobody, since he cannot
    delegate on, nor does that of who lost the role or whose deputy asked for it or gains by it, or is heard
    himself where everybody is to be."""
    if asked.acting_for or not still_approver(turn, case, asked):
        return None
    deputy = named_deputy(turn.directory, asked.approver, turn.office.today())
    if deputy is None or speaks_already(case, asked, deputy):
        return None
    return None if gains(turn.directory, deputy, case.form, case.askers) else deputy


def write_passed_on(turn: Turn, case: Case, asked: Asked, name: str) -> None:
    """Tell who was asked that somebody else is asked now, and that his own mail counts no more."""
    turn.write(Letter(
        key=f"passed_on/{case.ref}/r{case.revision}/{asked.round}", kind="passed_on", to=(asked.approver,),
        ref=case.ref, language=turn.language_of(asked.approver), in_reply_to=asked.message_id,
        references=(asked.message_id,),
        facts={
            "case": case, "items": answerable(case, asked), "to_name": name,
            "approver_name": turn.name_of(asked.approver),
        },
    ))  # fmt: skip
