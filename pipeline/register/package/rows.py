"""The rows of a sheet as a stream of bytes: most pass untouched, few are taken apart and written anew.

Memory is that of a few megabytes of XML, however long the sheet is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pipeline.register.package.below import Below
from pipeline.register.package.blocks import RowNumbers
from pipeline.register.package.cells import RowXml, Value, read_row, write_row
from pipeline.register.package.changes import SheetChanges
from pipeline.register.package.dressing import Dressing, with_height
from pipeline.register.package.markup import LAST_ROW, with_attribute
from pipeline.register.package.refusal import Refused


@dataclass
class RowEditor:
    """Passes the inner XML of sheetData through, changed."""

    changes: SheetChanges
    dressing: Dressing
    #: a formula was replaced or moved: the workbook's calculation chain may name its old cell
    formula_gone: bool = False
    below: Below | None = None
    _wanted: list[int] = field(default_factory=list)
    _pattern: RowXml | None = None

    def edit(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """`blocks`: whole rows; together all that stands between <sheetData> and </sheetData>."""
        words, growth = self.dressing.grammar, self.changes.growing
        self._wanted = sorted(self.changes.cells, reverse=True)
        self.below = Below(growth, words) if growth else None
        numbers = RowNumbers(words)
        for block in blocks:
            self._note(block)
            first, last = numbers.span(block)
            if not self._concerns(first, last):
                numbers.passed(last)
                yield block
            elif self.below and first > self.below.growth.new_last and not self._is_wanted(first, last):
                yield from self._pass_below(self.below, first, block, numbers)
                numbers.passed(last)
            else:
                yield b"".join(self._edit_rows(numbers.rows(block)))
        yield b"".join(self._missing_before(LAST_ROW + 1))
        if self.below:
            yield from self._settle(self.below)
            self.formula_gone |= self.below.formula_moved

    def _note(self, block: bytes) -> None:
        """Formulas of many cells: a cell that gets a value may be in one, and seldom the row above."""
        sharing = self.dressing.sharing
        if (sharing.looks_at_all and b"shared" in block) or (self._wanted and b"array" in block):
            sharing.note(block, self.dressing.grammar)

    def _concerns(self, first: int, last: int) -> bool:
        growth = self.changes.growing
        return self._is_wanted(first, last) or (growth is not None and last >= growth.last_row)

    def _is_wanted(self, first: int, last: int) -> bool:
        """Is one of these rows changed, or one before them that is not there?"""
        return bool(self._wanted and self._wanted[-1] <= last) or self.dressing.sharing.open_at(first)

    def _edit_rows(self, rows: Iterator[tuple[int, bytes]]) -> Iterator[bytes]:
        last_of_table = self.changes.growing.last_row if self.changes.growing else LAST_ROW + 1
        for number, data in rows:
            yield from self._missing_before(number)
            if self._wanted and self._wanted[-1] == number:
                yield from self._put(number, self._changed(self._wanted.pop(), data))
            elif number == last_of_table or self.dressing.sharing.open_at(number):
                yield from self._put(number, self._changed(number, data))
            else:
                yield from self._put(number, data)

    def _pass_below(self, below: Below, first: int, block: bytes, numbers: RowNumbers) -> Iterator[bytes]:
        """Rows below the table and below what is new: blank ones together, others one by one."""
        if below.settled:
            below.check_untouched(block, numbers.rows(block))
            yield block
        elif self.dressing.grammar.filled.search(block):
            yield b"".join(self._edit_rows(numbers.rows(block)))
        elif below.hold(first, numbers.span(block)[1], block):
            yield from self._settle(below)

    def _missing_before(self, number: int) -> Iterator[bytes]:
        """Rows that get values and are not there."""
        while self._wanted and self._wanted[-1] < number:
            missing = self._wanted.pop()
            yield from self._put(missing, self._changed(missing, b""))

    def _put(self, number: int, data: bytes) -> Iterator[bytes]:
        """A row as it is written; nothing yet where it stands below the table."""
        below = self.below
        if below is None or number <= below.growth.last_row:
            yield data
        elif below.settled:
            below.check_untouched(data, iter([(number, data)]))
            yield data
        elif below.hold(number, number, data):
            yield from self._settle(below)

    def _changed(self, number: int, data: bytes) -> bytes:
        """A row with its new values; the same bytes where it has none."""
        words, values = self.dressing.grammar, self.changes.cells.get(number, {})
        old = row = read_row(data, number, words) if data else RowXml(number, b"")
        height = self.changes.heights.get(number)
        if height is not None:
            row = replace(row, attributes=with_height(row.attributes, height))
        changed = self.dressing.sharing.settle(self._with_values(row, values) if values else row, words)
        if self.changes.growing and number == self.changes.growing.last_row:
            self._pattern = changed
        return data if changed is old else write_row(changed, words)

    def _with_values(self, row: RowXml, values: Mapping[int, Value]) -> RowXml:
        words, cells = self.dressing.grammar, dict(row.cells)
        for column, value in values.items():
            dropped = self.dressing.sharing.drop(row.number, column, cells.get(column), words)
            self.formula_gone |= dropped
            cells[column] = self.dressing.cell(column, value, self.dressing.style_in(row, column))
        # Which columns a row spans is a hint; a wrong one would be worse than none.
        return replace(row, attributes=with_attribute(row.attributes, "spans", None), cells=cells)

    def _settle(self, below: Below) -> Iterator[bytes]:
        """The new rows, and those below the table that were held back."""
        growth = below.growth
        if below.settled:
            return
        if growth.new_last + growth.totals > LAST_ROW:
            raise Refused("no-room", "The sheet has no room for more rows.")
        blank = RowXml(growth.last_row, b"")
        # The heading's look is not that of a row.
        pattern = (self._pattern or blank) if growth.last_row > growth.header_row else blank
        new = (
            self.dressing.new_row(number, row, pattern, growth)
            for number, row in enumerate(growth.rows, growth.last_row + 1)
        )
        yield from below.settle(new)
