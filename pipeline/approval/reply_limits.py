"""Words that limit, reverse or put off an approval, wherever they stand in the answer.

The last look before an approval counts. Who reads clause by clause can be led past such a word, in a reason, a
wish or a note to somebody; here it need not be understood: an answer that holds one is asked back.
"""

import re
from collections.abc import Iterable, Mapping

_LENGTH = (
    "se(?:hari(?!-hari)|minggu|pekan|bulan|tahun)",
    "(?<!sudah )(?<!udah )(?<!sdh )(?:[0-9]+|satu|dua|tiga|empat|enam) ?(?:hari|minggu|pekan|bulan|tahun)",
    "(?<!waiting )for (?:one|a|two|three|six|[0-9]+) (?:day|week|month|year)s?", "(?:one|a) month", r"durasi\w*", "(?:approved?|access|it|them|valid|okay|all) until", "sampai dengan",
)  # fmt: skip
_LEVEL = (
    "display", r"guest\w*", "readers?", "viewers?", "read[- ]?only", "tamu", "trainee", "lesser", "minimum", "(?<!saya )(?<!kami )(?<!udah )(?<!sdh )(?<!sy )baca",
    r"gratis\w*", "amended", "corrected", "modified", "marked up", "edited", "adjusted", "trimmed", "negotiated",
    "joke", "editor", "junior", r"hak (?:akses )?\w+\b(?! (?:terlalu|ketinggian|kebesaran|kurang|tidak))", "samakan", "sama dengan", "same as", "basic", "staff access",
)  # fmt: skip
_ORDER = (
    "(?:di)?teken", r"ditandatangan\w*", "menandatangani", "(?:di)?matikan", "diblokir", "ditutup",
    "tutup lagi", "diundur", "mundur", "dikaji", "ditinjau ulang", "dievaluasi", r"(?:di)?nonaktif\w*", "distop",
    "dipangkas", "diaudit", "hasil audit(?:nya)?", "digugurkan", "ditunda", "(?:di)?tahan", "diserahkan", "dijadwalkan",
    "wurung", r"dibatal\w*", "hold", "turned? off", "signs? off", "signed", "nda", r"kontrak\w*",
)  # fmt: skip
_OTHERS = (
    "memutuskan", "putuskan", "terserah", "decides?", "final say", "berkenan", "suggested", "wishes",
    "(?:(?-i:IT)|our team|my team|tim it|we) (?:has |have |already |all )*(?:approved|approves|setuju)",
    "already approved", "approved (?:it|that|this) already", r"approved in(?! full\b)", "my email", r"disetujui (?:tim|sama|oleh) (?!saya\b|kami\b|sy\b|aku\b|gue\b)\w+",
    "(?:disetujui|sama) (?:tim )?(?-i:IT)",
)  # fmt: skip
_LIMIT = (
    r"plafon\w*", r"nominal\w*", "capped", "cap", "maksimal", "max", "doang", "mungkin", "barangkali",
    "kayaknya", "possibly", "maybe", "(?:as|since) (?:agreed|discussed) with (?!you|me|us|the team|your team)\\w+", "approved? since (?:last|yesterday|\\w+day)", "likewise", "ditto", "yang perlu(?:-perlu)? (?:saja|aja|dibuka)",
    r"sesuai (?!sop|prosedur|ketentuan|aturan|permintaan|permohonan|form|pengajuan|diskusi|obrolan|pembicaraan|rapat|job|tugas|yang diajukan|yang diminta)\w+",
    r"approved? (?:\d+ |it |this |them )?as (?!requested|submitted|proposed|is\b|per|well|soon|asked|discussed|agreed|she|he|they|it)\w+",
    r"approved? (?:while|during|in(?! full\b)|at|through) \w+", "for (?:the |right )?(?:office|projects?|morning|now|staff)",
    r"(?:agar|supaya|sehingga|guna|biar) \w+ (?:yang|yg) \w+", r"(?:dokumen|form|formulir|kontrak|surat|berkas)nya (?:kabari|infokan|info)",
    r"(?:agar|supaya|sehingga|guna) (?!segera|bisa|dibuatkan|dicatat|didokumentasikan|diarsipkan|dikerjakan|diprioritaskan|dibantu|disiapkan|ditindaklanjuti|diproses|diselesaikan|dikabari|diinfo|dapat|cepat|lancar|tidak|tdk)(?:\w+[ -]){0,2}(?:di(?!a\b)\w+|training|mundur|mengisi\w*|menandatangani)",
    r"hati[- ]hati (?!di|ya|pak|bu|mas|mbak|ke|dalam|saat|pulang|semua)\w+", "berat hati",
    "(?:pengajuan|formulir|form|dokumen) (?:baru|resmi)", r"(?:mohon|tolong|perlu|buat|need) (?:formulir|form|dokumen)\w*",
)  # fmt: skip
_LATER = (
    r"(?:activate|enable|open|create|grant|give|start)(?: (?:it|them|access|the access|this))? then", r"(?:saat|waktu|hari|tanggal|tgl) itu(?! juga)",
    "(?<!kuota )(?<!kuotanya )(?<!lisensi )(?<!lisensinya )(?<!slot )(?<!stok )(?<!jatah )habis", "lebaran", r"(?:contract|form|nda|papers?|documents?|details?) to follow", "saya putuskan", "get back to you", "(?:let|make) (?:me|us) approve",
    r"(?:lalu|terus|baru|then) (?!buka (?:laptop|email|e-mail|hp|komputer|inbox)\b)(?:di)?(?:aktif|buka|proses|kasih|beri|activat|process|open|enabl)\w*", "approving (?:today|now|soon|asap|tomorrow|it later)",
    r"(?:segera|secepatnya|(?:hari|siang|sore|malam) ini|(?:baru )?(?:bisa|dapat|boleh)) (?:saya |kami )(?:di-?)?"
    r"(?:setuju\w*|acc|approve)", r"saya (?:kabari|infokan)", "bersyarat", r"(?:lama-lama|baru juga|lama juga baru) setuju",
)  # fmt: skip
_NO_APPROVAL = (
    r"(?:makasih|terima kasih|trims|thanks?|suwun)\b[^.,\n]{0,20}\b(?:acc|approve|setuju|go[- ]ahead|green light)"
    r"(?:[- ]?nya|[- ]?ne)?", "yeah,? right", r"haha\w*", r"wkwk\w*", "bercanda", "approved,? right", "disuruh",
    "ancaman", "dibayar", "(?:happy|glad|nice|good|great|pleased|senang) (?:that|bahwa)",
)  # fmt: skip
_WORDS = re.compile(
    rf"\b(?:{'|'.join((*_LENGTH, *_LEVEL, *_ORDER, *_OTHERS, *_LIMIT, *_LATER, *_NO_APPROVAL))})\b",
    re.IGNORECASE,
)
#: "Setuju saja" is an approval, "akses malam saja" a limit.
_ONLY = re.compile(r"([\w-]+)\s+(?:saja|aja)\b", re.IGNORECASE)
_TO_WHOM = re.compile(
    r"\b(?:hubungi|telepon|telp|wa|tanya\w*|kabar\w*|japri|langsung|kontak|email ke|ke sana|ke orangnya)\b",
    re.IGNORECASE,
)
#: "Kasih aja", "disetujuin aja semua": the verb of granting with nothing picked behind it.
_GRANTING = re.compile(
    r"(?:di)?(?:kasih|kasi|beri|buat|bikin|buka|aktif|izin|ijin|acc|approve|boleh|setuju(?!kan)i?)(?:kan|in|kanlah)?\s+(?:saja|aja)"
    r"(?:\s+(?:semua\w*|aksesnya|akunnya|langsung|ya|dong|deh|lah|pak|bu|mas|mbak|bang|kak|min|makasih|terima kasih|thanks|tks|thx))*"
    r"\s*(?=[.,!;\n]|$)",
    re.IGNORECASE,
)
_NO_LIMIT = frozenset((
    "setuju", "setujui", "disetujui", "approve", "acc", "lanjut", "lanjutkan", "proses", "diproses", "gas", "oke",
    "ok", "jalan", "jalankan", "silakan", "silahkan", "langsung", "semua", "semuanya", "item", "nomor", "satu",
    "dua", "tiga", "empat", "lima", "pertama", "kedua", "ketiga", "keempat", "kerjakan", "dikerjakan", "gaskeun", "tolak", "ditolak", "reject", "sekalian", "skalian", "eksekusi", "dieksekusi",
))  # fmt: skip
#: "1 sampai dengan 3" counts items, "sampai dengan 5 Januari" does not.
_UP_TO = re.compile(
    r"(?<=\d )(?:sampai|sampe) (?:dengan|dgn) (?:nomor |no\.? ?|item )?(?=\d{1,3}\b(?! *(?:[/-]\d|jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des|hari|minggu|bulan|tahun|pekan)))",
    re.IGNORECASE,
)
#: "Jangan ditunda lagi" hastens; "password diserahkan ke Rina" hands over no access.
_NO_ORDER = re.compile(
    r"\b(?:i|we|saya|kami)(?:'ve| have)? (?:already )?signed\b|"
    r"\b(?:sudah|udah|telah|sdh) (?:tanda tangan|ttd|teken|menandatangani)(?: kontrak\w*)?\b|"
    r"\b(?<!kalau )(?<!jika )(?<!bila )(?<!kalo )(?<!setelah )(?:sudah|udah|telah|sdh) (?:di)?(?:tandatangan\w*|tanda ?tangani|teken)\b|"
    r"\b(?:jangan|jgn) (?:sampai |sampe )?ditunda\b|\b(?:password|sandi|kredensial)\w*(?: \w+)? (?:tolong |mohon )?diserahkan\b",
    re.IGNORECASE,
)
#: What is said beside a refusal or an exception of all the rest.
_OF_THE_REST = re.compile(
    r"\b(?:sisanya|lainnya|yang lain\w*|semuanya|semua|the rest|others?|both|all)\b[^.\n]{0,30}"
    r"\b(?:jangan|tahan|nanti|besok|mulai|terserah|hold|later|start|until|wait|check)\b|"
    r"\b(?:cek dulu|check with|tanya)\b|\bmulai (?:januari|besok|bulan|tahun|minggu|tanggal)\b",
    re.IGNORECASE,
)
_REFUSING = re.compile(
    r"\b(?:(?:tidak|tdk|tak|not|belum|blm) (?:dapat |bisa |bs |dpt |saya |kami |sy ){0,3}(?:di)?(?:setuju\w*|approved?|acc)|(?:di)?tolak|menolak|reject\w*|declined?)\b",
    re.IGNORECASE,
)
_APPROVING = re.compile(r"\b(?:(?:di)?setuju\w*|menyetujui|approved?|acc|oke?|granted)\b", re.IGNORECASE)
_ORDERED = re.compile(
    r"\b(?:diteken|ditandatangani|ditandatangan|dilengkapi|signed|completed)\b[^,\n]*\b(?:dulu|dahulu|first)\b",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(r"\b(?:that|the) one\b|\byang itu\b", re.IGNORECASE)
_EXCEPT = re.compile(
    r"\b(?:kecuali|except|selain)\b([^.\n]*?)(?:\b(?:setuju\w*|disetujui|approved?|acc|oke?)\b|$|[.\n])",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:karena|krn|karna|sebab|soalnya|because|since|as|which|belum|tidak|sedang|cukup|sudah|kurang|ditolak|ada)\b.*",
    re.IGNORECASE,
)
#: May stand in a list of exceptions beside the names of items.
_LISTING = frozenset((
    "dan", "serta", "and", "or", "atau", "yang", "yg", "nomor", "no", "item", "items", "number", "akses", "untuk",
    "the", "for", "access", "itu", "ini", "pak", "bu", "mas", "mbak", "ya", "belum", "tidak", "perlu", "ditolak",
    "tolak", "saya", "reject", "rejected", "not", "needed", "is", "please", "terima", "kasih", "thanks", "satu",
    "dua", "tiga", "empat", "lima", "pertama", "kedua", "ketiga", "keempat", "kelima", "one", "two", "three", "four",
    "first", "second", "third", "last", "terakhir", "dibutuhkan", "kurang", "semua", "semuanya", "nggih", "njih", "lah", "dong", "deh", "kang", "bang", "milik", "punya", "all", "kami",
))  # fmt: skip


def limiting_word(text: str, verdicts: Mapping[int, str], labels: Iterable[str]) -> str:
    """What makes an approval in `text` doubtful, or "". The items' own names (`labels`) are no doubt."""
    if "approve" not in verdicts.values():
        return ""
    labels = tuple(labels)
    known = " ".join(labels).casefold()
    one = _ONE_OF_THEM.search(text) if len(labels) > 1 and len(set(verdicts.values())) == 1 else None
    if one and len(verdicts) == len(labels):
        return one.group()
    text = _NO_ORDER.sub(" ", _UP_TO.sub(" ", text))
    text = "\n".join(piece for piece in re.split(r"[.\n;]", text) if not _only_refuses(piece))
    for match in _WORDS.finditer(text):
        if match.group().casefold() not in known and not _is_why_needless(text, match.start()):
            return str(match.group())
    for match in _ONLY.finditer(text):
        word = match.group(1).casefold()
        told = _TO_WHOM.search(text[max(0, match.start() - 30) : match.start() + 12])
        told = told or _GRANTING.match(text, match.start())
        if word not in _NO_LIMIT and not word.isdigit() and word not in known and not told:
            return str(match.group())
    if "reject" in verdicts.values() or _EXCEPT.search(text):
        for rest in _OF_THE_REST.finditer(text):
            # "Acc semua, Meta jangan": what is named is meant, and not the rest.
            if not any(
                len(word) > 2 and word in known for word in re.findall(r"[^\W_]+", rest[0].casefold())
            ):
                return str(rest.group())
    return _strange_exception(text, known)


def limit_in(piece: str) -> str:
    """The first word of `piece` that limits, whoever it is about, or ""."""
    match = _WORDS.search(piece)
    return match.group() if match else ""


def _only_refuses(piece: str) -> bool:
    """Is this sentence or line about what is refused alone? Its words limit nothing that is approved."""
    if re.match(r"\W*(?:tidak|tdk|no|jangan)\b", piece, re.IGNORECASE) and not _APPROVING.search(piece):
        return True
    if _ORDERED.search(piece):
        # "Tolak 2 tidak perlu, kontraknya diteken dulu": an order, and nobody knows for what.
        return False
    refuses, approves = _REFUSING.search(piece), _APPROVING.search(_REFUSING.sub(" ", piece))
    return bool(refuses) and not approves and len(set(re.findall(r"\d+", piece))) <= 1


def _is_why_needless(text: str, place: int) -> bool:
    """ "CL tidak perlu, Yanto bukan di tim kontrak": a contract that somebody works on, in a refusal's reason."""
    return bool(_NEEDLESS.search(text[text.rfind("\n", 0, place) + 1 : place])) and text[place:].startswith(
        "kontrak"
    )


#: An item that is not needed, and behind the comma what its person is not.
_NEEDLESS = re.compile(
    r"\b(?:tidak|tdk|gak|ga|nggak|belum) perlu,[^,]*\b(?:bukan|tidak|belum)\b[^,]*$", re.IGNORECASE
)


def _told_why(listed: str, known: str) -> str:
    """The exceptions alone: behind a comma, "rawan virus" and "dia kerja di kantor" say why.

    So does "bandwidth is limited" behind a comma or a dash, where it names nothing of the request."""
    first, *behind = re.split(r",|\s[-–—]+\s", listed)
    kept = [first]
    for piece in behind:
        told = _PREDICATE.search(piece) or (_STATES.search(piece) and not _names_item(piece, known))
        if told and not re.search(r"\b(?:dan|and|serta|juga|also|sama)\b", piece, re.IGNORECASE):
            break
        kept.append(piece)
    return ",".join(kept)


def _names_item(piece: str, known: str) -> bool:
    words = re.findall(r"[^\W_]+", piece.casefold())
    return any(word.isdigit() or (len(word) > 2 and word in known) for word in words)


#: What is said of a thing, and no name of one: "kuota habis", "bandwidth is limited".
_STATES = re.compile(
    r"^\s*(?:the |our )?(?:kuota|quota|lisensi|licen[cs]es?|bandwidth|slot|stok|storage|server|kapasitas|capacity|jatah|"
    r"anggaran|budget|seats?|disk|memori|port|kartu|cards?)(?:nya)?(?: \w{2,20})? (?:(?:is|are|was|lagi|sudah|masih|still) )*"
    r"(?:habis|penuh|terbatas|limited|full|kosong|rusak|exhausted|used up)\W*$",
    re.IGNORECASE,
)


_PREDICATE = re.compile(
    r"^\s*(?:itu|itunya|yang itu|dia|beliau|mereka|orangnya|he|she|they|it|it's|that|those|that's|masih|rawan|bahaya|"
    r"berbahaya|berisiko|beresiko|risky|dangerous|terlalu|kurang|gak|ga|nggak|ndak|tidak|belum|mboten|not|no|too|mahal|"
    r"jangan|ora|karena|soalnya)\b(?=\s+\w|\s*$)",
    re.IGNORECASE,
)


def _strange_exception(text: str, known: str) -> str:
    """The word in a list of exceptions that names no item: who knows what else was meant to be left out."""
    for match in _EXCEPT.finditer(text):
        listed = _REASON.sub("", _told_why(match.group(1), known))
        for word in re.findall(r"[^\W_]+", listed):
            plain = word.casefold()
            if (
                not plain.isdigit()
                and plain not in _LISTING
                and plain not in known
                and plain.removesuffix("nya") not in known
            ):
                return str(word)
    return ""
