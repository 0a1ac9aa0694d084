"""doctor: tries everything a poll needs, and says of each thing that is wrong how to mend it."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pipeline.commands.onlooking import has_journal, look, onlooking_office
from pipeline.commands.outside_checks import check_mailbox, check_post, check_proof
from pipeline.commands.saying import print_json
from pipeline.commands.trying import Doubt
from pipeline.config import read_config
from pipeline.directory import read_directory
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.form.sandbox import Limits, Sandbox
from pipeline.journal import read_stamp
from pipeline.mail.rule_examples import example_failures
from pipeline.model import Directory, PipelineError
from pipeline.office import utc_now
from pipeline.owning import kept_id
from pipeline.register.damage import RegisterDamaged
from pipeline.register.locks import lock_on
from pipeline.register.standing import read_own
from pipeline.settings import Config

Level = Literal["ok", "warning", "wrong"]
_SHOWN = {"ok": "ok   ", "warning": "WARN ", "wrong": "WRONG"}
_LEAST_FREE_MB = 500


@dataclass(frozen=True)
class Result:
    check: str
    level: Level
    says: str
    mend: str = ""


def doctor(config_file: Path, as_json: bool) -> int:
    """Try everything, one check a line; 1 when any fails, 2 when config.yaml does. Warnings do not count."""
    config = read_config(config_file)
    results = [_try(name, check, config) for name, check in CHECKS]
    sound = all(result.level != "wrong" for result in results)
    if as_json:
        print_json({"ok": sound, "checks": [{**vars(r), "ok": r.level != "wrong"} for r in results]})
        return 0 if sound else 1
    for result in results:
        print(f"{_SHOWN[result.level]} {result.check}: {result.says}")
        if result.mend:
            print(f"      {result.mend}")
    print("ready to poll" if sound else "not ready: mend what is WRONG, then call doctor again")
    return 0 if sound else 1


def _try(name: str, check: Callable[[Config], str], config: Config) -> Result:
    try:
        return Result(name, "ok", check(config))
    except Doubt as doubt:
        return Result(name, "warning", doubt.what, doubt.mend)
    except PipelineError as error:
        return Result(name, "wrong", error.what, error.mend)
    except OSError as error:
        return Result(name, "wrong", str(error), "Check the path, its permissions and the disk.")


def _check_settings(config: Config) -> str:
    """What came with Akses as an example has been filled in."""
    filled = {
        "portal.address": (config.portal.address.rpartition("@")[2],),
        "sender_proof.authserv_ids": config.sender_proof.authserv_ids,
    }
    left = [place for place, names in filled.items() if any(f".{n}".endswith(".example.com") for n in names)]
    if left:
        raise Doubt(f"{' and '.join(left)} stand as they came.", "Fill in your company's own in config.yaml.")
    return "filled in"


def _check_directory(config: Config) -> str:
    """Somebody may ask, somebody decides, somebody does it, and the portal is none of them."""
    path = config.files.directory
    if not path.exists():
        raise PipelineError(f"{path} is missing.", "`run.py init` writes one to fill in.")
    _check_file(path)
    directory = read_directory(path.read_bytes())
    if directory.person(config.portal.address) is not None:
        raise PipelineError(
            f"{path.name} lists the portal's own address {config.portal.address} as a person.",
            "Give that person their own address.",
        )
    if not directory.with_role(config.approval.role):
        raise PipelineError(
            f"nobody has the role {config.approval.role} (approval.role), so nothing can be approved.",
            f"Give somebody that role in {path.name}.",
        )
    if not directory.with_role(config.approval.alternate):
        raise Doubt(
            f"nobody has the role {config.approval.alternate} (approval.alternate).",
            "A request by the approver, or for the approver, could not be decided by anybody.",
        )
    strangers = sorted(_named(config) - {person.email for person in directory.people})
    if strangers:
        raise PipelineError(
            f"{', '.join(strangers)} is to approve, but is not in {path.name}.",
            "Add the person, or correct approval.steps, approval.exception_by or the owner in the catalogue.",
        )
    if any(person.name.startswith("Contoh ") for person in directory.people):
        raise Doubt(f"{path.name} still holds people of the example.", "Write your own in their place.")
    return f"{len(directory.people)} people, {len(directory.departments)} departments"


def _named(config: Config) -> set[str]:
    """The addresses that config.yaml names as approvers."""
    who = [one for step in config.approval.steps for one in step.who]
    who += [config.approval.exception_by, *(system.owner for system in config.systems)]
    return {one for one in who if "@" in one}


def _check_rules(config: Config) -> str:
    """The rules can be read, and each does what its own examples say."""
    with onlooking_office(config) as office:
        failures = example_failures(office.rules)
        if failures:
            raise PipelineError("; ".join(failures), f"Correct the rules in {config.files.rules}.")
        examples = sum(len(rule.matches) + len(rule.misses) for rule in office.rules)
        return f"{len(office.rules)} rules do what their {examples} examples say"


def _check_letters(config: Config) -> str:
    with onlooking_office(config) as office:
        office.templates.check_all()
    return f"every letter can be written, in both languages, from {config.files.templates}"


def _check_form(config: Config) -> str:
    """The child process starts under its limits and reads the blank form."""
    header = DocumentHeader(**config.form.model_dump())
    blank = write_blank(config.systems, Directory((), ()), config.company.name, "id", header)
    limits = Limits(memory_mb=config.limits.form_memory_mb, wall_s=config.limits.form_seconds)
    today = utc_now().astimezone(config.company.zone).date()
    with Sandbox(config.systems, limits) as sandbox:
        reading = sandbox.read(blank, "blank.xlsx", today, "en")
    if not reading.version:
        said = "; ".join(problem.message for problem in reading.problems)
        raise PipelineError(
            f"the official form could not be read in its limited process: {said}",
            "Raise limits.form_memory_mb and limits.form_seconds in config.yaml.",
        )
    return f"the official form is written and read again, version {reading.version}"


def _check_state(config: Config) -> str:
    """The state folder can be written, is nobody else's, and the disk has room."""
    state = config.files.state
    _probe(state)
    free = shutil.disk_usage(_standing(state)).free // 2**20
    if free < _LEAST_FREE_MB:
        raise Doubt(f"only {free} MB are free for {state}.", "Make room: without it no mail is taken in.")
    if state.is_dir() and state.stat().st_mode & 0o077 and os.name == "posix":
        raise Doubt(f"{state} can be read by others; it holds keys and mails.", f"chmod 700 '{state}'")
    return f"{state} can be written, {free} MB free"


def _check_journal(config: Config) -> str:
    if not has_journal(config):
        return "none yet; the first poll makes it"
    with look(config) as entry:
        seq, _ = entry.head()
        waiting, dead = entry.outbox.count("waiting"), entry.outbox.count("dead")
        locked = entry.value("register_locked_since")
    if waiting or dead:
        raise Doubt(f"{seq} events; {waiting} letters wait, {dead} were refused.", "See the post's check.")
    since = f"; the register is locked since {read_stamp(locked):%d/%m/%Y %H:%M} UTC" if locked else ""
    return f"{seq} events; whether they are whole is for `run.py verify`{since}"


def _check_register(config: Config) -> str:
    """The folder can be written, and what stands there is our register, if anything does."""
    path = config.files.register_workbook
    _probe(path.parent)
    holder = lock_on(path)
    if path.exists():
        _check_file(path)
        own = ""
        if has_journal(config):
            with look(config) as entry:
                own = kept_id(entry)
        try:
            read_own(path.read_bytes(), own)
        except RegisterDamaged as damage:
            raise PipelineError(
                f"{path.name} cannot be used: {damage.words('en')}.",
                "The next poll sets it aside and writes it anew; `run.py rebuild` does it now.",
            ) from damage
    if holder:
        raise Doubt(f"{path.name} is open at {holder}.", "Writing to it waits until it is closed there.")
    return f"{path.parent} can be written" + (", and the register can be read" if path.exists() else "")


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise PipelineError(
            f"{path} is a folder, where a workbook should be.",
            "Give it another name, then call doctor again.",
        )


def _check_reports(config: Config) -> str:
    _probe(config.files.reports)
    return f"{config.files.reports} can be written"


def _check_heartbeat(config: Config) -> str:
    """A service that has polled before and does no longer was stopped, or hangs."""
    beat = config.files.state / "heartbeat"
    if not beat.exists():
        return "`run.py serve` has not run here yet"
    age = timedelta(seconds=max(0.0, utc_now().timestamp() - beat.stat().st_mtime))
    if age > timedelta(seconds=10 * config.schedule.poll_seconds):
        raise Doubt(
            f"the last good poll of the service was {str(age).partition('.')[0]} ago.",
            "Start `run.py serve`, or read its log.",
        )
    return "the service has polled lately"


def _probe(folder: Path) -> None:
    """Write and remove a file where the folder is, else where it would be made. OSError: it cannot be."""
    with tempfile.NamedTemporaryFile(dir=_standing(folder), prefix=".akses-probe-"):
        pass


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


#: To add a check: a function that says what is well, or raises PipelineError (wrong) or Doubt, and its line.
CHECKS: tuple[tuple[str, Callable[[Config], str]], ...] = (
    ("settings", _check_settings),
    ("directory", _check_directory),
    ("inbox rules", _check_rules),
    ("letters", _check_letters),
    ("form", _check_form),
    ("state", _check_state),
    ("journal", _check_journal),
    ("mailbox", check_mailbox),
    ("post", check_post),
    ("sender proof", check_proof),
    ("register", _check_register),
    ("reports", _check_reports),
    ("service", _check_heartbeat),
)
