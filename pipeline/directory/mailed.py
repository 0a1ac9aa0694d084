"""The deputies that approvers named by mail, laid over the directory. Pure; reads no mail and no journal.

The rule: on the days an approver named by mail, his mail counts, whatever the workbook says. A new term
takes the place of every earlier one by mail that shares a day with it. DEPUTI SELESAI ends all his terms by
mail; and what the workbook says of a running term, or of the same deputy, until somebody changes its cells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from pipeline.model import Directory, Event, Person

NAMED, ENDED = "deputy_named", "deputy_ended"


@dataclass(frozen=True)
class Term:
    """Who stands in for an approver (addresses), from which day until which, both included."""

    approver: str
    deputy: str
    first: date
    last: date

    def meets(self, other: "Term") -> bool:
        """Do the two share a day?"""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Mailed:
    """What one approver's mails have come to: his terms, and the workbook's cells that he ended, if any."""

    terms: tuple[Term, ...] = ()
    ended: tuple[str, ...] = ()


def fold_deputies(events: Iterable[Event]) -> dict[str, Mailed]:
    """By the approver's address, from the events of the two kinds in the order of their numbers."""
    found: dict[str, Mailed] = {}
    for event in events:
        data = cast(Mapping[str, Any], event.data)
        approver = str(data["approver"])
        before = found.get(approver, Mailed())
        if event.kind == NAMED:
            new = term_of(approver, data)
            kept = tuple(term for term in before.terms if not term.meets(new))
            found[approver] = replace(before, terms=(*kept, new))
        else:
            found[approver] = Mailed(ended=tuple(data["workbook"]) or before.ended)
    return found


def term_of(approver: str, data: Mapping[str, Any]) -> Term:
    """A term as an event holds it."""
    return Term(approver, data["deputy"], date.fromisoformat(data["from"]), date.fromisoformat(data["until"]))


def term_data(term: Term) -> dict[str, object]:
    """A term as an event is to hold it."""
    return {"deputy": term.deputy, "from": term.first.isoformat(), "until": term.last.isoformat()}


def workbook_term(person: Person) -> Term | None:
    """The term that stands in the directory's own cells."""
    if not person.deputy or person.deputy_from is None or person.deputy_until is None:
        return None
    return Term(person.email, person.deputy, person.deputy_from, person.deputy_until)


def deputy_cells(person: Person) -> tuple[str, str, str]:
    """What the workbook's three cells say, so that a change of them can be seen."""
    begin, until = person.deputy_from, person.deputy_until
    return person.deputy, begin.isoformat() if begin else "", until.isoformat() if until else ""


def with_mailed_deputies(directory: Directory, mailed: Mapping[str, Mailed], on: date) -> Directory:
    """The directory as it holds on this day. Laying the same over it twice changes nothing more.

    A term that is yet to come shows only where the workbook names nobody, or one whose time is over."""
    if not mailed:
        return directory
    people = tuple(_as_mailed(person, mailed[person.email], on) if person.email in mailed else person
                   for person in directory.people)  # fmt: skip
    return replace(directory, people=people)


def _as_mailed(person: Person, mailed: Mailed, on: date) -> Person:
    if mailed.ended and deputy_cells(person) == mailed.ended:
        person = replace(person, deputy="", deputy_from=None, deputy_until=None)
    to_come = sorted((term for term in mailed.terms if term.last >= on), key=lambda term: term.first)
    if not to_come:
        return person
    over = person.deputy_until is not None and person.deputy_until < on
    term = to_come[0]
    if term.first > on and person.deputy and not over:
        return person
    return replace(person, deputy=term.deputy, deputy_from=term.first, deputy_until=term.last)
