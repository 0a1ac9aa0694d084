"""The sheets of an old register, row by row: xlsx, xlsm, xlsb, xls, ods and csv. Judges nothing in them."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipeline.celltext import cell_text
from pipeline.form.words import clean
from pipeline.importing.ods_merges import read_ods_merges
from pipeline.model import PipelineError

#: What a cell can hold once it was read.
Value = str | float | bool | date
#: More is no register, but a stray cell at the far end of a sheet.
_MOST_PLACES = 30_000_000
_TEXTS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True)
class OldSheet:
    """One sheet. Its rows are made anew each time they are asked for, so that a long one costs little."""

    name: str
    visible: bool
    source: "CalamineSheet | tuple[list[str], ...]"
    #: (row, column) -> the place of the merged range's first cell, all counted from 1; its own left out
    merged: Mapping[tuple[int, int], tuple[int, int]]

    @property
    def length(self) -> int:
        """How many rows it has, empty ones included."""
        if isinstance(self.source, tuple):
            return len(self.source)
        return 0 if self.source.end is None else int(self.source.end[0]) + 1

    def rows(self) -> Iterator[tuple[int, list[Value]]]:
        """(row number from 1, values from column A on). A merged range has its value in its first column in
        every row: what stands for several rows stands in each."""
        held: dict[tuple[int, int], Value] = {}
        firsts = set(self.merged.values())
        by_row: dict[int, list[int]] = {}
        for row, column in self.merged:
            by_row.setdefault(row, []).append(column)
        starts: dict[int, list[int]] = {}
        for row, column in firsts:
            starts.setdefault(row, []).append(column)
        for number, values in enumerate(self._plain(), start=1):
            for column in starts.get(number, ()):
                held[number, column] = values[column - 1] if column <= len(values) else ""
            for column in by_row.get(number, ()):
                first = self.merged[number, column]
                if column == first[1] and column <= len(values) and values[column - 1] == "":
                    values[column - 1] = held.get(first, "")
            yield number, values

    def heading_rows(self, most: int) -> list[list[Value]]:
        """The first rows, with a merged range's value in each of its columns: a heading over several."""
        rows: list[list[Value]] = []
        for number, values in self.rows():
            if number > most:
                break
            rows.append(list(values))
        for (row, column), (first_row, first_column) in self.merged.items():
            if row <= len(rows) and row == first_row and column <= len(rows[row - 1]):
                rows[row - 1][column - 1] = rows[first_row - 1][first_column - 1]
        return rows

    def _plain(self) -> Iterator[list[Value]]:
        if isinstance(self.source, tuple):
            for texts in self.source:
                yield [_value(text) for text in texts]
            return
        before: list[Value] = [""] * (int(self.source.start[1]) if self.source.start else 0)
        for line in self.source.iter_rows():
            yield [*before, *map(_value, line)]


def open_old(data: bytes, name: str) -> tuple[OldSheet, ...]:
    """The sheets of a workbook's or CSV file's bytes that hold anything. PipelineError: it cannot be read."""
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return (OldSheet("CSV", True, _csv(data, name), {}),)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        spans = read_ods_merges(data) if name.lower().endswith(".ods") else {}
        sheets = [
            _sheet(
                book.get_sheet_by_name(meta.name),
                meta.visible == SheetVisibleEnum.Visible,
                spans.get(meta.name, ()),
            )
            for meta in book.sheets_metadata
            if str(meta.typ) == "SheetTypeEnum.WorkSheet"
        ]
    except PasswordError as error:
        raise PipelineError(
            f"{name} has a password.", "Save a copy without it, and import the copy."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise PipelineError(
            f"{name} cannot be read ({error}).", "Open it in Excel, save it as .xlsx, and import that."
        ) from error
    return tuple(sheet for sheet in sheets if sheet.length)


def _sheet(
    sheet: CalamineSheet, visible: bool, spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
) -> OldSheet:
    if sheet.total_height * sheet.total_width > _MOST_PLACES:
        raise PipelineError(
            f"Sheet {sheet.name} claims {sheet.total_height:,} rows and {sheet.total_width:,} columns.",
            "Delete the empty rows and columns behind the register (Ctrl+End shows the last cell), and save.",
        )
    merged = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or spans:
        for row in range(top, min(bottom, top + 10_000) + 1):
            for column in range(left, min(right, left + 100) + 1):
                if (row, column) != (top, left):
                    merged[row + 1, column + 1] = (top + 1, left + 1)
    return OldSheet(sheet.name, visible, sheet, merged)


def _csv(data: bytes, name: str) -> tuple[list[str], ...]:
    for encoding in _TEXTS:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise PipelineError(f"{name} is no text that can be read.", "Save it as CSV UTF-8.")
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000], ";,\t|")
    except csv.Error:
        dialect = csv.excel
    return tuple(csv.reader(io.StringIO(text, newline=""), dialect))


def _value(value: object) -> Value:
    """A cell as it can be judged: whole text, a number, yes or no, or a day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (date, bool)):
        return value
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def cell_name(sheet: str, row: int, column: int) -> str:
    """ "Sheet1!D14", row and column counted from 1."""
    return f"{sheet}!{get_column_letter(column)}{row}"


def texts_of(values: Sequence[Value]) -> list[str]:
    """All cells of a row as people see them."""
    return [shown(value) if value != "" else "" for value in values]


def shown(value: Value) -> str:
    """A cell as people see it, on one line: "7" for 7.0, "24/11/2026" for a day."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if value.isascii() and value.isprintable() and "  " not in value and len(value) < 1_000:
        return value.strip()
    return cell_text(clean(value))
