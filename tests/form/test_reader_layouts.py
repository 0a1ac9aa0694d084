"""Labels and tables where nobody expected them are understood."""

from dataclasses import replace

import pytest

from tests.form.pages import Page
from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    EMPLOYEE_HEAD,
    EMPLOYEES,
    ITEM_HEAD,
    ITEMS,
    PEOPLE,
    REQUESTER,
    SIGNOFF,
    Case,
    Rows,
    cells,
    check,
    day,
    form,
    grid,
    sheet,
    wall,
    with_item,
)

ALL = form(REQUESTER, PEOPLE, ACCESS, SIGNOFF)
ASKED = wall(FORM.request_date)
LABELS = {
    "Nama Pemohon": "Nama Pemhon", "Jabatan": "Jabatn", "Departemen": "Departmen",
    "Tanggal Permintaan": "Tangal Permintaan", "Jenis Permintaan": "Jenis Perminaan", "Sistem": "Sitem",
    "Level Akses": "Levl Akses", "Tanggal Mulai": "Tanggal Mulia", "Tanggal Berakhir": "Tgl Berakhr",
    "Keterangan Kebutuhan": "Keteragan Kebutuhan", "Nama Kepala Divisi": "Nama Kepla Divisi",
    "Tanda Tangan Kepala Divisi": "Tanda Tngan Kepala Divisi", "Nama Karyawan": "Nama Karywan",
}  # fmt: skip
OTHER_WORDS = {
    "Nama Pemohon": "Nama User / Manager", "Departemen": "Bagian", "Tanggal Permintaan": "Tgl Pengajuan",
    "Jenis Permintaan": "Tipe Permintaan", "Sistem": "Nama Aplikasi", "Level Akses": "Hak Akses",
    "Tanggal Mulai": "Efektif mulai", "Tanggal Berakhir": "Berlaku s/d", "Keterangan Kebutuhan": "Alasan",
    "Nama Kepala Divisi": "Nama Kadiv", "Tanda Tangan Kepala Divisi": "TTD Kadiv",
    "Nama Karyawan": "Nama Lengkap", "NIK": "No. Induk Karyawan",
}  # fmt: skip


def renamed(words: dict[str, str]) -> Case:
    return cells(
        {place: words.get(value, value) if isinstance(value, str) else value for place, value in ALL.items()}
    )


def relabelled(shape: str) -> Case:
    """Every label at the left written in another shape."""
    return cells(
        {
            place: shape.format(value) if value in LABELS and place[1] == 1 else value
            for place, value in ALL.items()
        }
    )


def people(*rows: list[object]) -> Case:
    return sheet(REQUESTER, [["B. DATA KARYAWAN"], *rows], ACCESS, SIGNOFF)


def access(*rows: list[object], form_=FORM) -> Case:  # type: ignore[no-untyped-def]
    return sheet(REQUESTER, PEOPLE, [["C. AKSES YANG DIMINTA"], *rows], SIGNOFF, form_=form_)


def requester(*rows: list[object]) -> Case:
    return sheet([["A. DATA PEMOHON"], *rows], PEOPLE, ACCESS, SIGNOFF)


def blocks() -> Rows:
    rows: Rows = []
    for number, (_, name, nik, position, email) in enumerate(EMPLOYEES, start=1):
        rows += [
            [f"Karyawan {number}"],
            ["Nama", name],
            ["NIK", nik],
            ["Jabatan", position],
            ["Email", email],
        ]
    return rows


def across(table: Rows, head: list[str]) -> Rows:
    """A table turned on its side."""
    return [[label, *[row[at] for row in table]] for at, label in enumerate(head) if at]


PERIODS = [
    [n, s, level, f"{a:%d/%m/%Y} - {b:%d/%m/%Y}" if b else f"{a:%d/%m/%Y}", need]
    for n, s, level, a, b, need in ITEMS
]
BOTH = replace(FORM, lines=FORM.lines[:2])

CASES: dict[str, Case] = {
    "plain": cells(ALL),
    "mistyped labels": renamed(LABELS),
    "other words": renamed(OTHER_WORDS),
    "capitals": renamed({label: label.upper() for label in LABELS}),
    "starred": relabelled("{} *"),
    "bulleted": relabelled("- {}"),
    "numbered": relabelled("1. {}"),
    "colons": relabelled("{} :"),
    "full-width colons": relabelled("{}："),
    "on two lines": renamed({label: label.replace(" ", "\n") for label in LABELS}),
    "two columns of labels": requester(
        ["Tanggal Permintaan", ":", ASKED, "Jenis Permintaan", ":", "Akses Baru"],
        ["Nama Pemohon", ":", FORM.requester_name, "Jabatan", ":", FORM.requester_position],
        ["Email", ":", FORM.requester_email, "Departemen", ":", FORM.requester_department],
    ),
    "labels over answers": requester(
        ["Tanggal Permintaan", "Nama Pemohon", "Jabatan", "Email", "Departemen", "Jenis Permintaan"],
        [ASKED, FORM.requester_name, FORM.requester_position, FORM.requester_email,
         FORM.requester_department, "Akses Baru"],
    ),
    "plain words over answers": requester(
        ["Nama", "Jabatan", "Email", "Departemen"],
        [FORM.requester_name, FORM.requester_position, FORM.requester_email, FORM.requester_department],
        ["Tanggal Permintaan", ASKED],
        ["Jenis Permintaan", "Akses Baru"],
    ),
    "date in three cells": requester(["Tanggal Permintaan", 23, "November", 2026], *REQUESTER[2:]),
    "the requester's own NIK": requester(*REQUESTER[1:3], ["NIK", "00777"], ["No. HP", "0812"],
    *REQUESTER[3:]),
    "date of the document above": cells(
        {**{(row + 4, column): value for (row, column), value in ALL.items()},
         (2, 1): "Tanggal : 29/07/2022", (3, 1): "Tgl. Efektif", (3, 2): day(2022, 7, 29)}
    ),
    "instructions above": cells(
        {**{(row + 6, column): value for (row, column), value in ALL.items()},
         (2, 1): "Petunjuk:", (3, 1): "1. Nama Pemohon : diisi nama manager",
         (4, 1): "2. NIK : diisi 5 digit"}
    ),
    "guidance beside": cells({**ALL, **{(row, 3): "*) wajib diisi" for row in range(4, 10)}}),
    "an IT part beneath": sheet(
        REQUESTER, PEOPLE, ACCESS, SIGNOFF,
        [["E. DIISI OLEH IT"], ["No", "Sistem", "User ID", "Tanggal Selesai"],
        [1, "ERP", "u1", day(2026, 12, 1)],
         ["Nama", "Petugas"], ["Tanda Tangan", "ttd"]],
    ),
    "no headings": sheet(REQUESTER[1:], PEOPLE[1:], ACCESS[1:], SIGNOFF[1:]),
    "no blank rows": cells(grid(["FORM PERMINTAAN AKSES"], *REQUESTER, *PEOPLE, *ACCESS, *SIGNOFF)),
    "headings in other words": sheet(
        [["Bagian 1: Pemohon"], *REQUESTER[1:]], [["Bagian 2: Pengguna akses"], *PEOPLE[1:]],
        [["Bagian 3: Kebutuhan akses"], *ACCESS[1:]], [["Bagian 4: Pengesahan"], *SIGNOFF[1:]],
    ),
    "employees as blocks": people(*blocks()),
    "employees across": people(*across(EMPLOYEES, EMPLOYEE_HEAD)),
    "employees across, counted": people([None, "Karyawan 1", "Karyawan 2"],
    *across(EMPLOYEES, EMPLOYEE_HEAD)),
    "employees in two tables": people(EMPLOYEE_HEAD, EMPLOYEES[0], [], EMPLOYEE_HEAD, EMPLOYEES[1]),
    "an example row": people(EMPLOYEE_HEAD, ["Contoh", "Fulan", "00000", "Staf", "f@x.example"], *EMPLOYEES),
    "a row of column numbers": people(EMPLOYEE_HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)"], *EMPLOYEES),
    "a total": people(EMPLOYEE_HEAD, *EMPLOYEES, ["Jumlah", None, 2]),
    "gaps between rows": people(EMPLOYEE_HEAD, EMPLOYEES[0], [], [], EMPLOYEES[1]),
    "head in two languages": people(EMPLOYEE_HEAD, ["No", "Employee Name", "Employee ID", "Position",
    "E-mail"], *EMPLOYEES),
    "head in two rows": access(
        ["No", "Sistem", "Level Akses", "Masa Berlaku", None, "Keterangan"],
        [None, None, None, "Mulai", "Berakhir"], *ITEMS,
    ),
    "head with groups": access(
        ["No", "Detail Akses", None, "Periode", None, "Alasan"],
        [None, "Sistem", "Level", "Mulai", "Berakhir", "Keterangan"], *ITEMS,
    ),
    "a period in one cell": access(["No", "Sistem", "Level Akses", "Periode", "Keterangan"], *PERIODS),
    "items across": access(*across(ITEMS, ITEM_HEAD)),
    "subheadings between items": access(ITEM_HEAD, ["Akses Platform"], ITEMS[0], ["Akses Telekomunikasi"],
    *ITEMS[1:]),
    "whose access by name": access(
        ["No", "Nama Karyawan", *ITEM_HEAD[1:]], *[[i[0], EMPLOYEES[0][1], *i[1:]] for i in ITEMS]
    ),
    "the same as above": access(
        ITEM_HEAD, ITEMS[0], [2, "Email", "sda", "sda", "sda", "idem"],
        form_=replace(FORM, lines=(FORM.lines[0], replace(FORM.lines[0], system="EMAIL",
        system_text="Email"))),
    ),
    "people and access in one table": sheet(
        REQUESTER,
        [["B. KARYAWAN DAN AKSES"], [*EMPLOYEE_HEAD, *ITEM_HEAD[1:]],
         *[[*e, *i[1:]] for e, i in zip(EMPLOYEES, ITEMS, strict=False)]],
        SIGNOFF, form_=BOTH,
    ),
    "tables side by side": cells(
        {**form(REQUESTER), **grid(*PEOPLE, top=12), **grid(*ACCESS, top=12, left=8),
        **grid(*SIGNOFF, top=20)}
    ),
    "a need said once beneath the table": access(
        ITEM_HEAD[:5], *[row[:5] for row in ITEMS], ["Keterangan Kebutuhan", "Operasional"],
        form_=replace(FORM, lines=tuple(replace(line, justification="Operasional") for line in FORM.lines)),
    ),
    "a label as an answer": sheet(
        REQUESTER, PEOPLE, [*ACCESS[:2], [*ITEMS[0][:5], "Nama Pemohon : laporan"], *ITEMS[1:]], SIGNOFF,
        form_=with_item(0, justification="Nama Pemohon : laporan"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_form_is_read_right_with(case: Case) -> None:
    check(case)


def test_labels_and_answers_may_be_merged() -> None:
    wide = {
        (row, 3 if column == 2 and (row <= 9 or row >= 22) else column): value
        for (row, column), value in ALL.items()
    }
    merges = tuple(m for row in range(4, 10) for m in ((row, 1, row, 2), (row, 3, row, 6)))
    check(Case((Page("Form", wide, merges=merges),)))


def test_one_merged_date_counts_for_all_its_rows() -> None:
    first = FORM.lines[0]
    found = form(
        REQUESTER,
        PEOPLE,
        [*ACCESS[:2], ITEMS[0], [2, "Email", "Standard 5 GB"], [3, "VPN", "Remote user"]],
        SIGNOFF,
    )
    row = next(row for (row, _), value in found.items() if value == "ERP")
    alike = tuple(
        replace(i, start_date=first.start_date, end_date=first.end_date, justification=first.justification)
        for i in FORM.lines
    )
    merges = tuple((row, column, row + 2, column) for column in (4, 5, 6))
    check(Case((Page("Form", found, merges=merges),), replace(FORM, lines=alike)))
