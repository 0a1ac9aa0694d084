"""Registers as companies keep them before Akses, in many layouts; kept in tests/specimens/registers.

uv run python -m tests.register.old_registers     makes them anew; soffice saves the ones of LibreOffice
"""

import csv
import subprocess
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parents[1] / "specimens" / "registers"


def plain(path: Path) -> None:
    """A title, Indonesian headings, dates of every kind, a password, a footer; mistakes in rows 8-14."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Daftar Akses"
    sheet["A1"], sheet["A2"] = "PT CONTOH SEJAHTERA", "Daftar Hak Akses Sistem Informasi per 2026"
    sheet.merge_cells("A1:N1")
    rows = [
        ("No", "Nama Karywan", "NIK", "Dept", "Sistem/Aplikasi", "Hak Akses", "Tgl Mulai", "Masa Berlaku s/d",
         "User ID", "Password", "PIC IT", "Status", "Keterangan", "Disetujui oleh"),
        (1, "Budi Santoso", "00123", "Finance", "Accurate Online", "Viewer", date(2024, 2, 1), "-", "budi.s",
         "rahasia123", "Dewi", "Aktif", "sejak lama", "Pak Bos"),
        (2, "Siti Aminah", 456, "Sales", "VPN, ERP", "", "3 Pebruari 2024", "permanen", "", "", "Dewi",
         "Non Aktif", "", "Pak Bos"),
        (3, "Rudi Hartono", "789", "Sales", "Email", "", 45352, datetime.combine(date(2024, 12,
         31), time(8, 30)), "rudi", "", "", "AKTIF",
         "=1+1", ""),
        (4, "Andi", "990", "Sales", "CCTV", "", "31/02/2024", "", "", "", "", "Aktif", "", ""),
        (5, "Putri", "991", "Sales", "SAP", "", "01/03/2024", "", "", "", "", "Aktif", "", ""),
        (6, "", "992", "Sales", "VPN", "", "01/03/2024", "", "", "", "", "Aktif", "", ""),
        (7, "Joko", "993", "Sales", "VPN", "", "05/06/2024", "01/01/2024", "", "", "", "Aktif", "", ""),
        (8, "Wati", "994", "Sales", "VPN", "", "05/06/2024", "", "", "", "", "Tunggu kabar", "", ""),
        (9, "Budi Santoso", 123, "Finance", "ACCURATE", "viewer", "01/05/2024", "", "", "", "",
         "Aktif", "", ""),
        (10, "Rina", "789", "Sales", "CCTV", "", "01/05/2024", "", "", "", "", "Aktif", "", ""),
        (11, "Tono", "995", "Sales", "VPN", "", "01/05/2024", "", "", "", "", "Ditolak", "", ""),
        (12,), (None, "Total", None, None, 12), (None,) * 14,
        (None, None, None, None, None, None, None, None, None, None, "Mengetahui,"),
    ]  # fmt: skip
    for number, row in enumerate(rows, start=4):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    book.save(path)


def english(path: Path) -> None:
    """A table that somebody exported: English headings, periods, ticket numbers, revocation days."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Access log")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    heads = ("Ticket no", "Employee name", "Employee no", "Department", "Application", "Access level",
             "Requested by", "Request date", "Validity", "Account", "Handled by", "Completion date",
             "Date revoked", "Remarks", "Approved by")  # fmt: skip
    rows = (
        ("T-1", "Budi Santoso", "00123", "Finance", "ERP", "Operator", "Sari Wulandari", date(2023, 1, 2),
         "01/02/2023 - 31/12/2099", "budi", "Dewi", date(2023, 2, 3), "", "first", "The boss"),
        ("T-2", "Siti Aminah", "00456", "Sales", "VPN", "", "Rudi Hartono", date(2023, 3, 4), "", "siti",
         "Dewi", date(2023, 3, 5), date(2024, 1, 31), "", "The boss"),
        ("T-3", "Siti Aminah", "00456", "Sales", "VPN", "", "Rudi Hartono", date(2024, 3, 4), "", "siti",
         "Dewi", date(2024, 3, 5), "", "again", "The boss"),
        ("T-4", "Andi", "00990", "Sales", "CCTV", "", "", date(2024, 3, 4), "", "", "Dewi", date(2024, 3, 5),
         date(2023, 1, 1), "", ""),
    )  # fmt: skip
    sheet.write_row(0, 0, heads)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, datetime.combine(value, time()), day)
            elif value:
                sheet.write_string(number, place, value)
    sheet.add_table(0, 0, len(rows), len(heads) - 1, {"columns": [{"header": head} for head in heads]})
    book.close()


def ticks(path: Path) -> None:
    """One row a person, one column a system; headings in two lines; a department as a heading between."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Matriks"
    lines = [
        ("No", "Nama", "NIK", "Akses Sistem", None, None, "Tgl Aktif", "Pencabutan", None),
        (None, None, None, "Email", "VPN", "ERP", None, "Tanggal", "Oleh"),
        ("Departemen Finance",),
        (1, "Budi Santoso", "00123", "v", "-", "Operator", date(2024, 2, 1), None, None),
        (2, "Siti Aminah", "00456", "v", "v", None, date(2024, 2, 1), date(2024, 6, 30), "Dewi"),
        ("Departemen Sales",),
        ("No", "Nama", "NIK", "Email", "VPN", "ERP", "Tgl Aktif", "Tanggal", "Oleh"),
        (1, "Rudi Hartono", "00789", "√", None, "x", "1 Maret 2024", None, None),
        (2, "Andi", "00990", None, "tidak", None, "1 Maret 2024", None, None),
    ]
    for line in lines:
        sheet.append(line)
    for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2", "H1:I1", "A3:I3", "A6:I6"):
        sheet.merge_cells(cells)
    book.save(path)


def grouped(path: Path) -> None:
    """A sheet for each system; a name stands once for several rows, merged or with nothing below it."""
    book = Workbook()
    _person_sheet(book.active, "VPN", merge=True)
    _person_sheet(book.create_sheet(), "Data Center", merge=False)
    summary = book.create_sheet("Rekap")
    summary["A1"], summary["B3"] = "Jumlah akses", 5
    _person_sheet(book.create_sheet(), "CCTV", merge=True)
    book["CCTV"].sheet_state = "hidden"
    book.save(path)


def _person_sheet(sheet: Worksheet, title: str, merge: bool) -> None:
    sheet.title = title
    sheet.append(("Nama User", "No. Induk", "Bagian", "Level Akses", "Sejak", "Sampai dengan", "Ket."))
    sheet.append(("Budi Santoso", "00123", "Finance", "Kantor", date(2024, 1, 1), "31/12/2024", ""))
    sheet.append((None, None, None, "Rumah", date(2025, 1, 1), "tidak ada", "diperpanjang"))
    sheet.append(("Siti Aminah", "00456", "Sales", "Kantor", "2024-05-06", "", ""))
    if merge:
        for letter in "ABC":
            sheet.merge_cells(f"{letter}2:{letter}3")


def export(path: Path) -> None:
    """What a ticket system writes: semicolons, Windows' letters, no first day but the day of the request."""
    rows = (
        ("Tanggal", "Nama Lengkap", "ID Karyawan", "Unit Kerja", "Aplikasi", "Role", "Status"),
        ("24/11/2023", "Budi Santoso", "00123", "Finance", "Akses Internal", "baca – tulis", "Closed"),
        ("25/11/2023", "Siti Aminah", "", "Sales", "internet", "", "Open"),
        ("", "Rudi Hartono", "00789", "Sales", "wifi", "", "Closed"),
    )
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)


LAYOUTS = {
    "plain.xlsx": plain, "english.xlsx": english, "ticks.xlsx": ticks, "grouped.xlsx": grouped,
    "export.csv": export,
}  # fmt: skip
#: Saved by LibreOffice from the others: the ODF of the first, and Excel 97 of the merged ones.
LIBREOFFICE = {"plain-libreoffice.ods": "plain.xlsx", "grouped-libreoffice.xls": "grouped.xlsx"}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in LAYOUTS.items():
        make(FOLDER / name)
    for name, source in LIBREOFFICE.items():
        kind = name.rpartition(".")[2]
        subprocess.run(
            ["soffice", "--headless", "--convert-to", kind, "--outdir", str(FOLDER), str(FOLDER / source)],
            check=True, timeout=120, capture_output=True,
        )  # fmt: skip
        (FOLDER / source).with_suffix(f".{kind}").rename(FOLDER / name)


if __name__ == "__main__":
    main()
