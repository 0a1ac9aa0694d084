"""`run.py demo`: a whole company in a folder, played through the real pipeline, and what came of it."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML

from pipeline.commands import looking
from pipeline.config import read_config
from pipeline.demo import company
from pipeline.demo.register_hand import fill_register
from pipeline.demo.story import Clock, Story
from pipeline.directory import write_directory
from pipeline.flow import tick
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.mail.maildir import deliver
from pipeline.model import PipelineError
from pipeline.office import Office, only_one, open_office, utc_now
from pipeline.reminding import make_report, save_report

_MARK = ".akses-demo"


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
    if dry_run:
        print(f"would make a demo company in {folder.resolve()} and play a day of it")
        return 0
    began = time.monotonic()
    demo_config = make_company(config_file, folder)
    config = read_config(demo_config)
    clock = Clock(utc_now().replace(microsecond=0) - timedelta(hours=6))
    with only_one(config.files.state):
        office = open_office(config, clock)
        try:
            told = Story(MaildirWorld(office), clock, config.systems).play()
            with office.journal.entry() as entry:
                report = make_report(office, entry, office.today().replace(day=1), config.company.language)
            save_report(office, report)
        finally:
            office.close()
    seconds = time.monotonic() - began
    if as_json:
        print(
            json.dumps(
                {"seconds": round(seconds, 1), "told": told, **looking.summary(config)}, ensure_ascii=False
            )
        )
    else:
        _show(config, told, demo_config, report.file_name, seconds)
    return 0


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
    (folder / "Form Permintaan Akses (kosong).xlsx").write_bytes(blank)
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
        raise PipelineError(f"{folder} is not empty and was not made by the demo.", "Name another --folder.")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / _MARK).write_text(
        "made by run.py demo; the next demo may delete this folder\n", encoding="utf-8"
    )


def _show(config: Any, told: list[str], demo_config: Path, report_name: str, seconds: float) -> None:
    console = Console()
    console.print()
    for number, line in enumerate(told, 1):
        console.print(f"  {number}. {line}", highlight=False)
    console.print()
    looking.print_status(config, console)
    table = Table(title="Open these", show_header=False, box=None)
    table.add_row("register", str(config.files.register_workbook))
    table.add_row("monthly summary", str(config.files.reports / report_name))
    table.add_row("letters sent", str(config.post.path / "new"))
    table.add_row("blank form", str(demo_config.parent / "Form Permintaan Akses (kosong).xlsx"))
    table.add_row("look again", f"uv run run.py status --config {demo_config}")
    console.print(table)
    console.print(f"\nplayed in {seconds:.1f} s", highlight=False)
