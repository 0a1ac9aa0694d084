"""The nouns every room speaks with. Frozen values only: nothing here reads, writes or decides."""

from pipeline.model.forms import AccessLine, Employee, Form, FormReading, Problem
from pipeline.model.letters import Edit, Letter
from pipeline.model.mails import Attachment, Hit, Mail, Proof, Sender, SignedPart, Verdict
from pipeline.model.people import Department, Directory, Person, System
from pipeline.model.requests import REQUEST_NUMBER, AccessItem, Asked, Case, CaseItem, Event
from pipeline.model.words import (
    Action,
    ItemStatus,
    Language,
    OutcomeKind,
    PipelineError,
    ProblemKind,
    ReplyDecision,
    RequestState,
    RequestType,
    Severity,
    Signature,
)

__all__ = [
    "REQUEST_NUMBER",
    "AccessItem",
    "AccessLine",
    "Action",
    "Asked",
    "Attachment",
    "Case",
    "CaseItem",
    "Department",
    "Directory",
    "Edit",
    "Employee",
    "Event",
    "Form",
    "FormReading",
    "Hit",
    "ItemStatus",
    "Language",
    "Letter",
    "Mail",
    "OutcomeKind",
    "Person",
    "PipelineError",
    "Problem",
    "ProblemKind",
    "Proof",
    "ReplyDecision",
    "RequestState",
    "RequestType",
    "Sender",
    "Severity",
    "Signature",
    "SignedPart",
    "System",
    "Verdict",
]
