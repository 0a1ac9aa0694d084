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
    r"nama(?: jelas| lengkap| terang)?|full name|name|nama dan tanda tangan|ttd di sini|ttd dan nama jelas|"
    r"stempel|materai|cap|tanda tangan dan nama jelas|belum ttd|belum|menunggu.*|pending|"
    r"belum ditandatangani|unsigned|not signed|to be signed|tidak ada|(?:akan )?menyusul|to follow)$"
)
_DATE_WORDS = re.compile(
    r"\b(?:tgl|tanggal|date|tertanggal|dated|on|pada|jan\w*|feb\w*|peb\w*|mar\w*|apr\w*|mei|may|jun[ei]?|"
    r"jul[iy]?|ag\w*|aug\w*|sep\w*|o[kc]t\w*|no[vp]\w*|de[sc]\w*|wib|wita|wit|am|pm)\b"
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
    return bool(_PRINTED.match(key(inner[1] if inner else plain)))


def says_signed(answer: Answer) -> bool:
    """Something was typed where the signature goes: a name, "ttd", a date with them. A date alone is none."""
    if answer.is_empty or (answer.cell is not None and answer.cell.error):
        return False
    if answer.cell is not None and answer.text is None and not isinstance(answer.cell.value, str):
        return answer.cell.value is True
    return bool(key(answer.shown)) and not is_printed(answer.shown) and not is_only_date(answer)


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
