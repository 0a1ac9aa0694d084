"""Harmless courtesies beside a verdict: thanks, apologies, wishes, small talk. Sees one piece."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import LIGHT, NONE, Words, first_of, has_any, is_clear, led_by
from pipeline.approval.reply_sets import ALONE
from pipeline.approval.words import Kind


def is_thanks(words: Words) -> bool:
    """ "Thanks for chasing me on this", "makasih udah diingetin"."""
    place = next((n for n, w in enumerate(words[:5]) if w.kind is Kind.THANKS or w.text == "appreciate"), -1)
    if place < 0 or any(w.kind not in LIGHT for w in words[:place]):
        return False
    return is_clear(words, Kind.GO, Kind.DO, texts=sets.PRONOUNS | sets.WAITS | {"lupa"})


def is_apology(words: Words) -> bool:
    """ "Maaf baru balas", "sorry for the delay"; an apology for anything else may take something back."""
    place = led_by(words, sets.SORRY)
    if place < 0:
        return False
    if words[-1].text == "approval" and words[-2].text in sets.LATE:
        words = words[:-1]
    bare = all(w.kind in LIGHT for w in words) or words[0].text == "nuwun sewu"
    late = has_any(words, sets.LATE) or any(
        w.text.startswith(("delay", "telat", "terlambat", "lambat")) for w in words
    )
    away = late or has_any(words, sets.AWAY)
    return (bare and not has_any(words, frozenset({"permintaan", "request", "itu", "that"}))) or (
        away
        and goes_on("apology", words)
        and not has_any(words, frozenset({"untuk", "for"}) if not late else NONE)
    )


def is_no_need(words: Words) -> bool:
    """ "Tidak perlu menunggu saya lagi", "no need to call me"."""
    if _cannot_call(words):
        return True
    negation = next((n for n, w in enumerate(words[:3]) if w.kind is Kind.NEG), -1)
    if negation < 0 or any(w.kind not in LIGHT for w in words[:negation]):
        return False
    rest = words[negation + 1 :]
    merged = words[negation].text in {"gausah"}
    if not merged and not (rest and rest[0].text in sets.NO_NEED):
        return False
    verb = first_of(rest, sets.WAITS)
    return 0 <= verb <= 3 and is_clear(rest, texts=sets.WAITS | sets.PRONOUNS | {"tanda tangan", "tunggu"})


def _cannot_call(words: Words) -> bool:
    """ "Jadi belum bisa telepon": the writer cannot be reached just now."""
    words = words[1:] if words[0].kind is Kind.AND else words
    if len(words) < 3 or words[0].kind not in {Kind.NEG, Kind.YET} or words[1].kind is not Kind.CAN:
        return False
    calls = frozenset(
        {"telp", "telepon", "telpon", "balas", "angkat", "wa", "email", "reply", "call", "hadir", "ditelepon"}
    )
    return words[2].text in calls and all(w.kind in LIGHT or w.text in calls for w in words[3:])


def is_wish(words: Words) -> bool:
    """ "Semoga lancar migrasinya", "have a great weekend", "good luck with the go-live"."""
    if words[0].text in {"selamat", "selamat bekerja"}:
        return goes_on("wish", words)
    place = led_by(words, sets.WISHES | {"good"}, 3)
    if place < 0 or (place + 1 == len(words) and words[place].text in _HOPES):
        return False
    needs = _WISHED.get(words[place].text)
    if needs and not has_any(words, needs):
        return False
    if words[place].text == "enjoy" and has_any(words, frozenset({"it", "this", "these"})):
        return False
    return goes_on("wish", words)


#: Alone these doubt.
_HOPES = frozenset({"hope", "hopefully", "semoga", "moga", "moga-moga", "mudah-mudahan"})
#: Openings that wish only with one of these behind them.
_WISHED = {
    "good": frozenset({"luck", "job", "work"}),
    "have": frozenset({"a", "nice", "great", "good"}),
    "stay": frozenset({"safe", "well", "healthy"}),
}


def is_social(words: Words) -> bool:
    """ "Weekend kemarin seru acaranya, fotonya boleh dikirim", "see you at lunch", "hati-hati di jalan"."""
    parting = words[0].kind is Kind.GREETING and words[0].text.startswith(("see", "c ", "sampai"))
    strange = any(w.kind is Kind.UNKNOWN and w.text not in sets.SOCIAL | sets.AWAY for w in words)
    return has_any(words, sets.SOCIAL) and not (parting and strange) and goes_on("social", words)


def is_praise(words: Words) -> bool:
    """ "Nice work on the new form", "formulir barunya enak dibaca"."""
    liked = has_any(words, sets.PRAISE) or any(
        w.text == "like" and n and words[n - 1].kind is Kind.FIRST for n, w in enumerate(words)
    )
    return (
        liked
        and is_clear(words, texts=frozenset({"dibaca", "kok"}) | sets.PRONOUNS)
        and not has_any(words, ALONE)
    )


def is_away(words: Words) -> bool:
    """ "Please note that I am out of office tomorrow", "saya lagi di Surabaya"; the writer's whereabouts."""
    mine = next((n for n, w in enumerate(words[:4]) if w.kind is Kind.FIRST), -1)
    front = words[: max(mine, 0)]
    if mine < 0 or not all(
        w.kind in LIGHT or w.text in {"note", "besok", "hari"} | sets.DAYS | sets.FEELS for w in front
    ):
        return False
    placed = any(w.text in sets.PLACED for w in words[mine + 1 :])
    return (placed or has_any(words, sets.AWAY)) and goes_on("away", words)


_MOOD = {
    "thanks": sets.PRONOUNS | sets.WAITS,
    "apology": sets.PRONOUNS | sets.MONTHS | sets.DAYS | sets.AWAY | sets.LATE | sets.WAITS | {"lupa", "hp"},
    "away": sets.DAYS
    | sets.MONTHS
    | sets.AWAY
    | {"until", "till", "sampai", "hingga", "will", "note", "nunggu", "antre", "seharian"},
    "wish": sets.WISHES | sets.DAYS | sets.MONTHS | {"forward", "you", "your", "kamu", "kalian", "anda"},
    "social": sets.DAYS
    | sets.MONTHS
    | sets.AWAY
    | sets.SOCIAL
    | {"you", "kamu", "boleh", "kapan kapan", "sampai", "nanti", "ntar", "dikirim", "bareng", "buat", "lagi"},
    "praise": NONE,
}


def goes_on(name: str, words: Words) -> bool:
    """May `words` be more of the frame `name`?"""
    if name == "away" and not (has_any(words, sets.AWAY) or any(w.text in sets.PLACED for w in words)):
        return False
    if name != "social" and any(w.kind is Kind.YES for w in words):
        return False
    if name in {"wish", "social", "praise", "away"} and has_any(words, ALONE):
        return False
    works = (Kind.GO, Kind.DO) if name in {"thanks", "wish"} else ()
    numbers = (Kind.NUMBER,) if name in {"apology", "away"} else ()
    people = (Kind.AGENT,) if name == "social" and words[0].text in {"salam", "titip"} else ()
    return is_clear(words, *works, *numbers, *people, texts=_MOOD[name])


def is_reference(words: Words) -> bool:
    """ "Sesuai diskusi kita kemarin", "as discussed", "berdasarkan kebutuhan operasional gudang"."""
    if not words or words[0].text not in sets.REFERS or not has_any(words[1:7], sets.TALKED):
        return False
    texts = (
        sets.TALKED | sets.DAYS | sets.PLACED | frozenset({"yesterday", "kemarin", "tadi", "minggu", "hari"})
    )
    return is_clear(words[1:], texts=texts) and not has_any(words, ALONE)
