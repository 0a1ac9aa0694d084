"""Mistakes in directory.xlsx: all of them at once, each with its cell and its mend."""

import io

import pytest
from openpyxl import load_workbook

from pipeline.directory import DirectoryError, Mistake, read_directory, write_directory
from tests.directory.rows import DEPARTMENTS, HOUSE, PEOPLE, changed, workbook


def mistakes(data: bytes) -> tuple[Mistake, ...]:
    with pytest.raises(DirectoryError) as caught:
        read_directory(data)
    return caught.value.mistakes


def said(*cells: tuple[int, int, object]) -> list[str]:
    """What is said about the sheet of people after these cells were changed."""
    found = mistakes(workbook(Orang=changed(PEOPLE, *cells), Departemen=DEPARTMENTS))
    return [f"{m.kind} {m.sheet}!{m.cell}" for m in found]


def test_an_unknown_role_is_told_with_its_cell_and_the_choices() -> None:
    (found,) = mistakes(workbook(Orang=changed(PEOPLE, (2, 5, "Bos")), Departemen=DEPARTMENTS))
    assert str(found) == (
        'Orang!E2: peran "Bos" tidak dikenal. Pilih salah satu: Manager, Penanggung jawab, Kepala divisi, '
        "IT Manager, IT Staff, Manajemen, Karyawan. Satu peran satu baris."
    )


def test_mistakes_are_told_in_the_language_of_the_headers() -> None:
    data = write_directory(HOUSE, "en")
    book = load_workbook(io.BytesIO(data))
    book["People"]["E2"] = "Bos"
    out = io.BytesIO()
    book.save(out)
    (found,) = mistakes(out.getvalue())
    assert str(found).startswith(
        'People!E2: the role "Bos" is not known. Choose one of: Manager, Person in charge'
    )


@pytest.mark.parametrize(
    "address",
    ["sari", "sari@", "@nusantara.example", "sari@nusantara", "sari wulandari@nusantara.example",
     "a@b@c.example", "sari@nusantara.example, rudi@nusantara.example", "Sari <sari@nusantara.example>",
     "sari@nusantara..example", ".sari@nusantara.example", "sаri@nusantara.example",
     "sari@-nusantara.example", "s" * 65 + "@nusantara.example"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    assert said((2, 2, address)) == ["bad_email Orang!B2"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([(2, 1, None)], ["blank Orang!A2"]),
        ([(2, 2, None)], ["blank Orang!B2"]),
        ([(2, 3, None)], ["blank Orang!C2"]),
        ([(2, 5, None)], ["blank Orang!E2"]),
        ([(2, 3, "Finanse")], ["unknown_department Orang!C2"]),
        ([(2, 6, "Jawa")], ["unknown_language Orang!F2"]),
        ([(2, 7, "siapa@nusantara.example")], ["deputy_unknown Orang!G2"]),
        ([(2, 7, "SARI@nusantara.example")], ["deputy_self Orang!G2"]),
        ([(2, 7, "dewi")], ["bad_email Orang!G2"]),
        ([(4, 7, None)], ["deputy_missing Orang!G4"]),
        ([(4, 8, None)], ["date_missing Orang!H4"]),
        ([(4, 9, None)], ["date_missing Orang!I4"]),
        ([(4, 8, "besok")], ["bad_date Orang!H4"]),
        ([(4, 8, "31/02/2026")], ["bad_date Orang!H4"]),
        ([(4, 8, "10/12/2026")], ["dates_reversed Orang!I4"]),
        ([(4, 5, "Karyawan")], ["no_one Orang!"]),
        ([(5, 5, "Karyawan")], ["no_one Orang!"]),
        ([(3, 1, "#REF!")], ["error_cell Orang!A3"]),
        ([(3, 2, "#N/A")], [
            "error_cell Orang!B3", "head_unknown Departemen!C2", "head_unknown Departemen!C3",
        ]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_cell(
    cells: list[tuple[int, int, object]], expected: list[str]
) -> None:
    assert said(*cells) == expected


def test_all_mistakes_are_told_at_once() -> None:
    found = said((2, 2, "sari@"), (3, 5, "Bos"), (4, 9, "9/11/2026"), (6, 3, "Gudang"))
    assert sorted(found) == [
        "bad_email Orang!B2", "dates_reversed Orang!I4", "unknown_department Orang!C6",
        "unknown_role Orang!E3",
    ]  # fmt: skip


def test_the_same_row_twice_is_a_mistake() -> None:
    rows = [
        *PEOPLE,
        ["sari wulandari", "Sari@Nusantara.example", "Keuangan", None, "manajer", None, None, None, None],
    ]
    (found,) = mistakes(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert (found.kind, found.cell) == ("duplicate", "B7")
    assert "baris 2" in found.what


def test_one_address_with_two_names_is_a_mistake() -> None:
    rows = [
        *PEOPLE,
        ["Rina Kartika", "sari@nusantara.example", "IT", None, "Manager", None, None, None, None],
    ]
    (found,) = mistakes(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert (found.kind, found.cell) == ("other_name", "A7")


def test_two_deputies_for_one_person_are_a_mistake() -> None:
    row = [
        "Andi Nugroho",
        "andi@nusantara.example",
        "IT",
        None,
        "Manager",
        None,
        "rudi@nusantara.example",
        None,
        None,
    ]
    (found,) = mistakes(workbook(Orang=[*PEOPLE, row], Departemen=DEPARTMENTS))
    assert (found.kind, found.cell) == ("deputy_other", "G7")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([(3, 1, "keuangan")], ["department_twice Departemen!A3"]),
        ([(3, 4, "FINANCE")], ["department_twice Departemen!D3"]),
        ([(3, 3, "siapa@nusantara.example")], ["head_unknown Departemen!C3"]),
        ([(3, 3, "Pak Bambang")], ["bad_email Departemen!C3"]),
    ],
)
def test_mistakes_in_departments_are_told(cells: list[tuple[int, int, object]], expected: list[str]) -> None:
    found = mistakes(workbook(Orang=PEOPLE, Departemen=changed(DEPARTMENTS, *cells)))
    assert [f"{m.kind} {m.sheet}!{m.cell}" for m in found if m.kind != "unknown_department"] == expected


def test_a_missing_column_is_named() -> None:
    rows = [[cell for n, cell in enumerate(row) if n != 4] for row in PEOPLE]
    (found,) = mistakes(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert (found.kind, found.what) == ("no_column", 'kolom "Peran" tidak ada.')


def test_a_column_that_is_there_twice_is_named() -> None:
    rows = [[*row, row[1]] for row in PEOPLE]
    (found,) = mistakes(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert (found.kind, found.cell) == ("column_twice", "J1")


def test_a_missing_sheet_is_named_with_its_columns() -> None:
    (found,) = mistakes(workbook(Orang=PEOPLE))
    assert found.kind == "no_sheet"
    assert found.mend.endswith("Departemen, Divisi, Email kepala divisi, Nama lain.")


def test_empty_sheets_are_told() -> None:
    found = mistakes(workbook(Orang=PEOPLE[:1], Departemen=DEPARTMENTS[:1]))
    assert [f"{m.kind} {m.sheet}" for m in found] == ["empty Orang", "empty Departemen"]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"Nama,Email\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)]
)
def test_what_is_no_workbook_is_told_not_raised(data: bytes) -> None:
    assert [m.kind for m in mistakes(data)] == ["file"]


def test_a_cut_off_workbook_is_told_at_every_length() -> None:
    whole = write_directory(HOUSE, "id")
    for length in range(0, len(whole) - 1, 997):
        assert [m.kind for m in mistakes(whole[:length])] == ["file"]


def test_too_many_rows_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.directory.sheets.MAX_ROWS", 200)
    rows = [*PEOPLE, *([f"N{n}", f"n{n}@nusantara.example", "IT", None, "Karyawan"] for n in range(201))]
    assert "too_many" in {m.kind for m in mistakes(workbook(Orang=rows, Departemen=DEPARTMENTS))}


def test_a_hundred_mistakes_make_no_endless_text() -> None:
    rows = [*PEOPLE, *([f"N{n}", "rusak", "IT", None, "Karyawan"] for n in range(100))]
    with pytest.raises(DirectoryError) as caught:
        read_directory(workbook(Orang=rows, Departemen=DEPARTMENTS))
    assert str(caught.value).count("\n") == 40
    assert len(caught.value.mistakes) > 100
