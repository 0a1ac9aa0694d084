"""The desks for mail that robots send, and for what only a person can answer. Robots get no answer."""

import hashlib
import re
from collections.abc import Sequence
from typing import cast

from pipeline.desks.absence import note_automatic
from pipeline.desks.setting_aside import set_aside
from pipeline.desks.undeliverable import tell_undeliverable
from pipeline.journal import LetterRow
from pipeline.mail.automatic import automatic_kind
from pipeline.model import Mail, Sender
from pipeline.turn import Outcome, Turn

_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
_OWN_ID = re.compile(r"(?im)^message-id:[ \t]*(?:\n[ \t]+)?(.*)$")
_RECIPIENT = re.compile(r"(?im)^(?:final|original)-recipient:\s*(?:rfc822;)?\s*(\S+@\S+)")
_ACTION = re.compile(r"(?im)^action:\s*([a-z]+)")
#: What a server reports of a letter that has not failed (RFC 3464, 2.3.3).
_NO_FAILURE = frozenset({"delayed", "delivered", "relayed", "expanded"})
_DIAGNOSIS = re.compile(r"(?im)^diagnostic-code:\s*(.+(?:\n[ \t].+)*)")


def ignore_automatic(turn: Turn, mail: Mail, sender: Sender, _read: None) -> Outcome:
    """Out of office, lists, calendars: noted with the request they answer, never answered (RFC 3834)."""
    return Outcome("ignored", "automatic", note_automatic(turn, mail, sender, automatic_kind(mail)))


def ignore_own(turn: Turn, mail: Mail, _sender: Sender, _read: None) -> Outcome:
    """A letter of ours that came back, or a mail in a loop: answering it would feed the loop."""
    letter = turn.entry.outbox.by_message_id(mail.message_id) if mail.message_id else None
    return Outcome("ignored", "own-letter" if letter else "loop", letter.ref if letter else "")


def note_receipt(turn: Turn, mail: Mail, sender: Sender, _read: None) -> Outcome:
    """Somebody opened a letter, or a server delivered it: that decides nothing."""
    return Outcome("ignored", "receipt", note_automatic(turn, mail, sender, "receipt"))


def note_bounce(turn: Turn, mail: Mail, _sender: Sender, _read: None) -> Outcome:
    """A letter of ours could not be delivered: it is marked, and IT is told which and to whom."""
    text = "\n".join(
        [mail.text or "", *(a.data[:65536].decode("utf-8", "replace") for a in mail.attachments)]
    )
    letter = _returned_letter(turn, mail, text)
    if letter is None:
        return Outcome("ignored", "bounce-of-nothing-known")
    actions = {action.lower() for action in _ACTION.findall(text)}
    if actions and actions <= _NO_FAILURE:
        return Outcome("ignored", "delivery-report", letter.ref)
    failed = [*_RECIPIENT.findall(text), *re.split(r"[\s,]+", mail.header("x-failed-recipients"))]
    named = {address.strip("<>;,").lower() for address in failed}
    ours = tuple(address for address in letter.recipients if address.lower() in named)
    report = _is_report(mail) and bool(ours or len(letter.recipients) == 1)
    recipients = ours or letter.recipients
    found = _DIAGNOSIS.search(text)
    diagnosis = " ".join((found.group(1) if found else mail.subject).split())
    turn.record("letter_bounced", letter.ref, "akses", {
        "letter": letter.key, "letter_kind": letter.kind, "recipients": list(recipients), "report": report,
        "mail_sha256": mail.sha256,
    })  # fmt: skip
    if report:
        _mark_bounced(turn, letter, diagnosis)
    # Once for each recipient. Anybody can write words that look like a bounce: they keep no report quiet.
    which = hashlib.sha256(",".join(recipients).encode()).hexdigest()[:16] if report else "words"
    tell_undeliverable(turn, letter, recipients, diagnosis, f"/{which}")
    return Outcome("ignored", "bounce", letter.ref)


def _returned_letter(turn: Turn, mail: Mail, text: str) -> LetterRow | None:
    """The letter that came back: named by its own Message-ID in the returned part, else by the thread.

    A returned reminder also names the approval mail that it answers, so its own name goes first."""
    own = [name for line in _OWN_ID.findall(text) for name in _MESSAGE_ID.findall(line)]
    names = [*own, *mail.in_reply_to, *reversed(mail.references), *_MESSAGE_ID.findall(text)]
    return next((row for row in map(turn.entry.outbox.by_message_id, names) if row), None)


def _is_report(mail: Mail) -> bool:
    """Has it the form of a server's report, and not only the words?"""
    parts = {part.content_type for part in mail.attachments}
    return (
        "message/delivery-status" in parts
        or mail.header("return-path").strip() == "<>"
        or bool(mail.header("x-failed-recipients"))
    )


def _mark_bounced(turn: Turn, letter: LetterRow, diagnosis: str) -> None:
    """A letter that has come back from everybody it was for has reached nobody."""
    back = {
        str(address).lower()
        for event in turn.entry.events(kind="letter_bounced") if event.data.get("report")
        if event.data["letter"] == letter.key
        for address in cast(Sequence[object], event.data["recipients"])
    }  # fmt: skip
    if {address.lower() for address in letter.recipients} <= back:
        turn.entry.outbox.note_bounced(letter.key, f"came back: {diagnosis}")


def hand_to_person(turn: Turn, mail: Mail, sender: Sender, _read: None) -> Outcome:
    """No form, no answer, no robot: somebody of IT has to read it."""
    return set_aside(turn, mail, sender, "for-a-person")
