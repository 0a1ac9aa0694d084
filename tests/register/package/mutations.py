"""Workbooks that are slightly wrong: each made from a good one and a number, always the same."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]
#: Parts whose XML decides what an edit does; a false count of shared strings would make calamine abort.
_PARTS = (
    "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/tables/table1.xml", "xl/styles.xml", "_rels/.rels",
    "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels", "[Content_Types].xml",
)  # fmt: skip
_SPLICES = (
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE x>", b"<?x?>", b"</row>", b"<row>", b'<row r="9">',
    b"<c/>", b'<c r="A1"><v>1</v></c>', b"</sheetData>", b"<sheetData/>", b'r="A1"',
    b"&bad;", b"\x00", b"\xff", b"x:",
    b'ref="A1"', b'<f t="shared" si="0"/>', b"'", b'"', b">", b"/", b' s="99999"',
    b"<mergeCell ref='A9:B99'/>",
)  # fmt: skip


def mutated(data: bytes, seed: str) -> bytes:
    """The workbook with one to three things wrong."""
    dice = random.Random(seed)
    for _ in range(dice.choice((1, 1, 2, 3))):
        try:
            data = dice.choice(_MUTATIONS)(data, dice)
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, zipfile.LargeZipFile, NotImplementedError):
            break
        except (RuntimeError, IndexError, struct.error, zlib.error):
            break
    return data


def _flip(data: bytes, dice: random.Random) -> bytes:
    """Some bytes anywhere in the file."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _flip_directory(data: bytes, dice: random.Random) -> bytes:
    """Some bytes of the zip's directory."""
    start, changed = data.rindex(b"PK\x05\x06") - 500, bytearray(data)
    for _ in range(dice.randint(1, 3)):
        changed[dice.randrange(max(start, 0), len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))] if dice.random() < 0.5 else data[dice.randrange(200) :]


def _in_part(change: Callable[[bytes, random.Random], bytes]) -> Mutation:
    def mutation(data: bytes, dice: random.Random) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            there = [name for name in archive.namelist() if name in _PARTS]
            # The sheet is what is edited: every second change is there.
            name = there[0] if not there or dice.random() < 0.5 else dice.choice(there)
            if dice.random() < 0.5 and _PARTS[0] in there:
                name = _PARTS[0]
            return _rezipped(archive, {name: change(archive.read(name), dice)})

    return mutation


def _splice(part: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(part) + 1)
    return part[:place] + dice.choice(_SPLICES) + part[place:]


def _splice_tag(part: bytes, dice: random.Random) -> bytes:
    """Something between two tags."""
    places = [found.end() for found in re.finditer(rb">", part)]
    place = dice.choice(places or [0])
    return part[:place] + dice.choice(_SPLICES) + part[place:]


def _drop(part: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(part) + 1)
    return part[:place] + part[place + dice.randint(1, 40) :]


def _double(part: bytes, dice: random.Random) -> bytes:
    """An element twice, or somewhere else."""
    tags = list(re.finditer(rb"<[^<>]+>", part))
    one, other = dice.choice(tags), dice.choice(tags)
    return part[: other.start()] + one[0] + part[other.start() :]


def _number(part: bytes, dice: random.Random) -> bytes:
    """Another number in an attribute, or an attribute lost."""
    found = dice.choice(list(re.finditer(rb'\s([\w:]+)="([^"]*)"', part)))
    new = dice.choice(
        (b"0", b"-1", b"1048576", b"1048577", b"99999999999", b"", b"A1", b"x", b"A1:B2", b"ZZZ9")
    )
    if dice.random() < 0.3:
        return part[: found.start()] + part[found.end() :]
    return part[: found.start(2)] + new + part[found.end(2) :]


def _encode(part: bytes, dice: random.Random) -> bytes:
    return part.decode(errors="replace").encode(
        dice.choice(("utf-16", "utf-16-le", "latin-1", "utf-8-sig")), "replace"
    )


def _lose_part(data: bytes, dice: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _rezipped(archive, {dice.choice(archive.namelist()): None})


def _rezipped(archive: zipfile.ZipFile, changes: dict[str, bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in archive.namelist():
            content = changes.get(name, archive.read(name)) if name in changes else archive.read(name)
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


_MUTATIONS: list[Mutation] = [
    _flip, _flip_directory, _cut, _lose_part, *(_in_part(one) for one in (
        _splice, _splice, _splice_tag, _splice_tag, _drop, _double, _double, _number, _number, _encode)),
]  # fmt: skip
