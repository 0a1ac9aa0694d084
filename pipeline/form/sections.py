"""The headings of a form and which part each place of a sheet belongs to. Reads no value."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from pipeline.form.grid import Cell, Sheet
from pipeline.form.labels import names_of
from pipeline.form.words import clean, is_separator, key, split_label

Section = Literal["request", "requester", "employees", "items", "signoff", "foreign", ""]

_HEADINGS: dict[Section, tuple[str, ...]] = {
    "request": (
        "permintaan", "request", "data permintaan", "request data", "request details", "informasi permintaan",
        "detail permintaan", "informasi umum", "general", "general information", "umum", "data umum",
        "jenis permintaan", "request type", "request information", "type of request",
    ),
    "requester": (
        "data pemohon", "pemohon", "requester", "requestor", "identitas pemohon", "informasi pemohon",
        "requester information", "requester data", "requester details", "data requester", "data pengaju",
        "detail pemohon", "requested by", "applicant", "applicant information", "data user",
        "requestor information",
        "requester s information", "data manager", "data pengusul", "profil pemohon", "data pemohon akses",
    ),
    "employees": (
        "data karyawan", "employees", "karyawan", "daftar karyawan", "employee data", "employee list",
        "list of employees", "employee information", "data pengguna", "daftar pengguna", "pengguna akses",
        "data pegawai", "daftar pegawai", "employee details", "informasi karyawan", "data user akses",
        "karyawan yang memerlukan akses", "employees who need the access", "employee", "data penerima akses",
        "nama nama karyawan", "karyawan yang diajukan", "users", "employee s", "data employee", "staff",
        "identitas karyawan", "daftar nama karyawan", "karyawan penerima akses",
    ),
    "items": (
        "akses yang diminta", "requested access", "access requested", "detail akses", "daftar akses",
        "access",
        "access details", "akses", "data akses", "permintaan akses", "access request", "requested systems",
        "systems requested", "sistem yang diminta", "daftar sistem", "rincian akses",
        "detail permintaan akses",
        "akses yang dimohon", "kebutuhan akses", "systems", "sistem", "akses sistem", "items",
        "informasi akses",
        "access items", "akses yang dibutuhkan", "akses yang diperlukan", "rincian permintaan akses",
        "jenis akses yang diminta", "hak akses", "hak akses yang diminta", "access needed", "data sistem",
    ),
    "signoff": (
        "persetujuan", "approval", "pengesahan", "otorisasi", "authorization", "sign off", "signoff",
        "persetujuan kepala divisi", "division head approval", "tanda tangan", "signatures", "authorisation",
        "approvals", "lembar persetujuan", "lembar pengesahan", "persetujuan atasan", "approval section",
        "sign off by the division head", "kolom persetujuan", "pengesahan kepala divisi", "signature",
    ),
    "foreign": (
        "diisi oleh it", "it use only", "for it use only", "khusus it", "diisi oleh tim it", "untuk it",
        "diisi it", "to be filled by it", "bagian it", "tindak lanjut it", "filled by it", "it only",
        "diisi oleh departemen it", "for office use", "catatan it", "it department use only",
        "riwayat dokumen",
        "petunjuk pengisian", "instructions", "keterangan", "catatan", "notes", "petunjuk", "persetujuan it",
        "hanya untuk it", "untuk diisi it", "proses it", "it section", "fulfilment", "distribusi",
    ),
}  # fmt: skip
#: Labels as often as headings: only a number before them makes them a heading.
_ALSO_LABELS = frozenset({
    "tanda tangan", "signature", "jenis permintaan", "request type", "type of request", "keterangan",
    "catatan",
    "notes", "sistem", "systems", "akses", "access", "karyawan", "employee", "sistem yang diminta",
    "hak akses",
    "akses sistem", "access requested", "jenis akses yang diminta",
})  # fmt: skip
#: Subheadings inside the access table, by the SOP's groups of systems (2.1): no parts of the form.
CATEGORIES = frozenset({
    "platform", "akses platform", "telekomunikasi", "akses telekomunikasi", "internal", "telecommunication",
    "akses telekomunikasi dan informasi", "platform access", "telecom", "access platform", "akses internal",
    "internal access", "telecom access",
})  # fmt: skip
#: Of these, the ones that are a system's name as well.
ALSO_SYSTEMS = frozenset({"akses internal", "internal access", "internal"})
_BY_KEY = {words: section for section, all_words in _HEADINGS.items() for words in all_words}
_ENUMERATED = re.compile(
    r"^\s*(?:bagian|section|part)?\s*(?:[A-H]|[IVX]{1,4}|\d{1,2})\s*[.):\-]\s*\D|^\s*(?:BAGIAN|SECTION|"
    r"PART)\s",
    re.IGNORECASE,
)
_PART_WORD = re.compile(r"^(?:bagian|section|part)\s+(?:[a-h]|[ivx]{1,4}|\d{1,2})\b\s*")
#: "Karyawan 1", "Employee no. 2": one person's part, on forms that give each a part of their own.
_ONE_PERSON = re.compile(r"(?:data )?(?:karyawan|pegawai|employee)(?: (?:ke|no|nomor))? \d{1,2}")
_IT_ONLY = re.compile(
    r"\b(?:diisi|filled|khusus|only|use)\b.*\b(?:it|tim it|ti)\b|\bit\b.*\b(?:only|use)\b|\bit\b.*\bdiisi\b"
)


@dataclass(frozen=True)
class Heading:
    row: int
    column: int
    section: Section


class Sections:
    """The headings of a sheet, asked for the part a cell stands in."""

    def __init__(self, headings: list[Heading]) -> None:
        self.headings = headings
        self._rows = sorted({h.row for h in headings})
        self._by_row = {
            r: sorted((h for h in headings if h.row == r), key=lambda h: h.column) for r in self._rows
        }
        self.places = {(h.row, h.column) for h in headings}

    def of(self, row: int, column: int) -> Section:
        """The part of the form at a cell: that of the last row of headings above, its nearest to the left."""
        index = bisect_right(self._rows, row)
        if not index:
            return ""
        headings = self._by_row[self._rows[index - 1]]
        left = [h for h in headings if h.column <= column]
        return (left[-1] if left else headings[0]).section


def find_sections(sheet: Sheet) -> Sections:
    """Every heading of a sheet: a cell that says so and has no answer of its own beside it."""
    headings = []
    top = min((row for row, _ in sheet.rows()), default=0)
    for row, cells in sheet.rows():
        for cell in cells:
            section = heading_of(cell.text)
            if row == top and key(cell.text) not in _BY_KEY and not is_enumerated(cell.text):
                # "SURAT PERMOHONAN AKSES" at the top is the title.
                continue
            alone = section and (_stands_alone(cell, cells) or _spans_rows(sheet, cell))
            if alone and not _answers_a_label(cell, cells):
                headings.append(Heading(cell.row, cell.column, section))
    return Sections(headings)


def _spans_rows(sheet: Sheet, cell: Cell) -> bool:
    """A part's name down the left side: merged over rows that each have something of their own beside it."""
    merge = sheet.merges.get((cell.row, cell.column))
    if merge is None or merge.bottom == merge.top:
        return False
    beside = [
        any(c.column > merge.right and c.text for c in sheet.row(row))
        for row in range(merge.top, min(merge.bottom, merge.top + 50) + 1)
    ]
    first = next((c for c in sheet.row(cell.row) if c.column > merge.right), None)
    return sum(beside) > 1 and first is not None and not is_separator(first.text)


def _answers_a_label(cell: Cell, row: list[Cell]) -> bool:
    """ "AKSES BARU" beside "Jenis Permintaan" is what was chosen, however much it looks like a heading."""
    before = [c for c in row if c.column < cell.column and not is_separator(c.text)]
    if not before or heading_of(before[-1].text):
        return False
    words = key(cell.text)
    if words in _BY_KEY and words not in _ALSO_LABELS and cell.column > before[-1].column + 1:
        # "Jenis Permintaan |  |  | Data Pemohon": two parts side by side.
        return False
    return any(named.sureness >= 2 for named in names_of(before[-1].text))


def is_enumerated(text: str) -> bool:
    """ "A. DATA PEMOHON", "Bagian 2": a heading by its number."""
    return bool(_ENUMERATED.match(clean(text)))


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Section:
    """The part of the form that a heading opens, "" when the text is none."""
    if not text or len(text) > 120:
        return ""
    divided = split_label(text)
    if divided and divided[1] and not _PART_WORD.match(key(divided[0]) + " "):
        return ""
    for part in (
        text,
        re.sub(r"\([^)]*\)", " ", text),
        *re.split(r"[\n/|(]| - | – |:|\s{2,}(?=\D)", text.strip()),
    ):
        words = _PART_WORD.sub("", key(part)).strip()
        if words in _BY_KEY and (words not in _ALSO_LABELS or is_enumerated(text) or clean(text).isupper()):
            return _BY_KEY[words]
    words = key(text)
    if words in CATEGORIES:
        return ""
    if _IT_ONLY.search(words):
        return "foreign"
    if _ONE_PERSON.fullmatch(words):
        return "employees"
    return _nearly(words) if is_enumerated(text) or clean(text).isupper() else ""


def _nearly(words: str) -> Section:
    """A numbered or capital heading with other words: by the word that tells, or a typing error."""
    for known, section in _BY_KEY.items():
        if len(known) >= 8 and OSA.distance(words, known, score_cutoff=2) <= 2:
            return section
    if len(words.split()) > 9:
        return ""
    for pattern, section in _TELLING:
        if re.search(pattern, words):
            return section
    return ""


_TELLING: tuple[tuple[str, Section], ...] = (
    (r"\b(?:pemohon|requester|requestor|applicant)\b", "requester"),
    (r"\b(?:persetujuan|pengesahan|approval|otorisasi|sign off)\b", "signoff"),
    (r"\b(?:karyawan|employees?|pegawai)\b", "employees"),
    (r"^(?!.*\bform).*\b(?:akses|access|sistem|systems?)\b", "items"),
    (r"^(?!.*\bform).*\b(?:permintaan|request)\b", "request"),
)


def _stands_alone(cell: Cell, row: list[Cell]) -> bool:
    """No answer stands to the right, unless that is another heading: "Permintaan | ... | Pemohon"."""
    others = [c for c in row if c.column > cell.column and not is_separator(c.text)]
    if not others:
        return True
    after = next(c for c in row if c.column > cell.column)
    if is_separator(after.text) and not heading_of(others[0].text):
        # "b) Nama Pemohon | : | Budi": a colon stands between a label and its answer only.
        return False
    if is_enumerated(cell.text) and not clean(cell.text)[:1].isdigit():
        if key(cell.text) not in _BY_KEY and any(named.sureness == 3 for named in names_of(cell.text)):
            return False
        return all(c.column > cell.column + 1 or heading_of(c.text) for c in others)
    return all(heading_of(c.text) for c in others)
