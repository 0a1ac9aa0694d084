"""A mailbox in a folder (Maildir++), beside whatever else delivers there. Changes no bytes, no flags."""

import itertools
import os
import secrets
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode

from pipeline.host import sync_folder
from pipeline.mail.places import MaildirSettings, Waiting
from pipeline.model import PipelineError

_PLACES = ("new", "cur")
# Two deliveries within one tick of the file system's clock still sort in the order they were made.
_delivery_numbers = itertools.count()


class Maildir:
    """An open Maildir. A handle is the file name without flags: a mail client may change those meanwhile."""

    def __init__(self, root: Path, inbox: Path, folders: dict[str, Path]) -> None:
        self._root = root
        self._inbox = inbox
        self._folders = folders
        self._found: dict[str, Path] = {}

    def waiting(self) -> tuple[Waiting, ...]:
        """All mails of the inbox, by time of arrival (mtime), then by name."""
        with _told(self._root):
            mails = sorted(_mails(self._inbox))
        # A mail that a client is just moving from new to cur can show in both: it is one mail.
        sizes = {base: size for _, base, _, size in mails}
        self._found |= {base: path for _, base, path, _ in mails}
        return tuple(Waiting(handle, size) for handle, size in sizes.items())

    def fetch(self, handle: str, limit: int) -> bytes | None:
        """See Mailbox.fetch."""
        with _told(self._root):
            path = self._locate(handle)
            if path is None:
                return None
            try:
                return _read(path, limit)
            except FileNotFoundError:
                return None

    def move(self, handle: str, folder: str) -> None:
        """See Mailbox.move: a rename that keeps name, place (new or cur), flags and time."""
        if folder not in self._folders:
            raise PipelineError(f"{folder!r} is no folder of this mailbox.", "Name one of mailbox.folders.")
        with _told(self._root):
            path = self._locate(handle)
            if path is None:
                return
            _make(self._folders[folder])
            target = self._folders[folder] / path.parent.name / path.name
            if target.exists():
                # rename would silently take the other mail's place.
                target = target.with_name(f"{secrets.token_hex(8)}.{path.name}")
            try:
                path.rename(target)
            except FileNotFoundError:
                return
            sync_folder(target.parent)
            sync_folder(path.parent)

    def close(self) -> None:
        """Nothing is held open."""

    def _locate(self, handle: str) -> Path | None:
        known = self._found.get(handle)
        if known is None:
            raise PipelineError(
                f"No mail of this session is called {handle[:80]!r}.", "The next poll lists the inbox anew."
            )
        if known.exists():
            return known
        return next((p for _, _, p, _ in _mails(self._inbox) if _base(p.name) == handle), None)


def open_maildir(settings: MaildirSettings, make: bool = True) -> Maildir:
    """Make what is missing of the Maildir and its folders. PipelineError: the place cannot be written.

    Without `make` it can only be looked at, and a Maildir that is not there yet is an empty one."""
    if not make:
        return Maildir(settings.path, settings.path / _folder_name(settings.folders.inbox), {})
    names = tuple(settings.folders)
    with _told(settings.path):
        _make(settings.path)
        folders = {name: settings.path / _folder_name(name) for name in names}
        for name, path in folders.items():
            _make(path)
            if _folder_name(name):
                # The mark of a Maildir++ folder; Courier and Dovecot look for it.
                (path / "maildirfolder").touch(0o600)
    return Maildir(settings.path, folders[settings.folders.inbox], folders)


def deliver(maildir_path: Path, data: bytes) -> Path:
    """Put a mail into the Maildir's new/, whole or not at all, and durably; its path comes back.

    The Maildir is made when missing. PipelineError: it cannot be written (no space, no permission)."""
    return _deliver(maildir_path, data, "")


def deliver_once(maildir_path: Path, data: bytes, key: str) -> Path:
    """As deliver, under the file name `key`; where a mail of that name is there, nothing is written."""
    with _told(maildir_path):
        _make(maildir_path)
        there = (path for _, base, path, _ in _mails(maildir_path) if base == key)
        return next(there, None) or _deliver(maildir_path, data, key)


def _deliver(maildir_path: Path, data: bytes, name: str) -> Path:
    with _told(maildir_path):
        _make(maildir_path)
        temporary = maildir_path / "tmp" / secrets.token_hex(16)
        try:
            _write(temporary, data)
            target = maildir_path / "new" / (name or _unique_name(temporary))
            temporary.rename(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    return target


def _unique_name(temporary: Path) -> str:
    # The customary name (cr.yp.to/proto/maildir.html), with the file's own time instead of a clock's.
    seconds, nanoseconds = divmod(temporary.stat().st_mtime_ns, 10**9)
    host = socket.gethostname().replace("/", "\\057").replace(":", "\\072")
    number = next(_delivery_numbers)
    return f"{seconds}.M{nanoseconds // 1000:06}P{os.getpid()}Q{number:08}R{temporary.name[:12]}.{host}"


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _read(path: Path, limit: int) -> bytes:
    # A link or a pipe in the Maildir is no mail: it could show us any file, or never end.
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        data = stream.read(limit)
    if len(data) < min(size, limit):
        raise PipelineError(
            f"{path} gave {len(data)} of {size} bytes.", "Check the disk that the mailbox is on."
        )
    return data


def _mails(inbox: Path) -> Iterator[tuple[int, str, Path, int]]:
    for place in _PLACES:
        if not (inbox / place).is_dir():
            continue
        with os.scandir(inbox / place) as entries:
            for entry in entries:
                try:
                    facts = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(facts.st_mode) and not entry.name.startswith("."):
                    yield facts.st_mtime_ns, _base(entry.name), Path(entry.path), facts.st_size


def _base(name: str) -> str:
    """The unique part of a file name; what follows the colon are flags, and they change."""
    return name.partition(":")[0]


def _folder_name(name: str) -> str:
    # Maildir++ folders stand side by side; Dovecot and Courier write them in modified UTF-7.
    if name.upper() == "INBOX":
        return ""
    return "." + utf7_encode(name.replace("/", ".")).decode("ascii")


def _make(path: Path) -> None:
    for place in ("tmp", *_PLACES):
        if not (path / place).is_dir():
            (path / place).mkdir(parents=True, mode=0o700, exist_ok=True)
            sync_folder(path)
            sync_folder(path.parent)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PipelineError(
            f"The Maildir {path} cannot be used: {error.strerror or error} ({error.filename or path}).",
            "Check that the path exists on a local disk with free space and belongs to the service's user.",
        ) from error
