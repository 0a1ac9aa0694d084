"""Reads and marks forms in a limited child process, kept warm. The caller never looks into a file itself."""

import contextlib
import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from pipeline.form.child import MAX_RESULT, read_frame, write_frame
from pipeline.form.marked_copy import MarkedCopy, unpack
from pipeline.form.reader import unread
from pipeline.form.refusals import file_problem
from pipeline.model import FormReading, Language, PipelineError, Problem, System

#: How much longer than the child's own limit is waited for its keeper, starting it included.
_GRACE_S = 15.0
#: A form with more faults than this is no form.
_MOST_PROBLEMS = 2_000
#: A file that every reader that works says of that it is empty.
_NO_FORM = b""
_START = "import sys; sys.path.insert(0, sys.argv[1]); from pipeline.form.child import main; main()"
#: What the child may know of this process's environment. Passwords stand in the rest.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV", "PYTHONHOME")


@dataclass(frozen=True)
class Limits:
    """What one file may cost."""

    memory_mb: int = 512
    cpu_s: int = 10
    wall_s: int = 20
    #: Larger files are refused unread: not even the child looks at them.
    file_mb: int = 40


class Sandbox:
    """A door to the child that reads forms. Started at the first reading; close() ends it."""

    def __init__(self, catalogue: tuple[System, ...], limits: Limits = Limits()) -> None:
        self._catalogue = json.dumps([dataclasses.asdict(s) for s in catalogue]).encode("utf-8")
        self._limits = limits
        self._lock = threading.Lock()
        self._keeper: subprocess.Popen[bytes] | None = None
        self._readings = TypeAdapter(FormReading)

    def read(self, data: bytes, name: str, today: date, language: Language) -> FormReading:
        """read_form under limits. A file that kills, hangs or floods its reader gets one problem `file`."""
        if len(data) > self._limits.file_mb * 1024 * 1024:
            return unread(file_problem("too_large", "", language), "too_large")
        order = {"do": "read", "name": name[:200], "today": today.isoformat(), "language": language}
        status, result = self._ordered(order, data)
        if status == "done" and len(result) <= MAX_RESULT:
            try:
                return self._readings.validate_json(result)
            except ValidationError:
                status = "died"
        reason = "too_slow" if status == "slow" else "reader_died"
        return unread(file_problem(reason, "", language), reason)

    def mark(
        self, data: bytes, name: str, problems: tuple[Problem, ...], language: Language
    ) -> MarkedCopy | None:
        """mark_copy under limits. None also for a file that kills or hangs its marker."""
        if len(data) > self._limits.file_mb * 1024 * 1024:
            return None
        told = json.dumps([dataclasses.asdict(p) for p in problems[:_MOST_PROBLEMS]])
        order = {"do": "mark", "name": name[:200], "problems": told, "language": language}
        status, result = self._ordered(order, data)
        if status != "done" or not result or len(result) >= MAX_RESULT:
            return None
        return unpack(result)

    def close(self) -> None:
        """End the child. Reading again starts a new one."""
        with self._lock:
            self._end(kill=False)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ordered(self, order: dict[str, str], data: bytes) -> tuple[str, bytes]:
        """How it ended and what came of it: done, slow, died, or lost with the keeper."""
        full = {**order, **{k: str(v) for k, v in dataclasses.asdict(self._limits).items()}}
        with self._lock:
            status, result = self._ask(full, data)
            if status == "lost":
                # The keeper itself may have been ended from outside: once more, with a new one.
                status, result = self._ask(full, data)
            if status == "lost" and self._ask({**full, "do": "read"}, _NO_FORM)[0] != "done":
                raise PipelineError(
                    "The process that reads forms cannot start or dies at once, whatever file it is given.",
                    "Look at the lines above for its own words; check memory and that Python and Akses are "
                    "installed whole (`run.py doctor`). The mails wait.",
                )
        return status, result

    def _ask(self, order: dict[str, str], data: bytes) -> tuple[str, bytes]:
        try:
            keeper = self._started()
            write_frame(_pipe(keeper.stdin), json.dumps(order).encode("utf-8"))
            write_frame(_pipe(keeper.stdin), data)
        except OSError:
            self._end(kill=True)
            return "lost", b""
        answer = _in_time(_pipe(keeper.stdout), self._limits.wall_s + _GRACE_S)
        if not answer:
            self._end(kill=True)
            return ("slow" if answer is None else "lost"), b""
        return answer[:8].decode("ascii").strip(), answer[8:]

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._keeper is not None and self._keeper.poll() is None:
            return self._keeper
        root = Path(__file__).resolve().parents[2]
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._keeper = subprocess.Popen(  # noqa: S603  (our own interpreter and code)
            [sys.executable, "-X", "utf8", "-c", _START, str(root)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True,
        )  # fmt: skip
        write_frame(_pipe(self._keeper.stdin), self._catalogue)
        return self._keeper

    def _end(self, kill: bool) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        with contextlib.suppress(OSError):
            _pipe(keeper.stdin).close()
        if not kill:
            with contextlib.suppress(subprocess.TimeoutExpired):
                keeper.wait(timeout=2)
        if keeper.poll() is None:
            _kill_all(keeper)
        keeper.wait()
        _pipe(keeper.stdout).close()


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("the pipe to the form reader is closed")
    return stream


def _in_time(stream: IO[bytes], seconds: float) -> bytes | None:
    """The next frame, None when it does not come in time, b"" when none will come any more.

    A thread waits: Windows pipes know no timeout."""
    box: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def wait() -> None:
        try:
            box.put(read_frame(stream) or b"")
        except (OSError, ValueError):
            box.put(b"")

    threading.Thread(target=wait, daemon=True).start()
    try:
        return box.get(timeout=seconds)
    except queue.Empty:
        return None


def _kill_all(keeper: "subprocess.Popen[bytes]") -> None:
    """The keeper and the reader it may have forked: they are a session of their own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(keeper.pid, signal.SIGKILL)
        else:
            keeper.kill()
