"""Which items of a request a BATAL means: by number, by system, by person; or why that must be asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pipeline.mail.commands import Command
from pipeline.model import AccessItem, Case, CaseItem, System

#: Why nobody can say: a number that the request has not, names that do not fit, or words that leave it open.
WhyUnclear = Literal["numbers", "names", "words"]

#: Beside a name these say nothing more.
_FILLERS = frozenset((
    "yang", "yg", "untuk", "utk", "buat", "bagian", "milik", "hanya", "cuma", "saja", "aja", "only", "just",
    "the", "for", "of", "akses", "access", "sistem", "system", "aplikasi", "dan", "and", "serta", "ya", "pak",
    "bu", "nya", "ini", "terima", "kasih", "makasih", "thanks", "thank", "you", "please", "mohon", "tolong",
))  # fmt: skip
#: Whoever speaks of a system does not mean what was refused or dropped long ago.
_GONE = frozenset({"cancelled", "rejected"})


@dataclass(frozen=True)
class Named:
    """The systems (codes) and people (NIK) that the words name; `alone`: they say nothing else."""

    systems: frozenset[str]
    people: frozenset[str]
    alone: bool

    def means(self, item: AccessItem) -> bool:
        system = not self.systems or item.system in self.systems
        return system and (not self.people or item.employee.employee_id in self.people)

    def tells_apart(self, items: tuple[CaseItem, ...]) -> bool:
        """Are there several systems, or people, of the kind that is named?"""
        several = len({one.item.system for one in items}) > 1
        return (bool(self.systems) and several) or (
            bool(self.people) and len({one.item.employee.employee_id for one in items}) > 1
        )

    def all_mean_one_of(self, items: tuple[CaseItem, ...]) -> bool:
        systems = {one.item.system for one in items}
        return self.systems <= systems and self.people <= {one.item.employee.employee_id for one in items}


def items_meant(case: Case, command: Command, systems: Iterable[System]) -> tuple[CaseItem, ...] | WhyUnclear:
    """The items that are to be taken back, or why that must be asked."""
    if set(command.items) - {one.item.no for one in case.items}:
        return "numbers"
    numbered = tuple(one for one in case.items if one.item.no in command.items)
    alive = tuple(one for one in case.items if one.status not in _GONE) or case.items
    named = _named(case, command.reason, systems)
    if not (named.systems or named.people):
        return "words" if command.unsure else numbered or case.items
    if command.unsure and not named.alone:
        return "words"
    meant = tuple(one for one in alive if named.means(one.item))
    if numbered:
        fits = all(named.means(one.item) for one in numbered) and named.all_mean_one_of(numbered)
        return numbered if fits and not command.everything else "names"
    if not meant or not named.all_mean_one_of(meant):
        return "names"
    if named.alone and not command.everything:
        return meant
    # "VPN tidak diperlukan lagi" of three systems may mean one of them or be the reason for all, and who
    # names them all may tell what he still needs. Where there is nothing to choose, names choose nothing.
    return "names" if named.tells_apart(alive) else alive


def _named(case: Case, said: str, systems: Iterable[System]) -> Named:
    """What is named in `said`. A system beside the request counts only where nothing else is said."""
    asked = {one.item.system for one in case.items}
    left, mine = _take_out(said, _system_words(case, systems, asked))
    left, who = _take_out(left, _people_words(case))
    left, others = _take_out(left, {
        name: system.code for system in systems if system.code not in asked for name in _names_of(system)
    })  # fmt: skip
    alone = not set(re.findall(r"\w+", left.casefold())) - _FILLERS
    return Named(frozenset(mine | (others if alone else set())), frozenset(who), alone)


def _take_out(said: str, words: dict[str, str]) -> tuple[str, set[str]]:
    """`said` without these words, and what they stand for; the longest are looked for first."""
    found = set()
    for word in sorted(words, key=len, reverse=True):
        if word.strip():
            pattern = rf"(?<!\w){re.escape(word)}(?:[-'’]?nya|s)?(?!\w)"
            said, times = re.subn(pattern, " ", said, flags=re.IGNORECASE)
            found |= {words[word]} if times else set()
    return said, found


def _names_of(system: System) -> tuple[str, ...]:
    return (system.code, system.label_id, system.label_en, *system.also)


def _system_words(case: Case, systems: Iterable[System], asked: set[str]) -> dict[str, str]:
    words = {name: system.code for system in systems if system.code in asked for name in _names_of(system)}
    return words | {one.item.system_label: one.item.system for one in case.items}


def _people_words(case: Case) -> dict[str, str]:
    """Names and NIK of the employees; a part of a name that two of them bear tells nobody apart."""
    people = {one.item.employee.employee_id: one.item.employee for one in case.items}
    words: dict[str, str] = {}
    for nik, person in people.items():
        parts = set(re.findall(r"[^\W\d_]{3,}", person.name))
        others = " ".join(other.name for key, other in people.items() if key != nik).casefold()
        words |= {part: nik for part in parts if part.casefold() not in others.split()}
        words |= {name: nik for name in (person.name, nik) if name}
    return words
