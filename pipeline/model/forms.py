"""The form: what its sender wrote, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.model.words import Action, ProblemKind, RequestType, Severity, Signature, Urgency


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
    #: catalogue code, ALL_ACCESS for everything that the employees hold, or "" when unknown
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
    #: what was typed as the signature, word for word; "" for a picture
    signature_text: str = ""
    #: as the sender marked it; whether it is one is the IT Manager's to judge
    urgency: Urgency = "normal"


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
    #: the title of a list of corrections that we once put into this file, "" where there is none
    corrections: str = ""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity == "error")
