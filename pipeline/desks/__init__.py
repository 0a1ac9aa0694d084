"""The desks a mail can be sent to. Each reads (slow, no journal) and decides (inside one journal entry)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.desks.automatic import hand_to_person, ignore_automatic, ignore_own, note_bounce, note_receipt
from pipeline.desks.forms import decide_forms, read_forms
from pipeline.desks.replies import decide_reply, read_answer
from pipeline.model import Directory, Mail, Sender
from pipeline.office import Office
from pipeline.turn import Outcome, Turn


@dataclass(frozen=True)
class Desk:
    """`read` may take seconds and sees no journal; what it gives is handed to `decide`."""

    read: Callable[[Office, Directory, Mail, Sender], Any]
    decide: Callable[[Turn, Mail, Sender, Any], Outcome]


def _nothing(_office: Office, _directory: Directory, _mail: Mail, _sender: Sender) -> None:
    return None


#: To add a kind of mail: one function, its line here, and a rule in inbox_rules/ that sends mail to it.
DESKS: dict[str, Desk] = {
    "automatic": Desk(_nothing, ignore_automatic),
    "own": Desk(_nothing, ignore_own),
    "receipt": Desk(_nothing, note_receipt),
    "bounce": Desk(_nothing, note_bounce),
    "form": Desk(read_forms, decide_forms),
    "reply": Desk(lambda _office, _directory, mail, _sender: read_answer(mail), decide_reply),
    "person": Desk(_nothing, hand_to_person),
}
