"""Packs and unpacks streams, on other cores than the one that edits; by ISA-L or else by zlib."""

import queue
import threading
import zlib
from collections.abc import Iterator
from typing import Any

try:
    from isal import isal_zlib as _fast

    _codec: Any = _fast
    _LEVEL = 2
except ImportError:
    _codec = zlib
    _LEVEL = 1

#: Bytes that travel together.
CHUNK = 1 << 20
_RAW = -15
_AHEAD = 3


def inflate(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked pieces of at most a megabyte; zlib.error or EOFError where the stream is damaged."""
    worker = _codec.decompressobj(_RAW)
    for piece in packed:
        yield from _unpack(worker, piece)
    rest = worker.flush()
    if rest:
        yield rest
    if not worker.eof:
        raise EOFError("the stream ends too early")


def _unpack(worker: Any, piece: bytes) -> Iterator[bytes]:
    while piece and not worker.eof:
        try:
            out = worker.decompress(piece, CHUNK)
        except _codec.error as error:  # isal has one of its own
            raise zlib.error(str(error)) from error
        piece = worker.unconsumed_tail
        if out:
            yield out


def crc32(piece: bytes, before: int) -> int:
    return int(_codec.crc32(piece, before))


class deflate:  # noqa: N801 - an iterator that tells two things at its end, used as a function
    """Packed pieces; afterwards `crc` and `size` tell of what was packed."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.crc = 0
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        worker = _codec.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
        for piece in self._pieces:
            self.crc = crc32(piece, self.crc)
            self.size += len(piece)
            packed = worker.compress(piece)
            if packed:
                yield packed
        yield worker.flush()


class Ahead:
    """The same pieces, made in a thread of their own a little before they are asked for.

    with Ahead(pieces) as pieces: ...     an error of theirs is raised here; on leaving the thread ends
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._queue: queue.Queue[bytes | BaseException | None] = queue.Queue(_AHEAD)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Iterator[bytes]:
        self._thread.start()
        return iter(self._take())

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        while self._thread.is_alive():
            try:
                self._queue.get(timeout=0.01)
            except queue.Empty:
                continue

    def _take(self) -> Iterator[bytes]:
        while True:
            piece = self._queue.get()
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    def _run(self) -> None:
        try:
            for piece in self._pieces:
                if self._stopped.is_set():
                    return
                self._queue.put(piece)
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
            self._queue.put(error)
        else:
            self._queue.put(None)
