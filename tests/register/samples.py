"""Invented rows of a register, and a hand that works in it as IT staff would."""

import io
from collections.abc import Callable
from datetime import date, timedelta

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.register.columns import KEY_HEADER, Row, column_label

COMPANY = "PT Nusantara Contoh & Rekan"
TODAY = date(2026, 11, 24)
_PEOPLE = (("Putri Lestari", "0012034"), ("Bayu Saputra", "20190117"), ("Dewi Anggraini", "00871"))
_SYSTEMS = (("Accurate", "Operator"), ("ERP", "Purchasing"), ("Email", "Standar"), ("VPN", "Pegawai"))

Staff = dict[str, dict[str, str]]


def some_rows(count: int, decision: str = "Disetujui") -> list[Row]:
    """Rows of invented requests, three items a request, approved unless told otherwise."""
    return [_row(number, decision) for number in range(count)]


def _row(number: int, decision: str) -> Row:
    ref, item = f"REQ-2026-{number // 3 + 1:04d}", number % 3 + 1
    (name, nik), (system, level) = _PEOPLE[number % 3], _SYSTEMS[number % 4]
    day = date(2026, 9, 1) + timedelta(days=number // 60)
    return Row(f"{ref}/{item}", {
        "number": ref, "revision": 0, "item": item, "received": day, "type": "Akses baru",
        "requester": "Sari Wulandari", "department": "Finance", "division": "Keuangan",
        "employee": name, "employee_id": nik, "position": "Staf Akuntansi", "system": system, "level": level,
        "action": "Pemberian akses", "start": day + timedelta(days=3),
        "end": day + timedelta(days=90) if number % 2 else None, "need": "Input jurnal harian.",
        "decision": decision, "decided_on": day + timedelta(days=1),
        "approver": "andi.nugroho@sefas.example.com", "reason": "", "evidence": 100 + number,
        "state": "Sedang dikerjakan Tim IT",
    })  # fmt: skip


def changed(row: Row, **cells: str | int | date | None) -> Row:
    """The same row with other cells."""
    return Row(row.key, {**row.cells, **cells})


class Hand:
    """A workbook opened by staff: cells by row key and column key, wherever they have got to."""

    def __init__(self, data: bytes, language: str = "id") -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))
        self.sheet: Worksheet = next(sheet for sheet in self.book.worksheets if sheet.tables)
        self._language = "en" if language == "en" else "id"

    @property
    def header(self) -> int:
        return int(
            next(iter(self.sheet.tables.values())).ref.split(":")[0].strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        )

    def place(self, column: str) -> int:
        label = KEY_HEADER if column == "key" else column_label(column, self._language)  # type: ignore[arg-type]
        return next(cell.column for cell in self.sheet[self.header] if str(cell.value) == label)

    def line(self, key: str) -> int:
        place = self.place("key")
        return next(row[place - 1].row for row in self.sheet.iter_rows() if row[place - 1].value == key)

    def write(self, key: str, **cells: object) -> "Hand":
        for column, value in cells.items():
            self.sheet.cell(self.line(key), self.place(column)).value = value
        return self

    def value(self, key: str, column: str) -> object:
        return self.sheet.cell(self.line(key), self.place(column)).value

    def sort(self, by: Callable[[list[object]], object]) -> "Hand":
        """Sort the rows of the table as people do: values move, the table stays."""
        first = self.header + 1
        rows = [[cell.value for cell in row] for row in self.sheet.iter_rows(min_row=first)]
        for number, values in enumerate(sorted(rows, key=by), start=first):  # type: ignore[arg-type,type-var]
            for place, value in enumerate(values, start=1):
                self.sheet.cell(number, place).value = value
        return self

    def save(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()
