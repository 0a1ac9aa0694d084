"""Harmless sentences on people and machines beside a verdict: why, and who it is. Sees one piece."""

from dataclasses import replace
from itertools import pairwise

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import NONE, SOON, Words, asks, first_of, has_any, is_clear, parted
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def is_reason(words: Words) -> bool:
    """ "She needs it for the closing", "dia mulai kerja Senin", "because it is part of her job"."""
    because = words[0].kind is Kind.BECAUSE
    words = _without_day(words) if because else words
    subject = words[1] if because and len(words) > 1 else words[0]
    body = words[1:] if because else words
    starts = first_of(words, sets.STARTS)
    person = subject.text in sets.PRONOUNS | _STAFF or subject.named
    texts = (
        sets.PRONOUNS
        | sets.STARTS
        | {"audit", "kekurangan", "replaces", "replacing", "closing", "tutup", "buku"}
        | sets.WAITS
    )
    if starts >= 0 and (person or subject.kind is Kind.TARGET):
        head, _date = parted(body, starts=True)
        return is_clear(
            head, Kind.TARGET, Kind.NUMBER, texts=texts | sets.DAYS | sets.FROM_DAY | sets.MONTHS
        ) and not has_any(words, ALONE | {"depends"})
    needs = first_of(words, sets.NEEDS)
    closing = any(w.text in {"akhir", "end", "tutup", "closing"} for w in words)
    times = frozenset({"bulan", "tahun", "month", "year"}) if closing else NONE
    if needs >= 0 and (person or words[0].text in {"memang", "emang"}):
        has_object = words[0].text in {"memang", "emang"} or (
            needs + 1 < len(words) and words[needs + 1].text in sets.THAT | _SOON | {"buat", "untuk"}
        )
        body, _date = parted(body)
        return has_object and is_clear(body, texts=texts | times | _FOR) and not has_any(words, ALONE)
    if subject.text in sets.THAT and has_any(body, frozenset({"needed", "dibutuhkan", "diperlukan"})):
        return is_clear(body, texts=texts | times | sets.DAYS | {"week", "minggu"}) and not has_any(
            words, ALONE
        )
    avoids = any(w.kind is Kind.NEG for w in body)
    if because and avoids:
        return has_any(body, _MISHAPS) and is_clear(body, Kind.NEG, texts=texts | times | _MISHAPS)
    if because and words[0].text not in {"agar", "supaya"}:
        will = frozenset({"will", "akan"}) if subject.text in sets.PRONOUNS else NONE
        works = (Kind.DO,) if will else ()
        head, _date = parted(body, starts=True)
        # "Mengingat rotasi kepala regu berlaku mulai Senin": something else starts then.
        body = head if sum(w.kind is Kind.UNKNOWN for w in head) >= 2 else body
        body = tuple(w for n, w in enumerate(body) if not _is_past_time(body, n))
        clear = is_clear(body, Kind.TARGET, *works, texts=texts | times | will)
        return clear and not has_any(words, ALONE) and needs < 0
    return (
        subject.text in {"memang", "emang"}
        and is_clear(body, Kind.TARGET, texts=texts | {"hari"})
        and not has_any(words, ALONE)
    )


_STAFF = frozenset({"karyawannya", "pegawainya", "karyawan", "pegawai", "stafnya", "anak-anak"})


def _without_day(words: Words) -> Words:
    """ "Karena besok karyawannya sudah masuk": a day in front of who comes then."""
    behind = next((n for n, w in enumerate(words[1:4], 1) if w.text not in _DAY_WORDS), 0)
    starts = first_of(words, sets.STARTS) > behind > 1
    led = starts and (words[behind].text in sets.PRONOUNS | _STAFF or words[behind].named)
    return (words[0], *words[behind:]) if led else words


_DAY_WORDS = sets.DAYS | {"mulai", "hari", "minggu", "pagi", "per"}
_SOON = frozenset({"cepat", "cepet", "segera", "banget", "bgt", "urgently", "asap"})
_FOR = frozenset({"buat", "untuk", "for", "to"})
_MISHAPS = frozenset(
    {
        "terhambat",
        "tertunda",
        "telat",
        "terlambat",
        "mandek",
        "terganggu",
        "molor",
        "ketinggalan",
        "keteteran",
        "tersendat",
        "lama",
        "berlarut",
        "late",
        "delayed",
        "stuck",
    }
)


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
    if told and any(w.kind is Kind.PAST and after.text != "to" for w, after in pairwise(words)):
        # "Agus sudah jelaskan kemarin", "Ayu udah izin ke saya": heard, and over.
        times |= _SPOKE | frozenset(w.text for w in words if w.text.startswith(_OVER))
    weak = any(w.kind is Kind.WEAK and w.text not in {"ya", "iya", "yuk"} for w in words)
    words = tuple(w for n, w in enumerate(words) if not _is_past_time(words, n))
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
    told = tuple(w for n, w in enumerate(words) if not _is_past_time(words, n))
    weak = any(w.kind is Kind.WEAK and w.text not in {"ya", "iya"} for w in words)
    starts = words[0].kind in {Kind.DO, Kind.GO} or _takes_it(words)
    return is_clear(told, texts=sets.THIRD | _ASSURES) and not weak and not starts


def _is_past_time(words: Words, place: int) -> bool:
    """ "Bulan lalu", "minggu kemarin"."""
    behind = words[place + 1].text if place + 1 < len(words) else ""
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
    telepon telpon wa email menghubungi hubungi bicara
    """
)
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
        word.kind is Kind.UNKNOWN and behind.text in {"it", "this", "them", "these", "ini", "itu"}
        for word, behind in pairwise(words)
    )


#: Harmless words that are not so where anything may stand beside them.
_SAFE_BUT_NOT_HERE = frozenset((
    "sama", "same", "seperti", "like", "sesuaikan", "sesuai", "yang", "yg", "final", "official", "resmi",
    "upto", "per", "sebagai",
))  # fmt: skip
