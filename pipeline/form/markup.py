"""The marked copy: the sender's own workbook, its faults coloured, commented and listed, all else untouched.

Never loaded and saved by a spreadsheet library, which loses text boxes, pictures and pivot tables: the zip
package is edited instead. The file is hostile until proven otherwise, so this runs in the limited child too.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from pipeline.celltext import cell_text
from pipeline.form.marked_copy import MarkedCopy
from pipeline.form.markup_comments import with_comments
from pipeline.form.markup_layout import Cell, Layout, cell_at, read_layout
from pipeline.form.markup_list import Line, corrections_sheet
from pipeline.form.markup_package import WORKBOOKS, Package, read_package, workbook_part
from pipeline.form.markup_rules import rule_edits
from pipeline.form.markup_sheet import splice, style_edits, unselect_edits
from pipeline.form.markup_styles import ERROR_FILL, WARNING_FILL, Styles
from pipeline.form.markup_workbook import (
    Sheet,
    earlier_corrections,
    put_aside,
    read_sheets,
    was_marked,
    with_corrections_sheet,
    with_new_corrections,
    with_sheets_shown,
)
from pipeline.form.markup_xml import CannotMarkError, check_plain
from pipeline.model import Language, Problem

#: What a damaged or hostile workbook makes the libraries raise.
_UNREADABLE = (
    CannotMarkError, zipfile.BadZipFile, zlib.error, etree.LxmlError, expat.ExpatError, struct.error,
    UnicodeError, ValueError, EOFError, OSError, NotImplementedError, RuntimeError, RecursionError,
)  # fmt: skip

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_SUFFIX: dict[Language, str] = {"id": " - perbaikan", "en": " - corrections"}
_TYPE_STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
#: More marks than this help nobody; the list still names every problem.
_MAX_MARKS = 2_000


def mark_copy(data: bytes, name: str, problems: tuple[Problem, ...], language: Language) -> MarkedCopy | None:
    """The sender's workbook: the cells of `problems` coloured and commented, a list of them as first sheet.

    None when that cannot be done without a risk of harm (xls, ods, encrypted, signed, damaged, too large,
    strict namespaces) or would say nothing (no problems, or only that the file is no form at all): the caller
    then sends the list and an official form. Pure bytes to bytes; the same input gives the same output.
    """
    if all(p.field in ("file", "form") and not p.cell for p in problems):
        return None
    try:
        package = read_package(data)
        book = workbook_part(package)
        ending = WORKBOOKS[package.content_type(book)]
        marked, shown = _marked(package, book, problems, language)
        copy_name = _copy_name(name, language) + ending
        return MarkedCopy(
            copy_name, _TYPES[ending], marked.write(), shown.listed, shown.coloured, shown.commented,
            shown.unhidden,
        )  # fmt: skip
    except _UNREADABLE:
        return None


@dataclass(frozen=True)
class _Marks:
    """What is wrong in one sheet: cell -> its problems."""

    sheet: Sheet
    layout: Layout
    cells: Mapping[Cell, tuple[Problem, ...]]

    def colour(self, cell: Cell) -> str:
        errors = any(p.severity == "error" for p in self.cells[cell])
        return ERROR_FILL if errors else WARNING_FILL

    def notes(self) -> dict[Cell, str]:
        return {cell: "\n".join(p.message for p in found) for cell, found in self.cells.items()}


@dataclass(frozen=True)
class _Shown:
    """What MarkedCopy says of a copy."""

    listed: str
    coloured: int
    commented: bool
    unhidden: tuple[str, ...]


def _marked(
    package: Package, book: str, problems: tuple[Problem, ...], language: Language
) -> tuple[Package, _Shown]:
    sheets = read_sheets(package, book)
    earlier = earlier_corrections(package, book, sheets)
    own = tuple(s for s in sheets if s != earlier)
    styles_part, package = _styles_part(package, book)
    styles = Styles(package.read(styles_part) if package.has(styles_part) else None)
    old = styles.tinted_styles() if earlier or was_marked(package, book) else frozenset()
    if earlier is not None:
        package, earlier = put_aside(package, book, earlier, language)
        own = own if earlier else sheets
    coloured = noted = 0
    hidden = []
    for marks in _all_marks(package, own, problems):
        package, notes = _with_marks(package, marks, styles, old)
        coloured, noted = coloured + len(marks.cells), noted + notes
        if marks.cells and not marks.sheet.visible:
            hidden.append(marks.sheet.title)
    package = with_sheets_shown(package, book, tuple(hidden))
    listed = corrections_sheet(_lines(problems, own), language, styles)
    if earlier is None:
        package, title = with_corrections_sheet(package, book, listed, language)
    else:
        package = with_new_corrections(package, book, earlier, sheets.index(earlier), listed)
        title = earlier.title
    package = package.with_part(styles_part, styles.write())
    return package, _Shown(title, coloured, noted == coloured, tuple(hidden))


def _styles_part(package: Package, book: str) -> tuple[str, Package]:
    """The styles part of the workbook, declared anew where a program left it out, as it may."""
    for relation in package.relationships(book):
        if relation.kind == "styles" and not relation.external:
            return relation.target, package
    # openpyxl looks for it under this name alone.
    part = posixpath.join(posixpath.dirname(book), "styles.xml")
    if package.has(part):
        raise CannotMarkError("styles that no relationship names")
    package, _ = package.with_relationship(book, "styles", part)
    return part, package.with_content_type(part, _TYPE_STYLES)


def _all_marks(package: Package, sheets: tuple[Sheet, ...], problems: tuple[Problem, ...]) -> list[_Marks]:
    """The marks of every sheet, sheets without any included: their tabs must be unselected."""
    by_title: dict[str, dict[Cell, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems[:_MAX_MARKS]:
        place = _place(problem.cell, sheets)
        if place is not None:
            by_title[place[0].title][place[1]].append(problem)
    marks = []
    for sheet in sheets:
        layout = read_layout(check_plain(package.read(sheet.part)))
        cells: dict[Cell, tuple[Problem, ...]] = {}
        for cell, found in by_title[sheet.title].items():
            shown = layout.top_left(cell)
            cells[shown] = (*cells.get(shown, ()), *found)
        marks.append(_Marks(sheet, layout, cells if sheet.kind == "worksheet" else {}))
    return marks


def _place(cell: str, sheets: tuple[Sheet, ...]) -> tuple[Sheet, Cell] | None:
    """ "Form!C7" or "'My form'!C7:D7" -> its sheet and first cell."""
    title, _, reference = cell.rpartition("!")
    at = cell_at(reference.partition(":")[0])
    if at is None:
        return None
    plain = title[1:-1].replace("''", "'") if re.fullmatch(r"'.*'", title) else title
    sheet = next((s for s in sheets if s.title in (title, plain)), None)
    return (sheet, at) if sheet is not None else None


def _with_marks(package: Package, marks: _Marks, styles: Styles, old: frozenset[int]) -> tuple[Package, int]:
    """The package with one sheet's cells coloured and commented, and how many have their comment; earlier
    marks of ours are taken off it."""
    part = marks.sheet.part
    data = check_plain(package.read(part))
    keep_under = not _saved_by_libreoffice(package)

    def restyle(cell: Cell, style: int) -> int:
        if cell in marks.cells:
            return styles.tinted(style, marks.colour(cell))
        return styles.untinted(style, keep_under)

    edits = unselect_edits(data, marks.layout)
    if marks.cells or old:
        edits += style_edits(data, marks.layout, marks.cells, restyle, old)
    if marks.sheet.kind == "worksheet":
        edits += rule_edits(data, marks.layout, {cell: marks.colour(cell) for cell in marks.cells}, styles)
    if edits:
        package = package.with_part(part, splice(data, edits))
    if not marks.cells and not old:
        return package, 0
    layout = read_layout(package.read(part)) if edits else marks.layout
    package, noted = with_comments(package, part, layout, marks.notes())
    return package, len(noted)


def _saved_by_libreoffice(package: Package) -> bool:
    """LibreOffice writes a background colour of its own into every solid fill."""
    return package.has("docProps/app.xml") and b"LibreOffice" in package.read("docProps/app.xml")


def _lines(problems: tuple[Problem, ...], sheets: tuple[Sheet, ...]) -> list[Line]:
    lines = []
    for problem in problems:
        place = _place(problem.cell, sheets)
        link = ""
        if place is not None:
            title = place[0].title.replace("'", "''")
            link = f"'{title}'!{problem.cell.rpartition('!')[2]}"
        lines.append(Line(problem.cell, link, problem.message, problem.severity))
    return lines


def _copy_name(name: str, language: Language) -> str:
    """The name the sender gave, without folders, control characters and ending, told to be a marked copy."""
    plain = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", cell_text(posixpath.basename(name.replace("\\", "/"))))
    stem = re.sub(r"\.xls[xm]?$", "", plain, flags=re.IGNORECASE).strip(" .")[:100] or "form"
    return stem if stem.endswith(_SUFFIX[language]) else stem + _SUFFIX[language]
