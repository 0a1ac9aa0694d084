"""poll, serve and rebuild: the commands that do the work, one writer at a time."""

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

from pipeline import service
from pipeline.config import read_config
from pipeline.flow import tick
from pipeline.housebook import read_house_directory
from pipeline.keeping import rebuild_register
from pipeline.office import Busy, only_one, open_office

log = logging.getLogger("akses")


def poll_once(config_file: Path, as_json: bool, dry_run: bool) -> int:
    """One round; 1 when a mail could not be handled. A second poller says so and ends with 0."""
    config = read_config(config_file)
    if dry_run:
        return _say_what_waits(config_file)
    try:
        with only_one(config.files.state):
            office = open_office(config)
            try:
                tally = tick(office)
            finally:
                office.close()
    except Busy as busy:
        print(busy, file=sys.stderr)
        return 0
    if as_json:
        print(json.dumps(asdict(tally)))
    else:
        ends = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.outcomes.items())) or "none"
        register = tally.register or "unchanged"
        print(f"mails: {tally.mails} ({ends}); letters sent: {tally.letters}; register: {register}")
    return 1 if tally.failed else 0


def _say_what_waits(config_file: Path) -> int:
    """What a poll would find, mail by mail, without touching anything."""
    from pipeline.commands.explaining import explain_inbox  # noqa: PLC0415

    for line in explain_inbox(read_config(config_file)):
        print(line)
    return 0


def serve(config_file: Path, dry_run: bool) -> int:
    """Poll until stopped. A second `serve` on the same state says so and ends with 0."""
    config = read_config(config_file)
    if dry_run:
        print(f"would poll every {config.schedule.poll_seconds} s, state in {config.files.state}")
        return 0
    try:
        with only_one(config.files.state):
            office = open_office(config)
            stop = service.listen_for_stop()
            log.info("polling every %s s; stop with SIGTERM or Ctrl+C", config.schedule.poll_seconds)
            try:
                service.serve(office, stop)
            finally:
                office.close()
            log.info("stopped; nothing was left half done")
    except Busy as busy:
        print(busy, file=sys.stderr)
    return 0


def rebuild(config_file: Path, dry_run: bool) -> int:
    """Write the register anew from the journal."""
    config = read_config(config_file)
    if dry_run:
        print(f"would set {config.files.register_workbook} aside and write it anew from the journal")
        return 0
    with only_one(config.files.state):
        office = open_office(config)
        try:
            word = rebuild_register(office, read_house_directory(office))
        finally:
            office.close()
    print(f"register: {word}")
    return 0 if word == "written" else 1
