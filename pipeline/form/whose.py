"""Who the rows of a form are about: its employees, their numbers, and what tells one from another."""

from collections.abc import Mapping

from pipeline.form.answers import Answer, Row
from pipeline.form.sheetform import SheetForm
from pipeline.form.values import read_id, typed_text
from pipeline.form.words import key


def employee_rows(form: SheetForm, date1904: bool) -> tuple[Row, ...]:
    """The employees' rows; where access rows name them instead, each person once."""
    if form.employees:
        return form.employees
    rows: list[Row] = []
    seen = set()
    for row in form.items:
        who: Row = {n: row[n] for n in ("name", "employee_id", "position", "email") if n in row}
        identity = identity_of(who, date1904)
        if identity and identity not in seen:
            seen.add(identity)
            rows.append(who)
    return tuple(rows)


def identity_of(who: Mapping[str, Answer], date1904: bool) -> str:
    """A person by NIK, else by name; "" for an empty row."""
    nik = key(read_id(who["employee_id"], date1904).value) if "employee_id" in who else ""
    return nik or (key(typed_text(who["name"])) if "name" in who else "")


def numbers_of(rows: tuple[Row, ...]) -> list[int]:
    """The numbers that access rows refer to employees by: the printed ones, else counted."""
    cells = [row["no"].cell if "no" in row else None for row in rows]
    printed = [
        int(c.value) if c and isinstance(c.value, float) and c.value == int(c.value) else 0 for c in cells
    ]
    return (
        printed
        if all(n > 0 for n in printed) and len(set(printed)) == len(rows)
        else list(range(1, len(rows) + 1))
    )
