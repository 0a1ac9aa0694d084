"""The class of a single word, typing errors and run-together words included. Knows no sentence."""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from pipeline.approval.idioms import IDIOMS
from pipeline.approval.reply_sets import word_set
from pipeline.approval.words import COUNTS, NEUTRAL, ORDINALS, WORDS, Kind

#: (text, length as typed, kind): one entry, or more where words were run together
Spelled = tuple[tuple[str, int, Kind], ...]

_LISTED: dict[str, Kind] = {
    **{word: kind for kind, words in reversed(NEUTRAL.items()) for word in words.split()},
    **{word: kind for kind, words in reversed(WORDS.items()) for word in words.split()},
    **dict.fromkeys(COUNTS, Kind.BOTH),
    **dict.fromkeys(ORDINALS, Kind.ORDINAL),
}
#: Words of the fixed expressions: known as they stand, so they are no typing errors of others.
_IN_IDIOMS = frozenset(
    word for pattern, _kind in IDIOMS for piece in pattern.split() for word in piece.rstrip("?").split("|")
)
#: Neighbours on the keyboard: what a finger hits instead of the key it meant.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for row, below in zip(_ROWS, (*_ROWS[1:], ""), strict=True)
    for place, key in enumerate(row)
    for pair in [
        *((key, other) for other in row[place + 1 : place + 2]),
        *((key, other) for other in below[max(0, place - 1) : place + 1]),
    ]
)
#: Approving words whose typing errors are believed. Others ("grant", "allow") are too near to harmless words.
_TRUSTED = re.compile(
    r"(?:di|me|men|meny|ku)?(?:setuj\w+|etuju\w*|approv\w+|prove\w*|accept\w*|izin\w*|ijin\w*|lanjut\w*|lakan|"
    r"silakan|silahkan|proceed\w*|boleh\w*)$"
)
_CLITICS = ("lah", "nya", "ya", "kan", "dong", "deh", "aja", "in", "pak", "bu", "mas", "x")
_GLUED = (
    "tidak",
    "tdk",
    "nggak",
    "ngga",
    "gak",
    "tak",
    "belum",
    "blm",
    "jangan",
    "jgn",
    "bukan",
    "saya",
    "sudah",
)
_DOUBLED = re.compile(r"([a-z]{2,20})2((?:nya|an|ku)?)$")
_FRONT = ("di", "nge", "meng", "ng", "men", "me", "ku", "ter")
_SHORT = {
    "'ll": Kind.LATER,
    "'d": Kind.LATER,
    "'ve": Kind.PAST,
    "'m": Kind.SAFE,
    "'re": Kind.SAFE,
    "'s": Kind.SAFE,
}
_DECIDING = (Kind.YES, Kind.GO, Kind.NO, Kind.REVISE, Kind.NEG, Kind.YET, Kind.COND, Kind.HOLD)
_POLITE = (Kind.SAFE, Kind.THANKS, Kind.GREETING, Kind.FIRST, Kind.DO, Kind.ALL, Kind.REST, Kind.EXCEPT)
#: Javanese and Sundanese words that sit too near to everyday ones to be told from their typing errors.
_EXACT = word_set(
    "teu henteu ulah ojo dudu sanes moal durung dereng acan tacan emoh ogah menawa menawi lamun"
)
#: Words that sit near others by chance and mean something of their own.
_NO_TYPOS = word_set(
    """
    protes letak tolok oral rapor moral local vocal total token stolen revise device advice approver
    approach improve improved prove proved proven proving persetujuan provide reproved
    want wants went font tone zone node gone bone newer ever either hope cope parent agent belong blue
    decide decided decides deciding define defined declare declared reuse reused reducing reflect repeated
    reverted respected projected objective objectives jaga kaca kaya kayak olah dibagikan wong noor angga
    off too inn kasihan kasian reacted reaction bambang doni tiara nolan denny kara kurang
    diperbarui perbarui approver masih gara bolak
    """
)


@lru_cache(maxsize=20_000)
def kind_of(typed: str) -> Spelled:
    """The class of `typed`; words run together ("tidaksetuju", "I'll") come back as several."""
    word = re.sub(r"[’´`]", "'", typed.lower())[:60]
    if (word in _NO_TYPOS and word not in _LISTED) or typed == "NDA":
        # "Belum ada NDA": the agreement, not the Javanese "not".
        return ((word, len(typed), Kind.UNKNOWN),)
    for known in (
        word,
        word.replace("'", ""),
        re.sub(r"(.)\1{2,}", r"\1", word),
        re.sub(r"(.)\1+", r"\1", word),
    ):
        # "II" is no "I": one letter alone is told by nothing.
        if known in _LISTED and (len(known) > 1 or known == word):
            return ((known, len(typed), _LISTED[known]),)
    doubled = _DOUBLED.match(word)
    if doubled and word not in _LISTED:
        # "Anak2", "oleh2nya": the word twice, as people write it on a telephone.
        stem, half = doubled[1], len(doubled[1])
        return ((stem, half, _LISTED.get(stem, Kind.UNKNOWN)), *_whole(stem + doubled[2], len(typed) - half))
    if word in _IN_IDIOMS:
        return ((word, len(typed), Kind.UNKNOWN),)
    return _shortened(word, typed) or _affixed(word, typed) or _glued(word, typed) or _mistyped(word, typed)


def _whole(word: str, length: int) -> Spelled:
    return ((word, length, _LISTED.get(word, Kind.UNKNOWN)),)


def _shortened(word: str, typed: str) -> Spelled:
    """I'll, I'd, they've, that's."""
    head, mark, tail = word.rpartition("'")
    kind = _SHORT.get(f"'{tail}") if mark else None
    if kind is None or head not in _LISTED:
        return ()
    return ((head, len(head), _LISTED[head]), (f"'{tail}", len(typed) - len(head), kind))


def _affixed(word: str, typed: str) -> Spelled:
    """setujulah, diprosesnya, ngeacc; a word that ends in -kah asks."""
    if word.endswith("kah") and _LISTED.get(word[:-3], Kind.UNKNOWN) is not Kind.UNKNOWN:
        return ((word, len(typed), Kind.ASK),)
    for end in _CLITICS:
        stem = word.removesuffix(end)
        if stem != word and len(stem) >= 3 and stem in _LISTED:
            return ((stem, len(typed), _LISTED[stem]),)
    for front in _FRONT:
        stem = word.removeprefix(front)
        if (
            stem != word
            and len(stem) >= 3
            and _LISTED.get(stem) in {Kind.YES, Kind.GO, Kind.NO, Kind.REVISE, Kind.DO}
        ):
            return ((stem, len(typed), _LISTED[stem]),)
    return ()


def _glued(word: str, typed: str) -> Spelled:
    for front in _GLUED:
        rest = word.removeprefix(front)
        if (
            rest != word
            and len(rest) >= 3
            and _LISTED.get(rest) in {Kind.YES, Kind.GO, Kind.NO, Kind.CAN, Kind.DO, Kind.FIRST}
        ):
            return ((front, len(front), _LISTED[front]), (rest, len(typed) - len(front), _LISTED[rest]))
    return ()


def _mistyped(word: str, typed: str) -> Spelled:
    unknown: Spelled = ((word, len(typed), Kind.UNKNOWN),)
    if not 4 <= len(word) <= 16 or not word.isalpha():
        return unknown
    near = _near(word)
    if not near:
        return unknown
    best = min(distance for distance, _listed in near)
    kinds = {_LISTED[listed] for distance, listed in near if distance == best}
    text = min(listed for distance, listed in near if distance == best)
    if len(kinds) > 1:
        # Two deciding words are equally near: nobody knows which was meant.
        kind = kinds.pop() if kinds <= {Kind.YES} else Kind.UNKNOWN
        return ((word, len(typed), kind),)
    return ((text, len(typed), kinds.pop()),)


def _near(word: str) -> list[tuple[int, str]]:
    near: list[tuple[int, str]] = []
    for listed, kind in _by_length().get(len(word), ()):
        most = 2 if len(listed) >= 8 and kind in {Kind.YES, Kind.NO, Kind.REVISE} else 1
        distance = OSA.distance(word, listed, score_cutoff=most)
        if distance <= most and _believed(word, listed, kind, distance):
            near.append((distance, listed))
    return near


@cache
def _by_length() -> dict[int, tuple[tuple[str, Kind], ...]]:
    """For each length of a typed word, the listed words it may have been meant for."""
    kinds = {*_DECIDING, *_POLITE}
    listed = [
        (word, kind)
        for word, kind in _LISTED.items()
        if len(word) >= 4 and kind in kinds and word not in _EXACT
    ]
    return {n: tuple(pair for pair in listed if abs(len(pair[0]) - n) <= 2) for n in range(4, 17)}


def _believed(word: str, listed: str, kind: Kind, distance: int) -> bool:
    if kind in {Kind.NEG, Kind.YET}:
        return True
    if len(listed) < 5 or (kind in {Kind.COND, Kind.HOLD} and len(listed) < 6):
        return False
    if kind in {Kind.YES, Kind.GO}:
        return bool(_TRUSTED.match(listed)) and (distance == 2 or _slip(word, listed))
    if kind in {Kind.NO, Kind.REVISE}:
        return word[0] == listed[0] or _slip(word, listed)
    if kind in {Kind.COND, Kind.HOLD}:
        return _slip(word, listed)
    return len(listed) >= 6 and _slip(word, listed)


def _slip(word: str, listed: str) -> bool:
    """Is it one slip of a finger: a letter doubled, left out, swapped with the next, or its neighbour hit?"""
    if sorted(word) == sorted(listed):
        return True
    if len(word) != len(listed):
        return word[0] == listed[0] or word[1:2] == listed[:1] or word[:1] == listed[1:2]
    wrong = [(a, b) for a, b in zip(word, listed, strict=True) if a != b]
    vowels = set("aiueo")
    return len(wrong) == 1 and (frozenset(wrong[0]) in _NEIGHBOURS or set(wrong[0]) <= vowels)
