"""Reads the streams of an OLE compound file ([MS-CFB]), which xls and encrypted files are. Bounded."""

import struct

from pipeline.form.grid import CannotReadError

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_MOST_SECTORS = 200_000


class OleFile:
    """The directory of a compound file and its streams by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self._open(data)
        except (struct.error, IndexError) as error:
            raise CannotReadError("damaged") from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or small_shift != 6:
            raise CannotReadError("damaged")
        self._size = 1 << shift
        first_directory, cutoff, first_small, _, first_extra, extras = struct.unpack_from(
            "<I4xIIIII", data, 48
        )
        blocks = list(struct.unpack_from("<109I", data, 76))
        sector = first_extra
        while extras and sector < _END and len(blocks) < _MOST_SECTORS:
            entries = struct.unpack_from(f"<{self._size // 4}I", self._sector(sector))
            blocks += entries[:-1]
            sector, extras = entries[-1], extras - 1
        self._next: list[int] = []
        for block in blocks:
            if block < _END:
                part = self._sector(block)
                self._next += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
        self._small_next = self._numbers(self._chain(first_small))
        self._cutoff = cutoff
        self.entries: dict[str, tuple[int, int]] = {}
        self._small = b""
        self._read_directory(self._chain(first_directory))

    def _read_directory(self, directory: bytes) -> None:
        root = (_END, 0)
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                root = (start, size)
            elif kind in {1, 2}:
                self.entries.setdefault(name, (start, size))
        self._small = self._chain(root[0])

    def has(self, name: str) -> bool:
        return name in self.entries

    def stream(self, name: str) -> bytes:
        """A stream's bytes; CannotReadError where its chain is broken."""
        start, size = self.entries[name]
        try:
            whole = self._small_chain(start) if size < self._cutoff else self._chain(start)
        except (struct.error, IndexError) as error:
            raise CannotReadError("damaged") from error
        if len(whole) < size:
            raise CannotReadError("damaged")
        return whole[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise CannotReadError("damaged")
        return self._data[start : start + self._size]

    def _chain(self, sector: int) -> bytes:
        pieces = []
        seen = 0
        while sector < _END:
            pieces.append(self._sector(sector))
            seen += 1
            if seen > len(self._next) or seen > _MOST_SECTORS:
                raise CannotReadError("damaged")
            sector = self._next[sector]
        return b"".join(pieces)

    def _small_chain(self, sector: int) -> bytes:
        pieces = []
        while sector < _END:
            pieces.append(self._small[sector * 64 : sector * 64 + 64])
            if len(pieces) > len(self._small_next):
                raise CannotReadError("damaged")
            sector = self._small_next[sector]
        return b"".join(pieces)

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
