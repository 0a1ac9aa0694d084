"""The words of the official form that are not labels: hints, title, guidance. Draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.cell.rich_text import CellRichText

from pipeline.form import blank_style as style
from pipeline.form.fields import Field
from pipeline.model import Language

TITLE: dict[Language, str] = {
    "id": "FORM PERMINTAAN AKSES SISTEM INFORMASI (SUPPORTING TOOLS)",
    "en": "INFORMATION SYSTEM ACCESS REQUEST FORM (SUPPORTING TOOLS)",
}

#: part of the form -> its heading
PARTS: dict[str, dict[Language, str]] = {
    "request": {"id": "Permintaan", "en": "Request"},
    "requester": {"id": "Pemohon", "en": "Requester"},
    "employees": {"id": "Karyawan yang memerlukan akses", "en": "Employees who need the access"},
    "items": {"id": "Akses yang diminta", "en": "Access requested"},
    "signoff": {"id": "Persetujuan kepala divisi", "en": "Sign-off by the division head"},
}

#: head of the document -> its label
HEAD: dict[str, dict[Language, str]] = {
    "segment": {"id": "Segmen", "en": "Segment"},
    "process": {"id": "Proses Bisnis", "en": "Business process"},
    "sub_process": {"id": "Sub. Proses", "en": "Sub-process"},
    "number": {"id": "No. Dokumen", "en": "Document no."},
    "effective": {"id": "Tgl. Efektif", "en": "Effective date"},
    "revision": {"id": "Rev.", "en": "Rev."},
}

#: "Page 1 / 2" in the footer.
PAGE: dict[Language, str] = {"id": "Hal. &P / &N", "en": "Page &P / &N"}
GUIDE: dict[Language, str] = {
    "id": "Mohon isi sel putih, pilih dari daftar bila ada panah. Kirim .xlsx lewat email.",
    "en": "Please fill in the white cells, choose from the lists, send the .xlsx by email.",
}
DECLARATION: dict[Language, str] = {
    "id": "Saya telah memeriksa permintaan ini dan menyetujuinya.",
    "en": "I have examined this request and agree to it.",
}
NOTE: dict[Language, str] = {
    "id": "Belum ada balasan dalam satu hari kerja berarti formulir belum kami terima: mohon hubungi Tim IT.",
    "en": "No answer within one working day means we have not received the form: please contact the IT team.",
}

_DATE = {
    "id": (
        "Tulis hari/bulan/tahun, misalnya 24/11/2026.",
        "Ini bukan tanggal. Contoh: 24/11/2026. Tetap dipakai?",
    ),
    "en": (
        "Write day/month/year, for example 24/11/2026.",
        "This is not a date. Example: 24/11/2026. Keep it?",
    ),
}
_LIST = {
    "id": "Tidak ada di daftar. Mohon pilih dari daftar dengan panah di sebelah kanan sel.",
    "en": "Not in the list. Please choose from the list with the arrow to the right of the cell.",
}
#: field -> what its hint says. A field without one has no window: too many of them disturb.
_HINTS: dict[str, dict[Language, str]] = {
    "request_date": {"id": _DATE["id"][0], "en": _DATE["en"][0]},
    "request_type": {"id": "Pilih jenis permintaan.", "en": "Choose the kind of request."},
    "revises": {
        "id": "Hanya bila memperbaiki permintaan lama: tulis nomornya, misalnya REQ-2026-0001.",
        "en": "Only when this corrects an earlier request: its number, for example REQ-2026-0001.",
    },
    "urgency": {
        "id": "Kosong berarti biasa. Darurat boleh dikirim sebelum kepala divisi menandatangani; aksesnya "
        "diberikan lebih dahulu. Tulis di keterangan mengapa darurat. Kepala divisi mengesahkan kemudian; "
        "tanpa itu aksesnya dicabut.",
        "en": "Blank means normal. An emergency may be sent before the division head has signed, and access "
        "is given first. Say in the description why. The division head signs for it afterwards, or it is "
        "taken away again.",
    },
    "requester_email": {
        "id": "Alamat email kantor; jawaban kami kirim ke alamat pengirim formulir.",
        "en": "Your office address; our answers go to the address this form is sent from.",
    },
    "requester_department": {
        "id": "Pilih departemen yang Bapak/Ibu pimpin atau wakili.",
        "en": "Choose the department you lead or stand in for.",
    },
    "employee_id": {
        "id": "NIK lengkap, termasuk angka nol di depan. Misalnya 00123.",
        "en": "The full employee number, leading zeros included. For example 00123.",
    },
    "email": {
        "id": "Boleh kosong. Bila diisi, karyawan dikabari saat aksesnya siap.",
        "en": "May stay blank. If given, the employee is told when the access is ready.",
    },
    "employee_no": {
        "id": "Nomor urut karyawan pada bagian C. Kosongkan bila untuk semua karyawan.",
        "en": "The employee's number in part C. Leave blank for all employees.",
    },
    "system": {
        "id": 'Pilih sistem dari daftar. "Semua akses" hanya untuk pencabutan: semua yang dimiliki karyawan.',
        "en": 'Choose a system from the list. "All access" is for revoking only: all that the employee has.',
    },
    "access_level": {
        "id": "Misalnya: hanya lihat, input jurnal, administrator. Boleh ditulis sendiri.",
        "en": "For example: view only, journal entry, administrator. Free text is fine.",
    },
    "action": {"id": "Beri, ubah atau cabut akses.", "en": "Grant, change or revoke."},
    "start_date": {"id": _DATE["id"][0], "en": _DATE["en"][0]},
    "end_date": {
        "id": "Kosongkan bila akses berlaku seterusnya. " + _DATE["id"][0],
        "en": "Leave blank for lasting access. " + _DATE["en"][0],
    },
    "justification": {
        "id": "Uraian singkat: untuk pekerjaan apa akses ini diperlukan.",
        "en": "In short: for which work the access is needed.",
    },
    "division_head_name": {
        "id": "Pilih atau tulis nama kepala divisi yang berwenang.",
        "en": "Choose or write the name of the division head in charge.",
    },
    "signed_on": {"id": _DATE["id"][0], "en": _DATE["en"][0]},
    "signature": {
        "id": "Tempelkan gambar tanda tangan di sini (Sisipkan > Gambar), atau ketik nama kepala divisi.",
        "en": "Place a picture of the signature here (Insert > Picture), or type the division head's name.",
    },
}


def label(field: Field, language: Language) -> CellRichText:
    """A field's label in the form's language, the other language beneath."""
    both = (field.label_id, field.label_en)
    return style.two_tongues(*(both if language == "id" else both[::-1]))


def label_height(field: Field, language: Language, width: float) -> float:
    """Points that a field's label needs in a cell of so many characters."""
    both = (field.label_id, field.label_en)
    return style.label_height(*(both if language == "id" else both[::-1]), width)


def number() -> CellRichText:
    """The head of the column of row numbers; the same word in both languages."""
    return style.rich(("No.", style.TEXT, "label"))


def part(name: str, language: Language) -> CellRichText:
    """The heading of a part of the form, with its letter."""
    letter = "ABCDE"[list(PARTS).index(name)]
    first, second = (PARTS[name][tongue] for tongue in (language, _other(language)))
    return style.two_tongues(f"{letter}.  {first.upper()}", second, beneath=False, ground=style.BAR)


def _other(language: Language) -> Language:
    return "id" if language == "en" else "en"


def title(language: Language) -> CellRichText:
    """The form's name, as SOP-IT-003 has it."""
    first = TITLE[language].replace(" (", "\n(")
    return style.rich((first, 11, "title"), (f"\n{TITLE[_other(language)]}", style.SMALL, "other"))


def head_fact(name: str, value: str, language: Language) -> CellRichText:
    """ "No. Dokumen : SOP-IT-003" in one cell, as the company's documents write it."""
    return style.rich((f"{HEAD[name][language]} : ", style.SMALL, "quiet"), (value, style.SMALL, "fact"))


def small(both: Mapping[Language, str], language: Language) -> CellRichText:
    """A sentence for people, the other language beneath."""
    other = f"\n{both[_other(language)]}"
    return style.rich((both[language], style.SMALL, "fact"), (other, style.SMALL, "other"))


@dataclass(frozen=True)
class Hint:
    """The small window that Excel shows at a cell, and what it says when an entry is not right."""

    title: str
    text: str
    wrong: str


def hint(field: Field, language: Language) -> Hint:
    """The hint of a field, titled with its label. No text where a window would only disturb."""
    wrong = _DATE[language][1] if field.kind == "date" else _LIST[language]
    text = _HINTS[field.name][language] if field.name in _HINTS else ""
    return Hint(field.label_en if language == "en" else field.label_id, text, wrong)
