"""The desks without mail and Excel: what they record and whom they write to, on a journal of its own.

stage = Stage()                       a company with owners, a step that needs two, and doubtful sign-offs
stage.submit(form) ; stage.answer(asked, person, "SETUJU 1") ; stage.pass_time(hours=30)
Letters are kept as they are written, not rendered; forms to correct are not drawn. Both are tested elsewhere.
"""

import functools
import hashlib
import itertools
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from pipeline import chasing, reminding
from pipeline.demo import company
from pipeline.desks.commanding import decide_command
from pipeline.desks.completing import complete_if_done
from pipeline.desks.forms import decide_forms
from pipeline.desks.replies import decide_reply, read_answer
from pipeline.desks.returning import FormRead
from pipeline.journal import Journal, LetterRow
from pipeline.mail.commands import Command
from pipeline.model import Asked, Attachment, Case, Directory, Form, FormReading, Letter, Mail, Person, Sender
from pipeline.office import Office
from pipeline.turn import Outcome, Turn, all_cases
from tests.company import MORNING, Company

OWNER, BOTH = company.HEAD_OF_SALES, (company.HEAD_OF_OPERATIONS, company.DIRECTOR)
#: In memory where the system has such a place: the machine's steps are many.
_FAST = Path("/dev/shm")


def _settings(data: dict) -> None:
    data["approval"]["steps"] = [
        {
            "name": "Keamanan",
            "who": [one.email for one in BOTH],
            "need": "all",
            "stage": 5,
            "systems": ["VPN"],
        }
    ]
    for entry in data["catalogue"]:
        if entry["code"] == "ACCURATE":
            entry["owner"] = OWNER.email


@functools.lru_cache(maxsize=1)
def _office() -> Office:
    with tempfile.TemporaryDirectory() as folder:
        return Company(Path(folder), _settings).office


@dataclass
class QuickTurn(Turn):
    """A turn whose letters are not made into mails."""

    written: list[Letter] = field(default_factory=list)

    def write(self, letter: Letter) -> None:
        super().write(letter)
        SENT.append(letter)

    def _final(self, letter: Letter) -> LetterRow:
        return LetterRow(
            key=letter.key, message_id=self.id_of(letter.key, letter.token), kind=letter.kind, ref=letter.ref,
            recipients=letter.to, waiting=(), data=b"", state="sent", attempts=1, queued_at=self.now,
            answer="",
        )  # fmt: skip


#: Every letter since the stage was set.
SENT: list[Letter] = []


class _Spool:
    """Every mail that is asked for is an empty one: the approval letters of the stage carry no file."""

    def read(self, _sha256: str) -> bytes:
        return b"\r\n"


class Stage:
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=_FAST if _FAST.is_dir() else None))
        self.now = MORNING
        self.directory: Directory = company.DIRECTORY
        self.office = replace(
            _office(), journal=Journal(self.folder / "journal.sqlite"), clock=lambda: self.now, spool=_Spool()
        )
        self._numbers = itertools.count(1)
        self._looked_at, self._cases = (-1, ""), ()
        SENT.clear()

    def close(self) -> None:
        self.office.journal.close()
        shutil.rmtree(self.folder)

    @contextmanager
    def turn(self):
        with self.office.journal.entry() as entry:
            turn = QuickTurn(self.office, entry, self.now, self.directory)
            with patch("pipeline.desks.returning.write_blank", return_value=b"form"):
                yield turn
            turn.close()

    def cases(self) -> tuple[Case, ...]:
        """Every request as it stands; folded again only when something has happened."""
        with self.office.journal.entry() as entry:
            head = entry.head()
            if head != self._looked_at:
                self._looked_at, self._cases = head, all_cases(entry)
        return self._cases

    def events(self, ref: str = ""):
        with self.office.journal.entry() as entry:
            return entry.events(ref=ref)

    # what people do

    def submit(self, form: Form, sender: Person) -> Outcome:
        reading = FormReading(form=form, problems=())
        file = Attachment("form.xlsx", "application/octet-stream", repr(form).encode())
        with self.turn() as turn:
            return decide_forms(
                turn, self._mail(sender, "Form", ""), _sender(sender), (FormRead(file, reading),)
            )

    def answer(self, asked: Asked, person: Person, text: str) -> Outcome:
        mail = self._mail(person, "Re: Mohon persetujuan", text, asked.message_id)
        with self.turn() as turn:
            return decide_reply(
                turn, mail, _sender(person), read_answer(mail, _sender(person), self.directory)
            )

    def withdraw(self, ref: str, person: Person, items: tuple[int, ...]) -> Outcome:
        with self.turn() as turn:
            command = Command("withdraw", ref, items)
            return decide_command(turn, self._mail(person, f"BATAL {ref}", "BATAL"), _sender(person), command)

    def staff_write(self, ref: str, number: int, column: str, new: str) -> None:
        with self.turn() as turn:
            data = {"item": number, "column": column, "old": "", "new": new}
            turn.record("staff_wrote", ref, "register", data)
            complete_if_done(turn, ref)

    def pass_time(self, hours: float) -> None:
        """The clock goes on; reminders, escalation, deputies and lapses are looked at as at every poll."""
        self.now += timedelta(hours=hours)
        with patch.object(chasing, "Turn", QuickTurn), patch.object(reminding, "Turn", QuickTurn):
            chasing.chase(self.office, self.directory)
            reminding._ask_again(self.office, self.directory)

    def _mail(self, person: Person, subject: str, text: str, in_reply_to: str = "") -> Mail:
        number = next(self._numbers)
        sha256 = hashlib.sha256(f"{number} {subject} {text}".encode()).hexdigest()
        return Mail(
            sha256=sha256, size=100, message_id=f"<{number}@{company.DOMAIN}>",
            in_reply_to=(in_reply_to,) if in_reply_to else (), references=(), subject=subject, date=self.now,
            from_=(f"{person.name} <{person.email}>",),
            headers=(("to", company.PORTAL),), content_type="text/plain", text=text, html=None,
            attachments=(), defects=(), content_key=sha256,
        )  # fmt: skip


def _sender(person: Person) -> Sender:
    return Sender(person.email, "", "dmarc", "dmarc=pass")
