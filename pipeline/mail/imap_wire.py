"""The IMAP session below the mailbox: connect, log in, name folders, read FETCH answers. Touches no mail."""

import contextlib
import email.utils
import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.utils import encode_folder

from pipeline.mail.places import Folders, ImapSettings, conceal, trust, unreachable
from pipeline.model import PipelineError

#: How a session with a server breaks, by what imaplib and imap-tools really raise.
BROKEN = (OSError, EOFError, imaplib.IMAP4.error, ImapToolsError, UnicodeError, OverflowError, MemoryError)

_QUOTED = rb'"((?:[^"\\]|\\.)*)"'
_NAMESPACE = re.compile(rb"\(\(" + _QUOTED + rb" (?:" + _QUOTED + rb"|NIL)")
_BODY_QUOTED = re.compile(rb"BODY\[\](?:<\d+>)? (?:" + _QUOTED + rb"|NIL)")
_FLAGS = re.compile(rb"FLAGS \([^)]*\)")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_ARRIVED = re.compile(rb'\bINTERNALDATE "([^"]*)"')


@dataclass(frozen=True)
class Fetched:
    """One FETCH answer: what it said of a mail. `arrived` in seconds since 1970, 0 where unknown."""

    uid: int
    size: int
    arrived: float
    body: bytes | None


@contextmanager
def told(settings: ImapSettings, doing: str) -> Iterator[None]:
    """Turns a broken session into a PipelineError that names server and step, and no secret."""
    try:
        yield
    except BROKEN as error:
        # `from None`: imaplib's errors may carry what was sent, and that includes the password.
        raise PipelineError(
            f"The IMAP session with {settings.host}:{settings.port} broke {doing}: "
            f"{conceal(settings, str(error) or type(error).__name__)}",
            "Nothing is lost: the mails stay where they are, and the next poll takes them up again.",
        ) from None


def connect(settings: ImapSettings) -> BaseMailBox:
    """A connection with the TLS that was asked for, verified, or PipelineError; never a lesser one."""
    place = {"host": settings.host, "port": settings.port, "timeout": settings.timeout_s}
    try:
        if settings.security == "ssl":
            return MailBox(**place, ssl_context=trust(settings, "mailbox"))
        if settings.security == "starttls":
            return MailBoxStartTls(**place, ssl_context=trust(settings, "mailbox"))
        return MailBoxUnencrypted(**place)
    except OSError as error:
        raise unreachable(settings, "mailbox", error) from error
    except (imaplib.IMAP4.error, ImapToolsError, EOFError, ValueError) as error:
        raise PipelineError(
            f"{settings.host}:{settings.port} does not offer {settings.security}: {conceal(settings, error)}",
            "Check mailbox.port and mailbox.security: ssl is usual on 993, starttls on 143.",
        ) from error


def log_in(session: BaseMailBox, settings: ImapSettings) -> None:
    """Log in, or PipelineError. The password is in none of its texts."""
    # LOGIN is ASCII; what is not goes by SASL PLAIN, in UTF-8 (RFC 4616).
    plain_ascii = settings.user.isascii() and settings.password.isascii()
    try:
        (session.login if plain_ascii else session.login_utf8)(settings.user, settings.password, None)
    except OSError as error:
        raise unreachable(settings, "mailbox", error) from None
    except (EOFError, imaplib.IMAP4.error, ImapToolsError, UnicodeError) as error:
        raise PipelineError(
            f"{settings.host}:{settings.port} refused the login of {settings.user}: "
            f"{conceal(settings, error)}",
            "Check mailbox.user and the password that password_env or password_file gives. Some providers "
            "want an app password, or IMAP switched on for the account.",
        ) from None


def abilities(session: BaseMailBox) -> frozenset[str]:
    """What the server can do, asked after login: Dovecot and pymap name MOVE and UIDPLUS only then."""
    _, answers = session.client.capability()
    return frozenset((answers[-1] or b"").decode("ascii", "replace").upper().split())


def find_folders(session: BaseMailBox, folders: Folders, able: frozenset[str], make: bool) -> dict[str, str]:
    """For each configured name its name in commands: quoted, UTF-7. With `make`, missing ones are created."""
    listed = session.folder.list("", "*")
    there = {each.name for each in listed if r"\noselect" not in (flag.lower() for flag in each.flags)}
    prefix, delimiter = _namespace(session, able, frozenset(there))
    names = {name: _server_name(name, prefix, delimiter) for name in folders}
    for name in names.values():
        if make and name not in there and name.upper() != "INBOX":
            create(session, _quoted(name))
    return {name: _quoted(real) for name, real in names.items()}


def create(session: BaseMailBox, name: str) -> None:
    """Make a folder and subscribe it, so that people's mail clients show it. PipelineError: refused."""
    verdict, answers = session.client.create(name)
    answer = (answers[-1] or b"").decode("utf-8", "replace")
    if verdict != "OK" and "ALREADYEXISTS" not in answer:
        raise PipelineError(
            f"The server will not make the folder {name}: {answer[:300]}",
            "Make it by hand in a mail client, or give the account the right to, or change mailbox.folders.",
        )
    # Some servers know no subscriptions; the folder is there all the same.
    with contextlib.suppress(imaplib.IMAP4.error):
        session.client.subscribe(name)


def read_answers(data: list[bytes | tuple[bytes, bytes] | None]) -> tuple[Fetched, ...]:
    """imaplib's FETCH data, one value an answer. Answers that name no UID are the server's own remarks."""
    found, head, body = [], b"", None
    for part in data:
        if isinstance(part, tuple):
            head, body = head + part[0], part[1]
            continue
        found.append(_read_answer(head + (part or b""), body))
        head, body = b"", None
    return tuple(each for each in found if each is not None)


def _read_answer(text: bytes, body: bytes | None) -> Fetched | None:
    text = _FLAGS.sub(b"", text)
    uid, size, arrived = _UID.search(text), _SIZE.search(text), _ARRIVED.search(text)
    if uid is None:
        return None
    # A short or empty body may come as a quoted string or NIL instead of a literal.
    quoted = _BODY_QUOTED.search(text)
    if body is None and quoted:
        body = re.sub(rb"\\(.)", rb"\1", quoted[1] or b"")
    return Fetched(int(uid[1]), int(size[1]) if size else 0, _seconds(arrived[1]) if arrived else 0, body)


def _seconds(internal_date: bytes) -> float:
    parts = email.utils.parsedate_tz(internal_date.decode("ascii", "replace").strip())
    try:
        return email.utils.mktime_tz(parts) if parts else 0
    except (ValueError, OverflowError):
        return 0


def _namespace(session: BaseMailBox, able: frozenset[str], there: frozenset[str]) -> tuple[str, str]:
    """Prefix and delimiter of the user's own folders: from NAMESPACE (RFC 2342), else as those listed."""
    if "NAMESPACE" in able:
        _, answers = session.client.namespace()
        found = _NAMESPACE.match(answers[-1] or b"")
        if found:
            return found[1].decode("ascii", "replace"), (found[2] or b"").decode("ascii", "replace")
    root = session.folder.list("", "")
    delimiter = root[0].delim if root and root[0].delim != "NIL" else ""
    others = {name for name in there if name.upper() != "INBOX"}
    below = "INBOX" + delimiter
    return (below if delimiter and others and all(n.startswith(below) for n in others) else ""), delimiter


def _server_name(name: str, prefix: str, delimiter: str) -> str:
    if name.upper() == "INBOX":
        return "INBOX"
    real = name.replace("/", delimiter or "/")
    return real if real.startswith(prefix) else prefix + real


def _quoted(name: str) -> str:
    return encode_folder(name).decode("ascii")
