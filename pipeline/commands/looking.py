"""status and report: what is known, as a table or as JSON."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.approval.workflow import open_items
from pipeline.config import read_config
from pipeline.journal import Journal
from pipeline.model import Case, PipelineError
from pipeline.settings import Config


def status(config_file: Path, ref: str, as_json: bool) -> int:
    """All requests and the mail ledger, or the story of one request; 1 when the request is unknown."""
    config = read_config(config_file)
    if ref:
        return _one(config, ref.upper(), as_json)
    if as_json:
        print(json.dumps(summary(config), ensure_ascii=False))
    else:
        print_status(config, Console())
    return 0


def summary(config: Config) -> dict[str, Any]:
    """Counts of mails by outcome and reason, letters by state, and every request with its state."""
    from pipeline.turn import all_cases  # noqa: PLC0415

    journal = open_journal(config)
    with journal.entry() as entry:
        mails = entry.all_mails()
        cases = all_cases(entry)
        letters = {state: entry.outbox.count(state) for state in ("waiting", "sent", "dead")}
        head = entry.head()
    journal.close()
    return {
        "mails": {
            "in": len(mails),
            "outcomes": dict(Counter(mail.outcome or "undecided" for mail in mails)),
            "reasons": dict(Counter(f"{mail.outcome}: {mail.reason}" for mail in mails if mail.outcome)),
        },
        "letters": letters,
        "requests": [_facts(case) for case in cases],
        "sender_proof": config.sender_proof.mode,
        "head": f"{head[0]}:{head[1]}",
    }


def print_status(config: Config, console: Console) -> None:
    """The same as tables for a person."""
    data = summary(config)
    table = Table(title="Requests")
    for heading in ("number", "rev", "department", "for", "state", "items", "waits for"):
        table.add_column(heading)
    for row in data["requests"]:
        table.add_row(
            row["ref"], str(row["revision"]), row["department"], ", ".join(row["employees"]), row["state"],
            ", ".join(f"{count} {state}" for state, count in row["items"].items()), row["waits_for"],
        )  # fmt: skip
    console.print(table)
    ledger = Table(title=f"Mails: {data['mails']['in']} in")
    ledger.add_column("outcome: reason")
    ledger.add_column("count", justify="right")
    for reason, count in sorted(data["mails"]["reasons"].items()):
        ledger.add_row(reason, str(count))
    undecided = data["mails"]["outcomes"].get("undecided", 0)
    if undecided:
        ledger.add_row("still to be decided", str(undecided))
    console.print(ledger)
    letters = data["letters"]
    console.print(f"Letters: {letters['sent']} sent, {letters['waiting']} waiting, {letters['dead']} refused")
    if config.sender_proof.mode == "token-only":
        console.print("Sender proof is token-only: whoever gets hold of an approval mail can answer it.")


def report(config_file: Path, month: str, as_json: bool, dry_run: bool) -> int:
    """Write the summary of `month` (2026-11) into the reports folder and say where it is."""
    from pipeline.office import open_office  # noqa: PLC0415
    from pipeline.reminding import make_report, save_report  # noqa: PLC0415

    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", month)
    if match is None:
        raise PipelineError(f"{month!r} is no month.", "Write it as 2026-11.")
    config = read_config(config_file)
    office = open_office(config)
    try:
        with office.journal.entry() as entry:
            first = date(int(match[1]), int(match[2]), 1)
            made = make_report(office, entry, first, config.company.language)
        path = config.files.reports / made.file_name
        if not dry_run:
            save_report(office, made)
    finally:
        office.close()
    if as_json:
        print(
            json.dumps(
                {"file": str(path), "figures": dict(made.figures), "notes": list(made.notes)},
                ensure_ascii=False,
            )
        )
    else:
        for label, value in made.figures:
            print(f"{label}: {value}")
        print(f"{'would write' if dry_run else 'written'}: {path}")
    return 0


def _one(config: Config, ref: str, as_json: bool) -> int:
    """The whole story of one request, in the order in which it was recorded."""
    from pipeline.approval.workflow import fold  # noqa: PLC0415

    journal = open_journal(config)
    with journal.entry() as entry:
        events = entry.events(ref=ref)
        letters = entry.outbox.all(ref=ref)
    journal.close()
    case = fold(events)
    if case is None:
        raise PipelineError(f"{ref} is not known.", "`run.py status` lists all requests.")
    zone = config.company.zone
    story = [(event.at, event.seq, event.kind, event.by) for event in events]
    if as_json:
        print(json.dumps({
            **_facts(case),
            "events": [{"seq": s, "at": at.isoformat(), "kind": k, "by": by} for at, s, k, by in story],
            "letters": [
                {"kind": row.kind, "to": list(row.recipients), "state": row.state} for row in letters
            ],
        }, ensure_ascii=False))  # fmt: skip
        return 0
    console = Console()
    table = Table(title=f"{ref} rev. {case.revision}: {case.state}")
    for heading in ("when", "what", "by"):
        table.add_column(heading)
    rows = [(at, f"event {seq}: {kind}", by) for at, seq, kind, by in story]
    rows += [
        (row.queued_at, f"letter {row.kind} ({row.state})", ", ".join(row.recipients)) for row in letters
    ]
    for at, what, by in sorted(rows, key=lambda row: row[0]):
        table.add_row(f"{at.astimezone(zone):%d/%m/%Y %H:%M:%S}", what, by)
    console.print(table)
    return 0


def _facts(case: Case) -> dict[str, Any]:
    waiting = [asked.approver for asked in case.asked if asked.open]
    return {
        "ref": case.ref, "revision": case.revision, "state": case.state, "requester": case.requester,
        "department": case.form.requester_department,
        "employees": [employee.name for employee in case.form.employees],
        "items": dict(Counter(item.status for item in case.items)),
        "waits_for": ", ".join(waiting) if open_items(case) else "",
        "received_at": case.received_at.isoformat(),
    }  # fmt: skip


def open_journal(config: Config) -> Journal:
    path = config.files.state / "journal.sqlite"
    if not path.exists():
        raise PipelineError(f"There is no journal yet in {path.parent}.", "The first poll makes it.")
    return Journal(path)
