"""The column of certificates: optional, read as programs print them, one certificate for one person."""

from dataclasses import replace

import pytest

from pipeline.directory import DirectoryError, read_directory, write_directory
from tests.directory.rows import BOSS, DEPARTMENTS, HOUSE, PEOPLE, workbook

PRINT = "0123456789abcdef" * 4
COLONS = ":".join(PRINT[i : i + 2] for i in range(0, 64, 2)).upper()


def rows(*certificates: object, header: str = "Sidik jari sertifikat") -> list[list[object]]:
    """The people of the house with that column, filled from the first person down."""
    cells = [header, *certificates, *[None] * (len(PEOPLE) - 1 - len(certificates))]
    return [[*row, cell] for row, cell in zip(PEOPLE, cells, strict=True)]


def said(*people: list[object]) -> list[str]:
    with pytest.raises(DirectoryError) as caught:
        read_directory(workbook(Orang=list(people), Departemen=DEPARTMENTS))
    return [f"{one.kind} {one.cell}" for one in caught.value.mistakes]


@pytest.mark.parametrize("header", [
    "Sidik jari sertifikat", "Certificate fingerprint", "certificate", "SERTIFIKAT",
])  # fmt: skip
@pytest.mark.parametrize("written", [
    PRINT, PRINT.upper(), COLONS, f" {PRINT} ", f"sha256 Fingerprint={COLONS}", f"SHA-256: {PRINT}",
    " ".join(PRINT[i : i + 8] for i in range(0, 64, 8)),
])  # fmt: skip
def test_a_fingerprint_is_read_as_programs_print_it(header, written):
    directory = read_directory(workbook(Orang=rows(written, header=header), Departemen=DEPARTMENTS))
    assert [person.certificate for person in directory.people] == [PRINT, "", "", "", ""]


def test_a_directory_without_the_column_pins_nothing():
    directory = read_directory(workbook(Orang=PEOPLE, Departemen=DEPARTMENTS))
    assert {person.certificate for person in directory.people} == {""}


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_written_is_read_back(language):
    pinned = replace(BOSS, certificate=PRINT)
    house = replace(HOUSE, people=tuple(pinned if p == BOSS else p for p in HOUSE.people))
    assert read_directory(write_directory(house, language)) == house


@pytest.mark.parametrize("written", [
    PRINT[:40], PRINT[:-1], PRINT + "0", "g" * 64, "-----BEGIN CERTIFICATE-----", "andi.pem", 12345, "sha256",
    f"SHA1 Fingerprint={COLONS[:59]}", PRINT[:-1] + "\u0665",
])  # fmt: skip
def test_anything_else_is_told_with_its_cell(written):
    assert said(*rows(written)) == ["bad_certificate J2"]


def test_a_person_with_several_rows_has_the_certificate_in_all_of_them_but_not_two():
    again = ["Andi Nugroho", BOSS.email, "IT", None, "Manager", None, None, None, None]
    people = rows(None, None, PRINT)
    directory = read_directory(workbook(Orang=[*people, [*again, None]], Departemen=DEPARTMENTS))
    assert {p.certificate for p in directory.people if p.email == BOSS.email} == {PRINT}
    assert said(*people, [*again, "f" * 64]) == ["certificate_other J7"]


def test_one_certificate_is_one_persons():
    assert said(*rows(PRINT, COLONS)) == ["certificate_taken J3"]
