"""Appends rows to any workbook: to a table, or below the last row of a plain list.

appended = append_rows(Path("list.xlsx"), Path("list.xlsx"), [{"Name": "Budi", "Amount": 3}])
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.register.package.cells import Value, is_filled
from pipeline.register.package.changes import Growth, NewRow, SheetChanges
from pipeline.register.package.editing import Package, growth_of, open_package
from pipeline.register.package.markup import LAST_COLUMN, folded
from pipeline.register.package.parts import SheetPart, TablePart
from pipeline.register.package.refusal import Refused
from pipeline.register.package.scanning import extent_of, find_row, texts_in

#: By the name of a column, or from the left.
Given = Mapping[str, Value] | Sequence[Value]


@dataclass(frozen=True)
class Appended:
    """Where the new rows stand."""

    sheet: str
    first_row: int


def append_rows(source: Path | bytes, target: Path, rows: Sequence[Given], where: str = "") -> Appended:
    """Write `source` with these rows to `target`, which may be the same file and is exchanged at once.

    `where`: a table's name or a sheet's title. Without it, the first table; else the first worksheet as a
    plain list, below its last row with a value. Refused, with `target` as it was, where that cannot be done
    without harm; OSError where a file cannot be read or written.
    """
    with open_package(source) as package:
        place = _place(package, where)
        sheet = place.sheet if isinstance(place, TablePart) else place
        if isinstance(place, TablePart):
            first, changes = _for_table(package, place, rows)
        else:
            first, changes = _for_list(package, sheet, rows)
        _write(package, target, {sheet.part: changes})
        return Appended(sheet.title, first)


def _place(package: Package, where: str) -> TablePart | SheetPart:
    tables = list(package.parts.tables())
    if not where:
        if tables:
            return tables[0]
        if package.parts.sheets:
            return package.parts.sheets[0]
        raise Refused("no-sheet", "The workbook has no worksheet.")
    for table in tables:
        if table.name.casefold() == where.casefold():
            return table
    for sheet in package.parts.sheets:
        if sheet.title.casefold() == where.casefold():
            return sheet
    raise Refused("no-table", f"The workbook has no table and no worksheet {where!r}.")


def _for_table(package: Package, table: TablePart, rows: Sequence[Given]) -> tuple[int, SheetChanges]:
    columns = list(enumerate(table.columns, table.first_column))
    width = table.last_column - table.first_column + 1
    if any(len(row) > width for row in rows):
        raise Refused("no-column", f"A row has more values than {table.name} has columns, which are {width}.")
    values = [_by_column(row, columns, table.first_column) for row in rows]
    growth = growth_of(table, [NewRow(one) for one in values])
    if values and table.last_row == table.header_row + 1 and _is_blank(package, table):
        # A table cannot be without rows: an empty one has one that waits for the first values.
        grown = replace(growth, rows=growth.rows[1:])
        return table.last_row, SheetChanges({table.last_row: values[0]}, grown)
    return table.last_row + 1, SheetChanges(growth=growth)


def _is_blank(package: Package, table: TablePart) -> bool:
    sheet = package.read_sheet(table.sheet)
    cells = find_row(sheet, table.last_row).cells.items()
    own = range(table.first_column, table.last_column + 1)
    return not any(column in own and is_filled(cell, sheet.words) for column, cell in cells)


def _for_list(package: Package, sheet: SheetPart, rows: Sequence[Given]) -> tuple[int, SheetChanges]:
    extent = extent_of(package.read_sheet(sheet))
    for table in package.parts.tables_of(sheet):
        # What stands beside a table makes no list of the sheet; what stands below it does.
        if extent.last_row <= table.last_row + table.totals:
            return _for_table(package, table, rows)
    left = extent.first_column or 1
    names = (
        _heading(package, sheet, extent.first_row) if any(isinstance(row, Mapping) for row in rows) else []
    )
    values = [_by_column(row, names, left) for row in rows]
    right = max([extent.last_column, left, *(column for one in values for column in one)])
    # A formula in the row above may be a sum: in a plain list nothing tells.
    growth = Growth(
        extent.first_row, extent.last_row, left, right, [NewRow(one) for one in values], formulas_go_on=False
    )
    return extent.last_row + 1, SheetChanges(growth=growth)


def _heading(package: Package, sheet: SheetPart, row: int) -> list[tuple[int, str]]:
    """The columns' numbers with their names, which the first row with values holds."""
    opened = package.read_sheet(sheet)
    shared = next(iter(package.parts.related(package.parts.workbook, "sharedStrings")), "")
    pieces = package.stream(shared) if shared else iter(())
    texts = texts_in(find_row(opened, row), opened.words, pieces)
    return sorted(texts.items())


def _by_column(row: Given, names: Sequence[tuple[int, str]], left: int) -> dict[int, Value]:
    """Values by the numbers of the columns. Refused (no-column) where a name is not there, or there twice."""
    if not isinstance(row, Mapping):
        if left + len(row) - 1 > LAST_COLUMN:
            raise Refused("no-room", "The row has more values than a sheet has columns.")
        return dict(enumerate(row, left))
    known = {folded(name): column for column, name in names}
    named = [folded(name) for _, name in names]
    twice = [name for name in row if named.count(folded(name)) > 1]
    if twice:
        raise Refused("no-column", f"Two columns are called {twice[0]!r}; give the values from the left.")
    missing = [name for name in row if folded(name) not in known]
    if missing:
        raise Refused("no-column", f"There is no column {missing[0]!r}.")
    return {known[folded(name)]: value for name, value in row.items()}


def _write(package: Package, target: Path, changes: Mapping[str, SheetChanges]) -> None:
    """Beside the target first, under a name of its own; then exchanged."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}-", delete=False) as file:
        made = Path(file.name)
        try:
            package.save(file, changes)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            _take_mode(target, made)
            made.replace(target)
        except BaseException:
            file.close()
            made.unlink(missing_ok=True)
            raise


def _take_mode(target: Path, made: Path) -> None:
    """The new file may be read by those who could read the old one."""
    with suppress(OSError):
        made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
