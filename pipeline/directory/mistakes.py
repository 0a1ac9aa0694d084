"""What can be wrong in directory.xlsx, in words for those who keep it. Looks at no workbook."""

from dataclasses import dataclass

from pipeline.model import Language, PipelineError

#: How many mistakes are told in one text; all of them stand in `DirectoryError.mistakes`.
_TOLD = 40


@dataclass(frozen=True)
class Mistake:
    """One mistake: what it is, the sheet and cell where it stands ("" where none can be named), the mend."""

    kind: str
    sheet: str
    cell: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place}: {self.what} {self.mend}" if place else f"{self.what} {self.mend}"


class DirectoryError(PipelineError):
    """directory.xlsx cannot be used. `mistakes` has all that is wrong, in the workbook's own language."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        lines = [str(mistake) for mistake in mistakes[:_TOLD]]
        if len(mistakes) > _TOLD:
            lines.append(f"... (+{len(mistakes) - _TOLD})")
        super().__init__("\n".join(lines))
        self.mistakes = mistakes


def mistake(kind: str, language: Language, sheet: str = "", cell: str = "", **facts: object) -> Mistake:
    """The mistake of this kind with its words filled in."""
    what, mend = (words.format(**facts) for words in _WORDS[kind][language])
    return Mistake(kind, sheet, cell, what, mend)


_WORDS: dict[str, dict[Language, tuple[str, str]]] = {
    "file": {
        "id": ("directory.xlsx tidak dapat dibuka sebagai buku kerja Excel.",
               "Simpan ulang sebagai .xlsx tanpa kata sandi."),
        "en": ("directory.xlsx cannot be opened as an Excel workbook.",
               "Save it again as .xlsx, without a password."),
    },
    "too_many": {
        "id": ("lembar ini berisi lebih dari {most} baris.", "Hapus baris yang tidak dipakai."),
        "en": ("this sheet has more than {most} rows.", "Delete the rows that are not used."),
    },
    "no_sheet": {
        "id": ("lembar \"{name}\" tidak ada.", "Tambahkan lembar itu dengan judul kolom: {columns}."),
        "en": ("the sheet \"{name}\" is missing.", "Add it, with the column headers: {columns}."),
    },
    "no_column": {
        "id": ("kolom \"{column}\" tidak ada.", "Tambahkan judul kolom itu di baris judul."),
        "en": ("the column \"{column}\" is missing.", "Add that header to the header row."),
    },
    "column_twice": {
        "id": ("kolom \"{column}\" ada dua kali.", "Hapus atau ganti nama salah satunya."),
        "en": ("the column \"{column}\" is there twice.", "Delete or rename one of them."),
    },
    "empty": {
        "id": ("lembar ini belum berisi satu baris pun.", "Isi paling sedikit satu baris di bawah judul."),
        "en": ("this sheet has no row yet.", "Fill at least one row below the headers."),
    },
    "error_cell": {
        "id": ("sel ini berisi kesalahan rumus ({text}).", "Ganti rumusnya dengan isi biasa."),
        "en": ("this cell holds a formula error ({text}).", "Replace the formula by plain text."),
    },
    "blank": {
        "id": ("\"{column}\" belum diisi.", "Isi sel ini, atau kosongkan seluruh baris."),
        "en": ("\"{column}\" is blank.", "Fill this cell, or clear the whole row."),
    },
    "bad_email": {
        "id": ("\"{text}\" bukan alamat email yang sah.",
               "Tulis satu alamat saja, misalnya nama@perusahaan.co.id; ketik ulang, jangan disalin."),
        "en": ("\"{text}\" is not a mail address.",
               "Write one address alone, like name@company.co.id; type it rather than paste it."),
    },
    "duplicate": {
        "id": ("{email} dengan peran dan departemen yang sama sudah ada di baris {line}.",
               "Hapus salah satu baris."),
        "en": ("{email} with the same role and department is already in row {line}.",
               "Delete one of the rows."),
    },
    "other_name": {
        "id": ("{email} di baris {line} bernama \"{name}\".",
               "Satu alamat milik satu orang: samakan namanya atau betulkan alamatnya."),
        "en": ("{email} is called \"{name}\" in row {line}.",
               "An address belongs to one person: make the names alike or correct the address."),
    },
    "unknown_role": {
        "id": ("peran \"{text}\" tidak dikenal.", "Pilih salah satu: {choices}. Satu peran satu baris."),
        "en": ("the role \"{text}\" is not known.", "Choose one of: {choices}. One role a row."),
    },
    "unknown_language": {
        "id": ("bahasa \"{text}\" tidak dikenal.", "Pilih salah satu: {choices}, atau kosongkan."),
        "en": ("the language \"{text}\" is not known.", "Choose one of: {choices}, or leave it blank."),
    },
    "unknown_department": {
        "id": ("departemen \"{text}\" tidak ada di lembar {sheet_name}.",
               "Pilih dari daftar, atau tambahkan dulu di lembar {sheet_name}."),
        "en": ("the department \"{text}\" is not on the sheet {sheet_name}.",
               "Choose from the list, or add it to the sheet {sheet_name} first."),
    },
    "deputy_unknown": {
        "id": ("pengganti {email} tidak ada di lembar ini.", "Tambahkan orangnya, atau betulkan alamatnya."),
        "en": ("the deputy {email} is not on this sheet.", "Add that person, or correct the address."),
    },
    "deputy_self": {
        "id": ("orang ini menjadi pengganti dirinya sendiri.", "Isi alamat orang lain, atau kosongkan."),
        "en": ("this person is named as his own deputy.", "Name somebody else, or leave it blank."),
    },
    "deputy_other": {
        "id": ("pengganti atau tanggalnya berbeda dari baris {line} untuk orang yang sama.",
               "Isi pengganti di satu baris saja."),
        "en": ("the deputy or the dates differ from row {line}, which is the same person.",
               "Fill in the deputy in one row only."),
    },
    "deputy_missing": {
        "id": ("ada tanggal pengganti, tetapi penggantinya belum diisi.",
               "Isi email pengganti, atau hapus tanggalnya."),
        "en": ("there are deputy dates but no deputy.", "Fill in the deputy's address, or clear the dates."),
    },
    "date_missing": {
        "id": ("\"{column}\" belum diisi, padahal tanggal yang lain ada.", "Isi kedua tanggal."),
        "en": ("\"{column}\" is blank although the other date is there.", "Fill in both dates."),
    },
    "bad_date": {
        "id": ("\"{text}\" bukan tanggal.", "Tulis misalnya 24/11/2026."),
        "en": ("\"{text}\" is not a date.", "Write it like 24/11/2026."),
    },
    "dates_reversed": {
        "id": ("tanggal akhir pengganti ({until}) mendahului tanggal mulainya ({begin}).",
               "Tukar atau betulkan."),
        "en": ("the deputy's last day ({until}) is before the first day ({begin}).", "Swap or correct them."),
    },
    "bad_certificate": {
        "id": ("\"{text}\" bukan sidik jari SHA-256.",
               "Tulis 64 angka heksadesimal, dari: openssl x509 -in sertifikat.pem -noout -fingerprint "
               "-sha256; atau kosongkan."),
        "en": ("\"{text}\" is no SHA-256 fingerprint.",
               "Write its 64 hexadecimal digits, from: openssl x509 -in certificate.pem -noout -fingerprint "
               "-sha256; or clear the cell."),
    },
    "certificate_other": {
        "id": ("sertifikatnya berbeda dari baris {line} untuk orang yang sama.",
               "Isi sertifikat di satu baris saja."),
        "en": ("the certificate differs from row {line}, which is the same person.",
               "Fill in the certificate in one row only."),
    },
    "certificate_taken": {
        "id": ("sertifikat ini sudah milik {email} di baris {line}.",
               "Satu sertifikat milik satu orang: betulkan salah satunya."),
        "en": ("this certificate is already that of {email} in row {line}.",
               "A certificate belongs to one person: correct one of them."),
    },
    "department_twice": {
        "id": ("\"{text}\" sudah menjadi nama atau nama lain departemen di baris {line}.",
               "Setiap nama hanya boleh menunjuk satu departemen."),
        "en": ("\"{text}\" is already the name or another name of the department in row {line}.",
               "A name can mean one department only."),
    },
    "head_unknown": {
        "id": ("kepala divisi {email} tidak ada di lembar {sheet_name}.",
               "Tambahkan orangnya di sana, atau betulkan alamatnya."),
        "en": ("the division head {email} is not on the sheet {sheet_name}.",
               "Add that person there, or correct the address."),
    },
    "no_one": {
        "id": ("belum ada seorang pun dengan peran {role}.",
               "Beri satu orang peran itu; tanpa dia pekerjaan terhenti."),
        "en": ("nobody has the role {role}.", "Give it to at least one person; work would stop without."),
    },
}  # fmt: skip
