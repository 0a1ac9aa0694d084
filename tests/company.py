"""A demo company with its real pipeline, for tests that send mails in and look at what comes out.

company = Company(tmp_path)              on the embedded Maildir; ImapWorld and friends are in tests/worlds.py
company.send(raw); company.poll()        a mail arrives; one round
company.letters("approval", to=...)      the letters sent, newest last
"""

import functools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from pipeline.config import read_config
from pipeline.demo import clients, company
from pipeline.demo.clients import Received
from pipeline.demo.register_hand import fill_register
from pipeline.demo.story import Clock
from pipeline.directory import write_directory
from pipeline.flow import Tally, tick
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.mail.maildir import deliver
from pipeline.model import Case, Directory, Form, Person
from pipeline.office import Office, open_office
from pipeline.turn import all_cases
from tests import once
from tests.once import SHIPPED

#: A Tuesday morning in Jakarta.
MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BOSS = company.IT_MANAGER


@functools.lru_cache(maxsize=1)
def _blank() -> bytes:
    config = read_config(SHIPPED)
    header = DocumentHeader(**config.form.model_dump())
    return write_blank(config.systems, company.DIRECTORY, company.NAME, "id", header)


def workbook(form: Form) -> bytes:
    """The official form, filled; the same form gives the same bytes."""
    return once.filled(_blank(), form)


@functools.lru_cache(maxsize=64)
def _directory_workbook(directory: Directory) -> bytes:
    return write_directory(directory, "id")


@dataclass
class Mailed:
    """What the journal says of one mail."""

    outcome: str
    reason: str
    ref: str


class Company:
    """The demo company in `folder`. `change` may edit config.yaml before the office opens."""

    def __init__(self, folder: Path, change: Callable[[dict], None] | None = None) -> None:
        self.config_file = folder / "company" / "config.yaml"
        (self.config_file.parent / once.JOURNAL).parent.mkdir(parents=True, mode=0o700)
        for name, data in once.model_company().items():
            (self.config_file.parent / name).write_bytes(data)
        if change is not None:
            self._change(change)
        self.clock = Clock(MORNING)
        self.office = self.open()

    def copied(self, folder: Path) -> "Company":
        """A company with the same past, in `folder`: what lies on the disk, opened as a new process would."""
        shutil.copytree(self.config_file.parent, folder / "company", ignore=shutil.ignore_patterns("*-shm"))
        twin = Company.__new__(Company)
        twin.config_file, twin.clock = folder / "company" / self.config_file.name, Clock(self.clock.now)
        twin.open()
        return twin

    def _change(self, change: Callable[[dict], None]) -> None:
        data = once.load_yaml(self.config_file.read_text())
        change(data)
        self.config_file.write_bytes(once.dump_yaml(data))

    def open(self) -> Office:
        """The office as a new process would open it: everything in memory is gone."""
        with once.opening():
            self.config = read_config(self.config_file)
            self.office = open_office(self.config, self.clock)
        return self.office

    # mail in

    def send(self, raw: bytes) -> bytes:
        deliver(self.config.mailbox.path, raw)  # type: ignore[union-attr]
        self.clock.pass_minutes(1)
        return raw

    def poll(self) -> Tally:
        with once.polling():
            return tick(self.office)

    def send_form(
        self,
        form: Form,
        sender: Person | None = None,
        reply_to: Received | None = None,
        subject: str = "Form akses",
    ) -> bytes:
        """The official form by mail, from its requester or somebody else."""
        people = {person.email: person for person in company.DIRECTORY.people}
        who = sender or people[form.requester_email]
        return self.send(
            clients.form_mail(who, workbook(form), subject, "Mohon diproses.", self.clock.now, reply_to)
        )

    def answer(self, letter: Received, text: str, sender: Person = BOSS, **headers: str) -> bytes:
        """A reply from a phone; keywords replace or remove (None) headers of it."""
        raw = clients.answer(sender, letter, text, self.clock.now)
        return self.send(edited(raw, **headers) if headers else raw)

    # what came of it

    def letters(self, kind: str = "", to: str = "", ref: str = "") -> list[Received]:
        with self.office.journal.entry() as entry:
            rows = [row for row in entry.outbox.all() if row.state == "sent"]
        lying = {file.read_bytes() for file in (self.config.post.path / "new").glob("*")}  # type: ignore[union-attr]
        assert all(row.data in lying for row in rows), (
            "a letter the journal calls sent does not lie in the outbox"
        )
        read = [(row, once.letter(row.data)) for row in rows]
        return [
            letter for row, letter in read
            if kind in {"", letter.kind} and (not to or to in letter.to) and ref in {"", row.ref}
        ]  # fmt: skip

    def asked(self, ref: str = "") -> Received:
        """The newest approval mail."""
        return self.letters("approval", ref=ref)[-1]

    def cases(self) -> tuple[Case, ...]:
        with self.office.journal.entry() as entry:
            return all_cases(entry)

    def case(self, ref: str = "REQ-2026-0001") -> Case:
        return next(case for case in self.cases() if case.ref == ref)

    def statuses(self, ref: str = "REQ-2026-0001") -> dict[int, str]:
        return {item.item.no: item.status for item in self.case(ref).items}

    def mails(self) -> list[Mailed]:
        """Every mail in the order of arrival, with its one outcome."""
        with self.office.journal.entry() as entry:
            return [Mailed(row.outcome, row.reason, row.ref) for row in entry.all_mails()]

    def last(self) -> tuple[str, str]:
        mail = self.mails()[-1]
        return mail.outcome, mail.reason

    def in_folder(self, name: str) -> list[bytes]:
        """The mails that lie in a folder of the mailbox, by its setting's name."""
        folder = getattr(self.config.mailbox.folders, name)
        root = self.config.mailbox.path  # type: ignore[union-attr]
        place = root if folder == "INBOX" else root / ("." + folder.replace("/", "."))
        files = [*place.glob("new/*"), *place.glob("cur/*")]
        return [file.read_bytes() for file in files]

    def fill_register(self, **cells: str) -> int:
        return fill_register(self.config.files.register_workbook, lambda _key: cells)

    def write_directory(self, directory: Directory) -> None:
        self.config.files.directory.write_bytes(_directory_workbook(directory))

    def digest(self) -> tuple[object, ...]:
        """The state of every request: what no forged mail may change."""
        return tuple((c.ref, c.revision, c.state, tuple(i.status for i in c.items)) for c in self.cases())


def edited(raw: bytes, **headers: str | None) -> bytes:
    """`raw` with headers replaced: From="x", In_Reply_To=None takes one away. A list gives several."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").split(b"\r\n")
    for name, value in headers.items():
        real = name.replace("_", "-")
        lines = [line for line in lines if not line.lower().startswith(real.lower().encode() + b":")]
        values = value if isinstance(value, list) else [value] if value is not None else []
        lines += [f"{real}: {one}".encode() for one in values]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def plain_mail(sender: Person, subject: str, text: str, **headers: str) -> bytes:
    """A new mail without attachment, proven by the company's server."""
    mail = EmailMessage(policy=SMTP)
    mail["Authentication-Results"] = f"{company.AUTHSERV}; dmarc=pass header.from={company.DOMAIN}"
    mail["From"], mail["To"] = f"{sender.name} <{sender.email}>", company.PORTAL
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{abs(hash((subject, text)))}@{company.DOMAIN}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
