"""The story of one request in plain words, from its events and letters. Reads nothing, decides nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from pipeline.journal import LetterRow
from pipeline.model import Event
from pipeline.register.columns import column_label


@dataclass(frozen=True)
class Told:
    """One sentence of the story and when it was."""

    at: datetime
    text: str


def tell(events: Sequence[Event], letters: Sequence[LetterRow]) -> tuple[Told, ...]:
    """Everything that happened to a request, in the order of time; a letter stands after what caused it."""
    again = _unclear_again(events)
    told = [
        Told(group[0].at, _UNCLEAR_AGAIN if group[0].seq in again else _sentence(group))
        for group in _grouped(events)
    ]
    told += [Told(letter.queued_at, _letter(letter)) for letter in letters]
    return tuple(sorted(told, key=lambda line: line.at))


def _grouped(events: Iterable[Event]) -> Iterable[list[Event]]:
    """Each event alone, but what staff noted about one item in one round together."""

    def together(event: Event) -> tuple[object, ...]:
        if event.kind != "staff_wrote":
            return (event.seq,)
        return event.at, event.data["item"]

    return (list(group) for _, group in groupby(events, together))


def _sentence(group: list[Event]) -> str:
    event = group[0]
    if event.kind == "staff_wrote":
        return _staff(group)
    teller = _TELLERS.get(event.kind)
    return teller(event.by, cast(Mapping[str, Any], event.data)) if teller else event.kind.replace("_", " ")


def _received(by: str, data: Mapping[str, Any]) -> str:
    form = data["form"]
    people = ", ".join(employee["name"] for employee in form["employees"])
    return (
        f"{form['requester_name']} ({by}) asked for {_count(len(data['items']), 'item')} for {people}, "
        f"department {form['requester_department']}"
    )


def _imported(_by: str, data: Mapping[str, Any]) -> str:
    sheets = {row["sheet"] for row in data["rows"]}
    rows = ", ".join(str(row["row"]) for row in data["rows"])
    word = "row" if len(data["rows"]) == 1 else "rows"
    where = f"sheet {', '.join(sorted(sheets))}, {word} {rows}"
    return (
        f"Imported from {data['file']}, {where}: {_count(len(data['items']), 'item')} for "
        f"{data['form']['employees'][0]['name']}; no approval is known (sha256 {data['sha256'][:16]}...)"
    )


def _revised(by: str, data: Mapping[str, Any]) -> str:
    return (
        f"{by} sent revision {data['revision']}: new {_items(item['no'] for item in data['items'])}; "
        f"kept {_items(data['carried'])}; dropped {_items(data['dropped'])}"
    )


def _withdrawn(by: str, data: Mapping[str, Any]) -> str:
    if data.get("overtaken_by"):
        return f"{_items(data['items']).capitalize()} stopped: {data['overtaken_by']} takes the access away"
    reason = f"; reason: {data['reason']}" if data["reason"] else ""
    return f"{by} took back {_items(data['items'])}{reason}"


def _asked(_by: str, data: Mapping[str, Any]) -> str:
    deputy = f", standing in for {data['acting_for']}," if data["acting_for"] else ""
    until = datetime.fromisoformat(data["expires"])
    names = {name for names in data.get("steps", {}).values() for name in names} - {"main"}
    steps = f" for {', '.join(sorted(names)).replace('_', ' ')}" if names else ""
    return (
        f"{data['approver']}{deputy} was asked to decide {_items(data['items'])}{steps} "
        f"(round {data['round']}, until {until:%d/%m/%Y})"
    )


def _reminded(_by: str, data: Mapping[str, Any]) -> str:
    if data.get("digest"):
        return f"{data['approver']} got it in list {data['digest']} of what waits for him"
    return f"{data['approver']} was reminded (reminder {data['number']})"


def _decided(by: str, data: Mapping[str, Any]) -> str:
    decisions: Mapping[str, str] = data["decisions"]
    verdicts = [
        f"{word} {_items(no for no, verdict in decisions.items() if verdict == code)}"
        for code, word in (("approve", "approved"), ("reject", "rejected"))
        if code in decisions.values()
    ]
    why = data["reason"] or data.get("grounds", "")
    reason = f"; reason: {why}" if why else ""
    by = f"{by}, standing in for {data['acting_for']}," if data.get("acting_for") else by
    where = ", in answer to a list" if data.get("through") else ""
    names = ", ".join(data.get("also_for", ()))
    twice = f"; the same person had approved it before, in the name of {names}" if names else ""
    return f"{by} {' and '.join(verdicts)}{where}{reason}{twice} (proof of sender: {data['proof']})"


def _settled(by: str, data: Mapping[str, Any]) -> str:
    names = {name for steps in data["passed"].values() for name in steps}
    if data.get("signed_by"):
        return (
            f"{by} sent the form again, signed by {data['signed_by']} ({data['signature']}): "
            f"{_items(data['passed'])} signed for"
        )
    return (
        f"Nobody is to be heard any more about {_items(data['passed'])}: {', '.join(sorted(names))} "
        "(who was to be heard has left, or the conflict is gone)"
    )


def _staff(group: list[Event]) -> str:
    notes = [
        f"{column_label(str(event.data['column']), 'en').lower()} {event.data['new'] or '(emptied)'}"
        for event in group
    ]
    return f"IT staff noted in the register, item {group[0].data['item']}: {', '.join(notes)}"


def _unclear(_by: str, data: Mapping[str, Any]) -> str:
    return f"The answer decided nothing and was asked back: {data['why']}"


_UNCLEAR_AGAIN = (
    "Another unclear answer: it decided nothing; he had been asked back before, so it got no answer"
)


def _unclear_again(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of the unclear answers after the first to one question: only the first is asked back."""
    asked: set[object] = set()
    again: set[int] = set()
    for event in events:
        if event.kind == "reply_unclear":
            again |= {event.seq} if event.data["code"] in asked else set()
            asked.add(event.data["code"])
    return frozenset(again)


#: What each kind of automatic mail is called where the story is told.
_AUTOMATIC = {
    "auto_reply": "An out-of-office answer",
    "auto_reply_words": "What reads like an out-of-office answer, without any header of a robot,",
    "receipt": "A receipt (the mail was opened or delivered)",
    "calendar": "A calendar's answer",
    "list": "A mail of a list or of bulk post",
}


def _automatic(_by: str, data: Mapping[str, Any]) -> str:
    # Journals of earlier versions do not say whose it was.
    whose = f" under the address {data['from']}" if data.get("from") else ""
    doubt = ", not proven to be from there" if whose and data.get("proof") == "none" else ""
    what = _AUTOMATIC.get(str(data.get("kind", "")), "An automatic answer")
    if data.get("through"):
        return f"{what} came in{whose}, to {data['through']}: he is away for this question as well"
    return f"{what} came in{whose}{doubt}: it decides nothing"


def _bounced(_by: str, data: Mapping[str, Any]) -> str:
    # Journals of earlier versions name the letter by its key alone.
    kind = str(data.get("letter_kind") or str(data["letter"]).partition("/")[0])
    whom = f" to {', '.join(data['recipients'])}" if data.get("recipients") else ""
    words = "" if data.get("report", True) else ", by its words alone"
    told = "" if kind == "undeliverable" else "; IT was told"
    return (
        f"A mail{whom} came back as undeliverable{words}: {_LETTERS.get(kind, kind.replace('_', ' '))}{told}"
    )


#: To tell a new kind of event: its line here; without one its name is shown.
_TELLERS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "request_received": _received,
    "request_imported": _imported,
    "request_revised": _revised,
    "approval_asked": _asked,
    "approver_missing": lambda _by, data: f"Nobody may decide this; looked for: {data['roles']}",
    "decision_recorded": _decided,
    "steps_settled": _settled,
    "question_closed": lambda _by, data: (
        f"The question to {', '.join(data['approvers'])} was closed: they cannot answer it any more"
    ),
    "request_withdrawn": _withdrawn,
    "approval_reminded": _reminded,
    "approval_escalated": lambda _by, data: f"{data['from']} has not answered: somebody else is to be asked",
    "access_ended": lambda _by, data: (
        f"{data['by'] + ' refused the' if data.get('by') else 'No'} sign-off for {_items(data['items'])}: "
        "the access is to be taken away" + (f"; reason: {data['reason']}" if data["reason"] else "")
    ),
    "request_lapsed": lambda _by, data: f"Nobody decided {_items(data['items'])} in time: lapsed",
    "reply_unclear": _unclear,
    "reply_late": lambda _by, _data: "An answer came to a question that is no longer open: nothing changed",
    "automatic_answer": _automatic,
    "deputy_brought_in": lambda _by, data: (
        f"{data['deputy']} is asked as the deputy of {data['approver']}: {data['why']}"
    ),
    "form_repeated": lambda by, _data: f"{by} sent the same form again: nothing changed",
    "provision_asked": lambda _by, data: f"IT staff were asked to do {_items(data['items'])}",
    "request_completed": lambda _by, _data: "Everything that was approved is done: the request is complete",
    "letter_refused": lambda _by, data: f"A mail was refused for {', '.join(data['recipients'])}",
    "letter_bounced": _bounced,
}

#: What each kind of letter is called where the story is told.
_LETTERS = {
    "returned": "the form back, with its problems",
    "received": "confirmation that the form has arrived",
    "duplicate": "note that this form is already known",
    "withdrawn": "confirmation of the withdrawal",
    "withdraw_unclear": "question what was to be withdrawn",
    "withdrawn_notice": "note that it was withdrawn",
    "overtaken": "note to the requester that a revocation has stopped it",
    "status": "answer how it stands",
    "reminder": "reminder to decide",
    "objection": "what the approver asked before says of it",
    "passed_on": "note that somebody else was asked",
    "lapsed": "note that nobody decided in time",
    "ended": "note to the requester that emergency access is taken away",
    "take_away": "work order to take emergency access away",
    "approval": "approval mail",
    "unclear": "question what was meant",
    "recorded": "confirmation of the decision to the approver",
    "decided": "the decision to the requester",
    "provision": "work order to IT staff",
    "ready": "note to the requester that access is ready",
    "ready_employee": "note to the employee that access is ready",
    "late": "note that the question is no longer open",
    "undeliverable": "note to IT about an undeliverable mail",
    "approver_missing": "note that nobody may decide",
}
_STATES = {
    "sent": "sent",
    "waiting": "not sent yet",
    "dead": "REFUSED by the mail server",
    "bounced": "sent, but CAME BACK",
}


def _letter(letter: LetterRow) -> str:
    what = _LETTERS.get(letter.kind, letter.kind.replace("_", " "))
    return f"Mail to {', '.join(letter.recipients)}: {what} ({_STATES.get(letter.state, letter.state)})"


def _items(numbers: Iterable[object]) -> str:
    listed = [str(number) for number in numbers]
    if not listed:
        return "none"
    return f"item{'s' if len(listed) > 1 else ''} {', '.join(listed)}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
