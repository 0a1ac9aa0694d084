"""One living company with requests in every state: the stage on which forged mails are played.

world = ForgeryWorld(folder)     open, used, revised, withdrawn requests and one that a deputy was asked about
world.play(attempt)              what the real gates make of it, in a transaction that is undone
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pipeline.demo import clients, company
from pipeline.demo.clients import Received
from pipeline.desks import DESKS, sender_at
from pipeline.flow import choose_desk, decide_at_desk
from pipeline.housebook import read_house_directory
from pipeline.mail.message import read_mail
from pipeline.mail.sender import Pins, SenderPolicy, check_sender
from pipeline.model import Directory, Person
from pipeline.turn import Turn, all_cases
from tests.company import BOSS, MORNING, Company
from tests.mail.signing import signer

TODAY = MORNING.date()
FINANCE, HR = company.finance_form(TODAY), company.hr_form(TODAY)
LIST = "lists.mitra.example"
ANDI, TWIN = signer(BOSS.name), signer(BOSS.name, copy=1)
#: What an answer that decides nothing may leave behind in a request's story.
HARMLESS = {"reply_late", "reply_unclear", "automatic_answer", "letter_bounced"}
_PROOF = {
    "mode": "require", "authserv_ids": [company.AUTHSERV], "smime": True, "arc_sealers": [LIST],
}  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """A mail, and the circumstances in which it arrives."""

    raw: bytes
    days: int = 0
    directory: Directory | None = None
    policy: SenderPolicy | None = None


@dataclass(frozen=True)
class Played:
    """What became of an attempt: its outcome, the events it would write, who would get letters."""

    kind: str
    reason: str
    events: tuple[str, ...]
    unchanged: bool
    written_to: frozenset[str]
    #: what was decided for the items, if anything
    verdicts: frozenset[str]


@dataclass
class ForgeryWorld:
    """Finance's request is open, HR's too; others are decided, revised, withdrawn, or at a deputy."""

    folder: Path
    asked: dict[str, Received] = field(default_factory=dict)
    #: the mail that decided the used request, as it came
    used_mail: bytes = b""

    def __post_init__(self) -> None:
        self.house = Company(self.folder, lambda data: data.update(sender_proof=_PROOF))
        self.house.write_directory(self._directory())
        for name, form in (("open", FINANCE), ("other", HR), ("used", company.sales_form(TODAY))):
            self._ask(name, form)
        self.used_mail = self.house.answer(self.asked["used"], "SETUJU")
        self.house.poll()
        self._revise()
        self._withdraw()
        self._leave_to_deputy()
        self.directory = read_house_directory(self.house.office)
        with self.house.office.journal.entry() as entry:
            self.before = self._digest(all_cases(entry))
        self.people = frozenset(person.email for person in company.DIRECTORY.people)

    def _ask(self, name: str, form: object, **mail: object) -> None:
        self.house.send_form(form, **mail)  # type: ignore[arg-type]
        self.house.poll()
        self.asked[name] = self.house.asked()

    def _directory(self) -> Directory:
        """The demo company's people; the IT Manager with his certificate."""
        pinned = replace(BOSS, certificate=ANDI.fingerprint)
        return replace(
            company.DIRECTORY, people=tuple(pinned if p == BOSS else p for p in company.DIRECTORY.people)
        )

    def _revise(self) -> None:
        """Rejected and sent again: the first letter carries the code of a revision that is no more."""
        form = company.technical_form(TODAY)
        self._ask("old revision", form)
        self.house.answer(self.asked["old revision"], "TOLAK 2 alasan: tidak perlu")
        self.house.poll()
        answer = self.house.letters("decided")[-1]
        self._ask("revised", replace(form, lines=form.lines[:1]), reply_to=answer)

    def _withdraw(self) -> None:
        form = replace(
            FINANCE, lines=tuple(replace(one, justification="Audit akhir tahun") for one in FINANCE.lines[1:])
        )
        self._ask("withdrawn", form)
        mine = self.house.letters("received", to=FINANCE.requester_email)[-1]
        self.house.answer(mine, "BATAL", sender=company.FINANCE_MANAGER)
        self.house.poll()
        assert self.house.last() == ("processed", "withdrawn")

    def _leave_to_deputy(self) -> None:
        """The last request gains the IT Manager access: the director's deputy was asked, whose days end soon."""
        away = {
            "deputy": company.IT_STAFF.email,
            "deputy_from": TODAY,
            "deputy_until": TODAY + timedelta(days=3),
        }
        people = self._directory().people
        people = tuple(replace(p, **away) if p == company.DIRECTOR else p for p in people)  # type: ignore[arg-type]
        self.house.write_directory(replace(company.DIRECTORY, people=people))
        form = replace(
            HR, employees=(replace(HR.employees[0], name=BOSS.name, email=BOSS.email),),
            lines=tuple(replace(one, access_level="Operator absensi") for one in HR.lines),
        )  # fmt: skip
        self._ask("deputy", form)
        assert self.asked["deputy"].to == company.IT_STAFF.email

    # the stage

    @staticmethod
    def _digest(cases: object) -> tuple[object, ...]:
        return tuple((c.ref, c.revision, c.state, tuple(i.status for i in c.items)) for c in cases)  # type: ignore[attr-defined]

    def people_with(self, swapped: dict[str, Person]) -> Directory:
        """The directory of today with other rows for some addresses."""
        people = tuple(swapped.get(person.email, person) for person in self.directory.people)
        return replace(self.directory, people=people)

    def play(self, attempt: Attempt) -> Played:
        """The way of one mail through flow.py, gate by gate, in a transaction that is undone at the end."""
        today = self.house.clock.now
        self.house.clock.now = today + timedelta(days=attempt.days)
        try:
            return self._played(attempt)
        finally:
            self.house.clock.now = today

    def _played(self, attempt: Attempt) -> Played:
        office = self.house.office
        now = office.clock()
        directory = attempt.directory or self.directory
        mail = read_mail(attempt.raw)
        sender = check_sender(mail, attempt.policy or office.policy, Pins(directory, now))
        with office.journal.trial() as entry:
            entry.count_attempt(mail.sha256, mail.size, now)
            entry.describe_mail(mail)
            verdict = choose_desk(office, entry, mail, sender)
            sender = sender_at(verdict.desk, sender)
            read = DESKS[verdict.desk].read(office, directory, mail, sender)
            head = entry.head()[0]
            turn = Turn(office, entry, now, directory)
            outcome = decide_at_desk(turn, mail, sender, verdict, read)
            new = [event for event in entry.events() if event.seq > head] if entry.head()[0] > head else []
            kinds = tuple(event.kind for event in new)
            unchanged = not set(kinds) - HARMLESS and (
                not new or self._digest(all_cases(entry)) == self.before
            )
        verdicts = frozenset(
            str(v) for event in new for v in dict(event.data.get("decisions") or {}).values()
        )  # type: ignore[call-overload]
        to = frozenset(address for letter in turn.letters for address in letter.to)
        return Played(outcome.kind, outcome.reason, kinds, unchanged, to, verdicts)

    def honest_attempt(self) -> Attempt:
        """The IT Manager approves the open request from his phone."""
        return Attempt(clients.answer(BOSS, self.asked["open"], "SETUJU", self.house.clock.now))
