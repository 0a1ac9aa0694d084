"""The sheet of departments: rows to Departments, and what is wrong in them. Reads no workbook."""

import re
from dataclasses import dataclass

from pipeline.directory.mistakes import Mistake, mistake
from pipeline.directory.sheets import Row, Sheet, is_formula_error
from pipeline.directory.words import DEPARTMENTS, clean, department_key
from pipeline.model import Department, Language

#: One plain ASCII address: what mail programs write and what we can write to.
_ADDRESS = re.compile(
    r"(?=.{3,254}$)(?=[^@]{1,64}@)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"
)


def is_address(text: str) -> bool:
    """Is this one plain ASCII mail address, lower case, with a dot in its domain?"""
    return _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True)
class Departments:
    """The departments that could be read. `found` is False where there was no list to look into."""

    departments: tuple[Department, ...]
    mistakes: tuple[Mistake, ...]
    found: bool
    sheet: str


def read_departments(sheet: Sheet, people: Sheet, language: Language) -> Departments:
    """The departments of the sheet; their heads are looked up among the addresses of the people sheet."""
    known = frozenset(row.email("email") for row in people.rows) if people.rows else None
    owners: dict[str, int] = {}
    departments: list[Department] = []
    mistakes: list[Mistake] = []
    for row in sheet.rows:
        name = row.text("name")
        if not name and "name" in sheet.keys:
            header = DEPARTMENTS[0].header(language)
            mistakes.append(mistake("blank", language, row.sheet, row.at("name"), column=header))
        head = row.email("division_head")
        mistakes += _head_mistakes(row, head, known, people.name, language)
        also = also_names(row.cells.get("also"))
        mistakes += _taken(row, (name, *also), owners, language)
        departments.append(Department(name, row.text("division"), head, also))
    found = bool(sheet.rows) and "name" in sheet.keys
    return Departments(tuple(departments), tuple(mistakes), found, sheet.name)


def also_names(value: object) -> tuple[str, ...]:
    """The other names in one cell: between semicolons, commas or on lines of their own."""
    parts = re.split(r"[;,\n]", str(value)) if value is not None else []
    return tuple(dict.fromkeys(name for name in map(clean, parts) if name))


def _head_mistakes(
    row: Row, head: str, known: frozenset[str] | None, people: str, language: Language
) -> list[Mistake]:
    if not head or is_formula_error(row.text("division_head")):
        return []
    cell = row.at("division_head")
    if not is_address(head):
        return [mistake("bad_email", language, row.sheet, cell, text=row.text("division_head"))]
    if known is not None and head not in known:
        return [mistake("head_unknown", language, row.sheet, cell, email=head, sheet_name=people)]
    return []


def _taken(row: Row, names: tuple[str, ...], owners: dict[str, int], language: Language) -> list[Mistake]:
    """Names that another row has already; `owners` learns the new ones."""
    mistakes = []
    for place, name in enumerate(names):
        key = department_key(name)
        owner = owners.setdefault(key, row.number) if key else row.number
        if owner != row.number:
            cell = row.at("also" if place else "name")
            mistakes.append(mistake("department_twice", language, row.sheet, cell, text=name, line=owner))
    return mistakes
