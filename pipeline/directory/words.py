"""The words of directory.xlsx: sheets, columns, roles and languages in both languages. Reads nothing."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Language

#: Zero-width, bidi and control characters that come along with copied text.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_DEPARTMENT = r"(?:departemen|departement|department|dept|dep)"
_AROUND = re.compile(rf"^{_DEPARTMENT}\b\W*|\W*\b{_DEPARTMENT}\W*$")


@dataclass(frozen=True)
class Column:
    """A column of the workbook. `key` is the field it fills; a `required` one must be there."""

    key: str
    id: str
    en: str
    required: bool
    width: float
    #: what to write there, shown when the cell is selected
    hint_id: str
    hint_en: str
    also: tuple[str, ...] = ()

    def header(self, language: Language) -> str:
        return self.en if language == "en" else self.id

    def hint(self, language: Language) -> str:
        return self.hint_en if language == "en" else self.hint_id

    def headers(self) -> frozenset[str]:
        """Everything this column's header may be called, made comparable."""
        return frozenset(map(plain, (self.id, self.en, self.key, *self.also)))


PEOPLE = (
    Column("name", "Nama", "Name", True, 26, "Nama lengkap.", "Full name.", ("Nama lengkap", "Full name")),
    Column(
        "email", "Email", "Email", True, 34,
        "Alamat kantor orang ini. Satu orang boleh punya beberapa baris bila ia memegang beberapa peran.",
        "This person's office address. One person may have several rows, one for each role.",
        ("E-mail", "Alamat email", "Email address", "Surel"),
    ),
    Column(
        "department", "Departemen", "Department", True, 20,
        "Pilih dari lembar Departemen. Wajib untuk Manager dan Penanggung jawab.",
        "Choose from the sheet Departments. Needed for managers and persons in charge.",
        ("Dept", "Dept.", "Bagian"),
    ),
    Column(
        "division", "Divisi", "Division", False, 28,
        "Boleh kosong: diambil dari lembar Departemen.", "May be blank: taken from the sheet Departments.",
    ),
    Column(
        "role", "Peran", "Role", True, 19,
        "Pilih dari daftar. Satu peran satu baris.", "Choose from the list. One role a row.",
        ("Peranan", "Jabatan di Akses"),
    ),
    Column(
        "language", "Bahasa", "Language", False, 12,
        "Bahasa email untuk orang ini. Kosong: bahasa perusahaan.",
        "The language of this person's mail. Blank: the company's.",
    ),
    Column(
        "deputy", "Email pengganti", "Deputy email", False, 34,
        "Siapa yang memutuskan selama orang ini tidak ada. Orangnya juga tercantum di lembar ini.",
        "Who decides while this person is away. The deputy is listed on this sheet, too.",
        ("Pengganti", "Deputy", "Email pejabat pengganti", "Email wakil", "Email Plt"),
    ),
    Column(
        "deputy_from", "Pengganti mulai", "Deputy from", False, 16,
        "Hari pertama pengganti bertugas.", "The deputy's first day.", ("Mulai", "From"),
    ),
    Column(
        "deputy_until", "Pengganti sampai", "Deputy until", False, 17,
        "Hari terakhir pengganti bertugas.", "The deputy's last day.", ("Sampai", "Until", "Deputy to"),
    ),
    Column(
        "certificate", "Sidik jari sertifikat", "Certificate fingerprint", False, 30,
        "Hanya bila sender_proof.smime dipakai: SHA-256 sertifikat S/MIME orang ini, 64 angka heksadesimal.",
        "Only with sender_proof.smime: SHA-256 of this person's S/MIME certificate, 64 hexadecimal digits.",
        ("Sertifikat", "Certificate", "Sidik jari SHA-256", "SHA-256 fingerprint", "Sertifikat S/MIME",
         "S/MIME certificate"),
    ),
)  # fmt: skip

DEPARTMENTS = (
    Column(
        "name", "Departemen", "Department", True, 26, "Nama resmi departemen.",
        "The department's official name.", ("Nama", "Nama departemen", "Department name", "Dept", "Dept."),
    ),
    Column("division", "Divisi", "Division", False, 30, "Divisi di atasnya.", "The division above it."),
    Column(
        "division_head", "Email kepala divisi", "Division head email", True, 36,
        "Kepala divisi yang menandatangani formulir. Orangnya juga tercantum di lembar Orang.",
        "The division head who signs the form. Listed on the sheet People, too.",
        ("Kepala divisi", "Division head", "Email of division head"),
    ),
    Column(
        "also", "Nama lain", "Also known as", False, 40,
        "Sebutan lain di formulir, dipisah titik koma: Keuangan; Finance & Accounting.",
        "Other names people write on the form, with semicolons between: Keuangan; Finance & Accounting.",
        ("Alias", "Sebutan lain", "Other names"),
    ),
)  # fmt: skip

#: (Indonesian, English) names of the sheets, then what else they may be called.
PEOPLE_SHEET = ("Orang", "People")
DEPARTMENTS_SHEET = ("Departemen", "Departments")
GUIDE_SHEET = ("Petunjuk", "Guide")
SHEETS_ALSO = {
    "Orang": ("person", "persons", "personil", "personel", "daftar orang", "karyawan", "staff"),
    "Departemen": ("department", "dept", "daftar departemen", "bagian"),
}

#: key: Indonesian, English, what else people write.
ROLES: dict[str, tuple[str, ...]] = {
    "manager": ("Manager", "Manager", "manajer", "mgr", "manager departemen", "manajer departemen",
                "department manager"),
    "pic": ("Penanggung jawab", "Person in charge", "pic", "penanggungjawab", "penanggung jawab departemen",
            "pj", "person in charge (pic)", "penanggung jawab (pic)"),
    "division_head": ("Kepala divisi", "Division head", "division_head", "kadiv", "head of division"),
    "it_manager": ("IT Manager", "IT Manager", "it_manager", "manajer it", "manager it"),
    "it_staff": ("IT Staff", "IT Staff", "it_staff", "staf it", "staff it"),
    "management": ("Manajemen", "Management", "direksi", "direktur", "director", "gm", "general manager"),
    "employee": ("Karyawan", "Employee", "staf", "staff", "pegawai"),
}  # fmt: skip
LANGUAGES: dict[Language, tuple[str, ...]] = {
    "id": ("Indonesia", "Indonesian", "id", "bahasa indonesia", "indo"),
    "en": ("Inggris", "English", "en", "bahasa inggris"),
}


def pick(words: tuple[str, ...], language: Language) -> str:
    """The word in that language: Indonesian stands first, English second."""
    return words[1] if language == "en" else words[0]


def clean(text: str) -> str:
    """One line, single spaces, nothing invisible: what the writer saw."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def plain(text: str) -> str:
    """Words made comparable: no capitals, marks or doubled spaces."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", clean(text)).casefold()).strip()


@lru_cache(maxsize=4096)
def department_key(text: str) -> str:
    """A department's name made comparable. Marks stay: "R&D" and "R D" may be two departments."""
    name = clean(unicodedata.normalize("NFKC", text)).casefold()
    return _AROUND.sub("", name).strip(" .,:;-") or name


@lru_cache(maxsize=4096)
def find_role(text: str) -> str | None:
    """The role that is written there, or None."""
    return next((key for key, words in ROLES.items() if plain(text) in map(plain, words)), None)


def find_language(text: str) -> Language | None:
    """The language that is written there, or None."""
    return next((key for key, words in LANGUAGES.items() if plain(text) in map(plain, words)), None)
