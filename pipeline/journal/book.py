"""The journal: one transaction at a time, opened by `Journal.entry()`; all of it is written or none."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from pipeline.journal import schema
from pipeline.journal.bulk import Bulk
from pipeline.journal.chain import GENESIS, canonical_json, chain_hash, check_chain, read_event, stamp
from pipeline.journal.outbox import Outbox
from pipeline.journal.rows import MailRow, RequestRow, TokenRow, mail_row
from pipeline.model import Event, Mail, OutcomeKind, PipelineError


class Journal:
    """The SQLite file at `path`. PipelineError where it cannot be opened or is newer than this software."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine = _engine(path)
        try:
            with self._engine.begin() as connection:
                schema.prepare_schema(connection)
        except DatabaseError as error:
            raise PipelineError(
                f"The journal {path} cannot be read ({error.orig}).",
                "Restore it from a backup; `run.py verify` then says whether it is whole.",
            ) from error

    @contextmanager
    def entry(self) -> Iterator["Entry"]:
        """One transaction. Leaving the block commits it, an exception undoes all of it.

        PipelineError where the disk or the file fails: that is nobody's mail's fault."""
        try:
            with self._engine.begin() as connection:
                yield Entry(connection)
        except IntegrityError:
            # Two of what there can be one of: a bug, and of this mail alone.
            raise
        except DatabaseError as error:
            raise PipelineError(
                f"The journal cannot be used ({error.orig}).",
                "Check free space, permissions and whether another program holds the file.",
            ) from error

    @contextmanager
    def trial(self) -> Iterator["Entry"]:
        """A transaction that is always undone: what would happen can be seen, and nothing happens."""
        with self._engine.connect() as connection, connection.begin() as transaction:
            try:
                yield Entry(connection)
            finally:
                transaction.rollback()

    def close(self) -> None:
        self._engine.dispose()


class Entry:
    """Reading and writing inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.outbox = Outbox(connection)
        self.bulk = Bulk(connection)

    # events

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the last event; (0, GENESIS) for an empty journal."""
        row = self._db.execute(
            select(schema.events.c.seq, schema.events.c.hash).order_by(schema.events.c.seq.desc()).limit(1)
        ).first()
        return (row.seq, row.hash) if row else (0, GENESIS)

    def hash_at(self, seq: int) -> str:
        """The hash of that event, or "" where there is none."""
        row = self._db.execute(select(schema.events.c.hash).where(schema.events.c.seq == seq)).first()
        return str(row.hash) if row else ""

    def add_event(self, kind: str, ref: str, by: str, data: Mapping[str, object], at: datetime) -> Event:
        """Append one line to the chain and return it with its seq and hash."""
        seq, previous = self.head()
        text, moment = canonical_json(data), stamp(at)
        line = {"seq": seq + 1, "kind": kind, "ref": ref, "at": moment, "by": by, "data": text}
        line["prev"], line["hash"] = previous, chain_hash(previous, seq + 1, kind, ref, moment, by, text)
        self._db.execute(insert(schema.events).values(line))
        return read_event(line)

    def events(self, ref: str = "", kind: str = "") -> tuple[Event, ...]:
        """Events in order: of one request, of one kind, or all."""
        query = select(schema.events).order_by(schema.events.c.seq)
        if ref:
            query = query.where(schema.events.c.ref == ref)
        if kind:
            query = query.where(schema.events.c.kind == kind)
        return tuple(read_event(row._mapping) for row in self._db.execute(query))  # type: ignore[arg-type]

    def events_by_request(self) -> Iterator[Event]:
        """The events of all requests, those of one together and in order; read as they are asked for."""
        table = schema.events
        query = select(table).where(table.c.ref != "").order_by(table.c.ref, table.c.seq)
        for row in self._db.execute(query.execution_options(yield_per=500)):
            yield read_event(row._mapping)  # type: ignore[arg-type]

    def lines(self, ref: str) -> list[dict[str, object]]:
        """The lines of one request exactly as they are hashed, for whoever recomputes the hashes."""
        query = select(schema.events).where(schema.events.c.ref == ref).order_by(schema.events.c.seq)
        return [dict(row._mapping) for row in self._db.execute(query)]

    def check_chain(self) -> tuple[int, str, list[str]]:
        """(last seq, last hash, mistakes) after recomputing every hash."""
        rows = self._db.execute(select(schema.events).order_by(schema.events.c.seq))
        return check_chain(row._mapping for row in rows)  # type: ignore[misc]

    # mails

    def mail(self, sha256: str) -> MailRow | None:
        row = self._db.execute(select(schema.mails).where(schema.mails.c.sha256 == sha256)).first()
        return mail_row(row._mapping) if row else None  # type: ignore[arg-type]

    def mails_like(self, mail: Mail) -> tuple[MailRow, ...]:
        """Decided mails, other than this one, with its content key or its Message-ID."""
        table = schema.mails
        same = table.c.content_key == mail.content_key
        if mail.message_id:
            same = same | (table.c.message_id == mail.message_id)
        query = select(table).where(same, table.c.sha256 != mail.sha256, table.c.outcome != "")
        return tuple(mail_row(row._mapping) for row in self._db.execute(query.order_by(table.c.seq)))  # type: ignore[arg-type]

    def count_attempt(self, sha256: str, size: int, at: datetime) -> int:
        """Note that the mail with these raw bytes is about to be read; how often that has now been tried."""
        table = schema.mails
        known = self.mail(sha256)
        if known is None:
            self._db.execute(insert(table).values(
                sha256=sha256, content_key="", message_id="", first_seen=stamp(at), size=size, sender="",
                subject="", attempts=1, outcome="", reason="", ref="", seq=0, filed=0, copies=1,
            ))  # fmt: skip
            return 1
        self._db.execute(update(table).where(table.c.sha256 == sha256).values(attempts=known.attempts + 1))
        return known.attempts + 1

    def describe_mail(self, mail: Mail) -> None:
        """Keep what a look-up needs of a mail, now that it could be read."""
        self._db.execute(update(schema.mails).where(schema.mails.c.sha256 == mail.sha256).values(
            content_key=mail.content_key, message_id=mail.message_id,
            sender=" | ".join(mail.from_)[:1000], subject=mail.subject[:1000],
        ))  # fmt: skip

    def take_back_attempt(self, sha256: str) -> None:
        """The world was broken, not the mail: this try does not count against it."""
        table = schema.mails
        self._db.execute(
            update(table)
            .where(table.c.sha256 == sha256, table.c.attempts > 0)
            .values(attempts=table.c.attempts - 1)
        )

    def decide_mail(self, sha256: str, outcome: OutcomeKind, reason: str, ref: str, seq: int) -> None:
        self._db.execute(
            update(schema.mails)
            .where(schema.mails.c.sha256 == sha256)
            .values(outcome=outcome, reason=reason, ref=ref, seq=seq)
        )

    def note_filed(self, sha256: str) -> None:
        self._db.execute(update(schema.mails).where(schema.mails.c.sha256 == sha256).values(filed=1))

    def note_copy(self, sha256: str) -> None:
        """The very same bytes were delivered once more."""
        table = schema.mails
        self._db.execute(update(table).where(table.c.sha256 == sha256).values(copies=table.c.copies + 1))

    def all_mails(self, since: str = "", until: str = "~") -> tuple[MailRow, ...]:
        """Mails first seen in [since, until), both as `stamp` writes times, oldest first."""
        table = schema.mails
        query = select(table).where(table.c.first_seen >= since, table.c.first_seen < until)
        return tuple(mail_row(row._mapping) for row in self._db.execute(query.order_by(table.c.first_seen)))  # type: ignore[arg-type]

    # requests and tokens

    def next_number(self, year: int) -> int:
        """The next free running number of that year; no gaps, since it is taken inside the transaction."""
        highest = self._db.execute(
            select(func.max(schema.requests.c.number)).where(schema.requests.c.year == year)
        ).scalar()
        return int(highest or 0) + 1

    def request(self, ref: str) -> RequestRow | None:
        row = self._db.execute(select(schema.requests).where(schema.requests.c.ref == ref)).first()
        return RequestRow(row.ref, row.state, row.requester, row.content_key) if row else None

    def requests(self) -> tuple[RequestRow, ...]:
        query = select(schema.requests).order_by(schema.requests.c.year, schema.requests.c.number)
        return tuple(RequestRow(r.ref, r.state, r.requester, r.content_key) for r in self._db.execute(query))

    def refs_mentioning(self, text: str) -> tuple[str, ...]:
        """The requests in whose forms `text` stands: a quick first look, to be checked by folding them."""
        table = schema.events
        query = select(table.c.ref).distinct().where(
            table.c.kind.in_(("request_received", "request_revised", "request_imported")),
            table.c.data.contains(text, autoescape=True),
        )  # fmt: skip
        return tuple(str(row.ref) for row in self._db.execute(query.order_by(table.c.ref)))

    def requests_with_content(self, content_key: str) -> tuple[RequestRow, ...]:
        query = select(schema.requests).where(schema.requests.c.content_key == content_key)
        return tuple(RequestRow(r.ref, r.state, r.requester, r.content_key) for r in self._db.execute(query))

    def keep_request(self, row: RequestRow, changed: int) -> None:
        """Bring the look-up table up to what the events now say of this request."""
        table = schema.requests
        _, year, number = row.ref.split("-")
        self._db.execute(delete(table).where(table.c.ref == row.ref))
        self._db.execute(insert(table).values(
            ref=row.ref, year=int(year), number=int(number), state=row.state, requester=row.requester,
            content_key=row.content_key, changed=changed,
        ))  # fmt: skip

    def last_change(self) -> int:
        """The seq of the last event that touched a request; 0 when there is none."""
        return int(self._db.execute(select(func.max(schema.requests.c.changed))).scalar() or 0)

    def keep_token(self, code: str, ref: str, seq: int) -> None:
        self._db.execute(insert(schema.tokens).values(code=code, ref=ref, seq=seq))

    def token(self, code: str) -> TokenRow | None:
        row = self._db.execute(
            select(schema.events, schema.tokens.c.code)
            .join(schema.tokens, schema.tokens.c.seq == schema.events.c.seq)
            .where(schema.tokens.c.code == code)
        ).first()
        return TokenRow(row.code, row.ref, read_event(row._mapping)) if row else None  # type: ignore[arg-type]

    # the register's bases, and single values

    def keep_base(
        self, generation: int, sha256: str, cells: Mapping[str, Mapping[str, str]], keep: int
    ) -> None:
        """Remember what the register holds at `generation`; only the last `keep` are needed."""
        table = schema.bases
        self._db.execute(
            delete(table).where(
                (table.c.generation == generation) | (table.c.generation <= generation - keep)
            )
        )
        self._db.execute(
            insert(table).values(generation=generation, sha256=sha256, cells=canonical_json(cells))
        )

    def base(self, generation: int) -> tuple[str, dict[str, dict[str, str]]] | None:
        """(sha256 of the file, cells) as written at `generation`."""
        row = self._db.execute(select(schema.bases).where(schema.bases.c.generation == generation)).first()
        return (row.sha256, json.loads(row.cells)) if row else None

    def last_generation(self) -> int:
        return int(self._db.execute(select(func.max(schema.bases.c.generation))).scalar() or 0)

    def value(self, key: str) -> str:
        row = self._db.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).first()
        return str(row.value) if row else ""

    def keep_value(self, key: str, value: str) -> None:
        self._db.execute(delete(schema.meta).where(schema.meta.c.key == key))
        self._db.execute(insert(schema.meta).values(key=key, value=value))


#: The disk has it before a transaction counts as done, the folder's entry included.
SYNCHRONOUS = "EXTRA"


def _engine(path: Path) -> Engine:
    """An engine whose transactions begin with the write lock, on a file that survives power loss."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _set_up(raw, _record) -> None:  # type: ignore[no-untyped-def]
        # The driver must not begin transactions by itself: it would begin them without the lock.
        raw.isolation_level = None
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
