"""Gives columns of a table other names: in the heading, the table, and every formula that names them."""

import io
import re
from collections.abc import Iterator, Mapping

from pipeline.register.package.changes import SheetChanges
from pipeline.register.package.editing import Package, open_package
from pipeline.register.package.markup import ATTRIBUTES, escape, with_attribute
from pipeline.register.package.parts import TablePart

_COLUMN = re.compile(rb"(<(?:[\w.-]+:)?tableColumn(?=[\s/>]))(%s)>" % ATTRIBUTES)
#: Parts in which no formula stands, whatever their text looks like.
_WITHOUT = ("sharedstrings", "/styles", "/theme/", "/media/", "/comments", "docprops/", "/persons/")


def rename_columns(source: bytes, table: str, names: Mapping[int, str]) -> bytes:
    """The workbook with these names at these columns (by number) of a table. Refused where it cannot be done.

    What names a column of the table ("Register[Ket]", in cells, names, rules, charts) follows, as in Excel.
    """
    with open_package(source) as package:
        found = package.table(table)
        first = found.first_column
        old = {found.columns[place - first]: name for place, name in names.items()}
        parts = dict(_followed(package, found, old))
        parts[found.part] = _renamed(parts.get(found.part) or package.parts.read(found.part), first, names)
        half = io.BytesIO()
        package.save(half, {}, parts=parts)
    with open_package(half.getvalue()) as package:
        head = SheetChanges({found.header_row: dict(names)})
        target = io.BytesIO()
        package.save(target, {package.table(table).sheet.part: head})
    return target.getvalue()


def _renamed(part: bytes, first: int, names: Mapping[int, str]) -> bytes:
    place = first - 1

    def one(found: re.Match[bytes]) -> bytes:
        nonlocal place
        place += 1
        if place not in names:
            return found[0]
        return found[1] + with_attribute(found[2], "name", names[place]) + b">"

    return _COLUMN.sub(one, part)


def _followed(package: Package, table: TablePart, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The parts in which one of the columns is named, with the new name."""
    tokens = {
        b"[" + _token(old) + b"]": b"[" + _token(new) + b"]" for old, new in names.items() if old != new
    }
    reference = re.compile(
        rb"\b" + re.escape(escape(table.name)) + rb"\[(?:[^\[\]]|\[[^\[\]]*\])*\]", re.IGNORECASE
    )

    def follow(found: re.Match[bytes]) -> bytes:
        text = found[0]
        for old, new in tokens.items():
            text = text.replace(old, new)
        return text

    for name in package.parts.names:
        low = name.casefold()
        if not low.endswith(".xml") or any(word in low for word in _WITHOUT):
            continue
        if _holds(package, name, tuple(tokens)):
            part = package.parts.read(name)
            changed = reference.sub(follow, part)
            if changed != part:
                yield name, changed


def _holds(package: Package, name: str, tokens: tuple[bytes, ...]) -> bool:
    longest, before = max(map(len, tokens), default=0), b""
    for piece in package.stream(name):
        data = before + piece
        if any(token in data for token in tokens):
            return True
        before = data[-longest:]
    return False


def _token(name: str) -> bytes:
    """A column's name as a formula has it: an apostrophe before brackets and other signs of its own."""
    return escape(re.sub(r"(['\[\]#@])", r"'\1", name))
