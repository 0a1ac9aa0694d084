"""Where a form says how urgent it is: the field's answer, a ticked row, a mark alone. Judges no value."""

import re
from dataclasses import dataclass

from pipeline.form.answers import Answer
from pipeline.form.choices import chosen_in, types_in
from pipeline.form.grid import Cell, Sheet
from pipeline.form.labels import names_of
from pipeline.form.pairs import Pair
from pipeline.form.request_type import answer_cells
from pipeline.form.sections import Sections
from pipeline.form.urgency_words import (
    VOCABULARY,
    answers_no,
    answers_yes,
    has_mark,
    is_choice,
    mark_in,
    urgencies_in,
)
from pipeline.form.words import is_blank, is_separator, is_tick, key
from pipeline.model import Urgency

#: "Urgent : ya", "Mendesak? Tidak", "Darurat = v"
_SELF_ANSWERED = re.compile(r"^(?P<mark>[^:?=]+?)\s*[:?=]+\s*(?P<answer>.*)$", re.DOTALL)
#: Longer texts mark nothing.
_LONGEST = 90
#: A type's answer with a word about its urgency: "Akses baru (URGENT)".
_MOST_WORDS = 6


@dataclass(frozen=True)
class UrgencyChoice:
    """The levels told (none, one, or too many) and where; `unread`: nothing of the answer was understood."""

    chosen: tuple[Urgency, ...]
    answer: Answer
    unread: bool = False


def read_urgency(
    sheet: Sheet, sections: Sections, pairs: list[Pair], spans: list[tuple[int, int]]
) -> UrgencyChoice | None:
    """What the sheet says about its urgency, None where nothing does."""
    asked = [_of_pair(sheet, pair) for pair in pairs if pair.name == "urgency"]
    told = [one for one in asked if one.chosen] + _outside(sheet, sections, pairs, spans)
    if told:
        levels = dict.fromkeys(level for one in told for level in one.chosen)
        return UrgencyChoice(tuple(levels), told[0].answer)
    return max(asked, key=lambda one: one.unread, default=None)


def _of_pair(sheet: Sheet, pair: Pair) -> UrgencyChoice:
    """The answer to "Urgensi": a level, a yes, or a tick at one of the printed levels."""
    cells, first = answer_cells(sheet, pair)
    chosen = chosen_in(cells, first, VOCABULARY)
    if len(chosen) == 2 and "normal" in chosen and not any(has_mark(c.text) for c in cells):
        # "Normal / Urgent" untouched is the printed question.
        return UrgencyChoice((), pair.answer)
    texts = [c.text for c in cells if c.text and not is_separator(c.text) and not is_blank(c.text)]
    named = [text for text in texts if urgencies_in(text)]
    if chosen or named or not texts:
        return UrgencyChoice(chosen, pair.answer)
    if any(answers_yes(text) for text in texts) or any(c.value is True for c in cells):
        return UrgencyChoice(("urgent",), pair.answer)
    said_no = all(answers_no(text) for text in texts)
    return UrgencyChoice(("normal",) if said_no else (), pair.answer, unread=not said_no)


def _outside(
    sheet: Sheet, sections: Sections, pairs: list[Pair], spans: list[tuple[int, int]]
) -> list[UrgencyChoice]:
    """Ticked rows and marks that no label asks for, and words beside the request's type."""
    types = [p for p in pairs if p.name == "request_type"]
    of_type = {(p.answer.row, p.answer.column) for p in types}
    type_rows = {p.row for p in types} | {row for row, _ in of_type}
    answers = {(a.row, a.column) for p in pairs if p.name != "request_type" for a in p.answers}
    first_rows = [p.row for p in pairs] + [h.row for h in sections.headings] + [top for top, _ in spans]
    head = min(first_rows, default=0)
    found = []
    for row, cells in sheet.rows():
        if any(top <= row <= last for top, last in spans):
            continue
        line = _Line(cells, bare_counts=row < head or row in type_rows)
        for at, cell in enumerate(cells):
            place = (row, cell.column)
            free = place not in answers and sections.of(*place) not in {"foreign", "signoff"}
            level = line.says(at) if free else None
            if level is None and place in of_type:
                level = _beside_type(cell.text)
            if level:
                found.append(UrgencyChoice((level,), Answer(row, cell.column, cell)))
    return found


class _Line:
    """The cells of one row, asked what each says by itself. What all of them need is looked up once."""

    def __init__(self, cells: list[Cell], bare_counts: bool) -> None:
        self.cells, self.bare_counts = cells, bare_counts
        self.marks = [mark_in(c.text) for c in cells]
        if any(self.marks):
            self.alone = sum(is_choice(c.text) for c in cells) == 1
            ticks = [
                n for n, c in enumerate(cells) if c.value is True or is_tick(c.text) or answers_no(c.text)
            ]
            worded = (n for n, c in enumerate(cells) if types_in(c.text) or self.marks[n])
            self.has_ticks = bool(ticks)
            self.tick_first = bool(ticks) and ticks[0] < next(worded)

    def says(self, at: int) -> Urgency | None:
        """Of a cell that no label asks for: its own box or yes, a tick beside it, or the mark itself."""
        text = self.cells[at].text
        if not text or len(text) > _LONGEST:
            return None
        if has_mark(text):
            chosen = chosen_in([self.cells[at]], self.cells[at].column, VOCABULARY) if is_choice(text) else ()
            return chosen[0] if len(chosen) == 1 else None
        divided = _SELF_ANSWERED.match(text)
        if divided and divided["answer"].strip():
            return mark_in(divided["mark"]) if answers_yes(divided["answer"]) else None
        level = self.marks[at]
        if level is None or self._answers_a_label(at):
            return None
        ticked = self._ticked(at)
        return level if ticked or (ticked is None and self.bare_counts and self.alone) else None

    def _ticked(self, at: int) -> bool | None:
        """Whether a word is ticked, on the side where its row has ticks; None where it has no such place."""
        beside = at - 1 if self.tick_first else at + 1
        while at < beside < len(self.cells) and is_separator(self.cells[beside].text):
            beside += 1
        if not 0 <= beside < len(self.cells):
            # "Mendesak :" waits for an answer, and in a row of ticks a word without one is not chosen.
            waits = beside > at + 1 or self.cells[at].text.rstrip().endswith((":", "?"))
            return False if waits or self.has_ticks else None
        other = self.cells[beside]
        if other.value is True or answers_yes(other.text):
            return True
        return False if self.has_ticks or is_blank(other.text) else None

    def _answers_a_label(self, at: int) -> bool:
        """The nearest text to the left is a label: the word is about that, unless it asks for the type."""
        before = next((c for c in reversed(self.cells[:at]) if c.text and not is_separator(c.text)), None)
        names = names_of(before.text) if before else ()
        return bool(names) and names[0].name != "request_type"


def _beside_type(text: str) -> Urgency | None:
    short = len(text) <= _LONGEST and len(key(text).split()) <= _MOST_WORDS and not has_mark(text)
    found = urgencies_in(text) if short else ()
    return found[0] if len(found) == 1 and found[0] != "normal" else None
