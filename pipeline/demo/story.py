"""A day at the demo company, played through the real pipeline: mails, polls, answers, the register."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from pipeline.demo import clients, company
from pipeline.demo.clients import Received
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.form.fill import fill_form
from pipeline.model import Form, Person, PipelineError, System


class World(Protocol):
    """Where the story takes place: Maildir in the demo, a real mail server in the tests."""

    def deliver(self, raw: bytes) -> None: ...
    def letters(self) -> Iterable[bytes]: ...
    def poll(self) -> None: ...
    def fill_register(self, done: Callable[[str], dict[str, str]]) -> None: ...


@dataclass
class Clock:
    """The story's own time, so that a day passes in seconds."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@dataclass(frozen=True)
class Scene:
    """Somebody did something: sent a mail (then `sha256` names it), or worked in the register."""

    at: datetime
    who: str
    what: str
    sha256: str = ""


@dataclass
class Story:
    """Plays the day. `scenes` has everything people did, in order; what came of it is in the journal."""

    world: World
    clock: Clock
    systems: tuple[System, ...]
    scenes: list[Scene] = field(default_factory=list)

    def play(self) -> list[Scene]:
        self._morning()
        self._first_answers()
        self._decisions()
        self._second_round()
        self._last_answers()
        self._work_done()
        return self.scenes

    # scenes

    def _morning(self) -> None:
        today = self.clock.now.date()
        self._send_form(
            company.FINANCE_MANAGER, company.finance_form(today), "Permintaan akses staf akuntansi baru",
            "form: a new accountant",
        )  # fmt: skip
        self._send_form(
            company.SALES_PIC, company.sales_form_with_mistakes(today), "Form akses Agung Saputra",
            "form with three mistakes",
        )  # fmt: skip
        self._send_form(
            company.HR_MANAGER,
            company.hr_form(today),
            "Mohon akses HRIS",
            "form: wants administrator rights",
        )
        self._send_form(
            company.TECHNICAL_MANAGER, company.technical_form(today), "Akses Tracy dan CCTV teknisi",
            "form: two technicians, two systems",
        )  # fmt: skip
        stolen = official_workbook(self.systems, company.finance_form(today))
        outside = clients.strangers_form(stolen, self.clock.now)
        self._deliver(outside, "a stranger", "form from outside the company")
        self._deliver(clients.newsletter(self.clock.now), "a newsletter", "advertising")
        self.world.poll()

    def _first_answers(self) -> None:
        self.clock.pass_minutes(45)
        boss, finance, hr = company.IT_MANAGER, self._asked("Finance"), self._asked("HRGA")
        away = clients.out_of_office(boss, finance, self.clock.now)
        self._deliver(away, boss.name, "out-of-office answer that contains 'setuju'")
        forged = clients.forged_approval(boss, hr, self.clock.now)
        self._deliver(forged, "a forger", f"approval for HRGA in the name of {boss.name}")
        self.world.poll()

    def _decisions(self) -> None:
        self.clock.pass_minutes(75)
        finance, hr, technical = (self._asked(name) for name in ("Finance", "HRGA", "Teknikal"))
        self._answer(finance, "Setuju semua, terima kasih.", "approves Finance")
        refusal = "TOLAK. Hak administrator terlalu luas, cukup operator data karyawan."
        self._answer(hr, refusal, "rejects HRGA: too wide")
        partly = "SETUJU 1,2,3 TOLAK 4 alasan: cukup satu teknisi yang memantau CCTV"
        self._answer(technical, partly, "approves Teknikal 1, 2, 3; rejects 4")
        returned = self._letter("returned", company.SALES_PIC)
        form = company.sales_form(self.clock.now.date())
        self._send_form(company.SALES_PIC, form, "Re: form", "the corrected form", returned)
        self.world.poll()

    def _second_round(self) -> None:
        self.clock.pass_minutes(60)
        rejected = self._letter("decided", company.HR_MANAGER)
        words = rejected.subject.replace("[", " ").replace("]", " ").split()
        ref = next(word for word in words if "REQ-" in word)
        form = company.hr_form_revised(self.clock.now.date(), ref)
        self._send_form(company.HR_MANAGER, form, "Re: revisi", "revised form, asks for less", rejected)
        condition = "Setuju asal kepala divisi Sales sudah tanda tangan ya."
        self._answer(self._asked("Sales"), condition, "approves Sales on a condition")
        self.world.poll()

    def _last_answers(self) -> None:
        self.clock.pass_minutes(30)
        self._answer(self._asked("HRGA"), "SETUJU", "approves the revision of HRGA")
        self._answer(self._asked("Sales"), "SETUJU", "approves Sales without condition")
        self.world.poll()

    def _work_done(self) -> None:
        self.clock.pass_minutes(60)
        today = self.clock.now.date().isoformat()
        staff = company.IT_STAFF.name

        def done(key: str) -> dict[str, str]:
            account = key.rpartition("-")[2].replace("/", "-")
            return {"status": "done", "done_by": staff, "done_on": today, "account_id": f"U{account}"}

        self.world.fill_register(done)
        self.scenes.append(Scene(self.clock.now, staff, "creates the accounts and notes it in the register"))
        self.world.poll()

    # what people do

    def _send_form(
        self, sender: Person, form: Form, subject: str, what: str, reply_to: Received | None = None
    ) -> None:
        text = "Dengan hormat,\n\nTerlampir form permintaan akses. Mohon diproses."
        workbook = official_workbook(self.systems, form)
        mail = clients.form_mail(sender, workbook, subject, text, self.clock.now, reply_to)
        self._deliver(mail, sender.name, what)

    def _answer(self, letter: Received, text: str, what: str) -> None:
        boss = company.IT_MANAGER
        self._deliver(clients.answer(boss, letter, text, self.clock.now), boss.name, what)

    def _deliver(self, raw: bytes, who: str, what: str) -> None:
        self.world.deliver(raw)
        self.scenes.append(Scene(self.clock.now, who, what, hashlib.sha256(raw).hexdigest()))
        self.clock.pass_minutes(1)

    def _letter(self, kind: str, to: Person) -> Received:
        """The newest letter of this kind in that person's inbox."""
        found = [letter for letter in self._inbox() if letter.kind == kind and to.email in letter.to]
        if not found:
            raise PipelineError(
                f"The demo expected a letter '{kind}' to {to.email}.", "This is a bug; report it."
            )
        return found[-1]

    def _asked(self, department: str) -> Received:
        """The newest approval mail about a department in the IT Manager's inbox."""
        found = [
            letter
            for letter in self._inbox()
            if letter.kind in {"approval", "unclear"} and department in letter.text
        ]
        if not found:
            raise PipelineError(
                f"The demo expected an approval mail about {department}.", "This is a bug; report it."
            )
        return found[-1]

    def _inbox(self) -> list[Received]:
        return [clients.read_letter(raw) for raw in self.world.letters()]


def official_workbook(systems: tuple[System, ...], form: Form) -> bytes:
    """The official form, filled as its owner would fill it."""
    header = DocumentHeader(
        segment="Supporting Directorate", process="Information Technology",
        sub_process="Permintaan Akses Sistem Informasi (Supporting tools)", number="SOP-IT-003",
        effective="29/07/2022", revision="01",
    )  # fmt: skip
    return fill_form(write_blank(systems, company.DIRECTORY, company.NAME, "id", header), form)
