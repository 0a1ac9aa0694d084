"""Which items an answer means by number, range, count or list, as TARGETs. Knows no verdicts."""

from dataclasses import replace

from pipeline.approval.reply_counts import settle_counts
from pipeline.approval.reply_lists import join_lists
from pipeline.approval.reply_numbers import VERBS, mark_numbers
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

_ENGLISH_TO = frozenset({"to", "through", "thru"})


def mark_items(words: tuple[Word, ...], numbers: frozenset[int]) -> tuple[Word, ...]:
    """`words` with all that picks items as one TARGET (or ALL) each; `numbers` are the request's items."""
    spanned = _ranges(_up_to(mark_numbers(list(words), numbers)), numbers)
    marked = _minus(settle_counts(join_lists(spanned), numbers))
    return tuple(_stray_ranges(marked))


def _up_to(words: list[Word]) -> list[Word]:
    """ "1 sampai dengan 3": one joint in two words, between two numbers only."""
    found: list[Word] = []
    for place, word in enumerate(words):
        joint = word.text in {"dengan", "dgn", "dg"} and bool(found) and found[-1].kind is Kind.RANGE
        behind = [w for w in words[place + 1 : place + 3] if w.kind is not Kind.ITEM][:1]
        if not (joint and len(found) > 1 and found[-2].by_number and behind and behind[0].by_number):
            found.append(word)
    return found


def _minus(words: list[Word]) -> list[Word]:
    """ "Setuju - CCTV": takes it out, or names it; nobody knows."""
    found = list(words)
    for place in range(1, len(words) - 1):
        if not is_mark(words[place], "-") or not _may_take(words[place - 1]):
            continue
        behind = next((w for w in words[place + 1 : place + 3] if w.kind is not Kind.ITEM), None)
        before = [w for w in words[:place] if w.kind in VERBS]
        refused = bool(before) and before[-1].kind in {Kind.NO, Kind.REVISE, Kind.NEG, Kind.YET}
        if behind is not None and behind.kind is Kind.TARGET and not refused:
            found[place] = words[place].as_kind(Kind.UNKNOWN)
    return found


def _may_take(word: Word) -> bool:
    return word.kind in _APPROVED or is_mark(word, ",:.(")


_APPROVED = frozenset({Kind.YES, Kind.GO, Kind.WEAK, Kind.NOOBJ, Kind.ALL, Kind.BOTH, Kind.TITLE, Kind.SAFE})


def _ranges(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    """1-3, 1 s/d 3, item 2 sampai 4."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        first = words[place]
        last = next((n for n in (place + 2, place + 3) if _spans(words, place, n)), 0)
        if not last:
            # "1-9" of three items is no range of them, and not item 1 either.
            beyond = first.by_number and _joins(words, place) and words[place + 2].kind is Kind.NUMBER
            found.append(first.as_kind(Kind.NUMBER) if beyond else first)
            place += 1
            continue
        low, high = min(first.items), max(words[last].items)
        chosen = frozenset(n for n in numbers if low <= n <= high)
        kind = Kind.TARGET if low < high else Kind.UNKNOWN
        found.append(replace(first, kind=kind, end=words[last].end, items=chosen))
        place = last + 1
    return found


def _joins(words: list[Word], first: int) -> bool:
    if first + 2 >= len(words):
        return False
    between = words[first + 1]
    return between.kind is Kind.RANGE or is_mark(between, "-") or between.text in {"hingga", "until", "s/d"}


def _spans(words: list[Word], first: int, last: int) -> bool:
    if last >= len(words) or not (words[first].by_number and words[last].by_number):
        return False
    if len(words[first].items) != 1 or len(words[last].items) != 1:
        return False
    return _joins(words, first) and (last == first + 2 or words[first + 2].kind is Kind.ITEM)


def _stray_ranges(words: list[Word]) -> list[Word]:
    """ "sampai" that joins no numbers sets a limit; "to" alone is an ordinary word."""
    return [
        word
        if word.kind is not Kind.RANGE
        else word.as_kind(Kind.SAFE if word.text in _ENGLISH_TO else Kind.LIMIT)
        for word in words
    ]
