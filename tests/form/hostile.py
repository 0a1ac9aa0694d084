"""Files that want to hurt their reader: small bombs made where they are needed. Reads nothing."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM, Habit, lay_out

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
_MB = 1024 * 1024


def sound() -> bytes:
    """A form that is read without a problem."""
    return to_xlsx(Page("Form", lay_out(FORM, Habit())))


def remade(edit: Callable[[Parts], Parts], stored: bool = False) -> bytes:
    """The sound form with its parts edited."""
    with zipfile.ZipFile(io.BytesIO(sound())) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as package:
        for name, data in edit(parts).items():
            package.writestr(name, data)
    return out.getvalue()


def _in_sheet(more: bytes) -> bytes:
    return remade(
        lambda parts: {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", more + b"</sheetData>")}
    )


def formatted_rows(last: int) -> bytes:
    """A sound form with formatted empty rows down to row `last`, as a careless paste leaves them."""
    return _in_sheet(b"".join(b'<row r="%d" s="1" customFormat="1"/>' % n for n in range(60, last + 1)))


def _entities(part: str) -> bytes:
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(10)]
    head = f"<!DOCTYPE l [{''.join(names)}]>".encode()

    def edit(parts: Parts) -> Parts:
        start, _, rest = parts[part].partition(b"?>")
        rest = rest.replace(b"<t>", b"<t>&a9;").replace(b'name="Form"', b'name="&a9;"')
        return {**parts, part: start + b"?>" + head + rest}

    return remade(edit)


#: What it is -> (the file, what of it may be read: True in full, False only a problem with `file`).
BOMBS: dict[str, tuple[Callable[[], bytes], bool]] = {
    "100 MB of blanks in the sheet": (lambda: _in_sheet(b" " * 100 * _MB), True),
    "50 MB of strings": (
        lambda: remade(lambda p: {**p, "xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 3 * _MB}),
        False,
    ),
    "a million styles": (
        lambda: remade(lambda p: {**p, "xl/styles.xml": b"<a><cellXfs>" + b'<xf numFmtId="1"/>' * 2 * _MB}),
        False,
    ),
    "a million nested elements": (lambda: remade(lambda p: {**p, "xl/workbook.xml": b"<a>" * _MB}), False),
    "entities in the sheet": (lambda: _entities(SHEET), True),
    "entities in the strings": (lambda: _entities("xl/sharedStrings.xml"), False),
    "entities in the workbook": (lambda: _entities("xl/workbook.xml"), False),
    "a cell at the end of the sheet": (
        lambda: _in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), True
    ),
    "a million formatted rows": (
        lambda: formatted_rows(_MB), True,
    ),
    "the whole sheet merged a thousand times": (
        lambda: remade(lambda p: {**p, SHEET: p[SHEET].replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A60:XFD1048576"/>' * 1000 + b"</mergeCells>",
        )}),
        True,
    ),
    "60,000 parts": (
        lambda: remade(lambda p: {**p, **{f"x/{n}": b"" for n in range(60_000)}}, stored=True), False
    ),
    "a cell of 30 MB": (
        lambda: _in_sheet(b'<row r="70"><c r="A70" t="inlineStr"><is><t>' + b"Nama " * 6 * _MB
                          + b"</t></is></c></row>"),
        True,
    ),
    "a workbook in a zip": (lambda: remade(lambda _: {"form.xlsx": sound()}), False),
}  # fmt: skip

#: What it is -> the file: no workbook at all.
STRANGERS: dict[str, bytes] = {
    "nothing": b"",
    "one letter": b"P",
    "a zip that ends at once": b"PK\x03\x04" + bytes(100),
    "an empty zip": b"PK\x05\x06" + bytes(18),
    "an OLE file of nothing": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "CSV": b"Nama Pemohon;Made\nNIK;00412\n",
    "HTML": b"<html><body><table><tr><td>Nama Pemohon</td></tr></table></body></html>",
    "PDF": b"%PDF-1.7\n1 0 obj\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "XML of Excel 2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office"/>',
    "RTF": b"{\\rtf1 Nama Pemohon}",
    "zeros": bytes(3000),
}


def mutants(originals: list[bytes], count: int) -> Iterator[bytes]:
    """Copies with bytes changed, some in the zip, some in its parts; the same ones every time."""
    chance = random.Random(11)
    for number in range(count):
        data = originals[number % len(originals)]
        if number % 2 and data[:2] == b"PK":
            yield _changed_inside(data, chance)
        else:
            broken = bytearray(data)
            for _ in range(chance.choice((1, 3, 20, 200))):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            yield bytes(broken)


def _changed_inside(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(chance.choice((0, 1, 4)) if part and name.endswith((".xml", ".rels")) else 0):
                at = chance.randrange(len(part))
                part[at : at + chance.choice((0, 1, 40))] = bytes([chance.randrange(32, 127)])
            new.writestr(name, bytes(part))
    return out.getvalue()
