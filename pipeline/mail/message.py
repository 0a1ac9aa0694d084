"""Raw bytes -> Mail. Never raises, never hangs, never touches the disk: what is odd is noted as a defect."""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pipeline.mail.decoding import clean_line, decode_words
from pipeline.mail.parts import Parts, read_parts
from pipeline.model import Mail

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")


def read_mail(raw: bytes) -> Mail:
    """The mail in `raw`, as far as it can be read (RFC 5322, 2045, 2047, 2231)."""
    parts = read_parts(raw)
    headers = parts.headers
    from_ = tuple(value for name, value in headers if name == "from")
    message_id = next(iter(_ids(headers, "message-id")), "")
    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        message_id=message_id,
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        subject=clean_line(decode_words(_first(headers, "subject")))[:1000],
        date=_date(_first(headers, "date")),
        from_=from_,
        headers=headers,
        content_type=parts.content_type,
        text=parts.text,
        html=parts.html,
        attachments=tuple(parts.attachments),
        defects=tuple(parts.defects),
        content_key=_content_key(message_id, from_, parts),
        signed=parts.signed,
    )


def _first(headers: tuple[tuple[str, str], ...], name: str) -> str:
    return next((value for n, value in headers if n == name), "")


def _ids(headers: tuple[tuple[str, str], ...], name: str) -> tuple[str, ...]:
    """Message-IDs of a header, in order, each once."""
    # Some programs encode a Message-ID that is longer than a line, which RFC 2047 forbids them.
    text = " ".join(decode_words(value) for n, value in headers if n == name)
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))[:200]


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _content_key(message_id: str, from_: tuple[str, ...], parts: Parts) -> str:
    """What the mail is, whatever route it took: Received lines and re-encoding do not change it."""
    digest = hashlib.sha256()
    for piece in (
        message_id.encode("utf-8", "replace"),
        *(f.encode("utf-8", "replace") for f in from_),
        *parts.leaves,
    ):
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()
