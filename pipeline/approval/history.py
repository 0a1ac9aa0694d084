"""The events of a request, one by one: what each changes in what is known of it. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from pipeline.approval.draft import Draft
from pipeline.approval.items import CANCELLED, DONE, from_plain, imported_status, was_granted
from pipeline.approval.routes import steps_asked
from pipeline.model import MAIN, AccessItem, Asked, CaseItem, Event, Form, Step, Vote

#: Why a deputy is asked for as long as his dates in the directory run, and no longer.
DATES_RUN = "the deputy's dates run"


def begin(event: Event) -> Draft:
    requester = str(event.data["requester"])
    draft = Draft(event.ref, requester, [requester], event.at, event.at)
    _take_content(draft, event)
    return draft


def _revised(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    carried = {no: draft.items[no] for no in data["carried"]}
    dropped = {no: replace(draft.items[no], status="cancelled") for no in data["dropped"]}
    gone = {no: item for no, item in draft.items.items() if item.status == "cancelled"}
    draft.items = {**gone, **dropped, **carried}
    _take_content(draft, event)
    # Whoever sent the revision asks from here on: he is told, and may not decide.
    draft.requester = event.by
    draft.askers = list(dict.fromkeys((*draft.askers, event.by)))
    draft.revised_at, draft.decided_at, draft.completed_at, draft.closed_at = event.at, None, None, None
    draft.asked = [replace(asked, open=False) for asked in draft.asked]
    draft.unclear_asked = 0
    draft.lapsed = False


def _take_content(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.revision = data["revision"]
    draft.form = from_plain(Form, data["form"])
    draft.digest, draft.content_key = data["digest"], data["content_key"]
    draft.form_sha256, draft.mail_sha256 = data["form_sha256"], data["mail_sha256"]
    if data["message_id"]:
        draft.thread.append(data["message_id"])
    for item in from_plain(tuple[AccessItem, ...], data["items"]):
        draft.items[item.no] = CaseItem(item, "requested", route=_route(data, item.no))


def _route(data: Mapping[str, Any], number: int) -> tuple[Step, ...]:
    steps = data.get("routes", {}).get(str(number))
    return from_plain(tuple[Step, ...], steps) if steps else (MAIN,)


def _asked(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    # Where it is not said which questions this one replaces, there was never more than one.
    replaced = data.get("replaces")
    draft.asked = [
        replace(asked, open=False) if replaced is None or asked.round in replaced else asked
        for asked in draft.asked
    ]
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
            escalated=data.get("escalated", False),
            steps={int(no): tuple(names) for no, names in data.get("steps", {}).items()},
        )
    )


def _reminded(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.asked = [
        replace(asked, reminded=data["number"]) if asked.round == data["round"] else asked
        for asked in draft.asked
    ]


def _escalated(draft: Draft, event: Event) -> None:
    # Also where nobody else could be asked: once is enough.
    draft.asked = [
        replace(asked, passed_on=True) if asked.round == event.data["round"] else asked
        for asked in draft.asked
    ]


def _lapsed(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.lapsed = True
    _drop(draft, data["items"], "", event.at)
    for number in data["items"]:
        draft.items[number] = replace(draft.items[number], lapsed_at=event.at)


def _decided(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    asked = next((asked for asked in draft.asked if asked.round == data["round"]), None)
    for number, verdict in data["decisions"].items():
        item = draft.items[int(number)]
        draft.items[int(number)] = (
            _approved(item, event, asked) if verdict == "approve" else _rejected(item, event)
        )
    draft.asked = [
        replace(asked, open=False) if asked.round == data["round"] else asked for asked in draft.asked
    ]
    if not any(item.status == "requested" for item in draft.items.values()):
        draft.decided_at = draft.decided_at or event.at


def _approved(item: CaseItem, event: Event, asked: Asked | None) -> CaseItem:
    """One more voice for this item; with the last one it is approved."""
    data = cast(Mapping[str, Any], event.data)
    number = item.item.no
    done = data.get("passed", {}).get(str(number), [] if "passed" in data else [MAIN.name])
    names = steps_asked(asked, number) if asked else (MAIN.name,)
    vote = Vote(names, data["approver"], data.get("acting_for", ""), event.at, event.seq)
    passed = tuple(dict.fromkeys((*item.passed, *done)))
    item = replace(item, passed=passed, votes=(*item.votes, vote))
    if any(step.reason and step.name in names for step in item.route):
        item = replace(item, reason=data.get("grounds", ""))
    if item.status != "requested" or not item.all_said:
        return item
    return replace(
        item, status="approved", decided_by=data["approver"], decided_at=event.at, decided_event=event.seq
    )


def _settled(draft: Draft, event: Event) -> None:
    """Steps that are done with though nobody has spoken just now."""
    for number, names in cast(Mapping[str, Any], event.data)["passed"].items():
        item = draft.items[int(number)]
        passed = tuple(dict.fromkeys((*item.passed, *names)))
        item = replace(item, passed=passed)
        if item.status == "requested" and item.all_said:
            item = replace(
                item, status="approved", decided_by=item.votes[-1].by if item.votes else "",
                decided_at=event.at, decided_event=event.seq,
            )  # fmt: skip
        draft.items[int(number)] = item
    if not any(item.status == "requested" for item in draft.items.values()):
        draft.decided_at = draft.decided_at or event.at


def _closed(draft: Draft, event: Event) -> None:
    """Questions that those who were asked cannot answer any more, with nobody else to be asked."""
    rounds = cast(Mapping[str, Any], event.data)["rounds"]
    draft.asked = [replace(a, open=False) if a.round in rounds else a for a in draft.asked]


def _rejected(item: CaseItem, event: Event) -> CaseItem:
    if item.status != "requested":
        # Access given before its sign-off: what becomes of it, `access_ended` tells.
        return item
    return replace(
        item, status="rejected", reason=str(event.data["reason"]), decided_by=str(event.data["approver"]),
        decided_at=event.at, decided_event=event.seq,
    )  # fmt: skip


def _ended(draft: Draft, event: Event) -> None:
    """Access that was given in an emergency and not signed for: not to be given any more, or taken away."""
    data = cast(Mapping[str, Any], event.data)
    refuser = data.get("by", "")
    draft.closed_at = event.at
    draft.lapsed = draft.lapsed or not refuser
    for number in data["items"]:
        item = draft.items[number]
        if item.status == "approved" and refuser:
            draft.items[number] = replace(
                item, status="rejected", reason=data["reason"], decided_by=refuser, decided_at=event.at,
                decided_event=event.seq,
            )  # fmt: skip
        elif item.status == "approved":
            draft.items[number] = replace(item, status="cancelled", reason=data["reason"], ended_at=event.at)
        else:
            draft.items[number] = replace(item, ended_at=event.at)


def _unclear(draft: Draft, _event: Event) -> None:
    draft.unclear_asked += 1


def _automatic(draft: Draft, event: Event) -> None:
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


def _handed(draft: Draft, event: Event) -> None:
    deputy, code = str(event.data["deputy"]), event.data["code"]
    for_good = event.data.get("why") != DATES_RUN
    draft.asked = [
        replace(asked, open=False, handed_to=deputy, handed_for_good=for_good)
        if asked.code == code
        else asked
        for asked in draft.asked
    ]


def _staff_wrote(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    old = draft.items[data["item"]]
    staff = {**old.staff, data["column"]: data["new"]}
    status, provisioned_at = old.status, old.provisioned_at
    if old.origin is not None:
        status = imported_status(old, staff, data["column"])
    elif was_granted(old) and not (old.status == "cancelled" and old.ended_at):
        status = "approved"
        if staff.get("status") == DONE:
            status = "revoked" if old.item.action == "revoke" or staff.get("revoked_on") else "provisioned"
        elif staff.get("status") == CANCELLED:
            status = "cancelled"
        provisioned_at = (old.provisioned_at or event.at) if status in {"provisioned", "revoked"} else None
    draft.items[data["item"]] = replace(old, staff=staff, status=status, provisioned_at=provisioned_at)


def _withdrawn(draft: Draft, event: Event) -> None:
    data = cast(Mapping[str, Any], event.data)
    draft.lapsed = False
    _drop(draft, data["items"], data["reason"], event.at)


def _drop(draft: Draft, numbers: Iterable[int], reason: str, at: datetime) -> None:
    draft.closed_at = at
    for number in numbers:
        draft.items[number] = replace(draft.items[number], status="cancelled", reason=reason)
    if not any(item.status == "requested" for item in draft.items.values()):
        # Nothing is left to answer: who answers all the same is told so.
        draft.asked = [replace(asked, open=False) for asked in draft.asked]
        if any(item.decided_at for item in draft.items.values()):
            draft.decided_at = draft.decided_at or at


def _completed(draft: Draft, event: Event) -> None:
    draft.completed_at = event.at


HANDLERS: dict[str, Callable[[Draft, Event], None]] = {
    "request_revised": _revised,
    "approval_asked": _asked,
    "decision_recorded": _decided,
    "steps_settled": _settled,
    "question_closed": _closed,
    "reply_unclear": _unclear,
    "automatic_answer": _automatic,
    "deputy_brought_in": _handed,
    "approval_reminded": _reminded,
    "approval_escalated": _escalated,
    "request_withdrawn": _withdrawn,
    "request_lapsed": _lapsed,
    "access_ended": _ended,
    "staff_wrote": _staff_wrote,
    "request_completed": _completed,
}
