"""Where things stand in a workbook: sheets and tables by name, found by relations and never by file name."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.register.package.archive import Archive
from pipeline.register.package.markup import (
    ATTRIBUTES,
    area_of,
    attribute,
    decoded,
    folded,
    is_set,
    number_in,
    plain,
    prefix_of,
    resolved,
)
from pipeline.register.package.refusal import Refused

_TAG = re.compile(rb"<(?![?!/])(?:[\w.-]+:)?([\w.-]+)(%s)>" % ATTRIBUTES)
_FORMULA = re.compile(
    rb"<(?:[\w.-]+:)?(tableColumn|calculatedColumnFormula)(?=[\s/>])(%s)>([^<]*)" % ATTRIBUTES
)


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its name for people, and the name of its part in the zip."""

    title: str
    part: str


@dataclass(frozen=True)
class TablePart:
    """A table (ListObject) of a sheet."""

    name: str
    part: str
    sheet: SheetPart
    #: of a table without a heading, the row above its first one
    header_row: int
    #: the last row of data; `totals` rows follow it
    last_row: int
    first_column: int
    last_column: int
    totals: int
    #: the columns' names, from left to right
    columns: tuple[str, ...]
    #: formulas of calculated columns as XML text, by column number
    formulas: dict[int, bytes]

    def column(self, name: str) -> int:
        """The number of a column of the sheet, by its name; case and spaces do not count.

        KeyError where there is none."""
        for place, known in enumerate(self.columns):
            if folded(known) == folded(name):
                return self.first_column + place
        raise KeyError(name)


class _Relation(NamedTuple):
    id: str
    #: the last word of its type ("worksheet"), and the whole of it
    kind: str
    type: str
    target: str


class Parts:
    """The structure of one workbook."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.names = set(archive.names)
        # Programs tell parts apart without regard to case, and some write a bar the wrong way round.
        self._known = {_plain_name(name): name for name in archive.names}
        self._relations: dict[str, list[_Relation]] = {}
        root = self._relations_of("")
        if any(one.kind == "origin" and "digital-signature" in one.type for one in root):
            raise Refused("signed", "The workbook carries a digital signature, which any change would break.")
        found = [one.target for one in root if one.kind == "officeDocument" and one.target in self.names]
        if not found or found[0].endswith(".bin"):
            raise Refused("not-a-workbook", "The file is no .xlsx workbook.")
        self.workbook = found[0]
        data = self.read(self.workbook)
        self.prefix = prefix_of(data, "workbook")
        self.from_1904 = any(is_set(attributes, "date1904") for attributes in _tags(data, "workbookPr"))
        self.sheets = tuple(self._sheets(data))

    def read(self, name: str) -> bytes:
        """A small part, without comments. Refused where it is not written as programs write it."""
        return plain(self._archive.read(name))

    def sheet(self, title: str) -> SheetPart:
        """The worksheet of that title. Refused (no-sheet) where there is none."""
        for sheet in self.sheets:
            if sheet.title.casefold() == title.casefold():
                return sheet
        raise Refused("no-sheet", f"The workbook has no worksheet {title!r}.")

    def table(self, name: str) -> TablePart:
        """The table of that name. Refused (no-table) where there is none."""
        for table in self.tables():
            if table.name.casefold() == name.casefold():
                return table
        raise Refused("no-table", f"The workbook has no table {name!r}.")

    def tables(self) -> Iterator[TablePart]:
        """The tables, sheet by sheet."""
        for sheet in self.sheets:
            yield from self.tables_of(sheet)

    def tables_of(self, sheet: SheetPart) -> Iterator[TablePart]:
        for part in self.related(sheet.part, "table"):
            table = self._table(sheet, part)
            if table is not None:
                yield table

    def related(self, name: str, kind: str) -> list[str]:
        """The names of the existing parts of a kind ("table", "styles") that a part points to."""
        relations = self._relations_of(name)
        return [one.target for one in relations if one.kind == kind and one.target in self.names]

    def find(self, name: str) -> str:
        """A part's name as the zip has it; the same name where it is not there."""
        return self._known.get(_plain_name(name), name)

    def _sheets(self, workbook: bytes) -> Iterator[SheetPart]:
        targets = {one.id: one for one in self._relations_of(self.workbook)}
        for attributes in _tags(workbook, "sheet"):
            found = re.search(rb"""\s[\w.-]+:id\s*=\s*["']([^"']+)["']""", attributes)
            one = targets.get(found[1].decode(errors="replace")) if found else None
            if one and one.kind == "worksheet" and one.target in self.names:
                yield SheetPart(attribute(attributes, "name") or "", one.target)

    def _table(self, sheet: SheetPart, part: str) -> TablePart | None:
        data = self.read(part)
        root = next(_tags(data, "table"), b"")
        top, left, bottom, right = area_of(attribute(root, "ref") or "")
        if not bottom:
            return None
        headless = number_in(root, "headerRowCount") == 0
        totals = number_in(root, "totalsRowCount") or 0
        columns = [decoded(attribute(one, "name") or "") for one in _tags(data, "tableColumn")]
        name = attribute(root, "displayName") or attribute(root, "name") or ""
        return TablePart(
            name, part, sheet, top - headless, bottom - totals, left, right, totals, tuple(columns),
            dict(_formulas(data, left)),
        )  # fmt: skip

    def _relations_of(self, name: str) -> list[_Relation]:
        """What a part points to within the package; "" for the package itself."""
        if name not in self._relations:
            part = self.find(relations_of(name))
            tags = _tags(self.read(part), "Relationship") if part in self.names else iter(())
            inside = (one for one in tags if attribute(one, "TargetMode") != "External")
            self._relations[name] = [self._relation(name, one) for one in inside]
        return self._relations[name]

    def _relation(self, name: str, attributes: bytes) -> _Relation:
        kind = attribute(attributes, "Type") or ""
        target = _target(posixpath.dirname(name.replace("\\", "/")), attribute(attributes, "Target") or "")
        return _Relation(attribute(attributes, "Id") or "", kind.rpartition("/")[2], kind, self.find(target))


def relations_of(name: str) -> str:
    """The name of the part that holds a part's relations."""
    folder, base = posixpath.split(name.replace("\\", "/"))
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _tags(data: bytes, name: str) -> Iterator[bytes]:
    """The attributes of each start tag of that name, whatever its prefix."""
    wanted = name.encode()
    return (found[2] for found in _TAG.finditer(data) if found[1] == wanted)


def _formulas(table: bytes, left: int) -> Iterator[tuple[int, bytes]]:
    column = left - 1
    for found in _FORMULA.finditer(table):
        if found[1] == b"tableColumn":
            column += 1
        elif not is_set(found[2], "array"):
            yield column, found[3]


def _target(folder: str, target: str) -> str:
    target = unquote(resolved(target)).replace("\\", "/")
    path = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(path).lstrip("/")
