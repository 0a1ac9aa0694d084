"""One row of an old register and its cells, as the mapping file names them. Judges nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.form.words import is_blank, is_ditto
from pipeline.importing.fields import IGNORE, SECRET, SYSTEM_COLUMN
from pipeline.importing.mapping import RegisterMap, SheetMap
from pipeline.importing.meanings import Meanings
from pipeline.importing.rows import Remark, Weight
from pipeline.importing.sheets import Value, cell_name

#: Names that stand for the row above where the mapping file says so.
FILLED_DOWN = ("employee", "employee_id", "position", "email", "department", "division")
_CUT = {"employee": 200, "employee_id": 60, "system": 200, "level": 200, "account_id": 200, "done_by": 200}


@dataclass
class RowReader:
    """How the rows of one sheet are read. `places`: place -> heading, as the mapping file names them."""

    sheet: SheetMap
    places: Mapping[int, str]
    mapping: RegisterMap
    meanings: Meanings
    today: date
    #: what a heading between the rows says of those below it: a department or a system
    section: dict[str, str] = field(default_factory=dict)
    #: the cell and text of a heading between the rows that nobody knows: it ended the section before it
    band: tuple[str, str] | None = None
    #: do lines between its rows name departments or systems? None: not looked at yet
    banded: bool | None = None
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

    def kept_texts(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(texts[place - 1] if place <= len(texts) else "" for place in self.kept)

    def filled_down(self, name: str, text: str) -> str:
        """The name that holds for a row: its own, or that of the row above."""
        if (is_ditto(text) or (self.mapping.fill_down and not text)) and name in FILLED_DOWN:
            return self._above.get(name, "")
        return text

    def section_of(self, text: str) -> dict[str, str] | None:
        """What a line with one text alone says of the rows below it; {}: nothing, None: nobody knows."""
        section = self.meanings.band(text)
        # Where a column names the system, a line between the rows does not.
        told = "system" in self.at or bool(self.ticked)
        return None if section and "system" in section and told else section

    def begin_section(self, section: Mapping[str, str], cell: str, text: str) -> None:
        """A heading between the rows. One that nobody knows (an empty `section`) ends the one before it."""
        self.section = {**self.section, **section} if section else {}
        self.band = None if section else (cell, text)
        self._above.pop("department", None)

    def remember(self, names: Mapping[str, str]) -> None:
        self._above = dict(names)


class RowCells:
    """The cells of one row, by what they tell, and what there is to say about them."""

    def __init__(self, reader: RowReader, number: int, values: Sequence[Value], texts: Sequence[str]) -> None:
        self.reader, self.number, self.values, self.texts = reader, number, values, texts
        self.remarks: list[Remark] = []

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
