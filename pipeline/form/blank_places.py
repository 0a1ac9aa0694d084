"""Where everything stands on the official form: rows and columns, worked out from the list of fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.form.fields import FIELDS, Field
from pipeline.model import Form

#: The grid, in characters of the form's own letters: columns A to H, wide enough for the access table,
#: which has the most columns.
WIDTHS = (5.3, 15.2, 22.0, 21.0, 12.5, 14.5, 16.5, 32.0)
EXTRA_WIDTH = 16.0
EMPLOYEE_ROWS, ITEM_ROWS = 15, 30

#: Rows of the head of the document, the bar included.
_HEAD = 7


@dataclass(frozen=True)
class DocumentHeader:
    """The head of a controlled document, as the company's procedures carry it."""

    segment: str
    process: str
    sub_process: str
    number: str
    effective: str
    revision: str


@dataclass(frozen=True)
class Table:
    """A table's head row, its first and last row for answers, and field -> column."""

    head: int
    first: int
    last: int
    columns: Mapping[str, int]


@dataclass(frozen=True)
class Places:
    """The official form as rows and columns (both from 1)."""

    columns: int
    #: field -> (row, column) of the answer; the label stands to its left
    answers: Mapping[str, tuple[int, int]]
    #: rows of the two blocks at the top: request to the left, requester to the right
    top: int
    top_rows: int
    employees: Table
    items: Table
    signoff: int
    signoff_rows: int
    note: int


def places_for(form: Form | None = None) -> Places:
    """The places of the official form, its tables with as many rows as `form` needs, at least 15 and 30."""
    request, requester, signoff = (_names(p) for p in ("request", "requester", "signoff"))
    top, top_rows = _HEAD + 1, max(len(request), len(requester))
    people = _table(top + top_rows + 1, "employees", max(EMPLOYEE_ROWS, len(form.employees) if form else 0))
    access = _table(people.last + 2, "items", max(ITEM_ROWS, len(form.lines) if form else 0))
    end = access.last + 2
    *named, signature = signoff
    rows = max(len(named) + 1, 3)
    return Places(
        columns=max(len(WIDTHS), len(access.columns) + 1),
        answers={
            **{name: (top + i, 3) for i, name in enumerate(request)},
            **{name: (top + i, 7) for i, name in enumerate(requester)},
            **{name: (end + i, 3) for i, name in enumerate(named)},
            signature: (end, 7),
        },
        top=top,
        top_rows=top_rows,
        employees=people,
        items=access,
        signoff=end,
        signoff_rows=rows,
        note=end + rows,
    )


def fields_in(part: str) -> tuple[Field, ...]:
    """The fields of one part of the form, in the order they are drawn."""
    fields = tuple(f for f in FIELDS if f.part == part)
    # The number comes first: its column is the narrow one beside the row's own number.
    return tuple(sorted(fields, key=lambda f: f.name != "employee_id")) if part == "employees" else fields


def _names(part: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields_in(part))


def _table(head: int, part: str, rows: int) -> Table:
    columns = {name: number for number, name in enumerate(_names(part), start=2)}
    return Table(head, head + 1, head + rows, columns)
