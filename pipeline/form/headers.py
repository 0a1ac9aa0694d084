"""Finds the heads of the two tables, wherever they stand and in whatever order. Reads no row beneath them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pipeline.form.fields import FIELDS
from pipeline.form.grid import Cell, Sheet
from pipeline.form.labels import is_listed, names_of
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
#: What a column beside the system's means, though elsewhere the words name something else or nothing.
_ONLY_IN_HEADS = {
    # Alone, "Access type" would be the system.
    "access_level": frozenset({"access type", "type of access", "jenis akses", "tipe akses"}),
    # In the document's head it is the day the form came into force.
    "start_date": frozenset({"tanggal efektif", "tgl efektif"}),
}
#: What stands between two labels in one cell.
_PARTS = re.compile(r"[/&+(:\n,]| dan | and | - ")
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
    #: columns headed by a system's name, with ticks in the employees' rows
    systems: tuple[int, ...] = ()
    #: another table stands beside this one, in the same rows
    beside: bool = False

    def own(self, cells: list[Cell]) -> list[Cell]:
        """The cells of a row that may belong to this table."""
        return [c for c in cells if self.first <= c.column <= self.last] if self.beside else cells


def find_headers(sheet: Sheet, sections: Sections, is_system: Callable[[str], bool]) -> list[Header]:
    """Every table head of a sheet, top down."""
    found: list[Header] = []
    rows = list(sheet.rows())
    bottom = 0
    for index, (row, cells) in enumerate(rows):
        if row <= bottom:
            continue
        for head in _heads(row, cells, sections, is_system):
            if sections.of(row, head.first) != "foreign":
                found.append(_with_second_rows(head, rows[index + 1 : index + 3], is_system))
                bottom = max(bottom, found[-1].bottom)
    return found


def _with_second_rows(
    header: Header, below: list[tuple[int, list[Cell]]], is_system: Callable[[str], bool]
) -> Header:
    for row, cells in below:
        wider = _second_row(header, row, header.own(cells)) or _row_of_systems(
            header, row, header.own(cells), is_system
        )
        if wider is None:
            break
        header = wider
    return header


def _row_of_systems(
    header: Header, row: int, cells: list[Cell], is_system: Callable[[str], bool]
) -> Header | None:
    """The head of employees with a second row of systems' names: "Sistem" over "Accurate | ERP | VPN"."""
    people = {n: c for n, c in header.columns.items() if n in EMPLOYEE_FIELDS}
    systems = tuple(c.column for c in cells if is_system(c.text))
    if row != header.bottom + 1 or len(systems) < 2 or len(systems) < len(cells) or len(people) < 2:
        return None
    if min(systems) <= max(people.values()):
        return None
    last = max(header.last, *systems)
    return replace(header, bottom=row, kind="employees", columns=people, systems=systems, last=last)


def _heads(row: int, cells: list[Cell], sections: Sections, is_system: Callable[[str], bool]) -> list[Header]:
    """The head in a row, or two where both tables stand side by side; empty for a row that is none.

    Side by side each has its own numbers or its own heading above: a row of one says nothing of the other.
    """
    numbers = [c.column for c in cells if _is_number(c)][1:]
    parts = [c.column for c in cells if sections.of(row, c.column) in {"employees", "items"}]
    changes = [b for a, b in pairwise(parts) if sections.of(row, a) != sections.of(row, b)]
    systems = [
        c.column for c in cells if any(n.name == "system" and n.sureness > 1 for n in names_of(c.text))
    ]
    for border in (*numbers, *changes, *systems[1:]):
        left = _header(row, [c for c in cells if c.column < border], sections, is_system)
        right = _header(row, [c for c in cells if c.column >= border], sections, is_system)
        if left and right and ({left.kind, right.kind} == {"employees", "items"} or _are_halves(left, right)):
            return [replace(left, beside=True), replace(right, beside=True)]
    whole = _header(row, cells, sections, is_system)
    return [whole] if whole else []


def _are_halves(left: Header, right: Header) -> bool:
    """One list set in two columns: the same labels once more."""
    ticks = (left.tick is None) == (right.tick is None)
    return left.kind == right.kind and ticks and left.columns.keys() == right.columns.keys()


def _header(
    row: int, cells: list[Cell], sections: Sections, is_system: Callable[[str], bool]
) -> Header | None:
    cells = [c for c in cells if (c.row, c.column) not in sections.places]
    texts = [c for c in cells if c.text and (not is_blank(c.text) or _is_tick_head(c))]
    if len(texts) < 2 or any(isinstance(c.value, (float, bool)) or c.error for c in cells):
        return None
    names = {c.column: _all_names(c) for c in texts}
    if not any(names.values()):
        # Systems alone head no table, and most rows are values: they need not be looked up.
        return None
    systems = [c.column for c in texts if is_system(c.text)]
    # One system's name is a row's, several are heads of columns.
    systems = systems if len(systems) > 1 else []
    known = [c for c in texts if names[c.column] or _is_number(c) or _is_tick_head(c) or c.column in systems]
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
    matrix = tuple(c for c in systems if kind == "employees" and c not in taken)
    if len(matrix) < 2 or matrix[0] > max(taken) + 2:
        # A list of systems far to the side is no part of the table.
        matrix = ()
    return Header(row, row, kind, columns, number, tick, texts[0].column, texts[-1].column, matrix)


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
        # Columns for an approval beside each item ask no requester.
        asks = {"request_date", "requester_name"} & said or number is None or len(items) < 4
        if asks:
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
    columns = {name: column for name, (_, column) in best.items()}
    for name, words in _ONLY_IN_HEADS.items():
        if name in wanted and "system" in columns and name not in columns:
            free = [c.column for c in cells if key(c.text) in words and c.column not in columns.values()]
            columns |= {name: free[0]} if free else {}
    for cell in cells:
        both = _parts_named(cell)
        if {"name", "employee_id"} <= both and {"name", "employee_id"} <= set(wanted):
            # "Nama / NIK": the rows are divided.
            alone = not {"name", "employee_id"} <= {n for n, c in columns.items() if c != cell.column}
            columns |= dict.fromkeys(("name", "employee_id"), cell.column) if alone else {}
        elif {"system", "access_level"} <= both and columns.get("access_level") == cell.column:
            # "Sistem & Level Akses": the level stands behind the system's name.
            columns["system"] = cell.column
    return columns


def _parts_named(cell: Cell) -> set[str]:
    """The fields that the parts of one label name beyond doubt."""
    parts = _PARTS.split(cell.text)
    if is_listed(cell.text):
        return set()
    return {n.name for part in parts if len(parts) > 1 for n in names_of(part)[:1] if n.sureness == 3}


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
    return bool(cell.text) and _says_number(cell.text)


def _is_tick_head(cell: Cell) -> bool:
    return bool(cell.text) and _says_tick(cell.text)


@lru_cache(maxsize=4096)
def _says_number(text: str) -> bool:
    words = [key(part) for part in re.split(r"[/\n(]", text)]
    return (all(word in _NUMBER for word in words if word) and any(words)) or clean(text) == "#"


@lru_cache(maxsize=4096)
def _says_tick(text: str) -> bool:
    words = clean(text).casefold()
    return len(words) <= 30 and bool(_TICK_HEAD.search(words.replace("/", " ")))
