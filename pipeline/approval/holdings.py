"""What people have, and what is on its way to them, from all requests that speak of them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.approval.conflicts import same_nik
from pipeline.model import Case, CaseItem


@dataclass(frozen=True)
class Access:
    """An item, and the number of the request it belongs to."""

    ref: str
    item: CaseItem

    @property
    def nik(self) -> str:
        return same_nik(self.item.item.employee.employee_id)


@dataclass(frozen=True)
class Holdings:
    """By NIK as it is compared; what is held or there also by the system's code."""

    #: what may be used today: given, not taken away, not past its last day, and signed for
    held: Mapping[str, Mapping[str, Access]]
    #: what was given, as long as nothing shows that it was taken away
    there: Mapping[str, Mapping[str, Access]]
    #: what was asked for or approved, and is not done
    coming: Mapping[str, tuple[Access, ...]]
    #: what is to be taken away, and is not yet
    leaving: Mapping[str, tuple[Access, ...]]
    #: what was given in an emergency and ended since nobody signed for it
    unsigned: Mapping[str, tuple[Access, ...]]


def holdings_of(cases: Iterable[Case], niks: Iterable[str], today: date) -> Holdings:
    """What the people of these NIK (as `same_nik` gives them) have by these requests."""
    wanted = set(niks)
    everything = [Access(case.ref, item) for case in cases for item in case.items]
    mine = [access for access in everything if access.nik in wanted]
    there: dict[str, dict[str, Access]] = {}
    for access in sorted((a for a in mine if a.item.provisioned_at), key=_when_done):
        _done(there.setdefault(access.nik, {}), access)
    held = {
        nik: {system: access for system, access in systems.items() if _may_be_used(access.item, today)}
        for nik, systems in there.items()
    }
    under_way = [access for access in mine if access.item.status in {"requested", "approved"}]
    return Holdings(
        held, there,
        coming=_by_nik(access for access in under_way if access.item.item.action != "revoke"),
        leaving=_by_nik(access for access in under_way if access.item.item.action == "revoke"),
        unsigned=_by_nik(access for access in mine if access.item.ended_at is not None),
    )  # fmt: skip


def _by_nik(accesses: Iterable[Access]) -> dict[str, tuple[Access, ...]]:
    found: dict[str, tuple[Access, ...]] = {}
    for access in accesses:
        found[access.nik] = (*found.get(access.nik, ()), access)
    return found


def _when_done(access: Access) -> tuple[object, int]:
    return access.item.provisioned_at, access.item.decided_event


def _done(systems: dict[str, Access], access: Access) -> None:
    """One piece of work that was done, after those before it."""
    what = access.item.item
    if access.item.status == "provisioned":
        systems[what.system] = access
    elif what.action != "grant":
        # Taken away by a form, or a change after which staff have noted the day it was taken away.
        systems.pop(what.system, None)


def _may_be_used(item: CaseItem, today: date) -> bool:
    running = item.item.end_date is None or item.item.end_date >= today
    return running and item.ended_at is None
