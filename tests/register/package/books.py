"""Workbooks for the tests of the package, and what the readers of the world find in them."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Opened
from python_calamine import CalamineWorkbook

from pipeline.register.package.appending import Appended, Given, append_rows
from pipeline.register.package.changes import Growth, NewRow, SheetChanges
from pipeline.register.package.editing import growth_of, open_package

SHEET = "xl/worksheets/sheet1.xml"
Drawer = Callable[[xlsxwriter.Workbook, xlsxwriter.workbook.Worksheet], None]


def made(draw: Drawer, **options: object) -> bytes:
    """A workbook of XlsxWriter's, with one sheet "Data" that `draw` fills."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    draw(book, book.add_worksheet("Data"))
    book.close()
    return stream.getvalue()


def table_book(rows: int = 3, draw: Drawer | None = None, **table: object) -> bytes:
    """A table "List" at A1 with Name, Amount, Day; `draw` adds to it."""

    def both(book: xlsxwriter.Workbook, sheet: xlsxwriter.workbook.Worksheet) -> None:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        data = [[f"n{number}", number, 46_000 + number] for number in range(1, rows + 1)]
        options = {
            "name": "List",
            "data": data,
            "columns": [{"header": "Name"}, {"header": "Amount"}, {"header": "Day", "format": day}],
        }
        last = rows + bool(table.get("total_row"))
        sheet.add_table(0, 0, last, 2, options | table)
        if draw:
            draw(book, sheet)

    return made(both)


def grown(
    data: bytes, *rows: Mapping[int, object], cells: dict[int, dict[int, object]] | None = None
) -> bytes:
    """The workbook with these rows at the end of its first table, and these cells changed."""
    with open_package(data) as package:
        table = next(package.parts.tables())
        growth = growth_of(table, [NewRow(row) for row in rows])  # type: ignore[arg-type]
        return _saved(data, table.sheet.part, SheetChanges(cells or {}, growth))  # type: ignore[arg-type]


def changed(data: bytes, cells: dict[int, dict[int, object]], growth: Growth | None = None) -> bytes:
    """The workbook with these cells of its first sheet changed."""
    with open_package(data) as package:
        part = package.parts.sheets[0].part
    return _saved(data, part, SheetChanges(cells, growth))  # type: ignore[arg-type]


def _saved(data: bytes, part: str, changes: SheetChanges) -> bytes:
    target = io.BytesIO()
    with open_package(data) as package:
        package.save(target, {part: changes})
    return target.getvalue()


def appended(data: bytes, folder: Path, *rows: Given, where: str = "") -> tuple[bytes, Appended]:
    target = folder / "out.xlsx"
    done = append_rows(data, target, rows, where)
    return target.read_bytes(), done


def opened(data: bytes, **options: bool) -> Opened:
    return load_workbook(io.BytesIO(data), **options)


def values(data: bytes, sheet: int = 0) -> list[list[object]]:
    """A sheet as calamine reads it, from A1 on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def with_parts(
    data: bytes, changes: Mapping[str, Callable[[str], str | bytes]], **more: str | bytes
) -> bytes:
    """The same workbook with parts rewritten; those in `more` are added (`_` for `/`, `__` for `.`)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changes[name](content.decode()) if name in changes else content)
        for name, added in more.items():
            new.writestr(name.replace("__", ".").replace("_", "/"), added)
    return stream.getvalue()


def replaced(data: bytes, name: str, *pairs: tuple[str, str]) -> bytes:
    """The same workbook with texts in one part replaced; each must be there."""

    def change(text: str) -> str:
        for old, new in pairs:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new)
        return text

    return with_parts(data, {name: change})


def raw_members(data: bytes) -> dict[str, bytes]:
    """The packed bytes of each member as they lie in the zip."""
    members = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            start = entry.header_offset + 30
            start += sum(struct.unpack_from("<HH", data, entry.header_offset + 26))
            members[entry.filename] = data[start : start + entry.compress_size]
    return members


def touched(before: bytes, after: bytes) -> set[str]:
    """The parts that are not, byte for byte, what they were."""
    old, new = raw_members(before), raw_members(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def flat(rows: Sequence[Sequence[object]]) -> set[object]:
    return {value for row in rows for value in row}


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment as a workbook has it: of no time zone."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001
