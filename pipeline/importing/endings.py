"""Rows of an old register against each other and the journal: duplicates, and rows that end others. Pure.

A row that asked for the end of access (action: revoke) ends what the same person had in that system before
its day; so does a later row of the same access that says it was taken away. Where two rows contradict each
other a person has to say what is true: access never stays alive by an oversight.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.form.words import key
from pipeline.importing.held import Held, Span, is_same_person, names_of
from pipeline.importing.rows import OldAccess, OldRow, Remark

#: A row's access, and where the row stands among all rows.
_Place = tuple[int, OldAccess]


@dataclass
class _End:
    """A row that asked for the end of access, and what it ended."""

    place: int
    access: OldAccess
    ended: list[str] = field(default_factory=list)

    def ends(self, other: OldAccess, place: int) -> bool:
        """Was the access of another row there before this one's day?"""
        mine = self.access
        if not is_same_person(mine.employee, other.employee) or not _fits(mine.level, other.level):
            return False
        begun = max(other.start.isoformat(), other.staff.get("done_on", ""))
        if not mine.dated or not other.dated or mine.start.isoformat() == begun:
            return self.place > place
        return mine.start.isoformat() > begun


def settle_rows(rows: list[OldRow], held: Held, sha256: str) -> None:
    """Leave out of `rows` what is known, and end what another row ends. `held`: what the journal knows."""
    for place, row in enumerate(rows):
        before = held.imported(sha256, row.sheet, row.row) if row.access else ""
        if before:
            rows[place] = replace(row, access=(), left_out=f"imported before ({before})")
    _Settling(rows, held).run()


class _Settling:
    """All rows while they are compared."""

    def __init__(self, rows: list[OldRow], held: Held) -> None:
        self._rows, self._held = rows, held
        #: (NIK or name, system)
        self._ends: dict[tuple[str, str], list[_End]] = {}

    def run(self) -> None:
        places = [place for place, row in enumerate(self._rows) if row.access and not row.has_errors]
        every = [_End(place, access) for place, access in self._all(places) if access.action == "revoke"]
        for end in every:
            for name in names_of(end.access.employee):
                self._ends.setdefault((name, end.access.system.code), []).append(end)
        for place in places:
            if self._rows[place].access[0].action != "revoke":
                self._settle(place)
        for end in every:
            self._close(end)

    def _all(self, places: list[int]) -> Iterator[_Place]:
        for place in places:
            for access in self._rows[place].access:
                yield place, access

    # rows with access

    def _settle(self, place: int) -> None:
        row, kept, left = self._rows[place], list[OldAccess](), list[str]()
        self._rows[place] = replace(row, access=())
        for told in row.access:
            access = self._ended_by_request(place, told)
            why = self._why_left(place, access)
            if why:
                left.append(why)
            else:
                self._held.add(access, place)
                kept.append(access)
        self._rows[place] = replace(self._rows[place], access=tuple(kept), left_out="" if kept else left[0])

    def _ended_by_request(self, place: int, access: OldAccess) -> OldAccess:
        """The access as the first row that asked for its end leaves it."""
        ends = [
            end
            for name in names_of(access.employee)
            for end in self._ends.get((name, access.system.code), ())
            if end.ends(access, place)
        ]
        if not ends:
            return access
        end = min(ends, key=lambda one: (one.access.start, one.place))
        end.ended.append(f"row {access.row} of {access.sheet}")
        return _taken_away(access, end.access)

    def _why_left(self, place: int, access: OldAccess) -> str:
        """Why the access of a row is not imported; "" when it is."""
        if access.revoked:
            open_ones = [s for s in self._held.of(access) if not s.revoked and _fits(access.level, s.level)]
            for span in open_ones:
                why = self._end_earlier(place, access, span)
                if why:
                    return why
        known = self._held.find(access)
        if known is None or (known.by_request and known.last == access.start):
            return ""
        span = known
        if span.revoked and not span.journal and not access.revoked and access.start > span.first:
            return self._contradict(place, access, span)
        if span.revoked and span.undated and not span.journal and not access.revoked:
            return self._contradict(place, access, span)
        name = f"{access.employee.name}, {access.system.label_en} {access.level}".strip()
        self._say(place, access, "duplicate", f"{name}: known from {span.where}")
        return "duplicate"

    def _end_earlier(self, place: int, access: OldAccess, span: Span) -> str:
        """A row that says its access was taken away, and one further up that says nothing of it."""
        told = access.staff.get("revoked_on", "")
        last = date.fromisoformat(told) if told else access.start
        if last < span.first or access.start > span.last:
            return ""
        if span.journal:
            text = f"{span.where} has this access, and here it was taken away; write that into the register"
            return self._refuse(place, access, "live", f"{text}, and leave this row out")
        if not told and access.start == span.first:
            return self._contradict(place, access, span)
        self._change(span, access)
        self._held.end(span, last, undated=not told)
        self._say(place, access, "ends", f"taken for the end of {span.where}")
        return f"ends {span.where}"

    def _change(self, span: Span, end: OldAccess) -> None:
        row = self._rows[span.place]
        access = tuple(
            _taken_away(one, end)
            if one.system.code == end.system.code and key(one.level) == span.level else one
            for one in row.access
        )  # fmt: skip
        text = f"taken away, as row {end.row} of {end.sheet} says"
        remark = Remark(access[0].cell, "ended", "note", text)
        self._rows[span.place] = replace(row, access=access, remarks=(*row.remarks, remark))

    # rows that asked for the end of access

    def _close(self, end: _End) -> None:
        access, place = end.access, end.place
        if end.ended:
            self._say(place, access, "ends", f"taken for the end of {', '.join(end.ended)}")
            self._leave_out(place, access, f"ends {end.ended[0]}")
            return
        known = self._held.of(access)
        live = [span for span in known if not span.revoked]
        near = [span for span in live if _fits(access.level, span.level)]
        if any(span.journal for span in near):
            where = next(span.where for span in near if span.journal)
            text = f"{where} has this access; write into the register there when it was taken away"
            why = self._refuse(place, access, "live", f"{text}, and leave this row out")
        elif clash := [s for s in near if s.place < place or s.first <= access.start or not access.dated]:
            why = self._contradict(place, access, clash[0])
        elif any(_fits(access.level, span.level) and span.first <= access.start for span in known):
            where = next(span.where for span in known if _fits(access.level, span.level))
            self._say(place, access, "duplicate", f"its end is known from {where}")
            why = "duplicate"
        elif len(live) > len(near):
            span = next(span for span in live if span not in near)
            text = f"{span.where} has another level of it, and goes on; give both rows the level that ended"
            why = self._refuse(place, access, "level", text)
        else:
            self._say(place, access, "ends", "no row tells of the access that this one ended")
            self._held.add(access, place)
            return
        self._leave_out(place, access, why)

    def _leave_out(self, place: int, access: OldAccess, why: str) -> None:
        row = self._rows[place]
        kept = tuple(one for one in row.access if one is not access)
        self._rows[place] = replace(row, access=kept, left_out=row.left_out if kept else why)

    # what is said

    def _contradict(self, place: int, access: OldAccess, span: Span) -> str:
        first, second = ("taken away", "still there") if span.revoked else ("still there", "taken away")
        return self._refuse(
            place, access, "contradiction",
            f"{span.where} says that this access is {first}, here that it is {second}, with no day that "
            "tells which came later; fill in the day it was taken away, or delete the row that is wrong",
        )  # fmt: skip

    def _refuse(self, place: int, access: OldAccess, code: str, text: str) -> str:
        self._remark(place, Remark(access.cell, code, "error", text))
        return code

    def _say(self, place: int, access: OldAccess, code: str, text: str) -> None:
        self._remark(place, Remark(access.cell, code, "note", text))

    def _remark(self, place: int, remark: Remark) -> None:
        row = self._rows[place]
        self._rows[place] = replace(row, remarks=(*row.remarks, remark))


def _fits(level: str, other: str) -> bool:
    """May two rows tell of the same level? One that names none tells of all."""
    return not key(level) or not key(other) or key(level) == key(other)


def _taken_away(access: OldAccess, end: OldAccess) -> OldAccess:
    """The access as it was taken away, on the day that another row tells, if it tells one."""
    staff, day = dict(access.staff), end.staff.get("revoked_on", "") if end.dated else ""
    known = staff.get("revoked_on", "")
    if day and (not known or day < known):
        staff["revoked_on"] = day
    note = "; ".join(
        dict.fromkeys(text for text in (staff.get("note", ""), end.staff.get("note", "")) if text)
    )
    start = min(access.start, date.fromisoformat(day)) if day else access.start
    return replace(
        access, revoked=True, start=start, staff=staff | ({"note": note} if note else {}),
        told_by=(*access.told_by, (end.sheet, end.row)),
        by_request=end.action == "revoke",
    )  # fmt: skip
