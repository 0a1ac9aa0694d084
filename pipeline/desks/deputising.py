"""The desk for DEPUTI: an approver names who decides for him on some days, or ends it. Both are told.

Anything unclear changes nothing and is answered with what to write instead. Addresses are the directory's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.desks.setting_aside import set_aside
from pipeline.directory.mailed import ENDED, NAMED, Mailed, Term, deputy_cells, term_data, workbook_term
from pipeline.mail.commands import Command
from pipeline.mail.terms import read_days
from pipeline.model import Letter, Mail, Person, Sender
from pipeline.turn import Outcome, Turn, mailed_deputies

_LETTERS = ("deputy_named", "deputy_refused", "deputy_ended")
#: Who is answered more often in 24 hours than this is a machine.
_MOST_A_DAY = 10
_DAY = timedelta(days=1)
_TITLES = frozenset(
    ("bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari", "mr", "mrs", "ms")
)


@dataclass(frozen=True)
class Shown:
    """A term as the letters show it."""

    name: str
    first: date
    last: date


def decide_deputy(turn: Turn, mail: Mail, sender: Sender, command: Command) -> Outcome:
    """Do what an approver says of his deputy. The sender is proven.

    A company without proof of senders (mode token-only) has the approval code alone, which no such mail
    carries: there, a name in From would be enough to make oneself the IT Manager's deputy."""
    if sender.proof == "token-only":
        return set_aside(turn, mail, sender, "sender-not-proven")
    approver = turn.directory.person(sender.address)
    if approver is None:
        return set_aside(turn, mail, sender, "for-a-person")
    mailed = mailed_deputies(turn.entry).get(approver.email, Mailed())
    standing = tuple(term for term in mailed.terms if term.last >= turn.office.today())
    if command.name == "deputy_end" and not command.has_conditions:
        ended = (*standing, *_of_workbook(turn, approver, mailed))
        if ended:
            return _end(turn, mail, sender, approver, ended)
    if turn.answered_today(approver.email, _LETTERS) >= _MOST_A_DAY:
        return set_aside(turn, mail, sender, "too-many-answers")
    if command.name == "deputy_end" and not command.has_conditions:
        _write_ended(turn, mail, approver, ())
        return Outcome("processed", "no-deputy")
    deputy, why = _named(turn, approver, command)
    why = _unentitled(turn, approver) or ("conditions" if command.has_conditions else why)
    days = read_days(command.when, turn.office.today())
    if why or days.trouble or deputy is None:
        return _refuse(turn, mail, approver, command, deputy, why or days.trouble)
    return _name(turn, mail, sender, Term(approver.email, deputy.email, days.first, days.last), standing)


def _name(turn: Turn, mail: Mail, sender: Sender, term: Term, standing: tuple[Term, ...]) -> Outcome:
    known = term in standing
    met = tuple(other for other in standing if other.meets(term) and other.deputy != term.deputy)
    left = tuple(part for other in met for part in _beside(other, term))
    kept = (*(other for other in standing if not other.meets(term)), *left)
    if not known:
        # What is left of an earlier term is a term of its own: the new one takes the place of all it meets.
        for each in (term, *left):
            turn.record(NAMED, "", sender.address, {
                "approver": each.approver, **term_data(each), "mail_sha256": mail.sha256,
                "proof": sender.proof,
            })  # fmt: skip
    _answer(turn, mail, "deputy_named", term.approver, {
        "approver_name": turn.name_of(term.approver), "deputy_name": turn.name_of(term.deputy),
        "deputy_email": term.deputy, "first": term.first, "last": term.last,
        "others": _shown(turn, kept), "away": _shown(turn, _away(turn, term)),
        "cut": _shown(turn, (_shared(other, term) for other in met)),
    })  # fmt: skip
    if known:
        return Outcome("processed", "deputy-known")
    _tell(turn, mail, "deputy_duty", term.deputy, {
        "deputy_name": turn.name_of(term.deputy), "approver_name": turn.name_of(term.approver),
        "first": term.first, "last": term.last,
    })  # fmt: skip
    _tell_deputies(turn, mail, (_shared(other, term) for other in met))
    _tell_whose_deputy_leaves(turn, mail, term)
    return Outcome("processed", "deputy-named")


def _beside(old: Term, new: Term) -> tuple[Term, ...]:
    """The days of the earlier term before and after the new one. Of the same deputy nothing is left: who
    names him again says from when until when."""
    before = replace(old, last=min(old.last, new.first - _DAY))
    after = replace(old, first=max(old.first, new.last + _DAY))
    return tuple(part for part in (before, after) if part.first <= part.last)


def _shared(old: Term, new: Term) -> Term:
    """The days of the earlier term that go to the new one."""
    return replace(old, first=max(old.first, new.first), last=min(old.last, new.last))


def _tell_whose_deputy_leaves(turn: Turn, mail: Mail, term: Term) -> None:
    """Approvers for whom this approver himself stands in on days on which he now has a deputy: he cannot
    delegate on, so they are asked."""
    for email in dict.fromkeys(person.email for person in turn.directory.people):
        person = turn.directory.person(email)
        terms = (workbook_term(person) if person else None, *_mailed_terms(turn, email))
        mine = (other for other in terms if other is not None and other.deputy == term.approver)
        shared = tuple(_shared(other, term) for other in mine if other.meets(term))
        if shared:
            _tell(turn, mail, "deputy_away", email, {
                "approver_name": turn.name_of(email), "away": _shown(turn, dict.fromkeys(shared)),
            })  # fmt: skip


def _mailed_terms(turn: Turn, email: str) -> tuple[Term, ...]:
    return mailed_deputies(turn.entry).get(email, Mailed()).terms


def _end(turn: Turn, mail: Mail, sender: Sender, approver: Person, ended: tuple[Term, ...]) -> Outcome:
    deputies = {term.deputy for term in ended}
    person = turn.workbook.person(approver.email)
    # The workbook may name the same deputy for another time: what he was asked would stay with him.
    cells = deputy_cells(person) if person and person.deputy in deputies else ()
    turn.record(ENDED, "", sender.address, {
        "approver": approver.email, "deputies": sorted(deputies), "workbook": list(cells),
        "mail_sha256": mail.sha256, "proof": sender.proof,
    })  # fmt: skip
    _write_ended(turn, mail, approver, ended)
    _tell_deputies(turn, mail, ended)
    return Outcome("processed", "deputy-ended")


def _of_workbook(turn: Turn, approver: Person, mailed: Mailed) -> tuple[Term, ...]:
    """The term of the workbook, if it is running and was not ended before."""
    person = turn.workbook.person(approver.email)
    term = workbook_term(person) if person else None
    if person is None or term is None or deputy_cells(person) == mailed.ended:
        return ()
    return (term,) if term.first <= turn.office.today() <= term.last else ()


def _unentitled(turn: Turn, person: Person) -> str:
    """Why this person has nothing to hand over: he approves nothing, or only for somebody else; or ""."""
    config = turn.office.config
    who = {*config.approval.roles, "division_head", config.approval.exception_by}
    who |= {one for step in config.approval.steps for one in step.who}
    who |= {system.owner for system in config.systems}
    who |= {department.division_head for department in turn.directory.departments}
    roles = {row.role for row in turn.directory.people if row.email == person.email}
    if who & {person.email, *roles}:
        return ""
    return (
        "only_deputy" if any(row.deputy == person.email for row in turn.directory.people) else "no_approver"
    )


def _named(turn: Turn, approver: Person, command: Command) -> tuple[Person | None, str]:
    """Whom the mail means, or why nobody can be sure."""
    if not command.who:
        return None, "nobody"
    if "@" in command.who:
        found = [turn.directory.person(address) for address in command.who.split()]
        people = {person.email: person for person in found if person is not None}
        if len(found) > 1:
            return None, "several"
    else:
        people = {p.email: p for p in turn.directory.people if _words(p.name) == _words(command.who)}
    if len(people) != 1:
        return None, "several_names" if people else "unknown"
    deputy = next(iter(people.values()))
    return (None, "self") if deputy.email == approver.email else (deputy, "")


def _words(name: str) -> frozenset[str]:
    """The words of a name, without titles before it and degrees behind it."""
    return frozenset(re.findall(r"[^\W\d_]+", name.partition(",")[0].casefold())) - _TITLES


def _away(turn: Turn, term: Term) -> tuple[Term, ...]:
    """When on these days the deputy has one himself: then nobody stands in, for he cannot delegate on."""
    person = turn.directory.person(term.deputy)
    own = workbook_term(person) if person else None
    found = {
        other for other in (own, *_mailed_terms(turn, term.deputy)) if other is not None and other.meets(term)
    }
    return tuple(sorted(found, key=lambda other: other.first))


# --- letters --------------------------------------------------------------------------------------


def _refuse(
    turn: Turn, mail: Mail, approver: Person, command: Command, deputy: Person | None, why: str
) -> Outcome:
    """Nothing is changed; the answer says what to write instead."""
    first = turn.office.today() + timedelta(days=7)
    _answer(turn, mail, "deputy_refused", approver.email, {
        "approver_name": approver.name, "why": why, "who": command.who[:80], "when": command.when[:80],
        "example_email": deputy.email if deputy else f"nama@{approver.email.rpartition('@')[2]}",
        "example_days": f"{first:%d/%m/%Y} - {first + timedelta(days=13):%d/%m/%Y}",
    })  # fmt: skip
    return Outcome("processed", "deputy-refused")


def _write_ended(turn: Turn, mail: Mail, approver: Person, ended: tuple[Term, ...]) -> None:
    _answer(turn, mail, "deputy_ended", approver.email, {
        "approver_name": approver.name, "ended": _shown(turn, ended), "deputy_name": "",
    })  # fmt: skip


def _tell_deputies(turn: Turn, mail: Mail, ended: Iterable[Term]) -> None:
    """Each deputy whose days are over before their time."""
    terms = tuple(ended)
    for email in dict.fromkeys(term.deputy for term in terms):
        mine = tuple(term for term in terms if term.deputy == email)
        _tell(turn, mail, "deputy_ended", email, {
            "approver_name": turn.name_of(mine[0].approver), "ended": _shown(turn, mine),
            "deputy_name": turn.name_of(email),
        })  # fmt: skip


def _shown(turn: Turn, terms: Iterable[Term]) -> tuple[Shown, ...]:
    ordered = sorted(terms, key=lambda term: term.first)
    return tuple(Shown(turn.name_of(term.deputy), term.first, term.last) for term in ordered)


def _answer(turn: Turn, mail: Mail, kind: str, email: str, facts: dict[str, object]) -> None:
    """To who wrote the mail, in its thread."""
    turn.write(Letter(
        key=f"{kind}/{mail.sha256[:32]}", kind=kind, to=(email,), language=turn.language_of(email),
        facts=facts, in_reply_to=mail.message_id, references=(*mail.references[-10:], mail.message_id),
    ))  # fmt: skip


def _tell(turn: Turn, mail: Mail, kind: str, email: str, facts: dict[str, object]) -> None:
    """To a deputy, who is in the directory still."""
    if turn.directory.person(email) is not None:
        turn.write(Letter(
            key=f"{kind}/{mail.sha256[:32]}/{email}"[:200], kind=kind, to=(email,),
            language=turn.language_of(email), facts=facts,
        ))  # fmt: skip
