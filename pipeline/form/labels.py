"""Which field a piece of text names: by the list of labels, by typing error, by its words. Knows no place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.fields import FIELDS
from pipeline.form.words import clean, key, split_label

#: Labels of no field of ours. Told apart so that they are never values, and end the way to one.
_FOREIGN = (
    "No", "Nomor", "No Urut", "Number", "No Dokumen", "Nomor Dokumen", "Document no", "Document number",
    "Tanggal Efektif", "Tgl Efektif", "Halaman", "Page", "Revisi", "Rev", "Segmen", "Proses Bisnis",
    "Sub Proses", "Telepon", "No Telepon", "Phone", "Ext", "No HP", "No Telp", "Telp", "Handphone",
    "Perusahaan", "Company", "Catatan", "Note", "Lampiran", "Attachment", "Cabang", "Branch", "Cost center",
    "Nomor Form", "No Form", "Form no", "No Formulir", "Segment", "Business process", "Sub process", "Doc no",
    "Diperiksa oleh", "Checked by", "Diterima oleh", "Received by", "Diproses oleh", "Processed by",
    "Diisi oleh IT", "IT Use Only", "For IT use only", "Tanda Tangan Pemohon", "Requester signature",
    "Requester's signature", "TTD Pemohon", "Signature of requester", "Disiapkan oleh", "Prepared by",
    "Persetujuan IT", "Tanda Tangan IT Manager", "Nama IT Manager", "Dikerjakan oleh", "IT Manager signature",
    "No Ref", "Ref no", "Reference", "Status", "Tanda Tangan Karyawan",
    "Employee signature", "Site", "NPWP", "Lokasi Kerja", "Work location", "Tanggal Diterima",
    "Date received", "Tanggal Selesai Proses", "Tanda tangan user", "Nomor HP", "Mobile", "Mobile phone",
    "Nama IT", "Nama Penerima", "Hal", "Perihal", "Kepada", "Effective date of document", "Version", "Versi",
)  # fmt: skip
FOREIGN = "foreign"
#: The form's own name is no label, though it holds words of some.
_TITLE = re.compile(r"^\W*form(?:ulir)?\b|\bform\W*$|\brequest form\b", re.IGNORECASE)

#: One line for both: "Nama & Tanda Tangan Kepala Divisi". The requester's and others' are foreign.
_NAME_AND_SIGNATURE = re.compile(
    r"^(?!.*\b(?:pemohon|requester|karyawan|employee|it)\b)(?=.*\b(?:nama|name)\b)"
    r"(?=.*\b(?:kepala divisi|kadiv|division head|head of division)\b).*\b(?:tanda tangan|ttd|signature)\b"
)
#: Generic labels mean the field of the part of the form they stand in.
GENERIC = frozenset({"date", "name", "position", "email", "department", "division"})
_GENERIC_WORDS = {
    "date": ("Tanggal", "Tgl", "Date", "Dated"),
    "name": ("Nama", "Name", "Nama Lengkap", "Full name", "Nama Jelas"),
    "position": ("Jabatan", "Position", "Posisi", "Job title", "Title"),
    "email": ("Email", "E-mail", "Alamat Email", "Surel", "Email address", "Mail", "Alamat e-mail"),
}
#: "NIK 2": the number of a person or row. "Karyawan 2" alone is a heading.
_COUNTED = re.compile(
    r"(?<!^karyawan)(?<!^pegawai)(?<!^employee)(?<!^akses)(?<!^access)\s+#?\d{1,2}$", re.IGNORECASE
)
#: Words that labels shorten.
_SHORT = {
    "nm": "nama", "jbt": "jabatan", "jbtn": "jabatan", "lvl": "level", "jns": "jenis", "ket": "keterangan",
    "kary": "karyawan", "kry": "karyawan", "krywn": "karyawan", "peg": "pegawai", "tgl": "tanggal",
    "kep": "kepala", "ka": "kepala", "div": "divisi", "dept": "departemen", "bag": "bagian", "sist": "sistem",
    "apl": "aplikasi", "almt": "alamat", "kebut": "kebutuhan",
}  # fmt: skip
#: The other half of a label in two scripts.
_OTHER_SCRIPT = re.compile("[\u0600-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_BILINGUAL = re.compile(r"\s*(?:\n|/|\||\(|\)|\[|\]| - | – | — )\s*")

#: By words: (must hold one of each group, must hold none of, field). The first that fits counts.
_BY_WORDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((r"pemohon|requester|requestor|applicant|pengaju\b|karyawan|employee|it manager|user",
    r"tanda ?tangan|ttd|signature|paraf"), "kepala divisi|division head|kadiv", FOREIGN),
    ((r"tanda ?tangan|ttd|signature|signed|paraf|sign off", r"tanggal|tgl|date"),
    "kepala|head|dan|and|beserta", "signed_on"),
    ((r"tanda ?tangan|ttd|signature|signed|paraf|sign off",), "", "signature"),
    ((r"tanggal|tgl|date", r"setuju|approv|pengesahan"), "", "signed_on"),
    ((r"email|e mail|surel|mail", r"pemohon|requester|requestor|pengaju|applicant"), "", "requester_email"),
    ((r"jabatan|posisi|position|title", r"pemohon|requester|requestor|pengaju|applicant"), "",
    "requester_position"),
    ((r"departemen|department|dept|bagian|unit kerja", r"pemohon|requester|requestor|pengaju|applicant"), "",
    "requester_department"),
    ((r"divisi|division", r"pemohon|requester|requestor|pengaju|applicant"), "", "requester_division"),
    ((r"nama|name", r"pemohon|requester|requestor|pengaju|applicant|mengajukan"), "", "requester_name"),
    ((r"kepala divisi|kadiv|ka div|division head|head of division|penyetuju|approver",),
    "email|jabatan|position|tanggal|date", "division_head_name"),
    ((r"tanggal|tgl|date|period|masa|berlaku|efekti|effective", r"mulai|start|from|awal|begin|sejak|dari"),
    "", "start_date"),
    ((r"tanggal|tgl|date|period|masa|berlaku|efekti|effective",
    r"akhir|berakhir|selesai|end|until|sampai|hingga|expir|to"), "", "end_date"),
    ((r"tanggal|tgl|date", r"permintaan|pengajuan|permohonan|request|submi|form|isi"), "efektif|effective",
    "request_date"),
    ((r"jenis|tipe|type|kategori|macam", r"permintaan|request|pengajuan|permohonan"), "", "request_type"),
    ((r"permintaan|request|tiket|ticket", r"no|nomor|number", r"revisi|revis|lama|sebelum|previous"), "",
    "revises"),
    ((r"nama|name", r"karyawan|employee|pegawai|staff|pengguna|user"), "", "name"),
    ((r"nik|induk|nip|id|no|nomor|number", r"karyawan|employee|pegawai|staff"), "untuk|for|urut",
    "employee_id"),
    ((r"jabatan|posisi|position|title", r"karyawan|employee|pegawai|staff|pengguna|user"), "", "position"),
    ((r"email|e mail|surel", r"karyawan|employee|pegawai|staff|pengguna|user|kantor|alamat|address"), "",
    "email"),
    ((r"level|hak|tingkat|role|right|otorisasi|kewenangan", r"akses|access|user|pengguna|role|level"), "",
    "access_level"),
    ((r"keterangan|alasan|tujuan|justifi|kebutuhan|keperluan|deskripsi|uraian|purpose|reason|description|"
    r"penjelasan",), "", "justification"),
    ((r"sistem|system|aplikasi|application|platform|layanan",), "informasi|information|form", "system"),
    ((r"email|e mail|surel",), "", "requester_email"),
    ((r"departemen|department|dept",), "", "requester_department"),
    ((r"jabatan|posisi|position|job title",), "atasan|kepala|head|superior|direktur|setuju|approv",
    "position"),
)  # fmt: skip
_COMPILED = tuple(
    (
        tuple(re.compile(rf"\b(?:{group})") for group in groups),
        re.compile(rf"\b(?:{out})") if out else None,
        field,
    )
    for groups, out, field in _BY_WORDS
)


@dataclass(frozen=True)
class Named:
    """A field or a generic word that a text names, and how sure that is: 3 exact, 2 mistyped, 1 by words."""

    name: str
    sureness: int


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Label, as compared -> the names it may stand for, pair fields before table columns."""
    table: dict[str, tuple[str, ...]] = {}
    for field in FIELDS:
        for label in (field.label_id, field.label_en, *field.also):
            folded = key(label)
            if field.name not in table.get(folded, ()):
                table[folded] = (*table.get(folded, ()), field.name)
    for label in _FOREIGN:
        table.setdefault(key(label), (FOREIGN,))
    for name, labels in _GENERIC_WORDS.items():
        for label in labels:
            table[key(label)] = (name, *(n for n in table.get(key(label), ()) if n != name))
    return table


def names_of(text: str) -> tuple[Named, ...]:
    """All that a label may name, surest first; empty when the text is no label."""
    return _names_of(text if len(text) <= 200 else "")


@lru_cache(maxsize=8192)
def _names_of(text: str) -> tuple[Named, ...]:
    if _NAME_AND_SIGNATURE.search(key(text)):
        return (Named("signature", 3),)
    for part in _readings(text):
        exact = _table().get(part)
        if exact:
            return tuple(Named(name, 3) for name in exact)
    for part in _readings(text):
        close = _close(part)
        if close:
            return tuple(Named(name, 2) for name in _table()[close])
    whole = "" if _TITLE.match(text) else key(text)
    if 0 < len(whole) <= 60 and len(whole.split()) <= 7:
        for groups, out, field in _COMPILED:
            if all(group.search(whole) for group in groups) and not (out and out.search(whole)):
                return (Named(field, 1),)
    return ()


def is_listed(text: str) -> bool:
    """Whether the whole of a text is a label, word for word: "Level Akses", whatever its parts name."""
    return key(text) in _table()


def is_title(text: str) -> bool:
    """Whether a text is a form's name: "FORM PERMINTAAN AKSES"."""
    return bool(_TITLE.match(text))


def _readings(text: str) -> Iterator[str]:
    """The whole label, then without brackets, then its parts: "Nama Pemohon / Requester (name)"."""
    if _TITLE.match(text):
        return
    raw = _COUNTED.sub("", text.rstrip(" :：*\n\t"))
    seen = set()
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", raw)
    parts = (raw, bare, _OTHER_SCRIPT.sub(" ", bare), *_BILINGUAL.split(raw))
    foldeds = [key(part) for part in parts]
    for part, folded in (*zip(parts, foldeds, strict=True), *(("", _unabbreviated(f)) for f in foldeds)):
        # "Budi Hartono / ttd" is an answer.
        apart = part is not raw and folded in {"ttd", "paraf", "signed"}
        if folded and folded not in seen and not apart:
            seen.add(folded)
            yield folded


def _unabbreviated(folded: str) -> str:
    """A label with its short words written out ("nm karyawan") or its spaced letters joined ("n a m a")."""
    words = folded.split()
    if len(words) > 2 and all(len(word) == 1 for word in words):
        return _spaceless().get("".join(words), "")
    return " ".join(_SHORT.get(word, word) for word in words)


@cache
def _spaceless() -> dict[str, str]:
    return {label.replace(" ", ""): label for label in _table()}


def _close(part: str) -> str:
    """The label that differs by a typing error, "" when none does. Short words are too easily other words."""
    if len(part) < 5 or len(part) > 50 or any(letter.isdigit() for letter in part):
        return ""
    allowed = 1 if len(part) < 10 else 2 if len(part) < 16 else 3
    found = process.extractOne(part, _table().keys(), scorer=OSA.distance, score_cutoff=allowed)
    if found and len(found[0]) >= 5 and found[0][0] == part[0]:
        return str(found[0])
    return ""


def inline(text: str) -> tuple[tuple[Named, ...], str] | None:
    """ "Nama Pemohon : Budi" -> its names and "Budi"; None when nothing known stands before the colon."""
    parts = split_label(text)
    if parts is None:
        return _undivided(text)
    names = names_of(parts[0])
    return (names, clean(parts[1])) if names else None


def _undivided(text: str) -> tuple[tuple[Named, ...], str] | None:
    """ "Nama Pemohon - Budi", or the answer on the next line: only after a label beyond doubt."""
    for divider in ("\n", " - ", " – "):
        before, found, after = text.strip().partition(divider)
        names = names_of(before) if found and len(before) <= 40 else ()
        if (
            names
            and names[0].sureness == 3
            and after.strip()
            and (not names_of(after) or key(after) == "ttd")
        ):
            return names, clean(after)
    return None
