"""A sample of what a revision changes, shaped as the approval room compares it."""

from dataclasses import dataclass
from datetime import date

from pipeline.model import AccessItem, Case


@dataclass(frozen=True)
class _Field:
    field: str
    old: str | date | None
    new: str | date | None


@dataclass(frozen=True)
class _Change:
    what: str
    entries: tuple[AccessItem, ...]
    fields: tuple[_Field, ...] = ()
    approved_by: tuple[str, ...] = ()

    @property
    def first(self) -> AccessItem:
        return self.entries[0]


@dataclass(frozen=True)
class _Changes:
    """All of it: this room cannot see the approval room's own."""

    head: tuple[_Field, ...]
    lines: tuple[_Change, ...]
    revision: int


def sample_changes(case: Case) -> _Changes:
    """A revision that changes one item, drops one and adds one, under another division head."""
    first, second, third = (one.item for one in case.items)
    fields = (
        _Field("access_level", "Administrator", "Operator"),
        _Field("end_date", date(2027, 3, 31), None),
    )
    head = (_Field("division_head_name", "Lina Marlina", "Bambang Prakoso"),)
    lines = (
        _Change("changed", (first,), fields, ("Andi Nugroho",)),
        _Change("dropped", (second,)),
        _Change("added", (third,)),
    )
    return _Changes(head, lines, 0)
