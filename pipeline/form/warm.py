"""A small form of our own, read once when the reader starts: every later fork finds all tables filled."""

import gc
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from pipeline.form.fields import FIELDS
from pipeline.form.grid import Book, Cell, Sheet
from pipeline.form.labels import names_of
from pipeline.form.reader import read_book, read_form
from pipeline.form.sections import heading_of
from pipeline.model import System

_TODAY = date(2026, 11, 24)
_ROWS = (
    ("FORM PERMINTAAN AKSES SISTEM INFORMASI",), ("No. Dokumen : SOP-IT-003",), ("A. DATA PEMOHON",),
    ("Tanggal Permintaan", ":", "24 November 2026"), ("Nama Pemohon", ":", "Contoh"),
    ("Jabatan", "", "Manager"), ("Email", "", "contoh@contoh.example"), ("Departemen : Contoh",),
    ("Jenis Permintaan", "☑ Akses Baru ☐ Perubahan Akses"), ("B. DATA KARYAWAN",),
    ("No", "Nama Karyawan", "NIK", "Jabatan", "Email"),
    ("1", "Contoh Satu", "00123", "Staf", "satu@contoh.example"), ("2", "Contoh Dua", "", "Staf"),
    ("C. AKSES YANG DIMINTA",),
    ("No", "Sistem", "Level Akses", "Tanggal Mulai", "Tanggal Berakhir", "Keterangan Kebutuhan"),
    ("1", "Emial", "User", "01/12/2026", "2026-12-31", "Contoh"),
    ("2", "Lain", "User", "46350", "-", "Contoh"),
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
    data = _form()
    for language in ("id", "en"):
        read_form(data, "form.xlsx", catalogue, _TODAY, "en" if language == "en" else "id")
    gc.collect()
    gc.freeze()


def _form() -> bytes:
    """The rows above as the smallest xlsx that has all the parts of a usual one."""
    texts = {text: n for n, text in enumerate(dict.fromkeys(t for row in _ROWS for t in row))}
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    rows = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{"ABCDEF"[at]}{n}" t="s" s="1"><v>{texts[t]}</v></c>' for at, t in enumerate(row) if t
        )
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


def _relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
