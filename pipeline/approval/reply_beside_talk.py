"""Harmless courtesies beside a verdict: thanks, apologies, wishes, small talk. Sees one piece."""

from itertools import pairwise

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import LIGHT, NONE, Words, first_of, has_any, is_clear, led_by
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.words import Kind


def is_thanks(words: Words) -> bool:
    """ "Thanks for chasing me on this", "makasih udah diingetin"."""
    place = next((n for n, w in enumerate(words[:5]) if w.kind is Kind.THANKS or w.text == "appreciate"), -1)
    if place < 0 or any(w.kind not in LIGHT for w in words[:place]):
        return False
    return is_clear(words, Kind.GO, Kind.DO, texts=sets.PRONOUNS | sets.WAITS | {"lupa"} | _EXPLAINED)


_EXPLAINED = word_set(
    """
    justification justifikasinya explanation explanations penjelasan penjelasannya clarification
    klarifikasinya detailed lengkap lengkapnya detail detailnya datanya lampirannya
    """
)


def is_apology(words: Words) -> bool:
    """ "Maaf baru balas", "sorry for the delay"; an apology for anything else may take something back."""
    place = led_by(words, sets.SORRY)
    if place < 0:
        return False
    words = _without_late_approval(words)
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


def _without_late_approval(words: Words) -> Words:
    """ "Maaf persetujuan ini terlambat", "the late approval": of what is late, nothing is said but that."""
    at = first_of(words, _APPROVALS)
    if at <= 0:
        return words
    before = words[at - 1].text in sets.LATE | {"atas"}
    behind = [
        w for w in words[at + 1 : at + 4] if w.text not in {"ini", "saya", "nya", "yang", "agak", "kami"}
    ]
    late = before or (bool(behind) and behind[0].text in sets.LATE - {"baru", "sempat", "sempet", "buka"})
    return words[:at] + words[at + 1 :] if late else words


_APPROVALS = frozenset({"persetujuan", "persetujuannya", "approval", "approvalnya"})


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
    if has_any(words, _RIGHT):
        # "Semoga datanya benar" doubts.
        return False
    needs = _WISHED.get(words[place].text)
    if needs and not has_any(words, needs):
        return False
    if words[place].text == "enjoy" and has_any(words, frozenset({"it", "this", "these"})):
        return False
    return goes_on("wish", words)


#: Alone these doubt.
_HOPES = frozenset({"hope", "hopefully", "semoga", "moga", "moga-moga", "mudah-mudahan"})
_RIGHT = frozenset({"benar", "betul", "valid", "akurat", "correct", "accurate", "true", "datanya", "jujur"})
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
    legible = any(a.text == "to" and b.text == "read" for a, b in pairwise(words))
    return (
        liked
        and is_clear(
            words, texts=frozenset({"dibaca", "kok"}) | sets.PRONOUNS | ({"read"} if legible else NONE)
        )
        and not has_any(words, ALONE)
    )


def is_away(words: Words) -> bool:
    """ "Please note that I am out of office tomorrow", "saya lagi di Surabaya"; the writer's whereabouts."""
    if _is_just_back(words):
        return True
    mine = next((n for n, w in enumerate(words[:4]) if w.kind is Kind.FIRST), -1)
    front = words[: max(mine, 0)]
    if mine < 0 or not all(
        w.kind in LIGHT or w.text in {"note", "besok", "hari"} | sets.DAYS | sets.FEELS for w in front
    ):
        return False
    placed = any(w.text in sets.PLACED for w in words[mine + 1 :])
    return (placed or has_any(words, sets.AWAY)) and goes_on("away", words)


def _is_just_back(words: Words) -> bool:
    """ "Just back from leave", "baru balik dari cuti", "kemarin kelewat emailnya"."""
    back = has_any(words[:3], _BACK) and has_any(
        words[:4], frozenset({"just", "baru", "barusan", "only", "back"})
    )
    late = has_any(words, _BURIED)
    told = all(
        w.kind in LIGHT or w.text in sets.AWAY | _BACK | _BURIED | _INBOX | {"just", "only", "baru", "di"}
        for w in words
    )
    return (back or late) and told and not has_any(words, ALONE | sets.GRANTED)


_BACK = frozenset(
    {"back", "balik", "pulang", "landed", "mendarat", "selesai", "kelar", "keluar", "sampai", "masuk"}
)
_BURIED = word_set(
    """
    kelewat terlewat kelewatan ketumpuk ketimbun tertimbun numpuk nyelip terselip nyangkut tenggelam buried
    """
)
_INBOX = frozenset(
    {"inbox", "undangan", "email", "emailnya", "spam", "junk", "folder", "notifikasi", "tumpukan", "banyak"}
)

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
    people = (Kind.AGENT,) if name == "social" and has_any(words[:3], frozenset({"salam", "titip"})) else ()
    met = (
        _MET_WITH
        if name in {"apology", "away"} and has_any(words, frozenset({"rapat", "meeting", "meetings"}))
        else NONE
    )
    return is_clear(words, *works, *numbers, *people, texts=_MOOD[name] | met)


#: With whom the writer sat in a meeting.
_MET_WITH = frozenset(
    {
        "direksi",
        "manajemen",
        "management",
        "board",
        "vendor",
        "klien",
        "client",
        "auditor",
        "audit",
        "budget",
        "anggaran",
    }
)


def is_reference(words: Words) -> bool:
    """ "Sesuai diskusi kita kemarin", "as discussed", "berdasarkan kebutuhan operasional gudang"."""
    if not words or words[0].text not in sets.REFERS or not has_any(words[1:7], sets.TALKED):
        return False
    texts = (
        sets.TALKED | sets.DAYS | sets.PLACED | frozenset({"yesterday", "kemarin", "tadi", "minggu", "hari"})
    )
    return is_clear(words[1:], texts=texts) and not has_any(words, ALONE)
