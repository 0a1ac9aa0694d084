"""Where the values of a sheet stand, for somebody who adds to it without knowing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.register.package.blocks import RowNumbers
from pipeline.register.package.cells import CellXml, RowXml, is_filled, read_row
from pipeline.register.package.edges import merged_areas
from pipeline.register.package.markup import Grammar, attribute, column_of, decoded, resolved
from pipeline.register.package.sheet import OpenedSheet

_SHARED = re.compile(rb"<((?:[\w.-]+:)?)si(?=[\s/>])(?:[^>]*/>|[^>]*>.*?</\1si>)", re.DOTALL)
#: A text, or a phonetic hint with texts in it, which are not read.
_TEXT = re.compile(
    rb"<(?:[\w.-]+:)?rPh[\s>].*?</(?:[\w.-]+:)?rPh>|<(?:[\w.-]+:)?[tv](?:\s[^>]*)?>([^<]*)</", re.DOTALL
)


@dataclass
class Extent:
    """The rows and columns that hold values; noughts where there are none."""

    first_row: int = 0
    last_row: int = 0
    first_column: int = 0
    last_column: int = 0

    def take(self, row: int, columns: set[int]) -> None:
        """A row with values in these columns."""
        if columns:
            self.first_row, self.last_row = self.first_row or row, max(row, self.last_row)
            self.first_column = min(self.first_column or min(columns), *columns)
            self.last_column = max(self.last_column, *columns)


def extent_of(sheet: OpenedSheet) -> Extent:
    """Where the values of a sheet begin and end."""
    words, numbers, extent = sheet.words, RowNumbers(sheet.words), Extent()
    filled = re.compile(
        rb'<%sc r="([A-Z]{1,3})([0-9]+)"(?:[^>]*[^>/])?>(?=\s*<%s(?:v|is|f)[\s>/])'
        % ((re.escape(words.prefix),) * 2)
    )
    named = words.cell_open + b'r="'
    for block in sheet.blocks:
        if words.filled.search(block) is None:
            numbers.passed(numbers.span(block)[1])
        elif block.count(named) == block.count(words.cell_open[:-1]):
            numbers.passed(numbers.span(block)[1])
            _take_block(filled.findall(block), extent)
        else:
            for number, data in numbers.rows(block):
                cells = read_row(data, number, words).cells.items()
                extent.take(number, {column for column, cell in cells if is_filled(cell, words)})
    for top, _, bottom, _ in sorted(merged_areas(sheet.read_tail())):
        # A merged cell holds its one value in all its rows, and a blank one would swallow what it is given.
        if top <= extent.last_row + 1:
            extent.last_row = max(extent.last_row, bottom)
    return extent


def _take_block(cells: list[tuple[bytes, bytes]], extent: Extent) -> None:
    """Cells with values, as letters and digits, in the order of the sheet."""
    if cells:
        columns = {column_of(letters.decode()) for letters in {letters for letters, _ in cells}}
        for _, row in (cells[0], cells[-1]):
            extent.take(int(row), columns)


def find_row(sheet: OpenedSheet, wanted: int) -> RowXml:
    """One row, taken apart; without cells where it is not there."""
    numbers = RowNumbers(sheet.words)
    for block in sheet.blocks:
        if numbers.span(block)[1] < wanted:
            numbers.passed(numbers.span(block)[1])
            continue
        for number, data in numbers.rows(block):
            if number == wanted:
                return read_row(data, number, sheet.words)
        break
    return RowXml(wanted, b"")


def texts_in(row: RowXml, words: Grammar, shared: Iterator[bytes]) -> dict[int, str]:
    """The texts of a row's cells by column. `shared`: the pieces of the part with the shared strings."""
    cells = {column: cell for column, cell in row.cells.items() if is_filled(cell, words)}
    places = {column: int(_text(cell.body)) for column, cell in cells.items() if _is_shared(cell)}
    known = _strings(shared, set(places.values())) if places else {}
    return {
        column: known.get(places[column], "") if column in places else _text(cell.body)
        for column, cell in cells.items()
    }


def _is_shared(cell: CellXml) -> bool:
    return attribute(cell.attributes, "t") == "s" and _text(cell.body).isdecimal()


def _strings(pieces: Iterator[bytes], wanted: set[int]) -> dict[int, str]:
    """The shared strings with these numbers."""
    found, number, left = dict[int, str](), 0, b""
    for piece in pieces:
        data, end = left + piece, 0
        for one in _SHARED.finditer(data):
            if number in wanted:
                found[number] = _text(one[0])
            number, end = number + 1, one.end()
        if len(found) == len(wanted):
            break
        left = data[end:]
    return found


def _text(body: bytes) -> str:
    pieces = (found[1] for found in _TEXT.finditer(body) if found[1])
    return decoded(resolved(b"".join(pieces).decode(errors="replace")))
