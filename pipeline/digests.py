"""One mail on each working day for an approver with many open questions: the digest. Reads no answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.approval.tokens import Binding
from pipeline.approval.waiting import reminders_due
from pipeline.desks.deadlines import patience_for
from pipeline.desks.listing import (
    DIGEST,
    DIGEST_SENT,
    Digest,
    Question,
    digest_facts,
    due_today,
    fits,
    lines_digest,
    listed,
    lists_due,
)
from pipeline.model import Directory, Letter
from pipeline.office import Office
from pipeline.turn import Turn

#: A digest is of today; the next one is never far, and each approval mail is valid for much longer.
_MOST_DAYS = 3


def write_digests(office: Office, directory: Directory) -> None:
    """Write today's digests, from `schedule.digest_at` on, where they are not written yet."""
    due, now = due_today(office), office.clock()
    if due is None or now < due:
        return
    today = office.today().isoformat()
    with office.journal.entry() as entry:
        if entry.value("digested") == today:
            return
        turn = Turn(office, entry, now, directory)
        for approver, questions in lists_due(turn, due).items():
            _write(turn, approver, questions)
        entry.keep_value("digested", today)
        turn.close()


def _write(turn: Turn, approver: str, questions: Sequence[Question]) -> None:
    shown = fits(questions)
    number = int(turn.entry.value("digests") or 0) + 1
    turn.entry.keep_value("digests", str(number))
    key, lines = f"digest/{number}", listed(shown)
    binding = Binding(
        ref=DIGEST, revision=0, round=number, digest=lines_digest(lines), approver=approver,
        expires=_expiry(turn),
    )  # fmt: skip
    code = turn.mint(binding)
    event = turn.record(DIGEST_SENT, "", "akses", {
        "round": number, "digest": binding.digest, "approver": approver, "code": code, "lines": lines,
        "expires": binding.expires.isoformat(), "message_id": turn.id_of(key, code), "open": len(questions),
    })  # fmt: skip
    turn.entry.keep_token(code, "", event.seq)
    for question in shown:
        _note_reminder(turn, question, number)
    digest = Digest(number, code, approver, binding.expires, turn.id_of(key, code), ())
    turn.write(Letter(
        key=key, kind="digest", to=(approver,), token=code, language=turn.language_of(approver),
        facts=digest_facts(turn, digest, dict(enumerate(shown, 1))) | {"more": len(questions) - len(shown)},
    ))  # fmt: skip


def _note_reminder(turn: Turn, question: Question, number: int) -> None:
    """The digest reminds of it, and stands for every single reminder that would be due until tonight."""
    case, asked, office = question.case, question.asked, turn.office
    tomorrow = office.today() + timedelta(days=1)
    tonight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=office.config.company.zone)
    due = reminders_due(asked, patience_for(office.config, case), tonight, office.workdays.between)
    turn.record("approval_reminded", case.ref, "akses", {
        "round": asked.round, "number": max(asked.reminded, due), "approver": asked.approver,
        "digest": number,
    })  # fmt: skip


def _expiry(turn: Turn) -> datetime:
    days = min(turn.office.config.approval.valid_days, _MOST_DAYS)
    return (turn.now + timedelta(days=days)).replace(microsecond=0)
