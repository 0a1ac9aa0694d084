"""Opens a workbook's zip within limits and finds its parts by their relations. Understands no cell."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from pipeline.register.damage import RegisterDamaged
from pipeline.register.package.refusal import Refused

#: A register of 100,000 rows and 30 columns has a sheet of 110 MB.
_PART_LIMIT = 600_000_000
_ENTRY_LIMIT = 5_000
#: What deflate reaches on a sheet of equal cells is about 100; a bomb has 1,000.
_RATIO_LIMIT = 250
_RATIO_FREE = 5_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What a damaged zip may raise while it is opened or read.
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
    KeyError,
)  # fmt: skip


class Package:
    """The parts of one workbook, by name. Every way in which reading fails is a RegisterDamaged."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            raise RegisterDamaged("encrypted" if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" in data else "not-a-workbook")
        if not data.startswith(b"PK"):
            raise RegisterDamaged("not-a-workbook")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN_ZIP as error:
            raise RegisterDamaged("truncated") from error
        self._check_directory()
        self._trees: dict[str, etree._Element] = {}

    def _check_directory(self) -> None:
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > _ENTRY_LIMIT or any(_is_bomb(entry) for entry in entries):
            raise RegisterDamaged("too-large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise RegisterDamaged("encrypted")
        # Of two parts with one name, one program reads the first and another the last.
        if len(set(names)) != len(names):
            raise RegisterDamaged("truncated")

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part as a stream that ends in RegisterDamaged where the part is damaged or endless."""
        try:
            with self._zip.open(name) as stream:
                yield _Limited(stream)  # type: ignore[misc]
        except Refused as error:
            reason = "too-large" if error.reason == "too-large" else "truncated"
            raise RegisterDamaged(reason) from error
        except _BROKEN_ZIP as error:
            raise RegisterDamaged("truncated") from error
        except etree.XMLSyntaxError as error:
            raise RegisterDamaged("truncated") from error

    def tree(self, name: str) -> etree._Element:
        """A small part, parsed; once, however often it is asked for. Nobody changes it."""
        if name not in self._trees:
            with self.open(name) as stream:
                self._trees[name] = etree.parse(stream, safe_parser()).getroot()
        return self._trees[name]

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relations of a part ("" for the package): id -> (last word of the type, name of the target)."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                _target(folder, relation.get("Target", "")),
            )
            for relation in self.tree(rels)
            if isinstance(relation.tag, str) and relation.get("TargetMode") != "External"
        }

    def related(self, name: str, kind: str) -> list[str]:
        """The names of the existing parts of a kind ("table") that a part points to."""
        return [
            target for word, target in self.relations(name).values() if word == kind and target in self.names
        ]

    def workbook(self) -> str:
        """The name of the workbook part; RegisterDamaged where the zip holds no workbook."""
        found = self.related("", "officeDocument")
        if not found or local(self.tree(found[0])) != "workbook":
            raise RegisterDamaged("not-a-workbook")
        return found[0]


class _Limited:
    """Reads on until more has come out than any register has: sizes in a zip's directory may lie."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = _PART_LIMIT

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, _CHUNK) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise RegisterDamaged("too-large")
        return data


def safe_parser() -> etree.XMLParser:
    """A parser that resolves no entity and asks no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def local(element: etree._Element) -> str:
    """An element's name without its namespace: strict and transitional workbooks differ only there."""
    return str(element.tag).rpartition("}")[2]


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    if entry.file_size > _PART_LIMIT:
        return True
    return entry.file_size > _RATIO_FREE and entry.file_size > _RATIO_LIMIT * max(entry.compress_size, 1)


def _target(folder: str, target: str) -> str:
    path = target if target.startswith("/") else posixpath.join("/" + folder, target)
    return posixpath.normpath(path).lstrip("/")
