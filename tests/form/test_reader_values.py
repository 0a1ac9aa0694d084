"""What an answer says: values, and the faults that are named at once."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.form.pages import Formula, Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    EMPLOYEES,
    ITEMS,
    PEOPLE,
    REQUESTER,
    SIGNOFF,
    Case,
    check,
    day,
    form,
    read,
    sheet,
    with_employee,
    with_item,
)


def answered(label: str, value: Any, problems: list[tuple[str, str]], **read_as: Any) -> Case:
    """The form with one answer of the requester's part replaced."""
    found = form(REQUESTER, PEOPLE, ACCESS, SIGNOFF)
    row = next(row for (row, column), text in found.items() if text == label and column == 1)
    found[row, 2] = value
    return Case((Page("Form", found),), replace(FORM, **read_as), tuple(problems))


def item(column: int, value: Any, problems: list[tuple[str, str]], **read_as: Any) -> Case:
    rows = [list(row) for row in ITEMS]
    rows[0][column] = value
    access = [*ACCESS[:2], *rows]
    return sheet(REQUESTER, PEOPLE, access, SIGNOFF, form_=with_item(0, **read_as), problems=problems)


def person(column: int, value: Any, problems: list[tuple[str, str]], **read_as: Any) -> Case:
    rows = [list(row) for row in EMPLOYEES]
    rows[0][column] = value
    people = [*PEOPLE[:2], *rows]
    return sheet(REQUESTER, people, ACCESS, SIGNOFF, form_=with_employee(0, **read_as), problems=problems)


NAME, DAY, MAIL, DEPARTMENT = "Nama Pemohon", "Tanggal Permintaan", "Email", "Departemen"
NO_DAY = [("request_date", "invalid")]
LONG = "x " * 2000

CASES: dict[str, Case] = {
    "a formula with its value": answered(NAME, Formula("=B9", FORM.requester_name), []),
    "a date formula with its value": answered(DAY, Formula("=TODAY()", 46349, is_date=True), []),
    "a formula without a value": answered(
        NAME, Formula("=B9", ""), [("requester_name", "formula")], requester_name=""
    ),
    "a formula that was never calculated": answered(
        NAME, Formula("=B9", 0), [("requester_name", "formula")], requester_name=""
    ),
    "an error value": answered(
        DEPARTMENT, Formula("=VLOOKUP(1,A1:B2,2)", "#N/A"), [("requester_department", "formula")],
        requester_department="",
    ),
    "a formula that starts a program": answered(
        DEPARTMENT, Formula("=cmd|'/C calc'!A0", "x"), [("requester_department", "formula")],
        requester_department="",
    ),
    "text that looks like a formula": answered(DEPARTMENT, "=SUM(A1)", [], requester_department="=SUM(A1)"),
    "31 February": answered(DAY, "31/02/2026", NO_DAY, request_date=None),
    "the year 2206": answered(DAY, day(2206, 11, 23), NO_DAY, request_date=None),
    "as soon as possible": answered(DAY, "secepatnya", NO_DAY, request_date=None),
    "no year": answered(DAY, "23 November", NO_DAY, request_date=None),
    "month 13": answered(DAY, "2026-13-01", NO_DAY, request_date=None),
    "a small number as a date": answered(DAY, 5, NO_DAY, request_date=None),
    "two dates": answered(
        DAY, "23/11/2026 atau 24/11/2026", [("request_date", "ambiguous")], request_date=None
    ),
    "a month in Roman numerals": answered(DAY, "23-XI-2026", []),
    "a date in words": answered(DAY, "tanggal 23 bulan November tahun 2026", []),
    "a date with long dashes": answered(DAY, "23–11–2026", []),
    "a type in capitals": answered("Jenis Permintaan", "AKSES BARU", []),
    "a numbered type": answered("Jenis Permintaan", "1. Akses Baru", []),
    "an error value that became text": answered(
        DEPARTMENT, "#REF!", [("requester_department", "formula")], requester_department=""
    ),
    "an American date that reads one way": answered(DAY, "11/23/2026", []),
    "an address without a domain": answered(
        MAIL, "made.putri", [("requester_email", "invalid")], requester_email="made.putri"
    ),
    "an address with a space": answered(
        MAIL, "made putri@x.example", [("requester_email", "invalid")], requester_email="made putri@x.example"
    ),
    "a name of digits": answered(NAME, 12345, [("requester_name", "invalid")], requester_name="12345"),
    "blanks": answered(NAME, "\u00a0 ", [("requester_name", "missing")], requester_name=""),
    "a dotted line": answered(NAME, "..........", [("requester_name", "missing")], requester_name=""),
    "a printed hint": answered(NAME, "[isi nama]", [("requester_name", "missing")], requester_name=""),
    "two types": answered(
        "Jenis Permintaan", "☑ Akses Baru ☑ Perubahan ☐ Pencabutan", [("request_type", "ambiguous")],
        request_type=None,
    ),
    "no type": answered(
        "Jenis Permintaan", "☐ Akses Baru ☐ Perubahan ☐ Pencabutan", [("request_type", "missing")],
        request_type=None,
    ),
    "the printed types untouched": answered(
        "Jenis Permintaan", "Akses Baru / Perubahan / Pencabutan", [("request_type", "missing")],
        request_type=None,
    ),
    "another type": answered(
        "Jenis Permintaan", "Pinjam", [("request_type", "unknown")], request_type=None
    ),
    "lasting access in words": item(4, "permanen", [], end_date=None),
    "lasting access as a dash": item(4, "-", [], end_date=None),
    "an end that is no date": item(4, "sampai proyek rampung", [("items[0].end_date", "invalid")],
    end_date=None),
    "an end before its start": item(
        4, day(2026, 11, 1), [("items[0].end_date", "order")], end_date=date(2026, 11, 1)
    ),
    "one day": item(4, day(2026, 12, 1), [], end_date=date(2026, 12, 1)),
    "a start as soon as possible": item(3, "ASAP", [("items[0].start_date", "invalid")], start_date=None),
    "a level that is a number": item(2, 2, [], access_level="2"),
    "a long need": item(5, LONG, [], justification=LONG.strip()),
    "a need on two lines": item(5, "Baris satu\nBaris dua", [], justification="Baris satu Baris dua"),
    "a program call as text": item(5, "=cmd|' /C calc'!A0", [], justification="=cmd|' /C calc'!A0"),
    "a NIK in words": person(2, "abc", [("employees[0].employee_id", "invalid")], employee_id="abc"),
    "a NIK to come": person(2, "belum ada", [("employees[0].employee_id", "missing")], employee_id=""),
    "a NIK in powers of ten": person(
        2, "3.27E+15", [("employees[0].employee_id", "invalid")], employee_id="3.27E+15"
    ),
    "a NIK of sixteen digits": person(2, 3271234567890001, [], employee_id="3271234567890001"),
    "a NIK behind its label": person(2, "NIK 00412", []),
    "a negative NIK": person(2, "-412", [("employees[0].employee_id", "invalid")], employee_id="-412"),
    "a NIK that became a fraction": person(
        2, "12.5", [("employees[0].employee_id", "invalid")], employee_id="12.5"
    ),
    "a date for a NIK": person(
        2, day(2026, 11, 24), [("employees[0].employee_id", "invalid")], employee_id="24/11/2026"
    ),
    "a NIK that a format shows as a date": person(2, day(1901, 2, 15), [], employee_id="412"),
    "two addresses": answered(
        MAIL, f"{FORM.requester_email}; lain@x.example", [("requester_email", "ambiguous")]
    ),
    "one address twice": answered(MAIL, f"{FORM.requester_email} / {FORM.requester_email.upper()}", []),
    "a NIK with a stroke": person(2, "2019-0345", [], employee_id="2019-0345"),
    "no address as a dash": person(4, "-", [], email=""),
    "half an address": person(4, "rangga", [("employees[0].email", "invalid")], email="rangga"),
    "a name that is a label": person(1, "Jabatan", [], name="Jabatan"),
    "no employees": sheet(
        REQUESTER, PEOPLE[:2], ACCESS, SIGNOFF, form_=replace(FORM, employees=()),
        problems=[("employees", "missing")],
    ),
    "no access": sheet(
        REQUESTER, PEOPLE, ACCESS[:2], SIGNOFF, form_=replace(FORM, lines=()), problems=[("items", "missing")]
    ),
    "the same row twice": sheet(
        REQUESTER, PEOPLE, [*ACCESS, [4, *ITEMS[0][1:]]], SIGNOFF, form_=None,
        problems=[("items[3]", "duplicate")],
    ),
    "the same access on two days": sheet(
        REQUESTER, PEOPLE,
        [*ACCESS, [4, *ITEMS[0][1:3], day(2027, 7, 1), day(2027, 7, 1), "Sekali lagi"]], SIGNOFF, form_=None,
    ),
    "the same person twice": sheet(
        REQUESTER, [*PEOPLE, [3, *EMPLOYEES[0][1:]]], ACCESS, SIGNOFF, form_=None,
        problems=[("employees[2].employee_id", "duplicate")],
    ),
    "one NIK for two people": sheet(
        REQUESTER, [*PEOPLE, [3, "Orang Ketiga", EMPLOYEES[0][2], "Staf", "k@x.example"]], ACCESS, SIGNOFF,
        form_=None, problems=[("employees[2].employee_id", "duplicate")],
    ),
    "an employee number that nobody has": sheet(
        REQUESTER, PEOPLE,
        [ACCESS[0], ["No", "No. Karyawan", *ACCESS[1][1:]], *[[i[0], 7 if i[0] == 2 else None,
        *i[1:]] for i in ITEMS]],
        SIGNOFF, problems=[("items[1].employee_no", "unknown")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_value_is_read_and_its_fault_named_for(case: Case) -> None:
    check(case)


def test_access_rows_may_name_their_employee_by_the_printed_number() -> None:
    people = [*PEOPLE[:2], [1, *EMPLOYEES[0][1:]], [5, *EMPLOYEES[1][1:]]]
    head = ["No", "No. Karyawan", *ACCESS[1][1:]]
    rows = [[1, 5, *ITEMS[0][1:]], [2, None, *ITEMS[1][1:]]]
    found = form(REQUESTER, people, [ACCESS[0], head, *rows], SIGNOFF)
    reading = read(to_xlsx(Page("Form", found)))
    assert [line.employee_no for line in reading.form.lines] == [5, None]
    assert [e.no for e in reading.form.employees] == [1, 5]


def test_the_message_of_an_unknown_system_names_the_nearest() -> None:
    rows = [[1, "Acc", *ITEMS[0][2:]]]
    reading = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, [*ACCESS[:2], *rows], SIGNOFF))))
    assert [(p.kind, p.cell) for p in reading.problems] == [("unknown", "Form!B18")]
    assert "Accurate" in reading.problems[0].message


def test_problems_come_in_the_order_in_which_the_form_is_read() -> None:
    people = [*PEOPLE[:2], [1, "Rangga Pratama", None, "Staf"], [2, None, "01377", "Staf"]]
    rows = [[1, "SAP", *ITEMS[0][2:]], [2, *ITEMS[1][1:5], None]]
    asked = [row[:1] if row[0] == "Email" else row for row in REQUESTER]
    found = form(asked, people, [*ACCESS[:2], *rows], SIGNOFF)
    assert [p.field for p in read(to_xlsx(Page("Form", found))).errors] == [
        "requester_email", "employees[0].employee_id", "employees[1].name", "items[0].system",
        "items[1].justification",
    ]  # fmt: skip
