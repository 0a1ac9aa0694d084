"""Which access is known already: from the journal, or from a row further up. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from pipeline.approval.conflicts import same_nik
from pipeline.form.words import key
from pipeline.importing.rows import OldAccess
from pipeline.model import Case, CaseItem, Employee

#: What was asked for or given, and what became of it counts for nobody any more.
_COUNTS = frozenset({"requested", "approved", "provisioned", "revoked", "expired"})
_Key = tuple[str, str, str]


@dataclass
class Held:
    """Access by person, system and level, each with its days and where it is known from."""

    _spans: dict[_Key, list[tuple[date, date, str]]] = field(default_factory=dict)
    #: (sha256 of a register, sheet, row) -> the request its access was imported into
    _rows: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def add_cases(self, cases: Iterable[Case]) -> None:
        for case in cases:
            for item in case.items:
                if item.status in _COUNTS and item.item.action != "revoke":
                    what = item.item
                    place = _key(what.employee, what.system, what.access_level)
                    span = (what.start_date, _until(item), f"{case.ref} item {what.no}")
                    self._spans.setdefault(place, []).append(span)
                if item.origin is not None:
                    origin = item.origin
                    self._rows.setdefault((origin.sha256, origin.sheet, origin.row), case.ref)

    def imported(self, sha256: str, sheet: str, row: int) -> str:
        """The request into which this very row was imported before, or ""."""
        return self._rows.get((sha256, sheet, row), "")

    def find(self, access: OldAccess) -> str:
        """Where the same access is known from whose days touch these, or ""."""
        first, last = _span(access)
        known = self._spans.get(_key(access.employee, access.system.code, access.level), ())
        return next((where for start, end, where in known if start <= last and first <= end), "")

    def add(self, access: OldAccess) -> None:
        place = _key(access.employee, access.system.code, access.level)
        self._spans.setdefault(place, []).append((*_span(access), f"row {access.row} of {access.sheet}"))


def person_key(employee: Employee) -> str:
    """Who somebody is: by NIK, and by name where there is none."""
    nik = same_nik(employee.employee_id)
    return f"#{nik}" if nik else key(employee.name)


def _key(employee: Employee, system: str, level: str) -> _Key:
    return person_key(employee), system, key(level)


def _span(access: OldAccess) -> tuple[date, date]:
    revoked_on = access.staff.get("revoked_on", "")
    return access.start, _last(access.start, access.end, access.revoked, revoked_on)


def _until(item: CaseItem) -> date:
    what = item.item
    return _last(what.start_date, what.end_date, item.status == "revoked", item.staff.get("revoked_on", ""))


def _last(start: date, end: date | None, revoked: bool, revoked_on: str) -> date:
    """The last day; of what was taken away on a day nobody knows, the first is all that is known."""
    try:
        gone = date.fromisoformat(revoked_on) if revoked_on else start
    except ValueError:
        gone = start
    ends = [end or date.max, *((gone,) if revoked else ())]
    last: date = min(ends)
    return max(start, last)
