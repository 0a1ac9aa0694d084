"""The line with which an approver names his deputy: "DEPUTI budi@contoh.example 1-14 Des". Judges nobody.

"Deputi kami akan hadir" is a sentence. A line names a deputy where an address stands in it, or a name
followed by days and nothing else.
"""

import re
from dataclasses import dataclass

from pipeline.mail.terms import is_like_term

_KEY = re.compile(
    r"\W*(?:(?:mohon|tolong|harap|please|pls)\W+)*(?:my\s+)?(?P<key>deputi|deputy|pengganti)\b"
    r"(?:\s+(?:saya|adalah|ialah|is)\b)*(?P<colon>\s*[:=])?",
    re.IGNORECASE,
)
_OVER = (
    r"(?:(?:sudah |telah )?(?:selesai|batal|dibatalkan|batalkan|berakhir|diakhiri|akhiri|dicabut|off|ends?|"
    r"ended|stop|cancel(?:led|ed)?|over))"
)
_KEYS = r"(?:my )?(?:deputi|deputy|pengganti)(?: saya)?"
_POLITE = r"(?:(?:mohon|tolong|harap|please|pls)\W+)*"
_THANKS = r"(?:\W+(?:terima kasih|makasih|trims|thanks|thank you|ya|pak|bu))*"
_END = re.compile(rf"\W*{_POLITE}(?:{_KEYS}\W+{_OVER}|{_OVER}\W+{_KEYS}){_THANKS}\W*", re.IGNORECASE)
_ENDS_WITH_IT = re.compile(rf"\W*{_OVER}\W*", re.IGNORECASE)
_MAILTO = re.compile(r"[<\[(]\s*mailto:[^>\])]*[>\])]|\bmailto:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
#: Where the days begin in a line without an address.
_DAYS_BEGIN = re.compile(
    r"\d|(?<![\w.])(?:mulai|dari|sejak|from|since|starting|besok|tomorrow|hari ini|today|lusa|tanggal|"
    r"tgl|pada|on|sampai|s/d|s\.d\.|hingga|until|till)(?![\w])",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,5}")
#: Words of sentences and of offices, which no name has.
_NO_NAME = frozenset((
    "akan", "ada", "belum", "bisa", "hadir", "itu", "ini", "kami", "kita", "saya", "sudah", "telah", "tidak",
    "yang", "untuk", "the", "will", "our", "is", "has", "of", "for", "and", "dan", "gubernur", "direktur",
    "menteri", "kepala", "ketua", "bidang", "manajer", "manager", "governor", "director", "minister", "head",
    "chief", "sekretaris", "rapat", "meeting",
))  # fmt: skip


@dataclass(frozen=True)
class DeputyLine:
    """Who is named, as an address or a name (of two addresses both), and the words for the days."""

    who: str = ""
    when: str = ""
    #: it says that a deputy's time is over, and nothing else
    ends: bool = False


def read_deputy_line(line: str) -> DeputyLine | None:
    """What the line says of a deputy; None where it is no such line, or a question."""
    if "?" in line:
        return None
    if _END.fullmatch(line):
        return DeputyLine(ends=True)
    key = _KEY.match(line)
    if key is None:
        return None
    said = _MAILTO.sub(" ", line[key.end() :]).strip()
    addresses = tuple(dict.fromkeys(a.strip(".").lower() for a in _ADDRESS.findall(said)))
    if addresses:
        return _with_address(addresses, _ADDRESS.split(said))
    return _with_name(said, plainly=key["key"].isupper() or bool(key["colon"]))


def _with_address(addresses: tuple[str, ...], around: list[str]) -> DeputyLine | None:
    """The days stand behind the address; a name may stand before it. Anything else is a sentence."""
    name, when = around[0].strip(" <,:;-("), around[-1].strip(" <>,:;.)\"'")
    sound = not when or any(letter.isdigit() for letter in when) or is_like_term(when)
    if (name and not _is_name(name)) or not (sound or _ENDS_WITH_IT.fullmatch(when)):
        return None
    return DeputyLine(" ".join(addresses), when)


def _with_name(said: str, plainly: bool) -> DeputyLine | None:
    """`plainly`: the word stands in capitals or before a colon, so that days may be missing or odd."""
    begins = _DAYS_BEGIN.search(said)
    name = said[: begins.start() if begins else len(said)].strip(" ,:;-–—.!")
    when = said[begins.start() :].strip() if begins else ""
    if name and not _is_name(name):
        return None
    if is_like_term(when) or (plainly and (name or not said) and (not when or when[0].isdigit())):
        return DeputyLine(name, when)
    return None


def _is_name(text: str) -> bool:
    plain = text.strip(" \"'")
    return bool(_NAME.fullmatch(plain)) and not _NO_NAME & set(re.split(r"\W+", plain.casefold()))
