"""A worksheet's part as a stream: its head, its rows, its tail."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.register.package.blocks import row_blocks
from pipeline.register.package.changes import SheetChanges
from pipeline.register.package.dressing import Dressing, Restyle
from pipeline.register.package.edges import column_styles, edit_head, edit_tail, with_drawing
from pipeline.register.package.formulas import Sharing
from pipeline.register.package.markup import Grammar, grammar, plain, prefix_of, without_comments
from pipeline.register.package.refusal import Refused
from pipeline.register.package.rows import RowEditor

#: What stands before the rows: the view and the columns.
_HEAD_LIMIT = 16_000_000


@dataclass(frozen=True)
class OpenedSheet:
    """A sheet whose head has been read."""

    words: Grammar
    #: up to and with <sheetData>
    head: bytes
    #: whole rows, many at a time
    blocks: Iterator[bytes]
    #: what stands from </sheetData> on, complete when `blocks` has ended
    tail: list[bytes]

    def read_tail(self) -> bytes:
        """What stands behind the rows. Refused where rows go on there: their end was none."""
        tail, words = plain(b"".join(self.tail)), self.words
        if words.row_start.search(tail) or words.cell_open in tail or tail.count(words.data_end) != 1:
            raise Refused("xml", "Behind the rows of the sheet stand more of them.")
        return tail


def open_sheet(pieces: Iterator[bytes]) -> OpenedSheet:
    """A sheet as a stream. Refused where it has no rows in the usual place, or in an unusual form."""
    head = b""
    for piece in pieces:
        head += piece
        if b"sheetData" in head:
            break
        if len(head) > _HEAD_LIMIT:
            raise Refused("xml", "The sheet has no rows where they should stand.")
    head = without_comments(head)
    words = grammar(prefix_of(head, "worksheet"))
    while (found := words.data_start.search(head)) is None:
        piece = next(pieces, b"")
        if not piece or len(head) > _HEAD_LIMIT:
            raise Refused("xml", "The sheet has no rows where they should stand.")
        head += piece
    start, rest, tail = plain(head[: found.start()]), head[found.end() :], list[bytes]()
    if found[1]:
        rest = words.data_end + rest
    opening = b"<" + words.tag("sheetData") + b">" if found[1] else found[0]
    return OpenedSheet(words, start + opening, row_blocks(rest, pieces, words, tail), tail)


@dataclass
class SheetStream:
    """Edits one sheet. What came of it is known when the stream has ended."""

    changes: SheetChanges
    restyle: Restyle
    from_1904: bool
    #: the drawing of the sheet's first notes, to be named in it; "" for none
    drawing_id: str = ""
    looks_at_all: bool = False
    #: a formula was replaced by a value, or moved
    formula_gone: bool = False
    #: the last row whose values were moved down; 0 where nothing stood below the table
    moved_to: int = 0

    def edit(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same part with the changes. Refused, perhaps only at its end, where they cannot be made."""
        sheet = open_sheet(pieces)
        styles = column_styles(sheet.head, sheet.words)
        sharing = Sharing(self.looks_at_all)
        editor = RowEditor(self.changes, Dressing(sheet.words, self.restyle, self.from_1904, styles, sharing))
        yield edit_head(sheet.head, self.changes, sheet.words)
        yield from editor.edit(sheet.blocks)
        self.formula_gone = editor.formula_gone
        self.moved_to = editor.below.lowest if editor.below else 0
        tail = edit_tail(sheet.read_tail(), self.changes.growing, bool(self.moved_to))
        yield with_drawing(tail, self.drawing_id, sheet.words) if self.drawing_id else tail
