"""A race made on purpose: at the k-th step of a swap somebody saves the file, or the power goes."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pipeline import host
from pipeline.register import swap

#: Everything by which a swap touches the disk, before and after each of which something may happen.
_HOST = ("write_new", "dress_like", "move_aside", "exchange", "place_new", "sync_folder", "write_durably")
_PATH = ("read_bytes", "unlink")


class PowerCut(BaseException):
    """The process ends here: nothing after this point runs."""


class Steps:
    """Counts the steps of a swap, and calls something at one or two of them."""

    def __init__(self, at: dict[int, Callable[[], None]]) -> None:
        self.count = 0
        self._at = at
        self._dead = self._inside = False

    def step(self) -> None:
        if self._inside:
            return
        if self._dead:
            raise PowerCut
        self.count += 1
        action = self._at.get(self.count)
        if action is not None:
            self._inside = True
            try:
                action()
            except PowerCut:
                self._dead = True
                raise
            finally:
                self._inside = False

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*args: Any, **options: Any) -> Any:
            self.step()
            result = function(*args, **options)
            self.step()
            return result

        return stepped


@contextmanager
def steps(at: dict[int, Callable[[], None]], can_exchange: bool) -> Iterator[Steps]:
    """Within this, every step of a swap is counted; without exchange it takes its other way."""
    counter = Steps(at)
    with pytest.MonkeyPatch.context() as patch:
        if not can_exchange:
            patch.setattr(host, "exchange", lambda _first, _second: False)
        for name in _HOST:
            patch.setattr(host, name, counter.wrap(getattr(host, name)))
        for name in _PATH:
            patch.setattr(Path, name, counter.wrap(getattr(Path, name)))
        yield counter


def power_cut() -> None:
    raise PowerCut


# --- how programs save -------------------------------------------------------------------------------


def save_in_place(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)


def save_by_rename(path: Path, data: bytes) -> None:
    beside = path.with_name("editor.tmp")
    with beside.open("wb") as stream:
        stream.write(data)
    os.replace(beside, path)


def save_as_excel(path: Path, data: bytes) -> None:
    """To a temporary file, the old one renamed and deleted, the temporary one renamed."""
    beside, old = path.with_name("1A2B3C00"), path.with_name("1A2B3C01.tmp")
    with beside.open("wb") as stream:
        stream.write(data)
    if path.exists():
        os.replace(path, old)
    os.replace(beside, path)
    if old.exists():
        os.remove(old)


SAVES = (save_in_place, save_by_rename, save_as_excel)


class Office:
    """The smallest register: a set of entries in a file, and a journal that must end with all of them."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "Register.xlsx"
        self.versions = folder / "versions"
        self.journal: set[str] = set()
        self.generation = 0
        self.written: set[str] = set()
        self.round()

    def entry(self, name: str, save: Callable[[Path, bytes], None]) -> Callable[[], None]:
        """A person who opens the register as it is now, adds an entry, and saves."""

        def act() -> None:
            if not self.path.exists():
                return
            with self.path.open("rb") as stream:
                content = json.loads(stream.read() or b'{"generation": 0, "entries": []}')
            self.written.add(name)
            content["entries"] = sorted({*content["entries"], name})
            save(self.path, json.dumps(content).encode())

        return act

    def round(self) -> bool:
        """One pass as the flow makes it: read, record, write anew, swap; whether the swap was done."""
        old = self.path.read_bytes() if self.path.exists() else None
        self._record(old)
        self.generation += 1
        new = json.dumps({"generation": self.generation, "entries": sorted(self.journal)}).encode()
        expected = swap._digest(old) if old is not None else None
        result = swap.swap_in(self.path, new, expected, self.versions)
        self._record(result.displaced)
        return result.done

    def settle(self) -> None:
        """After the race: sweep, as each start does, and go on until a swap is done."""
        swap.sweep(self.path)
        for _ in range(5):
            if self.round():
                return
        raise AssertionError("the register never came to rest")

    def _record(self, data: bytes | None) -> None:
        self.journal |= set(json.loads(data)["entries"]) if data else set()
