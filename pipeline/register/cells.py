"""Streams the cells of one sheet as texts, whatever program saved it. Knows no column and no table.

The XML is read as bytes, row by row: a parser needs several times as long (docs/package.md).
"""

import re
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from pipeline.register.damage import RegisterDamaged
from pipeline.register.opening import Package
from pipeline.register.package.cells import read_row
from pipeline.register.package.markup import (
    LAST_ROW,
    Grammar,
    attribute,
    column_of,
    prefix_of,
    resolved,
)
from pipeline.register.package.refusal import Refused
from pipeline.register.package.sheet import open_sheet
from pipeline.register.values import unescape

_CHUNK = 1 << 20
#: One text is never larger.
_LIMIT = 64_000_000
#: A cell as Excel, LibreOffice, openpyxl and we write it: (letters, row, the rest of its element).
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>/]*(?:/>|>(?:<v>[^<]*</v>|<is><t>[^<]*</t></is>|.*?)</c>))',
    re.DOTALL,
)
_TYPE = re.compile(rb"""\bt\s*=\s*["']([a-zA-Z]+)["']""")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>([^<]*)<")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*)<)")
#: A text, or a phonetic hint with the texts in it, which are not read.
_TEXT = re.compile(
    rb"<(?:[\w.-]+:)?rPh[\s>].*?</(?:[\w.-]+:)?rPh>|<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)</", re.DOTALL
)
_STRING = re.compile(rb"<(?:[\w.-]+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?si>)", re.DOTALL)


class RawCell(NamedTuple):
    """What stands in a cell: for a formula the value it had when the file was saved, and the formula."""

    text: str
    #: the text is a number as XML has it: perhaps a date
    number: bool = False
    #: without the equals sign; None where the value was typed
    formula: str | None = None


#: A cell as it lies in the file, from behind its reference to the end of its element. Equal bytes mean the
#: same, so that whoever understands them once may remember it.
RawXml = bytes
#: The cells of a row that hold anything, by column number.
RawRow = dict[int, RawXml]


class _Places(dict[bytes, int]):
    """Column numbers by letters."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column_of(letters.decode())
        return self[letters]


_PLACES = _Places()


def shared_strings(package: Package, workbook: str) -> Sequence[str]:
    """The texts that cells point to by number; none in a file we have just written."""
    parts = package.related(workbook, "sharedStrings")
    if not parts:
        return ()
    strings: list[str] = []
    left = end = b""
    with package.open(parts[0]) as stream:
        for piece in _pieces(stream):
            left += piece
            end = end or b"</%ssi>" % prefix_of(left, "sst")
            cut = left.rfind(end) + len(end)
            if cut >= len(end):
                _check_plain(left[:cut])
                strings += [_joined(found[1] or b"") for found in _STRING.finditer(left, 0, cut)]
                left = left[cut:]
            _check_size(left)
    return [*strings, *("" for _ in _STRING.finditer(left))]


def read_rows(package: Package, sheet: str) -> Iterator[tuple[int, RawRow]]:
    """(row number, cells by column number) for each row that has a cell with content, from top to bottom."""
    with package.open(sheet) as stream:
        number, opened = 0, open_sheet(_plain_head(stream))
        for block in opened.blocks:
            found = [] if opened.words.prefix else _CELL.findall(block)
            if not opened.words.prefix and len(found) == block.count(b"<c ") + block.count(b"<c>"):
                yield from _usual_rows(found)
                number = int(found[-1][1]) if found else number
                continue
            for place, row in _rows(block, number, opened.words):
                number, cells = place, _cells(row, place, opened.words)
                if cells:
                    yield place, cells
        if b"</%s>" % opened.words.tag("worksheet") not in b"".join(opened.tail)[-100:]:
            raise Refused("truncated", "The sheet ends too early.")


def _usual_rows(found: list[tuple[bytes, bytes, bytes]]) -> Iterator[tuple[int, RawRow]]:
    """Rows whose every cell says where it stands."""
    places, row, current = _PLACES, RawRow(), b""
    for letters, number, cell in found:
        if number != current:
            if row:
                yield int(current), row
            row, current = {}, number
        if cell[-2:] != b"/>":
            row[places[letters]] = cell
    if row:
        yield int(current), row


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def _plain_head(stream: IO[bytes]) -> Iterator[bytes]:
    """The pieces of a sheet; what stands before its rows holds nothing that might be misread."""
    first = next(_pieces(stream), b"")
    _check_plain(first.partition(b"sheetData")[0])
    yield first
    yield from _pieces(stream)


def _rows(block: bytes, number: int, words: Grammar) -> Iterator[tuple[int, bytes]]:
    """Each row with its number: where it says none, it is the one after the row before."""
    starts = list(words.row_start.finditer(block))
    ends = [start.start() for start in starts[1:]] + [len(block)]
    for start, end in zip(starts, ends, strict=True):
        named = attribute(start[1], "r")
        number = int(named) if named and named.isdigit() else number + 1
        if number <= LAST_ROW:
            yield number, block[start.start() : end]


def _cells(row: bytes, number: int, words: Grammar) -> RawRow:
    """The cells of one row, whatever form they have."""
    cells = read_row(row.rstrip(), number, words).cells
    return {
        column: b"%s>%s</c>" % (cell.attributes, cell.body) for column, cell in cells.items() if cell.body
    }


def read_cell(cell: RawXml | None, strings: Sequence[str]) -> RawCell | None:
    """What a cell says; None where it says nothing. RegisterDamaged where it points to no text."""
    if cell is None:
        return None
    attributes, _, content = cell[:-4].partition(b">")
    named = _TYPE.search(attributes)
    kind = named[1] if named else b"n"
    formula = None
    if content.startswith(b"<v>") and content.endswith(b"</v>") and content.count(b"<") == 2:
        text = resolved(content[3:-4].decode())
    elif kind == b"inlineStr":
        formula, text = _formula(content), _joined(content)
    else:
        found = _VALUE.search(content)
        formula, text = _formula(content), resolved(found[1].decode()) if found else ""
    if kind == b"s" and text:
        if not text.isdigit() or int(text) >= len(strings):
            raise RegisterDamaged("truncated")
        text = strings[int(text)]
    elif kind == b"str":
        text = unescape(text)
    elif kind == b"b":
        text = "TRUE" if text == "1" else "FALSE"
    if not text and formula is None:
        return None
    return RawCell(text, kind == b"n" and bool(text), formula)


def _formula(content: bytes) -> str | None:
    found = _FORMULA.search(content)
    return resolved((found[1] or b"").decode()) if found else None


def _joined(content: bytes) -> str:
    """The text of a shared or inline string: its runs joined, without phonetic hints."""
    plain = content.startswith(b"<t>") and content.endswith(b"</t>") and content.count(b"<") == 2
    text = (content[3:-4] if plain else b"".join(_TEXT.findall(content))).decode()
    return unescape(resolved(text))


def _check_plain(part: bytes) -> None:
    """Entities of one's own and CDATA are written by no program, and would be misread here."""
    if b"<!" in part:
        raise RegisterDamaged("truncated")


def _check_size(left: bytes) -> None:
    if len(left) > _LIMIT:
        raise RegisterDamaged("too-large")
