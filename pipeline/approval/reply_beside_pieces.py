"""What the tests of harmless sentences look for in the words of one piece. Sees no verdict."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_sets import DANGEROUS, VETOES
from pipeline.approval.reply_sets import ALONE, INVITES, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind

Words = tuple[Word, ...]
LIGHT = frozenset({
    Kind.SAFE, Kind.FIRST, Kind.TITLE, Kind.GREETING, Kind.THANKS, Kind.CAN, Kind.PAST, Kind.ALL, Kind.AND,
    Kind.WEAK, Kind.BECAUSE,
})  # fmt: skip
WORK = frozenset({Kind.GO, Kind.DO})
NONE: frozenset[str] = frozenset()
_EXCLAIMS = frozenset({"waduh", "aduh", "wah", "oh", "duh", "oalah", "jangan lupa"})
#: What the work is wanted for: in front of "before", a day like another.
_EVENTS = word_set(
    """
    audit kick-off kickoff kick visit surveillance meeting rapat raker kunjungan closing go-live golive launch
    launching tender presentasi presentation inspection inspeksi pameran exhibition opname deadline acara
    event payroll
    penggajian
    """
)
_OF_EVENTS = word_set(
    """
    off auditor anggaran budget tutup buku review direksi manajemen management eksternal external client
    vendor legal
    """
)
SOON = frozenset({"nanti", "nnti", "ntar", "lalu"})


def is_clear(words: Words, *kinds: Kind, texts: frozenset[str] = NONE) -> bool:
    """Does nothing in `words` limit, doubt or decide? `kinds` and `texts` may stand there all the same."""
    return not any(
        word.cited
        or word.text in sets.ABSTAINS
        or (word.kind in VETOES and word.kind not in kinds and word.text not in texts)
        or (word.kind is Kind.UNKNOWN and word.text not in texts and _is_dangerous(word))
        for word in words
    )


def _is_dangerous(word: Word) -> bool:
    return not word.named and word.text not in sets.FEELS and bool(DANGEROUS.match(word.text))


def has_any(words: Words, texts: frozenset[str]) -> bool:
    return any(word.text in texts for word in words)


def first_of(words: Words, texts: frozenset[str]) -> int:
    """The place of the first of `texts`; -1: none."""
    return next((place for place, word in enumerate(words) if word.text in texts), -1)


def led_by(words: Words, texts: frozenset[str], most: int = 4) -> int:
    """The place of one of `texts` with only light words in front of it; -1: none."""
    for place, word in enumerate(words[: most + 1]):
        if word.text in texts or (
            word.kind is Kind.SAFE and " " in word.text and texts & set(word.text.split())
        ):
            return place
        if word.kind not in LIGHT and not word.named and word.text not in sets.ASKS | INVITES | _EXCLAIMS:
            return -1
    return -1


def asks(words: Words) -> bool:
    """ "please", "tolong", "jangan lupa" in front; "tim IT" and "nanti" may stand before it."""
    return any(
        word.text in sets.ASKS or word.text.split()[0] in {"jangan", "jgn", "don't", "dont"}
        for word in words[:3]
    )


def is_mine(words: Words, most: int = 99) -> bool:
    """ "Nanti saya kabari": the writer is to tell, and may tell anything."""
    return any(w.kind is Kind.FIRST and w.text not in {"me", "us"} for w in words[:most]) and not words[
        -1
    ].text.startswith("di")


def _due(words: Words) -> bool:
    """ "before Kevin starts on Monday", "per 1 Desember 2026", "pada tanggal 7 Desember", "hari Jumat"."""
    if not words:
        return True
    event = has_any(words[1:], _EVENTS)
    if words[0].kind is Kind.DEADLINE:
        counted = [
            w for w in words[1:] if not (w.kind is Kind.NUMBER or (w.kind is Kind.TARGET and w.by_number))
        ]
        days = all(
            w.kind in LIGHT
            or w.text in sets.DAYS | sets.MONTHS
            or (event and (w.text in _EVENTS | _OF_EVENTS or (w.kind is Kind.UNKNOWN and is_clear((w,)))))
            for w in counted
        )
        return days and not has_any(words, ALONE)
    dated = all(
        (w.kind in {Kind.SAFE, Kind.NUMBER, Kind.ITEM, Kind.TITLE} and w.text != "to")
        or w.text in sets.DAYS | sets.MONTHS
        or (w.kind is Kind.TARGET and w.by_number)
        for w in words[1:]
    )
    named = any(w.kind in {Kind.NUMBER, Kind.TARGET} or w.text in sets.DAYS for w in words[1:])
    if words[0].text in sets.FROM_DAY and dated and named and not has_any(words, ALONE):
        return words[0].text != "hari" or has_any(words, sets.DAYS)
    if words[0].text not in sets.BEFORE or len(words) < 2 or has_any(words, ALONE):
        return False
    texts = (
        sets.DAYS
        | sets.MONTHS
        | sets.PRONOUNS
        | sets.FROM_DAY
        | {"closing", "tutup", "buku"}
        | (_EVENTS | _OF_EVENTS if event else NONE)
    )
    rest = tuple(w for w in words[1:] if not (w.kind is Kind.AGENT and w.text in sets.PRONOUNS))
    return is_clear(rest, Kind.NUMBER, Kind.TARGET, Kind.BECAUSE, texts=texts) and not (
        len(rest) == 1 and words[0].text == "by" and rest[0].kind is Kind.UNKNOWN
    )


def parted(words: Words, starts: bool = False) -> tuple[Words, Words]:
    """What stands in front of the date, and the date: one to be ready by, or one somebody `starts` on.

    A day the access itself is to start on ("aktifkan hari Senin") puts the approval off.
    """
    opening = sets.BEFORE | sets.FROM_DAY if starts else sets.BEFORE
    for place, word in enumerate(words):
        opens = word.kind is Kind.DEADLINE or word.text in opening
        if opens and _due(words[place:]):
            return words[:place], words[place:]
    return words, ()
