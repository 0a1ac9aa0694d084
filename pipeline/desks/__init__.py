"""The desks a mail can be sent to. Each reads (slow, no journal) and decides (inside one journal entry)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pipeline.desks.automatic import hand_to_person, ignore_automatic, ignore_own, note_bounce, note_receipt
from pipeline.desks.commanding import decide_command
from pipeline.desks.forms import decide_forms, read_forms
from pipeline.desks.replies import decide_reply, read_answer
from pipeline.mail.commands import read_command
from pipeline.model import Directory, Mail, Sender
from pipeline.office import Office
from pipeline.turn import Outcome, Turn


@dataclass(frozen=True)
class Desk:
    """`read` may take seconds and sees no journal; what it gives is handed to `decide`."""

    read: Callable[[Office, Directory, Mail, Sender], Any]
    decide: Callable[[Turn, Mail, Sender, Any], Outcome]


def sender_at(desk: str, sender: Sender) -> Sender:
    """The sender as this desk may believe him. A signature covers no headers, and no code is asked of a form
    or a command: there, an old signed mail could be sent again. So it proves approvers' answers alone."""
    if sender.proof != "smime" or desk == "reply":
        return sender
    return replace(sender, proof="none", detail=f"{sender.detail}; that proves an approver's answer only")


def _nothing(_office: Office, _directory: Directory, _mail: Mail, _sender: Sender) -> None:
    return None


#: To add a kind of mail: one function, its line here, and a rule in inbox_rules/ that sends mail to it.
DESKS: dict[str, Desk] = {
    "automatic": Desk(_nothing, ignore_automatic),
    "own": Desk(_nothing, ignore_own),
    "receipt": Desk(_nothing, note_receipt),
    "bounce": Desk(_nothing, note_bounce),
    "form": Desk(read_forms, decide_forms),
    "reply": Desk(
        lambda _office, directory, mail, sender: read_answer(mail, sender, directory), decide_reply
    ),
    "command": Desk(lambda _office, _directory, mail, _sender: read_command(mail), decide_command),
    "person": Desk(_nothing, hand_to_person),
}
