"""Streams the cells of one sheet as texts, whatever program saved it. Knows no column and no table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from pipeline.register.damage import RegisterDamaged
from pipeline.register.opening import Package, local
from pipeline.register.values import unescape

#: More columns than this are not looked at: the sheet would have to be ours and 1,000 columns wide.
COLUMN_LIMIT = 1_000
_LETTERS = {chr(ord("A") + place): place + 1 for place in range(26)}


@dataclass(frozen=True)
class RawCell:
    """What stands in a cell: for a formula the value it had when the file was saved, and the formula."""

    text: str
    #: the text is a number as XML has it: perhaps a date
    number: bool = False
    #: without the equals sign; None where the value was typed
    formula: str | None = None


RawRow = dict[int, RawCell]


def shared_strings(package: Package, workbook: str) -> Sequence[str]:
    """The texts that cells point to by number; none in a file we have just written."""
    parts = package.related(workbook, "sharedStrings")
    if not parts:
        return ()
    with package.open(parts[0]) as stream:
        return [_text(element) for element in _elements(stream, "si")]


def read_rows(package: Package, sheet: str, strings: Sequence[str]) -> Iterator[tuple[int, RawRow]]:
    """(row number, cells by column number) for each row that has a value, from top to bottom."""
    with package.open(sheet) as stream:
        number = 0
        for row in _elements(stream, "row"):
            number = _whole(row.get("r"), number + 1)
            cells = _row(row, strings)
            if cells:
                yield number, cells


def column_number(reference: str) -> int:
    """1 for "A7"; 0 where the reference names no column."""
    number = 0
    for letter in reference:
        if letter not in _LETTERS or number > COLUMN_LIMIT * 26:
            break
        number = number * 26 + _LETTERS[letter]
    return number


def _elements(stream: IO[bytes], name: str) -> Iterator[etree._Element]:
    """Each finished element of that name; what lies behind is freed, so that memory stays small."""
    context: Any = etree.iterparse(
        stream,
        events=("end",),
        tag=(f"{{*}}{name}", name),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for _event, element in context:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _row(row: etree._Element, strings: Sequence[str]) -> RawRow:
    cells: RawRow = {}
    column = 0
    for element in row:
        if not isinstance(element.tag, str) or local(element) != "c":
            continue
        reference = element.get("r")
        column = column_number(reference) if reference else column + 1
        cell = _cell(element, strings) if 0 < column <= COLUMN_LIMIT else None
        if cell is not None:
            cells[column] = cell
    return cells


def _cell(element: etree._Element, strings: Sequence[str]) -> RawCell | None:
    kind = element.get("t", "n")
    parts = {local(part): part for part in element if isinstance(part.tag, str)}
    formula = (parts["f"].text or "") if "f" in parts else None
    value = (parts["v"].text or "") if "v" in parts else ""
    if kind == "inlineStr" and "is" in parts:
        value = _text(parts["is"])
    elif kind == "s" and value:
        place = _whole(value, -1)
        if not 0 <= place < len(strings):
            raise RegisterDamaged("truncated")
        value = strings[place]
    elif kind == "str":
        value = unescape(value)
    elif kind == "b":
        value = "TRUE" if value == "1" else "FALSE"
    if not value and formula is None:
        return None
    return RawCell(value, number=kind == "n" and bool(value), formula=formula)


def _text(element: etree._Element) -> str:
    """The text of a shared or inline string: its runs joined, without phonetic hints."""
    pieces = []
    for part in element.iter():
        if isinstance(part.tag, str) and local(part) == "t":
            above = part.getparent()
            if above is None or local(above) != "rPh":
                pieces.append(part.text or "")
    return unescape("".join(pieces))


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
