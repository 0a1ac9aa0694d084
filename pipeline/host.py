"""Everything that depends on the operating system, each with its fallback. Knows nothing of requests."""

import ctypes
import errno
import os
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make a rename inside `folder` durable. Windows cannot open folders and needs no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes, shared: bool = False) -> None:
    """Put `data` at `path`, whole or not at all: temporary file, fsync, rename, fsync of the folder.

    For the service's own eyes; with `shared`, readable as the umask says."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(
        temporary,
        os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0),
        0o666 if shared else 0o600,
    )
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


#: How a system says that it cannot exchange two files: unknown call, unknown flag, or not on this file
#: system.
_CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def exchange(first: Path, second: Path) -> bool:
    """Let two existing files trade their names in one step that nobody can see half done.

    False where the system or the file system has no such step (renameat2 on Linux, renamex_np on macOS): then
    nothing has happened. OSError as for a rename.
    """
    names = os.fsencode(first), os.fsencode(second)
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(names[0], names[1], _RENAME_SWAP)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))


def move_aside(source: Path, target: Path) -> None:
    """Rename a file.

    What stood at `target` before is gone. FileNotFoundError, PermissionError as the system says.
    """
    os.replace(source, target)


def place_new(source: Path, target: Path) -> bool:
    """Give `source` the name `target` unless that name is taken: False then, and nothing has happened."""
    if os.name == "nt":
        try:
            # On Windows this fails where the target exists; elsewhere it would overwrite it.
            os.rename(source, target)
        except FileExistsError:
            return False
        return True
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _CANNOT_EXCHANGE | {errno.EMLINK, errno.EXDEV}:
            raise
        # A file system without hard links (some shares): the look and the rename are two steps there.
        if os.path.lexists(target):
            return False
        os.rename(source, target)
        return True
    os.unlink(source)
    return True


def write_new(path: Path, data: bytes) -> None:
    """Write a new file and make its bytes durable.

    Readable as the umask says. Its name is the caller's to sync.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def dress_like(path: Path, pattern: Path) -> None:
    """Give `path` the owner, permissions and access lists of `pattern`, where the system lets us."""
    if os.name == "nt":
        return
    stat = pattern.stat()
    try:
        os.chown(path, stat.st_uid, stat.st_gid)
    except PermissionError:
        # Only root gives files away; the group alone may still be ours to set.
        with suppress(PermissionError):
            os.chown(path, -1, stat.st_gid)
    shutil.copymode(pattern, path)
    for name in os.listxattr(pattern) if hasattr(os, "listxattr") else ():
        try:
            os.setxattr(path, name, os.getxattr(pattern, name))
        except OSError:
            continue


def make_read_only(path: Path) -> None:
    """Nobody changes the file by mistake; Windows knows no more than that either."""
    path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
