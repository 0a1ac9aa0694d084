"""The neutral grid that every kind of workbook is turned into before it is understood. Reads nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple

#: bool before float: Python counts True as a number.
CellValue = str | bool | float | datetime

#: Beyond these nothing is read. A form has a hundred rows; Excel's last cell is XFD1048576.
MAX_ROW, MAX_COLUMN = 20_000, 1_000
#: Cells with a value that are kept of one sheet, and of one workbook.
MAX_SHEET_CELLS, MAX_CELLS = 50_000, 150_000

Place = tuple[int, int]
_USUAL_PLACE = re.compile(r"([A-Z]{1,2})([1-9][0-9]{0,6})").fullmatch


class CannotReadError(Exception):
    """A file that is no workbook we read. `reason` is a key of refusals.FILE_REASONS."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        #: what the file really is, where that is known
        self.what = what


class Cell(NamedTuple):
    """One cell with something in it: a value, a formula, or an error value.

    A tuple, because a large sheet makes tens of thousands and a frozen dataclass takes three times as long.
    """

    row: int
    column: int
    value: CellValue | None
    #: number format, "" for General
    format: str = ""
    #: the formula without its equals sign, "" where there is none
    formula: str = ""
    #: "#N/A" and the like, "" where the cell has none
    error: str = ""

    @property
    def text(self) -> str:
        """The value when it is text, else "": numbers and dates never name a field."""
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the cells its corners lie in; `bottom` and `right` equal the start where unknown."""

    top: int
    left: int
    bottom: int
    right: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: sparse cells by (row, column), both from 1."""

    title: str
    visible: bool
    cells: dict[Place, Cell]
    merges: dict[Place, Merge] = field(default_factory=dict)
    pictures: tuple[Picture, ...] = ()
    #: cells are left out: it holds more than a form does
    cut: bool = False

    def cell(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = {}
        for place in sorted(self.cells):
            found.setdefault(place[0], []).append(self.cells[place])
        return found

    def rows(self) -> Iterable[tuple[int, list[Cell]]]:
        """Every row with something in it, top down, its cells left to right."""
        return self._by_row.items()

    def row(self, row: int) -> list[Cell]:
        """The cells of one row, left to right."""
        return self._by_row.get(row, [])

    def right_of(self, row: int, column: int) -> int:
        """The first column right of a cell, past the cells it is merged with."""
        merge = self.merges.get((row, column))
        return (merge.right if merge else column) + 1

    def below(self, row: int, column: int) -> int:
        """The first row below a cell, past the cells it is merged with."""
        merge = self.merges.get((row, column))
        return (merge.bottom if merge else row) + 1

    def address(self, row: int, column: int) -> str:
        """ "Form!C7", as the contract names cells."""
        return f"{self.title}!{column_letters(column)}{row}"


@dataclass(frozen=True)
class Book:
    """A workbook as a grid."""

    #: xlsx, xlsm, xls, ods
    kind: str
    sheets: tuple[Sheet, ...]
    #: serial numbers count from 1904-01-01
    date1904: bool = False
    #: the hidden version of the official form, "" where there is none
    version: str = ""


def column_letters(column: int) -> str:
    """3 -> "C"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def _usual_column(letters: str) -> int:
    """Of one or two letters: 702 there are."""
    return sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters)))


def place_of(reference: str) -> Place | None:
    """ "C7" or "$C$7" -> (7, 3); None where it is no cell."""
    usual = _USUAL_PLACE(reference)
    if usual:
        return int(usual[2]), _usual_column(usual[1])
    column = 0
    row = ""
    for letter in reference:
        if "A" <= letter <= "Z":
            if row or column > 100_000:
                return None
            column = column * 26 + ord(letter) - 64
        elif "a" <= letter <= "z":
            if row or column > 100_000:
                return None
            column = column * 26 + ord(letter) - 96
        elif letter.isascii() and letter.isdigit():
            row += letter
        elif letter != "$":
            return None
    if not column or not row or len(row) > 9 or int(row) == 0:
        return None
    return int(row), column
