"""Harmless facts beside a verdict: what broke down, proved right, or lies where. Sees one piece."""

from pipeline.approval import reply_beside_sets as sets
from pipeline.approval.reply_beside_pieces import LIGHT, Words, asks, has_any, is_clear
from pipeline.approval.reply_beside_sets import DANGEROUS
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind

_CAUSES = word_set(
    """
    laptop laptopku laptopnya komputer komputernya pc hp hpku hpnya handphone ponsel iphone internet wifi
    sinyal
    jaringan listrik server mailbox inbox outlook baterai charger mobil motor ban anak istri suami ibu ayah
    mertua
    computer phone battery power network car kid kids son daughter wife husband
    """
)
_FAILED = word_set(
    """
    rusak mati hilang error hang lemot lowbat padam mogok bocor penuh full dicuri ketinggalan tertinggal
    kena virus
    sakit demam dirawat broke broken down crashed died dead lost stolen sick out gangguan bermasalah putus
    problem
    """
)
_MENDED = word_set(
    """
    diperbaiki ganti gantinya diganti fixed repaired replaced back kembali only baru selesai normal hidup
    nyala
    dapat dapet dapat-dapat sempat sempet up again lagi error hilang down bermasalah putus problem sakit
    """
)
_PAPERS = ("form", "dokumen", "document", "surat", "nda", "kontrak", "contract", "izin", "ijin", "tanda")


def is_mishap(words: Words) -> bool:
    """ "Laptop saya sempat rusak", "my phone died": why the answer is late; only behind an apology for it."""
    failed = has_any(words, _FAILED) and has_any(words[:4], _CAUSES)
    return failed and goes_on_mending(words)


def goes_on_mending(words: Words) -> bool:
    """ "... dan baru selesai diperbaiki pagi ini": no paper, no request, nothing that is granted."""
    papers = any(w.text.startswith(_PAPERS) for w in words)
    told = tuple(w for w in words if w.text not in _CAUSES | _FAILED | _MENDED | _JUST)
    strange = any(w.kind is Kind.UNKNOWN and w.text not in sets.AWAY | _AT_HOME for w in told)
    return (
        not strange
        and not papers
        and not asks(words)
        and not has_any(words, sets.GRANTED | ALONE)
        and is_clear(told)
    )


_AT_HOME = word_set(
    "rumah jalan pabrik taksi grab kereta semalam semalaman barusan sore-sore overnight twice again unit"
)
_JUST = frozenset({"only just", "baru dapat", "baru dapet", "only fixed"})
_CHECKED = word_set(
    """
    data datanya info infonya informasi informasinya isinya isian isiannya details detail detailnya formnya
    formulirnya orangnya kebutuhannya alasannya everything semua semuanya figures numbers
    """
)
_PROVED = word_set(
    """
    benar betul sesuai valid cocok akurat lengkap jelas wajar correct right accurate fine order good ada
    aman beres
    """
)
_PROVING = (
    _CHECKED
    | _PROVED
    | word_set(
        """
    sudah sdh udah udh telah memang emang ternyata dan juga are is was were all the in and very sudah semuanya
    semua nya kok ya pak bu mas mbak masuk akal oke ok looks look
    """
    )
)


def is_proved(words: Words) -> bool:
    """ "Datanya benar", "the details are correct": a closed set of words, and none that hopes or denies."""
    subject = has_any(words, _CHECKED - {"semua", "semuanya", "everything"})
    complete = not has_any(words, frozenset({"lengkap"})) or words[0].text.endswith("nya") or len(words) > 2
    return (
        subject
        and complete
        and has_any(words, _PROVED)
        and all(text in _PROVING for w in words for text in w.text.split())
        and not has_any(words, ALONE)
        and not any(w.cited for w in words)
    )


_GOES_ON = word_set(
    """
    lanjut lanjutkan dilanjut dilanjutkan dilanjutin kerjakan dikerjakan dikerjain kerjain digarap garap
    continue
    """
)
_WHEN = word_set("besok besoknya tomorrow")
_TIMES = word_set("pagi siang sore morning afternoon")
_POLITE = word_set(
    """
    ya yaa yah pak bu mas mbak bang kang kak bro gan bos tolong tlg mohon please dong deh gpp with this it
    the tim
    """
)


def is_next_day(words: Words) -> bool:
    """ "Lanjut besok pagi ya", behind a verdict: when the work goes on, and not when the access begins.

    "Aktifkan besok", "mulai besok", "besok saya approve" put something off; so may "lanjutkan besok"."""
    texts = {text for w in words for text in w.text.split()}
    if not (texts & _GOES_ON and texts & _WHEN and texts & _TIMES):
        return False
    return texts <= _GOES_ON | _WHEN | _TIMES | _POLITE


_ABSENT = word_set(
    """
    cuti leave maternity paternity melahirkan sakit dinas umroh umrah haji abroad vacation holiday pensiun
    resign resigned
    keluar pindah mutasi dimutasi retired left moved promosi dipromosikan meninggal berhenti kuliah
    """
) | {"on leave"}
_SUCCEEDS = word_set(
    "ganti gantiin gantikan menggantikan penggantinya pengganti replaces replacing replaced covers covering"
)
_JOINT = word_set("yang yg who whom for buat untuk is was are sedang lagi baru akan as sebagai")


def _is_person(word: Word) -> bool:
    named = word.named or (
        word.capital and word.kind in {Kind.UNKNOWN, Kind.AGENT} and not DANGEROUS.match(word.text)
    )
    return named or word.text in sets.PRONOUNS | sets.TITLES or word.kind is Kind.TITLE


def is_succession(words: Words) -> bool:
    """ "Fitri gantiin Bu Dewi yang pensiun", "he is on paternity leave": who takes whose place, or is away.

    Nothing but people, the change and a light word. The one who comes is of the request ("Fitri", "dia"):
    "Dewi replaces Fitri" may mean that somebody else is to have it."""
    turn = next((n for n, w in enumerate(words) if n and w.text in _SUCCEEDS), 0)
    comes = any(w.named or w.text in sets.PRONOUNS for w in words[:turn])
    changes = comes and any(_is_person(w) and not w.named for w in words[turn + 1 :])
    changes = changes and not any(w.named for w in words[turn + 1 :])
    if turn and not changes:
        return False
    absent = has_any(words[1:], _ABSENT) and len(words) > 2
    told = all(
        w.kind in LIGHT or w.kind is Kind.BECAUSE or _is_person(w) or w.text in _SUCCEEDS | _ABSENT | _JOINT
        for w in words
    )
    person = any(_is_person(w) for w in words[:3]) and not any(w.kind is Kind.FIRST for w in words)
    return (changes or absent) and told and person and not has_any(words, ALONE | sets.GRANTED)


_YEARS = word_set("tahun bulan thn years year months belasan puluhan bertahun-tahun")


def is_tenure(words: Words) -> bool:
    """ "Pak Slamet sudah 10 tahun di produksi", "saya percaya": how long somebody works here."""
    if all(w.kind in LIGHT or w.text in _BELIEVES or _is_person(w) for w in words):
        return (
            has_any(words, _BELIEVES)
            and any(w.kind is Kind.FIRST for w in words)
            and not has_any(words, ALONE)
        )
    at = next((n for n, w in enumerate(words) if w.text in {"sudah", "udah", "sdh", "been", "has"}), 0)
    years = [n for n, w in enumerate(words) if w.text in _YEARS and n > at]
    counted = bool(years) and at > 0 and any(_is_person(w) for w in words[:at])
    light = all(w.kind in LIGHT or _is_person(w) for w in words[:at])
    spell = set(range(at + 1, years[-1] + 1)) if counted else set[int]()
    rest = tuple(w for n, w in enumerate(words) if n > at and n not in spell)
    return (
        counted and light and len(spell) <= 4 and is_clear(rest) and not has_any(words, ALONE | sets.GRANTED)
    )


_BELIEVES = word_set("percaya yakin trust")
#: Given back is what was given: "kartunya sudah dikembalikan".
_GIVEN_BACK = frozenset({"dikembalikan", "returned"})
_THINGS = word_set("kunci kuncinya kartunya laptop laptopnya tokennya token hpnya key keys card badge")
_TAKEN = word_set(
    """
    diambil ambil dititip titip dititipkan titipkan taruh ditaruh diantar antar simpan disimpan jemput
    collect collected
    pick picked up sendiri dia ybs orangnya dikembalikan returned
    """
)
_WHERE = word_set(
    """
    di ke ada meja laci ruang ruangan lantai resepsionis satpam pos kantor sekretaris gudang front desk
    office at from with
    """
)


def is_pickup(words: Words) -> bool:
    """ "Nanti kuncinya diambil di Bu Sri ya": where a key or a laptop waits, and with whom."""
    thing = has_any(words[:4], _THINGS)
    if has_any(words, _GIVEN_BACK) and not any(w.kind is Kind.PAST for w in words):
        return False
    told = all(
        w.kind in LIGHT
        or w.text in _THINGS | _TAKEN | _WHERE | {"nanti", "ntar", "bisa", "masih"}
        or _is_person(w)
        or (w.kind is Kind.TARGET and w.by_number)
        for w in words
    )
    return thing and told and has_any(words, _TAKEN) and not has_any(words, ALONE | sets.GRANTED)


def is_storey(words: Words) -> bool:
    """ "... resepsionis lantai 1", behind where something waits."""
    return all(
        w.kind in LIGHT or w.text in _WHERE or w.text.split()[0] == "lantai" or _is_person(w) for w in words
    )


_REASONABLE = word_set("wajar pantas layak normal lumrah reasonable logis makanya") | {"masuk akal"}
_OF_IT = word_set(
    "dia mereka ybs beliau butuh perlu membutuhkan memerlukan dibutuhkan akses aksesnya tersebut itu ini"
)


def is_reasonable(words: Words) -> bool:
    """ "Wajar kalau butuh akses itu": that the need is plain; the "kalau" makes no condition."""
    led = has_any(words[:2], _REASONABLE)
    needs = has_any(words[1:], frozenset({"butuh", "perlu", "membutuhkan", "memerlukan"}))
    told = all(w.kind in LIGHT or w.text in _REASONABLE | _OF_IT | sets.IF or _is_person(w) for w in words)
    return led and needs and told and not has_any(words, ALONE)


_SOONEST = word_set(
    "hari ini sore siang malam pagi sekarang secepatnya segera cepat langsung asap today now soon"
)


def is_if_possible(words: Words) -> bool:
    """ "Kalau bisa hari ini ya": asks for haste. A later day would put off, none makes a condition."""
    texts = [text for w in words for text in w.text.split()]
    led = texts[:2] in (
        ["kalau", "bisa"],
        ["kalo", "bisa"],
        ["klo", "bisa"],
        ["jika", "bisa"],
        ["if", "possible"],
    )
    return (
        led
        and bool(set(texts[2:]) & _SOONEST)
        and set(texts[2:]) <= _SOONEST | _POLITE | {"sudah", "udah", "selesai"}
    )


_SIGNERS = word_set(
    "kadiv kadep kadivnya kepala divisi departemen manager manajer head oleh by the atasannya semua all"
)
_SEEN = word_set("lihat cek terima ada pegang lengkap sah asli valid seen checked lihatnya liat complete")
_SIGNATURES = word_set(
    """
    tanda tangan tangani tangannya ttd ttdnya signature signatures ditandatangani ditandatangan signed
    teken diteken
    """
) | {"tanda tangan"}
_PAPER = word_set("form formnya formulir formulirnya dokumen dokumennya surat suratnya berkas berkasnya")


def is_signed(words: Words) -> bool:
    """ "Formulirnya sudah ditandatangani Pak Gunawan", "ttd kadivnya sudah saya lihat"."""
    seen = has_any(words, _SEEN) or any(set(w.text.split()) & _SEEN for w in words)
    signed = has_any(words, _SIGNATURES) and (has_any(words, _PAPER) or seen)
    return signed and goes_on_signed(words)


def goes_on_signed(words: Words) -> bool:
    """ "... dan sudah ditandatangani Pak Gunawan"."""
    past = any(w.kind is Kind.PAST or w.text.startswith(("sudah ", "sdh ", "udah ", "telah ")) for w in words)
    told = all(
        w.kind in LIGHT or w.text in _SIGNERS | _SEEN | _SIGNATURES | _PAPER | _PROVED or _is_person(w)
        for w in words
    )
    return past and told and not asks(words) and not has_any(words, ALONE | sets.GRANTED | _ELSEWISE)


_ELSEWISE = word_set("sama same sesuai berlaku seperti like resmi official final yang yg which")
