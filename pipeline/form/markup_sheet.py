"""A sender's worksheet, edited by bytes: the tags of marked cells change, never the rest of the sheet."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.form.markup_layout import Cell, Layout, cell_at, cell_name
from pipeline.form.markup_xml import REL, CannotMarkError, new_expat, start_tag

#: What may stand before <legacyDrawing> in a worksheet (ECMA-376 part 1, 18.3.1.99).
_BEFORE_LEGACY = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing",
))  # fmt: skip
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass
class _Row:
    start: int
    style: int
    #: where its last cell ends, just before </row>; -1 when the row is written as an empty tag
    content_end: int = -1
    #: cell -> where its tag starts
    cells: dict[int, int] = field(default_factory=dict)


@dataclass
class _Rows:
    wanted: Mapping[int, frozenset[int]]
    #: styles that an earlier marked copy gave
    old_styles: frozenset[int]
    rows: dict[int, _Row] = field(default_factory=dict)
    #: wanted row -> the start of the first row below it
    below: dict[int, int] = field(default_factory=dict)
    old: list[tuple[Cell, int, int]] = field(default_factory=list)


def _read_rows(data: bytes, wanted: Mapping[int, frozenset[int]], old_styles: frozenset[int]) -> _Rows:
    """One pass over the rows that notes where the wanted ones stand, in memory that grows only with them."""
    found, order = _Rows(wanted, old_styles), sorted(wanted)
    depth, row, column, passed, current = 0, 0, 0, 0, _Row(0, 0)
    in_data = False
    parser = new_expat()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, row, column, passed, current, in_data
        local = name.rpartition(":")[2]
        if depth == 1:
            in_data = local == "sheetData"
        elif depth == 2 and in_data and local == "row":
            row, column = _row_number(attributes, row), 0
            current = _Row(parser.CurrentByteIndex, _row_style(attributes))
            while passed < len(order) and order[passed] < row:
                found.below[order[passed]] = current.start
                passed += 1
            if row in wanted:
                found.rows.setdefault(row, current)
        elif depth == 3 and in_data and local == "c":
            column = _column_number(attributes, column)
            if row in wanted:
                current.cells.setdefault(column, parser.CurrentByteIndex)
            style = attributes.get("s", "0")
            if old_styles and style.isdecimal() and int(style) in old_styles:
                found.old.append(((row, column), parser.CurrentByteIndex, int(style)))
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 2 and in_data and row in wanted and not start_tag(data, current.start).endswith(b"/>"):
            current.content_end = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


def _row_number(attributes: Mapping[str, str], previous: int) -> int:
    number = attributes.get("r", "")
    return int(number) if number.isdecimal() and len(number) < 8 else previous + 1


def _column_number(attributes: Mapping[str, str], previous: int) -> int:
    cell = cell_at(attributes.get("r", ""))
    return cell[1] if cell else previous + 1


def _row_style(attributes: Mapping[str, str]) -> int:
    style = attributes.get("s", "")
    return int(style) if attributes.get("customFormat") in ("1", "true") and style.isdecimal() else 0


# --- edits ----------------------------------------------------------------------------------------

#: start, end, what stands there instead
Edit = tuple[int, int, bytes]
#: what a cell is to look like: its cell and its style -> its new style
Restyle = Callable[[Cell, int], int]


def style_edits(
    data: bytes, layout: Layout, cells: Iterable[Cell], restyle: Restyle, old_styles: frozenset[int]
) -> list[Edit]:
    """The edits that give each of `cells` the style `restyle` answers, making missing cells and rows.

    Cells that wear one of `old_styles` without being among `cells` are restyled too.
    """
    wanted: dict[int, frozenset[int]] = {}
    for row, column in cells:
        wanted[row] = wanted.get(row, frozenset()) | {column}
    found = _read_rows(data, wanted, old_styles)
    edits: list[Edit] = []
    for row in sorted(wanted):
        edits += _row_edits(data, layout, found, row, restyle)
    for cell, at, style in found.old:
        if cell[1] not in wanted.get(cell[0], ()):
            edits.append(_restyled(data, at, restyle(cell, style)))
    return edits


def _row_edits(data: bytes, layout: Layout, found: _Rows, row: int, restyle: Restyle) -> Iterator[Edit]:
    place, columns = found.rows.get(row), sorted(found.wanted[row])
    if place is None:
        made = b"".join(_new_cell(layout, (row, c), 0, restyle) for c in columns)
        tag = f"{layout.prefix}row".encode()
        yield _new_row_edit(data, layout, found.below.get(row), b'<%b r="%d">%b</%b>' % (tag, row, made, tag))
        return
    new = [c for c in columns if c not in place.cells]
    for column in columns:
        if column in place.cells:
            at = place.cells[column]
            yield _restyled(data, at, restyle((row, column), _style_of(start_tag(data, at))))
    if new:
        yield from _new_cells_edits(data, layout, place, row, new, restyle)


def _new_cells_edits(
    data: bytes, layout: Layout, place: _Row, row: int, new: list[int], restyle: Restyle
) -> Iterator[Edit]:
    tag = start_tag(data, place.start)
    # A hint of Excel's which columns are used; it would be wrong now.
    opened = without_attribute(tag, b"spans")
    if place.content_end < 0:
        made = b"".join(_new_cell(layout, (row, c), place.style, restyle) for c in new)
        opened = opened.removesuffix(b"/>").rstrip() + b">" + made + f"</{layout.prefix}row>".encode()
        yield place.start, place.start + len(tag), opened
        return
    if opened != tag:
        yield place.start, place.start + len(tag), opened
    existing = sorted(place.cells)
    for column in new:
        index = bisect_left(existing, column)
        at = place.cells[existing[index]] if index < len(existing) else place.content_end
        yield at, at, _new_cell(layout, (row, column), place.style, restyle)


def _new_row_edit(data: bytes, layout: Layout, below: int | None, made: bytes) -> Edit:
    if below is not None:
        return below, below, made
    rows = layout.section("sheetData")
    if rows is None:
        raise CannotMarkError("the sheet has no rows section")
    tag = start_tag(data, rows.start)
    if tag.endswith(b"/>"):
        closing = f"</{layout.prefix}sheetData>".encode()
        return rows.end - 2, rows.end, b">" + made + closing
    at = data.rindex(b"<", rows.start, rows.end)
    return at, at, made


def _new_cell(layout: Layout, cell: Cell, row_style: int, restyle: Restyle) -> bytes:
    column = layout.column(cell[1])
    style = restyle(cell, row_style or (column.style if column else 0))
    return f'<{layout.prefix}c r="{cell_name(cell)}" s="{style}"/>'.encode()


def _style_of(tag: bytes) -> int:
    value = next((v for n, v in _ATTRIBUTE.findall(tag) if n == b"s"), b'"0"')[1:-1]
    return int(value) if value.isdigit() else 0


def _restyled(data: bytes, at: int, style: int) -> Edit:
    tag = start_tag(data, at)
    return at, at + len(tag), with_attribute(without_attribute(tag, b"s"), b"s", b"%d" % style)


def legacy_drawing_edit(layout: Layout, relationship: str) -> Edit:
    """The edit that adds <legacyDrawing>, which is how a sheet points to the boxes of its comments."""
    at = max(s.end for s in layout.sections if s.name in _BEFORE_LEGACY)
    tag = f'<{layout.prefix}legacyDrawing xmlns:r="{REL}" r:id="{relationship}"/>'
    return at, at, tag.encode()


def unselect_edits(data: bytes, layout: Layout) -> list[Edit]:
    """Two selected tabs are a group: what a person types would go into both sheets."""
    edits = []
    for at in layout.selected:
        tag = start_tag(data, at)
        edits.append((at, at + len(tag), without_attribute(tag, b"tabSelected")))
    return edits


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with all edits made; edits at one place keep their order."""
    out, done = [], 0
    for start, end, made in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        if start < done:
            raise CannotMarkError("two edits of one place")
        out += [data[done:start], made]
        done = end
    return b"".join([*out, data[done:]])


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The start tag with one more attribute, last."""
    close = b"/>" if tag.endswith(b"/>") else b">"
    return tag.removesuffix(close).rstrip() + b' %b="%b"' % (name, value) + close


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """The start tag without that attribute."""
    return _ATTRIBUTE.sub(lambda m: b"" if m[1] == name else m[0], tag)
