"""Thousands of requests that begin in one transaction: their lines and look-ups, written in batches."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, insert

from pipeline.journal import schema
from pipeline.journal.chain import canonical_json, chain_hash, read_event, stamp
from pipeline.journal.rows import RequestRow
from pipeline.model import Event

_BATCH = 500


class Bulk:
    """Writing inside the transaction of an Entry, which knows the chain's head."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin_requests(
        self, kind: str, by: str, at: datetime, head: tuple[int, str],
        begun: Iterable[tuple[str, Mapping[str, object]]], row_of: Callable[[Event], RequestRow],
    ) -> Iterator[Event]:  # fmt: skip
        """Append an event for each (number, data) behind `head`, and list its request as `row_of` says.

        Nothing is written that is not iterated over; no other event may be added meanwhile."""
        seq, previous = head
        moment, left = stamp(at), iter(begun)
        while batch := list(islice(left, _BATCH)):
            lines = []
            for ref, data in batch:
                seq, text = seq + 1, canonical_json(data)
                digest = chain_hash(previous, seq, kind, ref, moment, by, text)
                lines.append({
                    "seq": seq, "kind": kind, "ref": ref, "at": moment, "by": by, "data": text,
                    "prev": previous, "hash": digest,
                })  # fmt: skip
                previous = digest
            events = [read_event(line) for line in lines]
            rows = [_request(row_of(event), event.seq) for event in events]
            self._db.execute(insert(schema.events), lines)
            self._db.execute(insert(schema.requests), rows)
            yield from events


def _request(row: RequestRow, changed: int) -> dict[str, object]:
    _, year, number = row.ref.split("-")
    return {
        "ref": row.ref, "year": int(year), "number": int(number), "state": row.state,
        "requester": row.requester, "content_key": row.content_key, "changed": changed,
    }  # fmt: skip
