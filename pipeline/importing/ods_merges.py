"""The merged ranges of an .ods workbook, which calamine does not tell. Reads no value."""

import io
import zipfile
from collections.abc import Mapping
from typing import IO

from lxml import etree

from pipeline.register.opening import safe_parser

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: A content part that unpacks to more is no register.
_MOST = 500_000_000
#: Ranges ((top, left), (bottom, right)) from 0, by the name of the sheet.
Merges = Mapping[str, tuple[tuple[tuple[int, int], tuple[int, int]], ...]]


def read_ods_merges(data: bytes) -> Merges:
    """By sheet; none where the bytes are no .ods workbook, or its parts cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "content.xml" not in archive.namelist() or archive.getinfo("content.xml").file_size > _MOST:
                return {}
            with archive.open("content.xml") as stream:
                return _read(stream)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, ValueError):
        return {}


def _read(stream: IO[bytes]) -> Merges:
    found: dict[str, tuple[tuple[tuple[int, int], tuple[int, int]], ...]] = {}
    for sheet in etree.parse(stream, safe_parser()).getroot().iter(f"{_TABLE}table"):
        merges, row = [], 0
        for line in sheet.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in line:
                if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
                    continue
                down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
                if down > 1 or across > 1:
                    merges.append(((row, column), (row + down - 1, column + across - 1)))
                column += _count(cell, "number-columns-repeated")
            row += _count(line, "number-rows-repeated")
        found[sheet.get(f"{_TABLE}name", "")] = tuple(merges)
    return found


def _count(element: etree._Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1
