"""Draws the official form on a sheet: head, labels, free cells. Fills in nothing, knows no drop-down."""

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.form import blank_style as style
from pipeline.form import blank_words as words
from pipeline.form.blank_places import EXTRA_WIDTH, WIDTHS, DocumentHeader, Places, Table, fields_in
from pipeline.form.fields import Field
from pipeline.model import Language

_LABEL_ROW, _BAR_ROW = 25.5, 16.0


def draw_form(
    sheet: Worksheet, company: str, language: Language, document: DocumentHeader, at: Places
) -> None:
    for column, width in enumerate(_widths(at.columns), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.sheet_format.defaultRowHeight = style.ROW
    _draw_head(sheet, company, language, document, at)
    _draw_top(sheet, language, at)
    _draw_table(sheet, "employees", at.employees, language, at.columns)
    _draw_table(sheet, "items", at.items, language, at.columns)
    _draw_signoff(sheet, language, at)


def _draw_head(
    sheet: Worksheet, company: str, language: Language, document: DocumentHeader, at: Places
) -> None:
    """The head of the document: company, title, and what makes it a controlled document."""
    for row, height in zip(range(1, 7), (14, 14, 14, 14, 14, 4), strict=True):
        sheet.row_dimensions[row].height = height
    name = style.block(sheet, 1, 1, 3, 3)
    put_text(name, company)
    name.font = style.font(13, bold=True, color=style.INK)
    name.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    title = style.block(sheet, 1, 4, 3, 4)
    title.value = words.title(language)
    title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, key in enumerate(("number", "effective", "revision"), start=1):
        cell = style.block(sheet, row, 8, 1, at.columns - 7)
        cell.value = words.head_fact(key, getattr(document, key), language)
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)
    for column, wide, key in ((1, 3, "segment"), (4, 2, "process"), (6, at.columns - 5, "sub_process")):
        cell = style.block(sheet, 4, column, 1, wide)
        cell.value = words.head_fact(key, getattr(document, key), language)
        cell.alignment = Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True)
    style.frame(sheet, 1, 1, 4, at.columns)
    stamp = style.block(sheet, 5, 1, 1, at.columns)
    stamp.value = "Controlled Document"
    stamp.font = style.font(style.SMALL, italic=True, color=style.GREY)
    stamp.alignment = Alignment(horizontal="right", vertical="center")


def _draw_top(sheet: Worksheet, language: Language, at: Places) -> None:
    """Request to the left, requester to the right, and a word of guidance where the left is shorter."""
    sheet.row_dimensions[at.top - 1].height = _BAR_ROW
    style.bar(sheet, at.top - 1, 1, 4, words.part("request", language))
    style.bar(sheet, at.top - 1, 5, at.columns - 4, words.part("requester", language))
    for row in range(at.top, at.top + at.top_rows):
        sheet.row_dimensions[row].height = _LABEL_ROW
    for field in fields_in("request"):
        _draw_answer(sheet, field, language, at, 1, 2, 2)
    for field in fields_in("requester"):
        _draw_answer(sheet, field, language, at, 5, 2, at.columns - 6)
    used = len(fields_in("request"))
    if used < at.top_rows:
        guide = style.block(sheet, at.top + used, 1, at.top_rows - used, 4)
        style.frame(sheet, at.top + used, 1, at.top_rows - used, 4)
        guide.value = words.small(words.GUIDE, language)
        guide.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)


def _widths(columns: int) -> tuple[float, ...]:
    return (*WIDTHS, *[EXTRA_WIDTH] * (columns - len(WIDTHS)))


def _make_room(sheet: Worksheet, row: int, height: float) -> None:
    """Makes a row as high as its highest label needs."""
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height or 0, height)


def _draw_answer(
    sheet: Worksheet, field: Field, language: Language, at: Places, label_at: int, label: int, answer: int
) -> None:
    row, column = at.answers[field.name]
    width = sum(WIDTHS[label_at - 1 : label_at - 1 + label])
    _make_room(sheet, row, words.label_height(field, language, width))
    style.label(sheet, row, label_at, words.label(field, language), columns=label)
    style.free_cell(sheet, row, column, field.kind, columns=answer)


def _draw_table(sheet: Worksheet, part: str, table: Table, language: Language, columns: int) -> None:
    sheet.row_dimensions[table.head - 1].height = _BAR_ROW
    sheet.row_dimensions[table.head].height = _LABEL_ROW
    style.bar(sheet, table.head - 1, 1, columns, words.part(part, language))
    style.label(sheet, table.head, 1, words.number())
    fields = fields_in(part)
    last = max(table.columns.values())
    for field in fields:
        column = table.columns[field.name]
        # The last column has the rest of the page, so that both tables are of one width.
        wide = columns - last + 1 if column == last else 1
        width = sum(_widths(columns)[column - 1 : column - 1 + wide])
        _make_room(sheet, table.head, words.label_height(field, language, width))
        style.label(sheet, table.head, column, words.label(field, language), columns=wide)
        for row in range(table.first, table.last + 1):
            style.free_cell(sheet, row, column, field.kind, in_table=wide == 1)
            style.run_over(sheet, row, column, wide)
    for number, row in enumerate(range(table.first, table.last + 1), start=1):
        cell = style.block(sheet, row, 1)
        cell.value = number
        cell.font = style.font(style.SMALL, color=style.GREY)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        style.frame(sheet, row, 1)


def _draw_signoff(sheet: Worksheet, language: Language, at: Places) -> None:
    sheet.row_dimensions[at.signoff - 1].height = _BAR_ROW
    style.bar(sheet, at.signoff - 1, 1, at.columns, words.part("signoff", language))
    for row in range(at.signoff, at.note):
        sheet.row_dimensions[row].height = _LABEL_ROW
    *named, signature = fields_in("signoff")
    for field in named:
        _draw_answer(sheet, field, language, at, 1, 2, 2)
    rows = at.signoff_rows
    style.label(sheet, at.signoff, 5, words.label(signature, language), rows=rows, columns=2)
    box = style.free_cell(sheet, at.signoff, 7, signature.kind, rows=rows, columns=at.columns - 6)
    box.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    oath = style.block(sheet, at.signoff + len(named), 1, rows - len(named), 4)
    style.frame(sheet, at.signoff + len(named), 1, rows - len(named), 4)
    oath.value = words.small(words.DECLARATION, language)
    oath.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    note = style.block(sheet, at.note, 1, 1, at.columns)
    note.value = words.small(words.NOTE, language)
    note.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[at.note].height = 24
