"""An approver's open questions, as the numbered lines of a digest. Writes and decides nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.approval.approvers import gains
from pipeline.approval.reasons import needs_reason
from pipeline.approval.routes import answerable
from pipeline.approval.tokens import Binding
from pipeline.approval.workflow import WAITING, open_rounds
from pipeline.desks.showing import approval_facts
from pipeline.desks.voices import still_approver
from pipeline.journal import TokenRow
from pipeline.journal.chain import canonical_json
from pipeline.letters.digest import Apart, DigestLine, Left
from pipeline.model import Asked, Case, CaseItem
from pipeline.office import Office
from pipeline.turn import Turn

#: The event that holds a digest's lines and what its code is bound to.
DIGEST_SENT = "digest_sent"
#: Stands for a request's number in what its code is bound to.
DIGEST = "DIGEST"
MOST_LINES = 30
#: Of one line. Who is to decide more items sees them in the approval mail: no digest approves what it hides.
_MOST_ITEMS = 12
#: Of all lines together: Gmail shows 102 KB of a mail.
_MOST_SHOWN = 100
_URGENCY = {"emergency": 0, "urgent": 1}


@dataclass(frozen=True)
class Question:
    """An approver's open question about one request."""

    case: Case
    asked: Asked
    items: tuple[CaseItem, ...]


@dataclass(frozen=True)
class Listed:
    """A line as it was sent: what it was about then."""

    no: int
    ref: str
    revision: int
    digest: str
    round: int
    code: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class Digest:
    """A digest that was sent."""

    number: int
    code: str
    approver: str
    expires: datetime
    message_id: str
    lines: tuple[Listed, ...]


def due_today(office: Office) -> datetime | None:
    """When today's digests are written; None on a day without, or where they are switched off."""
    config, today = office.config, office.today()
    if not config.approval.digest_from or not office.workdays.is_working(today):
        return None
    return datetime.combine(today, config.schedule.digest_at, tzinfo=config.company.zone)


def lists_due(turn: Turn, due: datetime) -> dict[str, tuple[Question, ...]]:
    """Approver -> every question that waits for him since before `due`, where there are enough for a digest.

    Urgent ones first, then the oldest."""
    found: dict[str, list[Question]] = {}
    for row in turn.entry.requests():
        case = turn.case(row.ref) if row.state in WAITING else None
        for asked in open_rounds(case) if case else ():
            if case is not None and asked.asked_at < due and not why_left(turn, case, asked):
                found.setdefault(asked.approver, []).append(Question(case, asked, answerable(case, asked)))
    enough = turn.office.config.approval.digest_from
    return {
        email: tuple(sorted(questions, key=_by_urgency))
        for email, questions in found.items() if len(questions) >= enough
    }  # fmt: skip


def fits(questions: Sequence[Question]) -> tuple[Question, ...]:
    """As many of them as one digest shows."""
    taken: list[Question] = []
    shown = 0
    for question in questions[:MOST_LINES]:
        shown += min(len(question.items), _MOST_ITEMS)
        if taken and shown > _MOST_SHOWN:
            break
        taken.append(question)
    return tuple(taken)


def waiting_for_digest(turn: Turn) -> frozenset[str]:
    """The codes of the questions that today's digest will remind of, until it is written."""
    due = due_today(turn.office)
    if due is None or turn.entry.value("digested") == turn.office.today().isoformat():
        return frozenset()
    lists = lists_due(turn, due).values()
    return frozenset(question.asked.code for questions in lists for question in fits(questions))


def why_left(turn: Turn, case: Case, asked: Asked, line: Listed | None = None) -> Left:
    """Why an answer to this question does not count, or not any more as `line` had it; "" where it does."""
    if line is not None and (case.revision != line.revision or case.digest != line.digest):
        return "revised"
    if not asked.open:
        if case.state in {"withdrawn", "lapsed"}:
            return "lapsed" if case.state == "lapsed" else "withdrawn"
        if any(now.approver == asked.approver for now in open_rounds(case)):
            return "changed"
        return "passed_on" if asked.handed_to or asked.passed_on else "decided"
    if turn.now > asked.expires:
        return "expired"
    if line is not None and tuple(item.item.no for item in answerable(case, asked)) != line.items:
        return "changed"
    person = turn.directory.person(asked.approver)
    if person is None or not still_approver(turn, case, asked):
        return "not_yours"
    return "gains" if gains(turn.directory, person, case.form, case.askers) else ""


def why_apart(case: Case, asked: Asked) -> Apart:
    """Why this question is not approved by digest, though it may be rejected by it."""
    items = answerable(case, asked)
    if needs_reason(asked, items):
        return "reason"
    return "many" if len(items) > _MOST_ITEMS else ""


def digest_facts(turn: Turn, digest: Digest, lines: Mapping[int, Question]) -> dict[str, object]:
    """What a digest shows, also when it asks back after an unclear answer."""
    return {
        "number": digest.number, "code": digest.code, "approver_name": turn.name_of(digest.approver),
        "expires": digest.expires, "lines": tuple(_line(turn, no, lines[no]) for no in sorted(lines)),
    }  # fmt: skip


def _line(turn: Turn, no: int, question: Question) -> DigestLine:
    case, asked = question.case, question.asked
    facts: Mapping[str, Any] = approval_facts(turn, case, asked)
    return DigestLine(
        no=no, ref=case.ref, revision=case.revision, requester=case.form.requester_name,
        department=case.form.requester_department, urgency=case.form.urgency,
        acting_for=facts["acting_for"], as_what=facts["as_what"], afterwards=facts["afterwards"],
        conflicts=facts["conflicts"], signature_also=facts["signature_also"],
        days=int(turn.office.workdays.between(asked.asked_at, turn.now)), items=question.items[:_MOST_ITEMS],
        more=max(0, len(question.items) - _MOST_ITEMS), apart=why_apart(case, asked),
    )  # fmt: skip


def listed(questions: Sequence[Question]) -> list[dict[str, object]]:
    """The lines as the event keeps them: what each was about when it was sent."""
    return [
        {
            "no": no, "ref": q.case.ref, "revision": q.case.revision, "digest": q.case.digest,
            "round": q.asked.round, "code": q.asked.code, "items": [item.item.no for item in q.items],
        }
        for no, q in enumerate(questions, 1)
    ]  # fmt: skip


def lines_digest(lines: object) -> str:
    """SHA-256 over the lines: another line, another revision or other items are another digest."""
    return hashlib.sha256(canonical_json(lines).encode()).hexdigest()


def digest_of(token: TokenRow) -> tuple[Digest, Binding]:
    """The digest that this code was sent with, and what the code is bound to.

    The lines are hashed anew: a code made for other lines does not hold."""
    data: Mapping[str, Any] = token.event.data
    lines = tuple(Listed(**{**line, "items": tuple(line["items"])}) for line in data["lines"])
    expires = datetime.fromisoformat(str(data["expires"]))
    binding = Binding(
        ref=DIGEST, revision=0, round=int(data["round"]), digest=lines_digest(data["lines"]),
        approver=str(data["approver"]), expires=expires,
    )  # fmt: skip
    return Digest(binding.round, token.code, binding.approver, expires, data["message_id"], lines), binding


def _by_urgency(question: Question) -> tuple[int, datetime, str]:
    # What was given before it is signed for is an emergency too.
    return (_URGENCY.get(question.case.form.urgency, 2), question.asked.asked_at, question.case.ref)
