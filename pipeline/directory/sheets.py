"""The two sheets of directory.xlsx as rows under named columns. Judges headers and cells, never people."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from pipeline.directory.dates import read_date
from pipeline.directory.mistakes import DirectoryError, Mistake, mistake
from pipeline.directory.words import SHEETS_ALSO, Column, clean, pick, plain
from pipeline.model import Language

MAX_ROWS = 20_000
#: Title lines above the header row that are put up with.
_HEADER_WITHIN = 20
_MAX_BYTES = 200_000_000
#: What a damaged workbook makes zipfile, zlib, the XML parser and openpyxl raise.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OSError, EOFError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip

Grid = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Row:
    """One row: the raw cells by column key, and where they stand."""

    sheet: str
    number: int
    cells: Mapping[str, object]
    places: Mapping[str, int]

    def at(self, key: str) -> str:
        """The cell of that column, "B4"; "" where the workbook has no such column."""
        return f"{get_column_letter(self.places[key] + 1)}{self.number}" if key in self.places else ""

    def text(self, key: str) -> str:
        """What is written there on one line, "" where nothing is."""
        value = self.cells.get(key)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, datetime | date):
            return value.strftime("%d/%m/%Y")
        return clean(str(value))

    def email(self, key: str) -> str:
        """The address that is written there, lower case, without what programs put around it."""
        text = self.text(key).lower().removeprefix("mailto:")
        return text.strip(" <>;,")

    def day(self, key: str) -> date | None:
        """The date that is written there; None where none can be read."""
        return read_date(self.cells.get(key))


@dataclass(frozen=True)
class Sheet:
    """One of the two sheets, found and read. `found` is False where the workbook has none."""

    name: str
    found: bool = False
    rows: tuple[Row, ...] = ()
    #: keys of the columns that are there
    keys: frozenset[str] = frozenset()
    language: Language = "id"
    mistakes: tuple[Mistake, ...] = ()


@dataclass
class _Header:
    """The header row: where each column stands."""

    row: int = 0
    places: dict[str, int] = field(default_factory=dict)
    twice: dict[str, int] = field(default_factory=dict)


def open_sheets(data: bytes) -> dict[str, Grid]:
    """Every sheet of the workbook by name, as values. DirectoryError when it cannot be opened."""
    grids: dict[str, Grid] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_BYTES:
                raise DirectoryError((mistake("file", "id"),))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # The size a sheet claims is wrong in files of some programs.
            sheet.reset_dimensions()
            grids[sheet.title] = list(sheet.iter_rows(max_row=MAX_ROWS + _HEADER_WITHIN, values_only=True))
    except _UNREADABLE as error:
        raise DirectoryError((mistake("file", "id"),)) from error
    return grids


def read_sheet(grids: Mapping[str, Grid], names: tuple[str, str], columns: tuple[Column, ...]) -> Sheet:
    """The sheet of that name, or the one whose headers fit; its headers in any order, in either language."""
    title = _find_title(grids, names, columns)
    if title is None:
        return Sheet(pick(names, "id"))
    header = _find_header(grids[title], columns)
    language = _language(grids[title], header, columns)
    mistakes = list(_header_mistakes(title, header, columns, language))
    rows = tuple(_rows(title, grids[title], header))
    if len(rows) > MAX_ROWS:
        mistakes.append(mistake("too_many", language, title, most=MAX_ROWS))
    mistakes += _error_cells(rows, language)
    if not rows and not mistakes:
        mistakes.append(mistake("empty", language, title))
    return Sheet(title, True, rows[:MAX_ROWS], frozenset(header.places), language, tuple(mistakes))


def _find_title(grids: Mapping[str, Grid], names: tuple[str, str], columns: tuple[Column, ...]) -> str | None:
    called = {plain(name) for name in (*names, *SHEETS_ALSO[names[0]])}
    for title in grids:
        if plain(title) in called:
            return title
    needed = {column.key for column in columns if column.required}
    return next((t for t, grid in grids.items() if needed <= _find_header(grid, columns).places.keys()), None)


def _find_header(grid: Grid, columns: tuple[Column, ...]) -> _Header:
    """The row among the first that has the most of our headers."""
    best = _Header()
    for number, cells in enumerate(grid[:_HEADER_WITHIN]):
        header = _Header(number)
        for place, value in enumerate(cells):
            key = _column_key(value, columns)
            if key in header.places:
                header.twice[key] = place
            elif key:
                header.places[key] = place
        if len(header.places) > len(best.places):
            best = header
    return best


def _column_key(value: object, columns: tuple[Column, ...]) -> str:
    if not isinstance(value, str):
        return ""
    return next((column.key for column in columns if plain(value) in column.headers()), "")


def _language(grid: Grid, header: _Header, columns: tuple[Column, ...]) -> Language:
    """The language most headers are written in: mistakes are told in it."""
    if not header.places:
        return "id"
    cells = grid[header.row]
    written = {c.key: plain(str(cells[header.places[c.key]])) for c in columns if c.key in header.places}
    english = sum(written.get(c.key) == plain(c.en) != plain(c.id) for c in columns)
    indonesian = sum(written.get(c.key) == plain(c.id) != plain(c.en) for c in columns)
    return "en" if english > indonesian else "id"


def _header_mistakes(
    title: str, header: _Header, columns: tuple[Column, ...], language: Language
) -> Iterator[Mistake]:
    for column in columns:
        name = column.header(language)
        if column.required and column.key not in header.places:
            yield mistake("no_column", language, title, column=name)
        if column.key in header.twice:
            cell = f"{get_column_letter(header.twice[column.key] + 1)}{header.row + 1}"
            yield mistake("column_twice", language, title, cell, column=name)


def _rows(title: str, grid: Grid, header: _Header) -> Iterator[Row]:
    """The rows below the headers that say anything; a row with nothing under our headers says nothing."""
    if not header.places:
        return
    for number, cells in enumerate(grid[header.row + 1 :], start=header.row + 2):
        values = {key: cells[place] if place < len(cells) else None for key, place in header.places.items()}
        row = Row(title, number, values, header.places)
        if any(row.text(key) for key in values):
            yield row


def _error_cells(rows: Sequence[Row], language: Language) -> Iterator[Mistake]:
    for row in rows:
        for key in row.cells:
            if is_formula_error(row.text(key)):
                yield mistake("error_cell", language, row.sheet, row.at(key), text=row.text(key))


def is_formula_error(text: str) -> bool:
    """Does the cell show what Excel shows for a formula that failed? "#N/A", "#REF!" ..."""
    return text.startswith("#") and (text.endswith(("!", "?")) or text in {"#N/A", "#DIV/0!", "#NULL!"})
