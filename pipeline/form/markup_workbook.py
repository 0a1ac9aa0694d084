"""The workbook part of a sender's file: its sheets, and the corrections sheet put first among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipeline.form.markup_list import CORRECTIONS_NAME, TITLES
from pipeline.form.markup_package import TYPE_SHEET, Package
from pipeline.form.markup_xml import REL, CannotMarkError, main, serialize
from pipeline.model import Language

_OURS = re.compile(rf"^({'|'.join(TITLES.values())})( \([0-9]+\))?$")
#: What stands after <definedNames> in a workbook (ECMA-376 part 1, 18.2.27).
_AFTER_NAMES = (
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A tab of the workbook: its title, its part, and whether the part is a worksheet."""

    title: str
    part: str
    kind: str


def read_sheets(package: Package, book: str) -> tuple[Sheet, ...]:
    """All sheets in the order of their tabs. CannotMarkError when one is missing in the package."""
    relations = {r.id: r for r in package.relationships(book)}
    sheets = []
    for element in _sheets(package.tree(book)):
        relation = relations.get(element.get(f"{{{REL}}}id", ""))
        if relation is None or relation.external or not package.has(relation.target):
            raise CannotMarkError("a sheet is missing")
        sheets.append(Sheet(element.get("name", ""), relation.target, relation.kind))
    if not sheets:
        raise CannotMarkError("no sheets")
    return tuple(sheets)


def earlier_corrections(package: Package, book: str, sheets: tuple[Sheet, ...]) -> Sheet | None:
    """The corrections sheet of an earlier marked copy, where this workbook is one that came back.

    The hidden name alone is not believed: it could point at a sheet of the sender's own.
    """
    for name in package.tree(book).iterfind(f"{main('definedNames')}/{main('definedName')}"):
        if name.get("name", "").upper() == CORRECTIONS_NAME:
            title = (name.text or "").rpartition("!")[0].strip("'").replace("''", "'")
            return next((s for s in sheets if s.title == title and _OURS.match(title)), None)
    return None


def with_corrections_sheet(package: Package, book: str, data: bytes, language: Language) -> Package:
    """The package with a new first sheet, on which the workbook opens."""
    root = package.tree(book)
    sheets = _sheets(root)
    part = package.free_name("xl/worksheets/akses_corrections{}.xml")
    package, relation = package.with_relationship(book, "worksheet", part)
    title = _free_title(TITLES[language], (s.get("name", "") for s in sheets))
    numbers = [int(n) for s in sheets if (n := s.get("sheetId", "")).isdecimal()]
    line = {"name": title, "sheetId": str(1 + max(numbers, default=0)), f"{{{REL}}}id": relation}
    sheets.insert(0, etree.Element(main("sheet"), line))
    _shift_names(root, title)
    _open_at(root, 0)
    package = package.with_part(book, serialize(root)).with_part(part, data)
    return package.with_content_type(part, TYPE_SHEET)


def with_new_corrections(package: Package, book: str, sheet: Sheet, at: int, data: bytes) -> Package:
    """The package with an earlier corrections sheet written anew, where it stands."""
    root = package.tree(book)
    _open_at(root, at)
    return package.with_part(book, serialize(root)).with_part(sheet.part, data)


def _sheets(root: etree._Element) -> etree._Element:
    found = root.find(main("sheets"))
    if found is None:
        raise CannotMarkError("no sheets")
    return found


def _free_title(title: str, taken: Iterable[str]) -> str:
    used = {t.lower() for t in taken}
    if title.lower() not in used:
        return title
    return next(t for n in range(2, 1000) if (t := f"{title} ({n})").lower() not in used)


def _shift_names(root: etree._Element, title: str) -> None:
    """Names that belong to one sheet count the tabs from 0, so a new first tab moves them all by one."""
    names = root.find(main("definedNames"))
    if names is None:
        names = etree.Element(main("definedNames"))
        after = {main(n) for n in _AFTER_NAMES}
        at = next((i for i, e in enumerate(root) if e.tag in after), len(root))
        root.insert(at, names)
    for name in list(names):
        if name.get("name", "").upper() == CORRECTIONS_NAME:
            names.remove(name)
        elif (number := name.get("localSheetId", "")).isdecimal():
            name.set("localSheetId", str(int(number) + 1))
    ours = etree.SubElement(names, main("definedName"), name=CORRECTIONS_NAME, hidden="1")
    ours.text = f"'{title}'!$A$1"


def _open_at(root: etree._Element, tab: int) -> None:
    for view in root.iterfind(f"{main('bookViews')}/{main('workbookView')}"):
        view.set("activeTab", str(tab))
        view.set("firstSheet", "0")
