"""The fixed words nouns are described with, and the one family of errors."""

from typing import Literal

Language = Literal["id", "en"]
RequestType = Literal["new", "change", "revoke"]
Action = Literal["grant", "change", "revoke"]
Signature = Literal["image", "typed", "none"]
#: normal; urgent: a shorter clock; emergency: access first, the sign-off afterwards.
Urgency = Literal["normal", "urgent", "emergency"]
#: Stands where a system's code would, in a row that takes away all that its employees hold.
ALL_ACCESS = "ALL"
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
#: Of several approvers of a step: the first who may decide is asked; all are asked and one is enough; or
#: every one of them must approve.
Need = Literal["first", "any", "all"]
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
