"""status: what came in, how each mail ended, what waits for whom, and the story of one request."""

import re
from collections import Counter
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.approval.workflow import fold
from pipeline.commands.onlooking import has_journal, look
from pipeline.commands.saying import BadUsage, Heading, console, make_table, plain, print_json, when
from pipeline.commands.telling import Told, tell
from pipeline.commands.waits import waits_of, workdays_of
from pipeline.config import read_config
from pipeline.directory import read_directory
from pipeline.journal import Entry, read_stamp
from pipeline.model import REQUEST_NUMBER, Case, CaseItem, PipelineError
from pipeline.settings import Config
from pipeline.turn import all_cases
from pipeline.workdays import Workdays

#: The approval codes that answers carry in their subjects decide requests: they are not for showing.
_CODE = re.compile(r"\s*\[?\bAK\d-[0-9A-Z]+\]?", re.ASCII)
_REF = re.compile(REQUEST_NUMBER)


def status(config_file: Path, ref: str, as_json: bool, mails: bool = False) -> int:
    """All requests and the mail ledger, or the story of one request; 1 when the request is unknown."""
    config = read_config(config_file)
    if ref:
        return _one(config, known_ref(ref), as_json)
    data = summary(config)
    if as_json:
        print_json(data)
        return 0
    screen = console()
    if not has_journal(config):
        screen.print(f"Nothing has come in yet: there is no journal in {config.files.state}.")
        screen.print("The first `run.py poll --once` makes it.")
        return 0
    print_summary(config, data, screen)
    if mails:
        screen.print(_mail_table(config, data["mails"]["list"]))
    return 0


def known_ref(text: str) -> str:
    """A request's number as typed, in capitals. BadUsage when it does not look like one."""
    ref = text.strip().upper()
    if not _REF.fullmatch(ref):
        raise BadUsage(f"{plain(text)!r} is no request number.", "Write it as REQ-2026-0001.")
    return ref


def summary(config: Config) -> dict[str, Any]:
    """Every mail with its one outcome, letters by state, every request with its state."""
    with look(config) as entry:
        mails = _mails(entry)
        cases = all_cases(entry)
        letters = {state: entry.outbox.count(state) for state in ("waiting", "sent", "dead", "bounced")}
        seq, head = entry.head()
    decided = [mail for mail in mails if mail["outcome"]]
    workdays = workdays_of(config)
    return {
        "mails": {
            "in": len(mails),
            "outcomes": dict(Counter(mail["outcome"] or "undecided" for mail in mails)),
            "reasons": dict(Counter(f"{mail['outcome']}: {mail['reason']}" for mail in decided)),
            "list": mails,
        },
        "letters": letters,
        "requests": [_facts(case, config, workdays) for case in cases],
        "sender_proof": config.sender_proof.mode,
        "head": f"{seq}:{head}",
    }


def print_summary(config: Config, data: dict[str, Any], screen: Console) -> None:
    """The same as tables for a person."""
    screen.print(_request_table(data["requests"]))
    waiting = [(row["ref"], row["urgency"], wait) for row in data["requests"] for wait in row["waits"]]
    if waiting:
        screen.print(_wait_table(config, waiting))
    reasons = sorted(data["mails"]["reasons"].items())
    rows = [(*reason.split(": ", 1), str(count)) for reason, count in reasons]
    undecided = data["mails"]["outcomes"].get("undecided", 0)
    if undecided:
        rows.append(("undecided", "is tried again in the next poll", str(undecided)))
    headings = (Heading("outcome", True), Heading("reason"), Heading("count", True, "right"))
    screen.print(make_table(f"Mails: {data['mails']['in']} in", headings, rows))
    letters = data["letters"]
    screen.print(
        f"Letters: {letters['sent']} sent, {letters['waiting']} waiting, {letters['dead']} refused, "
        f"{letters['bounced']} came back"
    )
    if config.sender_proof.mode == "token-only":
        screen.print("Sender proof is token-only: whoever gets hold of an approval mail can answer it.")


def _wait_table(config: Config, waiting: list[tuple[str, str, dict[str, Any]]]) -> Table:
    """What waits for whom since when, the urgent and then the soonest due first."""
    headings = (
        Heading("number", True), Heading("waits for"), Heading("items"), Heading("since", True),
        Heading("then", True),
    )  # fmt: skip
    order, names = {"emergency": 0, "urgent": 1}, _names_of(config)
    rows = [
        (
            ref if urgency == "normal" else f"{ref}\n{urgency}", _whom(config, names, wait),
            ", ".join(map(str, wait["items"])), _moment(config, wait["since"]), _then(config, wait),
        )
        for ref, urgency, wait in sorted(
            waiting, key=lambda one: (order.get(one[1], 2), one[2]["due"] or "9", one[0])
        )
    ]  # fmt: skip
    return make_table(f"Waiting: {len(rows)}", headings, rows)


def _names_of(config: Config) -> dict[str, str]:
    """Address -> name, by the directory; nobody where it cannot be read, which is not for this command."""
    try:
        people = read_directory(config.files.directory.read_bytes()).people
    except (OSError, PipelineError):
        return {}
    return {person.email: plain(person.name) for person in people}


def _whom(config: Config, names: dict[str, str], wait: dict[str, Any]) -> str:
    """Whose move it is, what for, and that he is away where he answered so."""
    steps = ", ".join(name.replace("_", " ") for name in wait["steps"])
    lines = [_name(names, str(wait["whom"])), steps]
    if wait["away_since"]:
        lines.append(f"out of office since {_moment(config, wait['away_since'])}")
    return "\n".join(line for line in lines if line and line != "main")


def _name(names: dict[str, str], email: str) -> str:
    return names.get(email) or email.replace("@", "\n@")


def _then(config: Config, wait: dict[str, Any]) -> str:
    """What comes next by itself, each in its own line."""
    # An approver's question is passed on; access that nobody signs for ends; IT's work has its day.
    due = "due" if wait["whom"] == "IT" else "passed on" if wait["lapses"] else "ends"
    said = (("reminder", wait["reminder"]), (due, wait["due"]), ("lapses", wait["lapses"]))
    return "\n".join(f"{what} {_moment(config, at)}" for what, at in said if at) or "-"


def _moment(config: Config, text: str) -> str:
    """Short enough for a table of five columns: the year is that of the request's number, or the next."""
    moment = datetime.fromisoformat(text) if text else None
    return f"{moment.astimezone(config.company.zone):%d/%m %H:%M}" if moment else "-"


def _request_table(requests: list[dict[str, Any]]) -> Table:
    headings = (
        Heading("number", True), Heading("rev", True, "right"), Heading("state", True), Heading("items"),
        Heading("department"), Heading("for"),
    )  # fmt: skip
    rows = [
        (
            row["ref"], str(row["revision"]), _words(row["state"]),
            ", ".join(f"{count} {state}" for state, count in row["items"].items()),
            plain(row["department"]), plain(", ".join(row["employees"])),
        )
        for row in requests
    ]  # fmt: skip
    return make_table(f"Requests: {len(rows)}", headings, rows)


def _mails(entry: Entry) -> list[dict[str, Any]]:
    """Every mail ever fetched, oldest first: when, from whom, about what, and how it ended."""
    return [
        {
            "sha256": mail.sha256, "first_seen": read_stamp(mail.first_seen).isoformat(),
            "sender": parseaddr(mail.sender)[1] or plain(mail.sender), "from": mail.sender,
            "subject": _without_codes(mail.subject), "outcome": mail.outcome, "reason": mail.reason,
            "ref": mail.ref, "attempts": mail.attempts,
        }
        for mail in entry.all_mails()
    ]  # fmt: skip


def _without_codes(subject: str) -> str:
    return _CODE.sub("", subject)


def _mail_table(config: Config, mails: list[dict[str, Any]]) -> Table:
    headings = (Heading("first seen", True), Heading("outcome", True), Heading("sender, subject"))
    rows = [
        (
            when(datetime.fromisoformat(mail["first_seen"]), config.company.zone),
            "\n".join(text for text in (mail["outcome"] or "undecided", mail["reason"], mail["ref"]) if text),
            f"{plain(mail['sender']) or '-'}\n{plain(mail['subject']) or '-'}",
        )
        for mail in mails
    ]
    return make_table("Mail by mail", headings, rows)


def _one(config: Config, ref: str, as_json: bool) -> int:
    """The whole story of one request, in the order of time."""
    with look(config) as entry:
        events = entry.events(ref=ref)
        letters = entry.outbox.all(ref=ref)
        mails = [mail for mail in _mails(entry) if mail["ref"] == ref]
    case = fold(events)
    if case is None:
        raise PipelineError(f"{ref} is not known.", "`run.py status` lists all requests.")
    story = tell(events, letters)
    if as_json:
        print_json({
            **_facts(case, config, workdays_of(config)),
            "item_list": [_item(item) for item in case.items],
            "story": [{"at": line.at.isoformat(), "text": line.text} for line in story],
            "events": [{"seq": e.seq, "at": e.at.isoformat(), "kind": e.kind, "by": e.by} for e in events],
            "letters": [{"kind": r.kind, "to": list(r.recipients), "state": r.state} for r in letters],
            "mails": mails,
        })  # fmt: skip
    else:
        _print_one(config, case, story, console())
    return 0


def _print_one(config: Config, case: Case, story: tuple[Told, ...], screen: Console) -> None:
    facts, names = _facts(case, config, workdays_of(config)), _names_of(config)
    screen.print(f"{case.ref}, revision {case.revision}: {_words(case.state)}", style="bold")
    asked_by = (case.form.requester_name, case.form.requester_department)
    screen.print(", ".join(plain(text) for text in asked_by if text) or "-")
    if facts["waits"]:
        screen.print(_wait_table(config, [(case.ref, facts["urgency"], wait) for wait in facts["waits"]]))
    headings = (
        Heading("item", True, "right"), Heading("status", True), Heading("system, level"),
        Heading("employee"), Heading("decided by"),
    )  # fmt: skip
    rows = [
        (
            str(item.item.no), item.status, plain(f"{item.item.system_label}, {item.item.access_level}"),
            plain(item.item.employee.name), _name(names, item.decided_by) or "-",
        )
        for item in case.items
    ]  # fmt: skip
    screen.print(make_table("Items", headings, rows))
    lines = [(when(line.at, config.company.zone), plain(line.text)) for line in story]
    screen.print(make_table("What happened", (Heading("when", True), Heading("what")), lines))


def _item(item: CaseItem) -> dict[str, Any]:
    what = item.item
    return {
        "no": what.no, "employee": what.employee.name, "system": what.system, "level": what.access_level,
        "action": what.action, "start": what.start_date.isoformat(),
        "end": what.end_date.isoformat() if what.end_date else "", "status": item.status,
        "decided_by": item.decided_by, "reason": item.reason, "evidence": item.decided_event,
        "staff": dict(item.staff),
    }  # fmt: skip


def _facts(case: Case, config: Config, workdays: Workdays) -> dict[str, Any]:
    waits = waits_of(case, config, workdays)
    asked = [wait for wait in waits if wait.whom != "IT"]
    away = next((wait.away_since for wait in asked if wait.away_since), None)
    return {
        "ref": case.ref, "revision": case.revision, "state": case.state, "requester": case.requester,
        "department": case.form.requester_department, "urgency": case.form.urgency,
        "employees": [employee.name for employee in case.form.employees],
        "items": dict(Counter(item.status for item in case.items)),
        "waits_for": ", ".join(wait.whom for wait in asked), "waits": [wait.plain() for wait in waits],
        "away_since": away.isoformat() if away else "",
        "received_at": case.received_at.isoformat(),
    }  # fmt: skip


def _words(state: str) -> str:
    return state.replace("_", " ")
