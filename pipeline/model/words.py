"""The fixed words nouns are described with, and the one family of errors."""

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
