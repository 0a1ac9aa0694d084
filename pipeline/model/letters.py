"""What goes out: letters, and cells of the register."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.mails import Attachment
from pipeline.model.words import Language


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


@dataclass(frozen=True)
class Edit:
    """A cell of the register that changed: `key` is the row (REQ-2026-0001/1), `column` a column's key."""

    key: str
    column: str
    old: str
    new: str
