"""Building blocks of odd forms, and the one check that all reader tests make. Reads nothing by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pipeline.form.contract import contract_line
from pipeline.form.reader import read_form
from pipeline.model import AccessLine, Employee, Form, FormReading
from tests.form.catalogue import CATALOGUE
from tests.form.pages import Cells, Page, to_xlsx
from tests.form.paper import FORM, TODAY, expected

TITLE = "FORM PERMINTAAN AKSES SISTEM INFORMASI"
HEAD = FORM.division_head_name
Rows = list[list[Any]]


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number)  # noqa: DTZ001  (a wall date, as a sheet holds it)


def wall(value: date | None) -> datetime | None:
    return day(value.year, value.month, value.day) if value else None


EMPLOYEES: Rows = [[e.no, e.name, e.employee_id, e.position, e.email] for e in FORM.employees]
ITEMS: Rows = [
    [i.no, i.system_text, i.access_level, wall(i.start_date), wall(i.end_date), i.justification]
    for i in FORM.lines
]
REQUESTER: Rows = [
    ["A. DATA PEMOHON"],
    ["Tanggal Permintaan", wall(FORM.request_date)],
    ["Nama Pemohon", FORM.requester_name],
    ["Jabatan", FORM.requester_position],
    ["Email", FORM.requester_email],
    ["Departemen", FORM.requester_department],
    ["Jenis Permintaan", "Akses Baru"],
]
EMPLOYEE_HEAD = ["No", "Nama Karyawan", "NIK", "Jabatan", "Email"]
ITEM_HEAD = ["No", "Sistem", "Level Akses", "Tanggal Mulai", "Tanggal Berakhir", "Keterangan Kebutuhan"]
PEOPLE: Rows = [["B. DATA KARYAWAN"], EMPLOYEE_HEAD, *EMPLOYEES]
ACCESS: Rows = [["C. AKSES YANG DIMINTA"], ITEM_HEAD, *ITEMS]
SIGNOFF: Rows = [["D. PERSETUJUAN"], ["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", "ttd"]]
SYSTEMS = ["Akses Internal", "Accurate", "ERP", "Tracy", "CL", "HRIS", "Email", "Internet", "CCTV",
           "Data Center", "VPN"]  # fmt: skip
#: For lists of systems whose level, date and need are said once.
SHARED: Rows = [
    ["Level Akses", "User"],
    ["Tanggal Mulai", day(2026, 12, 1)],
    ["Keterangan Kebutuhan", "Operasional harian"],
]
SHARED_FORM = replace(
    FORM,
    lines=tuple(
        replace(
            line,
            access_level="User",
            start_date=date(2026, 12, 1),
            end_date=None,
            justification="Operasional harian",
        )
        for line in FORM.lines
    ),
)


def grid(*rows: list[Any], top: int = 1, left: int = 1) -> Cells:
    """The cells of rows; None and "" leave a cell empty."""
    return {
        (top + down, left + across): value
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
        if value not in (None, "")
    }


def form(*parts: Rows, title: str = TITLE) -> Cells:
    """A title and the parts beneath it, a blank row after each."""
    rows: Rows = [[title], []]
    for part in parts:
        rows += [*part, []]
    return grid(*rows)


@dataclass(frozen=True)
class Case:
    """A workbook, the form that must be read from it (None: not compared), and its errors."""

    pages: tuple[Page, ...]
    form: Form | None = FORM
    problems: tuple[tuple[str, str], ...] = ()


def sheet(*parts: Rows, form_: Form | None = FORM, problems: Iterable[tuple[str, str]] = ()) -> Case:
    """One sheet made of parts."""
    return Case((Page("Form", form(*parts)),), form_, tuple(problems))


def cells(found: Cells, form_: Form | None = FORM, problems: Iterable[tuple[str, str]] = ()) -> Case:
    """One sheet of given cells."""
    return Case((Page("Form", found),), form_, tuple(problems))


NOT_A_FORM = (("form", "form"),)


def read(data: bytes) -> FormReading:
    return read_form(data, "form.xlsx", CATALOGUE, TODAY, "id")


def check(case: Case) -> None:
    """The form is read entirely right and exactly its problems are reported."""
    check_reading(read(to_xlsx(*case.pages)), case.form, case.problems)


def check_reading(reading: FormReading, form_: Form | None, problems: Iterable[tuple[str, str]] = ()) -> None:
    if form_ is not None:
        line = contract_line("", reading)
        assert {name: line[name] for name in ("fields", "employees", "items")} == expected(form_)
    assert {(p.field, p.kind) for p in reading.errors} == set(problems)
    assert all(p.message for p in reading.problems)


def with_item(index: int, **values: Any) -> Form:
    lines: list[AccessLine] = list(FORM.lines)
    lines[index] = replace(lines[index], **values)
    return replace(FORM, lines=tuple(lines))


def with_employee(index: int, **values: Any) -> Form:
    people: list[Employee] = list(FORM.employees)
    people[index] = replace(people[index], **values)
    return replace(FORM, employees=tuple(people))
