"""Mails, who sent them, and which desk they go to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail, or goes out with a letter. `name` is shown, never used as a path."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class SignedPart:
    """The signed half of a mail that is multipart/signed as a whole (RFC 1847, RFC 8551). Not yet checked."""

    #: with its own headers, as it stands in the raw mail
    content: bytes
    #: decoded: what should be a CMS structure
    signature: bytes


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
    #: where the whole mail is signed with S/MIME: `text`, `html` and files then stand in its content alone
    signed: SignedPart | None = None

    def header(self, name: str) -> str:
        """The first (topmost) header of that name, or ""."""
        return next((v for n, v in self.headers if n == name.lower()), "")

    def header_all(self, name: str) -> tuple[str, ...]:
        return tuple(v for n, v in self.headers if n == name.lower())


#: How a sender is known to be real: by our server's DMARC verdict, by that of a mailing list that seals its
#: mail (ARC), as a mailbox of the same Microsoft 365 tenant, by the pinned certificate of an S/MIME
#: signature, or only by the code of the approval mail.
Proof = Literal["dmarc", "arc", "microsoft365-internal", "smime", "token-only", "none"]


@dataclass(frozen=True)
class Sender:
    """Who a mail is really from. `address` is "" unless exactly one address stands in exactly one From."""

    #: lower case
    address: str
    #: why the From header is not believed, "" when it is sound
    defect: str
    proof: Proof
    #: for the evidence: what Authentication-Results or the signature said, or why they do not count
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
