"""Which items an answer means by number, range, count or list, as TARGETs in its words. Knows no verdicts."""

from dataclasses import replace

from pipeline.approval.reply_names import is_joint
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import CARDINALS, COUNTS, ORDINALS, Kind

_NOUNS = word_set(
    """
    akses permintaan permohonan pengajuan item items request requests access accesses poin point
    points aplikasi sistem user itemnya aksesnya permintaannya hak
    """
)
_ENGLISH_TO = frozenset({"to", "through", "thru"})


def mark_items(words: tuple[Word, ...], numbers: frozenset[int]) -> tuple[Word, ...]:
    """`words` with all that picks items as one TARGET (or ALL) each; `numbers` are the request's items."""
    marked = _lists(_ranges(_numbers(list(words), numbers), numbers))
    return tuple(_stray_ranges(marked))


def _numbers(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    found: list[Word] = []
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else None
        place += 1
        count = CARDINALS.get(word.text) if word.kind in {Kind.UNKNOWN, Kind.NUMBER} else None
        value = int(word.text) if word.kind is Kind.NUMBER and word.text.isdecimal() else count
        if word.kind is Kind.BOTH:
            found.append(_counted(word, COUNTS.get(word.text) or _spoken(word.text), numbers))
        elif word.kind is Kind.ORDINAL:
            place = _ordinal(words, place, found, numbers)
        elif word.text == "no" and _is_number(after):
            found.append(word.as_kind(_number_or_refusal(found)))
        elif value is None:
            found.append(word)
        elif after is not None and after.text in _NOUNS and not (found and found[-1].kind is Kind.ITEM):
            # "3 akses", "ketiga akses": how many, not which.
            found.append(_counted(replace(word, end=after.end), value, numbers))
            place += 1
        elif value in numbers and not word.text.startswith("0"):
            found.append(replace(word, kind=Kind.TARGET, items=frozenset({value}), by_number=True))
        else:
            found.append(word.as_kind(Kind.NUMBER if count is None else Kind.UNKNOWN))
    return found


def _is_number(word: Word | None) -> bool:
    return word is not None and (
        word.kind is Kind.NUMBER or word.text in CARDINALS or word.kind is Kind.ORDINAL
    )


def _number_or_refusal(before: list[Word]) -> Kind:
    """ "setuju no 1, no 3" names numbers; nobody knows what "approve 1, no 2" means."""
    first = next((n for n, word in enumerate(before) if word.by_number), -1)
    if first < 0 or (first > 0 and before[first - 1].kind is Kind.ITEM):
        return Kind.ITEM
    near = [word for word in before[-2:] if not is_mark(word, ",")]
    return Kind.CHOICE if near and near[-1].by_number else Kind.ITEM


def _spoken(text: str) -> int:
    return next(
        (CARDINALS.get(w) or int(w) for w in text.split() if w in CARDINALS or w.isdecimal()),
        2 if "dua" in text else 3 if "tiga" in text else 0,
    )


def _counted(word: Word, count: int, numbers: frozenset[int]) -> Word:
    return word.as_kind(Kind.ALL if count == len(numbers) else Kind.NUMBER)


def _ordinal(words: list[Word], place: int, found: list[Word], numbers: frozenset[int]) -> int:
    """ "yang pertama", "item ketiga", "second item"; "kedua akses" counts. Returns the next place."""
    word = words[place - 1]
    digits = "".join(char for char in word.text if char.isdecimal())
    value = int(digits) if digits else ORDINALS.get(word.text, 0)
    value = max(numbers, default=0) if value == -1 else value
    after = words[place] if place < len(words) else None
    before = found[-1] if found else None
    named = before is not None and (
        before.kind is Kind.ITEM or before.text in {"yang", "yg", "akses", "permintaan", "the"}
    )
    if after is not None and after.text in _NOUNS and not named and word.text.startswith("ke"):
        found.append(_counted(replace(word, end=after.end), value, numbers))
        return place + 1
    count = CARDINALS.get(after.text) if after is not None and word.text in {"first", "pertama"} else None
    count = (
        int(after.text)
        if after is not None and word.text == "first" and after.kind is Kind.NUMBER and after.text.isdecimal()
        else count
    )
    if count and after is not None:
        chosen = frozenset(sorted(numbers)[:count])
        found.append(replace(word, kind=Kind.TARGET, end=after.end, items=chosen, by_number=True))
        return place + 1
    known = value in numbers
    found.append(
        replace(
            word,
            kind=Kind.TARGET if known else Kind.NUMBER,
            items=frozenset({value} if known else ()),
            by_number=True,
        )
    )
    return place


def _ranges(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    """1-3, 1 s/d 3, item 2 sampai 4."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        first = words[place]
        last = next((n for n in (place + 2, place + 3) if _spans(words, place, n)), 0)
        if not last:
            found.append(first)
            place += 1
            continue
        low, high = min(first.items), max(words[last].items)
        chosen = frozenset(n for n in numbers if low <= n <= high)
        kind = Kind.TARGET if low < high else Kind.UNKNOWN
        found.append(replace(first, kind=kind, end=words[last].end, items=chosen))
        place = last + 1
    return found


def _spans(words: list[Word], first: int, last: int) -> bool:
    if last >= len(words) or not (words[first].by_number and words[last].by_number):
        return False
    if len(words[first].items) != 1 or len(words[last].items) != 1:
        return False
    between = words[first + 1]
    joins = between.kind is Kind.RANGE or is_mark(between, "-") or between.text in {"hingga", "until", "s/d"}
    return joins and (last == first + 2 or words[first + 2].kind is Kind.ITEM)


def _lists(words: list[Word]) -> list[Word]:
    """1, 2 dan 3; item 1 & item 3; Accurate dan VPN; item 2 (VPN); VPN untuk Putri."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        while word.kind is Kind.TARGET:
            length, other, how = _next_target(words, place)
            if other is None:
                break
            if how == "of":
                more, other = _right_list(words, place + length, other)
                length += more
            both = _together(word, other, how)
            if how == "list" and (other.items == word.items or _comma_parts(words, found, place, length)):
                # "kecuali VPN, VPN ditolak" and "setuju 1, 2 tolak" say two things.
                break
            if both is None:
                break
            word = replace(
                word,
                items=both,
                end=other.end,
                by_number=word.by_number and other.by_number,
                kind=Kind.TARGET if both else Kind.UNKNOWN,
            )
            place += length
        found.append(word)
    return found


def _right_list(words: list[Word], place: int, word: Word) -> tuple[int, Word]:
    """The whole list that begins with `word`: "Putri dan Agung" in "VPN untuk Putri dan Agung"."""
    taken = 0
    while True:
        length, other, how = _next_target(words, place + taken)
        if other is None or how != "list":
            return taken, word
        word = replace(word, items=word.items | other.items, end=other.end)
        taken += length


def _next_target(words: list[Word], place: int) -> tuple[int, Word | None, str]:
    """(words taken, the target, how it is joined) for a target that goes on the list before `place`."""
    how, at = "", place
    while at < len(words) and at - place < 4 and words[at].kind is not Kind.TARGET:
        word = words[at]
        if is_mark(word, ",&+/") or word.text in {"dan", "dn", "and", "serta", "juga", "plus"}:
            how = "list"
        elif is_mark(word, "(") and not _closes(words, at):
            return 0, None, ""
        elif is_joint(word) and not how:
            how = "of"
        elif word.kind is not Kind.ITEM and word.text not in {
            "yang",
            "yg",
            "the",
            "akses",
            "access",
            "karyawan",
            "user",
            "atas",
            "nama",
            "pak",
            "bu",
            "ibu",
            "bapak",
            "mas",
            "mbak",
        }:
            return 0, None, ""
        at += 1
    if at >= len(words) or words[at].kind is not Kind.TARGET:
        return 0, None, ""
    return at - place + 1, words[at], how


_VERBS = frozenset({Kind.YES, Kind.GO, Kind.NO, Kind.REVISE, Kind.WEAK, Kind.NEG, Kind.YET})
_BESIDE = frozenset({Kind.SAFE, Kind.ITEM, Kind.FIRST, Kind.TARGET, Kind.AND, Kind.TITLE, Kind.CAN})


def _comma_parts(words: list[Word], found: list[Word], place: int, length: int) -> bool:
    """Does the comma part two verdicts, one before its items and one behind ("setuju 1, 2 tolak")?"""
    if not any(is_mark(word, ",") for word in words[place : place + length]):
        return False
    before = found[-6:]
    if any(word.kind is Kind.MARK for word in before) or not any(word.kind in _VERBS for word in before):
        return False
    at = place + length
    while at < len(words) and words[at].kind in _BESIDE:
        at += 1
    if at >= len(words) or words[at].kind not in _VERBS:
        return False
    behind = next(
        (w for w in words[at + 1 : at + 6] if w.kind in {Kind.TARGET, Kind.MARK, Kind.BECAUSE}), None
    )
    return behind is None or behind.kind is not Kind.TARGET


def _closes(words: list[Word], place: int) -> bool:
    """Does the bracket at `place` hold a name and nothing else ("2 (VPN)")?"""
    return place + 2 < len(words) and is_mark(words[place + 2], "(")


def _together(word: Word, other: Word, how: str) -> frozenset[int] | None:
    shared = word.items & other.items
    if how == "list":
        return word.items | other.items
    if how == "of":
        # "VPN untuk Putri" is hers alone; where no item is both, nobody knows what was meant.
        return shared
    if word.by_number and other.by_number:
        return word.items | other.items
    if word.by_number != other.by_number:
        return shared
    return shared or (word.items | other.items)


def _stray_ranges(words: list[Word]) -> list[Word]:
    """ "sampai" that joins no numbers sets a limit; "to" alone is an ordinary word."""
    return [
        word
        if word.kind is not Kind.RANGE
        else word.as_kind(Kind.SAFE if word.text in _ENGLISH_TO else Kind.LIMIT)
        for word in words
    ]
