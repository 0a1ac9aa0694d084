"""Old registers in many layouts: what is found in each stands beside it in tests/specimens/registers."""

import json
from dataclasses import replace
from datetime import date

import pytest

from pipeline.config import read_config
from pipeline.demo import company
from pipeline.importing.days import BadDayError, read_one_day
from pipeline.importing.fields import IGNORE, SECRET, field_named
from pipeline.importing.held import Held
from pipeline.importing.mapping import EMPTY, MappingError, RegisterMap, read_mapping
from pipeline.importing.meanings import guess_status
from pipeline.importing.proposing import propose_mapping
from pipeline.importing.reading import OldRegister, Reading, leave_out_known, read_rows
from pipeline.importing.sheets import OldSheet, open_old
from pipeline.model import PipelineError
from tests.company import SHIPPED
from tests.register.old_registers import FOLDER, LAYOUTS, LIBREOFFICE

CATALOGUE = read_config(SHIPPED).systems
TODAY = date(2026, 11, 25)


def sheets_of(name: str) -> tuple[OldSheet, ...]:
    return open_old((FOLDER / name).read_bytes(), name)


def proposed(name: str) -> RegisterMap:
    """The mapping as it is written on the first run, unchecked."""
    text = propose_mapping(sheets_of(name), name, CATALOGUE, company.DIRECTORY).text
    return read_mapping(text, "mapping.yaml", CATALOGUE)


def read(name: str, mapping: RegisterMap | None = None) -> OldRegister:
    found = read_rows(
        sheets_of(name), Reading(mapping or proposed(name), CATALOGUE, company.DIRECTORY, TODAY)
    )
    leave_out_known(found, Held(), "0" * 64)
    return found


def story(found: OldRegister) -> list[dict]:
    """Everything that was found, row by row, as JSON holds it."""
    return [
        {
            "row": f"{row.sheet}!{row.row}", "left_out": row.left_out,
            "access": [
                [a.employee.name, a.employee.employee_id, a.department, a.system.code, a.level,
                 a.start.isoformat(), a.end.isoformat() if a.end else "", "revoked" if a.revoked else "given",
                 dict(a.staff)]
                for a in row.access if not row.has_errors
            ],
            "said": [f"{r.weight} {r.code} {r.cell}" for r in row.remarks],
        }
        for row in found.rows
    ]  # fmt: skip


def row(found: OldRegister, number: int, sheet: str = ""):
    return next(one for one in found.rows if one.row == number and sheet in {"", one.sheet})


@pytest.mark.parametrize("name", [*LAYOUTS, *LIBREOFFICE])
def test_each_layout_is_read_as_it_is_meant(name):
    source = LIBREOFFICE.get(name, name)
    expected = json.loads((FOLDER / f"{source}.expected.json").read_text(encoding="utf-8"))
    found = read(name)
    assert story(found) == expected["rows"]
    assert dict(found.passed_over) == expected["passed_over"]


def test_headings_are_known_in_two_languages_with_typing_errors_and_shortened():
    for heading, field in (
        ("TANGGAL MULAI *", "start"), ("Tgl. Mulai", "start"), ("Nama / Name", "employee"),
        ("Masa Berlaku s/d", "end"), ("Sistem / Aplikasi", "system"), ("Depratemen", "department"),
        ("User ID", "account_id"), ("PIC IT", "done_by"), ("Date revoked", "revoked_on"),
        ("Approved by", IGNORE), ("Kata Sandi", SECRET), ("Warna kesukaan", ""),
    ):  # fmt: skip
        assert field_named(heading)[0] == field, heading


def test_a_password_is_neither_kept_nor_shown():
    text = propose_mapping(sheets_of("plain.xlsx"), "plain.xlsx", CATALOGUE, company.DIRECTORY).text
    assert '"Password": secret' in text
    kept = str(read("plain.xlsx").rows)
    assert "rahasia123" not in kept + text
    assert "Pak Bos" in kept


def test_what_a_person_writes_into_the_mapping_file_counts():
    mapping = proposed("plain.xlsx")
    mended = replace(
        mapping, fill_down=True, systems={**mapping.systems, "sap": ("ERP",)},
        statuses={**mapping.statuses, "tunggu kabar": "revoked"},
    )  # fmt: skip
    found = read("plain.xlsx", mended)
    assert [a.system.code for a in row(found, 9).access] == ["ERP"]
    assert row(found, 12).access[0].revoked
    # The name above is not the owner of this row's NIK; a person has said that it is.
    assert row(found, 10).access[0].employee.name == "Putri"


def test_a_name_that_stands_once_holds_for_the_rows_below_only_where_somebody_says_so():
    assert row(read("grouped.xlsx"), 3, "Data Center").has_errors
    filled = read("grouped.xlsx", replace(proposed("grouped.xlsx"), fill_down=True))
    assert row(filled, 3, "Data Center").access[0].employee.employee_id == "00123"


def test_a_row_without_any_day_is_imported_only_with_the_day_somebody_names():
    assert row(read("export.csv"), 4).has_errors
    named = read("export.csv", replace(proposed("export.csv"), start_when_missing=date(2020, 1, 1)))
    assert row(named, 4).access[0].start == date(2020, 1, 1)


def test_access_given_again_after_it_was_taken_away_is_no_duplicate():
    found = read("english.xlsx")
    assert [len(row(found, number).access) for number in (3, 4)] == [1, 1]


def test_days_are_read_day_before_month_and_impossible_ones_are_told():
    assert read_one_day("03/04/2024") == date(2024, 4, 3)
    assert read_one_day(45352.0) == date(2024, 3, 1)
    assert read_one_day("tanpa batas", is_end=True) is None
    for bad in ("31/02/2024", "segera", 2024.0, True, "01/02/2206", "1/2/2024 dan 3/4/2024"):
        with pytest.raises(BadDayError):
            read_one_day(bad)


def test_words_for_a_status_are_guessed_only_where_they_are_sure():
    said = {"AKTIF": "given", "Non-Aktif": "revoked", "resign": "revoked", "ditolak": "leave out"}
    assert {word: guess_status(word) for word in said} == said
    assert (
        guess_status("menunggu kabar dari HRD")
        == guess_status("Open")
        == guess_status(EMPTY)
        == guess_status("Expired")
        == "?"
    )


def test_everything_wrong_in_a_mapping_file_is_told_at_once():
    text = (
        'sheets: {A: {take: yes, headings: four, columns: {X: emplyee, Y: system, Z: system}}}\n'
        'systems: {SAP: SAPP}\nstatuses: {Aktif: maybe}\nstart_when_missing: soon\n'
    )  # fmt: skip
    with pytest.raises(MappingError) as caught:
        read_mapping(text, "m.yaml", CATALOGUE)
    for part in ("headings", "'X'", "two columns are system", "SAPP", "'Aktif'", "start_when_missing"):
        assert part in str(caught.value)


def test_a_mapping_that_names_a_column_the_sheet_has_not_is_refused():
    mapping = proposed("plain.xlsx")
    part = replace(mapping.sheets[0], columns={**mapping.sheets[0].columns, "Gaji": "note"})
    with pytest.raises(MappingError, match="Gaji"):
        read("plain.xlsx", replace(mapping, sheets=(part,)))


def test_a_file_that_is_no_workbook_is_refused_with_what_to_do():
    with pytest.raises(PipelineError, match=r"save it as \.xlsx"):
        open_old(b"%PDF-1.7 ...", "old.xlsx")
