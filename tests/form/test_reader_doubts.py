"""Where a person would ask back, the reader asks back; where a person would not, neither does it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.form.hostile import SHEET, remade
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import (
    ACCESS,
    ITEMS,
    PEOPLE,
    REQUESTER,
    SIGNOFF,
    Case,
    check,
    form,
    read,
    sheet,
    with_item,
)
from tests.form.test_reader_values import DAY, MAIL, NAME, NO_DAY, answered, item, person

START, END = "items[0].start_date", "items[0].end_date"
NIK = "employees[0].employee_id"
TYPE = "Jenis Permintaan"


def period(text: str, end: Any, problems: list[tuple[str, str]], **read_as: Any) -> Case:
    """The first access row with a start and an end as they are written."""
    rows = [list(row) for row in ITEMS]
    rows[0][3:5] = text, end
    read_form = with_item(0, **read_as)
    return sheet(REQUESTER, PEOPLE, [*ACCESS[:2], *rows], SIGNOFF, form_=read_form, problems=problems)


def unfinished(text: str) -> Case:
    """An end that is not decided: it must never pass as lasting access."""
    return item(4, text, [(END, "invalid")], end_date=None)


WHOLE = {"start_date": date(2026, 12, 1), "end_date": date(2027, 3, 31)}
OPEN = {"start_date": None, "end_date": None}

CASES: dict[str, Case] = {
    "a period in the start's cell": period("1 Desember 2026 s/d 31 Maret 2027", None, [], **WHOLE),
    "a period without spaces": period("01/12/2026-31/03/2027", None, [], **WHOLE),
    "a period within a month": period(
        "1 s/d 31 Desember 2026", None, [], start_date=date(2026, 12, 1), end_date=date(2026, 12, 31)
    ),
    "a period that shares its year": period(
        "15 Desember - 31 Januari 2027", None, [], start_date=date(2026, 12, 15), end_date=date(2027, 1, 31)
    ),
    "an English period": period(
        "Dec 1 - Dec 31, 2026", None, [], start_date=date(2026, 12, 1), end_date=date(2026, 12, 31)
    ),
    "one of two dates with dashes": period(
        "01-12-2026 atau 05-12-2026", None, [(START, "ambiguous")], **OPEN
    ),
    "one of two days": period("1 atau 2 Desember 2026", None, [(START, "ambiguous")], **OPEN),
    "a period that never says its end": period("1 Desember 2026 s/d selesai", None, [(START, "invalid")],
    **OPEN),
    "a period and another end": period("1 Des 2026 - 31 Mar 2027", "30/06/2027", [(START, "ambiguous")],
    start_date=date(2026, 12, 1), end_date=date(2027, 6, 30)),
    "an end to be told": unfinished("TBA"),
    "an end that follows": unfinished("menyusul"),
    "as long as a project": unfinished("selama proyek"),
    "not lasting": unfinished("tidak permanen"),
    "until one leaves": item(4, "s/d resign", [], end_date=None),
    "as long as one works here": item(4, "selama bekerja", [], end_date=None),
    "an English ordinal": answered(DAY, "23rd of November 2026", []),
    "a date with middle dots": answered(DAY, "23·11·2026", []),
    "a date that was changed": answered(
        DAY, "23/11/2026 (ganti dari 20/11/2026)", [("request_date", "ambiguous")], request_date=None
    ),
    "today": answered(DAY, "hari ini", NO_DAY, request_date=None),
    "two NIKs": person(2, "00412, 00413", [(NIK, "ambiguous")], employee_id="00412, 00413"),
    "two NIKs on two lines": person(2, "00412\n00413", [(NIK, "ambiguous")], employee_id="00412 00413"),
    "two NIKs and a stroke": person(2, "00412/00413", [(NIK, "ambiguous")], employee_id="00412/00413"),
    "a NIK with a year": person(2, "0412/2019", [], employee_id="0412/2019"),
    "a NIK in groups": person(2, "3271 2345 6789 0123", [], employee_id="3271 2345 6789 0123"),
    "a NIK of zeros": person(2, "00000", [(NIK, "invalid")], employee_id="00000"),
    "an address that begins with a dot": answered(
        MAIL, ".made@x.example", [("requester_email", "invalid")], requester_email=".made@x.example"
    ),
    "an address that ends in digits": answered(
        MAIL, "made@kantor.123", [("requester_email", "invalid")], requester_email="made@kantor.123"
    ),
    "an address with a remark": answered(MAIL, f"{FORM.requester_email} (kantor)", []),
    "a label left in the answer's place": answered(
        NAME, "Nama Lengkap", [("requester_name", "missing")], requester_name=""
    ),
    "what the type is not": answered(TYPE, "bukan perubahan", [("request_type", "unknown")],
    request_type=None),
    "a type with its reason": answered(TYPE, "Akses baru karena mutasi", []),
    "a dot in round brackets": answered(TYPE, "(•) Baru ( ) Perubahan ( ) Pencabutan", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_reader_asks_back_only_where_a_person_would_for(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    "text", ["ttd :", "Nama & ttd", "Made (menyusul)", "belum ttd", "tanpa ttd", "dalam proses", "TTD & cap"]
)
def test_what_only_announces_a_signature_is_none(text: str) -> None:
    signoff = [*SIGNOFF[:2], [SIGNOFF[2][0], text]]
    reading = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, ACCESS, signoff))))
    assert [(p.field, p.kind) for p in reading.errors] == [("signature", "missing")]
    assert reading.form == replace(FORM, signature="none")


def test_a_request_for_a_key_card_is_another_form() -> None:
    asked = [["FORM PERMINTAAN KARTU AKSES GEDUNG"], *[row for row in REQUESTER if row[0] != TYPE]]
    card = [["No", "Nama Karyawan", "NIK", "Lantai"], [1, "Rangga Pratama", "00412", 3]]
    reading = read(to_xlsx(Page("Kartu", form(asked, card, [], SIGNOFF))))
    assert [(p.field, p.kind) for p in reading.problems] == [("form", "form")]


def test_a_sheet_that_shrank_to_nothing_is_refused_unread() -> None:
    row = b"<row><c><v>1</v></c></row>" + b" " * 20
    many = row * (64 * 1024 * 1024 // len(row))
    bomb = remade(lambda p: {**p, SHEET: p[SHEET].replace(b"</sheetData>", many + b"</sheetData>")})
    assert [(p.field, p.kind) for p in read(bomb).problems] == [("file", "file")]
