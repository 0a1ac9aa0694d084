"""Formulas that go on in other rows, and shared ones: one cell holds the text for a whole area.

Whoever replaces that cell must tell the others."""

import re
from dataclasses import dataclass, field, replace

from pipeline.register.package.cells import CellXml, RowXml
from pipeline.register.package.markup import (
    LAST_ROW,
    Grammar,
    area_of,
    attribute,
    escape,
    letters_of,
    place_of,
    resolved,
)
from pipeline.register.package.refusal import Refused

_NAMES_CELL = re.compile(rb"(?<![A-Za-z0-9_.])\$?[A-Z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_.(])")
_NO_REFERENCE = re.compile(rb'"[^"]*"|\[[^\[\]]*\]')


@dataclass(frozen=True)
class Shared:
    """A shared formula."""

    text: bytes
    #: (row, column) of the cell for which it is written
    origin: tuple[int, int]
    last_row: int


class Unseen(Exception):
    """A shared formula goes on whose text stands in a row that was not looked at: look at all of them."""


@dataclass
class Sharing:
    """The shared formulas of a sheet: those seen, and those whose text others must be given."""

    #: every row is looked at for formulas of many cells, which costs as much as unpacking it
    looks_at_all: bool = False
    _lost: dict[str, Shared] = field(default_factory=dict)
    _seen: dict[str, Shared] = field(default_factory=dict)
    #: areas that one formula fills as a whole
    _areas: list[str] = field(default_factory=list)

    def open_at(self, number: int) -> bool:
        """Might a row from this one on hold a cell of a formula that was lost?"""
        return any(shared.last_row >= number for shared in self._lost.values())

    def note(self, block: bytes, grammar: Grammar) -> None:
        """Remember the formulas of this block that stand for more than one cell."""
        for found in grammar.wide_formula.finditer(block):
            start = block.rfind(grammar.cell_open, 0, found.start())
            tag = block[start : block.find(b">", start)] if start >= 0 else b""
            row, column = place_of(attribute(tag, "r") or "")
            if row and attribute(found[1], "t") == "shared":
                self._seen[attribute(found[1], "si") or ""] = _shared(found[1], found[2], row, column)
            elif attribute(found[1], "t") in {"array", "dataTable"}:
                self._areas.append(attribute(found[1], "ref") or "")

    def settle(self, row: RowXml, grammar: Grammar) -> RowXml:
        """The same row; cells of a lost formula get it as their own."""
        changed: dict[int, CellXml] = {}
        for column, cell in row.cells.items():
            found = grammar.formula.search(cell.body) if cell.body else None
            if found is None or attribute(found[1], "t") != "shared":
                continue
            number = attribute(found[1], "si") or ""
            if found[2]:
                self._seen[number] = _shared(found[1], found[2], row.number, column)
                self._lost.pop(number, None)
            elif number in self._lost:
                lost = self._lost[number]
                tag, text = grammar.tag("f"), moved(lost.text, lost.origin, (row.number, column))
                if not text:
                    raise Refused(
                        "array-formula", f"A formula in row {row.number} depends on the one replaced."
                    )
                body = cell.body.replace(found[0], b"<%s>%s</%s>" % (tag, text, tag))
                changed[column] = replace(cell, body=body)
        return replace(row, cells={**row.cells, **changed}) if changed else row

    def drop(self, row: int, column: int, old: CellXml | None, grammar: Grammar) -> bool:
        """A cell gets a value. True where it had a formula.

        Refused where a formula fills an area as a whole."""
        found = grammar.formula.search(old.body) if old is not None and old.body else None
        kind = attribute(found[1], "t") if found else None
        reference = attribute(found[1], "ref") or "" if found else ""
        areas = [*self._areas, reference] if kind in {"array", "dataTable"} else self._areas
        for area in areas:
            top, left, bottom, right = area_of(area)
            if top <= row <= bottom and left <= column <= right and (top, left) != (bottom, right):
                raise Refused(
                    "array-formula",
                    f"{letters_of(column)}{row} is part of a formula over {area}, and no value of its own "
                    "can be put there.",
                )
        if found and kind == "shared" and found[2]:
            self._lost[attribute(found[1], "si") or ""] = _shared(found[1], found[2], row, column)
        return found is not None

    def moved_from(self, above: CellXml, row: int, target: int, grammar: Grammar) -> bytes:
        """A cell's formula as it reads in another row; b"" where it has none, or one that cannot move."""
        found = grammar.formula.search(above.body) if above.body else None
        if found is None or attribute(found[1], "t") in {"array", "dataTable"}:
            return b""
        origin, text = (row, above.column), found[2] or b""
        if not text:
            shared = self._seen.get(attribute(found[1], "si") or "")
            if shared is None and not self.looks_at_all:
                raise Unseen
            if shared is None:
                return b""
            origin, text = shared.origin, shared.text
        return moved(text, origin, (target, above.column))


def _shared(attributes: bytes, text: bytes, row: int, column: int) -> Shared:
    last = area_of(attribute(attributes, "ref") or "")[2] or LAST_ROW
    return Shared(text, (row, column), max(last, row))


def names_cells(formula: bytes) -> bool:
    """Does it name cells by their place, so that it reads otherwise in another row?"""
    return _NAMES_CELL.search(_NO_REFERENCE.sub(b"", formula)) is not None


def moved(formula: bytes, origin: tuple[int, int], target: tuple[int, int]) -> bytes:
    """A formula's XML text as it reads in another cell; b"" where its parts cannot be told."""
    # Imported where it is needed, which is seldom: openpyxl costs 35 MB, more than all the rest.
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415

    try:
        text = resolved(formula.decode())
        new = Translator(f"={text}", _cell(origin)).translate_formula(_cell(target))
    except (TokenizerError, TranslatorError, ValueError, LookupError):
        return b""
    return escape(new.removeprefix("="))


def _cell(place: tuple[int, int]) -> str:
    return f"{letters_of(place[1])}{place[0]}"
