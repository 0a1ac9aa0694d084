"""`run.py demo`: a whole company in a folder, played through the real pipeline, and what came of it."""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.table import Table
from ruamel.yaml import YAML

from pipeline.commands import status
from pipeline.commands.saying import BadUsage, Heading, console, make_table, print_json, report_done
from pipeline.config import read_config
from pipeline.demo import company
from pipeline.demo.register_hand import fill_register
from pipeline.demo.story import Clock, Scene, Story
from pipeline.directory import write_directory
from pipeline.flow import tick
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.mail.maildir import deliver
from pipeline.office import Office, only_one, open_office, utc_now
from pipeline.reminding import make_report, save_report
from pipeline.settings import Config

_MARK = ".akses-demo"
_BLANK = "Form Permintaan Akses (kosong).xlsx"


class MaildirWorld:
    """The demo's mail server: a Maildir the portal reads, and a Maildir its letters go to."""

    def __init__(self, office: Office) -> None:
        self._office = office
        config = office.config
        self._inbox: Path = config.mailbox.path  # type: ignore[union-attr]
        self._outbox: Path = config.post.path  # type: ignore[union-attr]

    def deliver(self, raw: bytes) -> None:
        deliver(self._inbox, raw)

    def letters(self) -> Iterable[bytes]:
        """Every letter sent so far, in the order of sending."""
        with self._office.journal.entry() as entry:
            sent = [row.data for row in entry.outbox.all() if row.state == "sent"]
        lying = {file.read_bytes() for file in (self._outbox / "new").iterdir()}
        return [data for data in sent if data in lying]

    def poll(self) -> None:
        tick(self._office)

    def fill_register(self, done: Callable[[str], dict[str, str]]) -> None:
        fill_register(self._office.config.files.register_workbook, done)


def run(config_file: Path, folder: Path, as_json: bool, dry_run: bool) -> int:
    """Make the company in `folder`, play its day, show what happened and what to open."""
    read_config(config_file)
    if dry_run:
        report_done(as_json, True, f"a demo company in {folder.resolve()}, and a day of it",
                    {"folder": str(folder.resolve())})  # fmt: skip
        return 0
    began = time.monotonic()
    demo_config = make_company(config_file, folder)
    config = read_config(demo_config)
    with _only_warnings():
        scenes, report_name = _play(config)
    seconds = time.monotonic() - began
    data = status.summary(config)
    ends = {mail["sha256"]: mail for mail in data["mails"]["list"]}
    if as_json:
        told = [
            {**vars(scene), "at": scene.at.isoformat(), "came_of_it": _end(scene, ends)} for scene in scenes
        ]
        print_json({"seconds": round(seconds, 1), "told": told, **data, "open": _places(config, report_name)})
        return 0
    screen = console()
    screen.print(_story_table(config, scenes, ends))
    status.print_summary(config, data, screen)
    screen.print()
    for name, path in _places(config, report_name).items():
        screen.print(f"{name:16} {path}", soft_wrap=True)
    screen.print(f"{'look again':16} uv run run.py status --mails --config {demo_config}", soft_wrap=True)
    screen.print(f"\nplayed in {seconds:.1f} s")
    return 0


@contextmanager
def _only_warnings() -> Iterator[None]:
    """The table tells the story; a log line for each mail would only be in its way."""
    log = logging.getLogger("akses")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)


def _play(config: Config) -> tuple[list[Scene], str]:
    """The day's scenes, and the name of the summary that was written at its end."""
    clock = Clock(_morning(utc_now().astimezone(config.company.zone)))
    with only_one(config.files.state), closing(open_office(config, clock)) as office:
        scenes = Story(MaildirWorld(office), clock, config.systems).play()
        clock.pass_minutes(4)
        with office.journal.entry() as entry:
            month, language = office.today().replace(day=1), config.company.language
            report = make_report(office, entry, month, language, company.DIRECTORY)
        save_report(office, report)
    return scenes, report.file_name


def _morning(now: datetime) -> datetime:
    """Ten past eight on the newest day whose office hours are over: nothing lies in the future."""
    day = now.replace(hour=8, minute=10, second=0, microsecond=0)
    return day if now - day > timedelta(hours=6) else day - timedelta(days=1)


def _end(scene: Scene, ends: dict[str, Any]) -> str:
    if not scene.sha256:
        return "requester and employee are told"
    mail = ends[scene.sha256]
    return f"{mail['outcome']}: {mail['reason']} {mail['ref']}".rstrip()


def _story_table(config: Config, scenes: list[Scene], ends: dict[str, Any]) -> Table:
    headings = (Heading("at", True), Heading("who", True), Heading("does what"), Heading("what comes of it"))
    rows = [
        (
            f"{scene.at.astimezone(config.company.zone):%H:%M}",
            scene.who,
            scene.what,
            _end(scene, ends).replace(" REQ-", "\nREQ-"),
        )
        for scene in scenes
    ]
    return make_table(f"A day at {company.NAME}", headings, rows)


def _places(config: Config, report_name: str) -> dict[str, str]:
    """What there is to open now."""
    folder = config.files.directory.parent
    return {
        "register": str(config.files.register_workbook),
        "monthly summary": str(config.files.reports / report_name),
        "letters sent": str(config.post.path / "new"),  # type: ignore[union-attr]
        "blank form": str(folder / _BLANK),
        "directory": str(config.files.directory),
    }


def make_company(config_file: Path, folder: Path) -> Path:
    """Write the demo company's config, directory and blank form into `folder`; the path of its config."""
    _clear(folder)
    yaml = YAML()
    data = yaml.load(config_file.read_text(encoding="utf-8"))
    base = config_file.resolve().parent
    _adapt(data, base, folder.resolve())
    target = folder / "config.yaml"
    with target.open("w", encoding="utf-8") as stream:
        yaml.dump(data, stream)
    config = read_config(target)
    config.files.directory.write_bytes(write_directory(company.DIRECTORY, "id"))
    header = DocumentHeader(**config.form.model_dump())
    blank = write_blank(config.systems, company.DIRECTORY, company.NAME, "id", header)
    (folder / _BLANK).write_bytes(blank)
    return target


def _adapt(data: Any, base: Path, folder: Path) -> None:
    """The shipped configuration with the demo company's name and addresses, on the embedded mailbox."""
    data["company"]["name"] = company.NAME
    data["portal"]["address"] = company.PORTAL
    data["sender_proof"] = {"mode": "require", "authserv_ids": [company.AUTHSERV]}
    data["mailbox"] = {"kind": "maildir", "path": "mail/inbox"}
    data["post"] = {"kind": "outbox", "path": "mail/outbox"}
    for name in ("rules", "templates"):
        data["files"][name] = os.path.relpath(base / data["files"][name], folder)


def _clear(folder: Path) -> None:
    """Make room for the demo, in an empty folder or in an older demo's, never in anybody else's."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise BadUsage(f"{folder} is not empty and was not made by the demo.", "Name another --folder.")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).write_text(
        "made by run.py demo; the next demo may delete this folder\n", encoding="utf-8"
    )
