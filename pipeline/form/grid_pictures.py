"""Where the pictures of an xlsx lie: drawings, picture-in-cell, WPS cell images. Decodes no picture."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pipeline.form.grid import CannotReadError, Cell, Picture
from pipeline.form.grid_cells import SheetCells
from pipeline.form.grid_package import Package
from pipeline.form.grid_sizes import Sizes

_MAX_PICTURE = 16 * 1024 * 1024
_MAX_PICTURES = 200
_DISPIMG = re.compile(r'DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


def read_pictures(package: Package, sheet: str, sizes: Sizes) -> Iterator[Picture]:
    """The pictures of a sheet's drawings. A drawing that cannot be read has none."""
    for kind, target in _relations(package, sheet).values():
        if kind == "drawing":
            yield from _drawing(package, target, sizes)


def _drawing(package: Package, part: str, sizes: Sizes) -> Iterator[Picture]:
    tree = _tree(package, part)
    relations = _relations(package, part)
    for anchor in list(tree if tree is not None else ())[:_MAX_PICTURES]:
        blips = [b.get("r:embed", "") for b in anchor.iter("blip")]
        targets = [relations[b][1] for b in blips if b in relations]
        # An ink drawing or a shape with strokes has no blip: a signature drawn with a pen is one.
        if not targets and anchor.find(".//contentPart") is None:
            continue
        place = _anchor(anchor, sizes)
        yield Picture(*place, picture_hash(package, targets[0]) if targets else "")


def _anchor(anchor: Element, sizes: Sizes) -> tuple[int, int, int, int]:
    """The cells a picture lies over: from one to another, from one as far as it is large, or from a point."""
    start, end = anchor.find("from"), anchor.find("to")
    top = left = 1
    if start is not None:
        top, left = _number(start.findtext("row")) + 1, _number(start.findtext("col")) + 1
        down, right = _number(start.findtext("rowOff")), _number(start.findtext("colOff"))
        if end is not None:
            bottom, last = _number(end.findtext("row")) + 1, _number(end.findtext("col")) + 1
            return top, left, max(top, bottom), max(left, last)
    else:
        position = anchor.find("pos")
        right, down = (_number(position.get(k)) for k in "xy") if position is not None else (0, 0)
    size = anchor.find("ext")
    wide, high = (_number(size.get(k)) for k in ("cx", "cy")) if size is not None else (0, 0)
    # A picture that ends on a line does not lie over the cell behind it.
    bottom, last = sizes.row_at(top, max(down + high - 1, 0)), sizes.column_at(left, max(right + wide - 1, 0))
    first = top if start is not None else sizes.row_at(top, down)
    begin = left if start is not None else sizes.column_at(left, right)
    return first, begin, max(first, bottom), max(begin, last)


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
