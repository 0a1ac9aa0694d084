"""Reads the register's rows into canonical texts, and says what is odd. Changes nothing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import REQUEST_NUMBER
from pipeline.register.cells import RawCell, RawRow, RawXml, read_cell, read_rows, shared_strings
from pipeline.register.columns import COLUMNS, KEY_HEADER, Column, Sheet, canonical
from pipeline.register.damage import RegisterDamaged
from pipeline.register.finding import Area, find_area, read_generation, read_house
from pipeline.register.opening import Package, local
from pipeline.register.package.styles import Styles
from pipeline.register.values import plain, read_number, read_serial

_KEY = re.compile(rf"{REQUEST_NUMBER}/\d{{1,6}}")
#: More rows than any register has; a sheet that goes on is not read to its end.
_ROW_LIMIT = 1_000_000
#: Functions whose value is another one each time, whatever else is changed.
_MOVES = re.compile(r"\b(?:TODAY|NOW|RAND|RANDBETWEEN|OFFSET|INDIRECT)\s*\(", re.IGNORECASE)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STYLE = re.compile(rb'\bs="(\d+)"')
#: Cells of a column that are remembered: a column of names and dates has fewer, one of reasons more.
_KNOWN = 20_000
#: Rows described one by one in a report; of the rest only the number is told.
_TOLD = 50


def read_register(data: bytes) -> Sheet:
    """What stands in the register's file. RegisterDamaged, with its reason, when it is no register."""
    return survey(data).sheet


@dataclass(frozen=True)
class Survey:
    """A register that was read, with the places of its rows for those who will write into it."""

    sheet: Sheet
    area: Area
    #: key -> row number
    lines: Mapping[str, int]
    #: keys whose hidden cell was emptied
    unnamed: frozenset[str]
    #: the last row of the table in which anything stands; the header's row when nothing does
    last_used: int


def survey(data: bytes) -> Survey:
    """As `read_register`, with the places of the rows."""
    package = Package(data)
    workbook = package.workbook()
    strings = shared_strings(package, workbook)
    return survey_area(package, workbook, strings, find_area(package, workbook, strings))


def survey_area(package: Package, workbook: str, strings: Sequence[str], area: Area) -> Survey:
    """As `survey`, where the place is known. A column that `area` does not tell reads as empty."""
    found = _Found(area, strings, _styles(package, workbook))
    for number, row in _data_rows(package, area):
        found.take(number, row)
    found.file_rows()
    generation = read_generation(package, workbook)
    stray = found.stray[:_TOLD]
    if len(found.stray) > _TOLD:
        stray.append(f"... +{len(found.stray) - _TOLD}")
    problems = tuple(_odd(area, generation))
    house = read_house(package, workbook)
    sheet = Sheet(
        generation, found.rows, tuple(found.rows), tuple(stray), problems, *_saved(package), house,
        frozenset(found.doubtful), frozenset(found.rekeyed), found.lines, area.places,
    )  # fmt: skip
    return Survey(sheet, area, found.lines, frozenset(found.unnamed), found.last_used)


class _Found:
    """Collects the rows from top to bottom: the first row with a key is that key's row."""

    def __init__(self, area: Area, strings: Sequence[str], styles: Styles | None) -> None:
        self._area, self._strings, self._styles = area, strings, styles
        #: Most cells of a column say what others of it say: each is understood once.
        self._columns: list[tuple[Column, int, dict[RawXml, str]]] = [
            (column, area.places.get(column.key, 0), {}) for column in COLUMNS
        ]
        self.rows: dict[str, Mapping[str, str]] = {}
        self.lines: dict[str, int] = {}
        self.unnamed: set[str] = set()
        self.doubtful: set[str] = set()
        self.rekeyed: set[str] = set()
        #: (row number, key, whether the hidden cell says it, texts)
        self._taken: list[tuple[int, str, bool, dict[str, str]]] = []
        self.stray: list[str] = []
        self.last_used = area.header_row

    def take(self, number: int, row: RawRow) -> None:
        texts = {}
        for column, place, known in self._columns:
            raw = row.get(place)
            text = "" if raw is None else known.get(raw)
            texts[column.key] = self._learn(column, known, raw) if text is None else text
        cell = read_cell(row.get(self._area.places.get("key", 0)), self._strings)
        key, named = key_of(cell, texts)
        if not key and not any(texts.values()):
            if self._area.table and any(self._says(place, raw) for place, raw in row.items()):
                self.last_used = number
            return
        self.last_used = number
        self._taken.append((number, key, named, texts))

    def file_rows(self) -> None:
        """Each row under its key.

        Where rows were sorted without the hidden column, their keys are each other's: number and item, which
        moved with what staff wrote, tell which is which.
        """
        moved = {key for _, key, named, texts in self._taken if named and _named(texts) not in {"", key}}
        names = Counter(_named(texts) for _, _, _, texts in self._taken) if moved else Counter[str]()
        for number, hidden, said, texts in self._taken:
            key, named, name = hidden, said, _named(texts)
            if named and name not in {"", key} and _KEY.fullmatch(key):
                if name in moved and names[name] == 1:
                    key, named = name, False
                    self.rekeyed.add(key)
                else:
                    self.doubtful.add(key)
            self._file(number, key, texts)
            if not named:
                self.unnamed.add(key)

    def _learn(self, column: Column, known: dict[RawXml, str], raw: RawXml | None) -> str:
        if len(known) >= _KNOWN:
            known.clear()
        cell = read_cell(raw, self._strings)
        if cell is not None and raw is not None and cell.number and column.kind == "text":
            # Excel takes "25/11" or "10:30" in a note for a date: it is kept as the day or hour it shows.
            style = _STYLE.search(raw)
            if style and self._styles and self._styles.shows_date(style[1].decode()):
                cell = cell._replace(text=_shown_moment(cell.text, self._area.from_1904), number=False)
        text = cell_text_of(cell, column, self._area)
        if raw is not None:
            known[raw] = text
        return text

    def _says(self, place: int, raw: RawXml) -> bool:
        """Does a cell of the table, in a column of staff's own, say anything?"""
        inside = self._area.first_column <= place <= self._area.last_column
        return inside and read_cell(raw, self._strings) is not None

    def _file(self, number: int, key: str, texts: Mapping[str, str]) -> None:
        if _KEY.fullmatch(key) and key not in self.rows:
            self.rows[key] = texts
            self.lines[key] = number
            return
        sheet = self._area.sheet
        shown = " | ".join(text[:40] for text in texts.values() if text)[:160]
        twin = f" = {sheet}!{self.lines[key]} ({key})" if key in self.rows else ""
        self.stray.append(f"{sheet}!{number}{twin}: {shown}")


def _named(texts: Mapping[str, str]) -> str:
    """The key that a row's number and item make; "" where one of them is empty."""
    return f"{texts['number']}/{texts['item']}" if texts["number"] and texts["item"] else ""


def key_of(cell: RawCell | None, texts: Mapping[str, str]) -> tuple[str, bool]:
    """The row's key, and whether its hidden cell says it.

    Where that was emptied, number and item still do.
    """
    key = plain(cell.text) if cell else ""
    name = "" if key else _named(texts)
    return (name, False) if name else (key, True)


def cell_text_of(cell: RawCell | None, column: Column, area: Area) -> str:
    """A cell's canonical text.

    A formula of staff's counts by the value that it shows; in our columns it is a change by hand. A day that
    moves by itself (TODAY) or cannot be read stays as the formula, which is refused as such.
    """
    if cell is None:
        return ""
    formula = cell.formula
    if formula is not None and (
        column.owner == "akses" or (column.kind == "date" and _MOVES.search(formula))
    ):
        return f"={formula or '...'}"
    if cell.number and column.kind == "date":
        day = _serial(cell.text, area.from_1904)
        if day:
            return day
    if formula is not None and column.kind == "date":
        text = canonical(column, cell.text)
        return text if _ISO_DAY.fullmatch(text) else f"={formula or '...'}"
    return canonical(column, read_number(cell.text) if cell.number else cell.text)


def _saved(package: Package) -> tuple[str, str]:
    """(who, when) of the last saving by a program with a user: we leave what stands there."""
    said = {}
    for part in package.related("", "core-properties")[:1]:
        for element in package.tree(part).iter():
            if isinstance(element.tag, str):
                said[local(element)] = plain(element.text or "")[:80]
    return said.get("lastModifiedBy", ""), said.get("modified", "")


def _styles(package: Package, workbook: str) -> Styles | None:
    parts = package.related(workbook, "styles")
    if not parts:
        return None
    with package.open(parts[0]) as stream:
        return Styles(stream.read())


def _shown_moment(text: str, from_1904: bool) -> str:
    """A workbook's number as the day, the hour or both that it shows; the number where it is no such."""
    try:
        number = float(text)
    except ValueError:
        return text
    day, minutes = _serial(text, from_1904) if number >= 1 else "", round(number % 1 * 1440)
    hour = f"{minutes // 60 % 24:02d}:{minutes % 60:02d}" if minutes else ""
    return " ".join(part for part in (day, hour) if part) or read_number(text)


def _serial(text: str, from_1904: bool) -> str:
    try:
        day = read_serial(float(text), from_1904)
    except ValueError:
        return ""
    return day.isoformat() if day else ""


def _data_rows(package: Package, area: Area) -> Iterator[tuple[int, RawRow]]:
    taken = 0
    for number, row in read_rows(package, area.part):
        if number > area.last_row:
            return
        if number > area.header_row:
            taken += 1
            if taken > _ROW_LIMIT:
                raise RegisterDamaged("too-large")
            yield number, row


def _odd(area: Area, generation: int) -> Iterator[str]:
    if not area.table:
        yield f"{area.sheet}: the table is a plain range now; new rows are still added at its end"
    if not generation:
        yield f"the file does not say which writing it comes from; {KEY_HEADER} still tells the rows apart"
