"""Keeps the Excel table right when rows are appended, with staff's own columns. Writes no value of ours."""

from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.register.filling import take_style
from pipeline.register.finding import Area


def settle_table(sheet: Worksheet, area: Area, last: int) -> None:
    """Let the table reach to row `last` (a totals row stays below it), its columns named as the header is."""
    table: Table = sheet.tables[area.table]
    first, end = get_column_letter(area.first_column), get_column_letter(area.last_column)
    totals = table.totalsRowCount or 0
    table.ref = f"{first}{area.header_row}:{end}{last + totals}"
    if table.autoFilter is not None:
        table.autoFilter.ref = f"{first}{area.header_row}:{end}{last}"
    _name_columns(sheet, area, table)


def _name_columns(sheet: Worksheet, area: Area, table: Table) -> None:
    """Excel offers to repair a file whose table names its columns otherwise than its header."""
    heads: list[str] = []
    for place in range(area.first_column, area.last_column + 1):
        cell = cast(Cell, sheet.cell(area.header_row, place))
        text = str(cell.value) if cell.value is not None else ""
        name, number = text or f"Kolom{place}", 2
        while name.casefold() in {head.casefold() for head in heads}:
            name, number = f"{text or 'Kolom'}{number}", number + 1
        if name != text:
            cell.value = name
            cell.data_type = "s"
        heads.append(name)
    columns = table.tableColumns
    if len(columns) != len(heads):
        table.tableColumns = [TableColumn(id=number, name=name) for number, name in enumerate(heads, start=1)]
        return
    for column, name in zip(columns, heads, strict=True):
        if column.name.replace("_x000a_", "\n").replace("_x000A_", "\n") != name:
            column.name = name


def copy_extras(sheet: Worksheet, area: Area, number: int) -> None:
    """A new row's cells in staff's own columns look like those above; a formula there goes on."""
    above = number - 1
    if above <= area.header_row:
        return
    for place in range(area.first_column, area.last_column + 1):
        if place in area.places.values():
            continue
        old, new = cast(Cell, sheet.cell(above, place)), cast(Cell, sheet.cell(number, place))
        take_style(new, old)
        if old.data_type == "f" and isinstance(old.value, str):
            new.value = Translator(old.value, old.coordinate).translate_formula(new.coordinate)
