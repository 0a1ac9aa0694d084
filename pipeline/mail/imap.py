"""A mailbox on an IMAP server. Sends only integers and folder names; never a bare EXPUNGE or \\Seen."""

import contextlib
import re

from imap_tools import BaseMailBox

from pipeline.mail import imap_wire as wire
from pipeline.mail.places import ImapSettings, Waiting, conceal
from pipeline.model import PipelineError

_HANDLE = re.compile(r"([0-9]{1,10})\.([0-9]{1,10})", re.ASCII)


class ImapMailbox:
    """One session. A handle is UIDVALIDITY and UID, so that after a rebuild it cannot name another mail."""

    def __init__(
        self, settings: ImapSettings, session: BaseMailBox, able: frozenset[str], folders: dict[str, str]
    ) -> None:
        self._settings = settings
        self._session = session
        self._client = session.client
        self._able = able
        self._folders = folders
        self._validity = ""
        self._sizes: dict[int, int] = {}

    def waiting(self) -> tuple[Waiting, ...]:
        """Everything in the inbox, by INTERNALDATE, then UID."""
        with wire.told(self._settings, "while listing the inbox"):
            # A new SELECT each time: it shows what has arrived and drops what imaplib has heaped up.
            verdict, count = self._client.select(self._folders[self._settings.folders.inbox])
            self._insist(verdict, count, "open the inbox")
            self._validity = (self._client.response("UIDVALIDITY")[1][-1] or b"0").decode("ascii", "replace")
            if count[-1] in (None, b"0"):
                return ()
            verdict, mails = self._ask("1:*", "(UID INTERNALDATE RFC822.SIZE)")
            if not mails:
                self._insist(verdict, [b""], "list the inbox")
        unique = {mail.uid: mail for mail in mails}.values()
        self._sizes |= {mail.uid: mail.size for mail in unique}
        ordered = sorted(unique, key=lambda mail: (mail.arrived, mail.uid))
        return tuple(Waiting(f"{self._validity}.{mail.uid}", mail.size) for mail in ordered)

    def fetch(self, handle: str, limit: int) -> bytes | None:
        """See Mailbox.fetch: BODY.PEEK with a limit, checked against RFC822.SIZE."""
        uid = self._uid(handle)
        with wire.told(self._settings, "while fetching a mail"):
            verdict, answers = self._ask(uid, f"(UID RFC822.SIZE BODY.PEEK[]<0.{limit:d}>)")
            mail = next((m for m in answers if m.uid == int(uid) and m.body is not None), None)
            if mail is not None and mail.body is not None and self._is_whole(mail, mail.body, limit):
                return mail.body[:limit]
            if not self._is_there(uid):
                return None
        came, announced = (len(mail.body or b""), mail.size) if mail else (0, "?")
        raise PipelineError(
            f"The server gave only {came} of {announced} bytes of mail {uid} ({verdict}).",
            "The mail stays in the inbox and is fetched again; if this repeats, look at it in a mail client.",
        )

    def move(self, handle: str, folder: str) -> None:
        """See Mailbox.move. UID MOVE, or COPY, STORE and UID EXPUNGE of this one mail (RFC 6851, 4315)."""
        uid = self._uid(handle)
        if folder not in self._folders:
            raise PipelineError(f"{folder!r} is no folder of this mailbox.", "Name one of mailbox.folders.")
        with wire.told(self._settings, "while moving a mail"):
            if "MOVE" in self._able:
                self._transfer("MOVE", uid, self._folders[folder])
            elif self._transfer("COPY", uid, self._folders[folder]):
                self._insist(*self._client.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"), "mark a mail")
                self._insist(*self._client.uid("EXPUNGE", uid), "take a moved mail out of the inbox")

    def close(self) -> None:
        """Log out. A connection that is broken already is just dropped."""
        with contextlib.suppress(*wire.BROKEN):
            self._session.logout()
        with contextlib.suppress(*wire.BROKEN):
            self._client.shutdown()

    def _uid(self, handle: str) -> str:
        found = _HANDLE.fullmatch(handle)
        if found is None or found[1] != self._validity:
            raise PipelineError(
                "A mail was named by a handle of another session, or the server has rebuilt its inbox.",
                "Nothing is lost: the next poll lists the inbox anew.",
            )
        return found[2]

    def _ask(self, uids: str, items: str) -> tuple[str, tuple[wire.Fetched, ...]]:
        # Remarks of earlier commands (a flag that someone changed) would be read as answers.
        self._client.response("FETCH")
        verdict, data = self._client.uid("FETCH", uids, items)
        if verdict != "OK":
            # One damaged mail makes some servers say NO after they have listed all the others.
            data = self._client.response("FETCH")[1]
        return verdict, wire.read_answers(data)

    def _is_whole(self, mail: wire.Fetched, body: bytes, limit: int) -> bool:
        # Dovecot gives a mail that someone has just expunged as empty, with a size of 0.
        if len(body) >= min(max(mail.size, self._sizes[mail.uid]), limit):
            return True
        # Exchange only estimates RFC822.SIZE. A mail would be refused for ever by that, so the server is
        # asked what follows the last byte: an empty answer means that this was all.
        _, answers = self._ask(str(mail.uid), f"(UID BODY.PEEK[]<{len(body)}.1>)")
        return bool(body) and any(m.uid == mail.uid and m.body == b"" for m in answers)

    def _is_there(self, uid: str) -> bool:
        # NOOP lets the server tell of mails that other clients have taken away.
        self._client.noop()
        verdict, data = self._client.uid("SEARCH", "UID", uid)
        return verdict != "OK" or uid.encode() in (data[0] or b"").split()

    def _transfer(self, command: str, uid: str, target: str) -> bool:
        """Whether the mail was there to be moved or copied."""
        verdict, answer = self._client.uid(command, uid, target)
        if verdict != "OK" and b"TRYCREATE" in (answer[-1] or b""):
            wire.create(self._session, target)
            verdict, answer = self._client.uid(command, uid, target)
        if verdict != "OK" and not self._is_there(uid):
            return False
        self._insist(verdict, answer, f"{command} a mail to {target}")
        return True

    def _insist(self, verdict: str, answer: list[bytes | None], doing: str) -> None:
        if verdict != "OK":
            raise PipelineError(
                f"{self._settings.host} would not {doing}: {conceal(self._settings, answer[-1] or b'')}",
                "Check the account's rights and its quota; the mails stay where they are.",
            )


def open_imap(settings: ImapSettings, make: bool = True) -> ImapMailbox:
    """Connect, log in, check what the server can, make missing folders. PipelineError: see open_mailbox."""
    session = wire.connect(settings)
    try:
        wire.log_in(session, settings)
        with wire.told(settings, "after login"):
            able = wire.abilities(session)
            _check_abilities(settings, able)
            folders = wire.find_folders(session, settings.folders, able, make)
            return ImapMailbox(settings, session, able, folders)
    except BaseException:
        with contextlib.suppress(*wire.BROKEN):
            session.client.shutdown()
        raise


def _check_abilities(settings: ImapSettings, able: frozenset[str]) -> None:
    if not able & {"MOVE", "UIDPLUS"}:
        raise PipelineError(
            f"{settings.host} offers neither MOVE nor UIDPLUS: one mail cannot be moved there without "
            "expunging what others have marked as deleted.",
            "Use a mailbox on another server, or let mbsync or getmail deliver it into a Maildir.",
        )
