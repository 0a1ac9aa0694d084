"""Numbers in an answer to the items they mean: "no 2", "yang kedua", "ketiga akses". Knows no verdicts."""

from dataclasses import replace

from pipeline.approval.reply_counts import count_rests
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import CARDINALS, COUNTS, ORDINALS, Kind

_NOUNS = word_set(
    """
    akses permintaan permohonan pengajuan item items request requests access accesses poin point
    points aplikasi sistem user itemnya aksesnya permintaannya hak
    """
)


#: A number beside one of these counts or measures.
_OF = word_set("dari of from out per than daripada among antara diantara")
_BEFORE = _OF | word_set("lebih over kurang under sejak since mulai")
_BEHIND = _OF | {"ke"}
_COUNTED = word_set(
    """
    karyawan karyawannya pegawai staf staff employee employees user pemohon requester akun account form
    formulir
    formulirnya dokumen document aplikasi application sistem system kantor office divisi departemen
    department division bagian unit tim team proyek project email mail surat update per x kali hal
    halaman atas
    """
)
_HEADS = word_set(
    "unit karyawan pegawai staf staff employee employees akun account accounts lisensi licence license"
)
_EDGES = frozenset({"pertama", "first", "terakhir", "last"})
#: Kinds of words that make a number in front of them an item of its own.
VERBS = frozenset({Kind.YES, Kind.GO, Kind.NO, Kind.REVISE, Kind.WEAK, Kind.NEG, Kind.YET})


def mark_numbers(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    """Numbers, ordinals and counts as TARGETs, ALL or strangers, one for each."""
    found: list[Word] = []
    words = count_rests(_edges(words, numbers))
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else None
        place += 1
        count = CARDINALS.get(word.text) if word.kind in {Kind.UNKNOWN, Kind.NUMBER} else None
        value = int(word.text) if word.kind is Kind.NUMBER and word.text.isdecimal() else count
        if word.kind is Kind.BOTH:
            found.append(replace(word, count=COUNTS.get(word.text.split()[0]) or _spoken(word.text)))
        elif word.kind is Kind.ORDINAL:
            place = _ordinal(words, place, found, numbers)
        elif _is_letter(word, after):
            found.append(word.as_kind(Kind.UNKNOWN))
        elif word.text == "no" and _is_number(after):
            found.append(word.as_kind(_number_or_refusal(found, words[place + 1 : place + 2])))
        elif value is None:
            found.append(word)
        elif (
            word.text in {"one", "satu"}
            and not _begins_list(words, place)
            and not (found and found[-1].kind is Kind.ITEM)
        ):
            named = found and found[-1].text in {"this", "that", "the", "yang"}
            found.append(word.as_kind(Kind.SAFE if named else Kind.UNKNOWN))
        elif count and _ends_there(after) and _may_count(found):
            found.append(word.as_kind(Kind.UNKNOWN))
        elif after is not None and after.text in _NOUNS and not _picks(found, word, numbers, words[place:]):
            # "3 akses", "ketiga akses": how many, not which.
            found.append(_counted(replace(word, end=after.end), value, numbers))
            place += 1
        elif _is_amount(words, place - 1) and not _is_last_left(found, word, numbers, words[place:]):
            found.append(word.as_kind(Kind.NUMBER))
        elif value in numbers and not word.text.startswith("0"):
            found.append(replace(word, kind=Kind.TARGET, items=frozenset({value}), by_number=True))
        else:
            found.append(word.as_kind(Kind.NUMBER if count is None else Kind.UNKNOWN))
    return found


def _picks(found: list[Word], word: Word, numbers: frozenset[int], behind: list[Word]) -> bool:
    """Is this number one of an item, though "akses" stands behind it?"""
    item = bool(found) and found[-1].kind is Kind.ITEM
    return item or _is_last_left(found, word, numbers, behind)


def _is_last_left(found: list[Word], word: Word, numbers: frozenset[int], behind: list[Word]) -> bool:
    """ "SETUJU 1,3 TOLAK 2 akses dari luar": of three items the only one not yet named, so it counts none."""
    if word.kind is not Kind.NUMBER or word.text.startswith("0"):
        return False
    named = frozenset().union(*(w.items for w in found if w.by_number))
    refused = bool(found) and found[-1].kind is Kind.NO and any(w.kind is Kind.YES for w in found)
    return (
        refused
        and bool(named)
        and numbers - named == {int(word.text)}
        # "2 dari 3" counts after all.
        and not any(_is_number(w) for w in behind[:2])
    )


def _edges(words: list[Word], numbers: frozenset[int]) -> list[Word]:
    """`words` with "dua yang pertama" and "dua terakhir" as one TARGET each."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        count = CARDINALS.get(word.text, 0) if word.kind in {Kind.UNKNOWN, Kind.NUMBER} else 0
        span = _edge(words, place + 1) if count > 1 else 0
        found.append(_at_edge(word, words[place + span], count, numbers) if span else word)
        place += span + 1
    return found


def _edge(words: list[Word], place: int) -> int:
    """How many words behind a count say which end of the list: "dua yang pertama", "two last"; 0: none."""
    for n, word in enumerate(words[place : place + 3], 1):
        if word.text in _EDGES:
            return n
        if word.text not in {"yang", "yg", "item", "items", "akses"}:
            return 0
    return 0


def _at_edge(word: Word, edge: Word, count: int, numbers: frozenset[int]) -> Word:
    ordered = sorted(numbers)
    if count > len(ordered):
        return replace(word, kind=Kind.NUMBER, end=edge.end)
    chosen = ordered[:count] if edge.text in {"pertama", "first"} else ordered[-count:]
    return replace(word, kind=Kind.TARGET, end=edge.end, items=frozenset(chosen), by_number=True)


def _begins_list(words: list[Word], place: int) -> bool:
    """ "Satu dan dua ditolak": numbers of items, side by side."""
    joined = place + 1 < len(words) and (words[place].kind is Kind.AND or is_mark(words[place], ",&"))
    return joined and (words[place + 1].text in CARDINALS or words[place + 1].kind is Kind.NUMBER)


def _ends_there(after: Word | None) -> bool:
    return after is None or after.kind in {Kind.MARK, Kind.ONLY} or after.text in ALONE


def _may_count(found: list[Word]) -> bool:
    """ "Setuju dua": two of them, or the second? Not behind "nomor" and not in a list."""
    joined = (
        found[-2:-1]
        if found and (found[-1].kind in {Kind.AND, Kind.RANGE} or is_mark(found[-1], ",&"))
        else []
    )
    return not found or not (found[-1].kind is Kind.ITEM or any(word.by_number for word in joined))


def _is_letter(word: Word, after: Word | None) -> bool:
    """ "Setuju I", "setuju a": a letter with nothing behind it labels something, and nobody knows what."""
    return word.text in {"i", "a"} and (
        after is None
        or after.kind in {Kind.MARK, Kind.AND, Kind.NUMBER}
        or after.kind is Kind.WEAK
        or after.text in ALONE
    )


def _is_amount(words: list[Word], place: int) -> bool:
    """ "3 dari 4", "2 of 3", "karyawan 2", "per 1", "3/4": counts and other things' numbers, no items."""
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    if before is not None and _is_range_word(after):
        return before.text in _COUNTED
    if before is not None and (before.text in _COUNTED or before.text in _BEFORE):
        return True
    if after is not None and after.text in _HEADS and not (before is not None and before.kind is Kind.ITEM):
        return True
    if after is not None and after.text in _BEHIND:
        return before is None or before.kind is not Kind.ITEM
    return any(
        sign is not None and is_mark(sign, "/") and (_is_number(other) or _is_all(other))
        for sign, other in ((before, _at(words, place - 2)), (after, _at(words, place + 2)))
    )


def _is_all(word: Word | None) -> bool:
    return word is not None and word.kind is Kind.ALL


def _at(words: list[Word], place: int) -> Word | None:
    return words[place] if 0 <= place < len(words) else None


def _is_range_word(word: Word | None) -> bool:
    return word is not None and (word.kind is Kind.RANGE or word.text in {"hingga", "until", "-"})


def _is_number(word: Word | None) -> bool:
    return word is not None and (
        word.kind is Kind.NUMBER or word.text in CARDINALS or word.kind is Kind.ORDINAL
    )


def _number_or_refusal(before: list[Word], behind: list[Word]) -> Kind:
    """ "no 3 ditolak", "setuju no 1, no 3" name numbers; nobody knows what "approve 1, no 2" means."""
    if behind and behind[0].kind in VERBS and not (before and before[-1].by_number):
        return Kind.ITEM
    first = next((n for n, word in enumerate(before) if word.by_number), -1)
    if first < 0 or (first > 0 and before[first - 1].kind is Kind.ITEM):
        return Kind.ITEM
    near = [word for word in before[-2:] if not is_mark(word, ",")]
    return Kind.CHOICE if near and near[-1].by_number else Kind.ITEM


def _spoken(text: str) -> int:
    return next(
        (CARDINALS.get(w) or int(w) for w in text.split() if w in CARDINALS or w.isdecimal()),
        next((count for word, count in CARDINALS.items() if word in text), 0),
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
    # "Ketiga akses di atas" is one expression by now.
    if after is not None and after.text.split()[0] in _NOUNS and not named and word.text.startswith("ke"):
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
