"""directory.xlsx as it is written: read back to the same values, with lists to choose from."""

import io
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.directory import read_directory, write_directory
from pipeline.model import Language, Person
from tests.directory.rows import HOUSE, SARI


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_written_is_read_back(language: Language) -> None:
    assert read_directory(write_directory(HOUSE, language)) == HOUSE


def test_the_written_workbook_offers_roles_departments_and_languages_as_lists() -> None:
    sheet = load_workbook(io.BytesIO(write_directory(HOUSE, "id")))["Orang"]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in rules}
    assert lists["C"] == "'Departemen'!$A$2:$A$505"
    assert lists["E"] == '"Manager,Penanggung jawab,Kepala divisi,IT Manager,IT Staff,Manajemen,Karyawan"'
    assert lists["F"] == '"Indonesia,Inggris"'


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    evil = replace(SARI, name='=HYPERLINK("http://evil.example")')
    house = replace(HOUSE, people=(evil, *HOUSE.people[1:]))
    assert read_directory(write_directory(house, "id")).people[0].name == evil.name


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=20)


@settings(max_examples=12, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold), st.sampled_from(["id", "en"]))
def test_any_names_survive_the_workbook(names: list[str], language: Language) -> None:
    people = tuple(
        Person(unicodedata.normalize("NFC", name), f"p{n}@nusantara.example", "IT", "Umum", "employee")
        for n, name in enumerate(names)
    )
    house = replace(HOUSE, people=(*HOUSE.people, *people))
    assert read_directory(write_directory(house, language)) == house
