"""Puts a new register in the old one's place so that no save by a human is lost. Looks into no workbook."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import host
from pipeline.model import PipelineError
from pipeline.register.locks import lock_file, lock_on, locked_since

__all__ = ["Swap", "lock_file", "lock_on", "locked_since", "swap_in", "sweep"]

_HASH = 16
_VERSION = re.compile(r"(\d{6})-")
#: Beside the register: ".NAME.<hash of the new>-<hash of the old>.akses" holds the new one until the exchange
#: and the displaced one after it; ".part" is one that is still being written.
_READY, _PART = ".akses", ".akses-part"


@dataclass(frozen=True)
class Swap:
    """What became of a swap. `displaced`: a version that somebody saved between our read and our swap.

    It is in its place again (or a still newer save is), so the caller merges it and starts over from reading.
    """

    done: bool
    displaced: bytes | None = None


def swap_in(path: Path, new: bytes, expected_sha256: str | None, versions: Path, keep: int = 30) -> Swap:
    """Put `new` at `path`, where a file with the hash `expected_sha256` stands (None: where nothing stands).

    Not done, and the file at `path` as people left it, when it is open elsewhere (PermissionError, a sharing
    violation), was saved or removed in between, or exists though it should not. The displaced file is kept in
    the folder `versions`, which holds the last `keep`. Other OSErrors (a full disk) go to the caller; then
    too the file at `path` is whole.
    """
    path = path.resolve()
    versions.mkdir(parents=True, exist_ok=True)
    job = _Job(path, _beside(path, _digest(new), expected_sha256 or ""), _digest(new), versions, keep)
    try:
        _write_beside(path, job.beside, new)
        if expected_sha256 is None:
            return Swap(_place(path, job.beside))
        left = _trade(path, job.beside)
        if left is not None:
            displaced = _retire(job, left)
            return Swap(False, displaced if _digest(displaced) != expected_sha256 else None)
        return _check_displaced(job, expected_sha256)
    except (FileNotFoundError, PermissionError):
        # Gone for a moment while Excel saves, or held open by a program on Windows: another time.
        return Swap(False)
    finally:
        _drop_unswapped(job)


def sweep(path: Path) -> tuple[Path, ...]:
    """Clear up beside the register after a crash in the middle of a swap. Only the one writer may call this.

    A file that was displaced and not yet looked at goes back to its place when ours is still there, so that a
    save it may hold is read and merged as usual. When a newer save is there already, it is kept beside the
    register under a name people see, and returned.
    """
    path = path.resolve()
    for part in path.parent.glob(f".{_escaped(path.name)}.*{_PART}"):
        part.unlink(missing_ok=True)
    kept = [_settle(path, file) for file in sorted(path.parent.glob(f".{_escaped(path.name)}.*{_READY}"))]
    return tuple(file for file in kept if file is not None)


@dataclass(frozen=True)
class _Job:
    """One swap: our file `beside`, its hash, and where displaced versions are kept."""

    path: Path
    beside: Path
    ours: str
    versions: Path
    keep: int


def _beside(path: Path, new: str, old: str) -> Path:
    return path.with_name(f".{path.name}.{new[:_HASH]}-{old[:_HASH]}{_READY}")


def _write_beside(path: Path, beside: Path, new: bytes) -> None:
    part = beside.with_name(beside.name.removesuffix(_READY) + _PART)
    try:
        part.unlink(missing_ok=True)
        host.write_new(part, new)
        if path.exists():
            host.dress_like(part, path)
        host.move_aside(part, beside)
    except PermissionError as error:
        part.unlink(missing_ok=True)
        raise PipelineError(
            f"The folder {path.parent} cannot be written to.",
            "Give the service the right to make files there.",
        ) from error
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _place(path: Path, beside: Path) -> bool:
    if not host.place_new(beside, path):
        return False
    host.sync_folder(path.parent)
    return True


def _trade(path: Path, beside: Path) -> Path | None:
    """Let `path` and `beside` trade places; None when they did.

    Else somebody saved at `path` in that moment: theirs stands there, `beside` is as it was, and what stood
    at `path` before has the name that is returned.
    """
    if host.exchange(path, beside):
        return None
    # Without an exchange in one step the name is free for a moment. Whoever takes it then, keeps it.
    old = beside.with_name(f"{beside.name}.old{_READY}")
    host.move_aside(path, old)
    if not host.place_new(beside, path):
        return old
    host.move_aside(old, beside)
    return None


def _check_displaced(job: _Job, expected: str) -> Swap:
    displaced = job.beside.read_bytes()
    _keep_version(job, displaced, job.beside)
    if _digest(displaced) == expected:
        host.sync_folder(job.path.parent)
        job.beside.unlink()
        return Swap(True)
    # Somebody saved between our read and our swap. Theirs, with all in it that we do not understand, comes
    # back.
    left = _trade(job.path, job.beside)
    newest = job.beside.read_bytes()
    if left is None and _digest(newest) != job.ours:
        _keep_version(job, newest, job.beside)
        # And somebody has saved over ours in this very moment: that is the newest, and stays. The one
        # displaced first is in `versions`, and goes to the caller, who merges it.
        left = _trade(job.path, job.beside)
    if left is not None:
        _retire(job, left)
    job.beside.unlink(missing_ok=True)
    host.sync_folder(job.path.parent)
    return Swap(False, displaced)


def _retire(job: _Job, file: Path) -> bytes:
    """Remove a file that is out of its place; a version that is not ours is kept among the versions."""
    data = file.read_bytes()
    if _digest(data) != job.ours:
        _keep_version(job, data, file)
    file.unlink()
    return data


def _drop_unswapped(job: _Job) -> None:
    """Remove our own file if it was not swapped in; anything else in its place is for `sweep`."""
    try:
        if _digest(job.beside.read_bytes()) == job.ours:
            job.beside.unlink()
    except OSError:
        return


def _keep_version(job: _Job, data: bytes, file: Path) -> None:
    """Number the versions one by one, with the day and time (UTC) at which each was saved."""
    saved = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    for unfinished in job.versions.glob(".*.tmp"):
        unfinished.unlink(missing_ok=True)
    there = sorted(entry for entry in job.versions.iterdir() if _VERSION.match(entry.name))
    number = int(there[-1].name[:6]) + 1 if there else 1
    host.write_durably(job.versions / f"{number:06d}-{saved:%Y%m%dT%H%M%SZ}-{job.path.name}", data)
    for old in there[: max(0, len(there) + 1 - job.keep)]:
        old.unlink(missing_ok=True)


def _settle(path: Path, file: Path) -> Path | None:
    """One file that a crash left: ours (not swapped in), the old one (nothing lost), or a human's save."""
    found = _digest(file.read_bytes())
    new, _, old = file.name.removeprefix(f".{path.name}.").partition(_READY)[0].partition("-")
    if found[:_HASH] == new:
        file.unlink()
        return None
    if not path.exists():
        host.place_new(file, path)
        host.sync_folder(path.parent)
        return None
    standing = _digest(path.read_bytes())[:_HASH]
    if standing == new:
        left = _trade(path, file)
        if left is None:
            file.unlink()
            host.sync_folder(path.parent)
            return None
        left.unlink()
    if found[:_HASH] == old:
        file.unlink()
        return None
    kept = path.with_name(f"{path.stem} (salinan {found[:8]}){path.suffix}")
    host.move_aside(file, kept)
    return kept


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _escaped(name: str) -> str:
    """A name in which a glob's own letters stand for themselves."""
    return re.sub(r"([*?\[])", r"[\1]", name)
