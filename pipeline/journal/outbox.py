"""The letters table: what must still be sent, to whom, and what became of it. Sends nothing itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update

from pipeline.journal import schema
from pipeline.journal.chain import read_stamp, stamp
from pipeline.model import Mail


@dataclass(frozen=True)
class LetterRow:
    """A letter with its final bytes. `waiting` are the recipients no server has accepted it for yet."""

    key: str
    message_id: str
    kind: str
    ref: str
    recipients: tuple[str, ...]
    waiting: tuple[str, ...]
    data: bytes
    state: str
    attempts: int
    queued_at: datetime
    answer: str


class Outbox:
    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, row: LetterRow) -> bool:
        """Queue a letter. A key that is known is the same letter: nothing is added, False comes back."""
        if self.by_key(row.key) is not None:
            return False
        moment = stamp(row.queued_at)
        self._db.execute(insert(schema.letters).values(
            key=row.key, message_id=row.message_id, kind=row.kind, ref=row.ref,
            recipients=json.dumps(row.recipients), waiting=json.dumps(row.waiting), data=row.data,
            state="waiting", attempts=0, next_try=moment, queued_at=moment, sent_at="", answer="",
        ))  # fmt: skip
        return True

    def by_key(self, key: str) -> LetterRow | None:
        return self._one(schema.letters.c.key == key)

    def answered_by(self, mail: Mail) -> Iterator[LetterRow]:
        """Our letters in the thread of `mail`: the one it answers first, then the newest."""
        rows = map(self.by_message_id, (*mail.in_reply_to, *reversed(mail.references)))
        return (row for row in rows if row is not None)

    def by_message_id(self, message_id: str) -> LetterRow | None:
        return self._one(schema.letters.c.message_id == message_id)

    def due(self, now: datetime) -> tuple[str, ...]:
        """The keys of the letters to try now, in the order they were decided."""
        table = schema.letters
        query = (
            select(table.c.key)
            .where(table.c.state == "waiting", table.c.next_try <= stamp(now))
            .order_by(table.c.id)
        )
        return tuple(self._db.execute(query).scalars())

    def all(self, ref: str = "") -> tuple[LetterRow, ...]:
        query = select(schema.letters).order_by(schema.letters.c.id)
        if ref:
            query = query.where(schema.letters.c.ref == ref)
        return tuple(_letter(row) for row in self._db.execute(query))

    def count(self, state: str) -> int:
        query = select(func.count()).select_from(schema.letters).where(schema.letters.c.state == state)
        return int(self._db.execute(query).scalar_one())

    def queued_since(self, kind: str, since: datetime) -> int:
        """How many letters of a kind were queued since then."""
        table = schema.letters
        query = (
            select(func.count())
            .select_from(table)
            .where(table.c.kind == kind, table.c.queued_at >= stamp(since))
        )
        return int(self._db.execute(query).scalar_one())

    def queued_to(self, recipient: str, kinds: tuple[str, ...], since: datetime) -> int:
        """How many letters of these kinds were queued for this one recipient since then."""
        table = schema.letters
        query = select(func.count()).select_from(table).where(
            table.c.recipients == json.dumps([recipient]), table.c.kind.in_(kinds),
            table.c.queued_at >= stamp(since),
        )  # fmt: skip
        return int(self._db.execute(query).scalar_one())

    def queued_like(self, begin: str, since: datetime) -> int:
        """How many letters whose key begins like this were queued since then."""
        table = schema.letters
        query = select(func.count()).select_from(table).where(
            table.c.key >= begin, table.c.key < begin + "\U0010ffff", table.c.queued_at >= stamp(since)
        )  # fmt: skip
        return int(self._db.execute(query).scalar_one())

    def note_try(self, key: str) -> None:
        table = schema.letters
        self._db.execute(update(table).where(table.c.key == key).values(attempts=table.c.attempts + 1))

    def note_sent(self, key: str, at: datetime, answer: str) -> None:
        self._set(key, state="sent", waiting="[]", sent_at=stamp(at), answer=answer[:1000])

    def note_postponed(self, key: str, waiting: tuple[str, ...], until: datetime, answer: str) -> None:
        self._set(key, waiting=json.dumps(waiting), next_try=stamp(until), answer=answer[:1000])

    def note_dead(self, key: str, answer: str) -> None:
        self._set(key, state="dead", answer=answer[:1000])

    def note_bounced(self, key: str, answer: str) -> None:
        """A server took it, and it came back from all its recipients. One not yet sent stays as it is."""
        table = schema.letters
        self._db.execute(
            update(table)
            .where(table.c.key == key, table.c.state == "sent")
            .values(state="bounced", answer=answer[:1000])
        )

    def _set(self, key: str, **values: str) -> None:
        self._db.execute(update(schema.letters).where(schema.letters.c.key == key).values(**values))

    def _one(self, condition: object) -> LetterRow | None:
        row = self._db.execute(select(schema.letters).where(condition)).first()  # type: ignore[arg-type]
        return _letter(row) if row else None


def _letter(row: Row[tuple[object, ...]]) -> LetterRow:
    return LetterRow(
        key=row.key, message_id=row.message_id, kind=row.kind, ref=row.ref,
        recipients=tuple(json.loads(row.recipients)), waiting=tuple(json.loads(row.waiting)), data=row.data,
        state=row.state, attempts=row.attempts, queued_at=read_stamp(row.queued_at), answer=row.answer,
    )  # fmt: skip
