"""The tables of the journal and what guards them. Creates and checks the schema; stores nothing itself."""

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    text,
)

from pipeline.model import PipelineError

SCHEMA_VERSION = 1

metadata = MetaData()

#: What happened, once and for ever. Times are ISO 8601 in UTC; order is by seq, never by the clock.
events = Table(
    "events", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("ref", String(40), nullable=False),
    Column("at", String(40), nullable=False),
    Column("by", String(320), nullable=False),
    Column("data", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("events_by_ref", "ref", "seq"),
    Index("events_by_kind", "kind", "seq"),
)  # fmt: skip

#: Every mail ever fetched, by the sha256 of its raw bytes, and its one outcome.
mails = Table(
    "mails", metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content_key", String(64), nullable=False, index=True),
    Column("message_id", Text, nullable=False, index=True),
    Column("first_seen", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(60), nullable=False),
    Column("ref", String(40), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
)  # fmt: skip

#: Letters with their final bytes. A row is written in the transaction that decides it, and sent afterwards.
letters = Table(
    "letters", metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("message_id", String(400), nullable=False, unique=True),
    Column("kind", String(40), nullable=False),
    Column("ref", String(40), nullable=False, index=True),
    Column("recipients", Text, nullable=False),
    Column("waiting", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("next_try", String(40), nullable=False),
    Column("queued_at", String(40), nullable=False),
    Column("sent_at", String(40), nullable=False),
    Column("answer", Text, nullable=False),
)  # fmt: skip

#: What folding the events gives, kept for look-ups; `Journal.rebuild_views` makes it anew.
requests = Table(
    "requests", metadata,
    Column("ref", String(40), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("requester", String(320), nullable=False),
    Column("content_key", String(64), nullable=False, index=True),
    Column("changed", Integer, nullable=False),
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    Column("code", String(40), primary_key=True),
    Column("ref", String(40), nullable=False),
    Column("seq", Integer, nullable=False),
)  # fmt: skip

#: What the register held when this software last wrote it: the base of the three-way comparison.
bases = Table(
    "bases", metadata,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String(64), nullable=False),
    Column("cells", Text, nullable=False),
)  # fmt: skip

meta = Table(
    "meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False)
)

_GUARDS = [
    "CREATE TRIGGER IF NOT EXISTS events_never_change BEFORE UPDATE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS events_never_go BEFORE DELETE ON events "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
]


def prepare_schema(connection: Connection) -> None:
    """Create the tables of an empty journal, or check that this software may use the one it finds."""
    if not inspect(connection).has_table("meta"):
        metadata.create_all(connection)
        for guard in _GUARDS:
            connection.execute(text(guard))
        connection.execute(insert(meta).values(key="schema", value=str(SCHEMA_VERSION)))
        return
    found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar_one_or_none()
    if found != str(SCHEMA_VERSION):
        raise PipelineError(
            f"The journal has schema {found}, this software knows {SCHEMA_VERSION}.",
            "Start the version of Akses that last wrote it.",
        )
