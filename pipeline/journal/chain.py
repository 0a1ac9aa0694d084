"""The hash chain over the events: each hash covers the one before, so that no line can be changed unseen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pipeline.model import Event

#: The "previous hash" of the first event.
GENESIS = "0" * 64
_WIDTH = len("2026-11-24T02:00:00.000000Z")


def canonical_json(data: object) -> str:
    """One text for one value: sorted keys, no spaces, real characters (the idea of RFC 8785)."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def stamp(moment: datetime) -> str:
    """UTC with microseconds, always the same width, so that texts sort as times do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_stamp(text: str) -> datetime:
    """What `stamp` wrote; ValueError for any other form. Every look at a request reads dozens."""
    if len(text) != _WIDTH or not text.endswith("Z"):
        raise ValueError(f"{text!r} is no time of the journal")
    return datetime.fromisoformat(text)


def chain_hash(previous: str, seq: int, kind: str, ref: str, at: str, by: str, data: str) -> str:
    """SHA-256 over the previous hash and every column of the line, as one canonical JSON list."""
    line = canonical_json([previous, seq, kind, ref, at, by, data])
    return hashlib.sha256(b"\x00" + line.encode()).hexdigest()


def check_chain(rows: Iterable[Mapping[str, object]]) -> tuple[int, str, list[str]]:
    """Walk the events in order; (last seq, last hash, what is wrong with which seq)."""
    previous, seq, wrong = GENESIS, 0, []
    for row in rows:
        seq += 1
        if row["seq"] != seq:
            wrong.append(f"event {seq} is missing: the next one is {row['seq']}")
            return seq - 1, previous, wrong
        expected = chain_hash(
            previous, seq, str(row["kind"]), str(row["ref"]), str(row["at"]), str(row["by"]), str(row["data"])
        )
        if row["prev"] != previous or row["hash"] != expected:
            wrong.append(f"event {seq} ({row['kind']} {row['ref']}) was changed after it was written")
        previous = str(row["hash"])
    return seq, previous, wrong


def read_event(row: Mapping[str, object]) -> Event:
    return Event(
        seq=int(str(row["seq"])), kind=str(row["kind"]), ref=str(row["ref"]), at=read_stamp(str(row["at"])),
        by=str(row["by"]), data=json.loads(str(row["data"])), hash=str(row["hash"]),
    )  # fmt: skip
