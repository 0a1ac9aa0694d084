"""What stands around the rows of a sender's worksheet, and where; read only, in one pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.form.grid import column_letters, place_of
from pipeline.form.markup_xml import MAIN, CannotMarkError, new_expat, start_tag

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")

#: row and column, both from 1
Cell = tuple[int, int]


def cell_at(reference: str) -> Cell | None:
    """ "C7" -> (7, 3); None when it is no cell."""
    match = _REFERENCE.match(reference.upper())
    if match is None:
        return None
    row, column = place_of(reference) or (0, 0)
    return (row, column) if 0 < row <= MAX_ROW and column <= MAX_COLUMN else None


def cell_name(cell: Cell) -> str:
    """(7, 3) -> "C7"."""
    return f"{column_letters(cell[1])}{cell[0]}"


@dataclass(frozen=True)
class Column:
    first: int
    last: int
    style: int
    width: float | None


@dataclass(frozen=True)
class Section:
    """One child of <worksheet>: where it starts and ends, and its attributes."""

    name: str
    start: int
    end: int
    attributes: Mapping[str, str]


@dataclass
class Layout:
    """What stands around the rows of a sheet."""

    #: "" or "x:", as some programs write
    prefix: str = ""
    sections: list[Section] = field(default_factory=list)
    merges: list[tuple[Cell, Cell]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    #: where the <sheetView> tags stand that say the sheet's tab is selected
    selected: list[int] = field(default_factory=list)

    def section(self, name: str) -> Section | None:
        return next((s for s in self.sections if s.name == name), None)

    def top_left(self, cell: Cell) -> Cell:
        """The cell that shows in place of this one when it is inside a merged range."""
        for (top, left), (bottom, right) in self.merges:
            if top <= cell[0] <= bottom and left <= cell[1] <= right:
                return top, left
        return cell

    def column(self, number: int) -> Column | None:
        return next((c for c in self.columns if c.first <= number <= c.last), None)


def read_layout(data: bytes) -> Layout:
    """The layout of a worksheet or chart sheet. CannotMarkError when it is not one in the usual namespace."""
    layout, depth, open_at = Layout(), 0, 0
    attributes_of: dict[str, str] = {}
    parser = new_expat()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, open_at, attributes_of
        if depth == 0:
            layout.prefix = _prefix(name, attributes)
        elif depth == 1:
            open_at, attributes_of = parser.CurrentByteIndex, attributes
        elif depth == 2:
            _note_detail(layout, name.rpartition(":")[2], attributes, parser.CurrentByteIndex)
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 1:
            stop = _element_end(data, parser.CurrentByteIndex, open_at)
            layout.sections.append(Section(name.rpartition(":")[2], open_at, stop, attributes_of))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return layout


def _prefix(name: str, attributes: Mapping[str, str]) -> str:
    prefix, _, local = name.rpartition(":")
    space = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns")
    if space != MAIN or local not in ("worksheet", "chartsheet", "dialogsheet"):
        raise CannotMarkError(f"not a worksheet in the usual namespace: {name} {space}")
    return f"{prefix}:" if prefix else ""


def _note_detail(layout: Layout, name: str, attributes: Mapping[str, str], at: int) -> None:
    if name == "mergeCell":
        first, _, last = attributes.get("ref", "").partition(":")
        corners = cell_at(first), cell_at(last or first)
        if corners[0] and corners[1]:
            layout.merges.append((corners[0], corners[1]))
    elif name == "col":
        numbers = [attributes.get(k, "") for k in ("min", "max", "style")]
        if all(n.isdecimal() for n in numbers[:2]):
            style = int(numbers[2]) if numbers[2].isdecimal() else 0
            width = attributes.get("width", "")
            wide = float(width) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", width) else None
            layout.columns.append(Column(int(numbers[0]), int(numbers[1]), style, wide))
    elif name == "sheetView" and attributes.get("tabSelected") in ("1", "true"):
        layout.selected.append(at)


def _element_end(data: bytes, at: int, started: int) -> int:
    """Where an element ends, told by expat's position in its end event: `</x>`, or past an empty `<x/>`."""
    opening = start_tag(data, started)
    if opening.endswith(b"/>"):
        return started + len(opening)
    return data.index(b">", at) + 1
