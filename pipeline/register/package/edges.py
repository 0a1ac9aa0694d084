"""What stands around the rows of a sheet: its dimension before, the areas of rules behind."""

import re

from pipeline.register.package.changes import Growth, SheetChanges
from pipeline.register.package.markup import (
    ATTRIBUTES,
    LAST_ROW,
    Grammar,
    area_of,
    area_text,
    attribute,
    number_in,
    with_attribute,
)
from pipeline.register.package.notes import OFFICE
from pipeline.register.package.refusal import Refused

_SQREF = re.compile(rb"""(\ssqref\s*=\s*)(["'])([^"']*)\2""")
_XM_SQREF = re.compile(rb"(<(?:[\w.-]+:)?sqref>)([^<]*)(</)")
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([^"']*)["']""")
_LINKED = re.compile(rb"""<(?:[\w.-]+:)?hyperlink\s[^>]*?\bref\s*=\s*["']([^"']*)["']""")
#: ECMA-376 part 1, 18.3.1.99: what may follow the drawing of the notes.
_BEHIND_NOTES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
_FILTERS = re.compile(rb"<(?:[\w.-]+:)?(?:autoFilter|sortState|sortCondition)(%s)>" % ATTRIBUTES)


def edit_head(head: bytes, changes: SheetChanges, grammar: Grammar) -> bytes:
    """The part before the rows: the dimension never shrinks. It is left out where nobody knows it yet."""
    found = re.search(rb"<%sdimension(\s[^>]*)>" % re.escape(grammar.prefix), head)
    top, left, bottom, right = area_of(attribute(found[1], "ref") or "") if found else (0, 0, 0, 0)
    if found is None or not bottom:
        return head
    rows = [top, bottom, *changes.cells]
    columns = [left, right, *(column for cells in changes.cells.values() for column in cells)]
    growth = changes.growing
    if growth:
        if growth.last_row + growth.totals < bottom < LAST_ROW:
            # What stands below may move. A wrong dimension hides cells from readers, and none does not.
            return head[: found.start()] + head[found.end() :] if found[1].endswith(b"/") else head
        rows.append(growth.new_last + growth.totals)
        columns += [growth.first_column, growth.last_column]
    whole = area_text(min(rows), min(columns), min(max(rows), LAST_ROW), max(columns))
    return head[: found.start(1)] + with_attribute(found[1], "ref", whole) + head[found.end(1) :]


def column_styles(head: bytes, grammar: Grammar) -> list[tuple[int, int, str]]:
    """(first, last, style) of the columns that have one."""
    found = re.findall(rb"<%scol(\s[^>]*)>" % re.escape(grammar.prefix), head)
    styles = (
        (number_in(one, "min") or 0, number_in(one, "max") or 0, attribute(one, "style")) for one in found
    )
    return [(first, last, style) for first, last, style in styles if style]


def edit_tail(tail: bytes, growth: Growth | None, moved: bool) -> bytes:
    """The part behind the rows: drop-downs, colours and filters to the last row reach the new one."""
    if growth is None:
        return tail
    _check_room(tail, growth, moved)
    tail = _SQREF.sub(lambda m: m[1] + m[2] + grown_areas(m[3], growth) + m[2], tail)
    tail = _XM_SQREF.sub(lambda m: m[1] + grown_areas(m[2], growth) + m[3], tail)
    return _FILTERS.sub(lambda m: with_grown_reference(m, growth), tail)


def with_drawing(tail: bytes, drawing_id: str, grammar: Grammar) -> bytes:
    """The part behind the rows with the drawing of its notes named where the schema has its place."""
    later = b"|".join(name.encode() for name in _BEHIND_NOTES)
    found = re.search(rb"<%s(?:%s)[\s/>]|</%sworksheet" % (p := re.escape(grammar.prefix), later, p), tail)
    place = found.start() if found else len(tail)
    made = b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (
        grammar.prefix,
        OFFICE.encode(),
        drawing_id.encode(),
    )
    return tail[:place] + made + tail[place:]


def grown_areas(text: bytes, growth: Growth) -> bytes:
    """Areas parted by spaces; those in the table's columns that end in its last row end in the new one."""
    return b" ".join(grown_area(area, growth) for area in text.split())


def with_grown_reference(tag: re.Match[bytes], growth: Growth) -> bytes:
    """A start tag (its attributes in group 1) whose ref is such an area."""
    reference = attribute(tag[1], "ref")
    if reference is None:
        return tag[0]
    made = with_attribute(tag[1], "ref", grown_area(reference.encode(), growth).decode())
    return tag[0][: tag.start(1) - tag.start()] + made + tag[0][tag.end(1) - tag.start() :]


def grown_area(area: bytes, growth: Growth) -> bytes:
    top, left, bottom, right = area_of(area.decode(errors="replace"))
    inside = bottom and growth.first_column <= right and left <= growth.last_column
    # The area of the heading alone is no area of rows.
    if not inside or bottom != growth.last_row or top < growth.header_row or bottom == growth.header_row:
        return area
    return area_text(top, left, growth.new_last, right).encode()


def merged_areas(tail: bytes) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of the merged cells."""
    return [area_of(found[1].decode(errors="replace")) for found in _MERGED.finditer(tail)]


def _check_room(tail: bytes, growth: Growth, moved: bool) -> None:
    """Merged cells would swallow new ones; areas of rules below would have to move with what stands there."""
    references = [found[1] for found in _MERGED.finditer(tail)]
    last = LAST_ROW if moved else growth.new_last
    if moved:
        references += [found[1] for found in _LINKED.finditer(tail)]
        references += [area for found in _SQREF.finditer(tail) for area in found[3].split()]
        references += [area for found in _XM_SQREF.finditer(tail) for area in found[2].split()]
    for reference in references:
        text = reference.decode(errors="replace")
        if growth.holds_below(text) and area_of(text)[0] <= last:
            raise Refused(
                "below",
                f"Something stands in {text} below the table that cannot be moved. Move it beside the table, "
                "or to another sheet, so that the table can grow.",
            )
