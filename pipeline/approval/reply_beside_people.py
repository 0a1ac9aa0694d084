"""Harmless sentences on people and machines beside a verdict: why, and who it is. Sees one piece."""

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import NONE, SOON, Words, asks, has_any, is_clear
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def is_equipment(words: Words) -> bool:
    """ "Laptopnya nanti saya antar ke IT": the machine, and what the writer does with it."""
    mine = any(w.kind is Kind.FIRST for w in words)
    return (
        mine
        and has_any(words, sets.EQUIPMENT)
        and not has_any(words, sets.GRANTED | ALONE)
        and is_clear(words, Kind.DO, texts=SOON | sets.DAYS)
    )


def is_aside(words: Words) -> bool:
    """A sentence on a person that neither limits nor speaks of what is granted ("he is our new buyer").

    Told by what it lacks: the words that could change an approval are a closed class (`VETOES`, `DANGEROUS`),
    those of small talk are not. Of requests the opposite holds: only verbs we know carry it out and no more.
    """
    if len(words) < 2 or has_any(words, sets.GRANTED | ALONE):
        return False
    words = tuple(_as_person(words, n) for n in range(len(words)))
    words = words[1:] if words[0].kind is Kind.WEAK and len(words) > 3 else words
    words = words[:-1] if words[-1].text == "too" and len(words) > 3 else words
    urges = words[0].text == "minta" and words[1].text in _URGES
    person = next((n for n, w in enumerate(words[:3]) if w.text in sets.THIRD or w.named), -1)
    if person >= 0 and has_any(words[:person], _FOR_WHOM):
        # "Setuju, khusus anak shift malam": for whom it is, and nobody else.
        return False
    if person >= 0 and words[person + 1 : person + 2] and words[person + 1].text in _PREPOSITIONS:
        # "Kevin for reports" tells what he gets, and not what he does.
        return False
    if person >= 0 and words[person].named and not all(_only_leads(w) for w in words[:person]):
        return False
    told = (
        person >= 0
        and not asks(words)
        and len(words) >= (3 if words[person].kind is Kind.AGENT or words[person].named else 4)
    )
    if not (urges or told) or _takes_it(words):
        return False
    times = sets.DAYS | {"will", "akan"} | _WORKS if told else NONE
    if told and has_any(words, _CAME):
        times |= {"explain", "discuss", "clarify"}
    if told and any(w.kind is Kind.PAST and after.text != "to" for w, after in pairwise(words)):
        # "Agus sudah jelaskan kemarin", "Ayu udah izin ke saya": heard, and over.
        times |= _SPOKE | frozenset(w.text for w in words if w.text.startswith(_OVER))
    weak = any(w.kind is Kind.WEAK and w.text not in {"ya", "iya", "yuk"} for w in words)
    words = tuple(w for n, w in enumerate(words) if not is_past_time(words, n))
    return (
        is_clear(words, texts=sets.THIRD | times | _ASSURES | _TRUSTED)
        and not weak
        and not has_any(words, _SAFE_BUT_NOT_HERE)
    )


_FOR_WHOM = frozenset(
    {"untuk", "utk", "for", "buat", "bagi", "khusus", "khususnya", "terutama", "especially"}
)
_URGES = frozenset(
    {"tolong", "cepet", "cepat", "segera", "dibantu", "bantuannya", "diprioritaskan", "dipercepat"}
)


def is_subject(words: Words) -> bool:
    """What a sentence on somebody's work may be about: names and nouns, no verdict."""
    return is_clear(words, Kind.TARGET) and not has_any(words, ALONE | sets.ASKS)


def without_title(words: Words) -> Words:
    """ "Bu Siti butuh ini" without its "Bu", and Siti as somebody of the request's."""
    at = 1 if words[0].text in sets.FEELS and len(words) > 2 else 0
    if len(words) < at + 3 or words[at].text not in sets.TITLES:
        return words
    name = words[at + 1]
    if name.kind not in {Kind.AGENT, Kind.SAFE} or name.text in _DECIDERS or not (name.named or name.capital):
        return words
    return (*words[:at], replace(name, kind=Kind.UNKNOWN, named=True), *words[at + 2 :])


def is_talk(words: Words) -> bool:
    """ "Mesin barunya sudah datang soalnya", "akhirnya datang juga formnya": a fact of the office.

    It tells what is so already, or how the writer takes it, holds no word that could change an approval, and
    does not speak of what is granted, or of a paper somebody still owes.
    """
    if words[0].text in {"have", "has", "had", "did", "was", "were", "been"}:
        # "Have Budi see me", "has to be Kevin": an order in the form of a tense.
        return False
    fact = any(w.kind is Kind.PAST or w.text in sets.TELLS_FACT | sets.FEELS for w in words)
    points = words[0].text in {
        "it",
        "this",
        "that",
        "these",
        "ini",
        "itu",
        "yang",
        "yg",
        "aksesnya",
        "untuk",
        "utk",
        "buat",
    }
    if (
        not fact
        or points
        or len(words) < 3
        or asks(words)
        or has_any(words, sets.GRANTED | ALONE | _SAFE_BUT_NOT_HERE)
    ):
        return False
    told = tuple(w for n, w in enumerate(words) if not (is_past_time(words, n) or _is_told(words, n)))
    weak = any(w.kind is Kind.WEAK and w.text not in {"ya", "iya"} for w in words)
    starts = words[0].kind in {Kind.DO, Kind.GO} or _takes_it(words)
    return is_clear(told, texts=sets.THIRD | _ASSURES) and not weak and not starts


def _is_told(words: Words, place: int) -> bool:
    """ "Satpamnya sudah saya kasih tahu": told already, and nothing given."""
    behind = words[place + 1].text if place + 1 < len(words) else ""
    past = any(w.kind is Kind.PAST for w in words[:place])
    return past and words[place].text in {"kasih", "kasi", "beri"} and behind in {"tau", "tahu"}


def is_past_time(words: Words, place: int) -> bool:
    """ "Bulan lalu", "minggu kemarin"."""
    behind = words[place + 1].text if place + 1 < len(words) else ""
    if place and words[place - 1].text in {"since", "sejak"}:
        # "Since January", "sejak 2019".
        return words[place].text in sets.MONTHS or bool(re.fullmatch(r"(?:19|20)\d\d", words[place].text))
    if words[place].text in {"bulan", "tahun"} and place and words[place - 1].text in {"akhir", "awal"}:
        return True
    return words[place].text in {"bulan", "minggu", "tahun", "hari", "pekan"} and behind in {
        "lalu",
        "kemarin",
    }


def _only_leads(word: Word) -> bool:
    """In front of its subject a sentence may greet or wonder, not tell somebody what to do."""
    light = word.kind in {Kind.SAFE, Kind.TITLE, Kind.GREETING, Kind.BECAUSE, Kind.AND, Kind.WEAK}
    if word.text in sets.FEELS | sets.DAYS:
        return True
    return light and word.text not in sets.TELLS | sets.CONTACTS | sets.SENDS | sets.ASKS


#: What a person has done, and no more has to do.
_OVER = (
    "tanda",
    "ttd",
    "teken",
    "menandatangan",
    "sign",
    "latih",
    "pelatih",
    "train",
    "ganti",
    "menggantikan",
    "replac",
    "lengkap",
)
_WORKS = frozenset({"audit", "auditor", "closing", "tutup", "dikejar"})
_SPOKE = word_set(
    """
    jelaskan menjelaskan jelasin dijelaskan cerita bercerita izin ijin ngomong bilang lapor melapor
    konfirmasi diskusi ngobrol minta meminta explained told asked confirmed spoke mentioned briefed
    nanya nanyain bertanya menanyakan ditanya telepon telpon wa email menghubungi hubungi bicara
    """
)
_CAME = frozenset({"called", "came", "emailed", "phoned", "rang", "wrote", "stopped"})
_PREPOSITIONS = word_set(
    """
    for untuk utk buat as with in at di from dari sebagai only hanya yang yg
    """
)
_TRUSTED = frozenset({"kepercayaan", "dipercaya", "terpercaya", "trusted", "trustworthy"})
_ASSURES = frozenset({"kok", "koq"})


def _as_person(words: Words, place: int) -> Word:
    """ "Pak Dedi sudah lama menunggu": a title and a name are a person, as "dia" is."""
    word = words[place]
    titled = word.kind is Kind.AGENT and word.text not in _DECIDERS and _is_titled(words, place)
    return replace(word, kind=Kind.SAFE, named=True) if titled else word


def _is_titled(words: Words, place: int) -> bool:
    title = words[place].text in sets.TITLES
    return title or any(w.text in sets.TITLES for w in words[max(0, place - 2) : place])


_DECIDERS = word_set(
    """
    direktur director direksi dirut boss bos atasan legal audit manajemen management
    """
)


def _takes_it(words: Words) -> bool:
    """ "Cap it", "trim them": a strange verb takes what is granted as its object."""
    return any(
        word.kind is Kind.UNKNOWN
        and behind.text in {"it", "this", "them", "these", "ini", "itu"}
        # "... this quarter" is a time.
        and not (behind.text == "this" and has_any(words[n + 2 : n + 3], _PERIODS))
        for n, (word, behind) in enumerate(pairwise(words))
    )


_PERIODS = frozenset({"quarter", "year", "month", "week", "semester", "season", "morning", "afternoon"})


#: Harmless words that are not so where anything may stand beside them.
_SAFE_BUT_NOT_HERE = frozenset((
    "sama", "same", "seperti", "like", "sesuaikan", "sesuai", "yang", "yg", "final", "official", "resmi",
    "upto", "per", "sebagai",
))  # fmt: skip
