"""The two words that a requester may answer a letter with: BATAL withdraws, STATUS asks. Decides nothing.

Only a first line that says this and nothing else counts. "Batal rapatnya, akses tetap jalan" is a sentence
for a person to read, and so is a question.
"""

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.mail.newtext import new_text
from pipeline.model import REQUEST_NUMBER, Mail

CommandName = Literal["withdraw", "status"]

_POLITE = r"(?:mohon|tolong|harap|minta|please|pls|pak|bu|kak|mas|mbak|maaf|sorry)"
_REF = rf"\[?{REQUEST_NUMBER}\]?"
_WITHDRAW = (
    r"(?:(?:di)?batal(?:kan)?(?: saja| aja)?|pembatalan|withdraw(?:n)?|cancel(?:led|ed)?|tarik kembali|"
    r"ditarik(?: kembali)?)"
)
_WHAT = (
    rf"(?:permintaan|pengajuan|permohonan|request|this|the|ini|kami|saya|akses|access|saja|aja|ya|nya|{_REF})"
)
_ITEMS = r"(?:(?:no(?:mor)?|item|butir|items?)\.?\s*)?(?P<items>\d{1,3}(?:\s*(?:,|dan|and|&|\+)\s*\d{1,3})*)"
_THANKS = r"(?:terima kasih|makasih|trims|thanks|thank you|tks|thx)"
_LINE = re.compile(
    rf"\W*(?:{_POLITE}\W+)*{_WITHDRAW}(?:\s+{_WHAT})*(?:\s*:?\s*{_ITEMS})?(?:\s+saja)?"
    rf"(?:\W+{_THANKS})?(?:\s*[.!,;:–—-]+\s*(?P<reason>[^?]*))?\s*",
    re.IGNORECASE,
)
_STATUS = re.compile(
    rf"\W*(?:(?:{_POLITE}|apa|bagaimana|gimana|info|cek|check|update|tanya|boleh|kabar|what(?: is|'s)?|the|"
    r"di|untuk)\W+)*"
    rf"status(?:nya)?(?:\W+(?:{_WHAT}|{_POLITE}|sekarang|terakhir|terbaru|of|for|dari|dong|please))*"
    rf"(?:\W+{_THANKS})?\W*",
    re.IGNORECASE,
)
#: What follows takes a part of it back, or asks.
_BUT = re.compile(
    r"\?|\b(?:kecuali|tapi|tetapi|tetap|namun|jangan|ralat|maksud|hanya|except|but|not|keep|only|unless)\b",
    re.IGNORECASE,
)
_REPLY_MARK = re.compile(r"^\s*(?:(?:re|bls|balas|fw|fwd)\s*:\s*)+", re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True)
class Command:
    """What is asked for. `items`: only these numbers, empty for all; `reason`: what followed, or ""."""

    name: CommandName
    #: the request named beside it, or ""
    ref: str = ""
    items: tuple[int, ...] = ()
    reason: str = ""


def read_command(mail: Mail) -> Command | None:
    """The command in the first line that the sender typed; in the subject of a mail without any text."""
    found = new_text(mail)
    if found.conflict or found.forwarded or found.automatic or found.answers:
        return None
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    if not lines:
        lines = [_REPLY_MARK.sub("", mail.subject)]
    return command_of(lines[0], " ".join(lines[1:]))


def command_of(line: str, rest: str = "") -> Command | None:
    """The command that `line` is, with what stands beneath it as the reason."""
    if len(line) > _LONGEST:
        return None
    if _STATUS.fullmatch(line):
        return Command("status", _ref(line))
    said = _LINE.fullmatch(line)
    if said is None:
        return None
    reason = " ".join(f"{said['reason'] or ''} {rest}".split())
    if _BUT.search(reason):
        return None
    items = tuple(sorted({int(number) for number in re.findall(r"\d+", said["items"] or "")}))
    return Command("withdraw", _ref(line), items, reason[:500])


def _ref(line: str) -> str:
    named = re.search(REQUEST_NUMBER, line, re.IGNORECASE)
    return named.group().upper() if named else ""
