"""What one round takes in, and in which order: nobody's many mails keep another's waiting."""

import re
import time
from collections import Counter
from collections.abc import Iterator

from pipeline.mail.mailbox import Mailbox, Waiting
from pipeline.model import Directory

#: What is more, or takes longer, waits for the next round: letters leave and the register is kept between.
MOST_MAILS, MOST_SECONDS = 300, 120
#: Fewer are no flood: the order of arrival is the order of work.
FLOOD = 100
#: Enough for the headers; what has its From further below belongs to nobody known.
_HEAD_BYTES = 32768
_FROM = re.compile(rb"^from:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_RESULTS = re.compile(rb"^authentication-results:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")


def one_round(mailbox: Mailbox, directory: Directory) -> Iterator[Waiting]:
    """The mails to take in now: at least one, where there is one."""
    begun = time.monotonic()
    for waiting in in_turns(mailbox, directory, mailbox.waiting())[:MOST_MAILS]:
        yield waiting
        if time.monotonic() - begun > MOST_SECONDS:
            return


def in_turns(mailbox: Mailbox, directory: Directory, waiting: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Oldest first; in a flood the first of everybody known and of all strangers, then the second of each.

    Each one's own mails stay in the order of arrival. Whose a mail is, is only what its head claims: that
    decides nothing but the order, and the desks ask whether it is true."""
    if len(waiting) <= FLOOD:
        return waiting
    mails: Counter[str] = Counter()
    places = []
    for arrival, one in enumerate(waiting):
        whose = _claimed(mailbox.fetch(one.handle, _HEAD_BYTES), directory)
        mails[whose] += 1
        places.append((mails[whose], arrival, one))
    return tuple(one for _, _, one in sorted(places, key=lambda place: place[:2]))


def _claimed(head: bytes | None, directory: Directory) -> str:
    """The address in From when it is one of the directory's; "" for all others.

    Apart from whatever bears that address without the company's server having passed it: a flood of forgeries
    must not make him wait whose name it bears."""
    headers = (head or b"").partition(b"\r\n\r\n")[0]
    line, results = _FROM.search(headers), _RESULTS.search(headers)
    found = _ADDRESS.findall(line.group(1)) if line else []
    address = found[-1].decode("ascii", "replace").lower() if found else ""
    if directory.person(address) is None:
        return ""
    return address if results and b"dmarc=pass" in results.group(1).lower() else f"unproven {address}"
