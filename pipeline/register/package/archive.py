"""The members of a zip, read as they lie or unpacked in pieces. Knows nothing of workbooks.

Format: PKWARE APPNOTE 6.3.10. Sizes of 4 GB and more (zip64) are refused, except where zip64 was only used as
a way of writing.
"""

import io
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.register.package.codec import CHUNK, crc32, inflate
from pipeline.register.package.refusal import Refused

_LOCAL = b"PK\x03\x04"
_ENCRYPTED = 0x1
STORED, DEFLATED = 0, 8
LIMIT = 0xFFFFFFFF
#: As many as a directory without zip64 can count.
_MANY = 0xFFFE
#: What deflate reaches on a sheet of equal cells is about 200; a bomb has 1,000.
_RATIO, _RATIO_FREE = 400, 20_000_000
#: Parts that are read as a whole: a sheet never is.
_SMALL = 64_000_000
#: An OLE file: an old .xls, or a workbook with a password.
_OLE, _OLE_ENCRYPTED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    OSError, struct.error,
)  # fmt: skip


class Archive:
    """The members of a zip, by name. Every way in which reading fails is a Refused."""

    def __init__(self, source: Path | bytes) -> None:
        self._file: IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        self._lock = threading.Lock()
        try:
            self._entries, self.comment = _directory(self._file)
        except Refused:
            self._file.close()
            raise

    def close(self) -> None:
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the zip's directory."""
        return tuple(self._entries)

    def entry(self, name: str) -> zipfile.ZipInfo:
        return self._entries[name]

    def read(self, name: str) -> bytes:
        """A small part as a whole."""
        pieces, size = [], 0
        for piece in self.stream(name):
            size += len(piece)
            if size > _SMALL:
                raise Refused("too-large", f"{name} is larger than any such part.")
            pieces.append(piece)
        return b"".join(pieces)

    def stream(self, name: str) -> Iterator[bytes]:
        """A part in pieces of about a megabyte, its length and checksum checked at the end."""
        entry = self._entries[name]
        if entry.file_size > max(_RATIO_FREE, _RATIO * entry.compress_size):
            raise Refused("too-large", f"{name} unpacks to more than any such part holds.")
        crc, size = 0, 0
        try:
            raw = self.raw(name)
            for piece in inflate(raw) if entry.compress_type == DEFLATED else raw:
                crc, size = crc32(piece, crc), size + len(piece)
                if size > entry.file_size:
                    break
                yield piece
        except Refused:
            raise
        except _BROKEN as error:
            raise Refused("truncated", f"{name} in the file is damaged.") from error
        if size != entry.file_size or crc != entry.CRC:
            raise Refused("truncated", f"{name} in the file is damaged.")

    def raw(self, name: str) -> Iterator[bytes]:
        """The bytes of a member as they lie in the zip."""
        entry = self._entries[name]
        if entry.compress_type not in {STORED, DEFLATED}:
            raise Refused("not-a-workbook", f"{name} is packed in a way that no workbook is.")
        head = self._read(entry.header_offset, 30)
        if len(head) != 30 or not head.startswith(_LOCAL):
            raise Refused("truncated", f"{name} is not where the zip's directory says.")
        place = entry.header_offset + 30 + sum(struct.unpack_from("<HH", head, 26))
        left = entry.compress_size
        while left:
            piece = self._read(place, min(left, CHUNK))
            if not piece:
                raise Refused("truncated", f"{name} in the file is cut off.")
            place, left = place + len(piece), left - len(piece)
            yield piece

    def _read(self, place: int, size: int) -> bytes:
        """Several members may be read at once."""
        with self._lock:
            self._file.seek(place)
            return self._file.read(size)


def _directory(file: IO[bytes]) -> tuple[dict[str, zipfile.ZipInfo], bytes]:
    """The members by name, and the zip's comment. Refused where they cannot be copied as they are."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries, comment = archive.infolist(), archive.comment
    except _BROKEN as error:
        if _is_encrypted(file):
            raise Refused("encrypted", "The workbook needs a password to be opened.") from error
        raise Refused("not-a-workbook", "The file is no .xlsx workbook, or is cut off.") from error
    if any(entry.header_offset < 0 for entry in entries):
        raise Refused("truncated", "The beginning of the file is missing.")
    # Of two parts with one name, one program reads the first and another the last.
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise Refused("duplicate-parts", "The file holds two parts of one name.")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("encrypted", "A part of the file is encrypted.")
    if len(entries) > _MANY or any(_is_too_large(entry) for entry in entries):
        raise Refused("too-large", "The file is larger than a workbook without zip64 can be.")
    return {entry.filename: entry for entry in entries}, comment


def _is_encrypted(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(_RATIO_FREE)
    return start.startswith(_OLE) and _OLE_ENCRYPTED in start


def _is_too_large(entry: zipfile.ZipInfo) -> bool:
    return max(entry.file_size, entry.compress_size, entry.header_offset) >= LIMIT
