"""verify finds whatever was changed behind Akses' back, and names it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from openpyxl import load_workbook

from tests.commands.house import House


def alter(house: House, *statements: str) -> None:
    """What somebody does who has the file and knows SQL: the guards are no obstacle."""
    with closing(sqlite3.connect(house.config.files.state / "journal.sqlite")) as database:
        database.execute("DROP TRIGGER events_never_change")
        database.execute("DROP TRIGGER events_never_go")
        for statement in statements:
            assert database.execute(statement).rowcount == 1
        database.commit()


def wrong(house: House) -> list[str]:
    """What verify finds wrong; the exit code agrees."""
    result = house.run("verify", "--json")
    found = result.data["wrong"]
    assert result.code == (1 if found else 0)
    return found


def set_cell(house: House, header: str, value: object, row: int = 0) -> None:
    path = house.config.files.register_workbook
    book = load_workbook(path)
    sheet = book["Register"]
    cells = sheet[next(iter(sheet.tables.values())).ref]
    column = [str(cell.value) for cell in cells[0]].index(header)
    cells[1 + row][column].value = value
    book.save(path)


def test_an_untouched_house_agrees_with_itself(house: House):
    assert wrong(house) == []
    assert house.run("verify").out.endswith("everything agrees\n")
    assert house.run("verify", "--json").data["notes"] == []


def test_people_read_each_finding_in_its_own_line(house: House):
    set_cell(house, "Keputusan", "Disetujui", row=2)
    set_cell(house, "Catatan IT", "kartu diserahkan")
    result = house.run("verify")
    assert result.code == 1
    assert "\nWRONG register: REQ-2026-0001/3 'Keputusan'" in result.out
    assert "\nnote  register: REQ-2026-0001/1 'IT note' is 'kartu diserahkan'" in result.out
    assert result.out.endswith("1 found wrong\n")


def test_before_the_first_poll_there_is_nothing_to_find_wrong(fresh: House):
    assert wrong(fresh) == []
    assert fresh.run("verify", "--json").data["notes"] == ["no poll has been made yet"]


def test_a_byte_changed_in_an_event_is_found(house: House):
    alter(
        house, "UPDATE events SET data = replace(data, 'reject', 'Reject') WHERE kind = 'decision_recorded'"
    )
    assert any("(decision_recorded REQ-2026-0001) was changed" in text for text in wrong(house))


def test_a_verdict_turned_round_is_found_and_the_register_still_shows_the_old_one(house: House):
    alter(house, "UPDATE events SET data = replace(data, '\"3\":\"reject\"', '\"3\":\"approve\"')"
                 " WHERE kind = 'decision_recorded'")  # fmt: skip
    assert any("was changed after it was written" in text for text in wrong(house))
    notes = house.run("verify", "--json").data["notes"]
    assert any("register: REQ-2026-0001/3 'Keputusan' is 'Ditolak'" in text for text in notes)


def test_an_event_that_is_no_json_any_more_is_named_and_the_other_checks_go_on(house: House):
    alter(house, "UPDATE events SET data = substr(data, 2) WHERE kind = 'decision_recorded'")
    next(house.config.files.state.glob("spool/*/*.eml")).unlink()
    found = wrong(house)
    assert any("was changed after it was written" in text for text in found)
    assert any("does not fit together" in text for text in found)
    assert any("is missing" in text for text in found)


def test_an_event_deleted_in_the_middle_is_named(house: House):
    alter(house, "DELETE FROM events WHERE seq = 5")
    assert any("event 5 is missing" in text for text in wrong(house))


def test_the_last_event_cut_off_is_found_by_the_letters_that_saw_it(house: House):
    alter(house, "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)")
    assert any("saw event" in text and "it is gone" in text for text in wrong(house))


@pytest.mark.parametrize("damage", [
    lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"),
])  # fmt: skip
def test_an_original_mail_that_is_gone_or_changed_is_named(house: House, damage: Callable):
    mail = next(house.config.files.state.glob("spool/*/*.eml"))
    damage(mail)
    found = wrong(house)
    assert len(found) == 1
    assert str(mail) in found[0]


def test_a_mail_whose_outcome_was_changed_is_named(house: House):
    alter(house, "UPDATE mails SET outcome = 'ignored' WHERE outcome = 'returned'")
    assert any("is listed as ignored" in text for text in wrong(house))


def test_a_mail_struck_from_the_list_is_named(house: House):
    alter(house, "DELETE FROM mails WHERE outcome = 'returned'")
    assert any("was handled but is not listed" in text for text in wrong(house))


def test_a_sent_letter_with_other_bytes_under_its_message_id_is_named(house: House):
    letter = next(house.config.post.path.glob("new/*"))
    letter.write_bytes(letter.read_bytes().replace(b"MIME-Version", b"Mime-Version", 1))
    found = wrong(house)
    assert len(found) == 1
    assert "has other bytes than the journal" in found[0]


def test_a_request_whose_state_was_changed_in_the_list_is_named(house: House):
    alter(house, "UPDATE requests SET state = 'rejected' WHERE ref = 'REQ-2026-0001'")
    assert "REQ-2026-0001 is listed as rejected, its events say completed" in wrong(house)


def test_a_cell_of_ours_changed_in_the_register_is_named_with_both_texts(house: House):
    set_cell(house, "Keputusan", "Disetujui", row=2)
    found = wrong(house)
    assert len(found) == 1
    assert found[0].startswith("register: REQ-2026-0001/3 'Keputusan' is 'Disetujui', the journal says")


def test_a_register_that_is_gone_or_lost_a_row_is_named(house: House):
    path = house.config.files.register_workbook
    book = load_workbook(path)
    sheet = book["Register"]
    table = next(iter(sheet.tables.values()))
    for cell in sheet[table.ref][1]:
        cell.value = None
    book.save(path)
    assert any("row REQ-2026-0001/1 is missing" in text for text in wrong(house))
    path.unlink()
    assert any("is missing" in text for text in wrong(house))


def test_what_staff_typed_since_the_last_poll_is_a_note_and_nothing_wrong(house: House):
    set_cell(house, "Catatan IT", "kartu diserahkan")
    assert wrong(house) == []
    assert any("kartu diserahkan" in text for text in house.run("verify", "--json").data["notes"])


def test_a_journal_that_is_gone_while_its_mails_are_there_is_no_fresh_start(house: House):
    (house.config.files.state / "journal.sqlite").unlink()
    assert any("the journal is missing, but 4 original mails are there" in text for text in wrong(house))
