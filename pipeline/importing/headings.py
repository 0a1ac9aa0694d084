"""Where the table of an old register begins, and what its columns seem to be. Decides nothing for good."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from openpyxl.utils import get_column_letter

from pipeline.form.systems import find_system, is_guessed
from pipeline.importing.fields import FINISHED, IGNORE, SECRET, SYSTEM_COLUMN, field_named, heading_key
from pipeline.importing.sheets import OldSheet, Value, shown
from pipeline.model import System

#: Titles, logos and addresses above the table that are put up with.
_WITHIN = 40
#: How many rows below the headings tell what a column holds.
_SAMPLE = 200
#: A heading that means nothing without the one above it.
_LEAST_WITHOUT = 2


@dataclass(frozen=True)
class OldColumn:
    """A column: where it stands (from 1), its heading, what it seems to be, and one of its cells."""

    place: int
    heading: str
    meaning: str
    sure: bool
    example: str
    #: what it would be if another column were not that already
    instead: str = ""

    @property
    def letter(self) -> str:
        return get_column_letter(self.place)


@dataclass(frozen=True)
class Layout:
    """A sheet that holds a register, or seems to: the rows of its headings, and its columns."""

    sheet: str
    first: int
    last: int
    columns: tuple[OldColumn, ...]

    def meanings(self) -> frozenset[str]:
        return frozenset(column.meaning for column in self.columns)


def find_layout(sheet: OldSheet, catalogue: tuple[System, ...]) -> Layout | None:
    """The table on a sheet; None where no row looks like its headings."""
    rows = sheet.heading_rows(_WITHIN + 1)
    best: tuple[float, int, list[str]] = (0, 0, [])
    for number, row in enumerate(rows[:_WITHIN], start=1):
        for lines, headings in enumerate((_texts(row), *_double(rows, number))):
            # Two lines of headings where the second one tells more, or divides what stands in the first.
            points = _points(headings, catalogue) + 0.1 * (_divided(row) if lines else 0)
            if points > best[0]:
                best = (points, number, headings)
    points, first, headings = best
    if points < _LEAST_WITHOUT:
        return None
    last = first if headings == _texts(rows[first - 1]) else first + 1
    return Layout(sheet.name, first, last, _columns(sheet, headings, last, catalogue))


def named_headings(sheet: OldSheet, first: int, last: int) -> dict[int, str]:
    """Place -> heading, as the mapping file names it: one that stands twice has its letter behind it."""
    rows = sheet.heading_rows(last)
    if len(rows) < last:
        return {}
    one = _texts(rows[first - 1])
    return _told_apart(one if first == last else _joined(one, _texts(rows[last - 1])))


def _texts(row: Sequence[Value]) -> list[str]:
    return [shown(value) for value in row]


def _double(rows: list[list[Value]], number: int) -> list[list[str]]:
    """The headings of this row and the next as one line each."""
    if number >= len(rows):
        return []
    return [_joined(_texts(rows[number - 1]), _texts(rows[number]))]


def _divided(row: Sequence[Value]) -> int:
    """1 where a row has headings of which one stands over several columns, and -1 elsewhere: a title, say."""
    texts = [text for text in _texts(row) if text]
    return 1 if 3 <= len(set(texts)) < len(texts) else -1


def _joined(above: list[str], below: list[str]) -> list[str]:
    width = max(len(above), len(below))
    above, below = (line + [""] * (width - len(line)) for line in (above, below))
    return [f"{a} > {b}" if a and b and a != b else a or b for a, b in zip(above, below, strict=True)]


def _points(headings: list[str], catalogue: tuple[System, ...]) -> float:
    """How much a row looks like headings: each field counts once, and what says nothing counts against it."""
    found = [meaning_of(heading, catalogue) for heading in headings if heading]
    fields = dict(sorted(found, key=lambda one: one[1]))
    points = sum(sure / 100 for name, sure in fields.items() if name not in {"", IGNORE, SECRET})
    holder = bool({"employee", "employee_id", "account_id"} & fields.keys())
    return points - 0.05 * sum(1 for name, _ in found if not name) if holder else 0


def meaning_of(heading: str, catalogue: tuple[System, ...]) -> tuple[str, int]:
    """What a heading seems to name, and how surely (100: its very words); ("", 0) for nothing known."""
    above, _, below = heading.rpartition(" > ")
    named = field_named(heading.replace(" > ", " "))
    if above and named[1] < 95:
        named = max((field_named(below), named, field_named(f"{below} {above}")), key=lambda one: one[1])
    if named[1] >= 95 and named[0] != "email":
        return named
    system = find_system(below, catalogue)
    if system is not None and not is_guessed(below, catalogue):
        return f"{SYSTEM_COLUMN}{system.code}", 80
    return named


def _columns(
    sheet: OldSheet, headings: list[str], last: int, catalogue: tuple[System, ...]
) -> tuple[OldColumn, ...]:
    sample = [values for _, values in islice(sheet.rows(), last, last + _SAMPLE)]
    columns, taken = [], dict[str, tuple[int, int]]()
    for place, heading in _told_apart(headings).items():
        cells = [
            value
            for row in sample
            if place <= len(row) and (value := row[place - 1]) not in {"", _bare(heading).split(" > ")[-1]}
        ]
        meaning, sure = meaning_of(_bare(heading), catalogue)
        if meaning.startswith(SYSTEM_COLUMN) and not _ticks(cells):
            meaning, sure = field_named(_bare(heading))
        if meaning not in {IGNORE, SECRET} and sure > taken.get(meaning, (0, 0))[0]:
            taken[meaning] = sure, place
        hidden = meaning == SECRET
        example = "" if hidden else next((shown(value) for value in cells if shown(value)), "")
        columns.append(OldColumn(place, heading, meaning or IGNORE, sure >= 95, example))
    return tuple(_with_last_day([_once(column, taken) for column in columns]))


def _with_last_day(columns: list[OldColumn]) -> list[OldColumn]:
    """ "Tgl Selesai" beside "Tgl Mulai" is the last day, where no other column is; a guess in any case."""
    meant = {column.meaning for column in columns}
    starts = {column.place + 1 for column in columns if column.meaning == "start"}
    finished = set(map(heading_key, FINISHED))
    if not starts or not meant.isdisjoint({"end", "period"}):
        return columns
    return [
        replace(column, meaning="end" if column.place in starts else "done_on", sure=False)
        if column.meaning == "done_on" and finished & set(map(heading_key, _parts(column.heading)))
        else column
        for column in columns
    ]  # fmt: skip


def _parts(heading: str) -> list[str]:
    """A heading as it is, the halves of one in two languages, and the lower line of two."""
    bare = _bare(heading)
    return [bare, *bare.split("/"), bare.rpartition(" > ")[2]]


def _once(column: OldColumn, taken: dict[str, tuple[int, int]]) -> OldColumn:
    """Of two columns that seem to be the same, the surer one is it, and of equals the first."""
    if taken.get(column.meaning, (0, column.place))[1] == column.place:
        return column
    return OldColumn(column.place, column.heading, IGNORE, False, column.example, column.meaning)


def _ticks(cells: Sequence[Value]) -> bool:
    """Do the cells below a system's name say yes, no, or in few words which level? Addresses do not."""
    texts = [shown(value) for value in cells]
    return not any("@" in text for text in texts) and sum(len(text) > 25 for text in texts) * 2 <= len(texts)


def _told_apart(headings: list[str]) -> dict[int, str]:
    twice = {heading for heading, count in Counter(headings).items() if count > 1}
    return {
        place: f"{heading} [{get_column_letter(place)}]" if heading in twice else heading
        for place, heading in enumerate(headings, start=1)
        if heading
    }


def _bare(heading: str) -> str:
    before, _, letter = heading.rpartition(" [")
    return before if letter.endswith("]") and letter[:-1].isalpha() and letter[:-1].isupper() else heading
