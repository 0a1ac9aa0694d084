"""What is to be changed in one sheet. Holds data only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.register.package.cells import Value
from pipeline.register.package.markup import LAST_ROW, area_of


@dataclass(frozen=True)
class NewRow:
    """A row for the end of a table: values by column number.

    `height`: in points, where it is not the usual one."""

    values: Mapping[int, Value]
    height: float | None = None


@dataclass(frozen=True)
class Growth:
    """The rows of a table or of a plain list, and what is appended to them."""

    header_row: int
    #: the last row of data before
    last_row: int
    first_column: int
    last_column: int
    rows: Sequence[NewRow] = ()
    #: rows below the data that belong to it: a table's totals
    totals: int = 0
    #: formulas of calculated columns, by column, as the table has them
    formulas: Mapping[int, bytes] = field(default_factory=dict)
    #: does a formula in the row above go on in a new row that has no value of its own for it?
    formulas_go_on: bool = True

    @property
    def new_last(self) -> int:
        return self.last_row + len(self.rows)

    @property
    def columns(self) -> range:
        return range(self.first_column, self.last_column + 1)

    def holds_below(self, reference: str) -> bool:
        """Does this area reach below the data, in its columns? A whole column does not."""
        _, left, bottom, right = area_of(reference)
        inside = self.first_column <= right and left <= self.last_column
        return inside and self.last_row < bottom < LAST_ROW


@dataclass(frozen=True)
class SheetChanges:
    """Values by row and column for cells that are there or not, and rows for the end of a table."""

    cells: Mapping[int, Mapping[int, Value]] = field(default_factory=dict)
    growth: Growth | None = None
    #: heights in points by row, for rows in `cells`
    heights: Mapping[int, float] = field(default_factory=dict)

    @property
    def growing(self) -> Growth | None:
        """The growth, if it has any rows."""
        return self.growth if self.growth and self.growth.rows else None
