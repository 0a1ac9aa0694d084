"""The process that reads hostile files: a server that forks once a file, under limits. Sends only JSON."""

import contextlib
import dataclasses
import json
import os
import select
import signal
import struct
import sys
import time
from datetime import date
from typing import IO

from pipeline.form.markup import mark_copy
from pipeline.form.reader import read_form
from pipeline.form.warm import warm
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
    """Serve until the other side closes: first the catalogue, then a header and a file for each reading."""
    for codec in _CODECS:
        "a".encode(codec)
    requests, results = sys.stdin.buffer, sys.stdout.buffer
    started = read_frame(requests)
    if started is None:
        return
    catalogue = tuple(_system(entry) for entry in json.loads(started))
    warm(catalogue)
    forks = hasattr(os, "fork")
    while (header := read_frame(requests)) is not None:
        data = read_frame(requests)
        if data is None:
            return
        order = json.loads(header)
        if forks:
            status, result = _in_a_fork(order, data, catalogue)
        else:
            status, result = "done", _done(order, data, catalogue)
        write_frame(results, f"{status:<8}".encode("ascii"), result)
        del data, result


def _system(entry: dict[str, object]) -> System:
    lists = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    return System(**lists)  # type: ignore[arg-type]


def _done(order: dict[str, str], data: bytes, catalogue: tuple[System, ...]) -> bytes:
    """A reading as JSON, or a marked copy: its name and its type, a line each, then its bytes."""
    language: Language = "en" if order["language"] == "en" else "id"
    if order["do"] == "mark":
        problems = tuple(Problem(**p) for p in json.loads(order["problems"]))
        copy = mark_copy(data, order["name"], problems, language)
        return b"\n".join((copy.name.encode(), copy.content_type.encode(), copy.data)) if copy else b""
    reading = read_form(data, order["name"], catalogue, date.fromisoformat(order["today"]), language)
    return _to_json(reading)


def _to_json(reading: FormReading) -> bytes:
    return json.dumps(dataclasses.asdict(reading), default=lambda day: day.isoformat()).encode("ascii")


def _in_a_fork(order: dict[str, str], data: bytes, catalogue: tuple[System, ...]) -> tuple[str, bytes]:
    """Fork, read there, take what comes through the pipe. This process itself looks into no file."""
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        _limited(outlet, order)
        # Whatever goes wrong in here ends this process and nothing else.
        status = 1
        try:
            _send(_done(order, data, catalogue))
            status = 0
        except MemoryError:
            status = 3
        finally:
            os._exit(status)
    os.close(outlet)
    result, in_time = _collect(inlet, float(order["wall_s"]))
    os.close(inlet)
    if not in_time:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    if not in_time or (os.WIFSIGNALED(how) and os.WTERMSIG(how) == signal.SIGXCPU):
        return "slow", b""
    if how != 0:
        return "died", b""
    return "done", result


def _limited(outlet: int, order: dict[str, str]) -> None:
    """Bound this process: memory, CPU seconds, no files written, nothing opened: no file, no socket."""
    import resource  # noqa: PLC0415  (there is none on Windows, where this is never called)

    memory, cpu = int(order["memory_mb"]) * 1024 * 1024, int(order["cpu_s"])
    os.dup2(outlet, 0)
    os.closerange(1, 2)
    os.closerange(3, 256)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # With both limits alike the kernel kills at once and does not say that it was for the time.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Descriptor 1 is free and descriptors start at 0: a limit of 1 leaves none to open anything with.
    resource.setrlimit(resource.RLIMIT_NOFILE, (1, 1))


def _send(result: bytes) -> None:
    view = memoryview(result[:MAX_RESULT])
    while view:
        view = view[os.write(0, view) :]


def _collect(inlet: int, wall_s: float) -> tuple[bytes, bool]:
    """All that comes until the pipe closes, and whether that was in time."""
    pieces: list[bytes] = []
    end = time.monotonic() + wall_s
    while True:
        left = end - time.monotonic()
        if left <= 0 or not select.select([inlet], [], [], left)[0]:
            return b"", False
        piece = os.read(inlet, 1 << 20)
        if not piece:
            return b"".join(pieces), True
        pieces.append(piece)
