"""What may be said in a first line: BATAL withdraws, STATUS asks, DEPUTI names a deputy. Decides nothing.

"Batal rapatnya, akses tetap jalan" is a sentence for a person to read, and so is a question. A greeting may
stand before BATAL and STATUS.
"""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from pipeline.mail.automatic import AutomaticKind, robot_headers
from pipeline.mail.deputy_line import DeputyLine, read_deputy_line
from pipeline.mail.newtext import new_text
from pipeline.mail.terms import is_like_term
from pipeline.mail.withdrawal import PARTICLE, read_beside
from pipeline.model import REQUEST_NUMBER, Mail

CommandName = Literal["withdraw", "status", "deputy", "deputy_end"]

_POLITE = r"(?:mohon|tolong|harap|minta|please|pls|pak|bu|kak|mas|mbak|maaf|sorry)"
_REF = rf"\[?{REQUEST_NUMBER}\]?"
_WITHDRAW = (
    r"(?:(?:di)?batal(?:kan)?|pembatalan|withdraw(?:n)?|cancel(?:led|ed)?|tarik kembali|ditarik(?: kembali)?)"
)
_WHAT = (
    rf"(?:permintaan|pengajuan|permohonan|request|this|the|ini|kami|saya|akses|access|saja|aja|ya|nya|{_REF})"
)
_THANKS = r"(?:terima kasih|makasih|trims|thanks|thank you|tks|thx)"
_TAKES_BACK = re.compile(
    rf"\W*(?:{_POLITE}\W+)*(?P<word>{_WITHDRAW})(?!\w)(?:[^\S\n]+(?:{_WHAT}|{PARTICLE})(?!\w))*"
    rf"(?:\W+{_THANKS}(?!\w)(?:[^\S\n]+{PARTICLE}(?!\w))*)?",
    re.IGNORECASE,
)
_STATUS = re.compile(
    rf"\W*(?:(?:{_POLITE}|apa|bagaimana|gimana|info|cek|check|update|tanya|boleh|kabar|what(?: is|'s)?|the|"
    r"di|untuk)\W+)*"
    rf"status(?:nya)?(?:\W+(?:{_WHAT}|{_POLITE}|sekarang|terakhir|terbaru|of|for|dari|dong|please))*"
    rf"(?:\W+{_THANKS})?\W*",
    re.IGNORECASE,
)
#: What follows a deputy's line takes a part of it back, or asks.
_BUT = re.compile(
    r"\?|\b(?:kecuali|tapi|tetapi|tetap|namun|jangan|ralat|maksud|hanya|except|but|not|keep|only|unless)\b",
    re.IGNORECASE,
)
#: "Selamat siang Tim IT," or "Dear team", as a line of its own or before a comma.
_GREETING = re.compile(
    r"\W*(?:selamat (?:pagi|siang|sore|malam)|(?:kepada )?yth|dengan hormat|salam(?: sejahtera| hormat)?|"
    r"ass?alam\w*(?:['’ ]?alaikum)?(?: wr\.? ?wb\.?)?|halo|hallo|hai|hi|hello|dear|good (?:morning|afternoon|"
    r"evening)|pagi|siang|sore|malam)\b\.?(?:[ /&]+[^\W\d_][\w'’.]*){0,5}[ .]*(?:[,!:;]+\s*|$)",
    re.IGNORECASE,
)
_NO_GREETING = re.compile(
    r"\b(?:tidak|tak|gak|jangan|belum|bukan|kecuali|jadi|not|don'?t|except)\b|batal|withdraw|cancel|status",
    re.IGNORECASE,
)
_MOST_GREETINGS = 3
_REPLY_MARK = re.compile(r"^\s*(?:(?:re|bls|balas|fw|fwd)\s*:\s*)+", re.IGNORECASE)
_ANSWERS = re.compile(r"auto|otomatis|\bREQ-|\b(?:re|bls|balas|fwd?) ?:|out of|tidak di", re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True)
class Command:
    """What is asked for. `items`: only these numbers, empty for all; `reason`: what followed, or "".

    Of a deputy: `who`, an address or a name, and `when`, the words for the days, each as it was written."""

    name: CommandName
    #: the request named beside it, or ""
    ref: str = ""
    items: tuple[int, ...] = ()
    reason: str = ""
    #: what followed leaves open whether all of it is meant
    unsure: bool = False
    #: "semua" was written, and not just nothing
    everything: bool = False
    who: str = ""
    when: str = ""

    @property
    def of_deputies(self) -> bool:
        return self.name in {"deputy", "deputy_end"}

    @property
    def has_conditions(self) -> bool:
        """Does what followed take a part of it back, or ask?"""
        return bool(_BUT.search(self.reason))


def read_command(mail: Mail) -> Command | None:
    """The command in the first line that the sender typed; in the subject of a mail without any text."""
    found = new_text(mail)
    if found.conflict or found.forwarded or found.answers:
        return None
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    if not lines:
        lines = [_REPLY_MARK.sub("", mail.subject)]
    command = command_of(lines[0], "\n".join(lines[1:])) or _after_greeting(lines)
    return None if found.automatic and not _is_on_leave(mail, command, found.automatic) else command


def _is_on_leave(mail: Mail, command: Command | None, kind: AutomaticKind) -> bool:
    """Whether it is a person that speaks like a robot: who names a deputy often says that he is on leave.

    Only in a new mail without any header of robots, and without their words in its subject."""
    if command is None or not command.of_deputies or kind != "auto_reply":
        return False
    answers = mail.in_reply_to or mail.references or _ANSWERS.search(mail.subject)
    return not answers and next(robot_headers(mail), None) is None


def is_deputy_alone(mail: Mail) -> bool:
    """Does the mail speak of a deputy and of nothing else, in its subject neither?

    For an answer to an approval mail: a verdict beside the deputy is for who reads verdicts."""
    command = read_command(mail)
    old = mail.in_reply_to or mail.references or _REPLY_MARK.match(mail.subject)
    typed = "" if old else mail.subject
    alone = command is not None and command.of_deputies and not command.reason
    return alone and (not typed or read_deputy_line(typed) is not None)


def command_of(line: str, rest: str = "") -> Command | None:
    """The command that `line` is, with what stands beneath it as the reason."""
    if len(line) > _LONGEST:
        return None
    deputy = read_deputy_line(line)
    if deputy is not None:
        return _of_deputy(deputy, rest)
    if _STATUS.fullmatch(line):
        # "STATUS", and BATAL in the next line: a person has to see which.
        return None if _TAKES_BACK.match(rest) else Command("status", _ref(line))
    said = _TAKES_BACK.match(line)
    if said is None or "?" in line or "?" in rest:
        return None
    beside = read_beside(f"{line[said.end() :]}\n{rest}", said["word"].isupper())
    if beside is None:
        return None
    return Command("withdraw", _ref(line), beside.items, beside.reason, beside.unsure, beside.everything)


def _after_greeting(lines: list[str]) -> Command | None:
    """BATAL or STATUS where nothing but greetings stands before it. Robots greet, too: no deputy."""
    left = list(lines)
    for _turn in range(_MOST_GREETINGS):
        greeting = _GREETING.match(left[0]) if left else None
        if greeting is None or _NO_GREETING.search(greeting.group()):
            return None
        left = [line for line in (left[0][greeting.end() :].strip(), *left[1:]) if line]
        command = command_of(left[0], "\n".join(left[1:])) if left else None
        if command is not None:
            return None if command.of_deputies else command
    return None


def _of_deputy(line: DeputyLine, rest: str) -> Command:
    """Where the line names no days, they may stand in the lines beneath it."""
    if line.ends:
        return Command("deputy_end", reason=" ".join(rest.split())[:500])
    below = rest.split("\n")
    when = line.when
    if not when:
        days = list(takewhile(is_like_term, below))
        when, below = " ".join(days), below[len(days) :]
    return Command("deputy", reason=" ".join(" ".join(below).split())[:500], who=line.who, when=when)


def _ref(line: str) -> str:
    named = re.search(REQUEST_NUMBER, line, re.IGNORECASE)
    return named.group().upper() if named else ""
