"""The filled rows beneath the tables' heads, and where each table ends. Judges no value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.form.answers import Answer, Row
from pipeline.form.grid import Cell, Place, Sheet
from pipeline.form.headers import Header
from pipeline.form.sections import Sections
from pipeline.form.tableends import ends, is_aside, is_stray, plain_text
from pipeline.form.words import TICKED, UNTICKED, is_blank, is_cross, is_ditto, is_no_tick, is_tick

_MOST_ROWS = 2_000
_ID = r"(?:(?:nik|nip|id|no)\b[ .:]*)?(?P<id>[A-Z]{0,4}[-.]?\d[\w.-]*)"
_NAME_AND_ID = re.compile(rf"(?i)^(?P<name>[^\W\d][^\d(/|;]*?)(?:\s*[(/|,;]\s*|\s+-\s+|\s+){_ID}\s*\)?$")
_ID_AND_NAME = re.compile(rf"(?i)^\(?{_ID}\)?(?:\s*[/|,;]\s*|\s+-\s+|\s+)(?P<name>[^\d]*[^\W\d][^\d]*)$")


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
    marks: list[str] = []
    last = header.bottom
    numbered = False
    for number, cells in _rows(sheet, header, sections, heads):
        if len(rows) >= _MOST_ROWS:
            break
        last = number
        has_number = header.number is not None and (number, header.number) in sheet.cells
        if is_aside(cells, header) or (numbered and not has_number and is_stray(cells, header)):
            continue
        numbered = numbered or has_number
        row = _row(sheet, header, number, covered)
        if _is_filled(row, header):
            rows.append(row)
            ticks.append(_tick(sheet, header, number, row))
            marks.append(_mark(sheet, header, number))
    rows = _continued(_ticked(rows, _uncrossed(rows, ticks, marks)), sheet, header)
    return Table(header, tuple(_with_dittos(rows)), last)


def _rows(
    sheet: Sheet, header: Header, sections: Sections, heads: set[int]
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows beneath a head down to the table's end, with the cells that are this table's."""
    for number, cells in sheet.rows():
        if number <= header.bottom:
            continue
        own = header.own(cells)
        opened = any((c.row, c.column) in sections.places for c in cells)
        if number in heads or opened or ends(own, header, sections):
            return
        if own:
            yield number, own


def _with_tick_column(sheet: Sheet, header: Header, sections: Sections, heads: set[int]) -> Header:
    """The head with a column that nobody named and that holds nothing but ticks and boxes."""
    if header.tick is not None or header.kind == "employees" or "system" not in header.columns:
        return header
    seen: dict[int, list[bool]] = {}
    for _, cells in _rows(sheet, header, sections, heads):
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
    if (
        "start_date" in row
        and "end_date" not in row
        and (end := _end_beside(sheet, header, number)) is not None
    ):
        row["end_date"] = Answer(number, end.column, end)
    return _divided(row) if columns.count(header.columns.get("name", 0)) > 1 else row


def _end_beside(sheet: Sheet, header: Header, number: int) -> Cell | None:
    """The end of a period in cells of its own under one head: "Periode" over "1 Des | s/d | 31 Des"."""
    column = header.columns["start_date"] + 1
    while column <= header.last and (header.bottom, column) not in sheet.cells:
        cell = sheet.cells.get((number, column))
        if cell is not None and (
            not isinstance(cell.value, str) or any(letter.isdigit() for letter in cell.text)
        ):
            return cell
        column += 1
    return None


def _divided(row: Row) -> Row:
    """A row whose name and employee number stand in one cell: "Budi (00123)", "00123 / Budi"."""
    answer = row["name"]
    found = _NAME_AND_ID.match(answer.shown) or _ID_AND_NAME.match(answer.shown)
    name, number = (found["name"], found["id"]) if found else (answer.text, "")
    return {**row, "name": answer._replace(text=name), "employee_id": answer._replace(text=number)}


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
    text = plain_text(cell)
    return is_tick(text) or (not is_no_tick(text) and not is_blank(text))


def _mark(sheet: Sheet, header: Header, number: int) -> str:
    """What stands in a row's own cell for ticks, "" for nothing."""
    cell = sheet.cells.get((number, header.tick)) if header.tick is not None else None
    return plain_text(cell) if cell is not None else ""


def _uncrossed(rows: list[Row], ticks: list[bool | None], marks: list[str]) -> list[bool | None]:
    """The ticks of a list that has check marks and crosses: a cross says no, but in a filled row."""
    ticked = [mark for mark, tick in zip(marks, ticks, strict=True) if tick and mark]
    if len({is_cross(mark) for mark in ticked}) < 2:
        return ticks
    return [
        tick and not (is_cross(mark) and "system" in row and _is_bare(row))
        for row, tick, mark in zip(rows, ticks, marks, strict=True)
    ]


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
