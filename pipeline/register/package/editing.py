"""Edits a workbook without loading it: a few parts are changed, every other one is copied as it lies.

with open_package(path) as package:
    table = package.table("Register")
    rows = [NewRow({table.column("Nomor"): 12})]
    package.save(target, {table.sheet.part: SheetChanges(growth=growth_of(table, rows))})

What is understood, and what is refused, is in docs/package.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.register.package.archive import Archive
from pipeline.register.package.changes import Growth, NewRow, SheetChanges
from pipeline.register.package.notes import Notes
from pipeline.register.package.parts import Parts, SheetPart, TablePart
from pipeline.register.package.saving import Saving
from pipeline.register.package.sheet import OpenedSheet, open_sheet


@contextmanager
def open_package(source: Path | bytes) -> Iterator["Package"]:
    """A workbook for editing. Refused where it is none, or one that cannot be edited without harm."""
    archive = Archive(source)
    try:
        yield Package(archive)
    finally:
        archive.close()


def growth_of(table: TablePart, rows: Sequence[NewRow]) -> Growth:
    """These rows for the end of this table."""
    return Growth(
        table.header_row, table.last_row, table.first_column, table.last_column, rows, table.totals,
        table.formulas,
    )  # fmt: skip


class Package:
    """An opened workbook. Nothing in its file is ever changed: `save` writes another."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.parts = Parts(archive)

    def table(self, name: str) -> TablePart:
        """The table (ListObject) of that name. Refused (no-table) where there is none."""
        return self.parts.table(name)

    def sheet(self, title: str) -> SheetPart:
        """The worksheet of that title. Refused (no-sheet) where there is none."""
        return self.parts.sheet(title)

    def read_sheet(self, sheet: SheetPart) -> OpenedSheet:
        """A sheet's XML as it stands, in blocks of whole rows."""
        return open_sheet(self._archive.stream(sheet.part))

    def stream(self, part: str) -> Iterator[bytes]:
        """Any part in pieces of about a megabyte."""
        return self._archive.stream(part)

    def save(
        self, target: IO[bytes], changes: Mapping[str, SheetChanges], names: Mapping[str, str] | None = None,
        notes: Mapping[str, Notes] | None = None, parts: Mapping[str, bytes] | None = None,
    ) -> None:  # fmt: skip
        """Write the workbook with `changes`, by the part of the sheet, to `target`.

        `names`: constants to be kept as hidden names. `notes`: by the part of a sheet that is in `changes`,
        all notes of one author that shall stand in it. `parts`: small parts, and sheets that are not in
        `changes`, with what they shall hold. On Refused what was written to `target` is of no use.
        """
        Saving(self._archive, self.parts, changes, notes or {}, dict(parts or {})).run(target, names or {})
