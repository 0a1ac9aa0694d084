"""What Akses says of a file that it did not read, in Indonesian and English, and how to mend it."""

from pipeline.model import Language, Problem

_SAVE = ("Mohon buka formulirnya, pilih Simpan Sebagai (Save As), jenis .xlsx, lalu kirim kembali.",
         "Please open the form, choose Save As, type .xlsx, and send it again.")  # fmt: skip
_LOOK = ("Mohon periksa nama dan izin berkasnya.", "Please check its name and its permissions.")
_LESS = (
    "Mohon sisakan formulirnya saja di berkas itu, hapus data dan gambar lain, lalu kirim kembali.",
    "Please leave only the form in the file, remove other data and pictures, and send it again.",
)
_TOO_MUCH = frozenset({"too_large", "too_many_parts", "too_many_cells", "too_slow", "reader_died"})
#: reason -> (Indonesian, English) without the mend. {what} is what the file really is.
FILE_REASONS: dict[str, tuple[str, str]] = {
    "not_found": ("Berkas tidak dapat dibuka: {what}.", "The file cannot be opened: {what}."),
    "empty": ("Berkas ini kosong.", "This file is empty."),
    "not_workbook": ("Berkas ini {what}, bukan buku kerja Excel.",
    "This file is {what}, not an Excel workbook."),
    "xlsb": ("Berkas ini berformat xlsb, yang tidak kami baca.",
    "This file is an xlsb workbook, which we do not read."),
    "encrypted": (
        "Berkas ini dilindungi kata sandi, sehingga tidak dapat kami buka. Mohon hapus kata sandinya.",
        "This file is protected with a password, so we cannot open it. Please remove the password.",
    ),
    "damaged": ("Berkas ini rusak atau terpotong.", "This file is damaged or cut off."),
    "too_large": ("Isi berkas ini terlalu besar untuk sebuah formulir.",
    "This file's content is too large for a form."),
    "too_many_parts": (
        "Berkas ini terdiri atas terlalu banyak bagian untuk sebuah formulir.",
        "This file has too many parts for a form.",
    ),
    "too_many_cells": ("Berkas ini berisi terlalu banyak sel untuk sebuah formulir.",
    "This file has too many cells for a form."),
    "hostile": (
        "Berkas ini berisi bagian yang tidak semestinya ada di buku kerja Excel, sehingga kami tolak.",
        "This file holds parts that have no place in an Excel workbook, so we refuse it.",
    ),
    "no_sheet": ("Berkas ini tidak berisi lembar kerja.", "This file holds no worksheet."),
    "too_slow": (
        "Berkas ini terlalu rumit untuk dibaca dalam batas waktu.",
        "This file is too complex to be read within the time limit.",
    ),
    "reader_died": (
        "Berkas ini tidak dapat dibaca: pembacaannya melampaui batas memori.",
        "This file cannot be read: reading it takes more memory than is allowed.",
    ),
}  # fmt: skip


def file_problem(reason: str, what: str, language: Language) -> Problem:
    """The one problem of a file that was not read."""
    said = FILE_REASONS[reason][language == "en"].format(what=what)
    # Saving anew mends no file that is not there, and none that holds too much.
    mend = _LOOK if reason == "not_found" else _LESS if reason in _TOO_MUCH else _SAVE
    return Problem("file", "file", "", "error", f"{said} {mend[language == 'en']}")
