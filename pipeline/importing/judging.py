"""Judges one row of an old register: all that is wrong with it at once, each with its cell. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from pipeline.form.words import is_blank, is_no_tick, is_tick
from pipeline.importing.days import BadDayError, read_days, read_one_day
from pipeline.importing.mapping import EMPTY, LEFT_OUT, REVOKE, REVOKED
from pipeline.importing.row_cells import FILLED_DOWN, RowCells, RowReader
from pipeline.importing.rows import Action, OldAccess, OldRow
from pipeline.importing.sheets import Value
from pipeline.model import Employee, System

#: The first of them that a row has is its first day.
_FIRST_DAYS = ("start", "done_on", "requested_on")


def judge_row(reader: RowReader, number: int, values: Sequence[Value], texts: Sequence[str]) -> OldRow:
    """The row, with all that is wrong with it. `texts`: the values as people see them."""
    return _Judging(reader, number, values, texts).done()


#: What is said of a word that nobody has explained.
_UNTOLD = {
    "status": "nobody has said what the status {!r} means; say it in the mapping file under statuses",
    "action": "nobody has said what {!r} asks for; say it in the mapping file under actions",
}


class _Judging(RowCells):
    """One row while it is being judged."""

    def __init__(self, reader: RowReader, number: int, values: Sequence[Value], texts: Sequence[str]) -> None:
        super().__init__(reader, number, values, texts)
        self.names = {name: self._name(name) for name in FILLED_DOWN}
        reader.remember(self.names)

    def done(self) -> OldRow:
        row = OldRow(self.reader.sheet.name, self.number, self.reader.kept_texts(self.texts))
        meanings = self.reader.meanings
        status, action = meanings.status(self._word("status")), meanings.action(self._word("action"))
        for name, meaning in (("status", status), ("action", action)):
            if meaning == LEFT_OUT:
                return replace(row, left_out=f"{name} {self._word(name)}")
            if meaning is None:
                self._wrong(name, "untold", _UNTOLD[name].format(self._word(name)))
        systems = list(self._systems())
        if not systems and not any(remark.code in {"missing", "unknown"} for remark in self.remarks):
            ticked = bool(self.reader.ticked) and not self.text("system")
            return replace(row, left_out="no system is ticked" if ticked else "its system is left out")
        if not self.names["employee"]:
            self._wrong("employee", "missing", "nobody's name stands here")
        elif not any(letter.isalpha() for letter in self.names["employee"]):
            self._wrong("employee", "no-name", f"{self.names['employee']!r} is nobody's name")
        self._check_band()
        if not self.names["employee_id"]:
            self._note("employee_id", "no-nik", "no NIK: a leaver's form will not find this access")
        days = self._days()
        if action == REVOKE:
            days = self._end_of_access(days)
        revoked = self._revoked(status, days) or action == REVOKE
        start = self._start(days)
        self._check_order(start, days)
        if start is None or any(remark.weight == "error" for remark in self.remarks):
            return replace(row, remarks=tuple(self.remarks))
        access = tuple(
            replace(
                self._access(place, system, level, start, days, revoked),
                action=cast(Action, action), dated=any(name in days for name in _FIRST_DAYS),
            )
            for place, system, level in systems
        )  # fmt: skip
        return replace(row, access=access, remarks=tuple(dict.fromkeys(self.remarks)))

    def _word(self, name: str) -> str:
        """The row's word of a column that says what became of it; "" where the file has none."""
        return self.text(name) or (EMPTY if name in self.reader.at else "")

    def _check_band(self) -> None:
        """Below a heading between the rows that nobody knows, nothing says whose department this is."""
        if self.reader.band is not None and not self.names["department"]:
            cell, text = self.reader.band
            self._wrong("department", "band", f"no department: the line {text!r} above ({cell}) is none of "
                        "the directory's; say it in the mapping file under departments, "
                        "or `ignore` there where the line is none")  # fmt: skip

    def _end_of_access(self, days: Mapping[str, date]) -> dict[str, date]:
        """A row that asked for the end of access tells one day: that on which it was taken away."""
        for name in ("revoked_on", "done_on", "end", "start", "requested_on"):
            if name in days and (name != "end" or days[name] <= self.reader.today):
                if days[name] > self.reader.today:
                    self._wrong(name, "order", f"{days[name]:%d/%m/%Y} is still to come")
                return {"start": days[name], "revoked_on": days[name]}
        return {}

    def _access(
        self, place: int, system: System, level: str, start: date, days: Mapping[str, date], revoked: bool
    ) -> OldAccess:
        department, known = self.reader.meanings.department(self.names["department"])
        if not known and department:
            self._note("department", "unknown", f"the directory has no department {department!r}")
        level, offered = self.reader.meanings.level(level, system)
        if not offered:
            self._note("level", "unknown", f"{system.code} has no level {level!r} in the catalogue")
        employee = Employee(
            1, self.names["employee"], self.names["employee_id"], self.names["position"],
            self.names["email"] if "@" in self.names["email"] else "",
        )  # fmt: skip
        return OldAccess(
            sheet=self.reader.sheet.name, row=self.number, employee=employee, department=department,
            division=self.names["division"], requester=self.text("requester"), number=self.text("number"),
            need=self.text("need"), system=system, level=level, start=start, end=days.get("end"),
            revoked=revoked, staff=self._staff(days, revoked), cell=self._cell(place),
        )  # fmt: skip

    def _staff(self, days: Mapping[str, date], revoked: bool) -> dict[str, str]:
        staff = {
            "status": "done",
            **{name: self.text(name) for name in ("done_by", "account_id", "note")},
            **{name: days[name].isoformat() for name in ("done_on", "revoked_on") if name in days},
        }
        if revoked and "revoked_on" not in days:
            said = self.text("status") or self.text("revoked_on")
            staff["note"] = "; ".join(text for text in (staff["note"], said) if text)
        return {name: text for name, text in staff.items() if text}

    # systems

    def _systems(self) -> Iterator[tuple[int, System, str]]:
        """(place, system, level) of everything that the row says somebody has."""
        yield from self._ticked()
        text = self.text("system")
        if not text:
            if not self.reader.ticked:
                band = self.reader.band
                above = (
                    f"; the line {band[1]!r} above ({band[0]}) is none that the catalogue knows"
                    if band
                    else ""
                )
                self._wrong("system", "missing", f"no system stands here{above}")
            return
        found = self.reader.meanings.systems(text)
        if found is None:
            self._wrong("system", "unknown", f"the system {text!r} is not in the catalogue; "
                        "say what it is in the mapping file under systems")  # fmt: skip
        for system, level in found or ():
            yield self.reader.at.get("system", 0), system, self.text("level") or level

    def _ticked(self) -> Iterator[tuple[int, System, str]]:
        for place, code in self.reader.ticked.items():
            text = self.texts[place - 1] if place <= len(self.texts) else ""
            system = self.reader.meanings.system(code)
            if system is None or not text or is_blank(text) or is_no_tick(text):
                continue
            yield place, system, self.text("level") if is_tick(text) else text

    # days

    def _days(self) -> dict[str, date]:
        """Every day of the row that can be read."""
        days: dict[str, date] = {}
        for name in ("start", "end", "requested_on", "done_on", "revoked_on"):
            try:
                day = read_one_day(self.value(name), name == "end")
            except BadDayError as error:
                if name != "revoked_on" or not is_tick(self.written(name)):
                    self._wrong(name, "unreadable", str(error))
                continue
            if name == "revoked_on" and not self._is_plain_day(day):
                text = f"{self.written(name)!r} is no day, and does not say whether it was taken away"
                self._wrong(name, "unreadable", text)
                continue
            if day is not None:
                days[name] = day
        for name in ("done_on", "revoked_on"):
            if name in days and days[name] > self.reader.today:
                self._wrong(name, "order", f"{days[name]:%d/%m/%Y} is still to come")
        return self._period() | days

    def _is_plain_day(self, day: date | None) -> bool:
        """Neither "?" nor "belum, rencana 01/03/2024" says on which day access was taken away."""
        text = self.written("revoked_on")
        return not is_no_tick(text) if day is not None else "?" not in text

    def _period(self) -> dict[str, date]:
        try:
            found = read_days(self.value("period"), is_end=True)
        except BadDayError as error:
            self._wrong("period", "unreadable", str(error))
            return {}
        if len(found) == 2:
            return {"start": found[0], "end": found[1]}
        return {"end": found[0]} if found else {}

    def _start(self, days: Mapping[str, date]) -> date | None:
        """The first day, or the nearest to it that the row tells; None where it tells none."""
        if "start" in days:
            return days["start"]
        if any(remark.code == "unreadable" for remark in self.remarks):
            return None
        for name in _FIRST_DAYS[1:]:
            if name in days:
                self._note(name, "start", f"no first day: {days[name]:%d/%m/%Y} is taken, from this cell")
                return days[name]
        try:
            day = (
                read_one_day(self.reader.sheet.always.get("start", ""))
                or self.reader.mapping.start_when_missing
            )
        except BadDayError:
            day = None
        if day is None:
            self._wrong("start", "missing", "no day stands in this row; fill it in, or say "
                        "start_when_missing in the mapping file")  # fmt: skip
        else:
            self._note("start", "start", f"no first day: {day:%d/%m/%Y} is taken, from the mapping file")
        return day

    def _revoked(self, status: str | None, days: Mapping[str, date]) -> bool:
        said = "revoked_on" in days or is_tick(self.written("revoked_on"))
        end = days.get("end")
        if not said and status not in {REVOKED, None} and end is not None and end < self.reader.today:
            self._note("end", "ended", f"ended on {end:%d/%m/%Y}, and nothing says that it was taken away")
        return said or status == REVOKED

    def _check_order(self, start: date | None, days: Mapping[str, date]) -> None:
        for later, earlier, words in (
            ("end", start, "is before the first day"),
            ("revoked_on", start, "cannot be the day it was taken away: the first day is later"),
            ("revoked_on", days.get("done_on"), "cannot be the day it was taken away: it was given later"),
        ):
            day = days.get(later)
            if day is not None and earlier is not None and day < earlier:
                self._wrong(later, "order", f"{day:%d/%m/%Y} {words} ({earlier:%d/%m/%Y})")
                return
