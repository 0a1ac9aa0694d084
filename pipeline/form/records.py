"""Employees and access items out of tables or labelled lines, and whose each item is. Judges no value."""

from itertools import groupby

from pipeline.form.answers import Answer, Row
from pipeline.form.choices import action_in
from pipeline.form.grid import Sheet
from pipeline.form.headers import EMPLOYEE_FIELDS, ITEM_FIELDS
from pipeline.form.pairs import Pair
from pipeline.form.tableends import plain_text
from pipeline.form.tables import Table
from pipeline.form.words import has_box, is_blank, is_no_tick, is_tick


def read_records(
    sheet: Sheet, tables: list[Table], pairs: list[Pair]
) -> tuple[tuple[Row, ...], tuple[Row, ...], Row]:
    """Rows of employees and of items, from tables where there are any, else from labelled lines."""
    employees: list[Row] = []
    items: list[Row] = []
    places: Row = {}
    for table in tables:
        first = Answer(table.header.bottom + 1, min(table.header.columns.values()))
        if table.header.kind in {"employees", "both"}:
            places.setdefault("employees", first)
        if table.header.kind in {"items", "both"}:
            places.setdefault("items", first)
            items += [shared(row, pairs) for row in table.rows]
        else:
            employees += [{**row, **_number(sheet, table, row)} for row in table.rows]
        if table.header.systems:
            places.setdefault("items", Answer(first.row, table.header.systems[0]))
            items += [shared(row, pairs) for row in _crossed(sheet, table)]
    if "employees" not in places:
        employees += _lines(pairs, EMPLOYEE_FIELDS, "name", places, "employees")
    if "items" not in places:
        items += _lines(pairs, ITEM_FIELDS, "system", places, "items")
    spans = [(t.header.top, t.last) for t in tables if t.header.kind != "employees"]
    return tuple(employees), tuple(_owned(employees, items, spans)), places


def _owned(employees: list[Row], items: list[Row], spans: list[tuple[int, int]]) -> list[Row]:
    """The items with whose they are, where a form goes from person to person, each with items beneath.

    Read as one list for everybody, such a form would give every person what another was to get.
    """
    people = [(min(a.row for a in row.values()), True, row) for row in employees]
    beside = any(top <= at <= last for at, _, _ in people for top, last in spans)
    named = any({"name", "employee_id", "employee_no"} & row.keys() for row in items)
    if beside or named or len(people) < 2:
        return items
    wanted = [(_own_row(row), False, row) for row in items]
    order = sorted((*people, *wanted), key=lambda one: one[0])
    groups = [(person, [row for _, _, row in every]) for person, every in groupby(order, lambda one: one[1])]
    if len(groups) < 4 or len(groups) % 2 or not groups[0][0]:
        return items
    return [
        {**item, **{n: owner[n] for n in ("name", "employee_id") if n in owner}}
        for (_, owners), (_, rows) in zip(groups[::2], groups[1::2], strict=True)
        for item in rows
        for owner in owners
    ]


def _own_row(item: Row) -> int:
    """Where an item stands; what is said once for all items stands elsewhere."""
    return item["system"].row if "system" in item else min(a.row for a in item.values())


def _crossed(sheet: Sheet, table: Table) -> list[Row]:
    """The items of a table with people down and systems across: for all, where all were given the same."""
    asked: list[tuple[Row, list[Row]]] = []
    for person in table.rows:
        at = next(iter(person.values())).row
        wanted: list[Row] = []
        for column in table.header.systems:
            head = sheet.cells[table.header.bottom, column]
            cell = sheet.cells.get((at, column))
            if cell is None or cell.value is False or is_no_tick(plain_text(cell)):
                continue
            if cell.text and is_blank(cell.text):
                continue
            row: Row = {"system": Answer(head.row, column, head)}
            if cell.value is not True and not is_tick(plain_text(cell)):
                row["access_level"] = Answer(at, column, cell)
            wanted.append(row)
        asked.append((person, wanted))
    said = [[{n: a.shown for n, a in row.items()} for row in rows] for _, rows in asked]
    if asked and all(one == said[0] for one in said):
        return asked[0][1]
    who = ("name", "employee_id")
    return [{**row, **{n: person[n] for n in who if n in person}} for person, rows in asked for row in rows]


def _number(sheet: Sheet, table: Table, row: Row) -> Row:
    """The printed number of an employee's row, which access rows refer to."""
    column = table.header.number
    anchor = next(iter(row.values()))
    return (
        {"no": Answer(anchor.row, column, sheet.cells.get((anchor.row, column)))}
        if column is not None
        else {}
    )


def shared(row: Row, pairs: list[Pair]) -> Row:
    """A row with what is said once for all rows, outside the table: "Tanggal Mulai : ..."."""
    lacking = {n for n in ITEM_FIELDS if n not in row and n not in {"system", "employee_no"}}
    # "Permintaan" beside a title says nothing about an action; "Tindakan: Pencabutan" does.
    shared = {
        p.name: p.answer
        for p in reversed(pairs)
        if p.name in lacking and (p.name != "action" or action_in(p.answer.shown))
    }
    return {**row, **shared}


def _lines(pairs: list[Pair], wanted: tuple[str, ...], opening: str, places: Row, table: str) -> list[Row]:
    """Records written as labelled lines: a repeated label opens the next; columns are people."""
    records: list[dict[str, Pair]] = []
    for group in _cards([p for p in pairs if p.name in wanted]):
        records += _in_turn(group, opening)
    records.sort(key=lambda record: min((p.row, p.column) for p in record.values()))
    records = [r for r in records if opening in r and not (table == "items" and _has_ticks(r[opening]))]
    rows: list[Row] = []
    for record in records:
        places.setdefault(table, record[opening].answer)
        columns = sorted({a.column for p in record.values() for a in p.answers if a.cell is not None})
        wide = max(len(p.answers) for p in record.values())
        if wide == 1 or (table == "items" and len(record[opening].answers) == 1):
            row = {name: pair.answer for name, pair in record.items()}
            rows += [row] if any(not a.is_empty for a in row.values()) else []
            continue
        for column in columns:
            across = {
                name: next((a for a in pair.answers if a.column == column), Answer(pair.row, column))
                for name, pair in record.items()
            }
            rows += [across] if any(not a.is_empty for a in across.values()) else []
    return rows


def _cards(pairs: list[Pair]) -> list[list[Pair]]:
    """The labels in reading order; each column apart where a row holds the same label twice."""
    places = [(p.name, p.row) for p in pairs]
    if len(set(places)) == len(places):
        return [sorted(pairs, key=lambda p: (p.row, p.column))]
    columns = sorted({p.column for p in pairs})
    return [sorted((p for p in pairs if p.column == column), key=lambda p: p.row) for column in columns]


def _in_turn(pairs: list[Pair], opening: str) -> list[dict[str, Pair]]:
    records: list[dict[str, Pair]] = []
    for pair in pairs:
        if not records or (pair.name in records[-1] and (pair.name == opening or opening in records[-1])):
            if pair.name != opening and records and opening not in records[-1]:
                continue
            records.append({})
        records[-1].setdefault(pair.name, pair)
    return records


def _has_ticks(pair: Pair) -> bool:
    """A printed list of systems with boxes or ticks: not the systems' names as an answer."""
    return any(has_box(a.shown) or (len(pair.answers) > 1 and is_tick(a.shown)) for a in pair.answers)
