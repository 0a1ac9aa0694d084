"""The filled rows beneath the tables' heads, and where each table ends. Judges no value."""

import re
from dataclasses import dataclass, replace

from pipeline.form.answers import Answer, Row
from pipeline.form.grid import Cell, Place, Sheet
from pipeline.form.headers import Header
from pipeline.form.labels import names_of
from pipeline.form.sections import Sections
from pipeline.form.words import (
    PLACE_AND_DATE,
    TICKED,
    UNTICKED,
    clean,
    is_blank,
    is_ditto,
    is_no_tick,
    is_tick,
    key,
    split_label,
)

_NOTE = re.compile(
    r"^\s*(?:\*|catatan\b|note\b|notes\b|nb\b|n\.b|ket\b|keterangan\s*:|\(\*|†|petunjuk\b)", re.IGNORECASE
)
_EXAMPLE = re.compile(r"^\s*[\[(]?(?:contoh|cth|example|e\.g|sample|mis\b|misal)", re.IGNORECASE)
#: Subheadings inside the access table, by the SOP's groups of systems (2.1).
_CATEGORIES = frozenset({
    "platform", "akses platform", "telekomunikasi", "akses telekomunikasi", "internal", "telecommunication",
    "akses telekomunikasi dan informasi", "platform access", "telecom", "access platform",
})  # fmt: skip
_TOTAL = re.compile(r"^\s*(?:jumlah|total|subtotal)\b", re.IGNORECASE)
#: What ends a table when it opens a row: the parts that may follow.
_ENDING = frozenset(
    {
        "division_head_name",
        "signature",
        "signed_on",
        "request_date",
        "request_type",
        "requester_name",
        "revises",
    }
)
_ITEM_LABELS = frozenset({"system", "access_level", "start_date", "end_date", "justification"})
_ROLE = re.compile(
    r"^(?:diajukan|disetujui|diketahui|mengetahui|menyetujui|dibuat|diperiksa|disiapkan|hormat kami|pemohon|"
    r"requested by|approved by|acknowledged by|prepared by|submitted by|kepala divisi|division head)\b"
)
_MOST_ROWS = 2_000


@dataclass(frozen=True)
class Table:
    """A table's filled rows, and the last row of the sheet that belongs to it."""

    header: Header
    rows: tuple[Row, ...]
    last: int


def read_table(sheet: Sheet, header: Header, sections: Sections, heads: set[int]) -> Table:
    """The filled rows of one table. `heads` are the rows of every table's head, where this one must end."""
    header = _with_tick_column(sheet, header, sections, heads)
    covered = _covered(sheet)
    rows: list[Row] = []
    ticks: list[bool | None] = []
    last = header.bottom
    numbered = False
    for number, cells in sheet.rows():
        if number <= header.bottom:
            continue
        if number in heads or _ends(cells, header, sections) or len(rows) >= _MOST_ROWS:
            break
        last = number
        has_number = header.number is not None and (number, header.number) in sheet.cells
        if _is_aside(cells, header) or (numbered and not has_number and _is_stray(cells, header)):
            continue
        numbered = numbered or has_number
        row = _row(sheet, header, number, covered)
        if _is_filled(row, header):
            rows.append(row)
            ticks.append(_tick(sheet, header, number, row))
    return Table(header, tuple(_with_dittos(_continued(_ticked(rows, ticks), sheet, header))), last)


def _with_tick_column(sheet: Sheet, header: Header, sections: Sections, heads: set[int]) -> Header:
    """The head with a column that nobody named and that holds nothing but ticks and boxes."""
    if header.tick is not None or header.kind == "employees" or "system" not in header.columns:
        return header
    seen: dict[int, list[bool]] = {}
    for number, cells in sheet.rows():
        if number <= header.bottom:
            continue
        if number in heads or _ends(cells, header, sections):
            break
        for cell in cells:
            ticked = cell.value is True or is_tick(cell.text)
            seen.setdefault(cell.column, []).append(ticked or cell.value is False or _is_box(cell.text))
    taken = {*header.columns.values(), header.number}
    near = header.columns["system"]
    for column, marks in sorted(seen.items(), key=lambda one: abs(one[0] - near)):
        if column not in taken and header.first - 1 <= column <= header.last + 1 and all(marks):
            return replace(header, tick=column)
    return header


def _row(sheet: Sheet, header: Header, number: int, covered: dict[Place, Place]) -> Row:
    row: Row = {}
    columns = sorted(header.columns.values())
    for name, column in header.columns.items():
        place = covered.get((number, column), (number, column))
        cell = sheet.cells.get(place) if place[0] > header.bottom else None
        if cell is None:
            cell = _beside(sheet, header, number, column, columns)
        row[name] = Answer(number, column, cell)
        if cell is not None and cell.column != column and cell.row == number:
            row[name] = Answer(number, cell.column, cell)
    return row


def _beside(sheet: Sheet, header: Header, number: int, column: int, columns: list[int]) -> Cell | None:
    """A value that stands under another column of a merged head cell."""
    merge = sheet.merges.get((header.bottom, column)) or sheet.merges.get((header.top, column))
    for other in range(column + 1, (merge.right if merge else column) + 1):
        if other in columns:
            break
        if (number, other) in sheet.cells:
            return sheet.cells[number, other]
    return None


def _is_filled(row: Row, header: Header) -> bool:
    """Whether somebody wrote into a row: numbers and default actions alone do not count."""
    own = [
        a for name, a in row.items()
        if name not in {"employee_no", "action"} and not a.is_empty and a.cell is not None
        # A description that is merged over all rows fills none of them.
        and a.cell.row == a.row
    ]  # fmt: skip
    return bool(own) if header.tick is not None else any(not _is_box(a.shown) for a in own)


def _is_box(text: str) -> bool:
    return bool(text) and all(letter in UNTICKED or letter.isspace() for letter in text)


def _ends(cells: list[Cell], header: Header, sections: Sections) -> bool:
    """Whether a row opens the next part of the form: a heading, a label no row has, a signature block."""
    if any((c.row, c.column) in sections.places for c in cells):
        return True
    first = next((c for c in cells if c.text and not is_blank(c.text)), None)
    if first is None:
        return False
    inside = [c for c in cells if c.column in header.columns.values() and c.column != first.column]
    if PLACE_AND_DATE.match(clean(first.text)) and len(inside) <= 1:
        return True
    divided = split_label(first.text)
    if any(_opens(text, first, inside, header) for text in (first.text, divided[0] if divided else "")):
        return True
    return bool(_ROLE.match(key(first.text))) and first.column != header.columns.get("name")


def _opens(text: str, first: Cell, inside: list[Cell], header: Header) -> bool:
    """Whether a row's first text is the label of another part."""
    named = names_of(text)
    if not named or named[0].sureness < 2:
        return False
    at_the_edge = first.column <= header.first
    if named[0].name in _ENDING:
        return len(inside) <= 2 or (named[0].sureness == 3 and at_the_edge)
    if header.kind != "employees":
        # "Keterangan Kebutuhan : ..." under a table that has no such column is said for all its rows.
        own = named[0].name in header.columns or first.column == header.columns.get("system")
        return named[0].name in _ITEM_LABELS and at_the_edge and not own and len(inside) <= 1
    return named[0].name in _ITEM_LABELS and at_the_edge


def _is_aside(cells: list[Cell], header: Header) -> bool:
    """Notes, examples, totals, and the row of column numbers some forms have."""
    texts = [c for c in cells if not is_blank(c.text) or (c.value is not None and not c.text)]
    if not texts:
        return True
    first = texts[0]
    if len(texts) == 1 and key(first.text) in _CATEGORIES:
        return True
    if _EXAMPLE.match(first.text) or (_TOTAL.match(first.text) and len(texts) <= 3):
        return True
    if len(texts) == 1 and first.text:
        # One long or starred text in a row is a remark, not a nameless record.
        own = first.column in (header.columns.get("justification"), header.columns.get("system"))
        return bool(_NOTE.match(first.text)) or (len(clean(first.text)) > 45 and not own)
    if _NOTE.match(first.text) and len(texts) <= 2:
        return True
    marks = [re.fullmatch(r"\(?(\d{1,2})\)?", _plain(c)) for c in texts]
    return (
        len(texts) >= 3 and all(marks) and [int(m[1]) for m in marks if m] == list(range(1, len(texts) + 1))
    )


def _is_stray(cells: list[Cell], header: Header) -> bool:
    """One text in a row without a number, where rows have numbers; more of a description is not stray."""
    return len(cells) == 1 and bool(cells[0].text) and cells[0].column != header.columns.get("justification")


def _plain(cell: Cell) -> str:
    if isinstance(cell.value, float) and cell.value == int(cell.value):
        return str(int(cell.value))
    return clean(cell.text)


def _tick(sheet: Sheet, header: Header, number: int, row: Row) -> bool | None:
    """True for a ticked row, False for one left out, None where the table has no ticks."""
    system = row.get("system")
    mark = system.shown[:1] if system else ""
    if header.tick is None:
        if mark in UNTICKED and mark:
            return False
        return True if mark in TICKED and mark not in "vx×" else None
    cell = sheet.cells.get((number, header.tick))
    if cell is None:
        return False
    if isinstance(cell.value, bool):
        return cell.value
    text = _plain(cell)
    return is_tick(text) or (not is_no_tick(text) and not is_blank(text))


def _ticked(rows: list[Row], ticks: list[bool | None]) -> list[Row]:
    """The rows that were chosen. Where nobody ticked anything, what was filled in beside the name counts."""
    if any(ticks):
        return [row for row, tick in zip(rows, ticks, strict=True) if tick]
    if all(tick is None for tick in ticks):
        return _without_printed(rows)
    return [row for row in rows if any(not row[n].is_empty for n in row if n not in {"system", "action"})]


def _without_printed(rows: list[Row]) -> list[Row]:
    """Systems that are printed on the form and left alone are not asked for."""
    bare = [row for row in rows if "system" in row and _is_bare(row)]
    listed = {row["system"].shown.casefold() for row in rows if "system" in row}
    printed = len(bare) >= 4 and len(listed) == len(rows) >= 7
    return [row for row in rows if row not in bare] if printed else rows


def _is_bare(row: Row) -> bool:
    return not row["system"].is_empty and all(row[n].is_empty for n in row if n not in {"system", "action"})


def _continued(rows: list[Row], sheet: Sheet, header: Header) -> list[Row]:
    """A row with nothing but more of the description belongs to the row above."""
    kept: list[Row] = []
    for row in rows:
        filled = [n for n in row if not row[n].is_empty]
        need = row.get("justification")
        numbered = header.number is not None and (need.row if need else 0, header.number) in sheet.cells
        if filled == ["justification"] and need and kept and not numbered and need.row == _last_row(kept) + 1:
            above = kept[-1]["justification"]
            if not above.is_empty:
                joined = Answer(above.row, above.column, above.cell, f"{above.shown} {need.shown}")
                kept[-1] = {**kept[-1], "justification": joined}
                continue
        kept.append(row)
    return kept


def _last_row(rows: list[Row]) -> int:
    return max(answer.row for answer in rows[-1].values())


def _with_dittos(rows: list[Row]) -> list[Row]:
    """ "sda" and quotation marks stand for what the row above says."""
    done: list[Row] = []
    for row in rows:
        above = done[-1] if done else {}
        done.append({
            name: Answer(a.row, a.column, above[name].cell, above[name].text)
            if name in above and a.shown and is_ditto(a.shown) else a
            for name, a in row.items()
        })  # fmt: skip
    return done


def _covered(sheet: Sheet) -> dict[Place, Place]:
    """Every cell under a merge that is higher than one row -> the cell that holds its value."""
    places: dict[Place, Place] = {}
    for start, merge in sheet.merges.items():
        high, wide = merge.bottom - merge.top + 1, merge.right - merge.left + 1
        if high > 1 and high * wide <= 2_000 and start in sheet.cells:
            for row in range(merge.top, merge.bottom + 1):
                places[row, merge.left] = start
    return places
