"""A small form of our own, read once when the reader starts: every later fork finds all tables filled."""

import functools
import gc
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from pipeline.form.fields import FIELDS
from pipeline.form.grid import Book, Cell, Sheet
from pipeline.form.labels import names_of
from pipeline.form.reader import read_book, read_form
from pipeline.form.sections import heading_of
from pipeline.model import Language, System

_TODAY = date(2026, 11, 24)
_ROWS: tuple[tuple[str | int, ...], ...] = (
    ("FORM PERMINTAAN AKSES SISTEM INFORMASI",), ("No. Dokumen : SOP-IT-003",), ("A. DATA PEMOHON",),
    ("Tanggal Permintaan", ":", "24 November 2026"), ("Nama Pemohon", ":", "Contoh"),
    ("Jabatan", "", "Manager"), ("Email", "", "contoh@contoh.example"), ("Departemen : Contoh",),
    ("Jenis Permintaan", "☑ Akses Baru ☐ Perubahan Akses"), ("B. DATA KARYAWAN",),
    ("No", "Nama Karyawan", "NIK", "Jabatan", "Email"),
    (1, "Contoh Satu", "00123", "Staf", "satu@contoh.example"), (2, "Contoh Dua", 421, "Staf"),
    ("3", "Contoh Tiga", "", "Staf"),
    ("C. AKSES YANG DIMINTA",),
    ("No", "Sistem", "Level Akses", "Tanggal Mulai", "Tanggal Berakhir", "Keterangan Kebutuhan"),
    ("1", "Emial", "User", 46357, "2026-12-31", "Contoh"),
    ("2", "Lain", "User", "46350", "-", "Contoh"), ("3", "ERP", "", "01/12/2026", 46400, "Contoh"),
    ("*) catatan",), ("D. PERSETUJUAN",), ("Nama Kepala Divisi", "Contoh"),
    ("Tanda Tangan Kepala Divisi", "Contoh, 24/11/2026"),
)  # fmt: skip
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def warm(catalogue: tuple[System, ...]) -> None:
    """Understand a form and every label once; what is kept of it is shared by all forks that follow."""
    cells = {}
    for row, field in enumerate(FIELDS, start=1):
        for column, label in enumerate((field.label_id, field.label_en, *field.also), start=1):
            cells[row, column] = Cell(row, column, label)
    read_book(Book("xlsx", (Sheet("Form", True, cells),)), catalogue, _TODAY, "id")
    for cell in cells.values():
        names_of(cell.text)
        heading_of(cell.text)
    for language in ("id", "en"):
        rehearse(catalogue, "en" if language == "en" else "id")
    gc.collect()
    gc.freeze()


def rehearse(catalogue: tuple[System, ...], language: Language = "id") -> None:
    """Read the small form. In a fork, this copies the pages that reading any form writes to."""
    read_form(_form(), "form.xlsx", catalogue, _TODAY, language)


@functools.cache
def _form() -> bytes:
    """The rows above as the smallest xlsx that has all the parts of a usual one."""
    texts = {t: n for n, t in enumerate(dict.fromkeys(t for row in _ROWS for t in row if isinstance(t, str)))}
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    rows = "".join(
        f'<row r="{n}">'
        + "".join(_cell(f"{'ABCDEF'[at]}{n}", value, texts) for at, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(_ROWS, start=1)
    )
    kind = f"{_REL}/"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations((f"{kind}officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="Form" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            (f"{kind}worksheet", "worksheets/sheet1.xml"), (f"{kind}styles", "styles.xml"),
            (f"{kind}sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def _cell(place: str, value: str | int, texts: Mapping[str, int]) -> str:
    """A text by its number, a number with a date's format, and nothing where there is nothing."""
    if isinstance(value, int):
        return f'<c r="{place}" s="{1 if value > 1000 else 0}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts[value]}</v></c>' if value else ""


def _relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
