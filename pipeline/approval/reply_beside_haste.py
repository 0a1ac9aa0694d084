"""Harmless words on haste, on the next time, on what was read before, and on money. Sees one piece."""

from itertools import pairwise

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import LIGHT, Words, asks, first_of, has_any, is_clear
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.words import Kind

_DELAYS = word_set(
    """
    lami lila lama lama-lama kelamaan berlama-lama ditunda ditunda-tunda tunda nunda telat terlambat
    molor mandek lelet nunggu menunggu nungguin kelamaan
    ngaret tertunda terhambat mepet kelupaan delay late keburu berhenti macet terganggu kacau nganggur
    kosong malem-malem malam-malam malem sore-sore
    """
)
_UNTIL_LATE = _DELAYS | word_set(
    "sampai sampe terus lagi besok minggu depan senin lupa sih teuing pisan malem malam malem-malem jaga"
)
_PAPERS = (
    "kontrak",
    "contract",
    "dokumen",
    "document",
    "form",
    "surat",
    "nda",
    "izin",
    "ijin",
    "tanda",
    "approval",
)
_NEXT = (
    ("next", "time"), ("lain", "kali"), ("lain", "waktu"), ("ke", "depan"), ("ke", "depannya"),
    ("kedepannya",),
    ("besok", "besok"), ("besok-besok",), ("in", "future"), ("in", "the", "future"), ("for", "next", "time"),
)  # fmt: skip
_NEXT_KINDS = (
    Kind.NEG, Kind.HOLD, Kind.SHOULD, Kind.LATER, Kind.DO, Kind.COND, Kind.AGENT, Kind.CONTRAST, Kind.LIMIT,
)  # fmt: skip
_STUDIED = word_set(
    """
    baca dibaca membaca periksa diperiksa memeriksa cek dicek ngecek lihat liat dilihat diliat
    pelajari dipelajari
    review direview reviewed read checked looked gone went seen discussed diskusi diskusikan bahas dibahas
    konfirmasi dikonfirmasi confirmed tanya ditanya tanyakan ngobrol obrolin bicara bicarakan teliti diteliti
    spoke spoken talked telepon telpon verifikasi diverifikasi verified koordinasi dikoordinasikan
    sempat sempet
    through over hubungi menghubungi dihubungi telp called check crosscheck kroscek recheck
    """
)
_IN_THE_PAST = word_set("checked reviewed discussed verified spoke talked confirmed")
_MET = word_set("rapat meeting direksi manajemen management")
_DONE = word_set("sudah sdh udah udh telah saya kami")
_COSTS = word_set(
    "biaya biayanya anggaran anggarannya budget budgetnya cost costs ongkos ongkosnya lisensinya"
)
_PAID = word_set(
    """
    dibebankan beban charge charged dicharge masuk ada aman tersedia available covered budgeted dianggarkan
    teralokasi disiapkan
    """
)
_DUTY = word_set(
    """
    tugas tugasnya job pekerjaan pekerjaannya jobdesc jobdesk duties bagian part tanggung jawab
    tanggungjawab wewenang responsibility responsibilities kerjaan kerjaannya
    """
)


def is_haste(words: Words) -> bool:
    """ "Jangan lama-lama ya", "udah ditunggu orang pabrik", "tolong besok pagi udah jadi"."""
    return _is_urgent(words) or _is_no_delay(words) or _is_awaited(words) or _is_done_by(words)


def _is_no_delay(words: Words) -> bool:
    at = next((n for n, w in enumerate(words[:5]) if w.kind is Kind.NEG), -1)
    if (
        at < 0
        or not has_any(words[at + 1 : at + 6], _DELAYS)
        or any(w.text.startswith("aktif") for w in words)
    ):
        return False
    front, rest = words[:at], words[at + 1 :]
    plain = all(w.kind is Kind.BECAUSE or w.named or w.kind in _LEADS or w.text in sets.ASKS for w in front)
    return plain and is_clear(rest, texts=_UNTIL_LATE) and not has_any(words, ALONE | sets.GRANTED)


def _is_urgent(words: Words) -> bool:
    """ "So this is urgent", "ini mendesak soalnya"."""
    plain = all(w.kind in LIGHT or w.text in _URGENT for w in words)
    return plain and has_any(words, _URGENT) and not has_any(words, ALONE | sets.GRANTED | {"yang", "yg"})


_URGENT = word_set("urgent mendesak penting important priority prioritas time-sensitive emergency darurat")
_LEADS = frozenset({Kind.SAFE, Kind.TITLE, Kind.GREETING, Kind.AND})


def _is_awaited(words: Words) -> bool:
    """Somebody has been waiting; not for a paper, and not the writer."""
    waits = first_of(words, _WAITED)
    past = any(w.kind is Kind.PAST or w.text in {"lagi", "lama", "masih", "pada", "terus"} for w in words)
    mine = any(w.kind is Kind.FIRST for w in words)
    papers = any(w.text.startswith(_PAPERS) for w in words)
    texts = (
        _WAITED | sets.THIRD | sets.DAYS | sets.PRONOUNS | {"tadi", "kemarin", "pada", "hari"} | sets.FEELS
    )
    return (
        waits >= 0
        and past
        and not mine
        and not papers
        and is_clear(words, texts=texts)
        and not has_any(words, ALONE)
    )


_WAITED = word_set(
    "ditunggu ditungguin nungguin nunggu menunggu nungguan ngenteni waiting ditunggu-tunggu dienteni didagoan"
)


def _is_done_by(words: Words) -> bool:
    """ "Tolong besok pagi udah jadi": a day to be ready by, since it is to be so already."""
    done = has_any(words, sets.READY) and any(w.kind is Kind.PAST for w in words)
    texts = sets.DAYS | sets.READY | {"pagi", "siang", "sore", "jam", "hari", "minggu", "bisa"}
    return (
        done
        and asks(words)
        and is_clear(words, texts=texts)
        and not has_any(words, ALONE)
        and not any(w.text.startswith(_PAPERS) for w in words)
    )


def is_next_time(words: Words) -> bool:
    """ "Next time tolong reminder-nya jangan malem-malem": of requests to come, not of this one."""
    texts = tuple(w.text for w in words)
    opens = next(
        (
            n
            for n, w in enumerate(words)
            if w.kind not in {Kind.SAFE, Kind.CONTRAST} or w.text in {"ke", "in", "for"}
        ),
        0,
    )
    led = next((len(lead) for lead in _NEXT if texts[opens : opens + len(lead)] == lead), 0)
    behind = words[opens + led :]
    return bool(led) and len(behind) >= 2 and is_clear(behind, *_NEXT_KINDS) and not has_any(behind, ALONE)


def is_study(words: Words) -> bool:
    """ "Sudah saya periksa satu per satu", "I've gone through the list": done before the verdict."""
    if len(words) > 3 and words[0].text in {"minggu", "bulan"} and words[1].text in {"lalu", "kemarin"}:
        words = words[2:]
    # "Sudah saya diskusikan" is one expression by now.
    opening = words[0].text.split()
    joined = (
        len(opening) > 1
        and words[0].kind is Kind.SAFE
        and opening[0] in _DONE
        and bool(set(opening) & _STUDIED)
    )
    mine = joined or any(w.kind is Kind.FIRST for w in words[:4]) or words[0].kind is Kind.PAST
    past = joined or any(
        w.kind is Kind.PAST or w.text in {"'ve", "ive", "tadi", "kemarin", "barusan"} | _IN_THE_PAST
        for w in words
    )
    known = _tells_own_deed(words) and len(words) > 2 and not has_any(words, sets.GRANTED)
    if not (mine and past and (known or joined or has_any(words, _STUDIED))) or has_any(words, ALONE):
        return False
    met = {"rapat", "meeting"} & {w.text for w in words}
    told = tuple(w for n, w in enumerate(words) if not _is_person(words, n))
    return is_clear(
        told, texts=_STUDIED | sets.PRONOUNS | {"sama", "tadi", "kemarin"} | (_MET if met else set())
    ) and not any(w.text.startswith(_PAPERS) and w.text[:4] not in {"form", "doku"} for w in words)


def _tells_own_deed(words: Words) -> bool:
    """ "Saya sudah kenal orangnya", "I've known her for years"; not "have Budi see me"."""
    for word, behind in pairwise(words[:5]):
        own = [
            w
            for w in (word, behind)
            if w.kind is Kind.FIRST and w.text not in {"me", "us", "my", "our", "mine"}
        ]
        if own and (word.kind is Kind.PAST or behind.kind is Kind.PAST or word.text == "ive"):
            return True
    return False


def _is_person(words: Words, place: int) -> bool:
    titled = words[place].text in sets.TITLES or any(
        w.text in sets.TITLES for w in words[max(0, place - 2) : place]
    )
    return words[place].kind is Kind.AGENT and titled


def is_cost(words: Words) -> bool:
    """ "Biayanya sudah ada di anggaran marketing": who pays, and that it is paid for."""
    planned = {"anggaran", "budget"} if has_any(words, _BUDGETED) else frozenset()
    if planned and all(w.kind in LIGHT or w.text in _BUDGETED | _OF_YEAR | planned for w in words):
        # "Ini sudah dianggarkan tahun ini".
        return not has_any(words, ALONE)
    covered = has_any(words[1:], _PAID) or (
        has_any(words, _OF_YEAR) and any(w.kind is Kind.PAST for w in words)
    )
    if not has_any(words[:2], _COSTS) or not covered or has_any(words, _TO_COME):
        return False
    texts = _COSTS | _PAID | _OF_YEAR | {"lisensi", "center", "licences", "licenses"}
    return is_clear(words, Kind.NUMBER, texts=texts) and not has_any(words, ALONE)


_TO_COME = frozenset({"to", "follow", "nyusul", "menyusul"})
_BUDGETED = frozenset({"dianggarkan", "budgeted", "teranggarkan"})
_OF_YEAR = frozenset({"tahun", "year", "plan", "rkap", "q1", "q2", "q3", "q4", "semester", "kuartal"})


def is_duty(words: Words) -> bool:
    """ "Ini memang bagian dari tugasnya": why the person needs it."""
    subject = (
        words[0].text in {"ini", "itu", "it", "this", "that", "memang", "emang", "sudah", "udah"}
        or words[0].named
    )
    return (
        subject
        and has_any(words[1:], _DUTY)
        and is_clear(words, texts=sets.PRONOUNS | _DUTY)
        and not has_any(words, ALONE | {"yang", "yg"})
    )
