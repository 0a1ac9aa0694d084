"""How people write that a request is urgent, an emergency, or neither. Knows no place on a form."""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.choices import Vocabulary
from pipeline.form.words import clean, has_box, is_no_tick, is_tick, key
from pipeline.model import Urgency

_EMERGENCY = r"darurat|emergency|emergencies|emergensi|emerjensi|gawat"
#: Beyond doubt wherever they stand alone.
_URGENT = r"urgent(?:ly)?|urgen|urjen|mendesak|segera|sesegera|a\W?s\W?a\W?p|as soon as possible"
#: Urgent only as the answer to a question about it: "PENTING" is a heading, "high" a level.
_PRESSING = (
    r"secepat\w*|penting|important|tinggi|high(?:est)?|kritis|critical|cepat|kilat|ekspres|express|rush|"
    r"immediate(?:ly)?|utama|top|(?:tidak|tdk|tak|jangan|cannot|can not)\W+(?:(?:bisa|dapat|boleh)\W+)?"
    r"(?:ditunda|menunggu|wait)"
)
_NORMAL = (
    r"normal|biasa|standard?|reguler|regular|rutin|routine|rendah|low(?:est)?|sedang|medium|menengah|moderate"
)
_NOT = (
    r"(?:tidak|tdk|tak|bukan|belum|kurang|tanpa|non|not|no|nggak|gak)\W+"
    r"(?:(?:terlalu|begitu|so|very|too)\W+)*"
)
#: "tidak mendesak" is normal; "tidak biasa" says nothing.
_LEVELS = re.compile(
    rf"\b(?:(?P<pressing>{_PRESSING})|(?P<denied>{_NOT}(?:{_EMERGENCY}|{_URGENT}|{_PRESSING}))|"
    rf"(?P<odd>{_NOT}(?:{_NORMAL}))|(?P<emergency>{_EMERGENCY})|(?P<urgent>{_URGENT})|(?P<normal>{_NORMAL}))\b"
)
_LEVEL_OF: dict[str, Urgency] = {
    "pressing": "urgent", "urgent": "urgent", "emergency": "emergency", "denied": "normal",
    "normal": "normal",
}  # fmt: skip
#: What follows is why, in any words.
_REASON = re.compile(r"\b(?:karena|krn|sebab|akibat|untuk|utk|agar|supaya|because|due to|since|for)\b.*")
_STRONG = re.compile(rf"(?:{_EMERGENCY}|{_URGENT})")
#: What may stand with a strong word in its cell: "SANGAT URGENT", "Status: darurat".
_AROUND = frozenset({
    "sangat", "top", "very", "sekali", "banget", "amat", "super", "most", "status", "sifat", "prioritas",
    "priority", "tingkat", "level", "urgensi", "urgency", "mohon", "harap", "keadaan", "kondisi", "a", "s",
    "p", "as", "soon", "possible",
})  # fmt: skip
#: A longer answer to "Urgensi" is a story, which its sender is asked to put in a word.
_LONGEST = 300
_YES = frozenset({"ya", "yes", "iya", "y", "betul", "benar", "v"})
_NO = frozenset({"tidak", "tdk", "no", "n", "bukan", "none", "tidak ada", "off", "false", "0"})
_SPELT = ("mendesak", "urgent", "darurat", "emergency", "segera", "normal", "biasa")


@lru_cache(maxsize=1024)
def _mended(word: str) -> str:
    """A word with its typing error mended where it is nearly one that tells the urgency."""
    if len(word) < 5 or _LEVELS.fullmatch(word):
        return word
    allowed = 1 if len(word) < 8 else 2
    near = process.extractOne(word, _SPELT, scorer=OSA.distance, score_cutoff=allowed)
    return near[0] if near else word


def _spots(text: str) -> list[tuple[int, Urgency]]:
    """Where in a text each level is named first."""
    found: dict[Urgency, int] = {}
    for match in _LEVELS.finditer(text.casefold()):
        level = _LEVEL_OF.get(match.lastgroup or "")
        if level:
            found.setdefault(level, match.start())
    return sorted((at, level) for level, at in found.items())


def urgencies_in(text: str) -> tuple[Urgency, ...]:
    """The levels whose words stand in a text, in their order there; reasons and denied words aside."""
    if len(text) > _LONGEST:
        return ()
    folded = " ".join(map(_mended, _REASON.sub("", key(text)).split()))
    return tuple(level for _, level in _spots(folded))


VOCABULARY: Vocabulary[Urgency] = Vocabulary(urgencies_in, _spots)


def answers_yes(text: str) -> bool:
    """A tick, or words that begin with yes."""
    return is_tick(text) or key(text).partition(" ")[0] in _YES


def answers_no(text: str) -> bool:
    """An empty box, a dash, or no word but no."""
    plain = key(text)
    return plain in _NO or (not any(letter.isalpha() for letter in plain) and is_no_tick(text))


def mark_in(text: str) -> Urgency | None:
    """What a cell says that holds nothing but "URGENT" or "Darurat!!", with or without its box."""
    if not text or len(text) > 60:
        return None
    words = [_mended(word) for word in key(text).split()]
    others = [word for word in words if not _STRONG.fullmatch(word) and not _is_box(word)]
    found = urgencies_in(text)
    if len(found) != 1 or found[0] == "normal" or not _AROUND.issuperset(others):
        return None
    return found[0]


def is_choice(text: str) -> bool:
    """Whether a cell holds nothing but names of levels, with or without boxes: "☐ Normal ☑ Urgent"."""
    if not text or len(text) > 90 or not urgencies_in(text):
        return False
    left = _LEVELS.sub(" ", " ".join(map(_mended, key(text).split())))
    return all(word in _AROUND or _is_box(word) for word in left.split())


def _is_box(word: str) -> bool:
    return word in {"v", "x", "ya", "ok"}


def has_mark(text: str) -> bool:
    """Whether a box or a tick is printed in a text."""
    return has_box(text) or bool(re.search(r"\[\s*\w?\s*\]|\(\s*\w?\s*\)", clean(text)))
