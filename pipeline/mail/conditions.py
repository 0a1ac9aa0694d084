"""What an inbox rule can ask of a mail. Each condition answers with the reason why it holds, or "". Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.mail.automatic import AutomaticKind, automatic_kind, robot_headers
from pipeline.mail.commands import read_command
from pipeline.mail.htmltext import html_text
from pipeline.model import Mail, Sender

#: More of a body than this is not searched: rules look at what a person reads first.
_SEARCHED = 200_000


@dataclass(frozen=True)
class Seen:
    """A mail as the rules see it. `is_ours` tells whether a Message-ID is one of our letters'."""

    mail: Mail
    sender: Sender
    is_ours: Callable[[str], bool]

    @cached_property
    def text(self) -> str:
        parts = (self.mail.text, html_text(self.mail.html) if self.mail.html else None)
        return "\n".join(part for part in parts if part)[:_SEARCHED]

    @cached_property
    def automatic(self) -> AutomaticKind:
        # Five rules ask, of each mail.
        return automatic_kind(self.mail)


def _always(_seen: Seen, wanted: bool) -> str:
    return "every mail" if wanted else ""


def _automatic(seen: Seen, kinds: list[str]) -> str:
    kind = seen.automatic
    return f"written by a robot: {kind}" if kind in kinds else ""


def _automatic_header(seen: Seen, kinds: list[str]) -> str:
    found = (f"{name}: {value[:80]}" for name, value, kind in robot_headers(seen.mail) if kind in kinds)
    return next(found, "")


def _own_message(seen: Seen, wanted: bool) -> str:
    ours = bool(seen.mail.message_id) and seen.is_ours(seen.mail.message_id)
    return f"{seen.mail.message_id} is a letter of ours" if ours and wanted else ""


def _received_over(seen: Seen, most: int) -> str:
    count = len(seen.mail.header_all("received"))
    return f"went through {count} servers" if count > most else ""


def _answers_our_letter(seen: Seen, wanted: bool) -> str:
    names = (*seen.mail.in_reply_to, *reversed(seen.mail.references))
    ours = next((name for name in names if seen.is_ours(name)), "")
    return f"answers our letter {ours}" if ours and wanted else ""


def _attachment(seen: Seen, pattern: str) -> str:
    name = _first(pattern, (a.name for a in seen.mail.attachments))
    return f"attachment {name}" if name else ""


def _attachment_type(seen: Seen, pattern: str) -> str:
    kind = _first(pattern, (a.content_type for a in seen.mail.attachments))
    return f"attachment of type {kind}" if kind else ""


def _subject(seen: Seen, pattern: str) -> str:
    match = re.search(pattern, seen.mail.subject, re.IGNORECASE)
    return f"subject has {match.group()!r}" if match else ""


def _text(seen: Seen, pattern: str) -> str:
    match = re.search(pattern, seen.text, re.IGNORECASE)
    return f"text has {match.group()[:60]!r}" if match else ""


def _header(seen: Seen, wanted: dict[str, str]) -> str:
    for name, pattern in wanted.items():
        value = _first(pattern, seen.mail.header_all(name))
        if value:
            return f"{name}: {value[:80]}"
    return ""


def _from(seen: Seen, wanted: list[str]) -> str:
    """Addresses, or domains written as @example.com. A defective From matches nothing."""
    address = seen.sender.address
    domain = "@" + address.rpartition("@")[2]
    found = address and next((w for w in wanted if w.lower() in {address, domain}), "")
    return f"from {found}" if found else ""


def _command(seen: Seen, wanted: bool) -> str:
    """BATAL, STATUS or DEPUTI and nothing else in the first line that was typed."""
    command = read_command(seen.mail)
    return f"asks to {command.name}" if command and wanted else ""


def _names_deputy(seen: Seen, wanted: bool) -> str:
    """DEPUTI with whom and when, or with its end, in the first line that was typed."""
    command = read_command(seen.mail)
    return f"asks to {command.name}" if command and command.of_deputies and wanted else ""


def _size_over_kb(seen: Seen, kilobytes: int) -> str:
    return f"{seen.mail.size // 1024} kB" if seen.mail.size > kilobytes * 1024 else ""


def _first(pattern: str, values: Iterable[str]) -> str:
    return next((value for value in values if re.search(pattern, value, re.IGNORECASE)), "")


#: To add a condition: one function above, and its line here with the type of its argument.
CONDITIONS: dict[str, tuple[Callable[[Seen, Any], str], Any]] = {
    "always": (_always, bool),
    "automatic": (_automatic, list[str]),
    "automatic_header": (_automatic_header, list[str]),
    "own_message": (_own_message, bool),
    "received_over": (_received_over, int),
    "answers_our_letter": (_answers_our_letter, bool),
    "attachment": (_attachment, str),
    "attachment_type": (_attachment_type, str),
    "subject": (_subject, str),
    "text": (_text, str),
    "header": (_header, dict[str, str]),
    "from": (_from, list[str]),
    "command": (_command, bool),
    "names_deputy": (_names_deputy, bool),
    "size_over_kb": (_size_over_kb, int),
}
