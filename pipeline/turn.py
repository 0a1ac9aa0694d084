"""One mail's turn at a desk: an open journal entry and everything needed to decide. Sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from pipeline.approval.tokens import Binding, mint_code
from pipeline.approval.workflow import fold
from pipeline.directory.mailed import ENDED, NAMED, Mailed, fold_deputies, with_mailed_deputies
from pipeline.journal import Entry, LetterRow, RequestRow
from pipeline.letters.compose import compose, message_id
from pipeline.model import Attachment, Case, Directory, Event, Language, Letter, Mail, OutcomeKind, Person
from pipeline.office import Office

#: Letters that answer a mail which asked for nothing we could do.
_ANSWERS = ("returned", "duplicate", "late", "unclear")


@dataclass(frozen=True)
class Outcome:
    """How a mail ends: exactly one kind, a short reason code, and the request it belongs to."""

    kind: OutcomeKind
    reason: str
    ref: str = ""


@dataclass
class Turn:
    """What is recorded and written while one journal entry is open. Letters get their bytes at `close`.

    It is given the directory of the workbook; `directory` is that with the deputies named by mail."""

    office: Office
    entry: Entry
    now: datetime
    directory: Directory
    letters: list[Letter] = field(default_factory=list)
    workbook: Directory = field(init=False)

    def __post_init__(self) -> None:
        self.workbook = self.directory
        self.directory = with_mailed_deputies(
            self.directory, mailed_deputies(self.entry), self.office.today()
        )

    def record(self, kind: str, ref: str, by: str, data: Mapping[str, object]) -> Event:
        """Append an event, and keep the look-up tables of its request up to date."""
        event = self.entry.add_event(kind, ref, by, data, self.now)
        if ref:
            case = self.case(ref)
            if case is not None:
                row = RequestRow(ref, case.state, case.requester, case.content_key)
                self.entry.keep_request(row, event.seq)
        return event

    def case(self, ref: str) -> Case | None:
        return fold(self.entry.events(ref=ref))

    def write(self, letter: Letter) -> None:
        """Add a letter. Its bytes are made when the turn closes, under the last hash of the chain."""
        if letter.to:
            self.letters.append(letter)

    def id_of(self, key: str, token: str = "") -> str:
        """The Message-ID that the letter of this key has or will have."""
        domain = self.office.config.portal.address.rpartition("@")[2]
        return message_id(key, token, self.office.keys.letters, domain)

    def close(self) -> None:
        """Queue every letter with its final bytes; part of the same transaction as the events."""
        for letter in self.letters:
            self.entry.outbox.put(self._final(letter))

    def _final(self, letter: Letter) -> LetterRow:
        seq, head = self.entry.head()
        name = self.id_of(letter.key, letter.token)
        config = self.office.config
        data = compose(
            replace(letter, references=tuple(dict.fromkeys(letter.references))),
            self.office.templates.render(letter, self.now),
            sender=config.portal.address,
            sender_name=config.portal.name,
            message_id=name,
            date=self.now,
            head=f"{seq}:{head}",
        )
        return LetterRow(
            key=letter.key, message_id=name, kind=letter.kind, ref=letter.ref, recipients=letter.to,
            waiting=letter.to, data=data, state="waiting", attempts=0, queued_at=self.now, answer="",
        )  # fmt: skip

    def letter_answered(self, mail: Mail) -> LetterRow | None:
        """The newest of our letters about a request that this mail answers, by its thread."""
        return next((letter for letter in self.entry.outbox.answered_by(mail) if letter.ref), None)

    # who

    def language_of(self, email: str) -> Language:
        """The person's own language, else the company's."""
        person = self.directory.person(email)
        return (person.language if person else None) or self.office.config.company.language

    def name_of(self, email: str) -> str:
        person = self.directory.person(email)
        return person.name if person else email

    def it_staff(self) -> tuple[str, ...]:
        return _addresses(self.directory.with_role("it_staff"))

    def it(self) -> tuple[str, ...]:
        """Everybody who is told when something was set aside: IT staff and the IT Manager."""
        return _addresses((*self.directory.with_role("it_staff"), *self.directory.with_role("it_manager")))

    def it_and_management(self) -> tuple[str, ...]:
        """Who is told of what may not wait for IT alone."""
        return tuple(dict.fromkeys((*self.it(), *_addresses(self.directory.with_role("management")))))

    def mint(self, binding: Binding) -> str:
        """The code for this binding, under the newest key."""
        keys = self.office.keys
        return mint_code(binding, keys.tokens[keys.current], keys.current)

    # letters any desk may write

    def tell_it(self, key: str, kind: str, facts: Mapping[str, object], ref: str = "") -> None:
        company = self.office.config.company.language
        self.write(Letter(key=key, kind=kind, to=self.it(), language=company, facts=facts, ref=ref))

    def to_requester(
        self,
        key: str,
        kind: str,
        case: Case,
        facts: Mapping[str, object],
        attachments: tuple[Attachment, ...] = (),
    ) -> None:
        """A letter to who sent the form, in the thread of his own mail, and to all who sent an earlier
        revision of it and are in the directory still: a colleague's correction must not leave them without
        news."""
        others = (one for one in case.askers if self.directory.person(one) is not None)
        to = tuple(dict.fromkeys((case.requester, *others)))
        self.write(Letter(
            key=key, kind=kind, to=to, language=self.language_of(case.requester),
            facts={"case": case, **facts}, ref=case.ref, attachments=attachments,
            in_reply_to=case.thread[-1] if case.thread else "", references=case.thread,
        ))  # fmt: skip

    def to_staff(self, letter: Letter) -> None:
        """A letter to IT about the work on its request, in the thread of those that asked for work.

        Never in that of an approval mail: an answer to it would be read as one to the question."""
        earlier = tuple(
            row.message_id for row in self.entry.outbox.all(letter.ref) if row.kind == "provision"
        )
        self.write(replace(letter, in_reply_to=earlier[-1] if earlier else "", references=earlier))

    def answered_today(self, email: str, kinds: tuple[str, ...] = _ANSWERS) -> int:
        """How many automatic answers of these kinds this address was sent in the last 24 hours."""
        return self.entry.outbox.queued_to(email, kinds, self.now - timedelta(hours=24))

    def said_today(self, begin: str) -> bool:
        """Was a letter whose key begins like this written in the last 24 hours, or in this turn?

        Who sends the same thing ten times is answered once: he may be a robot that shows no sign of it."""
        queued = self.entry.outbox.queued_like(begin, self.now - timedelta(hours=24))
        return bool(queued) or any(letter.key.startswith(begin) for letter in self.letters)


def _addresses(people: tuple[Person, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person.email for person in people))


def mailed_deputies(entry: Entry) -> dict[str, Mailed]:
    """What the approvers' mails about their deputies have come to."""
    events = (*entry.events(kind=NAMED), *entry.events(kind=ENDED))
    return fold_deputies(sorted(events, key=lambda event: event.seq))


def all_cases(entry: Entry) -> tuple[Case, ...]:
    """Every request, folded from its events, in the order of the numbers."""
    # One query for all: with 20,000 requests, one for each took 20 s where this takes 9.
    by_ref = groupby(entry.events_by_request(), lambda event: event.ref)
    folded = {ref: fold(events) for ref, events in by_ref}
    cases = (folded.get(row.ref) for row in entry.requests())
    return tuple(case for case in cases if case is not None)
