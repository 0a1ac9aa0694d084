"""Workbooks with everything that a careless save loses, and how marked copies of them are looked at."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import xlsxwriter
from PIL import Image
from python_calamine import CalamineWorkbook

from pipeline.form.markup import mark_copy
from pipeline.model import Language, Problem, Severity

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: The parts a mark must change; every other part of the sender's file stays as it is, byte for byte.
EDITED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def problem_at(
    cell: str, message: str = "Mohon diisi.", severity: Severity = "error", field: str = "requester_name"
) -> Problem:
    return Problem(field, "missing", cell, severity, message)


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (80, 30), "navy").save(out, "PNG")
    out.seek(0)
    return out


def rich_workbook() -> bytes:
    """A workbook with one of everything that a careless save loses."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    # Two of them are compared byte for byte, and may be made on either side of a second.
    book.set_properties({"created": datetime(2026, 11, 24)})  # noqa: DTZ001  (a wall date, as a sheet holds it)
    form, extra = book.add_worksheet("Form"), book.add_worksheet("Bu Ayu's data")
    date_cell = book.add_format({"num_format": "dd/mm/yyyy", "bold": True, "border": 1, "locked": False})
    form.set_column("H:H", 20, date_cell)
    form.write("A1", "Nama Pemohon")
    form.write_rich_string("B1", "Ayu ", book.add_format({"italic": True}), "Lestari")
    form.write("B2", 46350, date_cell)
    form.write_formula("B3", '=IF(B2>0,"ada","")', None, "ada")
    form.merge_range("A5:D5", "=1+1 bukan rumus")
    form.write_comment("B1", "Catatan saya sendiri")
    form.write_comment("A9", "Catatan lain")
    form.insert_image("F2", "ttd.png", {"image_data": picture()})
    form.insert_textbox("F10", "Kotak teks")
    form.data_validation("B2", {"validate": "list", "source": ["a", "b"]})
    form.conditional_format("A1:D9", {"type": "cell", "criteria": ">", "value": 5, "format": date_cell})
    form.print_area("A1:H20")
    form.protect()
    extra.write_column("A1", [1, 2, 3])
    extra.add_table("C1:D4")
    extra.print_area("A1:D4")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Bu Ayu''s data'!$A$1:$A$3"})
    form.insert_chart("F20", chart)
    book.add_chartsheet("Grafik").set_chart(chart_of(book))
    form.activate()
    book.close()
    return out.getvalue()


def chart_of(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Bu Ayu''s data'!$A$1:$A$3"})
    return chart


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def mark(data: bytes, *problems: Problem, name: str = "Form Ayu.xlsx", language: Language = "id") -> bytes:
    copy = mark_copy(data, name, problems, language)
    assert copy is not None
    assert CalamineWorkbook.from_filelike(io.BytesIO(copy.data)).sheet_names == opened(copy.data).sheetnames
    return copy.data


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def small_workbook(edit: Callable[[Any], object] = lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Form"
    sheet["A1"], sheet["C3"] = "Nama Pemohon", "Ayu"
    edit(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(data: bytes, part: str, *changes: tuple[bytes, bytes]) -> bytes:
    parts = parts_of(data)
    for old, new in changes:
        assert old in parts[part], (old, parts[part][:400])
        parts[part] = parts[part].replace(old, new)
    return zipped(parts)


def with_sheet(xml: str, prefix: str = "") -> bytes:
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    body = f'<{prefix}{":" if prefix else ""}worksheet {space}="{MAIN.decode()}">{xml}'
    body += f"</{prefix}{':' if prefix else ''}worksheet>"
    return zipped({**parts_of(small_workbook()), "xl/worksheets/sheet1.xml": body.encode()})
