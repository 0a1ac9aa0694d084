"""Reads xls (BIFF8, [MS-XLS]) into the grid; older ones go to calamine. Formulas by their stored value."""

import struct
from dataclasses import dataclass, field
from datetime import datetime

from pipeline.form.grid import MAX_CELLS, MAX_COLUMN, MAX_ROW, Book, CannotReadError, Cell, Merge, Sheet
from pipeline.form.grid_calamine import read_with_calamine
from pipeline.form.grid_formats import builtin_format, is_date_format, serial_to_date
from pipeline.form.grid_ole import OleFile
from pipeline.form.grid_xls_pictures import PictureStore, read_anchors
from pipeline.form.grid_xls_text import read_shared_strings, read_string

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_FILEPASS, _DATEMODE, _FORMAT, _XF, _BOUNDSHEET, _SST = 0x2F, 0x22, 0x41E, 0xE0, 0x85, 0xFC
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD
_FORMULA, _STRING, _BOOLERR, _MERGES, _DRAWINGS, _DRAWING = 0x06, 0x207, 0x205, 0xE5, 0xEB, 0xEC


@dataclass
class _Globals:
    date1904: bool = False
    own_formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    #: (offset, visible, title)
    sheets: list[tuple[int, bool, str]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    drawings: bytes = b""

    def format(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.own_formats.get(number, builtin_format(number))


def read_xls(data: bytes) -> Book:
    """The grid of an OLE file that holds a workbook; CannotReadError says what it holds otherwise."""
    ole = OleFile(data)
    if ole.has("EncryptedPackage"):
        raise CannotReadError("encrypted")
    if ole.has("WordDocument"):
        raise CannotReadError("not_workbook", "Word (doc)")
    if ole.has("PowerPoint Document"):
        raise CannotReadError("not_workbook", "PowerPoint (ppt)")
    name = next((n for n in ("Workbook", "Book") if ole.has(n)), "")
    if not name:
        raise CannotReadError("not_workbook", "OLE")
    stream = ole.stream(name)
    try:
        version = struct.unpack_from("<H", stream, 4)[0]
        if version != 0x600:
            return read_with_calamine(data)
        return _read(stream)
    except (struct.error, IndexError, UnicodeError, OverflowError) as error:
        raise CannotReadError("damaged") from error


def _records(stream: bytes, at: int) -> list[tuple[int, list[bytes]]]:
    """The records of one substream with their continuations, up to its end."""
    records: list[tuple[int, list[bytes]]] = []
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth > 1:
            # A chart inside the sheet is a workbook of its own.
            continue
        elif kind == _CONTINUE and records:
            records[-1][1].append(body)
        else:
            records.append((kind, [body]))
    return records


def _read(stream: bytes) -> Book:
    shared = _Globals()
    for kind, parts in _records(stream, 0):
        body = parts[0]
        if kind == _FILEPASS:
            raise CannotReadError("encrypted")
        if kind == _DATEMODE:
            shared.date1904 = body[:2] == b"\x01\x00"
        elif kind == _FORMAT:
            shared.own_formats[struct.unpack_from("<H", body)[0]] = read_string(body, 2)
        elif kind == _XF:
            shared.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET and body[5] == 0:
            offset, state = struct.unpack_from("<IB", body)
            shared.sheets.append((offset, state & 3 == 0, read_string(body, 6, short=True)))
        elif kind == _SST:
            shared.strings = read_shared_strings(parts)
        elif kind == _DRAWINGS:
            shared.drawings += b"".join(parts)
    if not shared.sheets:
        raise CannotReadError("no_sheet")
    store = PictureStore(shared.drawings)
    room = MAX_CELLS
    sheets = []
    for offset, visible, title in shared.sheets[:60]:
        sheet = _sheet(stream, offset, visible, title, shared, store)
        room -= len(sheet.cells)
        if room < 0:
            raise CannotReadError("too_many_cells")
        sheets.append(sheet)
    return Book("xls", tuple(sheets), shared.date1904)


def _sheet(
    stream: bytes, offset: int, visible: bool, title: str, shared: _Globals, store: PictureStore
) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    merges: dict[tuple[int, int], Merge] = {}
    drawing = b""
    last: Cell | None = None
    for kind, parts in _records(stream, offset):
        body = parts[0]
        if kind == _MERGES:
            for at in range(2, len(body) - 7, 8):
                top, bottom, left, right = struct.unpack_from("<4H", body, at)
                merges[top + 1, left + 1] = Merge(top + 1, left + 1, bottom + 1, right + 1)
        elif kind == _DRAWING:
            drawing += b"".join(parts)
        elif kind == _STRING and last is not None:
            last = last._replace(value=read_string(body, 0))
            cells[last.row, last.column] = last
        else:
            for cell in _cells(kind, body, shared):
                if cell.row <= MAX_ROW and cell.column <= MAX_COLUMN:
                    cells[cell.row, cell.column] = last = cell
    return Sheet(title, visible, cells, merges, tuple(read_anchors(drawing, store)))


def _cells(kind: int, body: bytes, shared: _Globals) -> list[Cell]:
    """The cells of one record."""
    if kind not in {_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR}:
        return []
    row, column, style = struct.unpack_from("<3H", body)
    row, column = row + 1, column + 1
    if kind == _MULRK:
        found = []
        for index, at in enumerate(range(4, len(body) - 7, 6)):
            style = struct.unpack_from("<H", body, at)[0]
            found.append(_number(row, column + index, _rk(body, at + 2), style, shared))
        return found
    if kind in {_NUMBER, _RK}:
        value = _rk(body, 6) if kind == _RK else struct.unpack_from("<d", body, 6)[0]
        return [_number(row, column, value, style, shared)]
    if kind == _FORMULA:
        return [_formula(row, column, style, body, shared)]
    if kind == _BOOLERR:
        error = _ERRORS.get(body[6], "#VALUE!") if body[7] else ""
        return [Cell(row, column, None if error else bool(body[6]), "", "", error)]
    return [Cell(row, column, _text(kind, body, shared))]


def _text(kind: int, body: bytes, shared: _Globals) -> str | None:
    if kind != _LABELSST:
        return read_string(body, 6)
    index = struct.unpack_from("<I", body, 6)[0]
    return shared.strings[index] if index < len(shared.strings) else None


def _formula(row: int, column: int, style: int, body: bytes, shared: _Globals) -> Cell:
    """A formula's stored value; its text is not decoded and stands as "?"."""
    if body[12:14] != b"\xff\xff":
        cell = _number(row, column, struct.unpack_from("<d", body, 6)[0], style, shared)
        return cell._replace(formula="?")
    kind, value = body[6], body[8]
    if kind == 1:
        return Cell(row, column, bool(value), "", "?")
    if kind == 2:
        return Cell(row, column, None, "", "?", _ERRORS.get(value, "#VALUE!"))
    # 0: the text follows in a STRING record; 3: an empty text.
    return Cell(row, column, "", "", "?")


def _number(row: int, column: int, value: float, style: int, shared: _Globals) -> Cell:
    code = shared.format(style)
    day: datetime | None = serial_to_date(value, shared.date1904) if is_date_format(code) else None
    return Cell(row, column, day or value, code)


def _rk(body: bytes, at: int) -> float:
    raw = struct.unpack_from("<i", body, at)[0]
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return value / 100 if raw & 1 else value
