"""A register of which headings were renamed or deleted: which column is which, where that is certain. Pure.

A column of ours is told by its cells, which say for every row what we wrote there; any column by its number
in the table and its neighbours. What is not certain is not guessed: then staff's other columns are read, no
more.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import REQUEST_NUMBER, Language
from pipeline.register.cells import RawCell, read_cell, read_rows, shared_strings
from pipeline.register.columns import COLUMNS, KEY_HEADER, STAFF, Column, Sheet, fold
from pipeline.register.finding import (
    Area,
    TableArea,
    area_at,
    candidates,
    counts_from_1904,
    heads,
    match_headers,
    read_generation,
)
from pipeline.register.opening import Package
from pipeline.register.package.markup import letters_of
from pipeline.register.package.refusal import Refused
from pipeline.register.package.renaming import rename_columns
from pipeline.register.reading import Survey, cell_text_of, read_register, survey_area

Cells = Mapping[str, Mapping[str, str]]
_KEY = re.compile(rf"{REQUEST_NUMBER}/\d{{1,6}}")
#: The columns in the order in which they are drawn; their numbers in the table are 1, 2, 3 ...
_DRAWN = (*(column.key for column in COLUMNS), "key")
_COLUMNS = {column.key: column for column in COLUMNS}
_HIDDEN = Column("key", KEY_HEADER, KEY_HEADER)


@dataclass(frozen=True)
class Mended:
    """What can be read of it. `data`: with its headings put back; None where not all is certain."""

    sheet: Sheet
    data: bytes | None
    #: what stands there and what belongs there: "Register!P4 “Ket” -> “Catatan IT”"
    headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Head:
    """The row nearest to our headings."""

    part: str
    sheet: str
    table: TableArea | None
    row: int
    texts: Mapping[int, str]
    places: Mapping[str, int]

    @property
    def missing(self) -> list[str]:
        return [key for key in _DRAWN if key not in self.places]


def mend_headings(data: bytes, base: Callable[[int], Cells], staff: Cells) -> Mended | None:
    """The register in `data`, whose headings are not all ours; None where it is none of ours or tells no row.

    `base`: what we wrote at a generation. `staff`: what is recorded of staff's cells. RegisterDamaged where
    the file cannot be read at all.
    """
    package = Package(data)
    workbook = package.workbook()
    strings = shared_strings(package, workbook)
    head = _nearest(package, workbook, strings)
    if head is None:
        return None
    written = base(read_generation(package, workbook))
    area = area_at(
        head.part, head.sheet, head.table, head.row, head.places, counts_from_1904(package, workbook)
    )
    told = _told(package, area, head, strings, written)
    complete = {**head.places, **told}
    there = survey_area(package, workbook, strings, replace(area, places=complete))
    if "key" not in complete and not {"number", "item"} <= complete.keys():
        return None
    if len(complete) == len(_DRAWN) and head.table is not None:
        mended = _put_back(data, head, told)
        if mended is not None:
            return Mended(read_register(mended), mended, tuple(_said(head, told)))
    unknown = [column.key for column in STAFF if column.key not in complete]
    return Mended(_as_it_was(there, unknown, written, staff), None)


def _nearest(package: Package, workbook: str, strings: Sequence[str]) -> _Head | None:
    """More than half of our headings make a register; fewer are another workbook."""
    best: _Head | None = None
    for part, name, table in candidates(package, workbook):
        for number, row in heads(package, part, table):
            cells = ((column, read_cell(raw, strings)) for column, raw in row.items())
            texts = {column: cell.text for column, cell in cells if cell}
            places = match_headers(texts)
            if len(places) > len(best.places if best else ()):
                best = _Head(part, name, table, number, texts, places)
    return best if best and len(best.places) > len(COLUMNS) // 2 else None


def _told(
    package: Package, area: Area, head: _Head, strings: Sequence[str], written: Cells
) -> dict[str, int]:  # fmt: skip
    """The places of missing columns that are certain."""
    taken = set(head.places.values())
    width = range(area.first_column, area.last_column + 1) if head.table else head.texts
    free = [place for place in width if place not in taken]
    values = _Values(package, area, strings, free)
    fits: dict[str, list[int]] = {}
    for key in head.missing:
        column = _COLUMNS.get(key, _HIDDEN)
        wanted = {row: cells.get(key, "") for row, cells in written.items()}
        if key == "key":
            fits[key] = [place for place in free if values.are_keys(place, written)]
        elif column.owner == "akses":
            fits[key] = [place for place in free if values.agree(place, column, wanted)]
    found = {key: places[0] for key, places in fits.items() if len(places) == 1}
    for key in head.missing:
        place = _by_number(head, key)
        wanted = {row: cells.get(key, "") for row, cells in written.items()}
        if key not in found and place in free and not values.deny(place, _COLUMNS.get(key, _HIDDEN), wanted):
            found[key] = place
    return {key: place for key, place in found.items() if list(found.values()).count(place) == 1}


def _by_number(head: _Head, key: str) -> int:
    """The place of the column with that number in the table, between its old neighbours; 0: not certain."""
    if head.table is None:
        return 0
    at = {number: head.table.first_column + place for place, number in enumerate(head.table.ids)}
    numbers = {one: number for number, one in enumerate(_DRAWN, start=1)}
    if any(at.get(numbers[one]) != place for one, place in head.places.items()):
        # Another program has numbered the columns anew.
        return 0
    place, number = at.get(numbers[key], 0), numbers[key]
    beside = {
        step: head.places.get(_DRAWN[number - 1 + step])
        for step in (-1, 1)
        if 0 < number + step <= len(_DRAWN)
    }
    known = {step: where for step, where in beside.items() if where is not None}
    return place if known and all(where == place + step for step, where in known.items()) else 0


class _Values:
    """What stands in some columns, by the rows' keys."""

    def __init__(self, package: Package, area: Area, strings: Sequence[str], places: Sequence[int]) -> None:
        self._area = area
        self._rows: list[dict[int, RawCell]] = []
        wanted = {*places, *(area.places[key] for key in ("key", "number", "item") if key in area.places)}
        for number, row in read_rows(package, area.part):
            if area.header_row < number <= area.last_row:
                cells = {place: read_cell(row.get(place), strings) for place in wanted}
                self._rows.append({place: cell for place, cell in cells.items() if cell is not None})

    def agree(self, place: int, column: Column, wanted: Mapping[str, str]) -> bool:
        """Does each of our rows say there what we wrote, and any of them anything?"""
        pairs = list(self._pairs(place, column, wanted))
        return bool(pairs) and any(text for text, _ in pairs) and all(text == was for text, was in pairs)

    def deny(self, place: int, column: Column, wanted: Mapping[str, str]) -> bool:
        """Was something written in rows of which none says it any more?"""
        pairs = [(text, was) for text, was in self._pairs(place, column, wanted) if was]
        return bool(pairs) and all(text != was for text, was in pairs)

    def are_keys(self, place: int, written: Cells) -> bool:
        texts = [row[place].text.strip() for row in self._rows if place in row]
        return (
            bool(texts) and all(_KEY.fullmatch(text) for text in texts) and any(t in written for t in texts)
        )

    def _pairs(self, place: int, column: Column, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for row in self._rows:
            key = self._key(row)
            if key in wanted:
                yield cell_text_of(row.get(place), column, self._area), wanted[key]

    def _key(self, row: Mapping[int, RawCell]) -> str:
        def text(name: str) -> str:
            cell = row.get(self._area.places.get(name, 0))
            return cell_text_of(cell, _COLUMNS.get(name, _HIDDEN), self._area)

        return text("key") or f"{text('number')}/{text('item')}"


def _put_back(data: bytes, head: _Head, told: Mapping[str, int]) -> bytes | None:
    """The same workbook with our headings, in the language of the others."""
    if head.table is None:
        return None
    language = _language(head)
    try:
        return rename_columns(
            data, head.table.name, {place: _label(key, language) for key, place in told.items()}
        )
    except Refused:
        return None


def _language(head: _Head) -> Language:
    english = sum(
        fold(head.texts[head.places[c.key]]) == fold(c.label_en) for c in COLUMNS if c.key in head.places
    )
    return "en" if english * 2 > len(head.places) else "id"


def _label(key: str, language: Language) -> str:
    return _COLUMNS.get(key, _HIDDEN).label(language)


def _said(head: _Head, told: Mapping[str, int]) -> Iterator[str]:
    language = _language(head)
    for key, place in told.items():
        there = head.texts.get(place, "")
        yield f"{head.sheet}!{letters_of(place)}{head.row} “{there}” → “{_label(key, language)}”"


def _as_it_was(there: Survey, unknown: Sequence[str], written: Cells, staff: Cells) -> Sheet:
    """What stands in the columns that are told; the others as they were, so that nobody has changed them."""
    rows = {
        key: {**cells, **{name: written.get(key, staff.get(key, {})).get(name, "") for name in unknown}}
        for key, cells in there.sheet.rows.items()
    }
    return replace(there.sheet, rows=rows, stray=())
