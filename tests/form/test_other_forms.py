"""What is no filled request for access is said to be none, and a sound one beside it is still read."""

import pytest

from tests.form.pages import Cells, Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    EMPLOYEE_HEAD,
    EMPLOYEES,
    HEAD,
    NOT_A_FORM,
    PEOPLE,
    REQUESTER,
    SIGNOFF,
    Rows,
    check_reading,
    day,
    form,
    grid,
    read,
)

OURS = form(REQUESTER, PEOPLE, ACCESS, SIGNOFF)
UNANSWERED: Rows = [[row[0]] for row in REQUESTER]
BLANK = form(
    UNANSWERED, [*PEOPLE[:2], [1], [2]], [*ACCESS[:2], [1], [2]],
    [["D. PERSETUJUAN"], ["Nama Kepala Divisi"], ["Tanda Tangan Kepala Divisi"]],
)  # fmt: skip
ASKER: Rows = REQUESTER[1:6]
SIGNED: Rows = [["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", "ttd"]]
STAFF: Rows = [EMPLOYEE_HEAD, *EMPLOYEES]
WHEN = [day(2026, 12, 1), day(2026, 12, 5)]


def other(title: str, *rows: list[object]) -> Cells:
    return grid([title], [], *ASKER, [], *rows, [], *SIGNED)


def of_somebody_else(cells: Cells) -> Cells:
    changed = {FORM.requester_name: "Ratih Larasati", FORM.requester_email: "ratih@nusantara.example"}
    return {place: changed.get(value, value) if isinstance(value, str) else value
            for place, value in cells.items()}  # fmt: skip


OTHERS: dict[str, tuple[Cells, ...]] = {
    "nothing at all": ({},),
    "a sentence": (grid(["Mohon dibuatkan akses Accurate untuk Rangga. Terima kasih."]),),
    "a blank form": (BLANK,),
    "a blank form with dotted lines": ({**BLANK, **{(row, 2): "." * 30 for row in range(4, 10)}},),
    "leave for one": (
        other("FORM PERMOHONAN CUTI", ["Jenis Cuti", "Tahunan"], ["Tanggal Mulai", WHEN[0]],
              ["Keterangan", "Mudik"]),
    ),
    "leave for several": (
        other("FORM PERMINTAAN CUTI", *STAFF, [],
              ["No", "Jenis Cuti", "Tanggal Mulai", "Tanggal Selesai", "Keterangan"],
              [1, "Tahunan", *WHEN, "Mudik"]),
    ),
    "training": (
        other("FORM PERMINTAAN PELATIHAN", *STAFF, [],
              ["No", "Pelatihan", "Tanggal Mulai", "Tanggal Selesai", "Tujuan"], [1, "Excel", *WHEN, "-"]),
    ),
    "access to a building": (
        other("FORM PERMINTAAN AKSES GEDUNG", *STAFF, [],
              ["No", "Lokasi", "Tanggal Mulai", "Tanggal Berakhir", "Alasan"], [1, "Lobi", *WHEN, "Tamu"]),
    ),
    "a purchase": (
        other("FORM PERMINTAAN PEMBELIAN", ["No", "Nama Barang", "Jumlah", "Alasan"], [1, "Laptop", 2, "-"]),
    ),
    "a list of employees": (grid(["DATA KARYAWAN"], *STAFF),),
    "two filled forms on two sheets": (OURS, of_somebody_else(OURS)),
    "two filled forms on one sheet": (
        {**OURS, **{(row + 40, column): value for (row, column), value in of_somebody_else(OURS).items()}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("sheets", OTHERS.values(), ids=OTHERS.keys())
def test_one_problem_says_that_it_is_no_filled_request(sheets: tuple[Cells, ...]) -> None:
    reading = read(to_xlsx(*(Page(f"Lembar {n}", cells) for n, cells in enumerate(sheets, start=1))))
    check_reading(reading, None, NOT_A_FORM)
    assert reading.form.requester_name == ""


BESIDE: dict[str, Page] = {
    "a blank copy": Page("Form (2)", BLANK),
    "a hidden old request": Page("Lama", of_somebody_else(OURS), hidden=True),
    "a filled example": Page("Contoh Pengisian", of_somebody_else(OURS)),
    "a list of employees": Page("Master", grid(["DATA KARYAWAN"], EMPLOYEE_HEAD, [1, "Orang Lain", "09999"])),
    "instructions": Page("Petunjuk", grid(["PETUNJUK PENGISIAN"], ["1. Nama Pemohon : nama manager"])),
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE.keys())
@pytest.mark.parametrize("first", [True, False])
def test_a_form_is_found_beside(beside: Page, first: bool) -> None:
    pages = [Page("Form", OURS), beside]
    check_reading(read(to_xlsx(*(pages if first else pages[::-1]))), FORM)


def test_a_form_may_be_spread_over_sheets() -> None:
    parts = {"Pemohon": form(REQUESTER), "Karyawan": grid(*PEOPLE), "Akses": grid(*ACCESS),
             "Persetujuan": grid(*SIGNOFF)}  # fmt: skip
    check_reading(read(to_xlsx(*(Page(title, cells) for title, cells in parts.items()))), FORM)


def test_a_half_filled_form_is_a_form_and_hears_what_it_lacks() -> None:
    reading = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE[:2], ACCESS[:2], [["Nama Kepala Divisi"]]))))
    assert {(p.field, p.kind) for p in reading.errors} == {
        ("employees", "missing"), ("items", "missing"), ("division_head_name", "missing"),
        ("signature", "missing"),
    }  # fmt: skip
