"""A renamed or deleted heading costs nobody's entries, and comes back where it is certain which it was."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from pipeline.register.package.renaming import rename_columns
from tests.register.house import House, seen
from tests.register.samples import Hand


def rename(hand: Hand, column: str, text: str | None, named: str | None = None) -> Hand:
    """As Excel does it: the cell and the table's column alike; an emptied heading is called Kolom1."""
    place = hand.place(column)
    hand.sheet.cell(hand.header, place).value = text
    hand.sheet.tables["Register"].tableColumns[place - 1].name = named or text or "Kolom1"
    return hand


def headings(house: House) -> list[object]:
    hand = house.hand()
    return [cell.value for cell in hand.sheet[hand.header]]


@pytest.mark.parametrize("text", ["Keterangan tambahan", None])
@pytest.mark.parametrize("column", ["note", "decision", "key", "number"])
def test_a_heading_that_was_changed_comes_back_and_no_entry_is_lost(
    house: House, column: str, text: str | None
) -> None:
    key = house.approved()
    before = headings(house)
    hand = house.hand().write(key, account_id="putri.l", note="di bawah judul baru")
    hand.sheet["AF2"] = "Milik IT"
    house.save(rename(hand, column, text))
    assert house.poll() == "written"
    assert house.staff(key) == {"account_id": "putri.l", "note": "di bawah judul baru"}
    assert headings(house)[: len(before)] == before
    assert house.hand().sheet["AF2"].value == "Milik IT"
    assert [c.name for c in house.hand().sheet.tables["Register"].tableColumns] == before
    assert house.aside == []
    assert "Judul kolom register" in house.letters("register_notice")[0]
    assert house.poll() == ""


def test_while_the_register_is_open_its_entries_count_and_it_is_told_once(house: House) -> None:
    key = house.approved()
    house.lock()
    house.save(rename(house.hand().write(key, account_id="U1"), "note", "Ket"))
    before = house.path.read_bytes()
    assert [house.poll() for _ in range(3)] == ["locked"] * 3
    assert house.path.read_bytes() == before
    assert house.staff(key)["account_id"] == "U1"
    assert len(house.letters("register_notice")) == 1
    house.lock(False)
    assert house.poll() == "written"
    assert house.staff(key)["account_id"] == "U1"


def test_a_column_that_cannot_be_told_is_not_guessed_and_the_others_are_read_first(house: House) -> None:
    key = house.approved()
    house.save(house.hand().write(key, note="tetap ada"))
    house.poll()
    hand = rename(house.hand().write(key, account_id="U1"), "note", "Ket")
    # Another program has given the columns numbers of its own, and the cells say something else.
    hand.write_at = hand.sheet.cell(hand.line(key), 16)
    hand.write_at.value = "isian kolom lain"
    for number, column in enumerate(reversed(hand.sheet.tables["Register"].tableColumns), start=1):
        column.id = number
    house.save(hand)
    assert house.poll() == "written"
    assert house.staff(key) == {"note": "tetap ada", "account_id": "U1"}
    assert seen(house.path)[key][14:16] == ["U1", "tetap ada"]
    assert len(house.aside) == 1


def test_two_of_our_columns_are_told_apart_by_what_stands_in_them(house: House) -> None:
    key = house.approved()
    hand = house.hand().write(key, account_id="U1")
    for number, column in enumerate(reversed(hand.sheet.tables["Register"].tableColumns), start=1):
        column.id = number
    house.save(rename(rename(hand, "employee", "Nama"), "system", "Aplikasi"))
    assert house.poll() == "written"
    assert house.aside == []
    assert house.staff(key) == {"account_id": "U1"}
    assert seen(house.path)[key][2] == "Putri Lestari"


def test_a_whole_column_that_was_deleted_is_not_made_up_but_the_rest_is_read(house: House) -> None:
    key = house.approved()
    hand = house.hand().write(key, account_id="U1")
    place = hand.place("need")
    hand.sheet.delete_cols(place)
    table = hand.sheet.tables["Register"]
    del table.tableColumns[place - 1]
    table.ref = table.autoFilter.ref = "A4:AC5"
    house.save(hand)
    assert house.poll() == "written"
    assert house.staff(key) == {"account_id": "U1"}
    assert len(house.aside) == 1


def test_formulas_that_name_the_column_follow_as_in_excel(house: House) -> None:
    key = house.approved()
    hand = rename(house.hand(), "note", "Ket [IT] & lain")
    other = hand.book.create_sheet("Milik IT")
    other["A1"] = "=COUNTA(Register[Ket '[IT'] & lain])+COUNTA(Lain[Ket '[IT'] & lain])"
    data = rename_columns(hand.save(), "Register", {16: "Catatan IT"})
    book = load_workbook(io.BytesIO(data))
    assert book["Milik IT"]["A1"].value == "=COUNTA(Register[Catatan IT])+COUNTA(Lain[Ket '[IT'] & lain])"
    assert book["Register"]["P4"].value == "Catatan IT"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b'name="Catatan IT"' in archive.read("xl/tables/table1.xml")
    assert key
