"""A request: its items, and everything that has happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.model.forms import Employee, Form
from pipeline.model.words import Action, ItemStatus, Need, RequestState

#: A request's number (REQ-2026-0001), as a regular expression.
REQUEST_NUMBER = r"REQ-[0-9]{4}-[0-9]{4,}"


@dataclass(frozen=True)
class AccessItem:
    """One employee, one system, one level, one action: what is decided and provisioned."""

    #: unique in the request for ever; a revision keeps it or takes a new one
    no: int
    employee: Employee
    system: str
    system_label: str
    access_level: str
    action: Action
    start_date: date
    end_date: date | None
    justification: str


@dataclass(frozen=True)
class Step:
    """One approval that an item needs, as config.yaml had it when the form came."""

    #: unique in the item's route: "main", "sign_off", "owner", "exception", or the name in config.yaml
    name: str
    #: smaller ones first; the same number at once
    stage: int
    #: roles and addresses, in order; empty: whom config.yaml names today (approval.role, then alternate)
    who: tuple[str, ...] = ()
    need: Need = "first"
    #: an approval counts only with a reason
    reason: bool = False
    #: the access is given before: without this approval it is taken away again
    after: bool = False


#: What the IT Manager decides, and all there is where nothing else is configured.
MAIN = Step("main", 5)


@dataclass(frozen=True)
class Vote:
    """Somebody approved an item in one or more of its steps."""

    steps: tuple[str, ...]
    by: str
    #: the approver whose deputy this is, or ""
    acting_for: str
    at: datetime
    #: seq of the event
    event: int

    @property
    def principal(self) -> str:
        """In whose name it was given."""
        return self.acting_for or self.by


@dataclass(frozen=True)
class Origin:
    """The row of the company's old register that an item was taken over from: nobody's approval is known."""

    file: str
    #: of the whole old register
    sha256: str
    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}, {self.sheet}!{self.row}"


@dataclass(frozen=True)
class CaseItem:
    """An item with what has happened to it."""

    item: AccessItem
    status: ItemStatus
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    #: seq of the event that decided it: the evidence id
    decided_event: int = 0
    #: the IT staff's register cells: status, done_by, done_on, account_id, note, revoked_on
    staff: Mapping[str, str] = field(default_factory=dict)
    provisioned_at: datetime | None = None
    #: every approval it needs, by stage
    route: tuple[Step, ...] = (MAIN,)
    #: names of the steps that are done with
    passed: tuple[str, ...] = ()
    votes: tuple[Vote, ...] = ()
    #: when it was decided that access once given is to be taken away again
    ended_at: datetime | None = None
    #: when it was given up since nobody had decided in time
    lapsed_at: datetime | None = None
    #: where it was imported from, and None for what was asked for with a form
    origin: Origin | None = None

    @property
    def all_said(self) -> bool:
        """Is everything said that must be said before access is given?"""
        return {step.name for step in self.route if not step.after} <= set(self.passed)


@dataclass(frozen=True)
class Asked:
    """An approver was asked: one token, one letter, one round."""

    round: int
    code: str
    approver: str
    #: the approver whose deputy this is, or ""
    acting_for: str
    expires: datetime
    message_id: str
    #: the item numbers that were asked about
    items: tuple[int, ...]
    #: is an answer still waited for?
    open: bool
    asked_at: datetime
    #: how many reminders went out
    reminded: int = 0
    #: the question had gone unanswered elsewhere before it came here
    escalated: bool = False
    #: it went unanswered here, and somebody else was to be asked
    passed_on: bool = False
    #: when he answered automatically, proven to be his: he is out of office
    away_since: datetime | None = None
    #: the deputy who was brought in because he was away or did not answer, or ""
    handed_to: str = ""
    #: he is it from then on, and not only while the directory's dates run
    handed_for_good: bool = False
    #: item number -> names of the steps it was asked for; without it the step is "main"
    steps: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def principal(self) -> str:
        """In whose name the answer would be given."""
        return self.acting_for or self.approver


@dataclass(frozen=True)
class Case:
    """The folded events of one request: everything that is known about it now."""

    ref: str
    revision: int
    state: RequestState
    form: Form
    #: proven address of who sent it
    requester: str
    items: tuple[CaseItem, ...]
    #: sha256 of the canonical content of this revision
    digest: str
    #: sha256 of the content and its requester, without numbers: the same form sent twice has the same
    content_key: str
    asked: tuple[Asked, ...]
    #: of revision 0
    received_at: datetime
    revised_at: datetime
    decided_at: datetime | None
    completed_at: datetime | None
    #: of the attachment as it came
    form_sha256: str
    mail_sha256: str
    #: Message-IDs of the letters and mails of this request, oldest first
    thread: tuple[str, ...] = ()
    unclear_asked: int = 0
    #: everybody who sent it or a revision of it, oldest first
    askers: tuple[str, ...] = ()
    #: when anything of this revision was last withdrawn, lapsed or ended
    closed_at: datetime | None = None

    @property
    def imported(self) -> bool:
        """Was it taken over from an old register? Then nobody asked for it or decided on it here."""
        return any(item.origin is not None for item in self.items)


@dataclass(frozen=True)
class Event:
    """One line of the journal."""

    seq: int
    kind: str
    ref: str
    at: datetime
    by: str
    data: Mapping[str, object]
    hash: str = ""
