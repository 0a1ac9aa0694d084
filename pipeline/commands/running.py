"""poll, serve and rebuild: the commands that do the work, one writer at a time."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from pipeline import service
from pipeline.commands.explaining import explain_inbox
from pipeline.commands.saying import plain, print_json, report_done
from pipeline.config import read_config
from pipeline.flow import Tally, tick
from pipeline.housebook import read_house_directory
from pipeline.keeping import rebuild_register
from pipeline.model import PipelineError
from pipeline.office import Busy, Office, only_one, open_office
from pipeline.settings import Config

log = logging.getLogger("akses")


def poll_once(config_file: Path, as_json: bool, dry_run: bool) -> int:
    """One round; 1 when a mail could not be handled. A second poller says so and ends with 0."""
    config = read_config(config_file)
    if dry_run:
        return _say_what_waits(config_file, as_json)
    try:
        with _the_office(config) as office:
            tally = tick(office)
    except Busy as busy:
        print(busy, file=sys.stderr)
        if as_json:
            print_json({**asdict(Tally()), "busy": True})
        return 0
    if as_json:
        print_json({**asdict(tally), "busy": False})
    else:
        ends = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.outcomes.items())) or "none"
        register = tally.register or "unchanged"
        print(f"mails: {tally.mails} ({ends}); letters sent: {tally.letters}; register: {register}")
        if tally.post_down:
            print("no mail server takes letters now; they are kept and tried again")
        if tally.failed:
            print(f"{tally.failed} mails could not be handled; they are tried again, and then set aside")
    return 1 if tally.failed else 0


def _say_what_waits(config_file: Path, as_json: bool) -> int:
    """What a poll would find, mail by mail, without touching anything."""
    found = []
    for data in explain_inbox(config_file):
        found.append(data)
        if not as_json:
            who = data["sender"] or data["from"]
            print(plain(f"{data['outcome']} ({data['reason']}) {data['ref'] or '-'} from {who}"))
    if as_json:
        print_json({"dry_run": True, "mails": found})
    elif not found:
        print("no mail is waiting")
    return 0


def serve(config_file: Path, dry_run: bool) -> int:
    """Poll until stopped. A second `serve` on the same state says so and ends with 0."""
    config = read_config(config_file)
    if dry_run:
        print(f"would poll every {config.schedule.poll_seconds} s, state in {config.files.state}")
        return 0
    # Before anything slow: a stop that comes while the office opens is a stop as well.
    stop = service.listen_for_stop()
    try:
        with _the_office(config) as office:
            log.info("polling every %s s; stop with SIGTERM or Ctrl+C", config.schedule.poll_seconds)
            service.serve(office, stop)
        log.info("stopped; nothing was left half done")
    except Busy as busy:
        print(busy, file=sys.stderr)
    return 0


def rebuild(config_file: Path, as_json: bool, dry_run: bool) -> int:
    """Write the register anew from the journal; 1 when that cannot be done now."""
    config = read_config(config_file)
    path = config.files.register_workbook
    if dry_run:
        report_done(as_json, True, f"{path}, anew from the journal; the old one is set aside",
                    {"file": str(path), "register": ""})  # fmt: skip
        return 0
    try:
        with _the_office(config) as office:
            word = rebuild_register(office, read_house_directory(office))
    except Busy as busy:
        raise PipelineError(
            "Another Akses is at work here (`run.py serve`?).", "Stop it, then call rebuild again."
        ) from busy
    if as_json:
        print_json({"dry_run": False, "file": str(path), "register": word})
    else:
        print(f"register: {word}")
    return 0 if word == "written" else 1


@contextmanager
def _the_office(config: Config) -> Iterator[Office]:
    """The open office, for one writer alone. Busy: another one is at work."""
    with only_one(config.files.state):
        office = open_office(config)
        try:
            yield office
        finally:
            office.close()
