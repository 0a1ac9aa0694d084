"""Who names the cells below a table: asked only when they have moved, for then their names would be wrong."""

import re
from collections.abc import Iterator

from pipeline.register.package.archive import Archive
from pipeline.register.package.blocks import RowNumbers
from pipeline.register.package.cells import read_row
from pipeline.register.package.changes import Growth
from pipeline.register.package.markup import area_of, escape
from pipeline.register.package.parts import Parts, SheetPart
from pipeline.register.package.refusal import Refused
from pipeline.register.package.sheet import open_sheet

_PLACE = rb"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_AREA = rb"(%s(?::%s)?)(?![A-Za-z0-9_.(!])" % (_PLACE, _PLACE)
_OWN = re.compile(rb"(?<![A-Za-z0-9_.$!:])" + _AREA)
_NO_REFERENCE = re.compile(rb'"[^"]*"|\[[^\[\]]*\]')
_RULE = re.compile(rb"<(?:[\w.-]+:)?(?:formula[12]?|f)>([^<]*)<")
#: An area named across the border of two pieces is found in the second: it begins with the first one's end.
_OVERLAP = 400


def check_unnamed(archive: Archive, parts: Parts, sheet: SheetPart, growth: Growth, lowest: int) -> None:
    """Refused where a formula, a name or a chart says where a moved cell stood (rows down to `lowest`)."""
    for area in _named(archive, parts, sheet, growth):
        top, left, bottom, right = area_of(area.decode())
        if not growth.first_column <= right or not left <= growth.last_column:
            continue
        both = top <= growth.last_row and bottom >= lowest + len(growth.rows)
        if bottom > growth.last_row and top <= lowest and not both:
            raise Refused(
                "below",
                f"A formula, name or chart uses {area.decode()} below the table, which would have to "
                "move. Move it beside the table, or to another sheet, so that the table can grow.",
            )


def _named(archive: Archive, parts: Parts, sheet: SheetPart, growth: Growth) -> Iterator[bytes]:
    title = re.escape(escape(sheet.title.replace("'", "''")))
    named = re.compile(rb"(?i:'%s'|(?<![\w.'])%s)!" % (title, title) + _AREA)
    for name in parts.names:
        if name.endswith(".xml") and name != sheet.part:
            before = b""
            for piece in archive.stream(name):
                yield from named.findall(before + piece)
                before = piece[-_OVERLAP:]
    yield from _named_here(archive, sheet, growth)


def _named_here(archive: Archive, sheet: SheetPart, growth: Growth) -> Iterator[bytes]:
    """In the sheet itself: by the table's own rows, by what stands beside it, and by rules."""
    opened = open_sheet(archive.stream(sheet.part))
    numbers, words = RowNumbers(opened.words), opened.words
    for block in opened.blocks:
        for number, data in numbers.rows(block):
            if words.formula.search(data) is None:
                continue
            for column, cell in read_row(data, number, words).cells.items():
                found = words.formula.search(cell.body)
                if found and not (number > growth.last_row and column in growth.columns):
                    yield from _OWN.findall(_NO_REFERENCE.sub(b"", found[2] or b""))
    for rule in _RULE.findall(opened.read_tail()):
        yield from _OWN.findall(_NO_REFERENCE.sub(b"", rule))
