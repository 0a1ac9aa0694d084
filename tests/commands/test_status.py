"""status says how every mail ended, what waits for whom, and tells a request's story."""

import re
import sqlite3
from contextlib import closing

import pytest

from pipeline.commands import saying
from tests.commands.house import House

WIDE = 80


def test_before_the_first_poll_there_is_a_friendly_word_and_no_error(fresh: House):
    result = fresh.run("status")
    assert (result.code, result.err) == (0, "")
    assert "Nothing has come in yet" in result.out
    assert fresh.run("status", "--json").data["mails"] == {"in": 0, "outcomes": {}, "reasons": {}, "list": []}


def test_every_mail_is_counted_under_its_one_outcome(house: House):
    mails = house.run("status", "--json").data["mails"]
    assert mails["in"] == 4
    assert mails["outcomes"] == {"processed": 2, "returned": 1, "ignored": 1}
    assert mails["reasons"]["returned: form-problems"] == 1


def test_each_mail_is_listed_with_sender_subject_outcome_reason_and_request(house: House):
    listed = house.run("status", "--json").data["mails"]["list"]
    first = listed[0]
    assert {k: first[k] for k in ("sender", "subject", "outcome", "reason", "ref")} == {
        "sender": "sari.wulandari@contoh.example", "subject": "Form akses", "outcome": "processed",
        "reason": "new-request", "ref": "REQ-2026-0001",
    }  # fmt: skip
    assert [mail["outcome"] for mail in listed] == ["processed", "returned", "ignored", "processed"]


def test_the_list_for_people_shows_the_same_and_takes_no_text_from_outside_as_markup(house: House):
    out = house.run("status", "--mails").out
    assert "rudi.hartono@contoh.example" in out
    assert "[bold]Form[/bold]" in out
    assert "\x1b[31m" not in out


def test_approval_codes_are_not_shown(house: House):
    for words in (("--mails",), ("--json",), ("REQ-2026-0001",), ("REQ-2026-0001", "--json")):
        assert not re.search(r"AK\d-[0-9A-Z]{10}", house.run("status", *words).out)


def test_tables_fit_into_80_columns_and_cut_no_number_and_no_state(house: House):
    for words in ((), ("--mails",), ("REQ-2026-0001",)):
        out = house.run("status", *words).out
        assert "REQ-2026-0001" in out
        assert "completed" in out
        assert "…" not in out
        assert max(map(len, out.splitlines())) <= WIDE


def test_a_table_of_long_texts_keeps_its_numbers_whole(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    headings = (
        saying.Heading("number", True), saying.Heading("state", True),
        *(saying.Heading(name) for name in ("items", "department", "for")),
    )  # fmt: skip
    row = ("REQ-2026-0001", "awaiting approval", "Departemen" * 8, "Bagian" * 9, "Nama Panjang " * 30)
    table = saying.make_table("Requests", headings, [row])
    screen = saying.console()
    with screen.capture() as captured:
        screen.print(table)
    lines = captured.get().splitlines()
    assert any("REQ-2026-0001   awaiting approval" in line for line in lines)
    assert captured.get().count("Panjang") == 30
    assert max(map(len, lines)) <= WIDE


def test_a_narrow_terminal_gets_tables_for_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    assert saying.console().width == WIDE


def test_the_story_of_a_request_is_told_in_plain_words_in_the_order_of_time(house: House):
    story = house.run("status", "req-2026-0001", "--json").data["story"]
    told = "\n".join(line["text"] for line in story)
    wanted = [
        "Sari Wulandari (sari.wulandari@contoh.example) asked for 3 items for Putri Lestari,",
        "andi.nugroho@contoh.example was asked to decide items 1, 2, 3",
        "andi.nugroho@contoh.example approved items 1, 2 and rejected item 3; reason: belum perlu VPN",
        "IT staff were asked to do items 1, 2",
        "IT staff noted in the register, item 1: work status done, done by Dewi Anggraini",
        "Everything that was approved is done",
        "Mail to sari.wulandari@contoh.example: note to the requester that access is ready (sent)",
    ]
    places = [told.find(text) for text in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert [line["at"] for line in story] == sorted(line["at"] for line in story)


def test_a_request_shows_each_item_with_who_decided_it(house: House):
    items = house.run("status", "REQ-2026-0001", "--json").data["item_list"]
    assert [(item["system"], item["status"]) for item in items] == [
        ("ACCURATE", "provisioned"), ("EMAIL", "provisioned"), ("VPN", "rejected"),
    ]  # fmt: skip
    assert items[2]["reason"] == "belum perlu VPN"
    assert {item["decided_by"] for item in items} == {"andi.nugroho@contoh.example"}


def test_an_unknown_request_is_1_and_what_is_no_number_is_2(house: House):
    unknown, wrong = house.run("status", "REQ-2026-0099"), house.run("status", "invoice")
    assert (unknown.code, unknown.out) == (1, "")
    assert "REQ-2026-0099 is not known" in unknown.err
    assert (wrong.code, wrong.out) == (2, "")
    assert "Write it as REQ-2026-0001" in wrong.err


def test_an_event_that_cannot_be_read_is_for_verify_to_name_and_is_no_traceback(house: House):
    with closing(sqlite3.connect(house.config.files.state / "journal.sqlite")) as database:
        database.execute("DROP TRIGGER events_never_change")
        database.execute("UPDATE events SET data = substr(data, 2) WHERE kind = 'decision_recorded'")
        database.commit()
    result = house.run("status", "REQ-2026-0001")
    assert (result.code, result.out) == (1, "")
    assert "`run.py verify` names it" in result.err


def test_token_only_mode_is_said_with_every_status(house: House):
    house.change("mode: require", "mode: token-only")
    assert "Sender proof is token-only" in house.run("status").out
    assert house.run("status", "--json").data["sender_proof"] == "token-only"


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b""])
def test_a_journal_that_cannot_be_read_is_named_and_is_no_traceback(house: House, damage: bytes):
    (house.config.files.state / "journal.sqlite").write_bytes(damage)
    result = house.run("status")
    if damage:
        assert result.code == 1
        assert "journal" in result.err
    else:
        assert "Nothing has come in yet" in result.out
