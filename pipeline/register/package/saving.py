"""Puts a changed workbook together: edited sheets, the small parts that follow from them, and copies."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZipInfo

from pipeline.register.package.archive import Archive
from pipeline.register.package.bookparts import GrownSheet, edit_table, edit_workbook, without_part
from pipeline.register.package.changes import Growth, SheetChanges
from pipeline.register.package.codec import Ahead
from pipeline.register.package.formulas import Unseen
from pipeline.register.package.markup import area_text
from pipeline.register.package.notes import Notes, change_notes
from pipeline.register.package.parts import Parts, SheetPart, relations_of
from pipeline.register.package.references import check_unnamed
from pipeline.register.package.refusal import Refused
from pipeline.register.package.sheet import SheetStream
from pipeline.register.package.styles import Styles
from pipeline.register.package.writing import ArchiveWriter, Packed, pack

_TYPES = "[Content_Types].xml"
_REFERENCE = re.compile(rb"""\sref\s*=\s*["']([^"']+)["']""")
#: Parts that say where in the sheet they stand, in an attribute `ref`.
_PLACED = ("table", "pivotTable")
_REMARKS = ("comments", "threadedComment")


@dataclass
class Saving:
    """One new file. What `changes` say is done or Refused, as a whole."""

    archive: Archive
    parts: Parts
    changes: Mapping[str, SheetChanges]
    notes: Mapping[str, Notes] = field(default_factory=dict)
    #: the parts that are written anew, beside the sheets
    _small: dict[str, bytes] = field(default_factory=dict)
    _left_out: set[str] = field(default_factory=set)
    _added: dict[str, bytes] = field(default_factory=dict)
    #: sheet's part -> id of the drawing of its first notes
    _drawings: dict[str, str] = field(default_factory=dict)

    def run(self, target: IO[bytes], names: Mapping[str, str]) -> None:
        """The sheets come first: what they need decides what becomes of styles and calculation chain."""
        grown = [
            GrownSheet(sheet.title, growth, self._grow_table(sheet, growth))
            for sheet, growth in self._growing()
        ]
        book, writer = self.parts.workbook, ArchiveWriter(target)
        old = self._small.get(book) or self.parts.read(book)
        self._small[book] = edit_workbook(old, self.parts.prefix, names, grown)
        self._change_notes()
        with ExitStack() as files:
            sheets = self._edit_sheets(files)
            for name in self.archive.names:
                entry = self.archive.entry(name)
                if name in sheets:
                    writer.put(entry, sheets[name])
                elif name in self._small:
                    writer.put(entry, pack(iter((self._small[name],)), BytesIO()))
                elif name not in self._left_out:
                    writer.copy(self.archive, name)
        for name, data in self._added.items():
            writer.put(ZipInfo(name), pack(iter((data,)), BytesIO()))
        writer.finish(self.archive.comment)

    def _growing(self) -> Iterator[tuple[SheetPart, Growth]]:
        for sheet in self.parts.sheets:
            growth = self.changes[sheet.part].growing if sheet.part in self.changes else None
            if growth:
                yield sheet, growth

    def _grow_table(self, sheet: SheetPart, growth: Growth) -> bool:
        """True where what grows is a table. Refused where something that has its place stands below it."""
        own = ""
        for table in self.parts.tables_of(sheet):
            place = (table.header_row, table.first_column, table.last_row)
            if place == (growth.header_row, growth.first_column, growth.last_row):
                own = table.part
                self._small[own] = edit_table(self.parts.read(own), growth)
        own_area = area_text(
            growth.header_row or 1, growth.first_column, growth.last_row + growth.totals, growth.last_column
        )
        for kind in _PLACED:
            for part in self.parts.related(sheet.part, kind):
                found = _REFERENCE.search(self.parts.read(part))
                area = found[1].decode(errors="replace") if found else ""
                if part != own and area != own_area and growth.holds_below(area):
                    raise Refused("below", f"Another table stands at {area}, below the one that should grow.")
        return bool(own)

    def _change_notes(self) -> None:
        for sheet in self.parts.sheets:
            notes = self.notes.get(sheet.part)
            made = change_notes(self.parts, sheet, notes) if notes else None
            if made:
                self._small |= made.replaced
                self._added |= made.added
                self._drawings[sheet.part] = made.drawing_id

    def _edit_sheets(self, files: ExitStack) -> dict[str, Packed]:
        styles_part = next(iter(self.parts.related(self.parts.workbook, "styles")), "")
        styles = Styles(self.parts.read(styles_part)) if styles_part else None
        sheets = {}
        for part, changes in self.changes.items():
            restyle = styles.like if styles else _as_it_is
            stream = SheetStream(changes, restyle, self.parts.from_1904, self._drawings.get(part, ""))
            kept = files.enter_context(TemporaryFile())  # noqa: SIM115 - `files` closes it
            try:
                sheets[part] = self._pack_sheet(part, stream, kept)
            except Unseen:
                stream = replace(stream, looks_at_all=True)
                sheets[part] = self._pack_sheet(part, stream, kept)
            if stream.moved_to:
                self._check_moved(part, stream.moved_to)
            if stream.formula_gone:
                self._drop_chain()
        if styles and (written := styles.written()):
            self._small[styles_part] = written
        return sheets

    def _pack_sheet(self, part: str, stream: SheetStream, kept: IO[bytes]) -> Packed:
        kept.seek(0)
        kept.truncate()
        # Three cores at most: one unpacks, one edits, one packs.
        with Ahead(self.archive.stream(part)) as old, Ahead(stream.edit(old)) as new:
            return pack(new, kept)

    def _drop_chain(self) -> None:
        """A calculation chain that names a cell without a formula makes Excel offer a repair.

        Without any chain it makes a new one."""
        book, types = self.parts.workbook, self.parts.find(_TYPES)
        relations = self.parts.find(relations_of(book))
        for part in set(self.parts.related(book, "calcChain")) - self._left_out:
            old = self._small.get(types) or self.parts.read(types)
            self._small[types], self._small[relations] = without_part(
                old, self.parts.read(relations), part, "calcChain"
            )
            self._left_out.add(part)

    def _check_moved(self, part: str, lowest: int) -> None:
        """What names the moved cells, or is tied to their place, would stay behind."""
        sheet, growth = next(one for one in self._growing() if one[0].part == part)
        for kind in _REMARKS:
            for remarks in self.parts.related(part, kind):
                for found in _REFERENCE.finditer(self.parts.read(remarks)):
                    place = found[1].decode(errors="replace")
                    if growth.holds_below(place):
                        raise Refused(
                            "below",
                            f"A comment stands at {place} below the table. Move it so that it can grow.",
                        )
        check_unnamed(self.archive, self.parts, sheet, growth, lowest)


def _as_it_is(style: str | None, _kind: str) -> str | None:
    return style
