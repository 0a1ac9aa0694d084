"""The zip package of a sender's workbook: read within limits; its untouched parts go back as they are."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pipeline.form.markup_xml import (
    MAIN,
    PACKAGE_REL,
    REL,
    TYPES,
    CannotMarkError,
    parse,
    serialize,
)

MAX_PARTS = 200
MAX_BYTES = 20 * 1024 * 1024
#: Small parts are parsed as a tree, which takes many times their size in memory.
MAX_TREE_BYTES = 2 * 1024 * 1024

TYPE_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#: workbook content type -> what the file is called
WORKBOOKS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
}
#: Signed parts must not change; a shared workbook's revision log names every sheet; both are left alone.
_UNTOUCHABLE = re.compile(r"^(_xmlsignatures|xl/revisions)/|\.sigs$", re.IGNORECASE)


@dataclass(frozen=True)
class Relationship:
    """One line of a .rels part. `target` is the absolute part name, or a URL when external."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type: worksheet, comments, vmlDrawing ..."""
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Package:
    """Part name -> bytes, in the order of the file. `changed` holds new and edited parts."""

    parts: Mapping[str, bytes]
    stamps: Mapping[str, tuple[int, int, int, int, int, int]]
    changed: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """The bytes of a part as they stand now; CannotMarkError when it is not there."""
        data = self.changed.get(name, self.parts.get(name))
        if data is None:
            raise CannotMarkError(f"part {name} is missing")
        return data

    def has(self, name: str) -> bool:
        return name in self.changed or name in self.parts

    def tree(self, name: str) -> etree._Element:
        """A small part as an element tree."""
        data = self.read(name)
        if len(data) > MAX_TREE_BYTES:
            raise CannotMarkError(f"part {name} is too large to edit")
        return parse(data)

    def with_part(self, name: str, data: bytes) -> "Package":
        return replace(self, changed={**self.changed, name: data})

    def free_name(self, pattern: str) -> str:
        """The first name like xl/comments{}.xml that no part has, whatever its capital letters."""
        taken = {n.lower() for n in (*self.parts, *self.changed)}
        return next(n for i in range(1, 10_000) if (n := pattern.format(i)).lower() not in taken)

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The relationships of a part ("" for the package itself)."""
        name = rels_name(part)
        if not self.has(name):
            return ()
        return tuple(_relationships(self.tree(name), posixpath.dirname(part)))

    def with_relationship(self, part: str, kind: str, target: str) -> tuple["Package", str]:
        """The package with one more relationship from `part` to the part `target`, and the new one's id."""
        name = rels_name(part)
        empty = f'<Relationships xmlns="{PACKAGE_REL}"/>'
        root = self.tree(name) if self.has(name) else parse(empty.encode())
        taken = {e.get("Id") for e in root}
        new_id = next(i for n in range(1, 100_000) if (i := f"rIdAkses{n}") not in taken)
        line = {"Id": new_id, "Type": f"{REL}/{kind}", "Target": f"/{target}"}
        root.append(root.makeelement(f"{{{PACKAGE_REL}}}Relationship", line))
        return self.with_part(name, serialize(root)), new_id

    def content_type(self, part: str) -> str:
        """What [Content_Types].xml says a part is."""
        root = self.tree("[Content_Types].xml")
        for entry in root.iterfind(f"{{{TYPES}}}Override"):
            if entry.get("PartName", "").lower() == f"/{part}".lower():
                return entry.get("ContentType", "")
        return _defaults(root).get(part.rsplit(".", 1)[-1].lower(), "")

    def with_content_type(self, part: str, content_type: str) -> "Package":
        """The package with the type of a new part declared."""
        if self.content_type(part) == content_type:
            return self
        root = self.tree("[Content_Types].xml")
        ending = part.rsplit(".", 1)[-1]
        if ending == "vml" and ending not in _defaults(root):
            # Excel declares drawn boxes by their ending, and we do not know that it takes them otherwise.
            line = {"Extension": ending, "ContentType": content_type}
            root.insert(0, root.makeelement(f"{{{TYPES}}}Default", line))
        else:
            line = {"PartName": f"/{part}", "ContentType": content_type}
            root.append(root.makeelement(f"{{{TYPES}}}Override", line))
        return self.with_part("[Content_Types].xml", serialize(root))

    def write(self) -> bytes:
        """The zip file: every part in its old place, new ones at the end."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (*self.parts, *(n for n in self.changed if n not in self.parts)):
                info = zipfile.ZipInfo(name, self.stamps.get(name, (1980, 1, 1, 0, 0, 0)))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self.read(name))
        return out.getvalue()


def read_package(data: bytes) -> Package:
    """The package in memory. CannotMarkError when it is too large, encrypted, signed or oddly made."""
    parts: dict[str, bytes] = {}
    stamps: dict[str, tuple[int, int, int, int, int, int]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        _check_entries(entries)
        left = MAX_BYTES
        for entry in entries:
            # The sizes in the directory can lie, so the limit counts what really comes out.
            with archive.open(entry) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise CannotMarkError("too large when unpacked")
            parts[entry.filename] = content
            stamps[entry.filename] = entry.date_time
    return Package(parts, stamps)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = {e.filename.lower() for e in entries}
    if len(entries) > MAX_PARTS or len(names) != len(entries):
        raise CannotMarkError("too many parts, or two of one name")
    if sum(e.file_size for e in entries) > MAX_BYTES:
        raise CannotMarkError("too large when unpacked")
    for entry in entries:
        plain = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        odd = entry.flag_bits & 0x1 or "\\" in entry.filename
        if not plain or odd or _UNTOUCHABLE.search(entry.filename):
            raise CannotMarkError(f"part {entry.filename!r} is encrypted, signed or oddly packed")


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relationships(root: etree._Element, folder: str) -> Iterator[Relationship]:
    for entry in root.iterfind(f"{{{PACKAGE_REL}}}Relationship"):
        target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relationship(entry.get("Id", ""), entry.get("Type", ""), target, external)


def _defaults(root: etree._Element) -> dict[str, str]:
    entries = root.iterfind(f"{{{TYPES}}}Default")
    return {e.get("Extension", "").lower(): e.get("ContentType", "") for e in entries}


def workbook_part(package: Package) -> str:
    """The name of the workbook part. CannotMarkError unless it is an ordinary xlsx or xlsm."""
    for rel in package.relationships(""):
        if rel.type == f"{REL}/officeDocument" and package.has(rel.target):
            if package.content_type(rel.target) not in WORKBOOKS:
                break
            if package.tree(rel.target).tag != f"{{{MAIN}}}workbook":
                break
            return rel.target
    raise CannotMarkError("not an ordinary xlsx or xlsm workbook")
