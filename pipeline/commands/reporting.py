"""report and evidence: what is written for management and for auditors."""

import re
from datetime import date
from pathlib import Path

from pipeline.commands.onlooking import look, onlooking_office, seen_directory
from pipeline.commands.saying import BadUsage, plain, print_json, report_done, when
from pipeline.commands.status import known_ref
from pipeline.commands.telling import tell
from pipeline.config import read_config
from pipeline.evidence import write_evidence
from pipeline.host import write_durably
from pipeline.reminding import make_report, save_report
from pipeline.spool import Spool


def report(config_file: Path, month: str, as_json: bool, dry_run: bool) -> int:
    """Write the summary of `month` (2026-11) into the reports folder and say where it is."""
    first = _month(month)
    config = read_config(config_file)
    with onlooking_office(config) as office:
        with office.journal.trial() as entry:
            made = make_report(office, entry, first, config.company.language, seen_directory(config))
        path = config.files.reports / made.file_name
        if not dry_run:
            save_report(office, made)
    if as_json:
        figures, notes = dict(made.figures), list(made.notes)
        print_json({"dry_run": dry_run, "file": str(path), "figures": figures, "notes": notes})
        return 0
    for label, value in made.figures:
        print(f"{label}: {value}")
    report_done(False, dry_run, str(path), {})
    return 0


def _month(text: str) -> date:
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text, re.ASCII)
    if match is None:
        raise BadUsage(f"{plain(text)!r} is no month.", "Write it as 2026-11.")
    return date(int(match[1]), int(match[2]), 1)


def evidence(config_file: Path, ref: str, out: Path | None, as_json: bool, dry_run: bool) -> int:
    """Write the evidence pack of one request; 1 when the request is not known or a mail is damaged."""
    config = read_config(config_file)
    known = known_ref(ref)
    with look(config) as entry:
        told = tell(entry.events(ref=known), entry.outbox.all(ref=known))
        story = "\n".join(f"{when(line.at, config.company.zone)}  {line.text}" for line in told)
        pack = write_evidence(entry, Spool(config.files.state / "spool"), known, story)
    target = out or Path(f"evidence-{known}.zip")
    if not dry_run:
        write_durably(target, pack.data)
    report_done(as_json, dry_run, str(target), {"file": str(target), "members": list(pack.members)})
    if not as_json:
        print("\n".join(f"  {name}" for name in pack.members))
    return 0
