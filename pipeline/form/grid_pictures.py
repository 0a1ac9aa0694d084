"""Where the pictures of an xlsx lie: drawings, picture-in-cell, WPS cell images. Decodes no picture."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pipeline.form.grid import CannotReadError, Cell, Picture
from pipeline.form.grid_cells import SheetCells
from pipeline.form.grid_package import Package

_MAX_PICTURE = 16 * 1024 * 1024
_MAX_PICTURES = 200
#: An absolute anchor names no cell: about 20 points high and 64 pixels wide is what a cell is (EMU).
_ROW_HEIGHT, _COLUMN_WIDTH = 190_500, 609_600
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


def read_pictures(package: Package, sheet: str) -> Iterator[Picture]:
    """The pictures of a sheet's drawings. A drawing that cannot be read has none."""
    for kind, target in _relations(package, sheet).values():
        if kind == "drawing":
            yield from _drawing(package, target)


def _drawing(package: Package, part: str) -> Iterator[Picture]:
    tree = _tree(package, part)
    relations = _relations(package, part)
    for anchor in list(tree if tree is not None else ())[:_MAX_PICTURES]:
        blips = [b.get("r:embed", "") for b in anchor.iter("blip")]
        targets = [relations[b][1] for b in blips if b in relations]
        # An ink drawing or a shape with strokes has no blip: a signature drawn with a pen is one.
        if not targets and anchor.find(".//contentPart") is None:
            continue
        place = _anchor(anchor)
        yield Picture(*place, picture_hash(package, targets[0]) if targets else "")


def _anchor(anchor: Element) -> tuple[int, int, int, int]:
    start, end = anchor.find("from"), anchor.find("to")
    if start is not None:
        top, left = _marker(start)
        bottom, right = _marker(end) if end is not None else _extent(anchor, top, left)
        return top, left, max(top, bottom), max(left, right)
    position = anchor.find("pos")
    x, y = (_number(position.get(k)) for k in "xy") if position is not None else (0, 0)
    top, left = y // _ROW_HEIGHT + 1, x // _COLUMN_WIDTH + 1
    return (top, left, *_extent(anchor, top, left))


def _extent(anchor: Element, top: int, left: int) -> tuple[int, int]:
    size = anchor.find("ext")
    wide, high = (_number(size.get(k)) for k in ("cx", "cy")) if size is not None else (0, 0)
    return top + high // _ROW_HEIGHT, left + wide // _COLUMN_WIDTH


def _marker(marker: Element) -> tuple[int, int]:
    return _number(marker.findtext("row")) + 1, _number(marker.findtext("col")) + 1


def _number(text: str | None) -> int:
    plain = (text or "").strip()
    return int(plain) if plain.isdigit() and len(plain) < 13 else 0


def picture_hash(package: Package, part: str) -> str:
    """sha256 of a picture's bytes, "" where they cannot be read."""
    digest = hashlib.sha256()
    try:
        for piece in package.stream(part, _MAX_PICTURE):
            digest.update(piece)
    except CannotReadError:
        return ""
    return digest.hexdigest()


class CellPictures:
    """Pictures that are a cell's value: Excel 365 (rich values) and WPS (DISPIMG)."""

    def __init__(self, package: Package, workbook: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(workbook.lstrip("/"))

    def in_cells(self, sheet: SheetCells) -> Iterator[Picture]:
        yield from self._excel(sheet.rich_values)
        yield from self._wps(sheet)

    def _excel(self, places: Iterable[tuple[int, int, int]]) -> Iterator[Picture]:
        wanted = list(places)[:_MAX_PICTURES]
        pictures = self._rich_pictures() if wanted else []
        for row, column, number in wanted:
            if pictures:
                index = min(max(self._rich_index(number), 0), len(pictures) - 1)
                yield Picture(row, column, row, column, pictures[index])

    def _rich_pictures(self) -> list[str]:
        """The hash of each rich value's picture: rich value -> relation number -> picture."""
        folder = f"{self._folder}/richData"
        relations = _relations(self._package, f"{folder}/richValueRel.xml")
        order = [e.get("r:id", "") for e in _children(_tree(self._package, f"{folder}/richValueRel.xml"))]
        targets = [relations[i][1] for i in order if i in relations]
        found = []
        for value in _children(_tree(self._package, f"{folder}/rdrichvalue.xml")):
            number = _number(value.findtext("v"))
            if number < len(targets):
                found.append(picture_hash(self._package, targets[number]))
        return found or [picture_hash(self._package, target) for target in targets]

    def _rich_index(self, number: int) -> int:
        """The rich value behind a cell's `vm`, through the workbook's metadata."""
        tree = _tree(self._package, f"{self._folder}/metadata.xml")
        if tree is None:
            return number - 1
        records = [r for bk in tree.iterfind("valueMetadata/bk") for r in bk.iterfind("rc")]
        blocks = list(tree.iterfind("futureMetadata/bk/extLst/ext/rvb"))
        if not 0 < number <= len(records):
            return number - 1
        index = _number(records[number - 1].get("v"))
        return _number(blocks[index].get("i")) if index < len(blocks) else index

    def _wps(self, sheet: SheetCells) -> Iterator[Picture]:
        places = [(cell, m[1]) for cell in sheet.cells.values() if (m := _named_picture(cell))]
        if not places:
            return
        part = f"{self._folder}/cellimages.xml"
        relations = _relations(self._package, part)
        targets = {}
        for image in _children(_tree(self._package, part)):
            about, blip = image.find(".//cNvPr"), image.find(".//blip")
            if about is not None and blip is not None and blip.get("r:embed", "") in relations:
                targets[about.get("name", "")] = relations[blip.get("r:embed", "")][1]
        for cell, name in places[:_MAX_PICTURES]:
            sha256 = picture_hash(self._package, targets[name]) if name in targets else ""
            yield Picture(cell.row, cell.column, cell.row, cell.column, sha256)


def _named_picture(cell: Cell) -> re.Match[str] | None:
    return _DISPIMG.search(cell.formula) or _DISPIMG.search(cell.text)


def _children(tree: Element | None) -> list[Element]:
    return list(tree) if tree is not None else []


def _tree(package: Package, part: str) -> Element | None:
    try:
        return package.tree(part)
    except CannotReadError:
        return None


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    try:
        return package.relations(part)
    except CannotReadError:
        return {}
