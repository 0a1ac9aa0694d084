"""Labels with one answer each, outside the tables: beside, beneath, or in one cell. Judges no value."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from pipeline.form.answers import Answer
from pipeline.form.choices import types_in
from pipeline.form.grid import Cell, Sheet
from pipeline.form.labels import FOREIGN, GENERIC, Named, inline, names_of
from pipeline.form.sections import Section, Sections
from pipeline.form.words import clean, is_blank, is_separator, key, split_label

#: A free wording with a year or a number in it is an answer.
_DIGITS = re.compile(r"\d{2}")
#: Words that say "signed": beside a label they are its answer, and never anybody's name.
SIGNED = frozenset({"ttd", "signed", "paraf", "approved", "disetujui", "sudah ttd", "setuju"})
#: What sets labels in one cell apart: a new line, or a wide gap before the next.
_GAP = re.compile(r"[\n\r\v\f\x85\u2028\u2029]|(?<![:：=\s])[ \t\xa0]{4,}")
_POSITIONS = frozenset({"position", "requester_position"})
#: How far to the right of its label an answer may stand.
_REACH = 14
_ITEM_PARTS = frozenset(
    {"system", "access_level", "action", "start_date", "end_date", "justification", "employee_no"}
)
#: Part of the form -> what a label means there, where it does not mean the field of its own name.
_MEANING: dict[str, dict[str, str]] = {
    "top": {
        "date": "request_date", "name": "requester_name", "position": "requester_position",
        "email": "requester_email",
    },
    "employees": {
        "date": "", "requester_email": "email", "requester_position": "position",
        "requester_department": "", "requester_division": "",
    },
    "items": {
        "date": "", "name": "", "position": "", "email": "", "requester_department": "",
        "requester_division": "",
    },
    "signoff": {
        "date": "signed_on", "name": "division_head_name", "position": "", "email": "",
        "requester_department": "", "requester_division": "", **dict.fromkeys(_ITEM_PARTS, ""),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A label and its answers: usually one; several where columns stand for several people."""

    #: the resolved field
    name: str
    sureness: int
    row: int
    column: int
    answers: tuple[Answer, ...]
    section: Section

    @property
    def answer(self) -> Answer:
        return self.answers[0]


@dataclass(frozen=True)
class _Label:
    cell: Cell
    names: tuple[Named, ...]
    inside: str


class Labels:
    """The label cells of a sheet outside its tables."""

    def __init__(self, sheet: Sheet, sections: Sections, in_table: Callable[[int], bool]) -> None:
        self.sheet = sheet
        self.sections = sections
        self.by_place: dict[tuple[int, int], list[_Label]] = {}
        self.rows: dict[int, list[Cell]] = {}
        self._head_rows: dict[int, bool] = {}
        for row, cells in sheet.rows():
            if in_table(row):
                continue
            self.rows[row] = cells
            for cell in cells:
                found = self._labels_in(cell)
                if found:
                    self.by_place[row, cell.column] = found

    def _labels_in(self, cell: Cell) -> list[_Label]:
        if not cell.text or (cell.row, cell.column) in self.sections.places or len(cell.text) > 600:
            return []
        lines = [line for line in _GAP.split(cell.text) if line.strip()]
        inner = [(line, inline(line)) for line in lines]
        if len(lines) > 1 and sum(found is not None for _, found in inner) >= 2:
            return [_Label(cell, found[0], found[1]) for _, found in inner if found]
        within = inline(cell.text)
        if within:
            return [_Label(cell, *within)]
        before, names = self._label_before(cell), names_of(cell.text)
        role = (
            bool(before and names) and before[0].name in _POSITIONS and names[0].name == "division_head_name"
        )
        if before and (role or key(cell.text) in SIGNED):
            # "ttd" and "Kepala Divisi" are labels, but beside "Tanda Tangan" and "Jabatan" they are answers.
            return []
        if before and names and clean(cell.text)[:1] in "[(<{«":
            # "[nama kepala divisi]" stands where the name should be written.
            return []
        free = names and names[0].sureness == 1
        if not names or (free and (_DIGITS.search(cell.text) or not self._looks_like_label(cell))):
            return []
        return [_Label(cell, names, "")]

    def _looks_like_label(self, cell: Cell) -> bool:
        """A colon follows, in the cell or in the next: then a free wording may be a label."""
        after = self.sheet.cells.get((cell.row, self.sheet.right_of(cell.row, cell.column)))
        colon = after is not None and clean(after.text).startswith((":", "："))
        opening = not self._label_before(cell)
        return colon or (opening and len(clean(cell.text).split()) <= 6) or clean(cell.text).endswith(":")

    def _label_before(self, cell: Cell) -> tuple[Named, ...]:
        """What the nearest text to the left names."""
        cells = self.rows[cell.row]
        for at in range(self._position(cell) - 1, -1, -1):
            if not is_separator(cells[at].text):
                return names_of(cells[at].text)
        return ()

    def _position(self, cell: Cell) -> int:
        """Where a cell stands among those of its row: no row is walked through for each of its cells."""
        return bisect_left(self.rows[cell.row], cell.column, key=lambda other: other.column)

    def beside(self, cell: Cell, is_value: Callable[[str], bool]) -> list[Cell]:
        """The cells to the right up to the next label; separators, hints and empty lines left out."""
        found: list[Cell] = []
        for other in islice(self.rows[cell.row], self._position(cell) + 1, None):
            place = (other.row, other.column)
            if place in self.sections.places or other.column - cell.column > _REACH + len(found):
                break
            if place in self.by_place and not is_value(other.text):
                break
            if not is_separator(other.text) and not _is_hint(other):
                found.append(other)
        return found

    def is_head_row(self, row: int) -> bool:
        """A row of labels only, as over a one-row table."""
        if row not in self._head_rows:
            self._head_rows[row] = self._judge_row(row)
        return self._head_rows[row]

    def _judge_row(self, row: int) -> bool:
        others = [c for c in self.rows[row] if not is_separator(c.text)]
        if len(others) < 2:
            return False
        under = [(self.sheet.below(c.row, c.column), c.column) for c in others]
        if any(place in self.by_place and not _says_signed(self.sheet.cells[place].text) for place in under):
            # "Nama Pemohon | Nama Lengkap" over "Jabatan | Manager": a label was left where the answer goes.
            return False
        return all((c.row, c.column) in self.by_place and not split_label(c.text) for c in others)

    def beneath(self, cell: Cell, is_value: Callable[[str], bool]) -> Cell | None:
        """The cell under a label, unless that is a label itself."""
        row = self.sheet.below(cell.row, cell.column)
        last = self.sheet.right_of(cell.row, cell.column)
        for column in range(cell.column, min(last, cell.column + 6)):
            other = self.sheet.cells.get((row, column))
            if other is not None and row in self.rows:
                taken = ((row, column) in self.by_place and not is_value(other.text)) or (
                    row,
                    column,
                ) in self.sections.places
                return None if taken or is_separator(other.text) else other
        return None


def find_pairs(
    labels: Labels, below_tables: Callable[[int], bool], is_system: Callable[[str], bool]
) -> list[Pair]:
    """Every label with its answers, top down; an answer that is missing has the cell where it would stand."""
    beneath = _beneath_rules(labels, is_system)
    pairs = []
    for (row, column), found in labels.by_place.items():
        section = labels.sections.of(row, column)
        for label in found:
            name, sureness = _resolve(label.names, section, below_tables(row))
            if name:
                answers = _answers(labels, label, name, beneath, is_system, len(found) > 1)
                pairs.append(Pair(name, sureness, row, column, answers, section))
    return pairs


def _answers(
    labels: Labels, label: _Label, name: str, beneath: bool, is_system: Callable[[str], bool], several: bool
) -> tuple[Answer, ...]:
    cell = label.cell
    if label.inside and not (is_blank(label.inside) and not several and labels.beside(cell, is_system)):
        return (Answer(cell.row, cell.column, cell, label.inside),)
    if several:
        return (Answer(cell.row, cell.column, cell, ""),)
    own = {"system": is_system, "request_type": _names_type, "signature": _says_signed}
    is_value = own.get(name, _never)
    right = labels.beside(cell, is_value)
    if right:
        return tuple(_unprefixed(other) for other in right)
    other = labels.beneath(cell, is_value)
    beneath = beneath or (name == "justification" and _is_over_text(labels, cell, other))
    if other is not None and (beneath or labels.is_head_row(cell.row)):
        return (_unprefixed(other),)
    if beneath or labels.is_head_row(cell.row):
        return (Answer(labels.sheet.below(cell.row, cell.column), cell.column),)
    return (Answer(cell.row, _free_place(labels, cell)),)


def _is_over_text(labels: Labels, cell: Cell, other: Cell | None) -> bool:
    """A label alone in its line over a line with nothing but a text: a paragraph under its name."""
    return other is not None and len(labels.rows[cell.row]) == 1 and len(labels.rows[other.row]) == 1


def _free_place(labels: Labels, cell: Cell) -> int:
    """The column where the missing answer would stand: past the colon."""
    column = labels.sheet.right_of(cell.row, cell.column)
    after = labels.sheet.cells.get((cell.row, column))
    if after is not None and (is_separator(after.text)):
        return labels.sheet.right_of(cell.row, column)
    return column


def _unprefixed(cell: Cell) -> Answer:
    """ ": Budi" is Budi."""
    text = clean(cell.text)
    if text[:1] in {":", "："} and len(text) > 1:
        return Answer(cell.row, cell.column, cell, text[1:])
    return Answer(cell.row, cell.column, cell)


def _says_signed(text: str) -> bool:
    return key(text) in SIGNED


def _names_type(text: str) -> bool:
    return bool(types_in(text))


def _never(_: str) -> bool:
    return False


def _is_hint(cell: Cell) -> bool:
    """Guidance beside a field: "*) wajib diisi", "(dd/mm/yyyy)"."""
    text = clean(cell.text)
    return bool(text) and (
        text.startswith("*")
        or (text[:1] in "([<" and is_blank(text) and len(text) > 6 and text.strip("()[]<>. _…-") != "")
    )


def _beneath_rules(labels: Labels, is_system: Callable[[str], bool]) -> bool:
    """Whether this form has its answers beneath the labels: the majority of labels says so."""
    right = under = 0
    for found in labels.by_place.values():
        label = found[0]
        if label.inside or label.names[0].sureness < 2 or label.names[0].name == FOREIGN:
            right += bool(label.inside)
            continue
        if labels.beside(label.cell, is_system):
            right += 1
        elif labels.beneath(label.cell, _never) is not None:
            under += 1
    return under > right


def _resolve(names: tuple[Named, ...], section: Section, below_tables: bool) -> tuple[str, int]:
    """The field that a label means in its part of the form, "" for none of ours."""
    if section == "foreign":
        return "", 0
    place: Section = "signoff" if below_tables and section in {"items", "employees", ""} else section
    for named in names:
        name = _in_place(named.name, place)
        if name:
            # "Tanggal" is the request's date only where nothing says "Tanggal Permintaan".
            return name, min(named.sureness, 2) if named.name in GENERIC else named.sureness
    return "", 0


def _in_place(name: str, place: Section) -> str:
    top = place in {"request", "requester", ""}
    if name == FOREIGN or (name == "employee_id" and place not in {"employees", ""}):
        return ""
    return _MEANING["top" if top else place].get(name, name)
