"""Reads a filled form from its bytes: opens it, understands it, judges it. All problems come at once."""

from dataclasses import replace
from datetime import date
from itertools import islice

from pipeline.form.checks import check_form
from pipeline.form.filling import read_values
from pipeline.form.grid import Book, CannotReadError, Sheet, place_of
from pipeline.form.grid_open import open_book
from pipeline.form.markup_seal import has_seal
from pipeline.form.messages import problem
from pipeline.form.refusals import file_problem
from pipeline.form.sheetform import read_sheet
from pipeline.form.workbook import NoFormError, choose_form
from pipeline.model import Form, FormReading, Language, Problem, System

#: Cells that are understood of one sheet, and of one workbook: a form of 450 rows has 4,000.
_MOST_SHEET_CELLS, _MOST_CELLS = 8_000, 24_000

NO_FORM = Form(
    request_date=None, request_type=None, revises="", requester_name="", requester_position="",
    requester_email="", requester_department="", requester_division="", division_head_name="",
    signature="none", signed_on=None, employees=(), lines=(),
)  # fmt: skip


def read_form(
    data: bytes, name: str, catalogue: tuple[System, ...], today: date, language: Language
) -> FormReading:
    """What a file says, with every problem the form alone shows. Never raises for what a file holds.

    Runs in the calling process: for files from outside use the Sandbox, which bounds memory and time.
    """
    try:
        book = open_book(data)
    except CannotReadError as refusal:
        return unread(file_problem(refusal.reason, refusal.what, language), refusal.what or refusal.reason)
    return read_book(book, catalogue, today, language)


def read_book(book: Book, catalogue: tuple[System, ...], today: date, language: Language) -> FormReading:
    """What a workbook says, as read_form."""
    sheets = _first_cells(book)
    forms = [read_sheet(sheet, catalogue) for sheet in sheets]
    cut = {form.title for form, sheet in zip(forms, sheets, strict=True) if form.is_form and sheet.cut}
    if cut:
        # Half of a table must not be taken for the whole of it.
        return unread(file_problem("too_many_cells", "", language), book.kind, book.version)
    try:
        form = choose_form(forms)
    except NoFormError as error:
        found = problem(error.message, "form", "form", "", language, {"text": error.text})
        return unread(found, book.kind, book.version)
    reading = replace(
        read_values(form, book, catalogue, today, language), version=book.version, producer=book.kind,
        corrections=next((sheet.title for sheet in book.sheets if has_seal(sheet.cells)), ""),
    )  # fmt: skip
    problems = (*reading.problems, *check_form(reading, catalogue, today, language))
    return replace(reading, problems=_in_order(problems))


def _first_cells(book: Book) -> list[Sheet]:
    """The sheets with no more cells than a form has, so that no file can keep the reader busy for long."""
    left = _MOST_CELLS
    sheets = []
    for sheet in book.sheets:
        room = min(left, _MOST_SHEET_CELLS)
        if len(sheet.cells) > room:
            first = dict(islice(sorted(sheet.cells.items()), room))
            sheets.append(replace(sheet, cells=first, cut=True))
        else:
            sheets.append(sheet)
        left -= len(sheets[-1].cells)
    return sheets


def unread(found: Problem, producer: str = "", version: str = "") -> FormReading:
    """The reading of a file that is no form: one problem, nothing else."""
    return FormReading(NO_FORM, (found,), {}, version, producer)


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Errors before warnings, each in the order in which a person reads the form."""

    def place(found: Problem) -> tuple[bool, int, int]:
        row, column = place_of(found.cell.rpartition("!")[2]) or (0, 0)
        return found.severity != "error", row, column

    return tuple(sorted(problems, key=place))
