"""Reads xlsx and xlsm into the grid, from the zip up: tolerant of other programs' habits, bounded in cost."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.form.fields import VERSION_NAME
from pipeline.form.grid import MAX_CELLS, MAX_SHEET_CELLS, Book, CannotReadError, Sheet, place_of
from pipeline.form.grid_cells import SheetCells, read_strings
from pipeline.form.grid_formats import builtin_format
from pipeline.form.grid_package import Package
from pipeline.form.grid_pictures import CellPictures, read_pictures

_MAX_SHEETS = 60


@dataclass(frozen=True)
class _Shared:
    """What every sheet of a workbook needs."""

    strings: list[str]
    formats: list[str]
    date1904: bool
    pictures: CellPictures


def read_xlsx(package: Package) -> Book:
    """The grid of a workbook. CannotReadError says what the package is when it is not one."""
    part = _workbook_part(package)
    tree = package.tree(part)
    if tree is None:
        raise CannotReadError("damaged")
    relations = package.relations(part)
    date1904 = _true(_attribute(tree, "workbookPr", "date1904"))
    strings = _part_of(relations, "sharedStrings")
    shared = _Shared(
        read_strings(package.stream(strings)) if strings and package.has(strings) else [],
        _formats(package.tree(_part_of(relations, "styles") or "xl/styles.xml")),
        date1904,
        CellPictures(package, part),
    )
    sheets: list[Sheet] = []
    room = MAX_CELLS
    for element in list(tree.iterfind("sheets/sheet"))[:_MAX_SHEETS]:
        kind, target = relations.get(element.get("r:id", ""), ("", ""))
        if kind == "worksheet" and package.has(target):
            sheets.append(_sheet(package, element, target, shared, min(room, MAX_SHEET_CELLS)))
            room -= len(sheets[-1].cells)
    if not sheets:
        raise CannotReadError("no_sheet")
    macros = any(name.endswith("vbaproject.bin") for name in package.parts)
    return Book("xlsm" if macros else "xlsx", tuple(sheets), date1904, _version(tree, sheets))


def _workbook_part(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind == "officeDocument":
            return target
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise CannotReadError("damaged")


def _sheet(package: Package, element: Element, target: str, shared: _Shared, room: int) -> Sheet:
    found = SheetCells(shared.strings, shared.formats, shared.date1904, room)
    found.read(package.stream(target))
    pictures = [*read_pictures(package, target, found.sizes), *shared.pictures.in_cells(found)]
    visible = element.get("state", "visible") == "visible"
    return Sheet(element.get("name", ""), visible, found.cells, found.merges, tuple(pictures), found.cut)


def _part_of(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((target for name, target in relations.values() if name == kind), "")


def _formats(styles: Element | None) -> list[str]:
    """The number format of every cell style, by its index."""
    if styles is None:
        return []
    own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in styles.iterfind("numFmts/numFmt")}
    formats = []
    for style in styles.iterfind("cellXfs/xf"):
        number = style.get("numFmtId", "0")
        built_in = builtin_format(int(number)) if number.isdigit() and len(number) < 6 else ""
        formats.append(own.get(number, built_in))
    return formats


def _version(tree: Element, sheets: list[Sheet]) -> str:
    """The official form's version: the hidden name points to the cell that holds it."""
    for name in tree.iterfind("definedNames/definedName"):
        if name.get("name", "").upper() != VERSION_NAME:
            continue
        text = (name.text or "").strip().lstrip("=")
        title, found, reference = text.rpartition("!")
        place = place_of(reference) if found else None
        if place is None:
            return text.strip('"')[:20]
        title = re.sub(r"^'(.*)'$", r"\1", title).replace("''", "'")
        for sheet in sheets:
            cell = sheet.cells.get(place)
            if sheet.title == title and cell is not None:
                return str(int(cell.value) if isinstance(cell.value, float) else cell.value or "")[:20]
    return ""


def _attribute(tree: Element, path: str, name: str) -> str:
    element = tree.find(path)
    return element.get(name, "") if element is not None else ""


def _true(text: str) -> bool:
    return text.lower() in {"1", "true"}
