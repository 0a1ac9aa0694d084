"""Who has the register open, by the owner files of Excel and LibreOffice. Touches no file."""

from datetime import UTC, datetime
from pathlib import Path

#: Excel: one byte with the length of an 8-bit name, the name, and at offset 55 a 16-bit length and the name
#: in UTF-16LE; 165 bytes in all (Word's are 162). Nobody publishes this; it was measured.
_WIDE_AT = 55
_NAME_LIMIT = 54
#: No owner file is longer than a few hundred bytes.
_READ = 4_096


def lock_on(path: Path) -> str:
    """Who has the register open ("Budi Santoso (Excel)"), "" when nobody has.

    An owner file that was left over by a crash is honoured too: see `lock_file` and `locked_since`.
    """
    file = lock_file(path)
    if file is None:
        return ""
    program = "Excel" if file.name.startswith("~$") else "LibreOffice"
    try:
        with file.open("rb") as stream:
            data = stream.read(_READ)
    except FileNotFoundError:
        return ""
    except OSError:
        # Excel on Windows lets nobody else read its owner file: it is there, and that is enough.
        data = b""
    name = _excel_name(data) if program == "Excel" else _libreoffice_name(data)
    return f"{name} ({program})" if name else program


def lock_file(path: Path) -> Path | None:
    """The owner file beside the register, or beside what it is a link to; None when there is none."""
    for place in dict.fromkeys((path.absolute(), path.resolve())):
        for name in (f"~${place.name}", f".~lock.{place.name}#"):
            file = place.with_name(name)
            if file.exists():
                return file
    return None


def locked_since(path: Path) -> datetime | None:
    """When the owner file was made (UTC); None when nobody has the register open."""
    file = lock_file(path)
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC) if file else None
    except FileNotFoundError:
        return None


def _excel_name(data: bytes) -> str:
    if len(data) > _WIDE_AT + 2:
        length = min(int.from_bytes(data[_WIDE_AT : _WIDE_AT + 2], "little"), _NAME_LIMIT)
        wide = data[_WIDE_AT + 2 : _WIDE_AT + 2 + 2 * length].decode("utf-16-le", "ignore")
        if _tidy(wide):
            return _tidy(wide)
    return _tidy(data[1 : 1 + min(data[0], _NAME_LIMIT)].decode("cp1252", "ignore")) if data else ""


def _libreoffice_name(data: bytes) -> str:
    """ ",sari,pc-07,24.11.2026 15:05,file:///...;".

    The name given in LibreOffice, else the account, and the host.
    """
    fields = _fields(data.decode("utf-8", "replace"))
    name = next((field for field in map(_tidy, fields[:2]) if field), "")
    host = _tidy(fields[2]) if len(fields) > 2 else ""
    return f"{name}, {host}" if name and host else name or host


def _fields(text: str) -> list[str]:
    """Split at commas; a backslash takes the meaning from what follows it."""
    fields, escaped = [""], False
    for letter in text:
        if escaped:
            fields[-1] += letter
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == ";":
            break
        elif letter == ",":
            fields.append("")
        else:
            fields[-1] += letter
    return fields


def _tidy(name: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())[:80]
