"""directory.xlsx as people leave it: other orders, other words, other programs, the same directory."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.directory import read_directory
from tests.directory.rows import BOSS, DEPARTMENTS, HOUSE, PEOPLE, SARI, changed, workbook

SPECIMENS = Path(__file__).parents[1] / "specimens" / "directories"


def test_a_directory_saved_by_libreoffice_is_read() -> None:
    directory = read_directory((SPECIMENS / "saved-by-libreoffice.xlsx").read_bytes())
    assert len(directory.people) == 11
    assert [d.name for d in directory.departments] == [
        "Finance",
        "HRGA",
        "Sales",
        "Teknikal",
        "IT",
        "Direksi",
    ]
    assert directory.with_role("it_manager")[0].deputy_until == date(2026, 12, 9)


def test_rows_typed_by_hand_are_the_same_directory() -> None:
    assert read_directory(workbook(Orang=PEOPLE, Departemen=DEPARTMENTS)) == HOUSE


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    order = [4, 1, 0, 2]
    rows = [[row[i] for i in order] + ["lantai 3"] for row in PEOPLE]
    rows[0][-1] = "Ruang"
    directory = read_directory(workbook(Catatan=[["bebas"]], Orang=rows, Departemen=DEPARTMENTS))
    assert directory.people[0] == SARI
    assert directory.people[2] == replace(BOSS, language=None, deputy="", deputy_from=None, deputy_until=None)


def test_headers_in_english_are_read() -> None:
    heads = [
        "Name",
        "E-mail",
        "Department",
        "Division",
        "Role",
        "Language",
        "Deputy",
        "Deputy from",
        "Deputy until",
    ]
    departments = [["Department", "Division", "Division head email", "Also known as"], *DEPARTMENTS[1:]]
    assert read_directory(workbook(People=[heads, *PEOPLE[1:]], Departments=departments)) == HOUSE


def test_a_title_above_the_headers_and_blank_rows_do_no_harm() -> None:
    rows = [["DIREKTORI PT NUSANTARA"], [], PEOPLE[0], PEOPLE[1], [], *PEOPLE[2:], [None] * 9, ["  "], []]
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)) == HOUSE


def test_renamed_sheets_are_found_by_their_headers() -> None:
    assert read_directory(workbook(Sheet1=PEOPLE, Sheet2=DEPARTMENTS)) == HOUSE


def test_spaces_capitals_and_mailto_do_not_change_an_address() -> None:
    rows = changed(
        PEOPLE, (2, 2, "  Mailto:SARI@Nusantara.example\u00a0"), (2, 1, " Sari   Wulandari\u200b ")
    )
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)) == HOUSE


@pytest.mark.parametrize(
    ("written", "role"),
    [("MANAJER", "manager"), ("pic", "pic"), ("Person in charge", "pic"), ("division_head", "division_head"),
     ("Manajer IT", "it_manager"), ("staf it", "it_staff"), ("Direktur", "management"),
     ("Employee", "employee")],
)  # fmt: skip
def test_roles_are_understood_in_both_languages(written: str, role: str) -> None:
    rows = changed(PEOPLE, (2, 5, written))
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)).people[0].role == role


@pytest.mark.parametrize(
    "written",
    [
        "1 Des 2026",
        "01/12/2026",
        "1-12-26",
        "2026-12-01",
        "Selasa, 1 Desember 2026",
        46357,
        date(2026, 12, 1),
    ],
)
def test_dates_are_understood_as_people_write_them(written: object) -> None:
    rows = changed(PEOPLE, (4, 8, written))
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)).people[2].deputy_from == date(
        2026, 12, 1
    )


def test_a_persons_department_may_be_written_by_its_other_name() -> None:
    rows = changed(PEOPLE, (2, 3, "dept. KEUANGAN"))
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)).people[0] == SARI


def test_somebody_may_hold_two_roles_and_his_deputy_counts_for_both() -> None:
    rows = [
        *PEOPLE,
        ["Andi Nugroho", "andi@nusantara.example", "IT", None, "Manager", None, None, None, None],
    ]
    directory = read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert [p.role for p in directory.people if p.email == BOSS.email] == ["it_manager", "manager"]
    assert directory.people[-1] == replace(BOSS, role="manager")


def test_a_director_needs_no_department() -> None:
    rows = [
        *PEOPLE,
        ["Tania Kusuma", "tania@nusantara.example", None, None, "Manajemen", None, None, None, None],
    ]
    assert read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)).people[-1].department == ""


def test_a_deputy_may_be_named_before_any_date_is_known() -> None:
    rows = changed(PEOPLE, (4, 8, None), (4, 9, None))
    boss = read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS)).people[2]
    assert boss == replace(BOSS, deputy_from=None, deputy_until=None)
