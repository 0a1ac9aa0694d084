"""Rows and cells as bytes: taken apart, changed and put together again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from pipeline.register.package.markup import (
    LAST_COLUMN,
    Grammar,
    attribute,
    escape_text,
    letters_of,
    place_of,
    with_attribute,
)
from pipeline.register.package.refusal import Refused

#: What a cell can be given; None empties it and keeps its look.
Value = str | bool | int | float | Decimal | date | None
#: A workbook's days and hours belong to no time zone.
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
#: More than this, Excel calls the file damaged.
_LONGEST = 32_767
#: Text that a program would take for something else when the cell is opened for editing.
_SPEAKING = ("=", "+", "-", "@")


@dataclass(frozen=True)
class CellXml:
    column: int
    #: the text of its start tag, without r
    attributes: bytes
    #: what stands between its tags
    body: bytes

    @property
    def style(self) -> str | None:
        return attribute(self.attributes, "s")


@dataclass(frozen=True)
class RowXml:
    number: int
    #: the text of its start tag, without r
    attributes: bytes
    cells: Mapping[int, CellXml] = field(default_factory=dict)
    #: what stands behind the cells: an extension list
    rest: bytes = b""


def read_row(data: bytes, number: int, grammar: Grammar) -> RowXml:
    """One row element, taken apart. Refused where a cell stands outside the sheet or twice."""
    start = grammar.row_start.match(data)
    closed = start is not None and start[1].endswith(b"/")
    if start is None or (start.end() != len(data) if closed else not data.endswith(grammar.row_end)):
        raise Refused("xml", f"Row {number} of the sheet cannot be read.")
    attributes = with_attribute(start[1].rstrip(b"/"), "r", None)
    body = b"" if closed else data[start.end() : -len(grammar.row_end)]
    cells: dict[int, CellXml] = {}
    column = end = 0
    for found in grammar.cell.finditer(body):
        column = _column(found[1], number, column)
        if column in cells or body[end : found.start()].strip():
            raise Refused("xml", f"Row {number} of the sheet holds a cell without a place of its own.")
        cells[column] = CellXml(column, with_attribute(found[1], "r", None), found[2] or b"")
        end = found.end()
    rest = body[end:].strip()
    if grammar.row_end in rest or grammar.cell_open in rest:
        raise Refused("xml", f"Row {number} of the sheet cannot be read.")
    return RowXml(number, attributes, cells, rest)


def _column(attributes: bytes, number: int, before: int) -> int:
    """The column of a cell: where it names none, it stands right of the one before."""
    reference = attribute(attributes, "r")
    row, column = place_of(reference) if reference is not None else (number, before + 1)
    if row != number or column > LAST_COLUMN:
        raise Refused("xml", f"A cell in row {number} of the sheet says that it stands in {reference}.")
    return column


def write_row(row: RowXml, grammar: Grammar) -> bytes:
    """The row element; each cell carries its reference."""
    tag, cell_tag = grammar.tag("row"), grammar.tag("c")
    pieces = []
    for column in sorted(row.cells):
        cell = row.cells[column]
        head = b'<%s r="%s%d"%s' % (
            cell_tag,
            letters_of(column).encode(),
            row.number,
            cell.attributes.rstrip(),
        )
        pieces.append(b"%s>%s</%s>" % (head, cell.body, cell_tag) if cell.body else head + b"/>")
    head = b'<%s r="%d"%s' % (tag, row.number, row.attributes.rstrip())
    if not pieces and not row.rest:
        return head + b"/>"
    return b"%s>%s%s</%s>" % (head, b"".join(pieces), row.rest, tag)


def make_cell(column: int, value: Value, style: str | None, grammar: Grammar, from_1904: bool) -> CellXml:
    """A cell with a value; text is always text, however much it looks like a number or a formula.

    Refused (value) where no cell can hold it."""
    attributes = b' s="%s"' % style.encode() if style else b""
    if value is None or value == "":
        return CellXml(column, attributes, b"")
    if isinstance(value, str):
        return CellXml(column, attributes + b' t="inlineStr"', _inline(grammar, value))
    kind = b' t="b"' if isinstance(value, bool) else b""
    return CellXml(column, attributes + kind, _v(grammar, _number(value, from_1904)))


def _number(value: Value, from_1904: bool) -> str:
    if isinstance(value, date):
        return _serial(value, from_1904)
    if not isinstance(value, int | float | Decimal):
        raise Refused("value", f"A cell cannot hold a {type(value).__name__}.")
    if isinstance(value, int):
        value = int(value)
        return str(value) if abs(value) < 10**15 else repr(_finite(value))
    _finite(value)
    return str(value) if isinstance(value, Decimal) else repr(float(value))


def _finite(value: float | Decimal) -> float:
    try:
        number = float(value)
    except (OverflowError, ValueError):
        number = math.inf
    if not math.isfinite(number):
        raise Refused("value", "A cell cannot hold a number that is not finite.")
    return number


def speaks_as_formula(value: Value) -> bool:
    """Would a program take this text for a formula, once somebody has gone into the cell?"""
    return isinstance(value, str) and value.startswith(_SPEAKING)


def is_filled(cell: CellXml, grammar: Grammar) -> bool:
    return bool(cell.body) and grammar.filled.search(cell.body) is not None


def _v(grammar: Grammar, text: str) -> bytes:
    tag = grammar.tag("v")
    return b"<%s>%s</%s>" % (tag, text.encode(), tag)


def _inline(grammar: Grammar, text: str) -> bytes:
    if len(text) > _LONGEST:
        raise Refused("value", f"A cell cannot hold more than {_LONGEST:,} characters.")
    box, tag = grammar.tag("is"), grammar.tag("t")
    keep = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    return b"<%s><%s%s>%s</%s></%s>" % (box, tag, keep, escape_text(text), tag, box)


def _serial(value: date, from_1904: bool) -> str:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    passed = moment.replace(tzinfo=None) - (_EPOCH_1904 if from_1904 else _EPOCH)
    days = passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400
    # Excel counts 29 February 1900 as a day.
    days -= not from_1904 and days < 61
    if days < 0:
        raise Refused("value", f"{value} is before the first day that a workbook knows.")
    return str(int(days)) if days == int(days) else repr(days)
