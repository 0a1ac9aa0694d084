"""Where mail lies and leaves: settings of servers and folders, checked when made. Connects to nothing."""

import base64
import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, Protocol

from pipeline.model import PipelineError

Security = Literal["ssl", "starttls", "plain"]


@dataclass(frozen=True)
class Folders:
    """The folders of the mailbox, written with "/" between levels whatever the server uses."""

    inbox: str = "INBOX"
    processed: str = "Akses/Processed"
    returned: str = "Akses/Returned"
    ignored: str = "Akses/Ignored"
    duplicates: str = "Akses/Duplicates"
    quarantine: str = "Akses/Quarantine"

    def __post_init__(self) -> None:
        for name in self:
            _check_folder(name)

    def __iter__(self) -> Iterator[str]:
        return (getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True)
class ImapSettings:
    """A mailbox on a server. The password is the real one, and shows in no repr."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security
    folders: Folders
    timeout_s: float = 60
    #: PEM file of the company's own certificate authority; "": those of the operating system
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_server(self, "mailbox")


@dataclass(frozen=True)
class MaildirSettings:
    """A mailbox in a folder of this machine (Maildir++)."""

    path: Path
    folders: Folders


@dataclass(frozen=True)
class SmtpSettings:
    """A server that letters leave by. Without a user no login is tried."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Security
    timeout_s: float = 60
    ca_file: str = ""

    def __post_init__(self) -> None:
        _check_server(self, "post")


@dataclass(frozen=True)
class OutboxSettings:
    """A Maildir that letters are put into."""

    path: Path


@dataclass(frozen=True)
class Waiting:
    """A mail in the inbox. `handle` is good in one session only and is never a key; `size` in bytes."""

    handle: str
    size: int


class Server(Protocol):
    """What IMAP and SMTP settings have in common."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def security(self) -> Security: ...
    @property
    def ca_file(self) -> str: ...


def trust(server: Server, section: str) -> ssl.SSLContext:
    """A TLS context that always verifies certificate and host name. PipelineError: `ca_file` is unusable."""
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except OSError as error:
        raise PipelineError(
            f"The certificate file {server.ca_file} cannot be used ({error.strerror or error}).",
            f"{section}.ca_file in config.yaml must name a PEM file with the CA of {server.host}.",
        ) from error


def unreachable(server: Server, section: str, error: OSError) -> PipelineError:
    """What to tell when no (trusted) connection came about."""
    place = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return PipelineError(
            f"The certificate of {place} is not trusted: {error.verify_message}",
            f"Where the company signs its own certificates, name its CA certificate as {section}.ca_file; "
            f"{section}.host must be the name in the certificate. It is never accepted unverified.",
        )
    if isinstance(error, ssl.SSLError):
        return PipelineError(
            f"No TLS connection with {place} ({error.reason or error}).",
            f"Check {section}.port and security: usual are 993 and 465 for ssl, 143 and 587 for starttls.",
        )
    return PipelineError(
        f"{place} cannot be reached ({error.strerror or error}).",
        f"Check {section}.host and {section}.port in config.yaml, and that the server is up.",
    )


def conceal(server: Server, text: object) -> str:
    """What a server said, fit for a message: one line, at most 300 characters, never the password."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    if server.password:
        # Servers repeat what they were sent, also as AUTH PLAIN and LOGIN send it.
        plain = f"\0{server.user}\0{server.password}"
        coded = (base64.b64encode(secret.encode()).decode() for secret in (plain, server.password))
        for secret in (server.password, *coded):
            words = words.replace(secret, "***")
    return "".join(c if c.isprintable() else " " for c in words).strip()[:300]


def _check_folder(name: str) -> None:
    # Folder names are the only text that reaches IMAP commands and paths, so they are narrow: no
    # controls (CR LF would be a second command), no wildcards of LIST, no way out of the Maildir.
    parts = name.split("/")
    if not all(name.isprintable() and part.strip(". ") for part in parts) or any(c in name for c in '*%"\\'):
        raise PipelineError(
            f"{name!r} cannot be the name of a mail folder.",
            'Use plain words with "/" between levels, such as Akses/Processed, in mailbox.folders.',
        )


def _check_server(server: Server, section: str) -> None:
    for what, text in (("host", server.host), ("user", server.user), ("password", server.password)):
        if any(ord(c) < 32 or ord(c) == 127 for c in text):
            raise PipelineError(
                f"{section}.{what} contains a control character.",
                "Type it anew, on one line and without tabs.",
            )
    if server.security == "plain" and not _is_this_machine(server.host):
        raise PipelineError(
            f"{section}.security is plain, and {server.host} is another machine: "
            "password and mails would cross the network readable for all.",
            f"Use ssl or starttls in {section}.security.",
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
