"""The nouns every room speaks with. Frozen values only: nothing here reads, writes or decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Language = Literal["id", "en"]
RequestType = Literal["new", "change", "revoke"]
Action = Literal["grant", "change", "revoke"]
Signature = Literal["image", "typed", "none"]
Severity = Literal["error", "warning"]
ProblemKind = Literal[
    "missing", "unknown", "invalid", "ambiguous", "order", "duplicate", "formula", "file", "form"
]
#: How a mail can end. Exactly one of these for every mail ever fetched.
OutcomeKind = Literal["processed", "returned", "ignored", "duplicate", "quarantined"]
RequestState = Literal[
    "received", "returned", "awaiting_signoff", "awaiting_approval", "rejected", "approved",
    "partly_approved", "provisioning", "completed", "withdrawn", "lapsed",
]  # fmt: skip
ItemStatus = Literal["requested", "approved", "rejected", "provisioned", "revoked", "expired", "cancelled"]
ReplyDecision = Literal[
    "approve", "reject", "partial", "unclear", "auto_reply", "bounce", "receipt", "not_a_reply"
]


class PipelineError(Exception):
    """A broken world (disk, server, configuration). `what` names the place, `mend` what to do."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what = what
        self.mend = mend


# --- mail -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail, or goes out with a letter. `name` is shown, never used as a path."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """One mail as read from its raw bytes. Reading never fails: what is odd stands in `defects`."""

    #: of the raw bytes: the name in the spool
    sha256: str
    size: int
    #: with angle brackets, or ""
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    #: decoded, control and bidi characters removed, one line
    subject: str
    #: what the sender claims; never used for order
    date: datetime | None
    #: every From header as it stands: unfolded, not decoded
    from_: tuple[str, ...]
    #: (lower-case name, unfolded raw value), top first
    headers: tuple[tuple[str, str], ...]
    #: of the whole mail, lower case, without parameters
    content_type: str
    text: str | None
    html: str | None
    attachments: tuple[Attachment, ...]
    defects: tuple[str, ...]
    #: sha256 over Message-ID, From and each part's decoded bytes: the same mail by another route has the same
    content_key: str

    def header(self, name: str) -> str:
        """The first (topmost) header of that name, or ""."""
        return next((v for n, v in self.headers if n == name.lower()), "")

    def header_all(self, name: str) -> tuple[str, ...]:
        return tuple(v for n, v in self.headers if n == name.lower())


@dataclass(frozen=True)
class Sender:
    """Who a mail is really from. `address` is "" unless exactly one address stands in exactly one From."""

    #: lower case
    address: str
    #: why the From header is not believed, "" when it is sound
    defect: str
    proof: Literal["dmarc", "token-only", "none"]
    #: for the evidence: what Authentication-Results said, or why it does not count
    detail: str

    @property
    def proven(self) -> bool:
        return bool(self.address) and not self.defect and self.proof != "none"


@dataclass(frozen=True)
class Hit:
    """An inbox rule that matched, and which of its conditions did."""

    rule: str
    desk: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """Which desk a mail goes to: the first rule that hit decides, all hits are kept."""

    desk: str
    hits: tuple[Hit, ...]


# --- people and systems ---------------------------------------------------------------------------


@dataclass(frozen=True)
class System:
    """One entry of the catalogue: something that access can be asked for."""

    code: str
    category: str
    label_id: str
    label_en: str
    also: tuple[str, ...] = ()
    #: access levels offered in the drop-down; empty: free text
    levels: tuple[str, ...] = ()
    end_date_required: bool = False
    max_days: int | None = None
    conflicts: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id


@dataclass(frozen=True)
class Person:
    name: str
    #: lower case
    email: str
    department: str
    division: str
    #: manager, pic (person in charge), division_head, it_manager, it_staff, management, employee
    role: str
    language: Language | None = None
    #: the deputy's email
    deputy: str = ""
    deputy_from: date | None = None
    deputy_until: date | None = None


@dataclass(frozen=True)
class Department:
    name: str
    division: str
    #: email of the division head
    division_head: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    people: tuple[Person, ...]
    departments: tuple[Department, ...]

    def person(self, email: str) -> Person | None:
        return next((p for p in self.people if p.email == email.lower()), None)

    def with_role(self, role: str) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.role == role)


# --- the form -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Problem:
    """Something wrong with a form: where, what, and how to mend it, in words for its sender."""

    #: as in the read-form contract: request_date, employees[0].name, items[2].start_date, file, form ...
    field: str
    kind: ProblemKind
    #: "Form!C7", or "" where no cell can be named
    cell: str
    severity: Severity
    #: what is wrong and how to mend it, in the sender's language
    message: str


@dataclass(frozen=True)
class Employee:
    no: int
    name: str
    #: NIK, text, leading zeros kept
    employee_id: str
    position: str
    email: str


@dataclass(frozen=True)
class AccessLine:
    """One filled row of the form's access table, before it is spread over employees."""

    no: int
    #: None: all employees of the form
    employee_no: int | None
    #: catalogue code, or "" when unknown
    system: str
    #: the catalogue's label where it is known, else as written
    system_text: str
    access_level: str
    action: Action
    start_date: date | None
    end_date: date | None
    justification: str


@dataclass(frozen=True)
class Form:
    request_date: date | None
    request_type: RequestType | None
    #: REQ-... it corrects, or ""
    revises: str
    requester_name: str
    requester_position: str
    requester_email: str
    requester_department: str
    requester_division: str
    division_head_name: str
    signature: Signature
    signed_on: date | None
    employees: tuple[Employee, ...]
    lines: tuple[AccessLine, ...]


@dataclass(frozen=True)
class FormReading:
    """What the reader made of one file: the form as far as it could be read, and all its problems."""

    form: Form
    problems: tuple[Problem, ...]
    #: field path -> "Form!C7"
    cells: Mapping[str, str] = field(default_factory=dict)
    #: the hidden form version, "" when the file is not our official form
    version: str = ""
    #: xlsx, xlsm, xls, ods, or what the file really is
    producer: str = ""
    #: of the signature picture, where there is one
    signature_sha256: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity == "error")


# --- the request ----------------------------------------------------------------------------------


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
    open: bool


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


# --- letters --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """An outgoing mail before it has bytes. `key` makes its Message-ID: the same key is the same letter."""

    key: str
    #: name of its template
    kind: str
    to: tuple[str, ...]
    language: Language
    facts: Mapping[str, object]
    ref: str = ""
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    #: carried in Message-ID, subject and body where a reply is to decide
    token: str = ""


# --- the register ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edit:
    """A cell of the register that changed: `key` is the row (REQ-2026-0001/1), `column` a column's key."""

    key: str
    column: str
    old: str
    new: str
