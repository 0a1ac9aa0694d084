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


@dataclass
class Span:
    """Access that is known: its days, where it is known from, and whether it was taken away since."""

    employee: Employee
    level: str
    first: date
    last: date
    where: str
    revoked: bool
    #: the row's place among all rows; -1: it stands in the journal
    place: int = -1
    #: nobody knows the day on which it was taken away
    undated: bool = False
    #: a row that asked for its end has ended it
    by_request: bool = False

    @property
    def journal(self) -> bool:
        return self.place < 0


@dataclass
class Held:
    """Access by person and system, each with its days and where it is known from."""

    #: (NIK or name, system): who has a NIK stands under both
    _spans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    #: (sha256 of a register, sheet, row) -> the request its access was imported into
    _rows: dict[tuple[str, str, int], str] = field(default_factory=dict)

    def add_cases(self, cases: Iterable[Case]) -> None:
        for case in cases:
            for item in case.items:
                if item.status in _COUNTS and item.item.action != "revoke":
                    what, gone = item.item, item.status in {"revoked", "expired"}
                    where, level = f"{case.ref} item {what.no}", key(what.access_level)
                    span = Span(what.employee, level, what.start_date, _until(item), where, gone)
                    self._keep(span, what.system)
                if item.origin is not None:
                    origin = item.origin
                    self._rows.setdefault((origin.sha256, origin.sheet, origin.row), case.ref)

    def imported(self, sha256: str, sheet: str, row: int) -> str:
        """The request into which this very row was imported before, or ""."""
        return self._rows.get((sha256, sheet, row), "")

    def of(self, access: OldAccess) -> list[Span]:
        """All that this person is known to have in this system, at any level."""
        found = [
            span
            for name in names_of(access.employee)
            for span in self._spans.get((name, access.system.code), ())
            if is_same_person(span.employee, access.employee)
        ]
        return [span for number, span in enumerate(found) if span not in found[:number]]

    def find(self, access: OldAccess) -> Span | None:
        """The same access, at the same level, whose days touch these."""
        first, last = _span(access)
        who, level = person_key(access.employee), key(access.level)
        known = self._spans.get((who, access.system.code), ())
        return next((
            span for span in known
            if person_key(span.employee) == who and span.level == level
            and span.first <= last and first <= span.last
        ), None)  # fmt: skip

    def add(self, access: OldAccess, place: int) -> None:
        """A row's access. `place`: the row's, among all rows."""
        undated = access.revoked and not access.staff.get("revoked_on")
        where, level = f"row {access.row} of {access.sheet}", key(access.level)
        self._keep(Span(
            access.employee, level, *_span(access), where, access.revoked, place, undated, access.by_request,
        ), access.system.code)  # fmt: skip

    def end(self, span: Span, last: date, undated: bool) -> None:
        """A row's access was taken away, as another row says."""
        span.last, span.revoked, span.undated = max(span.first, min(span.last, last)), True, undated

    def _keep(self, span: Span, system: str) -> None:
        for name in names_of(span.employee):
            self._spans.setdefault((name, system), []).append(span)


def is_same_person(one: Employee, other: Employee) -> bool:
    """By their NIK; by their names where one of them has none."""
    nik, another = same_nik(one.employee_id), same_nik(other.employee_id)
    return nik == another if nik and another else key(one.name) == key(other.name)


def names_of(employee: Employee) -> tuple[str, ...]:
    """What somebody is looked up by: the NIK, if there is one, and the name."""
    return tuple(dict.fromkeys((person_key(employee), key(employee.name))))


def person_key(employee: Employee) -> str:
    """Who somebody is: by NIK, and by name where there is none."""
    nik = same_nik(employee.employee_id)
    return f"#{nik}" if nik else key(employee.name)


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
