"""The workbook part of a sender's file: its sheets, and the corrections sheet put first among them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from pipeline.form.markup_list import CORRECTIONS_NAME, KEPT, TITLES
from pipeline.form.markup_package import TYPE_SHEET, Package
from pipeline.form.markup_seal import is_ours, is_untouched
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
    """A tab of the workbook: its title, its part, whether the part is a worksheet and can be seen."""

    title: str
    part: str
    kind: str
    visible: bool = True


def read_sheets(package: Package, book: str) -> tuple[Sheet, ...]:
    """All sheets in the order of their tabs. CannotMarkError when one is missing in the package."""
    relations = {r.id: r for r in package.relationships(book)}
    sheets = []
    for element in _sheets(package.tree(book)):
        relation = relations.get(element.get(f"{{{REL}}}id", ""))
        if relation is None or relation.external or not package.has(relation.target):
            raise CannotMarkError("a sheet is missing")
        visible = element.get("state", "visible") == "visible"
        sheets.append(Sheet(element.get("name", ""), relation.target, relation.kind, visible))
    if not sheets:
        raise CannotMarkError("no sheets")
    return tuple(sheets)


def earlier_corrections(package: Package, book: str, sheets: tuple[Sheet, ...]) -> Sheet | None:
    """The corrections sheet of an earlier marked copy, where this workbook is one that came back.

    Its seal tells, not its name: programs drop the hidden name, and a sender may have a sheet called so.
    """
    named = _named_title(package.tree(book))
    likely = [s for s in sheets if s.title == named or _OURS.match(s.title)]
    return next((s for s in likely if s.kind == "worksheet" and is_ours(package, book, s.part)), None)


def was_marked(package: Package, book: str) -> bool:
    """Whether this is a marked copy of ours, also where its corrections sheet was deleted."""
    return bool(_named_title(package.tree(book)))


def put_aside(package: Package, book: str, sheet: Sheet, language: Language) -> tuple[Package, Sheet | None]:
    """An earlier corrections sheet that somebody wrote on is kept under another title, and None answered;
    one that holds our words alone may be written anew."""
    if is_untouched(package, book, sheet.part):
        return package, sheet
    root = package.tree(book)
    title = _free_title(KEPT[language], (s.get("name", "") for s in _sheets(root)))
    for element in _sheets(root):
        if element.get("name") == sheet.title:
            element.set("name", title)
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        for old in (f"'{sheet.title}'!", f"{sheet.title}!"):
            if (name.text or "").startswith(old):
                name.text = f"'{title}'!" + (name.text or "").removeprefix(old)
    return package.with_part(book, serialize(root)), None


def _named_title(root: etree._Element) -> str:
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        if name.get("name", "").upper() == CORRECTIONS_NAME:
            return (name.text or "").rpartition("!")[0].strip("'").replace("''", "'") or "#REF"
    return ""


def with_sheets_shown(package: Package, book: str, titles: tuple[str, ...]) -> Package:
    """The package with these hidden sheets shown: nobody mends what he cannot see."""
    if not titles:
        return package
    root = package.tree(book)
    for element in _sheets(root):
        if element.get("name", "") in titles:
            element.attrib.pop("state", "")
    return package.with_part(book, serialize(root))


def with_corrections_sheet(
    package: Package, book: str, data: bytes, language: Language
) -> tuple[Package, str]:
    """The package with a new first sheet, on which the workbook opens, and that sheet's title."""
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
    return package.with_content_type(part, TYPE_SHEET), title


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
