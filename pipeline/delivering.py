"""Letters out: what is due is sent, at least once and always the same bytes; what fails is tried again."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.desks.undeliverable import tell_undeliverable
from pipeline.journal import LetterRow
from pipeline.mail.post import Post
from pipeline.model import Directory, PipelineError
from pipeline.office import Office
from pipeline.turn import Turn

log = logging.getLogger("akses")

#: A letter that no server takes for this long is given up, and IT told.
_GIVE_UP = timedelta(days=5)


@dataclass(frozen=True)
class Delivered:
    """How many letters a server took, and whether none answered, so that the rest had better wait."""

    letters: int
    down: bool


def deliver(office: Office, directory: Directory, stopped: Callable[[], bool]) -> Delivered:
    """Send what is due. A server that is down ends the attempt; PipelineError where none can be reached."""
    with office.journal.entry() as entry:
        due = entry.outbox.due(office.clock())
    if not due:
        return Delivered(0, False)
    taken = 0
    with closing(office.open_post()) as post:
        for key in due:
            if stopped():
                break
            went = _send_one(office, directory, post, key)
            if went is None:
                return Delivered(taken, True)
            taken += went
    return Delivered(taken, False)


def _send_one(office: Office, directory: Directory, post: Post, key: str) -> bool | None:
    """Try one letter. True when it is done, False when recipients are left, None when no server answers."""
    with office.journal.entry() as entry:
        letter = entry.outbox.by_key(key)
        if letter is None:
            return False
        entry.outbox.note_try(key)
    now = office.clock()
    try:
        delivery = post.send(office.config.portal.address, letter.waiting, letter.data)
    except PipelineError as error:
        log.warning("letter %s waits: %s", letter.key, error)
        with office.journal.entry() as entry:
            entry.outbox.note_postponed(letter.key, letter.waiting, _next_try(letter, now), str(error))
        return None
    refused = "; ".join(f"{r.address}: {r.code} {r.text}" for r in delivery.refused)
    patient = now - letter.queued_at < _GIVE_UP
    later = tuple(r.address for r in delivery.refused if patient and not r.permanent)
    dead = tuple(r.address for r in delivery.refused if not patient or r.permanent)
    with office.journal.entry() as entry:
        if later:
            entry.outbox.note_postponed(letter.key, later, _next_try(letter, now), refused)
        elif delivery.accepted:
            entry.outbox.note_sent(letter.key, now, delivery.reply)
        else:
            entry.outbox.note_dead(letter.key, refused)
        if dead:
            _tell_undeliverable(Turn(office, entry, now, directory), letter, dead, refused)
    return bool(delivery.accepted) and not later


def _next_try(letter: LetterRow, now: datetime) -> datetime:
    """One minute, then doubling up to an hour."""
    return now + timedelta(minutes=min(60, 2**letter.attempts))


def _tell_undeliverable(turn: Turn, letter: LetterRow, dead: tuple[str, ...], answer: str) -> None:
    turn.record("letter_refused", letter.ref, "akses", {"letter": letter.key, "recipients": list(dead)})
    tell_undeliverable(turn, letter, dead, answer)
    turn.close()
