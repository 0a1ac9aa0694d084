"""Harmless side remarks: doubts that are over, signed papers, passwords, visits. Sees a piece or two."""

import re

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import (
    LIGHT,
    WORK,
    Words,
    asks,
    first_of,
    has_any,
    is_clear,
    parted,
)
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.words import Kind

_AT_FIRST = word_set("awalnya tadinya semula mulanya initially originally") | {"at first"}
_DOUBTED = word_set(
    """
    doubt doubts doubted hesitant hesitated hesitations reservations concerns concerned unsure worried
    skeptical sceptical ragu bimbang kira sangka pikir khawatir bingung heran thought berlebihan
    kebanyakan much
    """
)
_RESOLVED = word_set(
    """
    explained clarified convinced convincing resolved justified jelaskan dijelaskan jelasin penjelasannya
    jelas terjawab yakin wajar perlu butuh dibutuhkan diperlukan sense akal needed
    """
)
_FOR = word_set("untuk utk buat for")
_TURNS = word_set("ternyata tapi tetapi namun but nyatanya setelah after sekarang now")


_ONCE = word_set("had was were sempat tadi kemarin")


def is_overcome(doubt: Words, turn: Words) -> bool:
    """ "Awalnya saya kira berlebihan, ternyata memang perlu", "I had doubts, but he explained it"."""
    led = has_any(doubt[:4], _AT_FIRST | _ONCE)
    mine = any(w.kind is Kind.FIRST for w in doubt[:4])
    if not (led and mine and has_any(doubt, _DOUBTED)) or has_any(doubt, ALONE):
        return False
    told = tuple(w for w in doubt if w.text != "sempat")
    texts = _DOUBTED | {"week", "month", "minggu", "bulan", "a", "bit", "terlalu", "banyak", "too"}
    return is_clear(told, Kind.TARGET, Kind.NEG, texts=texts) and _is_turn(turn)


def _is_turn(words: Words) -> bool:
    """What settled the doubt; it denies and limits nothing."""
    turns = words[0].kind is Kind.CONTRAST or words[0].text in _TURNS
    indeed = first_of(words, frozenset({"memang", "emang"}))
    resolved = has_any(words[1:], _RESOLVED) or (indeed > 0 and has_any(words[indeed + 1 : indeed + 2], _FOR))
    if not turns or not resolved or has_any(words, _DOUBTED | ALONE | sets.GRANTED | {"yang", "yg"}):
        return False
    return is_clear(words[1:], texts=_RESOLVED | sets.PRONOUNS | {"setelah", "after"})


_SIGNED = word_set("tanda tangani tangan ttd teken signed menandatangani paraf") | {"tanda tangan"}
_PAPERS = word_set("form formnya formulir formulirnya dokumen dokumennya surat suratnya berkas berkasnya")
_PLACES = word_set(
    """
    ada meja mejanya laci ruangan ruang resepsionis sekretaris lantai map desk drawer tray table scan scannya
    terlampir attached on hardcopy aslinya kertasnya basah lt room office floor bawah front reception
    """
)


def is_signed_paper(words: Words) -> bool:
    """ "Form yang sudah saya tanda tangani ada di meja Bu Tri": where a paper lies that is signed already."""
    done = any(w.kind is Kind.PAST for w in words) and any(w.kind is Kind.FIRST for w in words)
    signed = has_any(words, _SIGNED) and has_any(words, _PAPERS)
    return done and signed and lies_somewhere(words)


def lies_somewhere(words: Words) -> bool:
    """ "... ada di meja resepsionis": nothing but places, people and the paper itself."""
    return all(
        (w.kind in LIGHT and w.text not in _ELSEWISE)
        or w.text in _SIGNED | _PAPERS | _PLACES
        or w.named
        or (w.kind in {Kind.UNKNOWN, Kind.AGENT} and w.capital)
        for w in words
    ) and not has_any(words, ALONE | sets.GRANTED)


_ELSEWISE = word_set("sama same sesuai berlaku seperti like resmi official final valid")
_PASSWORDS = ("password", "sandi", "kata sandi")
_MUST_CHANGE = word_set(
    """
    wajib harus hrs must diganti ganti mengganti diubah ubah mengubah change changed pengguna penggunanya user
    usernya karyawan karyawannya login pertama first sendiri masing-masing ybs they
    by be next awal default initial pas saat waktu
    """
) | {"on the first login", "on first login", "at first"}


def is_password(words: Words) -> bool:
    """ "Akun dibuat dengan kata sandi awal yang wajib diganti": what is to be changed is the password."""
    secret = next((n for n, w in enumerate(words) if w.text.startswith(_PASSWORDS)), -1)
    if secret < 0 or has_any(words, ALONE) or not has_any(words[secret:], _MUST_CHANGE):
        return False
    front, behind = words[:secret], words[secret + 1 :]
    plain = all(w.kind in LIGHT | WORK or w.text in sets.ASKS | _MUST_CHANGE for w in front)
    return plain and all(w.kind in LIGHT or w.text in _MUST_CHANGE for w in behind)


_REACH = word_set("ttd signature paraf saya me apa-apa anything basah wet me") | {"tanda tangan"}
_AT = word_set(
    """
    ada di at in on lantai lt floor ruang ruangan room meja desk kantor office standby available sampai
    sampe hingga until till jam pukul pm am sore siang pagi
    """
) | {"hari ini"}


def is_reachable(words: Words) -> bool:
    """ "Kalau butuh tanda tangan basah saya ada di lantai 3": where the writer is to be found."""
    if words[0].text not in sets.IF or not has_any(words[1:4], sets.NEEDS) or not has_any(words, _REACH):
        return False
    at = max((n for n, w in enumerate(words) if w.kind is Kind.FIRST), default=0)
    placed = has_any(words[at + 1 : at + 3], word_set("ada di at in on standby available")) and at > 1
    counted = (Kind.NUMBER, Kind.ITEM, Kind.ORDINAL)
    return placed and all(
        (w.kind in LIGHT and w.text not in sets.GRANTED)
        or w.kind in counted
        or (w.kind is Kind.TARGET and w.by_number)
        or w.text in _REACH | _AT | sets.NEEDS
        for w in words[1:]
    )


_ARRIVES = word_set(
    """
    datang tiba berkunjung hadir berangkat closing arrive arrives arriving come comes coming visit visits
    visiting
    """
)
#: People who come, and things that are delivered: no paper, and nothing that somebody has still to say.
_COMERS = re.compile(
    r"(?:auditor|audit|konsultan|consultant|tamu|guests?$|rombongan|delegasi|delegation|klien|client|pelanggan|customer|"
    r"buyer|pembeli|trainer|pelatih|teknisi|technician|inspe[ck]t|surveyor|regulator|bankir|investor|mesin|machine|"
    r"laptop|komputer|barang|kapal|truk|truck|kontainer|container|visitor|magang|interns?$)"
)


def is_visit(words: Words) -> bool:
    """ "Auditor eksternal datang tanggal 7": somebody or something comes, and it is not the access."""
    words = words[1:] if words[0].kind is Kind.BECAUSE and len(words) > 1 else words
    words = tuple(
        w for n, w in enumerate(words) if not (n and w.by_number and _COMERS.match(words[n - 1].text))
    )
    at = first_of(words, _ARRIVES)
    subject = words[: max(at, 0)]
    comers = frozenset(w.text for w in subject if _COMERS.match(w.text))
    if not comers or asks(words) or words[0].kind in WORK or has_any(words, ALONE | sets.GRANTED):
        return False
    head, _date = parted(words, starts=True)
    head = (
        head[:-2] if len(head) > at + 2 and head[-2].text in sets.DAYS and head[-1].text in _TIMES else head
    )
    texts = comers | {"closing"} | sets.DAYS | {"akan", "will", "minggu", "week", "nanti"}
    return is_clear(head, texts=texts) and len(subject) <= 4


_TIMES = word_set("pagi siang sore malam morning afternoon")
_STUDIED = word_set(
    """
    reviewed read checked considered weighed discussed studied verified examined gone looked spoken
    """
)


def is_having(words: Words) -> bool:
    """ "Having reviewed the request", "having discussed this with Clara": done before the verdict."""
    return words[0].text == "having" and len(words) > 1 and goes_on_having(words[1:])


def goes_on_having(words: Words) -> bool:
    """ "... and discussed it with Clara this morning"."""
    studied = has_any(words[:3], _STUDIED)
    return (
        studied
        and is_clear(words, texts=_STUDIED | sets.PRONOUNS | {"through", "at"})
        and not has_any(words, ALONE)
    )
