"""The process that reads hostile files: a server that forks once a file, under limits. Sends only JSON."""

import contextlib
import dataclasses
import gc
import importlib
import json
import os
import select
import signal
import struct
import sys
import time
from datetime import date
from typing import IO

from pipeline.form.marked_copy import pack
from pipeline.form.markup import mark_copy
from pipeline.form.reader import read_form
from pipeline.form.warm import rehearse, warm
from pipeline.model import FormReading, Language, Problem, System

#: Length of what follows, as in every frame both ways.
_LENGTH = struct.Struct(">Q")
#: The longest result that is passed on.
MAX_RESULT = 16 * 1024 * 1024
_CODECS = (
    "ascii",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "cp1252",
    "cp437",
    "idna",
)


def write_frame(stream: IO[bytes], *pieces: bytes) -> None:
    stream.write(_LENGTH.pack(sum(map(len, pieces))))
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, None at the end of the stream."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = _LENGTH.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else None


def main() -> None:
    """Serve until the other side closes: first the catalogue, then a header and a file for each reading.

    What every reader needs is loaded here, before the first fork, and not while somebody waits.
    """
    for codec in _CODECS:
        "a".encode(codec)
    if hasattr(os, "fork"):
        importlib.import_module("resource")
    requests, results = sys.stdin.buffer, sys.stdout.buffer
    started = read_frame(requests)
    if started is None:
        return
    catalogue = tuple(_system(entry) for entry in json.loads(started))
    warm(catalogue)
    reader = _Reader(catalogue) if hasattr(os, "fork") else None
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        if reader is not None:
            status, result = reader.given(header, data)
        else:
            status, result = "done", _done(json.loads(header), data, catalogue)
        write_frame(results, f"{status:<8}".encode("ascii"), result)
        del data, result
        if reader is not None:
            reader.end()
            reader = _Reader(catalogue)


def _system(entry: dict[str, object]) -> System:
    lists = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return System(**lists)  # type: ignore[arg-type]


def _done(order: dict[str, str], data: bytes, catalogue: tuple[System, ...]) -> bytes:
    """A reading as JSON, or a marked copy as `pack` writes it; nothing where there is none."""
    language: Language = "en" if order["language"] == "en" else "id"
    if order["do"] == "mark":
        problems = tuple(Problem(**p) for p in json.loads(order["problems"]))
        copy = mark_copy(data, order["name"], problems, language)
        return pack(copy) if copy else b""
    reading = read_form(data, order["name"], catalogue, date.fromisoformat(order["today"]), language)
    return _to_json(reading)


def _to_json(reading: FormReading) -> bytes:
    return json.dumps(dataclasses.asdict(reading), default=lambda day: day.isoformat()).encode("ascii")


class _Reader:
    """A fork that reads one file and ends. It is made before its file comes, and has by then written to the
    memory that every reading writes to: a page copied beforehand is not copied while somebody waits.
    This process itself looks into no file."""

    def __init__(self, catalogue: tuple[System, ...]) -> None:
        order_in, self._orders = os.pipe()
        self._results, result_out = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            _read_one(order_in, result_out, catalogue)
        os.close(order_in)
        os.close(result_out)

    def given(self, header: bytes, data: bytes) -> tuple[str, bytes]:
        """Hand over the one file; how it ended and what came of it. `end` must follow."""
        # A reader that ended before it took all of its file is found out when it is waited for.
        with contextlib.suppress(BrokenPipeError), os.fdopen(self._orders, "wb") as orders:
            write_frame(orders, header)
            write_frame(orders, data)
        status, result = _collect(self._results, float(json.loads(header)["wall_s"]))
        os.close(self._results)
        if status == "died":
            _, how = os.waitpid(self._child, 0)
            self._child = 0
            if os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGXCPU:
                status = "slow"
        return status, result

    def end(self) -> None:
        """After its answer a reader has nothing left to do: it is not trusted to end by itself."""
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)


def _read_one(order_in: int, result_out: int, catalogue: tuple[System, ...]) -> None:
    """The whole life of a reader; it never returns. Nothing is read of the file before the limits hold."""
    # Whatever goes wrong in here ends this process and nothing else.
    status = 1
    try:
        # Above both ends of both pipes, so that neither move closes the other.
        moved = max(order_in, result_out) + 1
        os.dup2(result_out, moved)
        os.dup2(order_in, 0)
        os.dup2(moved, 1)
        os.closerange(2, 256)
        rehearse(catalogue)
        # It lives for one file and has a limit: what only a collection would free may stay.
        gc.disable()
        with os.fdopen(0, "rb", closefd=False) as orders:
            header = read_frame(orders)
            if header is None:
                status = 0
                return
            order = json.loads(header)
            _limit(order)
            data = read_frame(orders)
        if data is not None:
            _send(_done(order, data, catalogue))
            status = 0
    except MemoryError:
        status = 3
    finally:
        os._exit(status)


def _limit(order: dict[str, str]) -> None:
    """Bound this process: memory, CPU seconds, no files written, nothing opened: no file, no socket."""
    import resource  # noqa: PLC0415  (there is none on Windows, where this is never called)

    memory, cpu = int(order["memory_mb"]) * 1024 * 1024, int(order["cpu_s"])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # With both limits alike the kernel kills at once and does not say that it was for the time.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What is open stays open; with a limit of 0 nothing else can be.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _send(result: bytes) -> None:
    kept = result[:MAX_RESULT]
    view = memoryview(_LENGTH.pack(len(kept)) + kept)
    while view:
        view = view[os.write(1, view) :]


def _collect(inlet: int, wall_s: float) -> tuple[str, bytes]:
    """The whole result with "done", as soon as it is there; else "slow", or "died" when the pipe closes."""
    found = bytearray()
    end = time.monotonic() + wall_s
    size = None
    while size is None or len(found) < size:
        left = end - time.monotonic()
        if left <= 0 or not select.select([inlet], [], [], left)[0]:
            return "slow", b""
        piece = os.read(inlet, 1 << 20)
        if not piece:
            return "died", b""
        found += piece
        if size is None and len(found) >= _LENGTH.size:
            size = _LENGTH.size + _LENGTH.unpack_from(found)[0]
            if size > _LENGTH.size + MAX_RESULT:
                return "died", b""
    return "done", bytes(found[_LENGTH.size :])
