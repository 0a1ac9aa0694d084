"""A small invented house, as values and as the rows that people type."""

import io
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook

from pipeline.model import Department, Directory, Person

SARI = Person("Sari Wulandari", "sari@nusantara.example", "Finance", "Keuangan", "manager")
HEAD = Person("Bambang Prakoso", "bambang@nusantara.example", "Finance", "Keuangan", "division_head")
BOSS = Person(
    "Andi Nugroho", "andi@nusantara.example", "IT", "Umum", "it_manager", "en",
    "dewi@nusantara.example", date(2026, 12, 1), date(2026, 12, 9),
)  # fmt: skip
STAFF = Person("Dewi Anggraini", "dewi@nusantara.example", "IT", "Umum", "it_staff")
RUDI = Person("Rudi Hartono", "rudi@nusantara.example", "IT", "Umum", "pic")
HOUSE = Directory(
    (SARI, HEAD, BOSS, STAFF, RUDI),
    (
        Department("Finance", "Keuangan", HEAD.email, ("Keuangan", "Finance & Accounting")),
        Department("IT", "Umum", HEAD.email),
    ),
)
#: The same rows as people type them; a test changes one cell and looks at what is said.
PEOPLE: list[list[object]] = [
    ["Nama", "Email", "Departemen", "Divisi", "Peran", "Bahasa", "Email pengganti", "Pengganti mulai",
     "Pengganti sampai"],
    ["Sari Wulandari", "sari@nusantara.example", "Finance", None, "Manager", None, None, None, None],
    ["Bambang Prakoso", "bambang@nusantara.example", "Finance", None, "Kepala divisi",
     None, None, None, None],
    ["Andi Nugroho", "andi@nusantara.example", "IT", None, "IT Manager", "Inggris", "dewi@nusantara.example",
     datetime(2026, 12, 1), datetime(2026, 12, 9)],  # noqa: DTZ001
    ["Dewi Anggraini", "dewi@nusantara.example", "IT", None, "IT Staff", None, None, None, None],
    ["Rudi Hartono", "rudi@nusantara.example", "IT", None, "Penanggung jawab", None, None, None, None],
]  # fmt: skip
DEPARTMENTS: list[list[object]] = [
    ["Departemen", "Divisi", "Email kepala divisi", "Nama lain"],
    ["Finance", "Keuangan", "bambang@nusantara.example", "Keuangan; Finance & Accounting"],
    ["IT", "Umum", "bambang@nusantara.example", None],
]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(rows: list[list[object]], *cells: tuple[int, int, object]) -> list[list[object]]:
    copy = [list(row) for row in rows]
    for row, column, value in cells:
        copy[row - 1][column - 1] = value
    return copy
