"""What narrows an approval, told by grammar: "akun lama", "office access", "untuk malam ini".

An approval is of the request as it stands. A plain noun beside it ("project", "staff", "email") is harmless
only where it points at the request ("this form"), names who is to do the work ("tim IT") or to whom it goes
("untuk karyawan baru"), tells what for ("keperluan proyek") or who writes ("kami dari divisi Keuangan").
Decides nothing.
"""

from pipeline.approval.reply_beside_sets import TELLS
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_sets import NEEDED, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind

_PEOPLE = word_set("staf staff pegawai karyawan karyawannya employee employees user usernya")
_GROUPS = word_set(
    """
    kantor office divisi departemen department division bagian unit tim team perusahaan company proyek project
    """
)
_THINGS = word_set("akun account email mail surat copy")
_NOUNS = _PEOPLE | _GROUPS | _THINGS
#: Names of what is granted.
_GRANT = word_set("akses aksesnya access accesses hak akun account")
#: Directly beside a noun these say that it is the one of this request.
_POINTS = word_set(
    """
    ini itu tsb tersebut dimaksud ybs bersangkutan terlampir diminta diajukan this these that those above
    below bawah atas berikut requested attached baru terkait
    """
) | {"di bawah", "di atas"}
#: In front of a noun these make it the writer, the one who does the work, or what the access is for.
_LEADS = (
    word_set(
        """
    dari from selaku sebagai oleh by ke kepada to kabari dikabari kabarin infokan diinfokan
        informasikan info inform notify mohon tolong tlg mhn please harap silakan silahkan keperluan
        kebutuhan kepentingan pekerjaan kelancaran operasional mendukung support kerja work needs need
        butuh membutuhkan bantuan menindaklanjuti menjawab membalas membaca following sehubungan terkait
        behalf nama
        """
    )
    | TELLS
)
#: An e-mail that is read, missed or sent is no access to e-mail.
_MAILED = word_set(
    "buka baca lihat liat kebaca kelewat terlewat kirim dikirim kirimkan balas via lewat saw read missed"
)
_FOR = word_set("untuk utk for buat bagi kepada atas")
_TIMES = word_set("pagi siang sore malam morning afternoon evening sekarang now") | {
    "this morning",
    "this afternoon",
}
_PLAIN = frozenset({Kind.SAFE, Kind.FIRST, Kind.TITLE, Kind.GREETING})
_PAPERS = word_set("form formulir formulirnya formnya dokumen document copy surat")
_ASKED_AGAIN = word_set("permintaan permohonan pengajuan request requests")
_NEW = word_set("baru new ulang lagi")
#: "Setuju yang perlu", "yang lama": some are meant, and nobody can say which.
_SOME = word_set("perlu butuh penting lama lalu dibutuhkan diperlukan urgent mendesak")


def narrows(clause: Clause) -> tuple[Word, ...]:
    """The words of `clause` that narrow what is approved; () where none does."""
    words = clause.words
    grants = clause.has(Kind.YES, Kind.GO, Kind.DO) or any(w.text in _GRANT for w in words)
    bare = all(w.kind is Kind.SAFE for w in words) and not clause.because
    for place, word in enumerate(words):
        if _is_time(words, place) or _is_some(words, place) or _wants_paper(words, place):
            return words[max(0, place - 1) : place + 2]
        # "Dear team" greets, "for our team" does not.
        led = bool((_FOR | _GRANT) & {w.text for w in words[max(0, place - 2) : place]})
        named = word.kind is Kind.SAFE or (word.kind is Kind.GREETING and word.text in _GROUPS and led)
        if (grants or (bare and word.text not in _PEOPLE)) and named and _is_strange(words, place):
            return words[max(0, place - 1) : place + 2]
    return ()


def _is_strange(words: tuple[Word, ...], place: int) -> bool:
    """A noun that neither points at the request nor stands where it cannot narrow it."""
    word = words[place]
    if word.text == "lama":
        return place > 0 and words[place - 1].text in _GRANT | _NOUNS | {"yang", "yg"}
    if word.text in {"same", "sama"}:
        return place > 0 and words[place - 1].text in {"with", "the", "dengan"}
    if word.text not in _NOUNS or _is_account(words, place):
        return False
    before = " ".join(w.text for w in words[max(0, place - 4) : place]).split()
    behind = [w.text for w in words[place + 1 : place + 3]]
    if (word.text in {"email", "mail", "surat"} and _MAILED & set(before)) or "salam" in before[-2:]:
        return False
    pointed = bool(_POINTS & {*before[-2:], *behind})
    led = bool(_LEADS & set(before)) or (word.text in _PEOPLE and bool(_FOR & set(before)))
    # "For this project" points at a project, and not at the request.
    pointed = pointed and not (word.text in _GROUPS and bool(_FOR & set(before)))
    return not pointed and not led


def _is_account(words: tuple[Word, ...], place: int) -> bool:
    """ "Akunnya", "buatkan akun": the access itself, unless another noun says which."""
    if words[place].text not in {"akun", "account"}:
        return False
    behind = words[place + 1 : place + 2]
    before = words[max(0, place - 1) : place]
    led = any(w.text in {"dengan", "with", "pakai"} for w in before)
    return not led and not any(w.text in _NOUNS | {"lama"} or w.kind is Kind.FIRST for w in behind)


def _is_time(words: tuple[Word, ...], place: int) -> bool:
    """ "For this morning", "untuk malam ini", "in the morning"."""
    if words[place].text not in _TIMES or not place:
        return False
    before = [w.text for w in words[max(0, place - 2) : place]]
    return before[-1] in _FOR or before in (["in", "the"], ["for", "the"], ["for", "this"])


def _is_some(words: tuple[Word, ...], place: int) -> bool:
    """ "Buka yang perlu": behind "yang" with no noun of its own."""
    if words[place].text not in {"yang", "yg"}:
        return False
    if place + 1 == len(words):
        return place > 0 and words[place - 1].kind is Kind.YES
    if words[place + 1].text not in _SOME:
        return False
    return not place or words[place - 1].kind is not Kind.SAFE or words[place - 1].text in _FOR | {"dengan"}


def _wants_paper(words: tuple[Word, ...], place: int) -> bool:
    """ "Need the form", "tolong buat permintaan baru": something is still to be handed in."""
    behind = words[place + 1 : place + 5]
    if words[place].text in {"buat", "buatkan", "dibuatkan", "submit", "make"}:
        asked = [n for n, w in enumerate(behind) if w.text in _ASKED_AGAIN]
        return bool(asked) and any(w.text in _NEW for w in behind[asked[0] :])
    needed = words[place].text in NEEDED - {"usah"} and not any(w.kind is Kind.NEG for w in words)
    return needed and any(w.text in _PAPERS for w in behind) and all(w.kind in _PLAIN for w in behind)
