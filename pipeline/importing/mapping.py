"""The mapping file: what each column of an old register is, and what its words mean. Reads no register."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from pipeline.directory.dates import read_date
from pipeline.form.words import clean
from pipeline.importing.fields import IGNORE, NAMES, SECRET, SYSTEM_COLUMN
from pipeline.model import PipelineError, System

#: What the words of the status column mean: access that was given; taken away since; and rows that are no
#: access (refused, cancelled, never done).
GIVEN, REVOKED, LEFT_OUT = "given", "revoked", "leave out"
MEANINGS = (GIVEN, REVOKED, LEFT_OUT)
#: What the words of a column with the kind of request mean: access, another level of it, its end.
GRANT, CHANGE, REVOKE = "grant", "change", "revoke"
ACTIONS = (GRANT, CHANGE, REVOKE, LEFT_OUT)
#: Of a line between the rows under departments: it is a remark, and begins no department.
NO_BAND = "ignore"
#: Stands for an empty cell of the column of the status or the action: access may
#: have been given there, or nobody did it.
EMPTY = "(empty)"
#: Stands where a person has to say what a word means.
OPEN = "?"
#: Fields that can be said for a whole sheet, where no column says them.
ALWAYS = ("system", "level", "department", "division", "requester", "need", "start")
_YES, _NO = frozenset({"yes", "true", "ya", "1", "on"}), frozenset({"no", "false", "tidak", "0", "off", ""})
#: The parts of the file, and of a sheet in it.
_PARTS = (
    "sheets", "fill_down", "start_when_missing", "systems", "levels", "departments", "statuses", "actions",
)  # fmt: skip
_OF_SHEET = ("take", "headings", "columns", "always")
_ROWS = re.compile(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?")


class MappingError(PipelineError):
    """The mapping file cannot be meant as it stands."""


@dataclass(frozen=True)
class SheetMap:
    """One sheet: the rows of its headings, what is below each heading, and what holds for all its rows."""

    name: str
    first: int
    last: int
    #: heading -> field, "ignore", "secret" or "system: CODE"
    columns: Mapping[str, str]
    always: Mapping[str, str] = field(default_factory=dict)
    take: bool = True


@dataclass(frozen=True)
class RegisterMap:
    """Everything the mapping file says. The words are keyed as `word_key` gives them."""

    sheets: tuple[SheetMap, ...]
    #: an empty name, NIK or department is that of the row above
    fill_down: bool = False
    #: taken as the first day where a row says none; None: such a row is not imported
    start_when_missing: date | None = None
    #: a system's text -> codes of the catalogue, () to leave such rows out, None where nobody has said yet
    systems: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    #: a status' text -> one of MEANINGS, None where nobody has said yet
    statuses: Mapping[str, str | None] = field(default_factory=dict)
    #: a text of the column of actions -> one of ACTIONS, None where nobody has said yet
    actions: Mapping[str, str | None] = field(default_factory=dict)


def word_key(text: str) -> str:
    """A word as it is looked up: the case and the number of spaces make no difference."""
    return clean(text).casefold()


def read_mapping(text: str, name: str, catalogue: tuple[System, ...]) -> RegisterMap:
    """The mapping in the file's text. MappingError tells everything that cannot be meant."""
    try:
        data = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise MappingError(
            f"{name} is no YAML ({' '.join(str(error).split())}).", "Mend it, or delete it to have it anew."
        ) from error
    reader = _Reader(name, catalogue)
    found = reader.read(data if isinstance(data, dict) else {})
    if reader.wrong:
        raise MappingError(f"{name}: {'; '.join(reader.wrong)}.", "Mend it, or delete it to have it anew.")
    return found


class _Reader:
    """Reads the parts, and collects what cannot be meant."""

    def __init__(self, name: str, catalogue: tuple[System, ...]) -> None:
        self.name, self.wrong = name, list[str]()
        self._codes = {system.code.casefold(): system.code for system in catalogue}

    def read(self, data: dict[Any, Any]) -> RegisterMap:
        self._check_names(data, "", _PARTS)
        sheets = tuple(self._sheet(name, part) for name, part in self._part(data, "sheets"))
        if not any(sheet.take for sheet in sheets):
            self.wrong.append("no sheet has take: yes")
        return RegisterMap(
            sheets=sheets,
            fill_down=self._yes(data.get("fill_down"), "fill_down"),
            start_when_missing=self._day(data.get("start_when_missing")),
            systems={word_key(text): self._systems(text, said) for text, said in self._part(data, "systems")},
            levels=dict(self._words(data, "levels")),
            departments=dict(self._words(data, "departments")),
            statuses=dict(self._meant(data, "statuses", MEANINGS)),
            actions=dict(self._meant(data, "actions", ACTIONS)),
        )

    def _check_names(self, data: dict[Any, Any], where: str, known: tuple[str, ...]) -> None:
        """A word that is misspelt would be passed over, and what stands below it would not count."""
        self.wrong += [
            f"{where}there is no {str(name)!r}; one of {', '.join(known)}"
            for name in data
            if name not in known
        ]

    def _part(self, data: dict[Any, Any], name: str) -> Iterator[tuple[str, Any]]:
        part = data.get(name) or {}
        if not isinstance(part, dict):
            self.wrong.append(f"{name} must be lines of the form `text: meaning`")
            return
        yield from ((str(text), said) for text, said in part.items())

    def _words(self, data: dict[Any, Any], name: str) -> Iterator[tuple[str, str]]:
        for text, said in self._part(data, name):
            yield word_key(text), _text(said)

    def _sheet(self, name: str, part: Any) -> SheetMap:
        part = part if isinstance(part, dict) else {}
        self._check_names(part, f"{name}: ", _OF_SHEET)
        take = self._yes(part.get("take", "yes"), f"{name}: take")
        found = _ROWS.fullmatch(_text(part.get("headings")))
        if take and found is None:
            self.wrong.append(f"{name}: headings must be a row, as 4, or two, as 4-5")
        first = int(found[1]) if found else 1
        columns = {text: self._meaning(name, text, said) for text, said in self._part(part, "columns")}
        always = {text: _text(said) for text, said in self._part(part, "always")}
        self.wrong += [f"{name}: always knows no {text!r}" for text in always if text not in ALWAYS]
        code = always.get("system", "")
        if code and code.casefold() not in self._codes:
            self.wrong.append(f"{name}: always: the catalogue has no system {code!r}; "
                              f"one of {', '.join(self._codes.values())}")  # fmt: skip
        twice = [m for m in NAMES if m not in {IGNORE, SECRET} and list(columns.values()).count(m) > 1]
        self.wrong += [f"{name}: two columns are {meaning}" for meaning in twice]
        return SheetMap(name, first, int(found[2] or first) if found else first, columns, always, take)

    def _meaning(self, sheet: str, heading: str, said: Any) -> str:
        text = _text(said) or IGNORE
        if text in NAMES:
            return text
        code = self._codes.get(text.removeprefix(SYSTEM_COLUMN.strip()).strip().casefold(), "")
        if not text.startswith(SYSTEM_COLUMN.strip()) or not code:
            self.wrong.append(
                f"{sheet}: {heading!r} cannot be {text!r}; one of {', '.join(NAMES)}, system: CODE"
            )
        return f"{SYSTEM_COLUMN}{code}"

    def _systems(self, text: str, said: Any) -> tuple[str, ...] | None:
        written = _text(said)
        if written in {OPEN, ""}:
            return None
        if written == LEFT_OUT:
            return ()
        codes = [part.strip() for part in written.split(",") if part.strip()]
        unknown = [code for code in codes if code.casefold() not in self._codes]
        if unknown:
            self.wrong.append(f"systems: {text!r}: the catalogue has no {', '.join(unknown)}")
        return tuple(self._codes.get(code.casefold(), code) for code in codes)

    def _meant(
        self, data: dict[Any, Any], part: str, known: tuple[str, ...]
    ) -> Iterator[tuple[str, str | None]]:
        for text, said in self._part(data, part):
            written = _text(said)
            if written not in {*known, OPEN, ""}:
                self.wrong.append(f"{part}: {text!r} cannot be {written!r}; one of {', '.join(known)}")
            yield word_key(text), None if written in {OPEN, ""} else written

    def _yes(self, said: Any, where: str) -> bool:
        word = _text(said).casefold()
        if word not in _YES | _NO:
            self.wrong.append(f"{where} must be yes or no")
        return word in _YES

    def _day(self, said: Any) -> date | None:
        day = read_date(said)
        if day is None and _text(said):
            self.wrong.append("start_when_missing must be a day, as 2024-01-01, or empty")
        return day


def _text(said: Any) -> str:
    return "" if said is None else clean(str(said))
