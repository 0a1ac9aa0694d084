"""What the look-up tables know of one mail, one request, one token. Reads no table itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Event


@dataclass(frozen=True)
class MailRow:
    """What is known of one mail. `outcome` is "" until it has been decided."""

    sha256: str
    content_key: str
    message_id: str
    first_seen: str
    sender: str
    subject: str
    attempts: int
    outcome: str
    reason: str
    ref: str
    seq: int
    filed: bool


@dataclass(frozen=True)
class RequestRow:
    ref: str
    state: str
    requester: str
    content_key: str


@dataclass(frozen=True)
class TokenRow:
    """Where a token was given out: the event that holds everything bound into it."""

    code: str
    ref: str
    event: Event


def mail_row(row: Mapping[str, object]) -> MailRow:
    """A line of the mails table as it was read."""
    return MailRow(
        sha256=str(row["sha256"]), content_key=str(row["content_key"]), message_id=str(row["message_id"]),
        first_seen=str(row["first_seen"]), sender=str(row["sender"]), subject=str(row["subject"]),
        attempts=int(str(row["attempts"])), outcome=str(row["outcome"]), reason=str(row["reason"]),
        ref=str(row["ref"]), seq=int(str(row["seq"])), filed=bool(row["filed"]),
    )  # fmt: skip
