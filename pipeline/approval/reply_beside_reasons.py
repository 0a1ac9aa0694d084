"""Why somebody needs what is approved: "she needs it for the closing". Sees one piece."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_people import is_past_time
from pipeline.approval.reply_beside_pieces import NONE, Words, first_of, has_any, is_clear, parted
from pipeline.approval.reply_sets import ALONE
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
            head,
            Kind.TARGET,
            Kind.NUMBER,
            texts=texts | sets.DAYS | sets.FROM_DAY | sets.MONTHS | _TAKES_OVER,
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
        body = tuple(w for n, w in enumerate(body) if not is_past_time(body, n))
        clear = is_clear(body, Kind.TARGET, *works, texts=texts | times | will)
        return clear and not has_any(words, ALONE) and needs < 0
    return (
        subject.text in {"memang", "emang"}
        and is_clear(body, Kind.TARGET, texts=texts | {"hari"})
        and not has_any(words, ALONE)
    )


_TAKES_OVER = frozenset(
    {"akan", "will", "handle", "handles", "urus", "mengurus", "menangani", "pegang", "memegang"}
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
