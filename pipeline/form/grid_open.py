"""Opens a file of any kind: tells what it really is, and reads it into the grid when it is a workbook."""

import re

from pipeline.form.grid import Book, CannotReadError
from pipeline.form.grid_ods import read_ods
from pipeline.form.grid_package import Package, open_package
from pipeline.form.grid_xls import read_xls
from pipeline.form.grid_xlsx import read_xlsx

#: First bytes -> what such a file is, as the sender reads it: (Indonesian and English need no other word).
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"),
    (b"{\\rtf", "RTF"), (b"\x1f\x8b", "GZIP"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7-Zip"), (b"MZ", "EXE"),
    (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"RIFF", "RIFF"), (b"%!PS", "PostScript"),
    (b"SQLite", "SQLite"),
)  # fmt: skip
#: What text files begin with, in this order.
_TEXTS = (
    (r"^(?:<!doctype html|<html|<head|<table|<body|<meta)", "HTML"), (r"^<", "XML"), (r"^id;p", "SYLK"),
    (r"^[^\0]*[,;\t][^\0]*$", "CSV / teks"), (r"^[^\0]*$", "teks"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def open_book(data: bytes) -> Book:
    """The grid of a workbook's bytes. CannotReadError with the reason and what the file is otherwise.

    The name is not asked: a PDF called form.xlsx is a PDF, an xlsx called form.xls is an xlsx.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise CannotReadError("empty")
    if data.startswith(b"PK"):
        return _open_zip(open_package(data))
    if data.startswith(_OLE):
        return read_xls(data)
    # A self-extracting or mailed zip may have something before it; Excel does not mind either.
    raise CannotReadError("not_workbook", what_is(data))


def _open_zip(package: Package) -> Book:
    if package.has("mimetype") and package.read("mimetype", 200).strip().startswith(_ODS):
        return read_ods(package)
    if package.has("xl/workbook.bin"):
        raise CannotReadError("xlsb")
    for part, what in (
        ("word/document.xml", "Word (docx)"), ("ppt/presentation.xml", "PowerPoint (pptx)"),
        ("index/document.iwa", "Apple Numbers"), ("mimetype", "OpenDocument"),
        ("meta-inf/manifest.mf", "JAR"),
    ):  # fmt: skip
        if package.has(part):
            raise CannotReadError("not_workbook", what)
    if not package.has("[Content_Types].xml") and not package.has("xl/workbook.xml"):
        raise CannotReadError("not_workbook", "ZIP")
    return read_xlsx(package)


def what_is(data: bytes) -> str:
    """What a file is by its first bytes, for the sender to read."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if data[4:8] == b"ftyp":
        return "HEIC/MP4"
    start = data[:4096].decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1", "replace")
    start = start.lstrip("\ufeffï»¿ \r\n\t").casefold()
    for pattern, what in _TEXTS:
        if re.search(pattern, start):
            return what
    return "berkas lain"
