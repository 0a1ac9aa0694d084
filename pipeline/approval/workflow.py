"""A request's life: its events folded into what is known now. Pure: no clock, no mail, no file.

submitted -> awaiting_approval -> approved | partly_approved | rejected
approved, partly_approved -> provisioning -> completed
rejected, partly_approved -> (corrected form) -> awaiting_approval, same number, next revision
anything not yet provisioned -> (BATAL of its requester) -> withdrawn
awaiting_approval -> (nobody answers in time) -> lapsed
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast

from pipeline.approval.items import CANCELLED, DONE, IN_PROGRESS, from_plain, was_granted
from pipeline.model import AccessItem, Asked, Case, CaseItem, Event, Form, RequestState


def fold(events: Iterable[Event]) -> Case | None:
    """What the events of one request add up to; None where there is no request in them."""
    draft: _Draft | None = None
    for event in events:
        if event.kind == "request_received":
            draft = _received(event)
        elif draft is not None and event.kind in _HANDLERS:
            _HANDLERS[event.kind](draft, event)
    return draft.case() if draft else None


def open_items(case: Case) -> tuple[CaseItem, ...]:
    """Items nobody has decided yet."""
    return tuple(item for item in case.items if item.status == "requested")


def open_round(case: Case) -> Asked | None:
    """The question that waits for its answer."""
    return next((asked for asked in case.asked if asked.open), None)


def live_items(case: Case) -> tuple[CaseItem, ...]:
    """Items of the present revision: all but the cancelled ones."""
    return tuple(item for item in case.items if item.status != "cancelled")


def all_done(case: Case) -> bool:
    """Has everything approved been provisioned, with nothing left to decide?"""
    settled = not open_items(case) and all(item.status != "approved" for item in case.items)
    return settled and case.state in {"approved", "partly_approved", "provisioning"}


def withdrawable(case: Case) -> tuple[CaseItem, ...]:
    """Items that their requester can still take back: undecided, or approved and not done."""
    return tuple(item for item in case.items if item.status in {"requested", "approved"})


def may_revise(case: Case) -> bool:
    """A corrected form is taken while something is undecided or was rejected (SOP 5.4)."""
    return case.state == "awaiting_approval" or any(item.status == "rejected" for item in case.items)


@dataclass
class _Draft:
    """The case while its events are being read."""

    ref: str
    requester: str
    askers: list[str]
    received_at: datetime
    revised_at: datetime
    revision: int = 0
    form: Form | None = None
    digest: str = ""
    content_key: str = ""
    form_sha256: str = ""
    mail_sha256: str = ""
    items: dict[int, CaseItem] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    decided_at: datetime | None = None
    completed_at: datetime | None = None
    thread: list[str] = field(default_factory=list)
    unclear_asked: int = 0
    escalated: bool = False
    lapsed: bool = False

    def case(self) -> Case:
        items = tuple(self.items[no] for no in sorted(self.items))
        return Case(
            ref=self.ref, revision=self.revision, state=_state(items, self.completed_at, self.lapsed),
            form=cast(Form, self.form), requester=self.requester, askers=tuple(self.askers), items=items,
            digest=self.digest,
            content_key=self.content_key, asked=tuple(self.asked), received_at=self.received_at,
            revised_at=self.revised_at, decided_at=self.decided_at, completed_at=self.completed_at,
            form_sha256=self.form_sha256, mail_sha256=self.mail_sha256, thread=tuple(self.thread),
            unclear_asked=self.unclear_asked,
        )  # fmt: skip


def _state(items: Sequence[CaseItem], completed_at: datetime | None, lapsed: bool) -> RequestState:
    granted = [item for item in items if was_granted(item)]
    live = [item for item in items if item.status != "cancelled" or was_granted(item)]
    if any(item.status == "requested" for item in live):
        return "awaiting_approval"
    # Staff may empty a cell again: then the work is not done, whatever was said before.
    if completed_at is not None and all(item.status != "approved" for item in granted):
        return "completed"
    if not granted:
        return "rejected" if live else "lapsed" if lapsed else "withdrawn"
    if any(item.status != "approved" or item.staff.get("status") == IN_PROGRESS for item in granted):
        return "provisioning"
    return "partly_approved" if len(granted) < len(live) else "approved"


def _received(event: Event) -> _Draft:
    requester = str(event.data["requester"])
    draft = _Draft(event.ref, requester, [requester], event.at, event.at)
    _take_content(draft, event)
    return draft


def _revised(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    carried = {no: draft.items[no] for no in data["carried"]}
    dropped = {no: replace(draft.items[no], status="cancelled") for no in data["dropped"]}
    gone = {no: item for no, item in draft.items.items() if item.status == "cancelled"}
    draft.items = {**gone, **dropped, **carried}
    _take_content(draft, event)
    # Whoever sent the revision asks from here on: he is told, and may not decide.
    draft.requester = event.by
    draft.askers = list(dict.fromkeys((*draft.askers, event.by)))
    draft.revised_at, draft.decided_at, draft.completed_at = event.at, None, None
    draft.asked = [replace(asked, open=False) for asked in draft.asked]
    draft.unclear_asked = 0
    draft.escalated = draft.lapsed = False


def _take_content(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.revision = data["revision"]
    draft.form = from_plain(Form, data["form"])
    draft.digest, draft.content_key = data["digest"], data["content_key"]
    draft.form_sha256, draft.mail_sha256 = data["form_sha256"], data["mail_sha256"]
    if data["message_id"]:
        draft.thread.append(data["message_id"])
    for item in from_plain(tuple[AccessItem, ...], data["items"]):
        draft.items[item.no] = CaseItem(item, "requested")


def _asked(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.asked = [replace(asked, open=False) for asked in draft.asked]
    draft.asked.append(
        Asked(
            round=data["round"],
            code=data["code"],
            approver=data["approver"],
            acting_for=data["acting_for"],
            expires=datetime.fromisoformat(data["expires"]),
            message_id=data["message_id"],
            items=tuple(data["items"]),
            open=True,
            asked_at=event.at,
            escalated=draft.escalated,
        )
    )


def _reminded(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.asked = [
        replace(asked, reminded=data["number"]) if asked.round == data["round"] else asked
        for asked in draft.asked
    ]


def _escalated(draft: _Draft, _event: Event) -> None:
    # Also where nobody else could be asked: once in a revision is enough.
    draft.escalated = True
    draft.asked = [replace(asked, escalated=asked.open or asked.escalated) for asked in draft.asked]


def _lapsed(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.lapsed = True
    _drop(draft, data["items"], "", event.at)


def _decided(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    for number, verdict in data["decisions"].items():
        draft.items[int(number)] = replace(
            draft.items[int(number)],
            status="approved" if verdict == "approve" else "rejected",
            reason=data["reason"] if verdict == "reject" else "",
            decided_by=data["approver"], decided_at=event.at, decided_event=event.seq,
        )  # fmt: skip
    draft.asked = [replace(asked, open=False) for asked in draft.asked]
    if not any(item.status == "requested" for item in draft.items.values()):
        draft.decided_at = event.at


def _unclear(draft: _Draft, _event: Event) -> None:
    draft.unclear_asked += 1


def _automatic(draft: _Draft, event: Event) -> None:
    """An out-of-office answer of who is asked now, to the letter that asks him; all else is only noted."""
    data = event.data
    if data.get("kind") != "auto_reply" or not data.get("code") or data.get("proof", "none") == "none":
        return
    draft.asked = [
        replace(asked, away_since=event.at)
        if asked.open and (asked.code, asked.approver) == (data["code"], data.get("from"))
        else asked
        for asked in draft.asked
    ]


def _handed(draft: _Draft, event: Event) -> None:
    deputy, code = str(event.data["deputy"]), event.data["code"]
    draft.asked = [
        replace(asked, open=False, handed_to=deputy) if asked.code == code else asked for asked in draft.asked
    ]


def _staff_wrote(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    old = draft.items[data["item"]]
    staff = {**old.staff, data["column"]: data["new"]}
    status, provisioned_at = old.status, old.provisioned_at
    if was_granted(old):
        status = "approved"
        if staff.get("status") == DONE:
            status = "revoked" if old.item.action == "revoke" or staff.get("revoked_on") else "provisioned"
        elif staff.get("status") == CANCELLED:
            status = "cancelled"
        provisioned_at = (old.provisioned_at or event.at) if status in {"provisioned", "revoked"} else None
    draft.items[data["item"]] = replace(old, staff=staff, status=status, provisioned_at=provisioned_at)


def _withdrawn(draft: _Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    _drop(draft, data["items"], data["reason"], event.at)


def _drop(draft: _Draft, numbers: Iterable[int], reason: str, at: datetime) -> None:
    for number in numbers:
        draft.items[number] = replace(draft.items[number], status="cancelled", reason=reason)
    if not any(item.status == "requested" for item in draft.items.values()):
        # Nothing is left to answer: who answers all the same is told so.
        draft.asked = [replace(asked, open=False) for asked in draft.asked]
        if any(item.decided_at for item in draft.items.values()):
            draft.decided_at = draft.decided_at or at


def _completed(draft: _Draft, event: Event) -> None:
    draft.completed_at = event.at


_HANDLERS: dict[str, Callable[[_Draft, Event], None]] = {
    "request_revised": _revised,
    "approval_asked": _asked,
    "decision_recorded": _decided,
    "reply_unclear": _unclear,
    "automatic_answer": _automatic,
    "deputy_brought_in": _handed,
    "approval_reminded": _reminded,
    "approval_escalated": _escalated,
    "request_withdrawn": _withdrawn,
    "request_lapsed": _lapsed,
    "staff_wrote": _staff_wrote,
    "request_completed": _completed,
}
