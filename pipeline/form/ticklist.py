"""Systems chosen by ticks outside any table: boxes in a cell, or a tick beside each name. Judges no value."""

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.form.answers import Answer, Row
from pipeline.form.grid import Cell, Sheet
from pipeline.form.pairs import Pair
from pipeline.form.sections import Sections
from pipeline.form.systems import bare_name, find_system
from pipeline.form.words import TICKED, UNTICKED, clean, is_cross, is_no_tick, is_tick
from pipeline.model import System

_DONE = re.compile(r"[\[({<]\s*(?:v|x|√|✓|✔|✗|ok|ya|y|\*|1)\s*[\])}>]", re.IGNORECASE)
_OPEN = re.compile(r"\[\s*\]|\(\s*\)|<\s*>|_{2,}")
_BOXES = "".join(sorted((TICKED | UNTICKED) - set("vx×")))


@dataclass(frozen=True)
class Ticked:
    rows: tuple[Row, ...]
    #: of the first system on the list
    place: Answer


def ticked_systems(
    sheet: Sheet,
    sections: Sections,
    pairs: list[Pair],
    spans: list[tuple[int, int]],
    catalogue: tuple[System, ...],
) -> Ticked | None:
    """The ticked systems of a list without a head, None where the sheet has no such list."""
    found: list[tuple[Answer, bool | None]] = []
    lines = [
        [c for c in line if (c.text or c.value is True) and (row, c.column) not in sections.places]
        for row, line in sheet.rows()
        if not any(top <= row <= last for top, last in spans)
    ]
    sides = _sides(lines, catalogue)
    if not sides:
        first = next(c for line in lines for c in line if _names(c, catalogue))
        return Ticked((), Answer(first.row, first.column, first))
    for cell in (cell for line in lines for cell in line if cell.text):
        found += _in_cell(sheet, cell, catalogue, sides)
    found = _uncrossed(sheet, found, sides)
    told = [one for one in found if one[1] is not None]
    if len({(a.row, a.column, a.text) for a, _ in found}) < 2 or not told:
        return None
    found = _in_print_order(found, catalogue)
    rows: tuple[Row, ...] = tuple({"system": answer} for answer, tick in found if tick)
    return Ticked(rows, found[0][0])


def _uncrossed(
    sheet: Sheet, found: list[tuple[Answer, bool | None]], sides: tuple[int, ...]
) -> list[tuple[Answer, bool | None]]:
    """A cross says no where other names of the list have check marks."""
    marks = [
        cell.text if (cell := _beside(sheet, answer, sides)) is not None and answer.text is None else ""
        for answer, _ in found
    ]
    ticked = {is_cross(mark) for mark, (_, tick) in zip(marks, found, strict=True) if tick and mark}
    if len(ticked) < 2:
        return found
    return [(a, tick and not is_cross(mark)) for mark, (a, tick) in zip(marks, found, strict=True)]


def _in_print_order(
    found: list[tuple[Answer, bool | None]], catalogue: tuple[System, ...]
) -> list[tuple[Answer, bool | None]]:
    """Down the columns where that is how the catalogue runs through the list, else along the rows."""
    place = {s.code: at for at, s in enumerate(catalogue)}

    def falls(order: list[tuple[Answer, bool | None]]) -> int:
        systems = [find_system(bare_name(a.shown), catalogue) for a, _ in order]
        numbers = [place[s.code] for s in systems if s]
        return sum(one > other for one, other in pairwise(numbers))

    down = sorted(found, key=lambda one: (one[0].column, one[0].row))
    return down if falls(down) < falls(found) else found


def _sides(lines: list[list[Cell]], catalogue: tuple[System, ...]) -> tuple[int, ...]:
    """On which side of a name its tick stands; empty where ticks between names cannot be told apart.

    One name a row: either side. With several in a row, a tick before the first name of some row or after
    the last shows it for all; without any, ticks stand where alone there is room for them.
    """
    rows = []
    for line in lines:
        names = [c.column for c in line if _names(c, catalogue)]
        if len(names) > 1:
            rows.append((line, names, [c.column for c in line if _ticks(c) and c.column not in names]))
    if not any(ticks for _, _, ticks in rows):
        return (-1, 1)
    before = any(tick < names[0] for _, names, ticks in rows for tick in ticks)
    after = any(tick > names[-1] for _, names, ticks in rows for tick in ticks)
    if before != after:
        return (-1,) if before else (1,)
    left, right = min(names[0] for _, names, _ in rows) - 1, max(names[-1] for _, names, _ in rows) + 1
    taken = {c.column for line, _, _ in rows for c in line}
    room_before, room_after = left > 0 and left not in taken, right not in taken
    if before or room_before == room_after:
        return ()
    return (-1,) if room_before else (1,)


def _names(cell: Cell, catalogue: tuple[System, ...]) -> bool:
    return 0 < len(cell.text) <= 40 and find_system(bare_name(cell.text), catalogue) is not None


def _ticks(cell: Cell) -> bool:
    return cell.value is True or is_tick(cell.text)


def _in_cell(
    sheet: Sheet, cell: Cell, catalogue: tuple[System, ...], sides: tuple[int, ...]
) -> list[tuple[Answer, bool | None]]:
    text = _OPEN.sub("☐", _DONE.sub("☑", clean(cell.text)))
    if any(mark in text for mark in _BOXES):
        return _boxes(cell, text, catalogue)
    if len(text) > 40 or find_system(bare_name(text), catalogue) is None:
        return []
    return [(Answer(cell.row, cell.column, cell), _tick_beside(sheet, cell, sides))]


def _boxes(cell: Cell, text: str, catalogue: tuple[System, ...]) -> list[tuple[Answer, bool | None]]:
    """ "☑ Accurate ☐ ERP" or "Accurate ☑ ERP ☐"."""
    tokens = [t for t in re.split(f"([{_BOXES}])", text) if t.strip()]
    if tokens and ":" in tokens[0] and tokens[0] not in _BOXES:
        tokens[0] = tokens[0].partition(":")[2]
        tokens = [t for t in tokens if t.strip()]
    box_first = bool(tokens) and tokens[0] in _BOXES
    found: list[tuple[Answer, bool | None]] = []
    for index, token in enumerate(tokens):
        if token in _BOXES:
            continue
        mark = (
            tokens[index - 1] if box_first and index else tokens[index + 1] if index + 1 < len(tokens) else ""
        )
        name = token.strip(" ,;/|")
        if name and find_system(name, catalogue) is not None:
            found.append((Answer(cell.row, cell.column, cell, name), mark in TICKED if mark else None))
    return found


def _tick_beside(sheet: Sheet, cell: Cell, sides: tuple[int, ...]) -> bool | None:
    """A tick or an empty box beside a system's name; None where neither says anything."""
    other = _beside(sheet, Answer(cell.row, cell.column, cell), sides)
    return None if other is None else other.value is True or is_tick(other.text)


def _beside(sheet: Sheet, name: Answer, sides: tuple[int, ...]) -> Cell | None:
    """The cell beside a system's name that says yes or no."""
    for side in sides:
        column = name.column - 1 if side < 0 else sheet.right_of(name.row, name.column)
        other = sheet.cells.get((name.row, column))
        if other is None or other.text.strip().isdigit():
            continue
        if isinstance(other.value, bool) or is_tick(other.text) or (other.text and is_no_tick(other.text)):
            return other
    return None
