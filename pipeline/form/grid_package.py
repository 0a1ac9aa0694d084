"""A zip opened with care: counted, measured, read in bounded pieces. Trusts no size that it states."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from pipeline.form.grid import CannotReadError

#: A workbook with 50 pictures has some 150 parts.
MAX_PARTS = 4_000
#: The most that is inflated of one part that is kept in memory whole.
MAX_PART = 32 * 1024 * 1024
#: The most that is inflated of one sheet, which is only streamed.
MAX_STREAM = 400 * 1024 * 1024
#: A part that claims more than this, a sheet aside, has no business in a form.
MAX_CLAIM = 300 * 1024 * 1024
#: Beyond this size a part that shrank so much is a bomb: real rows and pictures shrink to a twentieth.
_LARGE, _MOST_SHRUNK = 48 * 1024 * 1024, 150
_PIECE = 256 * 1024

#: What zipfile and zlib raise on damaged or hostile data.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError,
    UnicodeError, KeyError, IndexError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class Package:
    """The parts of a zip by their plain lower-case name."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    def has(self, name: str) -> bool:
        return plain_name(name) in self.parts

    def under(self, folder: str) -> list[str]:
        """The names of the parts in a folder, in the package's order."""
        return [name for name in self.parts if name.startswith(folder.lower())]

    def read(self, name: str, limit: int = MAX_PART) -> bytes:
        """A whole part; CannotReadError where it is missing, damaged or larger than `limit`."""
        pieces = []
        size = 0
        for piece in self.stream(name, limit + 1):
            size += len(piece)
            if size > limit:
                raise CannotReadError("too_large")
            pieces.append(piece)
        return b"".join(pieces)

    def stream(self, name: str, limit: int = MAX_STREAM) -> Iterator[bytes]:
        """A part in pieces, at most `limit` bytes of it."""
        info = self.parts.get(plain_name(name))
        if info is None:
            raise CannotReadError("damaged")
        left = limit
        try:
            with self.archive.open(info) as part:
                while left > 0 and (piece := part.read(min(_PIECE, left))):
                    left -= len(piece)
                    yield piece
        except DAMAGED as error:
            raise CannotReadError("damaged") from error

    def tree(self, name: str) -> Element | None:
        """A small part as a tree, namespaces taken off the tags and attributes; None where it is missing."""
        if not self.has(name):
            return None
        try:
            data = self.read(name)
            parser = expat.ParserCreate()
            refuse_dtd(parser)
            parser.Parse(data, True)
            root = fromstring(data)  # noqa: S314  (there is no DTD in it, on which the attacks rest)
        except (ParseError, expat.ExpatError, LookupError, ValueError) as error:
            raise CannotReadError("damaged") from error
        return _plain(root)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (kind, target part) of a part; external ones are left out."""
        folder, _, file = name.rpartition("/")
        tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for relation in tree if tree is not None else ():
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "").replace("\\", "/")
            if target and relation.get("TargetMode") != "External":
                found[relation.get("Id", "")] = (
                    kind,
                    posixpath.normpath(posixpath.join("/", folder, target)),
                )
        return found


def open_package(data: bytes) -> Package:
    """The package of a file that starts like a zip. CannotReadError where it is damaged or absurd."""
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        raise CannotReadError("damaged")
    if int.from_bytes(data[end + 10 : end + 12], "little") > MAX_PARTS:
        raise CannotReadError("too_many_parts")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except DAMAGED as error:
        raise CannotReadError("damaged") from error
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise CannotReadError("too_many_parts")
    parts: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = plain_name(info.filename)
        if info.file_size > MAX_CLAIM and "/worksheets/" not in name:
            raise CannotReadError("too_large")
        if info.file_size > _LARGE and info.file_size > _MOST_SHRUNK * max(info.compress_size, 1):
            raise CannotReadError("too_large")
        if info.flag_bits & 0x1:
            raise CannotReadError("encrypted")
        parts.setdefault(name, info)
    return Package(archive, parts)


def plain_name(name: str) -> str:
    """Part names compare without case, and some writers use backslashes or a leading slash."""
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_dtd(parser: expat.XMLParserType) -> None:
    """Let `parser` stop at a DTD, on which every entity attack rests: OOXML has none."""
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _hostile


def _hostile(*_: object) -> None:
    raise CannotReadError("hostile")


def _plain(element: Element) -> Element:
    for one in element.iter():
        if isinstance(one.tag, str) and "}" in one.tag:
            one.tag = one.tag.rpartition("}")[2]
        for key in [key for key in one.attrib if "}" in key]:
            # `id` in a relationship's namespace stays apart from a plain id attribute.
            space, _, short = key.rpartition("}")
            one.attrib[f"r:{short}" if "relationships" in space else short] = one.attrib.pop(key)
    return element
