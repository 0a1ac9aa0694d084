"""Outside text made safe for a workbook cell: it never becomes a formula nor makes the file unreadable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The process that reads forms writes no cells, and openpyxl would be half of its memory at every fork.
    from openpyxl.cell.cell import Cell

#: The most characters Excel keeps in one cell.
CELL_LIMIT = 32_767

#: Everything XML 1.0 (section 2.2) does not allow. openpyxl writes U+FFFE and lone surrogates without
#: complaint and can never open that file again.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: What Excel, LibreOffice or a spreadsheet that reads our CSV export may take for the start of a formula,
#: with the full-width forms that East Asian input methods type and some programs fold.
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def cell_text(value: str) -> str:
    """The same text with only the characters that XML 1.0 allows, cut to what one cell can hold.

    A forbidden character becomes U+FFFD, so that the reader sees that something stood there.
    """
    return _cut(_NOT_XML.sub("\ufffd", value))


def looks_like_formula(value: str) -> bool:
    """Whether a spreadsheet could take this text for a formula."""
    return value.startswith(_FORMULA_STARTS)


def put_text(cell: Cell, value: str) -> None:
    """Write text into an openpyxl cell, always as a string; text that looks like a formula is quote-prefixed.

    Set the cell's style before: assigning a named style later would take the quote prefix away.
    """
    text = cell_text(value)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = looks_like_formula(text)


def _cut(text: str) -> str:
    """Excel counts UTF-16 units: one outside the basic plane counts twice and is never halved."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    units = text.encode("utf-16-le", "replace")[: 2 * CELL_LIMIT]
    return units.decode("utf-16-le", "ignore")
