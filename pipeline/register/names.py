"""The names a register's workbook carries: generation, owner, and print titles as LibreOffice needs them."""

import re
from typing import Any, cast

from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.register.finding import GENERATION, HOUSE

_TITLES = "_xlnm.Print_Titles"
_SIMPLE = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def set_generation(book: Workbook, generation: int) -> None:
    """The number of this writing: a defined name, because Excel and LibreOffice both keep it."""
    book.defined_names[GENERATION] = DefinedName(GENERATION, attr_text=str(generation), hidden=True)


def set_house(book: Workbook, house: str) -> None:
    """Whose register it is; nothing where `house` is ""."""
    if house:
        book.defined_names[HOUSE] = DefinedName(HOUSE, attr_text=house_text(house), hidden=True)


def house_text(house: str) -> str:
    """An installation's id as a name holds it: a text, which no program takes for a number or a cell."""
    return f'"{house}"'


def repeat_on_pages(sheet: Worksheet, rows: str, columns: str) -> None:
    """Rows and columns that every printed page repeats ("3:4", "A:C").

    openpyxl names the rows first and quotes the sheet; LibreOffice 7.4 names the columns first, takes the two
    for different names and writes both, and Excel then offers to repair the file.
    """
    title = sheet.title if _SIMPLE.fullmatch(sheet.title) else quote_sheetname(sheet.title)
    parts = [part.split(":") for part in (columns, rows)]
    text = ",".join(f"{title}!${first}:${last}" for first, last in parts)
    sheet.defined_names[_TITLES] = DefinedName(_TITLES, attr_text=text)
    # Setting the public properties to None changes nothing in openpyxl 3.1, and both names would be written.
    inner = cast(Any, sheet)
    inner._print_rows = inner._print_cols = None
