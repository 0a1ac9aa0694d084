"""Fixed expressions in a row of words become one word each; the longest that fits wins. Holds no list."""

from dataclasses import dataclass
from functools import cache

from pipeline.approval.idioms import IDIOMS
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind

_DAYS = word_set(
    """
    senin selasa rabu kamis jumat jum'at sabtu minggu besok lusa monday tuesday wednesday thursday
    friday saturday sunday tomorrow weekend siang sore malam end today eod jam pukul tonight noon
    """
)


@dataclass(frozen=True)
class _Element:
    words: frozenset[str]
    optional: bool

    def fits(self, word: Word) -> bool:
        return (
            word.text in self.words
            or ("@neg" in self.words and word.kind is Kind.NEG)
            or ("@me" in self.words and word.kind is Kind.FIRST)
            or ("@named" in self.words and word.named)
            or ("@day" in self.words and word.text in _DAYS)
        )


@dataclass(frozen=True)
class _Idiom:
    elements: tuple[_Element, ...]
    kind: Kind

    def length(self, words: tuple[Word, ...], place: int, at: int = 0) -> int:
        """How many words the longest fit takes from `place` on; -1: it does not fit."""
        if at == len(self.elements):
            return 0
        element = self.elements[at]
        taken = -1
        if place < len(words) and words[place].kind is not Kind.MARK and element.fits(words[place]):
            rest = self.length(words, place + 1, at + 1)
            taken = rest + 1 if rest >= 0 else -1
        return max(taken, self.length(words, place, at + 1)) if element.optional else taken


@cache
def _by_first() -> dict[str, tuple[_Idiom, ...]]:
    found: dict[str, list[_Idiom]] = {}
    for pattern, kind in IDIOMS:
        elements = tuple(
            _Element(frozenset(piece.rstrip("?").split("|")), piece.endswith("?"))
            for piece in pattern.split()
        )
        idiom = _Idiom(elements, kind)
        for element in elements:
            for word in element.words:
                found.setdefault(word, []).append(idiom)
            if not element.optional:
                break
    return {first: tuple(idioms) for first, idioms in found.items()}


def join_idioms(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with every fixed expression as one word of the expression's kind."""
    joined: list[Word] = []
    place = 0
    while place < len(words):
        length, kind = _longest(words, place)
        if not length:
            joined.append(words[place])
            place += 1
            continue
        taken = words[place : place + length]
        joined.append(
            Word(
                " ".join(word.text for word in taken),
                kind,
                taken[0].start,
                taken[-1].end,
                capital=taken[0].capital,
                cited=any(word.cited for word in taken),
            )
        )
        place += length
    return tuple(joined)


def _longest(words: tuple[Word, ...], place: int) -> tuple[int, Kind]:
    word = words[place]
    if word.kind in {Kind.MARK, Kind.TARGET}:
        return 0, Kind.UNKNOWN
    index = _by_first()
    firsts = [word.text]
    firsts += ["@neg"] if word.kind is Kind.NEG else []
    firsts += ["@me"] if word.kind is Kind.FIRST else []
    best, kind = 0, Kind.UNKNOWN
    for first in firsts:
        for idiom in index.get(first, ()):
            length = idiom.length(words, place)
            # The list is in order of importance: of two that are equally long, the earlier one stays.
            if length > best and not _crosses_target(words, place, length):
                best, kind = length, idiom.kind
    return best, kind


def _crosses_target(words: tuple[Word, ...], place: int, length: int) -> bool:
    return any(word.kind is Kind.TARGET for word in words[place : place + length])
