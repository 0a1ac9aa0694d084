"""The journal keeps what was written, refuses what would change it, and shows where it was changed."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.journal import Journal, LetterRow, RequestRow
from pipeline.model import PipelineError

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path):
    journal = Journal(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


def letter(key: str = "approval/REQ-2026-0001/r0/1", **changes) -> LetterRow:
    row = LetterRow(
        key=key, message_id=f"<{key}@x.example>", kind="approval", ref="REQ-2026-0001",
        recipients=("boss@x.example",), waiting=("boss@x.example",), data=b"bytes", state="waiting",
        attempts=0, queued_at=NOW, answer="",
    )  # fmt: skip
    return replace(row, **changes)


def fill(journal: Journal, count: int) -> None:
    with journal.entry() as entry:
        for number in range(count):
            entry.add_event("request_received", f"REQ-2026-{number:04d}", "a@x.example", {"n": number}, NOW)


def test_events_come_back_in_order_with_their_data(journal):
    fill(journal, 3)
    with journal.entry() as entry:
        assert [event.data["n"] for event in entry.events()] == [0, 1, 2]
        assert entry.events(ref="REQ-2026-0001")[0].seq == 2
        assert entry.check_chain()[::2] == (3, [])


def test_an_exception_leaves_nothing_behind(journal):
    with pytest.raises(RuntimeError), journal.entry() as entry:
        entry.add_event("decision_recorded", "REQ-2026-0001", "boss@x.example", {}, NOW)
        entry.outbox.put(letter())
        raise RuntimeError
    with journal.entry() as entry:
        assert entry.events() == ()
        assert entry.outbox.all() == ()


@pytest.mark.parametrize(
    "statement", ["UPDATE events SET ref='x' WHERE seq=1", "DELETE FROM events WHERE seq=1"]
)
def test_the_database_itself_refuses_to_change_an_event(journal, tmp_path, statement):
    fill(journal, 1)
    with sqlite3.connect(tmp_path / "journal.sqlite") as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)


@pytest.mark.parametrize("column", ["kind", "ref", "at", "by", "data", "prev", "hash"])
def test_a_column_changed_behind_our_back_is_found(journal, tmp_path, column):
    fill(journal, 4)
    with sqlite3.connect(tmp_path / "journal.sqlite") as raw:
        raw.execute("DROP TRIGGER events_never_change")
        raw.execute(f'UPDATE events SET "{column}" = "{column}" || \' \' WHERE seq = 2')  # noqa: S608
    with journal.entry() as entry:
        assert "event 2" in entry.check_chain()[2][0]


def test_an_event_taken_out_of_the_middle_is_found(journal, tmp_path):
    fill(journal, 4)
    with sqlite3.connect(tmp_path / "journal.sqlite") as raw:
        raw.execute("DROP TRIGGER events_never_go")
        raw.execute("DELETE FROM events WHERE seq = 3")
    with journal.entry() as entry:
        assert entry.check_chain()[2] == ["event 3 is missing: the next one is 4"]


def test_numbers_have_no_gaps_and_start_anew_each_year(journal):
    with journal.entry() as entry:
        assert entry.next_number(2026) == 1
        entry.keep_request(RequestRow("REQ-2026-0001", "awaiting_approval", "a@x.example", "k"), 1)
        assert entry.next_number(2026) == 2
        assert entry.next_number(2027) == 1


def test_the_same_letter_is_queued_once(journal):
    with journal.entry() as entry:
        assert entry.outbox.put(letter()) is True
        assert entry.outbox.put(letter(data=b"other bytes")) is False
        assert [row.data for row in entry.outbox.all()] == [b"bytes"]


def test_a_postponed_letter_is_due_again_only_later(journal):
    with journal.entry() as entry:
        entry.outbox.put(letter())
        entry.outbox.note_postponed(
            letter().key, ("boss@x.example",), NOW + timedelta(minutes=5), "451 later"
        )
        assert entry.outbox.due(NOW) == ()
        assert entry.outbox.due(NOW + timedelta(minutes=5)) == (letter().key,)


def test_attempts_are_counted_and_can_be_taken_back(journal):
    with journal.entry() as entry:
        assert entry.count_attempt("ab", 10, NOW) == 1
        assert entry.count_attempt("ab", 10, NOW) == 2
        entry.take_back_attempt("ab")
        assert entry.count_attempt("ab", 10, NOW) == 2


def test_a_newer_journal_is_refused(journal, tmp_path):
    journal.close()
    with sqlite3.connect(tmp_path / "journal.sqlite") as raw:
        raw.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    with pytest.raises(PipelineError, match="schema 999"):
        Journal(tmp_path / "journal.sqlite")


def test_a_file_that_is_no_journal_is_refused_with_the_mend(tmp_path):
    (tmp_path / "journal.sqlite").write_bytes(b"not a database at all, but long enough to be one" * 50)
    with pytest.raises(PipelineError, match="backup"):
        Journal(tmp_path / "journal.sqlite")


def test_in_use_the_disk_has_it_before_a_transaction_counts(tmp_path):
    ask = "import sys; from pathlib import Path; from pipeline.journal.book import _engine; "
    ask += "print(_engine(Path(sys.argv[1])).connect().exec_driver_sql('PRAGMA synchronous').scalar())"
    command = [sys.executable, "-c", ask, str(tmp_path / "journal.db")]
    extra = "3"
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == extra
