"""Cuts the stream of a sheet into blocks of whole rows, and tells their numbers."""

from collections.abc import Iterator

from pipeline.register.package.markup import LAST_ROW, Grammar, check_rows, number_in
from pipeline.register.package.refusal import Refused

#: One row of 16,384 long texts is larger than anything that people keep in a register.
_ROW_LIMIT = 64_000_000
_AFTER_NAME = (b" ", b">", b"/", b"\t", b"\n", b"\r")
#: What stands behind the rows: rules, merges, links.
_TAIL_LIMIT = 64_000_000


def row_blocks(first: bytes, pieces: Iterator[bytes], words: Grammar, tail: list[bytes]) -> Iterator[bytes]:
    """Whole rows, many at a time; what stands behind the last one goes to `tail`.

    `first`: what was read of the rows before `pieces`. Refused where the rows do not end."""
    left, piece = b"", first
    while True:
        cut = _last_row(piece, words)
        # Nothing is searched that need not be: the end of the rows stands behind the last of them.
        stop = _end_of_rows(left, piece, max(cut, 0), words)
        if stop >= 0:
            data = left + piece
            check_rows(data[:stop])
            yield data[:stop]
            _collect(data[stop:], pieces, tail)
            return
        if cut > 0 or (cut == 0 and left):
            block = b"".join((left, memoryview(piece)[:cut]))
            left = piece[cut:]
            check_rows(block)
            yield block
        elif len(left) + len(piece) > _ROW_LIMIT:
            raise Refused("too-large", "A row of the sheet is larger than any row.")
        else:
            left += piece
        following = next(pieces, None)
        if following is None:
            raise Refused("truncated", "The sheet ends within its rows.")
        piece = following


def _last_row(piece: bytes, words: Grammar) -> int:
    """Where the last row begins; -1 where none does, or where it is another element that is called alike."""
    cut = piece.rfind(words.row_open)
    following = piece[cut + len(words.row_open) : cut + len(words.row_open) + 1]
    return cut if cut >= 0 and following in _AFTER_NAME else -1


def _end_of_rows(left: bytes, piece: bytes, start: int, words: Grammar) -> int:
    """Where </sheetData> stands in `left` and `piece` together; -1 where it does not."""
    seam = len(words.data_end) - 1
    before = left[-seam:]
    found = (before + piece[:seam]).find(words.data_end)
    if found >= 0:
        return len(left) - len(before) + found
    found = piece.find(words.data_end, start)
    return len(left) + found if found >= 0 else -1


def _collect(first: bytes, pieces: Iterator[bytes], tail: list[bytes]) -> None:
    size = len(first)
    tail.append(first)
    for piece in pieces:
        size += len(piece)
        if size > _TAIL_LIMIT:
            raise Refused("too-large", "What stands behind the rows of the sheet is too much.")
        tail.append(piece)


class RowNumbers:
    """Tells the numbers of rows: where one says none, it is the one after the row before."""

    def __init__(self, words: Grammar, before: int = 0) -> None:
        self._words = words
        self._last = before

    def span(self, block: bytes) -> tuple[int, int]:
        """(first, last) row number of a block; (0, 0) where no row is in it."""
        start = self._words.row_start.match(block)
        end = self._words.row_start.match(block, max(block.rfind(self._words.row_open), 0))
        first = number_in(start[1], "r") if start else None
        last = number_in(end[1], "r") if end else None
        if not first or not last:
            numbers = [number for number, _ in self._numbered(block)]
            first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
        elif not self._last < first <= last <= LAST_ROW:
            raise _misplaced(first)
        return first, last

    def passed(self, last: int) -> None:
        """Rows up to this number went by without being cut."""
        self._last = max(last, self._last)

    def rows(self, block: bytes) -> Iterator[tuple[int, bytes]]:
        """Each row of a block with its number."""
        for number, data in self._numbered(block):
            self._last = number
            yield number, data

    def _numbered(self, block: bytes) -> Iterator[tuple[int, bytes]]:
        starts = list(self._words.row_start.finditer(block))
        before = self._last
        if block[: starts[0].start() if starts else None].strip():
            raise Refused("xml", f"Behind row {before} of the sheet stands something that is no row.")
        ends = [*(start.start() for start in starts[1:]), len(block)]
        for start, end in zip(starts, ends, strict=False):
            number = number_in(start[1], "r")
            number = before + 1 if number is None else number
            if not before < number <= LAST_ROW:
                raise _misplaced(number)
            before = number
            yield number, block[start.start() : end].rstrip()


def _misplaced(number: int) -> Refused:
    return Refused("xml", f"Row {number} of the sheet stands in the wrong place.")
