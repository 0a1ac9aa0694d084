"""One sheet understood: its headings, tables, labels and sign-off as raw answers. Judges no value."""

from dataclasses import dataclass, replace
from functools import partial

from pipeline.form.answers import Answer, Row, Signoff, on_sheet
from pipeline.form.grid import Cell, Sheet
from pipeline.form.headers import find_headers
from pipeline.form.pairs import Labels, Pair, find_pairs
from pipeline.form.records import read_records, shared
from pipeline.form.request_type import TypeChoice, read_types
from pipeline.form.sections import find_sections
from pipeline.form.signoff import read_signoff
from pipeline.form.systems import find_system, is_guessed, split_systems
from pipeline.form.tables import read_table
from pipeline.form.ticklist import ticked_systems
from pipeline.form.urgency import UrgencyChoice, read_urgency
from pipeline.form.words import PLACE_AND_DATE, clean, key
from pipeline.model import System

_PAIR_FIELDS = (
    "request_date", "revises", "requester_name", "requester_position", "requester_email",
    "requester_department", "requester_division",
)  # fmt: skip


@dataclass(frozen=True)
class SheetForm:
    """What stands on one sheet, or on several that make one form together."""

    title: str
    visible: bool
    fields: Row
    types: TypeChoice | None
    employees: tuple[Row, ...]
    items: tuple[Row, ...]
    signoff: Signoff
    #: tables and lists that were found, filled or not, with the place of their first row
    tables: Row
    #: titled as a request for access
    titled: bool
    #: two sets of requester's answers on one sheet
    doubled: bool = False
    has_cells: bool = True
    urgency: UrgencyChoice | None = None

    @property
    def is_form(self) -> bool:
        """Enough of our form's parts: what is asked for, by whom, for whom."""
        if self.items and not any("system" in row or "access_level" in row for row in self.items):
            # Dates and a reason alone are a leave, a training or a visit.
            return False
        asked = "items" in self.tables
        requester = "requester_name" in self.fields
        others = ("employees" in self.tables) + (self.types is not None) + (self.signoff.name is not None)
        if self.titled:
            # A request for a key card or a parking place has neither systems nor one of our three types.
            return (asked or self.types is not None) and asked + requester + others >= 2
        return asked and "employees" in self.tables and requester + others >= 3

    @property
    def is_filled(self) -> bool:
        """Somebody wrote into it: a name and at least a row, or most of the requester's part."""
        answered = sum(not self.fields[n].is_empty for n in _PAIR_FIELDS if n in self.fields)
        return bool(self.employees or self.items or answered >= 2)


def read_sheet(sheet: Sheet, catalogue: tuple[System, ...]) -> SheetForm:
    """Everything that one sheet says."""
    is_system = partial(_is_system, catalogue=catalogue)
    sections = find_sections(sheet)
    headers = find_headers(sheet, sections, partial(_is_system_alone, catalogue=catalogue))
    heads = {h.top for h in headers}
    tables = [read_table(sheet, h, sections, heads) for h in headers]
    spans = [(t.header.top, t.last) for t in tables]
    labels = Labels(sheet, sections, lambda row: any(top <= row <= last for top, last in spans))
    last_table = max((last for _, last in spans), default=0)
    # Without a heading of its own, what stands below the access table is the sign-off.
    last_heading = max((h.row for h in sections.headings), default=0)
    has_items = any(h.kind != "employees" for h in headers)
    pairs = find_pairs(labels, lambda row: has_items and row > last_table > last_heading, is_system)
    fields, doubled = _fields(pairs)
    if "request_date" not in fields and (dated := _place_and_date(labels)):
        fields["request_date"] = dated
    employees, items, places = read_records(sheet, tables, pairs)
    if not items and "items" not in places:
        ticked = ticked_systems(sheet, sections, pairs, spans, catalogue)
        if ticked is not None:
            items, places["items"] = ticked.rows, ticked.place
            items = tuple(shared(row, pairs) for row in items)
    return _on_sheet(
        SheetForm(
            sheet.title, sheet.visible, fields, read_types(sheet, sections, pairs, spans), employees, items,
            read_signoff(sheet, sections, pairs, spans), places, _is_titled(sheet), doubled,
            bool(sheet.cells), read_urgency(sheet, sections, pairs, spans),
        )
    )  # fmt: skip


def _is_system(text: str, catalogue: tuple[System, ...]) -> bool:
    return find_system(text, catalogue) is not None or len(split_systems(text, catalogue)) > 1


def _is_system_alone(text: str, catalogue: tuple[System, ...]) -> bool:
    """A system's name and nothing else, as over a column of ticks."""
    return len(text) <= 30 and find_system(text, catalogue) is not None and not is_guessed(text, catalogue)


def _fields(pairs: list[Pair]) -> tuple[Row, bool]:
    """The best answer to every single field, and whether there are two requesters."""
    fields: Row = {}
    doubles = 0
    for name in _PAIR_FIELDS:
        found = [p for p in pairs if p.name == name and p.section != "signoff"] or [
            p for p in pairs if p.name == name
        ]
        if not found:
            continue
        best = max(
            found, key=lambda p: (p.section in {"request", "requester"}, not p.answer.is_empty, p.sureness)
        )
        fields[name] = _joined(best)
        values = {
            key(p.answer.shown) for p in found if p.sureness >= 2 and not p.answer.is_empty and p.answer.shown
        }
        doubles += len(values) > 1 and name in {"requester_name", "requester_email", "requester_department"}
    return fields, doubles >= 2


def _place_and_date(labels: Labels) -> Answer | None:
    """ "Jakarta, 24 November 2026": the date of a form that asks for none."""
    for cells in labels.rows.values():
        for cell in cells:
            found = PLACE_AND_DATE.match(clean(cell.text))
            if found:
                return Answer(cell.row, cell.column, cell, found["date"])
    return None


def _joined(pair: Pair) -> Answer:
    """The pair's answer; a date in three cells ("24 | November | 2026") is put together."""
    first = pair.answer
    if pair.name != "request_date" or len(pair.answers) < 3 or first.cell is None:
        return first
    texts = [_small(a.cell) for a in pair.answers[:3]]
    if all(texts) and len(texts[0]) <= 2:
        return first._replace(text=" ".join(texts))
    return first


def _small(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell.value, float) and cell.value == int(cell.value):
        return str(int(cell.value))
    return cell.text.strip()


def _is_titled(sheet: Sheet) -> bool:
    """Whether a title near the top, or the sheet's name, says that this asks for access."""
    texts = [c.text for (row, _), c in sorted(sheet.cells.items())[:40] if c.text]
    for text in texts:
        folded = f" {key(text)} "
        asks = any(
            w in folded
            for w in (" permintaan ", " request ", " permohonan ", " pengajuan ", " formulir ", " form ")
        )
        if asks and (" akses " in folded or " access " in folded) and len(folded) < 140:
            return True
    return False


def _on_sheet(form: SheetForm) -> SheetForm:
    def on(row: Row) -> Row:
        return {name: on_sheet(answer, form.title) for name, answer in row.items()}

    def at(answer: Answer | None) -> Answer | None:
        return on_sheet(answer, form.title) if answer else None

    signed = form.signoff
    signoff = replace(
        signed, name=at(signed.name), signature=at(signed.signature), signed_on=at(signed.signed_on)
    )
    types = replace(form.types, answer=on_sheet(form.types.answer, form.title)) if form.types else None
    said = form.urgency
    urgency = replace(said, answer=on_sheet(said.answer, form.title)) if said else None
    return replace(
        form, fields=on(form.fields), types=types, urgency=urgency, employees=tuple(map(on, form.employees)),
        items=tuple(map(on, form.items)), signoff=signoff, tables=on(form.tables),
    )  # fmt: skip
