"""The official blank form as an xlsx workbook. Puts it together; reads nobody's file."""

import io
from collections.abc import Iterable

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.form.blank_draw import draw_form
from pipeline.form.blank_lists import add_lists, add_rule
from pipeline.form.blank_places import DocumentHeader, Places, fields_in, places_for
from pipeline.form.blank_style import set_letters
from pipeline.form.blank_words import PAGE
from pipeline.form.fields import ACTIONS, EVERYTHING, FORM_VERSION, SHEET_NAME, TYPES, URGENCIES, Field
from pipeline.form.fill import put_form, put_value
from pipeline.model import Directory, Form, Language, System

#: Words outside these lists are refused; outside the others Excel asks whether they are meant.
_STRICT = frozenset({"request_type", "urgency", "system", "action"})


def write_blank(
    catalogue: tuple[System, ...],
    directory: Directory,
    company: str,
    language: Language,
    document: DocumentHeader,
    prefill: Form | None = None,
    revises: str = "",
) -> bytes:
    """The official form as xlsx: one A4 page, drop-downs from catalogue and directory, labels protected.

    `prefill` writes an earlier form's values into it, `revises` the number of the request it corrects. A
    signature and its date are never carried over: a corrected form is signed anew (SOP 5.2). The tables grow
    beyond 15 employees and 30 rows where `prefill` has more.
    """
    at = places_for(prefill)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET_NAME
    set_letters(book)
    draw_form(sheet, company, language, document, at)
    ranges = add_lists(book, FORM_VERSION, language, _lists(catalogue, directory, language))
    for field, cells in _answer_cells(at):
        add_rule(sheet, cells, field, ranges.get(field.name, ""), language, field.name in _STRICT)
    if prefill is not None:
        put_form(sheet, at, prefill, language, signed=False)
    if revises:
        put_value(sheet, *at.answers["revises"], revises)
    _set_up_page(sheet, language, document, at)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lists(
    catalogue: tuple[System, ...], directory: Directory, language: Language
) -> dict[str, tuple[str, ...]]:
    """Field -> what its drop-down offers."""
    heads = {d.division_head for d in directory.departments}
    named = (p.name for p in directory.people if p.role == "division_head" or p.email in heads)
    return {
        "request_type": tuple(label[language] for label in TYPES.values()),
        "urgency": tuple(label[language] for label in URGENCIES.values()),
        "requester_department": _once(d.name for d in directory.departments),
        "requester_division": _once(d.division for d in directory.departments),
        "system": (*(s.label(language) for s in catalogue), EVERYTHING[language]),
        "access_level": _once(level for s in catalogue for level in s.levels),
        "action": tuple(label[language] for label in ACTIONS.values()),
        "division_head_name": _once(named),
    }


def _once(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in the order of its first mention."""
    return tuple(dict.fromkeys(v for v in values if v))


def _answer_cells(at: Places) -> list[tuple[Field, str]]:
    """Every field with the cells its answers go into, as Excel writes a range."""
    single = [f for part in ("request", "requester", "signoff") for f in fields_in(part)]
    cells = [(f, _name(*at.answers[f.name])) for f in single]
    for part, table in (("employees", at.employees), ("items", at.items)):
        for field in fields_in(part):
            column = table.columns[field.name]
            cells.append((field, f"{_name(table.first, column)}:{_name(table.last, column)}"))
    return cells


def _name(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _set_up_page(sheet: Worksheet, language: Language, document: DocumentHeader, at: Places) -> None:
    """One A4 page, the labels locked without a password: it keeps from slips, not from people."""
    sheet.print_area = f"A1:{_name(at.note, at.columns)}"
    sheet.print_title_rows = "1:4"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "portrait"
    sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.3, bottom=0.5, header=0.15, footer=0.2)
    sheet.print_options.horizontalCentered = True
    footer = HeaderFooterItem(
        left=_footer(f"{document.number}  Rev. {document.revision}".replace("&", "&&")),
        center=_footer("Controlled Document"),
        right=_footer(PAGE[language]),
    )
    sheet.HeaderFooter.oddFooter = footer
    sheet.protection.sheet = True
    # Rows may be made higher for a long description; nothing else of the layout may move.
    sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False
    first = _name(*at.answers[fields_in("request")[0].name])
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = first


def _footer(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text, size=7)
