"""The hidden sheet of drop-down sources, and the hints that appear at a cell: help, never a check."""

from collections.abc import Mapping
from typing import Literal

from openpyxl.utils import absolute_coordinate, get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import cell_text, put_text
from pipeline.form.blank_words import hint
from pipeline.form.fields import LISTS_NAME, VERSION_NAME, Field
from pipeline.model import Language


def add_lists(
    book: Workbook, version: str, language: Language, lists: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Writes the hidden sheet with the form's version and language; answers name -> range of its list."""
    sheet = book.create_sheet(LISTS_NAME)
    sheet.sheet_state = "hidden"
    put_text(sheet.cell(1, 1), VERSION_NAME)
    put_text(sheet.cell(2, 1), version)
    put_text(sheet.cell(3, 1), language)
    pointer = f"{LISTS_NAME}!$A$2"
    # A cell, not a constant: Google Sheets keeps names of cells and drops names of words.
    book.defined_names[VERSION_NAME] = DefinedName(VERSION_NAME, attr_text=pointer, hidden=True)
    ranges = {}
    for column, (name, values) in enumerate(((n, v) for n, v in lists.items() if v), start=2):
        put_text(sheet.cell(1, column), name)
        for row, value in enumerate(values, start=2):
            put_text(sheet.cell(row, column), value)
        letter = get_column_letter(column)
        ranges[name] = f"{LISTS_NAME}!{absolute_coordinate(f'{letter}2:{letter}{len(values) + 1}')}"
    return ranges


def form_language(lists: Worksheet) -> Language:
    """The language that the form is written in."""
    return "en" if lists.cell(3, 1).value == "en" else "id"


def add_rule(
    sheet: Worksheet, cells: str, field: Field, source: str, language: Language, strict: bool
) -> None:
    """The hint at a field's cells, with its drop-down or its kind of value where it has one.

    A person may insist on other words, unless the list is `strict`: the reader copes.
    """
    said = hint(field, language)
    limits = {"date": ("36526", "73050"), "number": ("1", "99")}.get(field.kind, (None, None))
    kinds: dict[str, Literal["date", "whole"]] = {"date": "date", "number": "whole"}
    kind: Literal["list", "date", "whole"] | None = "list" if source else kinds.get(field.kind)
    if kind is None and not said.text:
        return
    rule = DataValidation(type=kind, formula1=source or limits[0], formula2=None if source else limits[1])
    # Excel calls a file damaged whose titles have more than 32 characters or texts more than 255.
    rule.promptTitle, rule.prompt = cell_text(said.title)[:32], cell_text(said.text)[:255]
    rule.errorTitle, rule.error = cell_text(said.title)[:32], cell_text(said.wrong)[:225]
    rule.showInputMessage, rule.showErrorMessage = bool(said.text), kind is not None
    rule.errorStyle = "stop" if strict else "warning"
    rule.allowBlank = True
    rule.add(cells)
    sheet.add_data_validation(rule)
