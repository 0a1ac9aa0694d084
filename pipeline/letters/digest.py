"""What a digest and the confirmation of an answer to it show of each line. Facts for templates, no more."""

from dataclasses import dataclass
from typing import Literal

from pipeline.model import CaseItem

#: Why a line can be rejected by the digest and not approved: "reason" (its step wants one) or "many" (it has
#: more items than the digest shows); "" where it can.
Apart = Literal["", "reason", "many"]
#: What became of a line that an answer speaks of, and, where nothing was recorded, why.
Left = Literal[
    "", "decided", "revised", "withdrawn", "lapsed", "passed_on", "expired", "changed", "not_yours", "gains",
    "reason", "many",
]  # fmt: skip


@dataclass(frozen=True)
class DigestLine:
    """One question, as the digest lists it."""

    no: int
    ref: str
    revision: int
    requester: str
    department: str
    urgency: str
    #: as its deputy, in what capacity, and whether access was given already; as in an approval mail
    acting_for: str
    as_what: str
    afterwards: bool
    conflicts: tuple[str, ...]
    signature_also: tuple[str, ...]
    #: whole working days since it was asked
    days: int
    items: tuple[CaseItem, ...]
    #: items that are not shown
    more: int
    apart: Apart


@dataclass(frozen=True)
class DigestVerdict:
    """What an answer came to, for one line."""

    no: int
    ref: str
    requester: str
    department: str
    #: "" where nothing was recorded, and `left` says why
    verdict: Literal["", "approve", "reject"]
    left: Left
    reason: str
    #: how many items it has
    count: int
    #: somebody else is to be heard as well
    next_step: bool
