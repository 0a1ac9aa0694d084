"""The official form, blank and filled, with an invented directory: what the tests of blank and fill share."""

import io
from dataclasses import replace
from datetime import date
from functools import lru_cache

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from PIL import Image, ImageDraw

from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.model import AccessLine, Department, Directory, Employee, Form, Language, Person
from tests.form.catalogue import CATALOGUE

COMPANY = "PT Nusantara Contoh"
DOCUMENT = DocumentHeader(
    segment="Supporting Directorate", process="Information Technology",
    sub_process="Permintaan Akses Sistem Informasi", number="SOP-IT-003", effective="29/07/2022",
    revision="01",
)  # fmt: skip
DIRECTORY = Directory(
    people=(
        Person(
            "Ir. Gunawan Tirta, M.T.", "gunawan@nusantara.example", "Pembelian", "Operasi", "division_head"
        ),
        Person("Made Suryani Putri", "made.putri@nusantara.example", "Pembelian", "Operasi", "manager"),
        Person("Ratih Larasati", "ratih@nusantara.example", "Keuangan", "Keuangan", "manager"),
    ),
    departments=(
        Department("Pembelian", "Operasi", "gunawan@nusantara.example"),
        Department("Keuangan", "Keuangan", "ratih@nusantara.example"),
    ),
)
#: Every field filled, with what spreadsheets like to spoil: zeros, signs, long words, other letters.
FILLED = Form(
    request_date=date(2026, 11, 24), request_type="change", revises="REQ-2026-0007",
    requester_name="Made Suryani Putri", requester_position="Manager Pembelian",
    requester_email="made.putri@nusantara.example", requester_department="Pembelian",
    requester_division="Operasi", division_head_name="Ir. Gunawan Tirta, M.T.", signature="typed",
    signed_on=date(2026, 11, 25), signature_text="Ir. Gunawan Tirta, M.T.", urgency="urgent",
    employees=(
        Employee(1, "Rangga Pratama", "00412", "Staff Pembelian", "rangga@nusantara.example"),
        Employee(2, "Ni'mah Østergård-Lubis", "2019-0345", "Admin Gudang & Persediaan Wilayah Timur", ""),
        Employee(3, "Suharto", "01377", "Teknisi", "suharto@nusantara.example"),
    ),
    lines=(
        AccessLine(1, None, "ERP", "ERP", "Viewer", "grant", date(2026, 12, 1), date(2027, 5, 31),
                   "=A1 + A2"),
        AccessLine(2, 2, "EMAIL", "Email", "Standard 5 GB", "change", date(2026, 12, 1), None,
                   "Surat-menyurat dengan pemasok di kawasan timur, termasuk lampiran gambar dan penawaran"),
        AccessLine(3, 3, "DATACENTER", "Data Center", "+ Visitor", "revoke", date(2026, 12, 15), None,
                   "-5 rak"),
    ),
)  # fmt: skip


@lru_cache
def blank(language: Language = "id", prefill: Form | None = None, revises: str = "") -> bytes:
    return write_blank(CATALOGUE, DIRECTORY, COMPANY, language, DOCUMENT, prefill, revises)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def signature_picture(ink: tuple[int, int, int] = (20, 30, 120)) -> bytes:
    """A drawn line on nothing, as a scanned signature."""
    picture = Image.new("RGBA", (400, 140), (255, 255, 255, 0))
    ImageDraw.Draw(picture).line([(20, 100), (90, 20), (160, 110), (230, 30), (380, 70)], ink, 5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def big_form(employees: int, lines: int) -> Form:
    """The filled form with more rows than the paper has."""
    people = tuple(
        Employee(n, f"Pegawai ke-{n} Nusantara", f"{n:05}", "Staf", "") for n in range(1, employees + 1)
    )
    rows = tuple(replace(FILLED.lines[0], no=n, access_level=f"Peran {n}") for n in range(1, lines + 1))
    return replace(FILLED, employees=people, lines=rows)
