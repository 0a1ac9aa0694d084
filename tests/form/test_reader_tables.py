"""Tables that stand beside, across or inside one another are told apart, and whose access is whose."""

from dataclasses import replace

import pytest

from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    EMPLOYEE_HEAD,
    EMPLOYEES,
    HEAD,
    ITEM_HEAD,
    ITEMS,
    PEOPLE,
    REQUESTER,
    SHARED,
    SHARED_FORM,
    SIGNOFF,
    SYSTEMS,
    Case,
    Rows,
    cells,
    check,
    form,
    grid,
    read,
    sheet,
    wall,
)

ASKED = wall(FORM.request_date)
CHOSEN = {"ERP", "Email", "VPN"}
BY_NAME = {row[1]: row[2:] for row in ITEMS}
THREE = list(zip(SYSTEMS[::3], SYSTEMS[1::3], [*SYSTEMS[2::3], None], strict=True))


def people(*rows: list[object]) -> Case:
    return sheet(REQUESTER, [["B. DATA KARYAWAN"], *rows], ACCESS, SIGNOFF)


def access(*rows: list[object], shared: bool = False) -> Case:
    part = [["C. AKSES YANG DIMINTA"], *rows, *(SHARED if shared else [])]
    return sheet(REQUESTER, PEOPLE, part, SIGNOFF, form_=SHARED_FORM if shared else FORM)


def ticked(system: str) -> str | None:
    return "v" if system in CHOSEN else None


def ticks(done: str, left: str) -> Rows:
    return [
        [s, done if s in CHOSEN else left, *(BY_NAME[s] if s in CHOSEN else [])]
        for s in SYSTEMS
    ]  # fmt: skip


def ticked_before(*, first: bool) -> Rows:
    """Three names a row, each tick in the cell before its name; `first`: one stands before a row's first."""
    chosen = CHOSEN if first else CHOSEN - {"Email"}
    return [[cell for s in row for cell in ("v" if s in chosen else None, s)] for row in THREE]


BESIDE = [
    [*(EMPLOYEES[at] if at < len(EMPLOYEES) else [None] * 5), None, *ITEMS[at]] for at in range(len(ITEMS))
]
SIGNERS: Rows = [
    [None, "Nama", "Jabatan", "Tanda Tangan", "Tanggal"],
    ["Pemohon", FORM.requester_name, FORM.requester_position, "ttd", ASKED],
    ["Kepala Divisi", HEAD, "Kepala Divisi", "ttd", ASKED],
]

CASES: dict[str, Case] = {
    "tables side by side": sheet(
        REQUESTER, [[*EMPLOYEE_HEAD, None, *ITEM_HEAD], *BESIDE], SIGNOFF
    ),
    "a list in two columns": access(
        ["Sistem", "Pilih", "Sistem", "Pilih"],
        *[
            [cell for s in (SYSTEMS[at], *SYSTEMS[at + 6 : at + 7]) for cell in (s, ticked(s))]
            for at in range(6)
        ],
        shared=True,
    ),
    "a table that goes on on the next page": access(
        ITEM_HEAD, ITEMS[0], [], ["FORM PERMINTAAN AKSES SISTEM INFORMASI"],
        ["No. Dokumen : SOP-IT-003", None, None, "Halaman : 2 dari 2"], ["C. AKSES YANG DIMINTA (lanjutan)"],
        ITEM_HEAD, *ITEMS[1:],
    ),
    "groups of systems inside the table": access(
        ITEM_HEAD, ["A. Akses Internal"], ["B. Akses Platform"], ITEMS[0], ["C. Akses Telekomunikasi"],
        *ITEMS[1:],
    ),
    "guidance beneath the head": people(
        EMPLOYEE_HEAD, [None, "(sesuai KTP)", "(5 digit)", "(saat ini)", "(email kantor)"], *EMPLOYEES
    ),
    "name and number in one column": people(
        ["No", "Nama / NIK", "Jabatan", "Email"], *[[n, f"{a} / {b}", p, e] for n, a, b, p, e in EMPLOYEES]
    ),
    "the number in brackets": people(
        ["No", "Nama Karyawan (NIK)", "Jabatan", "Email"],
        *[[n, f"{a} ({b})", p, e] for n, a, b, p, e in EMPLOYEES]
    ),
    "system and level in one column": access(
        ["No", "Sistem & Level Akses", *ITEM_HEAD[3:]],
        *[[n, f"{s} ({lvl})", *rest] for n, s, lvl, *rest in ITEMS]
    ),
    "a period in three cells": access(
        [*ITEM_HEAD[:3], "Periode", None, None, ITEM_HEAD[5]],
        *[[n, s, lvl, a, "s/d" if b else None, b, need] for n, s, lvl, a, b, need in ITEMS],
    ),
    "columns for approval beside the items": access(
        [*ITEM_HEAD, "Disetujui (Ya/Tidak)", "Paraf IT"], *ITEMS
    ),
    "a table of signatures right below": sheet(REQUESTER, PEOPLE, ACCESS, SIGNERS),
    "shortened heads": people(["No.", "Nm. Karyawan", "NIK", "Jbt.", "Email"], *EMPLOYEES),
    "spaced letters": people(["No", "N a m a", "N I K", "J a b a t a n", "E m a i l"], *EMPLOYEES),
    "two scripts": people(["No", "姓名 Name", "工号 NIK", "职位 Position", "邮箱 Email"], *EMPLOYEES),
    "check marks and crosses": access(["Sistem", "v/x", *ITEM_HEAD[2:]], *ticks("v", "x")),
    "Perlu and Tidak perlu": access(["Sistem", "Perlu?", *ITEM_HEAD[2:]], *ticks("Perlu", "Tidak perlu")),
    "ticks before names, the first of a row too": access(*ticked_before(first=True), shared=True),
    "a bulleted list in a cell": sheet(
        REQUESTER, PEOPLE, [["C. AKSES YANG DIMINTA"], ["Sistem", "- ERP\n- Email\n- VPN"], *SHARED], SIGNOFF,
        form_=SHARED_FORM,
    ),
    "everybody given the same systems": sheet(
        REQUESTER,
        [[*EMPLOYEE_HEAD, "ERP", "HRIS", "Email", "VPN"],
        *[[*row, "v", None, "v", "v"] for row in EMPLOYEES]],
        [["Akses"], *SHARED], SIGNOFF, form_=SHARED_FORM,
    ),
    "two labels in one cell": sheet(
        [
            REQUESTER[0], [f"Nama Pemohon : {FORM.requester_name}          Tanggal Permintaan : 23/11/2026"],
            *REQUESTER[3:],
        ],
        PEOPLE, ACCESS, SIGNOFF,
    ),
    "dotted lines to the answers": sheet(
        [row if row[1:] in ([], [ASKED]) else [f"{row[0]} ........ {row[1]}"] for row in REQUESTER],
        PEOPLE, ACCESS, SIGNOFF,
    ),
    "arrows to the answers": sheet(
        [[row[0], "→", *row[1:]] if row[1:] else row for row in REQUESTER], PEOPLE, ACCESS, SIGNOFF
    ),
    "lettered labels before a colon": sheet(
        [
            REQUESTER[0],
            *[[f"{'abcdef'[at]}) {row[0]}", ":", row[1]] for at, row in enumerate(REQUESTER[1:])],
        ],
        PEOPLE, ACCESS, SIGNOFF,
    ),
    "two people's cards in a row": people(
        *[
            [cell for row in EMPLOYEES for cell in (EMPLOYEE_HEAD[at], row[at], None)]
            for at in range(1, len(EMPLOYEE_HEAD))
        ]
    ),
    "longer heads": people(
        ["No", "Nama Lengkap (sesuai KTP)", "NIK", "Jabatan Saat Ini", "Email Kantor (jika ada)"], *EMPLOYEES
    ),
    "roles right below the items": sheet(
        REQUESTER, PEOPLE,
        [*ACCESS, ["Manager Departemen", None, "Kepala Divisi", None, "Direktur"], ["ttd", None, "ttd"], [],
         [f"Nama Jelas: {FORM.requester_name}", None, f"Nama Jelas: {HEAD}", None, "Nama Jelas: Oei Swan"]],
    ),
    "the type beside the requester": sheet(
        [
            ["Jenis Permintaan", None, None, "Data Pemohon"],
            *[
                [box, None, None, *row]
                for box, row in zip(
                    ["☑ Baru", "☐ Perubahan", "☐ Pencabutan", None, None], REQUESTER[1:6], strict=True
                )
            ],
        ],
        PEOPLE, ACCESS, SIGNOFF,
    ),
    "a list of systems at the side": cells(
        form(REQUESTER, PEOPLE, ACCESS, SIGNOFF)
        | {(at + 3, 12): text for at, text in enumerate(["Daftar Sistem", *SYSTEMS])}
    ),
    "a signed name in one line": sheet(
        REQUESTER, PEOPLE, ACCESS, [["D. PERSETUJUAN"], [f"Kepala Divisi : {HEAD} (ttd)"]]
    ),
    "a letter": cells(
        form(REQUESTER[1:], PEOPLE, ACCESS, SIGNOFF, title="SURAT PERMOHONAN AKSES SISTEM INFORMASI")
    ),
    "the reason under its name": sheet(
        REQUESTER, PEOPLE,
        [ACCESS[0], ITEM_HEAD[:5], *[row[:5] for row in ITEMS], [], ["Keterangan Kebutuhan :"],
        ["Tutup buku"]],
        SIGNOFF, form_=replace(FORM, lines=tuple(replace(i, justification="Tutup buku") for i in FORM.lines)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_form_is_read_right_with(case: Case) -> None:
    check(case)


def whose(*parts: Rows) -> list[tuple[str, int | None]]:
    found = read(to_xlsx(Page("Form", form(REQUESTER, *parts, SIGNOFF)))).form
    assert [e.name for e in found.employees] == [row[1] for row in EMPLOYEES]
    return [(line.system_text, line.employee_no) for line in found.lines]


def test_nobody_gets_what_stands_under_another_person() -> None:
    parts: Rows = []
    for at, person in enumerate(EMPLOYEES):
        labels = zip(EMPLOYEE_HEAD[1:], person[1:], strict=True)
        parts += [[f"Karyawan {at + 1}"], *[list(pair) for pair in labels], ITEM_HEAD, ITEMS[at], []]
    assert whose(parts) == [("ERP", 1), ("Email", 2)]


def test_nobody_gets_what_is_ticked_for_another_person() -> None:
    marks = [["v", None, "v"], [None, "v", "v"]]
    rows = [[*person, *mark] for person, mark in zip(EMPLOYEES, marks, strict=True)]
    part = [[*EMPLOYEE_HEAD, "ERP", "Email", "VPN"], *rows]
    assert whose(part, SHARED) == [("ERP", 1), ("VPN", 1), ("Email", 2), ("VPN", 2)]


def test_what_stands_beside_a_person_is_for_everybody() -> None:
    assert {no for _, no in whose([[*EMPLOYEE_HEAD, None, *ITEM_HEAD], *BESIDE])} == {None}


def test_ticks_that_may_belong_to_either_neighbour_are_asked_about() -> None:
    part = [["C. AKSES YANG DIMINTA"], *ticked_before(first=False), *SHARED]
    found = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, part, SIGNOFF))))
    assert found.form.lines == ()
    assert [(p.field, p.kind) for p in found.errors] == [("items", "missing")]


@pytest.mark.parametrize("line", ["Accurate, CL", "Accurate - CL", "Accurte & CL", "CL / Accurate"])
def test_a_short_name_beside_a_long_one_is_a_system_of_its_own(line: str) -> None:
    rows = [["C. AKSES YANG DIMINTA"], ["Sistem", line], *SHARED]
    found = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, rows, SIGNOFF))))
    assert {i.system for i in found.form.lines} == {"ACCURATE", "CL"}


def test_parts_may_be_named_down_the_left_side() -> None:
    parts = {
        "PEMOHON": REQUESTER[1:],
        "KARYAWAN": PEOPLE[1:],
        "AKSES": ACCESS[1:],
        "PERSETUJUAN": SIGNOFF[1:],
    }
    rows: Rows = []
    merges = []
    for name, part in parts.items():
        top = len(rows) + 3
        rows += [[name if at == 0 else None, *row] for at, row in enumerate(part)]
        merges.append((top, 1, top + len(part) - 1, 1))
    found = grid(["FORM PERMINTAAN AKSES"], [], *rows)
    check(Case((Page("Form", found, merges=tuple(merges)),)))
