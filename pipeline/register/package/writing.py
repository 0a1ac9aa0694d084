"""Writes a zip: members copied as they lie in another one, and new ones. Knows nothing of workbooks."""

import shutil
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from pipeline.register.package.archive import DEFLATED, LIMIT, Archive
from pipeline.register.package.codec import CHUNK, deflate
from pipeline.register.package.refusal import Refused

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DESCRIPTOR, _UTF8 = 0x8, 0x800
_ZIP64_FIELD = 0x0001


@dataclass(frozen=True)
class Packed:
    """A member that has been packed and not written yet."""

    data: IO[bytes]
    crc: int
    packed: int
    size: int


def pack(pieces: Iterator[bytes], into: IO[bytes]) -> Packed:
    """Pack a part into an empty file of one's own."""
    packed = deflate(pieces)
    for piece in packed:
        into.write(piece)
    return Packed(into, packed.crc, into.tell(), packed.size)


@dataclass(frozen=True)
class _Written:
    entry: zipfile.ZipInfo
    name: bytes
    offset: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int


class ArchiveWriter:
    """Writes a zip member by member; `finish` writes its directory."""

    def __init__(self, target: IO[bytes]) -> None:
        self._file = target
        self._start = target.tell()
        self._done: list[_Written] = []

    def copy(self, source: Archive, name: str) -> None:
        """A member as it is: its packed bytes are not looked at."""
        entry = source.entry(name)
        self._begin(entry, entry.compress_type, entry.CRC, entry.compress_size, entry.file_size)
        for piece in source.raw(name):
            self._file.write(piece)

    def put(self, entry: zipfile.ZipInfo, member: Packed) -> None:
        """A new member under the name of `entry`."""
        self._begin(entry, DEFLATED, member.crc, member.packed, member.size)
        member.data.seek(0)
        shutil.copyfileobj(member.data, self._file, CHUNK)

    def finish(self, comment: bytes = b"") -> None:
        begin = self._place()
        for made in self._done:
            self._file.write(_central(made))
        end, count = self._place(), len(self._done)
        if end > LIMIT:
            raise Refused("too-large", "The workbook would be larger than 4 GB.")
        tail = struct.pack("<HHHHIIH", 0, 0, count, count, end - begin, begin, len(comment))
        self._file.write(_END + tail + comment)

    def _place(self) -> int:
        return self._file.tell() - self._start

    def _begin(self, entry: zipfile.ZipInfo, method: int, crc: int, packed: int, size: int) -> None:
        offset = self._place()
        if max(offset + packed, size) > LIMIT:
            raise Refused("too-large", "The workbook would be larger than 4 GB.")
        # The sizes stand in the header here: what followed the data to tell them is left out.
        flags = entry.flag_bits & ~_DESCRIPTOR
        name = entry.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
        head = struct.pack("<HHHHHIIIHH", 20, flags, method, *_moment(entry), crc, packed, size, len(name), 0)
        self._file.write(_LOCAL + head + name)
        self._done.append(_Written(entry, name, offset, flags, method, crc, packed, size))


def _central(made: _Written) -> bytes:
    entry = made.entry
    extra = _without_zip64(entry.extra)
    made_by = entry.create_system << 8 | min(entry.create_version, 0xFF)
    head = struct.pack(
        "<HHHHHHIIIHHHHHII", made_by, 20, made.flags, made.method, *_moment(entry), made.crc, made.packed,
        made.size, len(made.name), len(extra), len(entry.comment), 0, entry.internal_attr,
        entry.external_attr, made.offset,
    )  # fmt: skip
    return _CENTRAL + head + made.name + extra + entry.comment


def _moment(entry: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, max(year - 1980, 0) << 9 | month << 5 | day


def _without_zip64(extra: bytes) -> bytes:
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64_FIELD:
            kept += extra[place : place + 4 + length]
        place += 4 + length
    return kept
