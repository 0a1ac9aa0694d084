"""Judges one row of an old register: all that is wrong with it at once, each with its cell. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.form.words import is_blank, is_ditto, is_no_tick, is_tick
from pipeline.importing.days import BadDayError, read_days, read_one_day
from pipeline.importing.fields import IGNORE, SECRET, SYSTEM_COLUMN
from pipeline.importing.mapping import EMPTY, LEFT_OUT, REVOKED, RegisterMap, SheetMap
from pipeline.importing.meanings import Meanings
from pipeline.importing.rows import OldAccess, OldRow, Remark, Weight
from pipeline.importing.sheets import Value, cell_name
from pipeline.model import Employee, System

#: Names that stand for the row above where the mapping file says so.
FILLED_DOWN = ("employee", "employee_id", "position", "email", "department", "division")
_CUT = {"employee": 200, "employee_id": 60, "system": 200, "level": 200, "account_id": 200, "done_by": 200}


@dataclass
class RowReader:
    """Judges the rows of one sheet. `places`: place -> heading, as the mapping file names them."""

    sheet: SheetMap
    places: Mapping[int, str]
    mapping: RegisterMap
    meanings: Meanings
    today: date
    #: what a heading between the rows says of those below it: a department or a system
    section: dict[str, str] = field(default_factory=dict)
    _above: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        at = {heading: place for place, heading in self.places.items()}
        named = [(meaning, at[heading]) for heading, meaning in self.sheet.columns.items() if heading in at]
        self.at = {meaning: place for meaning, place in named if not meaning.startswith(SYSTEM_COLUMN)}
        self.ticked = {
            place: meaning.removeprefix(SYSTEM_COLUMN)
            for meaning, place in named
            if meaning.startswith(SYSTEM_COLUMN)
        }
        secret = {heading for heading, meaning in self.sheet.columns.items() if meaning == SECRET}
        self.kept = tuple(place for place, heading in self.places.items() if heading not in secret)
        self.used = {
            *self.ticked,
            *(place for meaning, place in self.at.items() if meaning not in {IGNORE, SECRET}),
        }

    def read(self, number: int, values: Sequence[Value], texts: Sequence[str]) -> OldRow:
        """The row, with all that is wrong with it. `texts`: the values as people see them."""
        return _Judging(self, number, values, texts).done()

    def kept_texts(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(texts[place - 1] if place <= len(texts) else "" for place in self.kept)

    def filled_down(self, name: str, text: str) -> str:
        """The name that holds for a row: its own, or that of the row above."""
        if (is_ditto(text) or (self.mapping.fill_down and not text)) and name in FILLED_DOWN:
            return self._above.get(name, "")
        return text

    def remember(self, names: Mapping[str, str]) -> None:
        self._above = dict(names)


class _Judging:
    """One row while it is being judged."""

    def __init__(self, reader: RowReader, number: int, values: Sequence[Value], texts: Sequence[str]) -> None:
        self.reader, self.number, self.values, self.texts = reader, number, values, texts
        self.remarks: list[Remark] = []
        self.names = {name: self._name(name) for name in FILLED_DOWN}
        reader.remember(self.names)

    def done(self) -> OldRow:
        row = OldRow(self.reader.sheet.name, self.number, self.reader.kept_texts(self.texts))
        word = self.text("status") or (EMPTY if "status" in self.reader.at else "")
        status = self.reader.meanings.status(word)
        if status == LEFT_OUT:
            return replace(row, left_out=f"status {word}")
        if status is None:
            self._wrong("status", "untold", f"nobody has said what the status {word!r} means; "
                        "say it in the mapping file under statuses")  # fmt: skip
        systems = list(self._systems())
        if not systems and not any(remark.code in {"missing", "unknown"} for remark in self.remarks):
            ticked = bool(self.reader.ticked) and not self.text("system")
            return replace(row, left_out="no system is ticked" if ticked else "its system is left out")
        if not self.names["employee"]:
            self._wrong("employee", "missing", "nobody's name stands here")
        if not self.names["employee_id"]:
            self._note("employee_id", "no-nik", "no NIK: a leaver's form will not find this access")
        days = self._days()
        revoked = self._revoked(status, days)
        start = self._start(days)
        self._check_order(start, days)
        if start is None or any(remark.weight == "error" for remark in self.remarks):
            return replace(row, remarks=tuple(self.remarks))
        access = tuple(
            self._access(place, system, level, start, days, revoked) for place, system, level in systems
        )
        return replace(row, access=access, remarks=tuple(dict.fromkeys(self.remarks)))

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

    # cells

    def value(self, name: str) -> Value:
        place = self.reader.at.get(name, 0)
        return self.values[place - 1] if 0 < place <= len(self.values) else ""

    def written(self, name: str) -> str:
        place = self.reader.at.get(name, 0)
        return self.texts[place - 1] if 0 < place <= len(self.texts) else ""

    def text(self, name: str) -> str:
        """What stands there on one line; "" for nothing, a dash or dots."""
        text = self.written(name)
        if not text or is_blank(text):
            text = self.reader.sheet.always.get(name, "") or self.reader.section.get(name, "")
        return text[: _CUT.get(name, 4_000)]

    def _name(self, name: str) -> str:
        own = self.written(name)
        text = self.reader.filled_down(name, "" if own and is_blank(own) else own)
        return (text or self.reader.sheet.always.get(name, "") or self.reader.section.get(name, ""))[:200]

    def _cell(self, place: int) -> str:
        return cell_name(self.reader.sheet.name, self.number, place or 1)

    def _say(self, name: str, code: str, weight: Weight, text: str) -> None:
        place = self.reader.at.get(name, min(self.reader.used, default=1))
        self.remarks.append(Remark(self._cell(place), code, weight, text))

    def _wrong(self, name: str, code: str, text: str) -> None:
        self._say(name, code, "error", text)

    def _note(self, name: str, code: str, text: str) -> None:
        self._say(name, code, "note", text)

    # systems

    def _systems(self) -> Iterator[tuple[int, System, str]]:
        """(place, system, level) of everything that the row says somebody has."""
        yield from self._ticked()
        text = self.text("system")
        if not text:
            if not self.reader.ticked:
                self._wrong("system", "missing", "no system stands here")
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
            if day is not None:
                days[name] = day
        for name in ("done_on", "revoked_on"):
            if name in days and days[name] > self.reader.today:
                self._wrong(name, "order", f"{days[name]:%d/%m/%Y} is still to come")
        return self._period() | days

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
        for name in ("done_on", "requested_on"):
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
