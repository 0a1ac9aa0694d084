"""A day at the demo company, played through the real pipeline: mails, polls, answers, the register."""

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


@dataclass
class Story:
    """Plays the scenes in order. `told` has one line for each: what a person did, and what came of it."""

    world: World
    clock: Clock
    systems: tuple[System, ...]
    told: list[str] = field(default_factory=list)

    def play(self) -> list[str]:
        self._morning()
        self._answers()
        self._second_round()
        self._work_done()
        return self.told

    # scenes

    def _morning(self) -> None:
        today = self.clock.now.date()
        self._send_form(
            company.FINANCE_MANAGER, company.finance_form(today), "Permintaan akses staf akuntansi baru"
        )
        self._send_form(
            company.SALES_PIC, company.sales_form_with_mistakes(today), "Form akses Agung Saputra"
        )
        self._send_form(company.HR_MANAGER, company.hr_form(today), "Mohon akses HRIS")
        self._send_form(
            company.TECHNICAL_MANAGER, company.technical_form(today), "Akses Tracy dan CCTV teknisi"
        )
        stolen = official_workbook(self.systems, company.finance_form(today))
        self._deliver(clients.strangers_form(stolen, self.clock.now))
        self._deliver(clients.newsletter(self.clock.now))
        self.told.append("Four forms arrive, one of them faulty; a stranger's form; a newsletter.")
        self.world.poll()

    def _answers(self) -> None:
        self.clock.pass_minutes(45)
        finance, hr, technical = (self._asked(name) for name in ("Finance", "HRGA", "Teknikal"))
        boss = company.IT_MANAGER
        self._deliver(clients.out_of_office(boss, finance, self.clock.now))
        self._deliver(clients.forged_approval(boss, hr, self.clock.now))
        self.told.append("The IT Manager's out-of-office answers; somebody forges an approval for HRGA.")
        self.world.poll()
        self.clock.pass_minutes(75)
        self._deliver(clients.answer(boss, finance, "Setuju semua, terima kasih.", self.clock.now))
        refusal = "TOLAK. Hak administrator terlalu luas, cukup operator data karyawan."
        self._deliver(clients.answer(boss, hr, refusal, self.clock.now))
        partly = "SETUJU 1,2,3 TOLAK 4 alasan: cukup satu teknisi yang memantau CCTV"
        self._deliver(clients.answer(boss, technical, partly, self.clock.now))
        self.told.append(
            "The IT Manager approves Finance, rejects HRGA, and approves three of Teknikal's four items."
        )
        returned = self._letter("returned", company.SALES_PIC)
        self._send_form(company.SALES_PIC, company.sales_form(self.clock.now.date()), "Re: form", returned)
        self.told.append("Sales sends the corrected form.")
        self.world.poll()

    def _second_round(self) -> None:
        self.clock.pass_minutes(60)
        today = self.clock.now.date()
        rejected = self._letter("decided", company.HR_MANAGER)
        ref = next(
            word for word in rejected.subject.replace("[", " ").replace("]", " ").split() if "REQ-" in word
        )
        self._send_form(company.HR_MANAGER, company.hr_form_revised(today, ref), "Re: revisi", rejected)
        condition = "Setuju asal kepala divisi Sales sudah tanda tangan ya."
        self._deliver(clients.answer(company.IT_MANAGER, self._asked("Sales"), condition, self.clock.now))
        self.told.append(
            f"HRGA resubmits {ref}, asking for less; the answer about Sales has a condition: asked back."
        )
        self.world.poll()
        self.clock.pass_minutes(30)
        for department in ("HRGA", "Sales"):
            self._deliver(
                clients.answer(company.IT_MANAGER, self._asked(department), "SETUJU", self.clock.now)
            )
        self.told.append("The IT Manager approves the revision of HRGA, and Sales without condition.")
        self.world.poll()

    def _work_done(self) -> None:
        self.clock.pass_minutes(60)
        today = self.clock.now.date().isoformat()

        def done(key: str) -> dict[str, str]:
            account = key.rpartition("-")[2].replace("/", "-")
            return {
                "status": "done",
                "done_by": company.IT_STAFF.name,
                "done_on": today,
                "account_id": f"U{account}",
            }

        self.world.fill_register(done)
        self.told.append("IT staff create the accounts and note it in the register.")
        self.world.poll()
        self.clock.pass_minutes(5)
        self.world.poll()

    # what people do

    def _send_form(self, sender: Person, form: Form, subject: str, reply_to: Received | None = None) -> None:
        text = "Dengan hormat,\n\nTerlampir form permintaan akses. Mohon diproses."
        workbook = official_workbook(self.systems, form)
        self._deliver(clients.form_mail(sender, workbook, subject, text, self.clock.now, reply_to))

    def _deliver(self, raw: bytes) -> None:
        self.world.deliver(raw)
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
