"""Harmless requests beside a verdict to carry it out or to record it. Sees one piece."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import LIGHT, SOON, WORK, Words, asks, has_any, is_clear, parted
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def is_recording(words: Words) -> bool:
    """ "Jangan lupa update register", "formnya tolong diarsipkan", "please update the log too"."""
    words = words[:-1] if words[-1].text in {"too", "juga", "also"} else words
    return (
        has_any(words, sets.RECORDS)
        and has_any(words, sets.RECORDED)
        and asks(words)
        and is_clear(words, Kind.DO, texts=SOON | sets.RECORDED | sets.RECORDS | {"others"})
        and not has_any(words, frozenset({"lagi", "ulang", "benar"}))
    )


def is_carrying_out(words: Words) -> bool:
    """ "Please set these up before Kevin starts", "tlg diproses hari ini", "please arrange"."""
    whole = len(words)
    if tuple(w.text for w in words[-2:]) in _IF_ONE_CAN and asks(words):
        words = words[:-2]
    head, _date = parted(words)
    works = any(w.kind in WORK or w.text in sets.CARRIES_OUT or _serves(w) for w in head)
    plain = all(
        w.kind in LIGHT
        or w.kind in WORK
        or w.named
        or w.kind is Kind.DEADLINE
        or _serves(w)
        or w.text
        in sets.EQUIPMENT
        | sets.CARRIES_OUT
        | sets.ASKS
        | {"it", "them", "him", "her", "they", "can", "oleh", "for"}
        for w in head
    )
    by_us = not has_any(head, frozenset({"oleh"})) or has_any(head, frozenset({"it", "tim"}))
    return (
        works
        and plain
        and by_us
        and not any(w.kind is Kind.YES for w in head)
        and (_more_than_work(words) or len(words) < whole or words[0].text in {"agar", "supaya"})
    )


_IF_ONE_CAN = (
    ("if", "possible"), ("kalau", "bisa"), ("kalo", "bisa"), ("bila", "memungkinkan"),
    ("jika", "memungkinkan"), ("kalau", "memungkinkan"),
)  # fmt: skip


def _serves(word: Word) -> bool:
    return word.kind is Kind.UNKNOWN and bool(sets.SERVING.match(word.text))


def _more_than_work(words: Words) -> bool:
    """Is there anything to be made harmless at all?"""
    return any(w.kind not in LIGHT | WORK for w in words)
