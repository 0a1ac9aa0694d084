"""Finds the heads of the two tables, wherever they stand and in whatever order. Reads no row beneath them."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.form.fields import FIELDS
from pipeline.form.grid import Cell, Sheet
from pipeline.form.labels import names_of
from pipeline.form.sections import Sections
from pipeline.form.words import clean, is_blank, key

TableKind = Literal["employees", "items", "both"]

EMPLOYEE_FIELDS = tuple(f.name for f in FIELDS if f.part == "employees")
ITEM_FIELDS = tuple(f.name for f in FIELDS if f.part == "items")
_NUMBER = frozenset({"no", "nomor", "no urut", "number", "num", "urut", "nr", "line", "#"})
_TICK_HEAD = re.compile(
    r"\b(?:pilih|pilihan|centang|tick|select|check|checklist|ceklis|ceklist|contreng|dipilih|ya tidak|yes no|"
    r"y n|tandai|diminta|required|cek|request|needed|dibutuhkan|perlu)\b|^(?:[v√✓✔☑x]|ya|yes|y)$"
)
#: Labels that only a requester's own part has.
_REQUESTERS = frozenset({"request_date", "request_type", "requester_name", "division_head_name", "signature"})


@dataclass(frozen=True)
class Header:
    """A table's head: its rows and field -> column. `number` and `tick` are columns of their own."""

    top: int
    bottom: int
    kind: TableKind
    columns: dict[str, int]
    number: int | None
    tick: int | None
    #: first and last column of the head
    first: int
    last: int


def find_headers(sheet: Sheet, sections: Sections) -> list[Header]:
    """Every table head of a sheet, top down."""
    found: list[Header] = []
    rows = list(sheet.rows())
    for index, (row, cells) in enumerate(rows):
        if found and row <= found[-1].bottom:
            continue
        header = _header(row, cells, sections)
        if header is None or sections.of(row, header.first) == "foreign":
            continue
        for below, more in rows[index + 1 : index + 3]:
            wider = _second_row(header, below, more)
            if wider is None:
                break
            header = wider
        found.append(header)
    return found


def _header(row: int, cells: list[Cell], sections: Sections) -> Header | None:
    texts = [c for c in cells if c.text and not is_blank(c.text)]
    if len(texts) < 2 or any(isinstance(c.value, (float, bool)) or c.error for c in cells):
        return None
    names = {c.column: _all_names(c) for c in texts}
    known = [c for c in texts if names[c.column] or _is_number(c) or _is_tick_head(c)]
    if len(known) < 0.6 * len(texts):
        return None
    number = next((c.column for c in texts if _is_number(c)), None)
    employees = _columns(texts, EMPLOYEE_FIELDS)
    items = _columns(texts, ITEM_FIELDS)
    said = {name for every in names.values() for name in every}
    kind = _kind(employees, items, said, number, sections.of(row, texts[0].column))
    if kind is None:
        return None
    tick = next((c.column for c in texts if _is_tick_head(c) and c.column not in items.values()), None)
    if kind == "items" and tick is None and len(items) < 2:
        return None
    columns = _of_kind(kind, employees, items)
    taken = set(columns.values())
    tick = tick if kind != "employees" and tick not in taken else None
    return Header(row, row, kind, columns, number, tick, texts[0].column, texts[-1].column)


def _of_kind(kind: TableKind, employees: dict[str, int], items: dict[str, int]) -> dict[str, int]:
    if kind == "employees":
        return employees
    taken = set(items.values())
    # An access table may say whose access a row is: by number, by name or by NIK.
    whose = {n: c for n, c in employees.items() if c not in taken}
    return {**whose, **items}


def _kind(
    employees: dict[str, int], items: dict[str, int], said: set[str], number: int | None, section: str
) -> TableKind | None:
    """What a row of labels is the head of. None: of nothing of ours, or of values beneath (a requester's)."""
    strong_items = "system" in items or len(set(items) - {"employee_no"}) >= 3
    if strong_items and said & _REQUESTERS and section != "items":
        return None
    if strong_items and {"name", "employee_id"} & set(employees) and len(employees) >= 2:
        return "both"
    if strong_items:
        return "items"
    return "employees" if _is_employees(employees, said, number, section) else None


def _is_employees(employees: dict[str, int], said: set[str], number: int | None, section: str) -> bool:
    """Whether labels of people head the employees' table, and not the requester's own answers beneath."""
    has_id = "employee_id" in employees
    if len(employees) < 2 or not (has_id or "name" in employees):
        return False
    if said & _REQUESTERS and section != "employees":
        return False
    return has_id or (
        section not in {"requester", "request", "signoff"}
        and not ("requester_department" in said and number is None)
    )


def _columns(cells: list[Cell], wanted: tuple[str, ...]) -> dict[str, int]:
    """Field -> column; the surer label has it, then the one further left."""
    best: dict[str, tuple[int, int]] = {}
    for cell in cells:
        for named in names_of(cell.text):
            surer = named.name not in best or named.sureness > best[named.name][0]
            if named.name in wanted and surer and cell.column not in {c for _, c in best.values()}:
                best[named.name] = (named.sureness, cell.column)
                break
    return {name: column for name, (_, column) in best.items()}


def _second_row(header: Header, row: int, cells: list[Cell]) -> Header | None:
    """The head with a second row of labels: "Masa berlaku" over "Mulai | Berakhir", or the other language."""
    if row != header.bottom + 1:
        return None
    texts = [c for c in cells if c.text and not is_blank(c.text)]
    if not texts or any(isinstance(c.value, (float, bool)) for c in cells):
        return None
    wanted = EMPLOYEE_FIELDS if header.kind == "employees" else ITEM_FIELDS
    if header.kind == "both":
        wanted = (*EMPLOYEE_FIELDS, *ITEM_FIELDS)
    for cell in texts:
        inside = header.first <= cell.column <= header.last + 1
        fits = any(n.name in wanted and n.sureness >= 2 for n in names_of(cell.text)) or _is_number(cell)
        if not inside or not fits:
            return None
    columns = dict(header.columns)
    for name, column in _columns(texts, wanted).items():
        others = {n for n, c in columns.items() if c == column and n != name}
        if name not in columns or column != columns[name]:
            for other in others:
                # "Periode" read as a start date gives way to the "Mulai" beneath it.
                columns.pop(other)
            columns[name] = column
    return replace(header, bottom=row, columns=columns, last=max(header.last, texts[-1].column))


def _all_names(cell: Cell) -> set[str]:
    return {n.name for n in names_of(cell.text)}


def _is_number(cell: Cell) -> bool:
    words = [key(part) for part in re.split(r"[/\n(]", cell.text)]
    return (all(word in _NUMBER for word in words if word) and any(words)) or clean(cell.text) == "#"


def _is_tick_head(cell: Cell) -> bool:
    words = clean(cell.text).casefold()
    return len(words) <= 30 and bool(_TICK_HEAD.search(words.replace("/", " ")))
