"""The desks for mail that robots send, and for what only a person can answer. Robots get no answer."""

import re

from pipeline.desks.absence import note_automatic
from pipeline.desks.setting_aside import set_aside
from pipeline.mail.automatic import automatic_kind
from pipeline.model import Mail, Sender
from pipeline.turn import Outcome, Turn

_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>")
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
    """A letter of ours could not be delivered: recorded, and IT is told which and to whom."""
    text = "\n".join(
        [mail.text or "", *(a.data[:65536].decode("utf-8", "replace") for a in mail.attachments)]
    )
    names = [*mail.in_reply_to, *mail.references, *_MESSAGE_ID.findall(text)]
    letter = next((row for row in map(turn.entry.outbox.by_message_id, names) if row), None)
    if letter is None:
        return Outcome("ignored", "bounce-of-nothing-known")
    actions = {action.lower() for action in _ACTION.findall(text)}
    if actions and actions <= _NO_FAILURE:
        return Outcome("ignored", "delivery-report", letter.ref)
    recipient = _RECIPIENT.search(text)
    diagnosis = _DIAGNOSIS.search(text)
    to = recipient.group(1).strip("<>;,") if recipient else ", ".join(letter.recipients)
    turn.record("letter_bounced", letter.ref, "akses", {"letter": letter.key, "mail_sha256": mail.sha256})
    turn.tell_it(f"undeliverable/{letter.key}"[:200], "undeliverable", {
        "letter_kind": letter.kind, "ref": letter.ref, "recipient": to,
        "diagnosis": " ".join((diagnosis.group(1) if diagnosis else mail.subject).split())[:500],
    }, letter.ref)  # fmt: skip
    return Outcome("ignored", "bounce", letter.ref)


def hand_to_person(turn: Turn, mail: Mail, sender: Sender, _read: None) -> Outcome:
    """No form, no answer, no robot: somebody of IT has to read it."""
    return set_aside(turn, mail, sender, "for-a-person")
