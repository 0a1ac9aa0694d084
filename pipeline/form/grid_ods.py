"""Reads ods into the grid by streaming its content. Repeated cells are counted, not unrolled without end."""

import re
from datetime import datetime
from xml.parsers import expat

from pipeline.form.grid import (
    MAX_CELLS,
    MAX_COLUMN,
    MAX_ROW,
    Book,
    CannotReadError,
    Cell,
    Merge,
    Picture,
    Sheet,
)
from pipeline.form.grid_cells import feed, unescaped
from pipeline.form.grid_package import Package
from pipeline.form.grid_pictures import picture_hash

_ERROR = re.compile(r"^(?:#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:\d+)$")
#: How often a repeated cell or row with a value is written out.
_MOST_REPEATS = 100
_LONGEST = 32_767
#: An unanchored picture's position: a row is about half a centimetre high, a column 2.3 wide.
_ROW_CM, _COLUMN_CM = 0.5, 2.3
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353, "px": 0.0265}


def read_ods(package: Package) -> Book:
    """The grid of an OpenDocument workbook. CannotReadError where it is encrypted or damaged."""
    manifest = package.tree("META-INF/manifest.xml")
    if manifest is not None and manifest.find(".//encryption-data") is not None:
        raise CannotReadError("encrypted")
    content = _Content(package)
    parser = expat.ParserCreate()
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.add
    feed(parser, package.stream("content.xml"))
    if not content.sheets:
        raise CannotReadError("no_sheet")
    return Book("ods", tuple(content.sheets), content.date1904, _version(content.sheets))


def _version(sheets: list[Sheet]) -> str:
    """The official form's version: the hidden sheet names its cell above it, whatever became of the name."""
    from pipeline.form.fields import LISTS_NAME, VERSION_NAME  # noqa: PLC0415

    for sheet in sheets:
        head, below = sheet.cells.get((1, 1)), sheet.cells.get((2, 1))
        if sheet.title == LISTS_NAME and head is not None and head.text == VERSION_NAME and below is not None:
            value = below.value
            return str(int(value) if isinstance(value, float) else value or "")[:20]
    return ""


class _Content:
    """Follows content.xml: tables, rows, cells, paragraphs, frames."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.sheets: list[Sheet] = []
        self.date1904 = False
        self._hidden: set[str] = set()
        self._style = ""
        self._room = MAX_CELLS
        self._skip = 0
        self._depth = 0
        self._title, self._visible = "", True
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: dict[tuple[int, int], Merge] = {}
        self._pictures: list[Picture] = []
        self._row = self._column = self._repeat_rows = 0
        self._cell: dict[str, str] | None = None
        self._frame: dict[str, str] | None = None
        self._text: list[str] = []
        self._paragraphs = 0
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._skip:
            self._skip += 1
            return
        if name in {"tracked-changes", "annotation"}:
            self._skip = 1
            return
        plain = {k if k.startswith("calcext:") else k.rpartition(":")[2]: v for k, v in attributes.items()}
        begin = getattr(self, f"_begin_{name.replace('-', '_')}", None)
        if begin is not None:
            begin(plain)

    def end(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        name = tag.rpartition(":")[2]
        if name == "p":
            self._inside = False
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self._depth -= 1
            if self._depth == 0:
                self.sheets.append(
                    Sheet(self._title, self._visible, self._cells, self._merges, tuple(self._pictures))
                )
        elif name == "frame":
            self._frame = None

    def add(self, text: str) -> None:
        if self._inside and not self._skip:
            self._text.append(text)

    def _begin_null_date(self, attributes: dict[str, str]) -> None:
        self.date1904 = attributes.get("date-value", "").startswith("1904")

    def _begin_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("name", "")

    def _begin_table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("display") == "false":
            self._hidden.add(self._style)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        self._title = attributes.get("name", "")
        self._visible = attributes.get("style-name", "") not in self._hidden
        self._cells, self._merges, self._pictures = {}, {}, []
        self._row = self._column = 0

    def _begin_table_row(self, attributes: dict[str, str]) -> None:
        self._row += 1
        self._column = 0
        self._repeat_rows = _count(attributes.get("number-rows-repeated"))

    def _end_row(self) -> None:
        if self._repeat_rows > 1:
            line = [c for (row, _), c in self._cells.items() if row == self._row] if self._cells else []
            for offset in range(1, min(self._repeat_rows, _MOST_REPEATS)) if line else ():
                for cell in line:
                    self._put(
                        Cell(
                            cell.row + offset, cell.column, cell.value, cell.format, cell.formula, cell.error
                        )
                    )
            self._row += self._repeat_rows - 1

    def _begin_table_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        self._cell, self._text, self._paragraphs = attributes, [], 0

    _begin_covered_table_cell = _begin_table_cell

    def _begin_p(self, _: dict[str, str]) -> None:
        if self._cell is None or self._frame is not None:
            return
        if self._paragraphs:
            self._text.append("\n")
        self._paragraphs += 1
        self._inside = True

    def _begin_s(self, attributes: dict[str, str]) -> None:
        if self._inside:
            self._text.append(" " * min(_count(attributes.get("c")), 50))

    def _begin_tab(self, _: dict[str, str]) -> None:
        self.add(" ")

    def _begin_line_break(self, _: dict[str, str]) -> None:
        self.add("\n")

    def _begin_frame(self, attributes: dict[str, str]) -> None:
        self._frame = attributes

    def _begin_image(self, attributes: dict[str, str]) -> None:
        frame, target = self._frame, attributes.get("href", "")
        if frame is None or not self._depth or len(self._pictures) > _MOST_REPEATS:
            return
        if self._cell is not None:
            top, left = self._row, self._column
        else:
            top, left = int(_cm(frame.get("y")) / _ROW_CM) + 1, int(_cm(frame.get("x")) / _COLUMN_CM) + 1
        bottom = top + int(_cm(frame.get("height")) / _ROW_CM)
        right = left + int(_cm(frame.get("width")) / _COLUMN_CM)
        sha256 = picture_hash(self._package, target) if self._package.has(target) else ""
        self._pictures.append(Picture(top, left, bottom, right, sha256))

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell, None
        if attributes is None or self._depth != 1:
            return
        repeat = _count(attributes.get("number-columns-repeated"))
        cell = self._valued(attributes, "".join(self._text)[:_LONGEST])
        if cell is not None:
            for offset in range(min(repeat, _MOST_REPEATS)):
                self._put(
                    Cell(self._row, self._column + offset, cell.value, cell.format, cell.formula, cell.error)
                )
        down, across = (_count(attributes.get(f"number-{way}-spanned")) for way in ("rows", "columns"))
        if (down > 1 or across > 1) and self._row <= MAX_ROW:
            place = (self._row, self._column)
            self._merges[place] = Merge(
                *place, self._row + min(down, MAX_ROW) - 1, self._column + min(across, MAX_COLUMN) - 1
            )
        self._column += repeat - 1

    def _put(self, cell: Cell) -> None:
        if cell.row > MAX_ROW or cell.column > MAX_COLUMN:
            return
        self._room -= 1
        if self._room < 0:
            raise CannotReadError("too_many_cells")
        self._cells[cell.row, cell.column] = cell

    def _valued(self, attributes: dict[str, str], text: str) -> Cell | None:
        formula = attributes.get("formula", "").partition("=")[2] or ("?" if "formula" in attributes else "")
        kind = attributes.get("value-type", "")
        value: str | bool | float | datetime | None = None
        shown = text.strip()
        code = ""
        if attributes.get("calcext:value-type") == "error" or (formula and _ERROR.match(shown)):
            return Cell(self._row, self._column, None, "", formula, shown or "#VALUE!")
        if kind == "date":
            value = _day(attributes.get("date-value", "")) or shown
        elif kind in {"float", "percentage", "currency"}:
            value = _number(attributes.get("value", ""))
            if re.fullmatch(r"0\d+", shown):
                code = "0" * len(shown)
        elif kind == "boolean":
            value = attributes.get("boolean-value") == "true"
        elif kind == "time":
            value = shown
        elif kind or not formula:
            value = unescaped(attributes.get("string-value", "") or text) or None
            if kind == "string" and formula and value is None:
                value = ""
        if value is None and not formula:
            return None
        return Cell(self._row, self._column, value, code, formula)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 and int(text) > 0 else 1


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.partition(".")[0]).replace(tzinfo=None)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _cm(text: str | None) -> float:
    found = re.match(r"^([\d.]+)(cm|mm|in|pt|px)$", text or "")
    try:
        return float(found[1]) * _UNITS[found[2]] if found else 0.0
    except ValueError:
        return 0.0
