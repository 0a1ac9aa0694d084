"""The table of sentences, the invented requests they answer, and how a result is held against a line."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.mail.newtext import NewText
from pipeline.model import Mail

TABLE = Path(__file__).resolve().parent.parent / "specimens" / "replies" / "table.tsv"
APPROVER = "ratna.wibowo@sentosa-abadi.example"
PORTAL = "akses@sentosa-abadi.example"
REF = "REQ-2026-0042"
LETTER = "<ask-0042@sentosa-abadi.example>"

#: What each letter of the table's second column asks for.
ITEMS: dict[str, dict[int, str]] = {
    "A": {1: "HRIS - hak akses Payroll"},
    "B": {1: "Accurate Online - modul Persediaan", 2: "Email perusahaan"},
    "C": {1: "Accurate Online - Kas & Bank", 2: "VPN", 3: "Folder bersama Finance (baca-tulis)"},
    "E": {1: "SAP MM (create purchase orders)", 2: "VPN", 3: "SharePoint - Vendor site"},
    "P": {
        1: "Odoo Manufacturing",
        2: "Folder bersama Produksi",
        3: "Printer jaringan lantai 2",
        4: "Remote Desktop SRV-APP02",
        5: "USB storage",
    },
    "N": {
        1: "Accurate Putri Lestari",
        2: "VPN Putri Lestari",
        3: "Accurate Agung Saputra",
        4: "VPN Agung Saputra",
    },
    "T": {
        1: "Tracy Oktavianus Sinaga",
        2: "CCTV Oktavianus Sinaga",
        3: "Tracy Nur Aini",
        4: "CCTV Nur Aini",
    },
    "G": {
        1: "Accurate Online - modul Persediaan",
        2: "Email perusahaan dedi.kurniawan@sentosa-abadi.example",
    },
    "M": {
        1: "Canva Pro",
        2: "Google Drive bersama Marketing",
        3: "VPN",
        4: "Meta Business Suite (hak admin)",
    },
}
#: Whose request it is, and of what department, where the answers speak of them.
WHOSE = {"G": ("dedi.kurniawan@sentosa-abadi.example", "Gudang"), "M": ("Ayu Lestari", "Marketing")}


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    number: int
    sentence: str
    request: str
    #: acceptable decisions, the preferred one first
    decisions: tuple[str, ...]
    #: of a partial one: item number -> approve, reject or unclear
    items: dict[int, str]
    reason: str


def lines() -> Iterator[Line]:
    """The table's lines, from number 1."""
    words = {"a": "approve", "r": "reject", "?": "unclear"}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            items = {int(piece[:-1]): words[piece[-1]] for piece in row["items"].split()}
            sentence = row["sentence"].replace("\\n", "\n")
            yield Line(
                number, sentence, row["request"], tuple(row["decision"].split("|")), items, row["reason"]
            )


def known(request: str) -> KnownRequest:
    requester, department = WHOSE.get(request, ("", ""))
    return KnownRequest(REF, (LETTER,), ITEMS[request], requester=requester, department=department)


def mail(**changes: object) -> Mail:
    """An answer of the approver in the letter's thread."""
    values: dict[str, object] = {
        "sha256": "0" * 64,
        "size": 1,
        "message_id": "<1@sentosa-abadi.example>",
        "in_reply_to": (LETTER,),
        "references": (LETTER,),
        "subject": f"Re: [{REF}]",
        "date": None,
        "from_": (f"Ratna Wibowo <{APPROVER}>",),
        "headers": (),
        "content_type": "text/plain",
        "text": None,
        "html": None,
        "attachments": (),
        "defects": (),
        "content_key": "1",
    }
    return Mail(**(values | changes))  # type: ignore[arg-type]


def read(sentence: str, request: str = "C", accept_ok: bool = False) -> Reply:
    """What is read from `sentence` typed above a quote."""
    return read_reply(
        mail(),
        NewText(sentence, quoted=True),
        (known(request),),
        approver=APPROVER,
        portal=PORTAL,
        accept_ok=accept_ok,
    )


def wrong(line: Line, reply: Reply) -> str:
    """What is wrong: "false approval", "false rejection", "wrong" or "reason", the worst first; or ""."""
    allowed = _allowed(line)
    for number, verdict in reply.items.items():
        if verdict == "approve" and "approve" not in allowed.get(number, ()):
            return "false approval"
    for number, verdict in reply.items.items():
        if verdict == "reject" and "reject" not in allowed.get(number, ()):
            return "false rejection"
    if reply.decision not in line.decisions:
        return "wrong"
    if reply.decision == "partial" and any(
        reply.items.get(number, "unclear") not in verdicts for number, verdicts in allowed.items()
    ):
        return "wrong"
    found = " ".join(reply.reason.lower().split())
    decided = reply.decision in {"reject", "partial"}
    return "reason" if decided and line.reason and line.reason.lower() not in found else ""


def _allowed(line: Line) -> dict[int, set[str]]:
    """For each item, what may be said of it."""
    allowed: dict[int, set[str]] = {number: set() for number in ITEMS[line.request]}
    for number, verdicts in allowed.items():
        if "approve" in line.decisions:
            verdicts.add("approve")
        if "reject" in line.decisions:
            verdicts.add("reject")
        if "partial" in line.decisions:
            verdicts.add(line.items.get(number, "unclear"))
    return allowed
