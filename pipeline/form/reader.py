"""Reads a filled form from its bytes: opens it, understands it, judges it. All problems come at once."""

from dataclasses import replace
from datetime import date

from pipeline.form.checks import check_form
from pipeline.form.filling import read_values
from pipeline.form.grid import Book, CannotReadError, place_of
from pipeline.form.grid_open import open_book
from pipeline.form.messages import file_problem, problem
from pipeline.form.sheetform import read_sheet
from pipeline.form.workbook import NoFormError, choose_form
from pipeline.model import Form, FormReading, Language, Problem, System

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
    forms = [read_sheet(sheet, catalogue) for sheet in book.sheets]
    try:
        form = choose_form(forms)
    except NoFormError as error:
        found = problem(error.message, "form", "form", "", language, {"text": error.text})
        return unread(found, book.kind, book.version)
    reading = replace(
        read_values(form, book, catalogue, today, language), version=book.version, producer=book.kind
    )
    problems = (*reading.problems, *check_form(reading, catalogue, today, language))
    return replace(reading, problems=_in_order(problems))


def unread(found: Problem, producer: str = "", version: str = "") -> FormReading:
    """The reading of a file that is no form: one problem, nothing else."""
    return FormReading(NO_FORM, (found,), {}, version, producer)


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Errors before warnings, each in the order in which a person reads the form."""

    def place(found: Problem) -> tuple[bool, int, int]:
        row, column = place_of(found.cell.rpartition("!")[2]) or (0, 0)
        return found.severity != "error", row, column

    return tuple(sorted(problems, key=place))
