"""What stands below a table when it grows: blank cells make room, values move down. Refused where that would
tear something apart.

Rows are held as they lie in the file until it is known whether they must move; only those that the new rows
touch are taken apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.register.package.blocks import RowNumbers
from pipeline.register.package.cells import CellXml, RowXml, is_filled, read_row, write_row
from pipeline.register.package.changes import Growth
from pipeline.register.package.markup import LAST_ROW, Grammar, area_of, attribute
from pipeline.register.package.refusal import Refused

_REFERENCE = re.compile(
    rb"(?<![A-Za-z0-9_.$])(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?:(:)(\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?![A-Za-z0-9_.(])"
)
#: What is no reference in a formula: a text, and the name of a table's column.
_NO_REFERENCE = re.compile(rb'("[^"]*"|\[[^\[\]]*\])')
#: Bytes of rows that are held before the question is asked; and the most that can be held.
_ENOUGH, _MOST = 8_000_000, 64_000_000


@dataclass
class Below:
    """The rows below a table, from the top, until they are settled."""

    growth: Growth
    grammar: Grammar
    #: a formula was moved down
    formula_moved: bool = False
    #: the last row that held a value, before it was moved; 0 where none had to move
    lowest: int = 0
    settled: bool = False
    #: (first row, last row, their XML)
    _held: list[tuple[int, int, bytes]] = field(default_factory=list)
    _size: int = 0

    def hold(self, first: int, last: int, data: bytes) -> bool:
        """Keep a row, or a block of rows without values. True when so much is held that it should end."""
        self._held.append((first, last, data))
        self._size += len(data)
        if self._size < _ENOUGH:
            return False
        if first > self._end():
            return True
        if self._size > _MOST:
            raise Refused("below", "More stands below the table than can be moved.")
        return False

    def settle(self, new: Iterator[RowXml]) -> Iterator[bytes]:
        """The new rows and those below them, in order.

        Cells beside the table stay where they are. Those below it stay too, unless a value stands among
        them: then all down to the last value move by as many rows as there are new ones."""
        end = self._end()
        self.settled = True
        if end > LAST_ROW:
            raise Refused("no-room", "The sheet has no room for more rows.")
        apart = {number: read_row(data, number, self.grammar) for number, data in self._reached(end)}
        movers = self._lift(apart) if self.lowest else {}
        for row in new:
            yield self._laid_over(row, apart.pop(row.number, None))
        for number in sorted({*apart, *movers}):
            there, mover = apart.get(number), movers.get(number)
            yield self._laid_over(mover, there) if mover else write_row(apart[number], self.grammar)
        yield b"".join(data for _, _, data in self._held)
        self._held = []

    def check_untouched(self, block: bytes, rows: Iterator[tuple[int, bytes]]) -> None:
        """Rows far below, once the others are settled. Refused where they hold a value: it should move."""
        if self.grammar.filled.search(block) is None:
            return
        for number, data in rows:
            if self._is_filled(number, data):
                raise Refused("below", f"Row {number} stands too far below the table to move down with it.")

    def _end(self) -> int:
        """The last row that changes."""
        self.lowest = self.growth.last_row + self.growth.totals if self.growth.totals else 0
        for number, _, data in reversed(self._held):
            if number <= self.lowest:
                break
            # A block of several rows was held because it has no values.
            if self._is_filled(number, data):
                self.lowest = number
                break
        return self.lowest + len(self.growth.rows) if self.lowest else self.growth.new_last

    def _reached(self, end: int) -> list[tuple[int, bytes]]:
        """The rows down to `end`, which are held no longer."""
        reached, kept = [], []
        for first, last, data in self._held:
            if first > end:
                kept.append((first, last, data))
                continue
            for number, row in RowNumbers(self.grammar, first - 1).rows(data):
                if number > end:
                    kept.append((number, number, row))
                else:
                    reached.append((number, row))
        self._held = kept
        return reached

    def _is_filled(self, number: int, data: bytes) -> bool:
        if self.grammar.filled.search(data) is None:
            return False
        cells = read_row(data, number, self.grammar).cells.items()
        return any(column in self.growth.columns and is_filled(cell, self.grammar) for column, cell in cells)

    def _lift(self, apart: dict[int, RowXml]) -> dict[int, RowXml]:
        """Take the table's columns out of the rows down to the last value: as they stand further down."""
        movers = {}
        for number in [number for number in apart if number <= self.lowest]:
            row, step = apart[number], len(self.growth.rows)
            inside = {
                c: self._moved(cell, number) for c, cell in row.cells.items() if c in self.growth.columns
            }
            beside = {c: cell for c, cell in row.cells.items() if c not in inside}
            movers[number + step] = replace(row, number=number + step, cells=inside, rest=b"")
            apart[number] = replace(row, cells=beside)
        return movers

    def _moved(self, cell: CellXml, number: int) -> CellXml:
        found = self.grammar.formula.search(cell.body) if cell.body else None
        if found is None:
            return cell
        text = found[2] or b""
        if attribute(found[1], "t") or b"!" in text:
            raise Refused(
                "below",
                f"Row {number} below the table holds a formula that cannot be moved. Move it beside the "
                "table, or to another sheet, so that the table can grow.",
            )
        self.formula_moved = True
        tag = self.grammar.tag("f")
        made = b"<%s>%s</%s>" % (tag, moved_formula(text, self.growth), tag)
        return replace(cell, body=cell.body.replace(found[0], made))

    def _laid_over(self, row: RowXml, there: RowXml | None) -> bytes:
        """A row whose place is taken: it has the table's columns, and what stood there keeps the others."""
        if there is not None:
            beside = {c: cell for c, cell in there.cells.items() if c not in self.growth.columns}
            dress = row.attributes or there.attributes
            row = replace(row, attributes=dress, cells={**beside, **row.cells}, rest=there.rest)
        return write_row(row, self.grammar)


def moved_formula(text: bytes, growth: Growth) -> bytes:
    """A formula below a table as it reads when rows are put in before it, in the table's columns.

    As Excel does it: a cell below is followed, an area that ended with the data ends with the new data."""

    def shifted(found: re.Match[bytes]) -> bytes:
        top, left, bottom, right = area_of(found[0].decode())
        if not top or right < growth.first_column or left > growth.last_column:
            return found[0]
        first = _further(found[1], growth) if top > growth.last_row else found[1]
        if not found[2]:
            return first
        return first + b":" + (_further(found[3], growth) if bottom >= growth.last_row else found[3])

    pieces = _NO_REFERENCE.split(text)
    return b"".join(
        piece if place % 2 else _REFERENCE.sub(shifted, piece) for place, piece in enumerate(pieces)
    )


def _further(place: bytes, growth: Growth) -> bytes:
    column = place.rstrip(b"0123456789")
    return b"%s%d" % (column, min(int(place[len(column) :]) + len(growth.rows), LAST_ROW))
