"""Whatever is changed in the journal, verify finds it by the chain or by the letters' heads (threat T30)."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.parser import BytesHeaderParser
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from pipeline.commands.register_check import check_register
from pipeline.commands.verifying import CHECKS, _guarded
from pipeline.journal import Entry
from pipeline.journal.chain import GENESIS, chain_hash
from pipeline.settings import Config
from tests.commands.house import House

Row = dict[str, Any]
COLUMNS = ("kind", "ref", "at", "by", "data", "prev", "hash")
#: How many of all single bytes the suite changes; all of them were changed by hand (docs/threats.md).
SAMPLE = 5_000


class Tampered:
    """A copy of a played journal in memory, without its guards, that takes every change back."""

    def __init__(self, config: Config) -> None:
        self.config = config
        memory = sqlite3.connect(":memory:", isolation_level=None)
        with closing(sqlite3.connect(config.files.state / "journal.sqlite")) as original:
            original.backup(memory)
        memory.execute("DROP TRIGGER events_never_change")
        memory.execute("DROP TRIGGER events_never_go")
        memory.row_factory = sqlite3.Row
        self.rows: list[Row] = [dict(r) for r in memory.execute("SELECT * FROM events ORDER BY seq")]
        memory.row_factory = None
        self._engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
        with self._engine.connect() as connection:
            letters = Entry(connection).outbox.all()
        heads = (str(BytesHeaderParser().parsebytes(one.data)["X-Akses-Head"]) for one in letters)
        self.last_seen = max(int(head.partition(":")[0]) for head in heads)

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def found(self, connection: Connection) -> bool:
        """Does verify find anything wrong? The register, slow and no witness of the chain, is not asked."""
        entry = Entry(connection)
        try:
            if entry.check_chain()[2]:
                return True
            return any(
                finding.wrong
                for name, check in CHECKS
                if check is not check_register
                for finding in _guarded(name, check, self.config, entry)
            )
        except DatabaseError:
            # What is no text any more: the command ends with an error that says so.
            return True

    def found_in(self, rows: list[Row]) -> bool:
        """With these events in place of the true ones, which somebody hashed anew if he could."""
        with self.changing() as connection:
            connection.exec_driver_sql("DELETE FROM events")
            for row in rows:
                places = ", ".join("?" * len(row))
                names = ", ".join(f'"{name}"' for name in row)
                connection.exec_driver_sql(
                    f"INSERT INTO events ({names}) VALUES ({places})",  # noqa: S608
                    tuple(row.values()),
                )
            return self.found(connection)

    def found_byte(self, seq: int, column: str, value: bytes) -> bool:
        with self.changing() as connection:
            connection.exec_driver_sql(
                f'UPDATE events SET "{column}" = CAST(? AS TEXT) WHERE seq = ?',  # noqa: S608
                (value, seq),
            )
            return self.found(connection)

    def bytes_there_are(self) -> list[tuple[int, str, int]]:
        return [
            (row["seq"], column, at)
            for row in self.rows
            for column in COLUMNS
            for at in range(len(str(row[column]).encode()))
        ]


def rehashed(rows: list[Row]) -> list[Row]:
    """The chain rebuilt over these events, as who knows this program would do it."""
    previous, made = GENESIS, []
    for seq, row in enumerate(rows, start=1):
        digest = chain_hash(previous, seq, row["kind"], row["ref"], row["at"], row["by"], row["data"])
        made.append({**row, "seq": seq, "prev": previous, "hash": digest})
        previous = digest
    return made


def changed(value: bytes, at: int, dice: random.Random) -> bytes:
    """One byte replaced, taken away or put in."""
    other = bytes([dice.choice([byte for byte in range(1, 256) if byte != value[at]])])
    return value[:at] + dice.choice([other, b"", other + value[at : at + 1]]) + value[at + 1 :]


def edited(row: Row) -> Row:
    return {**row, "at": row["at"].replace("T0", "T1", 1).replace("2026", "2025", 1)}


@pytest.fixture
def journal(house: House) -> Tampered:
    made = Tampered(house.config)
    assert len(made.rows) > 15
    assert made.last_seen > 15
    assert not made.found_in(made.rows), "untouched, nothing is wrong"
    assert rehashed(made.rows) == made.rows
    return made


def test_any_single_byte_changed_in_any_event_is_found(journal: Tampered):
    dice = random.Random(30)
    rows = {row["seq"]: row for row in journal.rows}
    for seq, column, at in dice.sample(journal.bytes_there_are(), SAMPLE):
        value = changed(str(rows[seq][column]).encode(), at, dice)
        assert journal.found_byte(seq, column, value), (seq, column, value)


def test_another_number_for_any_event_is_found(journal: Tampered):
    for at, row in enumerate(journal.rows):
        for number in (0, -row["seq"], row["seq"] + 100):
            assert journal.found_in([*journal.rows[:at], {**row, "seq": number}, *journal.rows[at + 1 :]])


def test_any_event_deleted_is_found_even_with_the_chain_rebuilt(journal: Tampered):
    for at in range(len(journal.rows)):
        left = journal.rows[:at] + journal.rows[at + 1 :]
        assert journal.found_in(left), at + 1
        assert journal.found_in(rehashed(left)), at + 1


def test_any_two_events_swapped_are_found_even_with_the_chain_rebuilt(journal: Tampered):
    pairs = [(a, b) for b in range(len(journal.rows)) for a in range(b)]
    for a, b in random.Random(31).sample(pairs, 100):
        rows = list(journal.rows)
        rows[a], rows[b] = {**rows[b], "seq": a + 1}, {**rows[a], "seq": b + 1}
        assert journal.found_in(rows), (a + 1, b + 1)
        if a < journal.last_seen:
            assert journal.found_in(rehashed(rows)), (a + 1, b + 1)


def test_a_tail_cut_off_anywhere_is_found(journal: Tampered):
    for length in range(len(journal.rows)):
        assert journal.found_in(journal.rows[:length]), length


def test_an_event_changed_and_the_chain_rebuilt_from_there_is_found_by_the_letters(journal: Tampered):
    for at in range(journal.last_seen):
        rows = [*journal.rows[:at], edited(journal.rows[at]), *journal.rows[at + 1 :]]
        assert rows != journal.rows
        assert journal.found_in(rehashed(rows)), at + 1


def test_an_event_put_in_with_the_chain_rebuilt_is_found(journal: Tampered):
    for at in range(journal.last_seen):
        rows = [*journal.rows[:at], journal.rows[0], *journal.rows[at:]]
        assert journal.found_in(rehashed(rows)), at + 1
