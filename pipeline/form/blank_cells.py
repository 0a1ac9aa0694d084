"""Where a field of a reading stands on the official form that was filled with it. Writes nothing."""

from dataclasses import replace

from pipeline.form.blank_places import Places, places_for
from pipeline.form.fields import SHEET_NAME
from pipeline.form.grid import column_letters
from pipeline.model import Form, Problem


def on_official_form(problems: tuple[Problem, ...], form: Form) -> tuple[Problem, ...]:
    """The problems of another file with the cells of the official form that `form` was written into."""
    at = places_for(form)
    return tuple(replace(one, cell=_official_cell(one.field, at)) for one in problems)


def _official_cell(path: str, at: Places) -> str:
    """ "items[1].start_date" -> "Form!F33"; "" for what stands nowhere on the form."""
    name, _, rest = path.partition("[")
    place = at.answers.get(name)
    if name in {"employees", "items"}:
        table = at.employees if name == "employees" else at.items
        number, _, field = rest.partition("]")
        row = table.first + (int(number) if number.isdecimal() else 0)
        # A problem of a whole row or table shows in the column that names it.
        column = table.columns.get(field.lstrip(".") or ("name" if name == "employees" else "system"))
        place = (row, column) if column and row <= table.last else None
    return f"{SHEET_NAME}!{column_letters(place[1])}{place[0]}" if place else ""
