"""The mailbox as the house sees it: what waits, its bytes, and putting it away. Understands no mail."""

from typing import Protocol

from pipeline.mail.imap import open_imap
from pipeline.mail.maildir import deliver, open_maildir
from pipeline.mail.places import Folders, ImapSettings, MaildirSettings, Waiting

__all__ = [
    "Folders", "ImapSettings", "Mailbox", "MaildirSettings", "Waiting", "deliver", "open_mailbox",
]  # fmt: skip


class Mailbox(Protocol):
    """An open mailbox: one session with a server, or a Maildir. Every method may raise PipelineError."""

    def waiting(self) -> tuple[Waiting, ...]:
        """Everything in the inbox, oldest arrival first. The folder is the queue: flags count for nothing."""
        ...

    def fetch(self, handle: str, limit: int) -> bytes | None:
        """The first `limit` bytes of a mail, its flags untouched; None when it has vanished meanwhile.

        A body that came shorter than the server announced raises PipelineError: half a mail is no mail."""
        ...

    def move(self, handle: str, folder: str) -> None:
        """Put one mail into one of the configured folders. One that has vanished meanwhile is no error."""
        ...

    def close(self) -> None:
        """End the session. Never raises; a second time does nothing."""
        ...


def open_mailbox(settings: ImapSettings | MaildirSettings, make: bool = True) -> Mailbox:
    """Connect, log in and make the missing folders; use with contextlib.closing.

    Without `make` opening it makes nothing: for a look.

    PipelineError, with the mend: unreachable, untrusted or without the TLS that was asked for, login refused,
    a folder that cannot be made, a server with neither MOVE (RFC 6851) nor UIDPLUS (RFC 4315)."""
    if isinstance(settings, ImapSettings):
        return open_imap(settings, make)
    return open_maildir(settings, make)
