"""How a list of ours is known again, and whether somebody wrote on it since: a seal over its words."""

import hashlib
import json
import re
from collections.abc import Mapping

from pipeline.form.grid import CannotReadError, Cell
from pipeline.form.grid_cells import SheetCells, read_strings
from pipeline.form.markup_package import Package

#: What stands on the sheet before it is sealed.
UNSEALED = "Akses 0000000000000000"
_SEAL = re.compile(r"Akses ([0-9a-f]{16})").fullmatch
#: The seal stands in column A near the top, also where somebody put rows above it.
_SEAL_ROWS = range(1, 31)
_MAX_CELLS = 20_000
#: What Excel and LibreOffice add to a sheet that nobody wrote on.
_HARMLESS = frozenset({"printerSettings", "hyperlink"})


def sealed(sheet: bytes) -> bytes:
    """The list's worksheet part with its seal, which changes with every word on it."""
    seal = f"Akses {_digest(_cells(sheet, []))}"
    return sheet.replace(UNSEALED.encode(), seal.encode(), 1)


def has_seal(cells: Mapping[tuple[int, int], Cell]) -> bool:
    """Whether these are the cells of a list that we made, whoever wrote on it since."""
    return bool(_seal_in(cells))


def is_ours(package: Package, book: str, part: str) -> bool:
    """Whether a sheet of the sender's workbook is a list that we made."""
    return has_seal(_read(package, book, part))


def is_untouched(package: Package, book: str, part: str) -> bool:
    """Whether a list of ours holds our words alone: no word, comment or drawing of anybody else's."""
    cells = _read(package, book, part)
    added = {relation.kind for relation in package.relationships(part)} - _HARMLESS
    return not added and _seal_in(cells) == _digest(cells)


def _read(package: Package, book: str, part: str) -> Mapping[tuple[int, int], Cell]:
    texts = [r.target for r in package.relationships(book) if r.kind == "sharedStrings" and not r.external]
    try:
        strings = read_strings([package.read(texts[0])]) if texts and package.has(texts[0]) else []
        return _cells(package.read(part), strings)
    except CannotReadError:
        return {}


def _cells(sheet: bytes, strings: list[str]) -> Mapping[tuple[int, int], Cell]:
    found = SheetCells(strings, [], False, _MAX_CELLS)
    found.read([sheet])
    return found.cells


def _seal_in(cells: Mapping[tuple[int, int], Cell]) -> str:
    seals = (_SEAL(cells[row, 1].text) for row in _SEAL_ROWS if (row, 1) in cells)
    return next((seal[1] for seal in seals if seal), "")


def _digest(cells: Mapping[tuple[int, int], Cell]) -> str:
    """Of every word and its place. Programs may write spaces and line ends another way."""
    words = [
        [*place, " ".join(str(cells[place].value).split()), cells[place].formula]
        for place in sorted(cells)
        if not _SEAL(cells[place].text)
    ]
    return hashlib.sha256(json.dumps(words).encode("ascii")).hexdigest()[:16]
