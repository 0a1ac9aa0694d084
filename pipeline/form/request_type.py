"""Where the request's type is asked and what was chosen there. Knows the question's forms, not its words."""

from dataclasses import dataclass

from pipeline.form.answers import Answer
from pipeline.form.choices import chosen_types, types_in
from pipeline.form.grid import Cell, Sheet
from pipeline.form.pairs import Pair
from pipeline.form.sections import Sections
from pipeline.form.urgency_words import mark_in, urgencies_in
from pipeline.form.words import TICKED, UNTICKED, is_separator, is_tick, key, split_label
from pipeline.model import RequestType

_ROWS_BELOW = 6


@dataclass(frozen=True)
class TypeChoice:
    """The chosen types (none, one, or too many), the answer's cell, and whether it is a printed choice."""

    chosen: tuple[RequestType, ...]
    answer: Answer
    printed: bool


def read_types(
    sheet: Sheet, sections: Sections, pairs: list[Pair], spans: list[tuple[int, int]]
) -> TypeChoice | None:
    """The answer to "Jenis Permintaan", None where the sheet does not ask."""
    found = [p for p in pairs if p.name == "request_type"]
    # "Sifat Permintaan: Mendesak" asks for something else.
    of_type = [p for p in found if not _is_of_urgency(p)]
    if found and not of_type and (boxes := _without_label(sheet, sections, spans)):
        return boxes
    if found:
        pair = max(of_type or found, key=lambda p: (not p.answer.is_empty, p.sureness))
        return _of_pair(sheet, sections, pairs, pair, spans)
    return _without_label(sheet, sections, spans)


def _is_of_urgency(pair: Pair) -> bool:
    said = [a.shown for a in pair.answers if a.shown]
    return bool(said) and bool(urgencies_in(said[0])) and not any(map(types_in, said))


def _of_pair(
    sheet: Sheet, sections: Sections, pairs: list[Pair], pair: Pair, spans: list[tuple[int, int]]
) -> TypeChoice:
    cells, first = answer_cells(sheet, pair)
    if cells and cells[0].column == pair.column and cells[0].row == pair.row:
        cells += _row_after(sheet, pair.row, pair.column)
    if len(cells) > 1:
        cells = _before_urgency(cells)
    taken = {(p.row, p.column) for p in pairs} - {(pair.row, pair.column)}
    # Another part may stand beside the choices.
    edge = min((c for r, c in sections.places if r == pair.row and c > pair.column), default=0)
    cells += _rows_below(sheet, pair.row, pair.column, taken, spans, edge)
    chosen = chosen_types(cells, first)
    spot = _spot(cells, chosen) or pair.answer.cell
    answer = Answer(spot.row, spot.column, spot, pair.answer.text) if spot else pair.answer
    return TypeChoice(chosen, answer, len([c for c in cells if types_in(c.text)]) > 1 or _is_box_line(cells))


def answer_cells(sheet: Sheet, pair: Pair) -> tuple[list[Cell], int]:
    """The cells that answer a question with choices, and the column where its first box would be."""
    first = sheet.right_of(pair.row, pair.column)
    if pair.answer.text is not None and pair.answer.column == pair.column and pair.answer.row == pair.row:
        return [Cell(pair.row, pair.column, pair.answer.text)], first
    cells = [a.cell for a in pair.answers if a.cell is not None]
    if pair.answer.text is not None and cells:
        cells[0] = Cell(pair.answer.row, pair.answer.column, pair.answer.text)
    separator = sheet.cells.get((pair.row, first))
    if separator is not None and is_separator(separator.text):
        first = sheet.right_of(pair.row, first)
    return cells, first


def _before_urgency(cells: list[Cell]) -> list[Cell]:
    """The choices up to one that names an urgency, which has a tick of its own."""
    at = next((n for n, cell in enumerate(cells) if mark_in(cell.text)), len(cells))
    own = 0 < at < len(cells) and is_tick(cells[0].text) and is_tick(cells[at - 1].text)
    return cells[: at - own]


def _is_box_line(cells: list[Cell]) -> bool:
    return any(len(types_in(c.text)) > 1 for c in cells)


def _spot(cells: list[Cell], chosen: tuple[RequestType, ...]) -> Cell | None:
    ticks = [c for c in cells if is_tick(c.text)]
    words = [c for c in cells if chosen and chosen[0] in types_in(c.text)]
    return next(iter(ticks or words), None)


def _row_after(sheet: Sheet, row: int, column: int) -> list[Cell]:
    return [c for c in sheet.row(row) if c.column > column]


def _rows_below(
    sheet: Sheet,
    row: int,
    column: int,
    taken: set[tuple[int, int]],
    spans: list[tuple[int, int]],
    edge: int,
) -> list[Cell]:
    """Choices printed one beneath the other, with their ticks."""
    cells: list[Cell] = []
    for below in range(row + 1, row + 1 + _ROWS_BELOW):
        line = [c for c in sheet.row(below) if not edge or c.column < edge]
        if any((c.row, c.column) in taken for c in line) or any(top <= below <= last for top, last in spans):
            break
        named = any(types_in(c.text) and len(key(c.text).split()) <= 6 for c in line)
        ticks_only = bool(line) and below == row + 1 and all(is_tick(c.text) or c.value is True for c in line)
        if not named and not ticks_only:
            break
        cells += line
    return cells


def _without_label(sheet: Sheet, sections: Sections, spans: list[tuple[int, int]]) -> TypeChoice | None:
    """Boxes that nobody labelled, or that stand under a heading: "[v] Akses Baru  [ ] Perubahan"."""
    cells = []
    for row, line in sheet.rows():
        if any(top <= row <= last for top, last in spans):
            continue
        words = [
            c for c in line if types_in(c.text) and len(key(c.text).split()) <= 12 and not split_label(c.text)
        ]
        boxed = [
            c for c in words if any(mark in c.text for mark in (*TICKED - set("vx×"), *UNTICKED, "[", "("))
        ]
        ticks = [c for c in line if is_tick(c.text)]
        if (
            words
            and (boxed or ticks or _under_question(sections, sheet, row))
            and (row, words[0].column) not in sections.places
        ):
            cells += line
    if not cells:
        return None
    chosen = chosen_types(cells, cells[0].column)
    spot = _spot(cells, chosen) or cells[0]
    return TypeChoice(chosen, Answer(spot.row, spot.column, spot), True)


def _under_question(sections: Sections, sheet: Sheet, row: int) -> bool:
    """The heading right above asks for the type."""
    above = [h for h in sections.headings if row - 3 <= h.row < row]
    return any(
        "jenis" in key(sheet.cells[h.row, h.column].text) or "type" in key(sheet.cells[h.row, h.column].text)
        for h in above
    )
