"""The strings of an xls ([MS-XLS] 2.5.293), also those torn apart by continuation records."""

import struct

from pipeline.form.grid import CannotReadError

_MOST = 400_000
_LONGEST = 32_767


def read_string(body: bytes, at: int, short: bool = False) -> str:
    """A string inside one record: a length of one (`short`) or two bytes, flags, characters."""
    length = body[at] if short else struct.unpack_from("<H", body, at)[0]
    at += 1 if short else 2
    if at >= len(body):
        return ""
    flags = body[at]
    at += 1
    at += (2 if flags & 8 else 0) + (4 if flags & 4 else 0)
    if flags & 1:
        return body[at : at + 2 * length].decode("utf-16-le", "replace")
    return body[at : at + length].decode("latin-1")


def read_shared_strings(parts: list[bytes]) -> list[str]:
    """The shared strings; a string may go on in the next part, there with a new flag byte."""
    reader = _Parts(parts)
    count = struct.unpack("<II", reader.take(8))[1]
    if count > _MOST:
        raise CannotReadError("too_large")
    strings = []
    for _ in range(count):
        if reader.is_done:
            break
        strings.append(reader.string())
    return strings


class _Parts:
    """Reads over the borders of continuation records."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._index = self._at = 0

    @property
    def is_done(self) -> bool:
        return self._index >= len(self._parts) or (
            self._index == len(self._parts) - 1 and self._at >= len(self._parts[-1])
        )

    def take(self, count: int) -> bytes:
        """Raw bytes, over borders."""
        taken = b""
        while len(taken) < count:
            if self._index >= len(self._parts):
                raise CannotReadError("damaged")
            part = self._parts[self._index]
            piece = part[self._at : self._at + count - len(taken)]
            taken += piece
            self._at += len(piece)
            if self._at >= len(part) and len(taken) < count:
                self._index, self._at = self._index + 1, 0
        return taken

    def string(self) -> str:
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 4 else 0
        text = self._characters(length, bool(flags & 1))
        self.take(4 * runs + min(extra, 1 << 20))
        return text[:_LONGEST]

    def _characters(self, length: int, wide: bool) -> str:
        pieces = []
        while length > 0:
            if self._index >= len(self._parts):
                raise CannotReadError("damaged")
            part = self._parts[self._index]
            if self._at >= len(part):
                self._index, self._at = self._index + 1, 0
                if self._index >= len(self._parts):
                    raise CannotReadError("damaged")
                wide = bool(self._parts[self._index][0] & 1)
                self._at = 1
                continue
            size = 2 if wide else 1
            count = min(length, (len(part) - self._at) // size)
            if count <= 0:
                raise CannotReadError("damaged")
            piece = part[self._at : self._at + count * size]
            pieces.append(piece.decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += count * size
            length -= count
        return "".join(pieces)
