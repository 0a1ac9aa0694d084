"""A block of signatures: columns headed by roles, a name in brackets at their foot. Reads only the head's."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.form.answers import Answer, SignedBy, Signoff
from pipeline.form.grid import Cell, Picture, Sheet
from pipeline.form.labels import inline, names_of
from pipeline.form.sections import Sections
from pipeline.form.signwords import (
    BRACKETS,
    NOBODY,
    approver_rank,
    is_only_date,
    is_printed,
    is_role,
    is_under_name,
    says_signed,
)
from pipeline.form.words import clean, is_blank, is_separator

#: How many rows a block may be deep.
_DEEP = 14
#: How many columns the last column of a block may be wide.
_WIDE = 6
#: What the lines of a block may be labelled with.
_LINES = frozenset({"name", "division_head_name", "date", "signed_on", "position", "signature"})
_NAME = frozenset({"name", "division_head_name"})
_DATE = frozenset({"date", "signed_on"})


@dataclass(frozen=True)
class Block:
    """The division head's column of a block of signatures."""

    top: int
    left: int
    right: int
    bottom: int
    #: the leftmost column of the whole block
    first: int


def find_block(sheet: Sheet, sections: Sections, spans: Sequence[tuple[int, int]]) -> Block | None:
    """The column under "Disetujui oleh" or "Kepala Divisi", told from its neighbours; None without one."""
    roles = [
        cell
        for row, cells in sheet.rows()
        if not any(top <= row <= bottom for top, bottom in spans)
        for cell in cells
        if is_role(cell) and (row, cell.column) not in sections.places
    ]
    places = {(c.row, c.column) for c in roles}
    approvers = [c for c in roles if approver_rank(c) < NOBODY and _is_open(sheet, c, places)]
    if not approvers:
        return None
    chosen = min(approvers, key=lambda c: (approver_rank(c), c.row))
    opened = max((h.row for h in sections.headings if h.row < chosen.row), default=0)
    above = max(opened, chosen.row - _DEEP)
    top = min(c.row for c in roles if above < c.row <= chosen.row and c.column == chosen.column)
    mates = sorted({c.column for c in roles if top <= c.row <= chosen.row + 1} - {chosen.column})
    right = next((column - 1 for column in mates if column > chosen.column), chosen.column + _WIDE)
    # "Kepala Divisi" may stand under the name instead of over it.
    start = chosen.row if chosen.row - top < 3 else top
    ends = [h.row - 1 for h in sections.headings if h.row > start]
    bottom = max(min([start + _DEEP, *ends]), chosen.row)
    return Block(top, chosen.column, right, bottom, min([*mates, chosen.column]))


def _is_open(sheet: Sheet, cell: Cell, roles: set[tuple[int, int]]) -> bool:
    """Nothing but another role stands to the right in its row: the heading of a column, not a label."""
    beside = sheet.cells.get((cell.row, sheet.right_of(cell.row, cell.column)))
    if beside is not None and is_separator(beside.text):
        return False
    others = [c for c in sheet.row(cell.row) if c.column > cell.column and not is_separator(c.text)]
    return all((c.row, c.column) in roles for c in others)


def read_block(sheet: Sheet, block: Block) -> Signoff:
    """Name, signature and date under the role: what is labelled, in brackets or last is the name."""
    lines = _Lines(sheet, block)
    name, rest = lines.name, lines.rest
    if name is None:
        name, rest = _name_of(rest)
    last = name.row if name else block.bottom
    signature = next((a for a in rest if says_signed(a)), None)
    signed_on = lines.signed_on or next((a for a in rest if is_only_date(a)), None)
    picture = _picture_in(sheet, block, last)
    by: SignedBy = "image" if picture else "typed" if signature else "none"
    if name is None:
        name = Answer(min(block.top + 5, block.bottom), block.left)
    elif is_printed(name.shown) or is_blank(name.shown):
        name = Answer(name.row, name.column)
    space = signature or Answer(min(block.top + 2, last), block.left)
    return Signoff(name, space, signed_on, by, picture.sha256 if picture else "")


def _name_of(answers: list[Answer]) -> tuple[Answer | None, list[Answer]]:
    """The name among unlabelled answers, and the others: in brackets, else the last that is no signature."""
    bracketed = [a for a in answers if BRACKETS.match(a.shown) and not _is_ttd(a)]
    if bracketed:
        inner = BRACKETS.match(bracketed[-1].shown)
        name = bracketed[-1]._replace(text=inner[1] if inner else "")
        return name, [a for a in answers if a is not bracketed[-1]]
    plain = [
        a
        for a in answers
        if not a.is_empty and not is_only_date(a) and not _is_ttd(a) and not is_under_name(a.shown)
    ]
    return (plain[-1], [a for a in answers if a is not plain[-1]]) if plain else (None, answers)


def _is_ttd(answer: Answer) -> bool:
    return answer.shown.strip("([ ").casefold().startswith(("ttd", "signed", "/s/"))


class _Lines:
    """The cells of the block's column, sorted into labelled answers and the rest."""

    def __init__(self, sheet: Sheet, block: Block) -> None:
        self.name: Answer | None = None
        self.signed_on: Answer | None = None
        self.rest: list[Answer] = []
        for row in range(block.top, block.bottom + 1):
            cells = [
                c
                for c in sheet.row(row)
                if block.left <= c.column <= block.right and not is_role(c) and not is_separator(c.text)
            ]
            before = next((c for c in sheet.row(row) if c.column < block.first), None)
            asked = _line_names(before) if before is not None else set()
            self._read_row(cells, asked)

    def _read_row(self, cells: list[Cell], asked: set[str]) -> None:
        """`asked`: what stands to the left of all columns, where signatures are a table."""
        for index, cell in enumerate(cells):
            answer = Answer(cell.row, cell.column, cell)
            after = cells[index + 1] if index + 1 < len(cells) else None
            parts = [part for line in cell.text.splitlines() if (part := inline(line))]
            said = _line_names(cell)
            if parts:
                for names, text in parts:
                    inside = Answer(cell.row, cell.column, cell, text)
                    beside = Answer(after.row, after.column, after) if after and not text else inside
                    self._take({n.name for n in names}, beside)
                if after is not None and not parts[-1][1]:
                    return
            elif asked:
                self._take(asked, answer)
            elif said and after is not None:
                self._take(said, Answer(after.row, after.column, after))
                return
            elif not said or _is_ttd(answer):
                self.rest.append(answer)

    def _take(self, said: set[str], answer: Answer) -> None:
        if said & _NAME and self.name is None:
            self.name = answer
        elif said & _DATE and self.signed_on is None:
            self.signed_on = answer
        elif "signature" in said:
            self.rest.append(answer)


def _line_names(cell: Cell) -> set[str]:
    return {n.name for n in names_of(clean(cell.text)) if n.sureness >= 2} & _LINES


def _picture_in(sheet: Sheet, block: Block, last: int) -> Picture | None:
    """A picture that begins in the block's column or has its middle there."""
    for picture in sheet.pictures:
        middle = (picture.left + picture.right) / 2
        inside = block.left <= middle <= block.right + 0.5 or block.left <= picture.left <= block.right
        if inside and picture.bottom >= block.top and picture.top <= max(last, block.top) + 1:
            return picture
    return None
