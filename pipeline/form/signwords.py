"""The words of a signature: who signs, what says "signed", what is only printed there. Knows no place."""

import re

from pipeline.form.answers import Answer
from pipeline.form.dates import BadDateError, dates_in
from pipeline.form.grid import Cell
from pipeline.form.words import clean, key, split_label, strip_numbering

_HEAD = re.compile(
    r"\b(?:kepala divisi|kadiv|ka div|ka divisi|division head|head of division|divisional head|"
    r"kepala direktorat)\b"
)
_APPROVES = re.compile(r"\b(?:disetujui|menyetujui|approved|approver|approve|persetujuan)\b")
_KNOWS = re.compile(r"\b(?:mengetahui|diketahui|acknowledged|authori[sz]ed)\b")
_ROLE = re.compile(
    r"^(?:diajukan|disetujui|diketahui|mengetahui|menyetujui|dibuat|diperiksa|disiapkan|hormat kami|pemohon|"
    r"yang mengajukan|requested by|approved by|acknowledged by|prepared by|submitted by|kepala divisi|"
    r"division head|kadiv|diterima|received|head of division|requester|manager|manajer|it manager|diproses|"
    r"reviewed|checked|authori[sz]ed|user|atasan|direktur)\b"
)
_SAYS_FIELD = re.compile(r"\b(?:nama|name|tanda tangan|ttd|signature|tanggal|tgl|date|email)\b")
BRACKETS = re.compile(r"^[(\[{]\s*(.*?)\s*[)\]}]$")
_PRINTED = re.compile(
    r"^(?:tanda tangan(?: di sini| disini| basah)?|tandatangan|signature(?: here)?|sign here|"
    r"nama(?: jelas| lengkap| terang)?|full name|name|ttd di sini|ttd dan nama jelas|"
    r"nama(?: dan)? (?:tanda tangan|ttd)|(?:tanda tangan|ttd)(?: dan)? (?:cap|stempel)|"
    r"stempel|materai|cap|tanda tangan dan nama jelas|"
    r"unsigned|not signed|to be signed|tidak ada)$"
)
#: Anywhere in a text: the signature is still to come.
_NOT_YET = re.compile(
    r"\b(?:belum|menyusul|menunggu|dalam proses|diproses|pending|to follow|not yet|no signature|"
    r"(?:tanpa|tidak bisa|tidak dapat|tidak ada) (?:ttd|tanda tangan))\b"
)
#: The whole of what was typed: the head refuses.
_REFUSED = re.compile(
    r"^(?:(?:tidak|tdk|gak|ga|nggak|enggak|no|not|kurang|jangan)(?: (?:setuju|disetujui|menyetujui|bisa|"
    r"dapat|boleh|ok|oke|approved|agreed?|acc)\b.*)?|(?:di|me)?tolak\b.*|menolak\b.*|"
    r"(?:disapproved?|rejected?|declined?|refused?)\b.*|0+)$"
)
#: "ttd :", "Tgl : ......": a printed label that nobody answered.
_UNANSWERED = re.compile(r":[\s._…]*$")
_MONTHS = (
    r"jan(?:uari|uary)?|[fp]eb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ei]?|jul[iy]?|"
    r"ag(?:u|t|ust|ustus)?|aug(?:ust)?|sep(?:t|tember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?"
)
_DATE_WORDS = re.compile(rf"\b(?:tgl|tanggal|date|tertanggal|dated|on|pada|{_MONTHS}|wib|wita|wit|am|pm)\b")
_UNDER_NAME = re.compile(
    r"^(?:(?:nik|nip|nrp|npk|id)\b.*\d.*|[\d ]+|(?:jabatan|position|title)\b.*|"
    r"(?:general manager|gm|vice president|vp|head of|kepala|direktur|division head|manager|manajer)\b.*)$"
)
#: What stands with a name in a signature box and is none.
_NOT_A_NAME = re.compile(
    r"(?i)\b(?:ttd|tertanda|sudah|telah|signed|by|oleh|approved|disetujui|menyetujui|setuju|ok|oke|acc|via|wa|"
    r"whatsapp|email|e-mail|surel|basah|terlampir|digital(?:ly)?|elektronik|secara|tanda tangan|stempel|cap|"
    rf"kepala divisi|kadiv|division head|head of division|tanggal|tgl|date|on|pada|{_MONTHS})\b|/s/|\d+"
)
#: No approver at all.
NOBODY = 9


def is_role(cell: Cell) -> bool:
    """Whether a cell heads a column of signatures: "Disetujui oleh,", "Kepala Divisi", "Manager"."""
    if not cell.text or len(cell.text) > 80:
        return False
    words = key(strip_numbering(cell.text))
    divided = split_label(cell.text)
    if not _ROLE.match(words) or (divided and divided[1]):
        return False
    return not _SAYS_FIELD.search(words) and len(words.split()) <= 7


def approver_rank(cell: Cell) -> int:
    """How surely a role is the division head's: 0 says so, 1 approves, 2 takes note, NOBODY else."""
    words = key(cell.text)
    if _HEAD.search(words):
        return 0
    return 1 if _APPROVES.search(words) else 2 if _KNOWS.search(words) else NOBODY


def is_printed(text: str) -> bool:
    """What forms print where a name or signature goes, or what says that there is none yet."""
    plain = clean(text)
    inner = BRACKETS.match(plain)
    said = key(inner[1] if inner else plain)
    return bool(_PRINTED.match(said) or _NOT_YET.search(said) or _UNANSWERED.search(plain))


def is_under_name(text: str) -> bool:
    """What stands beneath a signer's name and is none: a NIK, a position."""
    return bool(_UNDER_NAME.match(key(text)))


def says_signed(answer: Answer) -> bool:
    """Something was typed where the signature goes: a name, "ttd", a date with them. A date alone is none."""
    if answer.is_empty or (answer.cell is not None and answer.cell.error):
        return False
    if answer.cell is not None and answer.text is None and not isinstance(answer.cell.value, str):
        return answer.cell.value is True
    if _REFUSED.match(key(answer.shown)):
        return False
    return bool(key(answer.shown)) and not is_printed(answer.shown) and not is_only_date(answer)


def says_refused(text: str) -> bool:
    """The head refuses in so many words: "tidak setuju", "ditolak"."""
    return bool(_REFUSED.match(key(text)))


def is_only_date(answer: Answer) -> bool:
    """A date and nothing else."""
    if answer.cell is not None and answer.text is None and not isinstance(answer.cell.value, str):
        return not isinstance(answer.cell.value, bool)
    shown = answer.shown.casefold()
    try:
        found = dates_in(shown)
    except BadDateError:
        return False
    return bool(found) and not re.search(r"[^\W\d_]{2,}", _DATE_WORDS.sub("", shown))


def signer_named(text: str) -> str:
    """The name in what was typed as a signature; "" where it names nobody: "ttd", "disetujui via WA"."""
    plain = _NOT_A_NAME.sub(" ", clean(text))
    words = [word for word in re.findall(r"[^\W\d_][\w.'’-]*", plain) if len(word) > 1]
    # A person is known by two words at least; one may be a nickname or anything else.
    return " ".join(plain.split()).strip(" ,;/|-():.") if len(words) >= 2 and plain[:1].strip() != "@" else ""
