"""All rows of an old register, judged one by one and against each other. Records nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from pipeline.approval.conflicts import same_nik
from pipeline.form.people import same_person
from pipeline.importing.endings import settle_rows
from pipeline.importing.fields import IGNORE
from pipeline.importing.headings import named_headings
from pipeline.importing.held import Held
from pipeline.importing.judging import judge_row
from pipeline.importing.lines import is_mark, is_total, lone_text
from pipeline.importing.mapping import MappingError, RegisterMap, SheetMap
from pipeline.importing.meanings import Meanings
from pipeline.importing.row_cells import RowReader
from pipeline.importing.rows import OldAccess, OldRow, Remark
from pipeline.importing.sheets import OldSheet, cell_name, texts_of
from pipeline.model import Directory, System


@dataclass
class OldRegister:
    """What was found: rows with access, rows left out, and lines that are no rows."""

    rows: list[OldRow] = field(default_factory=list)
    #: sheet -> the headings that its rows' cells stand under
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: blank lines, totals, headings repeated or between the rows, by kind
    passed_over: Counter[str] = field(default_factory=Counter)
    #: cells with text that belongs to no row: a footer, a signature
    loose: list[str] = field(default_factory=list)

    def access(self) -> Iterator[OldAccess]:
        """Everything that can be taken over."""
        for row in self.rows:
            yield from row.access if not row.has_errors else ()


@dataclass(frozen=True)
class Reading:
    """Everything needed to judge rows."""

    mapping: RegisterMap
    catalogue: tuple[System, ...]
    directory: Directory
    today: date
    #: is told the number of rows read, every now and then
    progress: Callable[[int], None] = lambda _rows: None


def read_rows(sheets: Sequence[OldSheet], reading: Reading) -> OldRegister:
    """Every row of the sheets that the mapping takes. MappingError where it names what is not there."""
    found, by_name = OldRegister(), {sheet.name: sheet for sheet in sheets}
    people: dict[str, tuple[str, str]] = {}
    meanings = Meanings(reading.mapping, reading.catalogue, reading.directory)
    for part in reading.mapping.sheets:
        if part.take:
            reader = _reader(part, by_name.get(part.name), reading, meanings)
            found.headings[part.name] = tuple(reader.places[place] for place in reader.kept)
            for row in _sheet_rows(by_name[part.name], reader, reading, found):
                found.rows.append(_checked_nik(row, reader, people))
    return found


def leave_out_known(found: OldRegister, held: Held, sha256: str) -> None:
    """Take out what the journal holds already, and what stands further up in the file."""
    settle_rows(found.rows, held, sha256)


def _reader(part: SheetMap, sheet: OldSheet | None, reading: Reading, meanings: Meanings) -> RowReader:
    if sheet is None:
        raise MappingError(f"The register has no sheet {part.name!r}, which the mapping file takes.",
                           "Rename it there, or delete the mapping file to have it anew.")  # fmt: skip
    places = named_headings(sheet, part.first, part.last)
    missing = sorted(set(part.columns) - set(places.values()))
    if missing:
        raise MappingError(
            f"Row {part.first} of sheet {part.name!r} has no heading {', '.join(map(repr, missing))}, "
            "which the mapping file names.", "Mend the mapping file, or delete it to have it anew.",
        )  # fmt: skip
    unnamed = [heading for heading in places.values() if heading not in part.columns]
    if unnamed:
        raise MappingError(
            f"Sheet {part.name!r} has columns that the mapping file does not name: "
            f"{', '.join(map(repr, unnamed))}.",
            f"Say under columns what each is (`{IGNORE}` where it is not needed), or delete the mapping file "
            "to have it anew.",
        )
    reader = RowReader(part, places, reading.mapping, meanings, reading.today)
    if "employee" not in reader.at:
        raise MappingError(f"No column of sheet {part.name!r} is `employee`.",
                           "Say in the mapping file which one holds the name.")  # fmt: skip
    return reader


def _sheet_rows(sheet: OldSheet, reader: RowReader, reading: Reading, found: OldRegister) -> Iterator[OldRow]:
    for number, values in sheet.rows():
        if number <= reader.sheet.last:
            continue
        if number % 500 == 0:
            reading.progress(500)
        texts = texts_of(values)
        kind = _kind(texts, reader)
        alone = None if kind else lone_text(texts, reader.used)
        if alone:
            kind = _begin_section(cell_name(sheet.name, number, alone[0]), alone[1], reader, found, sheet)
        if kind:
            found.passed_over[kind] += 1
            continue
        yield judge_row(reader, number, values, texts)


def _begin_section(cell: str, text: str, reader: RowReader, found: OldRegister, sheet: OldSheet) -> str:
    """What a line with one text alone is. Where others like it are departments, an unknown one is too."""
    section = reader.section_of(text)
    if section:
        reader.begin_section(section, cell, text)
        return "heading between rows"
    if section is None and _has_sections(sheet, reader):
        reader.begin_section({}, cell, text)
    found.loose.append(f"{cell}: {text[:80]}")
    return "text outside the table"


def _has_sections(sheet: OldSheet, reader: RowReader) -> bool:
    """Do lines between the rows of this sheet name departments or systems?"""
    if reader.banded is None:
        lines = (
            lone_text(texts_of(values), reader.used)
            for _, values in islice(sheet.rows(), reader.sheet.last, None)
        )
        reader.banded = any(reader.section_of(line[1]) for line in lines if line)
    return reader.banded


def _kind(texts: Sequence[str], reader: RowReader) -> str:
    """What a line is that is no row; "" for a row."""
    used = [texts[place - 1] for place in reader.used if place <= len(texts)]
    if not any(used) and all(is_mark(text) for text in texts):
        # A number in the first column, prepared for a row that never came.
        return "blank row"
    if is_total(texts, reader.at["employee"]):
        return "total"
    same = sum(
        bool(text := "".join(texts[place - 1 : place])) and text.casefold() == reader.places[place].casefold()
        for place in reader.used
    )
    return "headings repeated" if same >= 2 else ""


def _checked_nik(row: OldRow, reader: RowReader, people: dict[str, tuple[str, str]]) -> OldRow:
    """One NIK is one person's: a row that gives it to another is not taken over."""
    for access in row.access[:1]:
        nik, name = same_nik(access.employee.employee_id), access.employee.name
        first, where = people.setdefault(nik, (name, f"row {row.row} of {row.sheet}")) if nik else (name, "")
        if first != name and not same_person(first, name):
            text = f"NIK {access.employee.employee_id} is {first}'s ({where}), and here {name}'s"
            cell = cell_name(row.sheet, row.row, reader.at["employee_id"])
            return replace(row, remarks=(*row.remarks, Remark(cell, "nik", "error", text)))
    return row
