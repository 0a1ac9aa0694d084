"""Streams the XML of shared strings and sheets into cells. Bounded: a million empty rows cost no memory."""

import re
from collections.abc import Iterable
from xml.parsers import expat

from pipeline.form.grid import MAX_COLUMN, MAX_ROW, CannotReadError, Cell, CellValue, Merge, place_of
from pipeline.form.grid_formats import is_date_format, serial_to_date
from pipeline.form.grid_package import refuse_dtd
from pipeline.form.grid_sizes import Sizes

#: Excel writes characters that XML cannot hold as _x000D_.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: The longest text of one cell, as Excel has it.
_LONGEST = 32_767
_MAX_STRINGS = 400_000
_MAX_MERGES = 20_000
#: All text kept of one workbook.
_MAX_TEXT = 64 * 1024 * 1024


class _EnoughError(Exception):
    """Raised inside the parser when the rest of a sheet need not be parsed."""


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Parse a streamed part; a DTD in it is refused."""
    parser.buffer_text = True
    refuse_dtd(parser)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise CannotReadError("damaged") from error
    except LookupError as error:  # an encoding Python does not know
        raise CannotReadError("damaged") from error


def unescaped(text: str) -> str:
    """Text with Excel's _xHHHH_ escapes resolved; lone surrogates become U+FFFD."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text[:_LONGEST]


class RichText:
    """Collects the text of one string item: runs joined, phonetic guides and struck-out runs left out.

    "Akses Baru / Perubahan" with one word struck out is how paper forms are answered.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[str, bool]] = []
        self.text: list[str] = []
        self.inside = self.phonetic = self.struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.inside = not self.phonetic
            self.text = []
        elif name == "r":
            self.struck = False
        elif name == "rPh":
            self.phonetic = True
        elif name == "strike":
            self.struck = attributes.get("val", "1") not in {"0", "false"}

    def end(self, name: str) -> None:
        if name == "t" and self.inside:
            self.runs.append(("".join(self.text), self.struck))
            self.inside = False
        elif name == "rPh":
            self.phonetic = False

    def add(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def take(self) -> str:
        kept = "".join(text for text, struck in self.runs if not struck)
        whole = kept if kept.strip() else "".join(text for text, _ in self.runs)
        self.__init__()  # type: ignore[misc]
        return unescaped(whole)


def read_strings(pieces: Iterable[bytes]) -> list[str]:
    """The shared strings of a workbook."""
    strings: list[str] = []
    rich = RichText()
    total = 0

    def end(tag: str) -> None:
        nonlocal total
        name = tag.rpartition(":")[2]
        if name == "si":
            strings.append(rich.take())
            total += len(strings[-1])
            if len(strings) > _MAX_STRINGS or total > _MAX_TEXT:
                raise CannotReadError("too_large")
        else:
            rich.end(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: rich.start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = end
    parser.CharacterDataHandler = rich.add
    feed(parser, pieces)
    return strings


class SheetCells:
    """The cells and merges of one sheet, filled by streaming its XML through `read`."""

    def __init__(self, strings: list[str], formats: list[str], date1904: bool, room: int) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: dict[tuple[int, int], Merge] = {}
        #: there are more cells than were kept
        self.cut = False
        #: (row, column, vm) of cells with a rich value, Excel's picture-in-cell among them
        self.rich_values: list[tuple[int, int, int]] = []
        self.sizes = Sizes()
        self._strings, self._formats, self._date1904, self._room = strings, formats, date1904, room
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._texts: list[str] | None = None
        self._has_value = self._has_inline = self._has_formula = False
        self._rich = RichText()

    def read(self, pieces: Iterable[bytes]) -> None:
        """Parse until the end or the last row that is looked at; then only the merges are searched for."""
        rest = iter(pieces)
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            feed(parser, rest)
        except _EnoughError:
            self._merges_of_rest(rest)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdigit() and len(number) < 10 else self._row + 1
            self._column = 0
            if self._row > MAX_ROW:
                raise _EnoughError
            if "ht" in attributes or "hidden" in attributes:
                self.sizes.note_row(self._row, attributes)
        elif name == "v":
            self._has_value, self._texts = True, []
        elif name == "f":
            self._has_formula, self._texts = True, []
        elif name == "is":
            self._has_inline = True
            self._rich = RichText()
        elif self._has_inline:
            self._rich.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self.sizes.note_columns(attributes)
        elif name == "sheetFormatPr":
            self.sizes.note_defaults(attributes)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = place_of(attributes["r"]) if "r" in attributes else None
        self._row, self._column = place or (self._row, self._column + 1)
        if self._row > MAX_ROW:
            raise _EnoughError
        self._attributes = attributes
        self._value = self._formula = self._texts = None
        self._has_value = self._has_inline = self._has_formula = False

    def _text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)
        elif self._has_inline:
            self._rich.add(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "v":
            self._value, self._texts = self._texts, None
        elif name == "f":
            self._formula, self._texts = self._texts, None
        elif name == "c":
            if (self._has_value or self._has_inline or self._has_formula) and self._column <= MAX_COLUMN:
                self._keep()
            self._has_inline = False
        elif self._has_inline:
            self._rich.end(name)

    def _keep(self) -> None:
        raw = "".join(self._value or ())
        kind = self._attributes.get("t", "n")
        vm = self._attributes.get("vm", "")
        if vm.isdigit():
            self.rich_values.append((self._row, self._column, int(vm)))
        style = self._attributes.get("s", "0")
        number = int(style) if style.isdigit() and len(style) < 7 else 0
        code = self._formats[number] if number < len(self._formats) else ""
        formula = ("".join(self._formula or ()) or "?") if self._has_formula else ""
        value, error = self._valued(kind, raw, code)
        if value is None and not formula and not error:
            return
        if len(self.cells) >= self._room:
            # A form stands at the top of its sheet; what follows tens of thousands of cells is a data list.
            self.cut = True
            raise _EnoughError
        place = (self._row, self._column)
        self.cells[place] = Cell(*place, value, code, formula[:_LONGEST], error)

    def _valued(self, kind: str, raw: str, code: str) -> tuple[CellValue | None, str]:
        """(value, error value) of a cell as its type says."""
        if self._has_inline and (kind == "inlineStr" or not self._has_value):
            return self._rich.take(), ""
        if not self._has_value:
            return None, ""
        if kind == "e":
            return None, raw.strip() or "#VALUE!"
        if kind == "n":
            return self._number(raw, code), ""
        if kind == "s":
            return self._shared(raw), ""
        return (raw.strip() in {"1", "true"} if kind == "b" else unescaped(raw)), ""

    def _shared(self, raw: str) -> str | None:
        """A shared string by its number."""
        if not self._strings:
            raise CannotReadError("damaged")
        index = int(raw) if raw.strip().isdigit() and len(raw) < 12 else len(self._strings)
        return self._strings[index] if index < len(self._strings) else None

    def _number(self, raw: str, code: str) -> CellValue | None:
        try:
            value = float(raw)
        except ValueError:
            return unescaped(raw) if raw.strip() else None
        if is_date_format(code):
            return serial_to_date(value, self._date1904) or value
        return value

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start and end and len(self.merges) < _MAX_MERGES and start[0] <= MAX_ROW:
            self.merges[start] = Merge(*start, min(end[0], MAX_ROW), min(end[1], MAX_COLUMN))

    def _merges_of_rest(self, pieces: Iterable[bytes]) -> None:
        """The merges stand after the last row; they are found by their look, without parsing."""
        tail = b""
        for piece in pieces:
            tail = tail[-200:] + piece
            if b"mergeCell " in tail:
                for reference in re.findall(rb'mergeCell ref="([A-Z0-9:]{2,20})"', tail):
                    self._merge(reference.decode("ascii"))
