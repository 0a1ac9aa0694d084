"""Harmless sentences on people and machines beside a verdict: why, and who it is. Sees one piece."""

from itertools import pairwise

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import NONE, SOON, Words, asks, first_of, has_any, is_clear, parted
from pipeline.approval.reply_sets import ALONE
from pipeline.approval.words import Kind


def is_reason(words: Words) -> bool:
    """ "She needs it for the closing", "dia mulai kerja Senin", "because it is part of her job"."""
    because = words[0].kind is Kind.BECAUSE
    subject = words[1] if because and len(words) > 1 else words[0]
    body = words[1:] if because else words
    starts = first_of(words, sets.STARTS)
    texts = (
        sets.PRONOUNS | sets.STARTS | {"audit", "kekurangan", "replaces", "replacing", "closing"} | sets.WAITS
    )
    if starts >= 0 and (subject.text in sets.PRONOUNS or subject.kind is Kind.TARGET):
        head, _date = parted(body, starts=True)
        return is_clear(
            head, Kind.TARGET, Kind.NUMBER, texts=texts | sets.DAYS | sets.FROM_DAY | sets.MONTHS
        ) and not has_any(words, ALONE | {"depends"})
    needs = first_of(words, sets.NEEDS)
    closing = any(w.text in {"akhir", "end", "tutup", "closing"} for w in words)
    times = frozenset({"bulan", "tahun", "month", "year"}) if closing else NONE
    if needs >= 0 and subject.text in sets.PRONOUNS:
        has_object = needs + 1 < len(words) and words[needs + 1].text in sets.THAT
        return has_object and is_clear(body, texts=texts | times) and not has_any(words, ALONE)
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
        clear = is_clear(body, Kind.TARGET, *works, texts=texts | times | will)
        return clear and not has_any(words, ALONE) and needs < 0
    return (
        subject.text in {"memang", "emang"}
        and is_clear(body, Kind.TARGET, texts=texts | {"hari"})
        and not has_any(words, ALONE)
    )


_MISHAPS = frozenset(
    {
        "terhambat",
        "tertunda",
        "telat",
        "terlambat",
        "mandek",
        "terganggu",
        "molor",
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
    urges = words[0].text == "minta" and words[1].text in _URGES
    person = first_of(words[:3], sets.THIRD)
    told = person >= 0 and not asks(words) and len(words) >= (3 if words[person].kind is Kind.AGENT else 4)
    if not (urges or told) or _takes_it(words):
        return False
    times = sets.DAYS | {"will", "akan"} if told else NONE
    weak = any(w.kind is Kind.WEAK and w.text not in {"ya", "iya", "yuk"} for w in words)
    return is_clear(words, texts=sets.THIRD | times) and not weak and not has_any(words, _SAFE_BUT_NOT_HERE)


_URGES = frozenset(
    {"tolong", "cepet", "cepat", "segera", "dibantu", "bantuannya", "diprioritaskan", "dipercepat"}
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
