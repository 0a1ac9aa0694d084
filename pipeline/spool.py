"""The original mails by their SHA-256: the evidence. Written once, durably; never changed, never removed."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.host import sync_folder, write_durably
from pipeline.model import PipelineError

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Spool:
    """A folder of mails, named ab/cdef....eml by the hash of their bytes. One writer at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, raw: bytes) -> str:
        """Store a mail; once its sha256 comes back, it is on disk. The same mail again is done already.

        PipelineError: the disk is full or broken. A damaged earlier copy is replaced."""
        sha = hashlib.sha256(raw).hexdigest()
        path = self._path(sha)
        with _told(self._folder):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _read(path) != raw:
                write_durably(path, raw)
            # Also for a mail that was there: a crash may have come between its rename and this.
            for folder in (path.parent, self._folder, self._folder.parent):
                sync_folder(folder)
        return sha

    def read(self, sha: str) -> bytes:
        """The mail of that hash, checked. PipelineError: missing, or no longer what was stored."""
        path = self._path(sha)
        with _told(self._folder):
            raw = _read(path)
        if raw is None or hashlib.sha256(raw).hexdigest() != sha:
            raise PipelineError(
                f"The stored mail {path} is {'missing' if raw is None else 'damaged'}.",
                "Restore the spool folder from the backup; the mailbox's folders still hold the mail too.",
            )
        return raw

    def has(self, sha: str) -> bool:
        """Whether a mail of that hash is stored (its bytes are not checked)."""
        return self._path(sha).is_file()

    def sweep(self) -> int:
        """Remove what a crash left half written; the count comes back. For the one writer, at its start."""
        with _told(self._folder):
            stale = list(self._folder.glob("*/.*.tmp"))
            for path in stale:
                path.unlink(missing_ok=True)
        return len(stale)

    def _path(self, sha: str) -> Path:
        # Names come from the journal and the command line; none may lead out of the spool.
        if not _SHA256.fullmatch(sha):
            raise PipelineError(f"{sha[:80]!r} is no sha256 of a mail.", "Give its 64 hexadecimal digits.")
        return self._folder / sha[:2] / f"{sha[2:]}.eml"


def _read(path: Path) -> bytes | None:
    # A link in the spool was made by someone else and could show us any file.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PipelineError(
            f"The mail store {folder} cannot be used: {error.strerror or error}.",
            "Check free space, permissions and the disk; until then no mail is taken from the mailbox.",
        ) from error
