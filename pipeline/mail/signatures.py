"""Cuts what a mail program or a company adds below (or above) the words a person typed. Knows no verdicts."""

import re
from functools import lru_cache

from pipeline.mail.signatures_printed import MOTTO, is_badge, is_motto, is_secret_line, is_slogan, is_stamp

_DELIMITER = re.compile(r"^\s*(?:--|—|––|–)\s*$")
_RULER = re.compile(r"^\s*[-_=*~•·#]{3,}\s*$")
_CLOSING = re.compile(
    r"^\W*(?:(?:best|kind|warm|warmest|kindest|many|with)?\s*(?:best\s*)?regards|rgds|brgds|brgs|best|cheers|sincerely(?: yours)?|"
    r"yours (?:sincerely|truly|faithfully)|respectfully(?: yours)?|br|kr|thanks and regards|thanks ?[&+] ?(?:best )?regards|"
    r"thank you (?:and|&) (?:best |kind )?regards|salam(?: hangat| hormat| sejahtera| sukses| kompak| santun)?|hormat (?:kami|saya)|dengan hormat saya|"
    r"wassalam(?:u'?alaikum)?(?:\s*wr\.?\s*wb\.?)?|ttd|tertanda|best wishes|all the best|warmly|"
    r"(?:terima kasih|makasih|thanks|thank you|thx|tks|trims|matur nuwun|suwun)(?: dan salam| and regards)?)\s*[,.!]*\s*$",
    re.I,
)
_CLOSING_WITH_NAME = re.compile(
    r"^\W*(?:best regards|kind regards|regards|rgds|salam|hormat saya|hormat kami|cheers|br|wassalam|ttd|tertanda|sincerely)\s*[,:]\s*"
    r"(?P<name>[^,.;!?]{2,40})[.,]?\s*$",
    re.I,
)
#: What phones and programs add by themselves; only these lines go, text below them stays.
_PROGRAM = re.compile(
    r"^\W*(?:"
    r"(?:sent|secured|dikirim|terkirim|verzonden|gesendet|enviado|envoyé|inviato|composed|written|ditulis|dikirimkan)\s+"
    r"(?:from|dari|via|with|using|dengan|melalui|menggunakan|oleh|lewat|by|securely|secara|van|von|desde|depuis|dal|on)\b.{0,110}|"
    r"(?:get|dapatkan|unduh|download|install|coba|try)\s+.{0,40}(?:outlook|blue\s?mail|spark|aqua mail|yahoo|nine|type\s?mail|edison|canary|gmail|zoho|mail).{0,90}|"
    r"(?:powered|diberdayakan|didukung)\s+(?:by|oleh)\b.{0,80}|.{0,40}blackberry.{0,40}|"
    r"(?:please |mohon )?(?:excuse|pardon|maafkan|maaf atas|forgive|apolog\w+ for)\b.{0,40}(?:brevity|typos?|short|singkat|ketik|salah tulis|errors?).{0,40}|"
    r"maaf (?:kalau|bila|jika) (?:singkat|ada salah ketik|salah ketik)\.?|从我的.{0,20}发送|iphoneから送信"
    r")\s*$",
    re.I,
)
_DISCLAIMER = re.compile(
    r"^[\W_]*(?:"
    r"disclaimer|pernyataan(?: penyangkalan| kerahasiaan)?\s*:|penafian|peringatan\s*:|perhatian\s*:\s*(?:email|e-mail|pesan|surel)|"
    r"catatan kerahasiaan|confidential(?:ity)?\b.{0,30}(?:notice|note|:|caution|warning)|confidential\s*$|rahasia\s*[:\-]|legal notice|"
    r"privileged|notice\s*:|important notice|pemberitahuan(?: penting| hukum| kerahasiaan)|"
    r"(?:this|the|all)\s+(?:e-?mails?|messages?|communication|transmission)\b.{0,80}"
    r"(?:confidential|intended|virus|scan|checked|privileg|approved by|inspected|certified|cleared by|monitored|archived)|"
    r"(?:this|the)\s+(?:e-?mail|message|information|content|communication)\b(?=.{45}).{0,80}(?:contain|attach|transmi|sole|legal|may be|is for)|"
    r"(?:e-?mail|pesan|surel|surat elektronik)\s+(?:ini|dan)\b.{0,80}"
    r"(?:rahasia|ditujukan|dimaksudkan|virus|dipindai|diperiksa oleh|disetujui oleh|dilindungi|diawasi)|"
    r"(?:e-?mail|pesan|surel|informasi|isi)\s+(?:ini|dalam|dan)\b(?=.{45}).{0,80}(?:lampiran|hanya untuk|milik|mengandung|bersifat)|"
    r"(?:if|apabila|jika|bila|kalau) (?:you|anda|saudara)\b.{0,60}(?:not the intended|in error|received this|bukan penerima|penerima yang|menerima (?:e-?mail|pesan|surel))|"
    r"(?:scanned|checked|inspected|protected|secured|approved|cleared)(?: and \w+)? (?:by|for|with) (?!me\b|us\b|my\b)[^.!?]{0,40}(?:virus|malware|scan|spam|security|gateway|filter|anti).{0,60}|"
    r"(?:dipindai|diperiksa|dilindungi|disetujui)(?: dan \w+)? (?:oleh|dari|dengan) .{0,40}(?:virus|malware|pemindai|keamanan|anti|gateway|spam).{0,60}|(?:virus-?free|bebas virus)\b.{0,90}|"
    r"(?:no virus|tidak ditemukan virus|tidak ada virus)\b.{0,60}|"
    r"(?:please|mohon|harap|tolong|pertimbangkan|think|save|selamatkan|hemat|jangan|do not|don't|before|sebelum)\b.{0,60}(?:environment|lingkungan|print(?:ing)?\b|mencetak|cetak|kertas|paper|trees?|pohon).{0,90}|"
    r"(?:any|segala|setiap)\s+(?:views|opinions|unauthori[sz]ed|pendapat|pandangan|penyebaran|penggunaan)\b.{0,80}|"
    r"(?:company|pt\.?|cv\.?) .{0,60}(?:tidak bertanggung jawab|accepts no|not liable|does not accept).{0,80}"
    r")",
    re.I,
)
_BANNER = re.compile(
    r"^\W*(?:\[?external\]?(?: e?-?mail| sender)?\W*$|\[?eksternal\]?\W*$|(?:caution|warning|peringatan|perhatian|waspada|external)\b\W.{0,160}"
    r"(?:outside|external|luar|originated|eksternal|sender|pengirim|links|tautan).{0,200}|you don't often get (?:e?-?mail|email) from.{0,160}|"
    r"anda jarang (?:mendapat|menerima).{0,160}|\[?(?:this message|pesan ini|email ini|this email) (?:originated|berasal|came) (?:from|dari).{0,160})",
    re.I,
)
_CONTACT = re.compile(
    r"(?:\b(?:tel|telp|telepon|phone|fax|faks|hp|mobile|cell|wa|whatsapp|ext|ekst|office|direct|email|e-mail|website|web|skype)\b\s*[.:+(]|"
    r"(?:\+62|\(0\d{2,3}\)|\b0\d{2,3}[-\s]\d{3,})|https?://|www\.|\b[\w.+-]+@[\w-]+\.[\w.]+|"
    r"\b(?:jl|jln|jalan|gedung|lantai|tower|menara|komplek|kawasan industri|ruko|plaza|rt|rw)\b\.?\s|\b(?:pt|cv|ud|tbk|ltd|inc|corp|pte|gmbh)\b\.?(?:\s|$)|"
    r"\b(?:jakarta|bandung|surabaya|bekasi|tangerang|semarang|medan|indonesia|cikarang|karawang)\b\s*(?:\d{5})?\W*$)",
    re.I,
)
_TITLE = re.compile(
    r"^\W*(?:[\w&./-]+\s+){0,4}(?:manager|manajer|head|kepala|director|direktur|supervisor|officer|lead|staff|staf|analyst|engineer|specialist|"
    r"coordinator|koordinator|administrator|dept|department|departemen|division|divisi|bagian|team|tim|cio|cto|ict|it|gm|vp|svp|avp)"
    r"\b\.?(?:\s+[\w&./-]+){0,5}\W*$",
    re.I,
)
#: A line below a signature that still talks to us. Only words that take something back: a slogan that
#: praises ("approved by ...") is never an answer, but an afterthought may be a refusal.
_STILL_TALKS = re.compile(
    r"^\W*(?:p\.?\s?s\b|n\.?\s?b\b|nota bene|catatan|note|ralat|koreksi|correction|tambahan|tapi|namun|kecuali|except|but|asal|asalkan|kalau|"
    r"kalo|jika|if|jangan|tolak|reject|item|nomor|no\.?\s?\d|yang|yg|vpn|eh|oh ya|oya|btw|lupa|wait|tunggu|hold|\d{1,2}[.):]\s)"
    r"|\b(?:kecuali|except|ralat|ditolak|tolak|tdk|tidak|gak|ga|jangan|ditunda|tunda|batal|syarat|provided|unless|however|nanti|dulu|belum|blm|"
    r"tunggu|pending|hold|skip|not|don'?t|wait|reject\w*|hanya|only|cuma|syarat\w*|selama|setelah|hingga|sampai|sementara|jgn|bukan|tapi|tetapi|namun|asal|asalkan|jika|kalau|kalo|if|but|"
    r"hapus|dihapus|cabut|dicabut|coret|dicoret|kurangi|cancel|remove|ganti|ubah|revisi|direvisi)\b|\bno\W*$|[❌✖🚫⛔👎]",
    re.I,
)
#: "Sent from my iPhone, tapi VPN jangan": more than a program writes.
_GOES_ON = re.compile(
    r"(?i)\b(?:tapi|tetapi|namun|kecuali|except|jangan|jgn|tolak|reject|asal|asalkan|but)\b"
)
#: Below a disclaimer only a line that says so itself is an afterthought: disclaimers are full of conditions.
_AFTERTHOUGHT = re.compile(
    r"^\W*(?:p\.?\s?s\b|n\.?\s?b\b|nota bene\b|ralat\b|koreksi\b|correction\b|tapi\b|tolak\b|jangan\b|eh\b)",
    re.I,
)

#: What looks like the start of a disclaimer ("mohon jangan ... kertas") may be a request of the writer's own.
_ASKING = re.compile(
    r"^\W*(?:(?:please|pls|mohon|harap|tolong|jangan|do not|don't|tidak ada|no)\b|"
    r"(?:peringatan|notice|important notice|pemberitahuan)\b(?!.{0,60}\b(?:e-?mail|pesan|surel|message|informasi|information)\b))",
    re.I,
)
#: What parts name, title and company on one line of a signature.
_PARTED = re.compile(r"\s*[|•·]\s*|\s+[-–—/]\s+|,\s*|\s+(?=\()")
_CAPITALS = re.compile(r"^\W*(?:(?:of|dan|and|the|&|[A-Z][\w.&/'’-]*)(?:\s+|$)){1,6}$")
_DIGITS = re.compile(r"^[\d\s()+./-]{6,30}$|^\S+@\S+$|^www\.\S+$")
#: "S.Kom., M.M.", "MBA", "Ph.D".
_DEGREE = re.compile(
    r"^(?:[SMAD]\.\s?[A-Z][A-Za-z]{0,5}|Ph\.?\s?D|B\.?Sc|M\.?Sc|MBA|MM|MT|ST|SE|SH|SKom|MKom|Ak|CA|CISA|CISM|PMP)"
    r"(?:\.\s?[A-Z][a-z]{0,3})?\.?$"
)
_SIGNED = re.compile(r"^(?P<typed>\w+\W{0,3}?)\s+[-–—~]{1,2}\s?(?P<name>[^\W\d_][\w .]{1,40})$")
#: Lines of a signature, empty ones among them: from each line on, all that follow are looked at.
_LONGEST_TAIL = 100
_NAME_LIKE = re.compile(r"^\W*[A-Z][\w.'’-]*(?:[\s,/&]+(?:[A-Z][\w.'’-]*|bin|binti|van|de|dan)){0,4}\W*$")


def strip_tail(lines: list[str], names: frozenset[str]) -> list[str]:
    """`lines` of one new block without signature, disclaimer and the program's own line.

    `names` are the sender's name as shown, its parts and initials, lower case.
    """
    return _unsigned(_above_tail(lines, names), names)


def _above_tail(lines: list[str], names: frozenset[str]) -> list[str]:
    kept = [line for line in _without_banner(lines) if not _is_added(line)]
    for place, line in enumerate(kept):
        if _DELIMITER.match(line) or _DISCLAIMER.match(line):
            return _trim(_without_rulers(kept[:place]))
        rest = kept[place + 1 :]
        if (_RULER.match(line) or _is_closing(line, names)) and _is_tail(rest, names):
            return _trim(kept[:place])
        if _is_name(line, names) and place and _is_tail(rest, names):
            return _trim(kept[:place])
        if (
            _is_name(line, names)
            and not place
            and any(r.strip() for r in rest)
            and _is_tail(rest, names, strict=True)
        ):
            return []
    return _trim(_without_contacts(kept))


def _is_added(line: str) -> bool:
    """A program's own line, or a stamp."""
    return (bool(_PROGRAM.match(line)) and not _GOES_ON.search(line)) or is_stamp(line)


def _unsigned(lines: list[str], names: frozenset[str]) -> list[str]:
    """Without the sender's own name behind the only word ("Approved - Hendra").

    Behind more than one word it may be an employee of that name ("Setuju Accurate - Hendra").
    """
    match = _SIGNED.match(lines[0]) if len(lines) == 1 else None
    return [match["typed"]] if match and _is_bare_name(match["name"], names) else lines


def speaks_below(lines: list[str], names: frozenset[str]) -> bool:
    """Do the lines `strip_tail` cuts off at a delimiter or a disclaimer take back what stands above them?"""
    told = re.compile("(?!)")
    open_line = False
    for line in lines:
        plain = line.strip()
        legal = bool(_DISCLAIMER.match(plain)) and not _ASKING.match(plain)
        goes_on = legal or (open_line and told is _AFTERTHOUGHT)
        plate = _is_name(plain, names) or _is_address(plain) or is_slogan(plain)
        if not goes_on and told.search(plain) and not plate:
            return True
        # A disclaimer that was cut at the edge of the screen: its next line is no new thought.
        open_line = len(plain) >= 50 and not re.search(r"[.!?:]\W*$", plain)
        if _DISCLAIMER.match(plain):
            told = _AFTERTHOUGHT
        elif _DELIMITER.match(line) and told is not _AFTERTHOUGHT:
            told = _STILL_TALKS
    return False


def _is_address(line: str) -> bool:
    """ "No. 5, Jalan Sudirman" begins like an item and is none."""
    return bool(re.match(r"(?i)\W*(?:no\.?\s?)?\d", line)) and bool(_CONTACT.search(line))


def _is_title(line: str) -> bool:
    """ "IT Manager", "IT Manager - Approved Vendor & Licence Control"."""
    pieces = _PARTED.split(line)
    titles = any(_TITLE.match(piece) for piece in pieces) and not _STILL_TALKS.search(line)
    written = all(_CAPITALS.match(piece) or _TITLE.match(piece) for piece in pieces)
    return bool(_TITLE.match(line)) or (titles and written)


def _without_banner(lines: list[str]) -> list[str]:
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = first
    while end < len(lines) and _BANNER.match(lines[end]):
        end += 1
    return lines[end:] if end > first else lines


def _is_closing(line: str, names: frozenset[str]) -> bool:
    if _CLOSING.match(line):
        return True
    match = _CLOSING_WITH_NAME.match(line)
    return bool(match) and _is_name(match.group("name"), names) if match else False


def _is_name(line: str, names: frozenset[str]) -> bool:
    """The sender's name, alone or with title and company beside it ("Hendra Wijaya | IT Manager")."""
    first, *others = _PARTED.split(line.strip())
    return _is_bare_name(first, names) and all(_is_beside_name(piece.strip("()")) for piece in others)


def _is_beside_name(piece: str) -> bool:
    if _DEGREE.match(piece):
        return True
    written = bool(_CAPITALS.match(piece) or _DIGITS.match(piece)) and not _STILL_TALKS.search(piece)
    return written and bool(_TITLE.match(piece) or _CONTACT.search(piece))


def _is_bare_name(line: str, names: frozenset[str]) -> bool:
    plain = " ".join(re.sub(r"[^\w\s.]", " ", line).lower().replace(".", " ").split())
    for title in ("pak ", "bapak ", "ibu ", "bu ", "mas ", "mbak ", "ir ", "dr ", "drs ", "dra "):
        plain = plain.removeprefix(title)
    return bool(plain) and plain in names


def _is_tail(rest: list[str], names: frozenset[str], strict: bool = False) -> bool:
    """Do these lines read like the rest of a signature? `strict`: there must be a sign that they do.

    Below the sender's own name a slogan may stand; anywhere else an unknown line must look like a name.
    """
    named = signs = False
    for line in rest[:_LONGEST_TAIL]:
        if _begins_end(line):
            return True
        plain = line.strip()
        if not plain or _is_ruler(plain):
            continue
        is_name = _is_name(plain, names)
        known = is_name or bool(_CONTACT.search(plain)) or _is_title(plain)
        known = known or (is_badge(plain) and not _STILL_TALKS.search(plain))
        known = known or is_secret_line(plain) or is_motto(plain)
        fits = bool(_NAME_LIKE.match(plain) or MOTTO.match(plain)) or named
        if not known and (_STILL_TALKS.search(plain) or not fits):
            return False
        named = named or is_name
        signs = signs or known
    return (signs or not strict) and len(rest) <= _LONGEST_TAIL


@lru_cache(maxsize=4096)
def _begins_end(line: str) -> bool:
    return bool(_DISCLAIMER.match(line) or _DELIMITER.match(line))


@lru_cache(maxsize=4096)
def _is_ruler(line: str) -> bool:
    return bool(_RULER.match(line))


def _without_contacts(lines: list[str]) -> list[str]:
    """Telephone numbers, addresses and titles at the very end, where no closing or name announced them."""
    end = len(lines)
    contact = False
    for number in range(len(lines) - 1, 0, -1):
        plain = lines[number].strip()
        if not plain:
            continue
        if _STILL_TALKS.search(plain) or len(plain) > 120:
            break
        if _CONTACT.search(plain) and len(plain.split()) <= 12:
            contact, end = True, number
        elif contact and _TITLE.match(plain) and len(plain.split()) <= 6:
            end = number
        else:
            break
    return lines[:end]


def _without_rulers(lines: list[str]) -> list[str]:
    kept = _trim(lines)
    while kept and _RULER.match(kept[-1]):
        kept = _trim(kept[:-1])
    return kept


def _trim(lines: list[str]) -> list[str]:
    """Without blank lines at both ends."""
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    last = next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 0)
    return lines[first:last]
