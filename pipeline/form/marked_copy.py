"""A marked copy and what it really shows, so that no letter promises marks that are not there."""

import json
from dataclasses import dataclass

from pipeline.model import Attachment


@dataclass(frozen=True)
class MarkedCopy(Attachment):
    """The copy as it goes out."""

    #: the title of the sheet that lists the problems
    listed: str
    #: how many cells wear our colour, and whether each of them also has a note
    coloured: int
    commented: bool
    #: sheets with marks that the sender had hidden, and that the copy shows
    unhidden: tuple[str, ...] = ()


def pack(copy: MarkedCopy) -> bytes:
    """The copy as the child sends it: a line of JSON, then the workbook."""
    about = {
        "name": copy.name, "type": copy.content_type, "listed": copy.listed, "coloured": copy.coloured,
        "commented": copy.commented, "unhidden": copy.unhidden,
    }  # fmt: skip
    return json.dumps(about).encode("ascii") + b"\n" + copy.data


def unpack(result: bytes) -> MarkedCopy | None:
    """What `pack` wrote; None for anything else: a child that reads hostile files is not trusted either."""
    head, _, data = result.partition(b"\n")
    try:
        about = json.loads(head)
        return MarkedCopy(
            str(about["name"]), str(about["type"]), data, str(about["listed"]), int(about["coloured"]),
            bool(about["commented"]), tuple(map(str, about["unhidden"])),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
