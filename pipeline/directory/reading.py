"""Bytes of directory.xlsx to a Directory, or to all its mistakes at once. Opens no path, writes nothing."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.directory.departments import read_departments
from pipeline.directory.mistakes import DirectoryError, Mistake, mistake
from pipeline.directory.people import read_people
from pipeline.directory.sheets import Sheet, open_sheets, read_sheet
from pipeline.directory.words import (
    DEPARTMENTS,
    DEPARTMENTS_SHEET,
    PEOPLE,
    PEOPLE_SHEET,
    ROLES,
    Column,
    find_role,
    pick,
)
from pipeline.model import Directory, Language

#: Without somebody in these roles nothing can be decided or done.
_NEEDED = ("it_manager", "it_staff")


#: Every round reads the same workbook until somebody saves it.
@lru_cache(maxsize=4)
def read_directory(data: bytes) -> Directory:
    """The directory in the workbook. DirectoryError carries every mistake with its cell and its mend.

    Headers may stand in any order, in Indonesian or English, with other columns and sheets around them. The
    mistakes are told in the language of the people sheet's headers.
    """
    grids = open_sheets(data)
    people = read_sheet(grids, PEOPLE_SHEET, PEOPLE)
    departments = read_sheet(grids, DEPARTMENTS_SHEET, DEPARTMENTS)
    language = people.language if people.found else departments.language
    mistakes = [
        *_sheet_mistakes(people, PEOPLE_SHEET, PEOPLE, language),
        *_sheet_mistakes(departments, DEPARTMENTS_SHEET, DEPARTMENTS, language),
    ]
    known = read_departments(departments, people, language)
    found, wrong = read_people(people, known, language)
    mistakes += [*wrong, *known.mistakes, *_nobody(people, language)]
    if mistakes:
        raise DirectoryError(tuple(dict.fromkeys(mistakes)))
    return Directory(found, known.departments)


def _sheet_mistakes(
    sheet: Sheet, names: tuple[str, str], columns: tuple[Column, ...], language: Language
) -> Iterator[Mistake]:
    if not sheet.found:
        headers = ", ".join(column.header(language) for column in columns)
        yield mistake("no_sheet", language, name=pick(names, language), columns=headers)
    yield from sheet.mistakes


def _nobody(people: Sheet, language: Language) -> Iterator[Mistake]:
    """Roles that must be filled; not asked of a sheet that is missing, empty or has no role column."""
    if not people.rows or "role" not in people.keys:
        return
    from_cells = {row.text("role") for row in people.rows}
    roles = {find_role(text) for text in from_cells}
    for role in _NEEDED:
        if role not in roles:
            yield mistake("no_one", language, people.name, role=pick(ROLES[role], language))
