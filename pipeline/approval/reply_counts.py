"""Counts held against what they count: "VPN keduanya", "dua-duanya", "the other three". Decides nothing.

A count beside a name that has exactly so many items says nothing more than the name; one that does not fit
is a stranger, since nobody can say which were meant.
"""

from dataclasses import replace

from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import CARDINALS, Kind

#: "The other three", "sisa dua": in front of a count these make it what is left.
_LEFT_BEFORE = word_set("other remaining sisa sisanya lainnya") | {"the remaining", "the other"}
#: "Dua lagi", "dua lainnya": behind it.
_LEFT_BEHIND = word_set("lagi lainnya lain sisanya others")
_COUNTED = word_set("item items akses poin yang yg nya")
#: May stand between a count and the name it counts.
_JOINTS = word_set("untuk utk for of the yang yg akses aksesnya punya milik ini itu nya ya")
#: May stand between a name and the count behind its verdict ("Lestari disetujui dua-duanya").
_VERDICTS = frozenset({
    Kind.YES, Kind.GO, Kind.NO, Kind.WEAK, Kind.NEG, Kind.FIRST, Kind.SAFE, Kind.TITLE, Kind.DO, Kind.CAN,
})  # fmt: skip


def count_rests(words: list[Word]) -> list[Word]:
    """`words` with "dua lainnya" and "the other three" as one REST each, which remembers its count."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        length, count = _rest_at(words, place)
        if length:
            last = words[place + length - 1]
            found.append(replace(words[place], kind=Kind.REST, end=last.end, count=count))
        else:
            found.append(words[place])
        place += length or 1
    return found


def _rest_at(words: list[Word], place: int) -> tuple[int, int]:
    """(words taken, how many are left) of a counted rest that begins at `place`; (0, 0): none does."""
    if words[place].text in _LEFT_BEFORE:
        count = _count_of(words, place + 1)
        behind = _text(words, place + 2) in {"item", "items", "akses"}
        named = place > 0 and words[place - 1].kind is Kind.ITEM
        return (2 + behind, count) if count and not named else (0, 0)
    first = place + (words[place].text in {"yang", "yg", "the"})
    count = _count_of(words, first)
    at = first + 1
    while count and _text(words, at) in _COUNTED and at - first < 3:
        at += 1
    left = _text(words, at) in _LEFT_BEHIND or (at < len(words) and words[at].kind is Kind.REST)
    named = place > 0 and words[place - 1].kind in {Kind.ITEM, Kind.RANGE, Kind.AND}
    return (at - place + 1, count) if count and left and not named else (0, 0)


def _text(words: list[Word], place: int) -> str:
    return words[place].text if place < len(words) else ""


def _count_of(words: list[Word], place: int) -> int:
    text = _text(words, place)
    number = place < len(words) and words[place].kind is Kind.NUMBER and text.isdecimal()
    return int(text) if number and not text.startswith("0") else CARDINALS.get(text, 0)


def settle_counts(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    """`words` with every BOTH and every counted REST as what it means, or as a stranger."""
    named = frozenset().union(*(word.items for word in words if word.kind is Kind.TARGET))
    found: list[Word] = []
    for place, word in enumerate(words):
        if word.kind is Kind.BOTH:
            found.append(_settled(words, place, numbers))
        elif word.kind is Kind.REST and word.count and word.count != len(numbers - named):
            found.append(word.as_kind(Kind.UNKNOWN))
        else:
            found.append(word)
    return found


def _settled(words: list[Word], place: int, numbers: frozenset[int]) -> Word:
    word = words[place]
    counted = _counted_name(words, place)
    if counted is not None:
        fits = word.count in {len(counted.items), counted.count}
        return replace(word, text="nya", kind=Kind.SAFE) if fits else word.as_kind(Kind.UNKNOWN)
    behind = words[place + 1] if place + 1 < len(words) else None
    because = place > 0 and words[place - 1].kind is Kind.BECAUSE
    if because and behind is not None and behind.text not in ALONE and behind.kind is not Kind.ONLY:
        # "Karena dua-duanya memang bertugas di sana": people, and nobody's items.
        return word.as_kind(Kind.SAFE)
    return word.as_kind(Kind.ALL if word.count == len(numbers) else Kind.NUMBER)


def _counted_name(words: list[Word], place: int) -> Word | None:
    """The only name the count at `place` can be about, with nothing but a verdict between them."""
    ahead = next((w for w in words[place + 1 : place + 5] if w.text not in _JOINTS), None)
    if ahead is not None and ahead.kind is Kind.TARGET:
        return ahead
    for word in reversed(words[max(0, place - 8) : place]):
        if word.kind is Kind.TARGET:
            return word
        if word.kind not in _VERDICTS:
            return None
    return None
