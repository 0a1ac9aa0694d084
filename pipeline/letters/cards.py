"""How the items of a request are laid out in a letter: grouped, numbered, none lost. Writes no words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.letters.format import listing_short, short
from pipeline.model import CaseItem, Employee, Language

_T = TypeVar("_T")

#: Above this many items a letter is grouped by what is asked for instead of by employee: 15 employees times
#: 30 lines would be 450 cards, and Gmail cuts a mail off at 102 KB, the buttons included.
MOST_BY_EMPLOYEE = 24
#: The characters of justifications that one letter shows, shared by its cards.
_NEED_BUDGET = 24_000
#: And of one of them: whoever needs more words has them in the form.
_LONGEST_NEED = 2_000
#: A justification shorter than this is repeated; a reference to another item would be no shorter.
_WORTH_REFERRING = 80


@dataclass(frozen=True)
class Card:
    """Items that differ in nothing but the employee; by employee it is always one item."""

    items: tuple[CaseItem, ...]
    #: shown of the justification
    need: str
    #: characters of the justification that are only in the form
    cut: int
    #: number of the earlier item whose justification is the same and is not repeated, or 0
    same_as: int = 0

    @property
    def first(self) -> CaseItem:
        return self.items[0]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(one.item.no for one in self.items)


@dataclass(frozen=True)
class Group:
    """Cards under one heading. `employee` is None where the cards name their employees themselves."""

    employee: Employee | None
    cards: tuple[Card, ...]


def lay_out(items: Sequence[CaseItem]) -> tuple[Group, ...]:
    """Groups by employee; with many items one group of cards by what is asked for."""
    if len(items) <= MOST_BY_EMPLOYEE:
        bundles = _bundle(items, lambda one: (one.item.no,))
        cards = _cards(bundles)
        by_person = _bundle(cards, lambda card: _person(card.first.item.employee))
        return tuple(Group(of_one[0].first.item.employee, tuple(of_one)) for of_one in by_person)
    return (Group(None, _cards(_bundle(items, _sameness))),)


def topic(items: Sequence[CaseItem], language: Language) -> str:
    """What a request is about, short enough for a subject line: "Accurate dan VPN untuk Putri Lestari"."""
    systems = listing_short([short(one.item.system_label, 24) for one in items], language)
    names = listing_short([short(one.item.employee.name, 28) for one in items], language)
    return f"{systems} {'for' if language == 'en' else 'untuk'} {names}"


def _cards(bundles: Sequence[Sequence[CaseItem]]) -> tuple[Card, ...]:
    most = min(_LONGEST_NEED, max(300, _NEED_BUDGET // max(1, len(bundles))))
    shown: dict[str, int] = {}
    return tuple(_card(tuple(bundle), most, shown) for bundle in bundles)


def _card(items: tuple[CaseItem, ...], most: int, shown: dict[str, int]) -> Card:
    need, number = items[0].item.justification, items[0].item.no
    first = shown.setdefault(need, number)
    if first != number and len(need) >= _WORTH_REFERRING:
        return Card(items, "", 0, same_as=first)
    return Card(items, need[:most], max(0, len(need) - most))


def _sameness(one: CaseItem) -> tuple[object, ...]:
    item = one.item
    asked = (item.system, item.system_label, item.access_level, item.action, item.justification)
    return (*asked, item.start_date, item.end_date, one.status, one.reason)


def _person(employee: Employee) -> tuple[object, ...]:
    return (employee.name, employee.employee_id, employee.position)


def _bundle(things: Iterable[_T], key: Callable[[_T], tuple[object, ...]]) -> list[list[_T]]:
    bundles: dict[tuple[object, ...], list[_T]] = {}
    for thing in things:
        bundles.setdefault(key(thing), []).append(thing)
    return list(bundles.values())
