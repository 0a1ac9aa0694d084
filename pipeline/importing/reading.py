"""All rows of an old register, judged one by one and against each other. Records nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.approval.conflicts import same_nik
from pipeline.form.people import department_named, same_person
from pipeline.form.systems import find_system, is_guessed
from pipeline.form.words import key
from pipeline.importing.headings import named_headings
from pipeline.importing.held import Held
from pipeline.importing.judging import RowReader
from pipeline.importing.mapping import MappingError, RegisterMap, SheetMap
from pipeline.importing.meanings import Meanings
from pipeline.importing.rows import OldAccess, OldRow, Remark
from pipeline.importing.sheets import OldSheet, cell_name, texts_of
from pipeline.model import Directory, System

_TOTALS = frozenset({"total", "jumlah", "grand total", "sub total", "subtotal", "total akses", "total user"})


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
    for place, row in enumerate(found.rows):
        if not row.access:
            continue
        before = held.imported(sha256, row.sheet, row.row)
        if before:
            found.rows[place] = replace(row, access=(), left_out=f"imported before ({before})")
            continue
        if row.has_errors:
            continue
        kept, remarks = [], list(row.remarks)
        for access in row.access:
            where = held.find(access)
            if where:
                text = f"{access.employee.name}, {access.system.label_en} {access.level}".strip()
                remarks.append(Remark(access.cell, "duplicate", "note", f"{text}: known from {where}"))
            else:
                held.add(access)
                kept.append(access)
        left_out = "" if kept else "duplicate"
        found.rows[place] = replace(row, access=tuple(kept), remarks=tuple(remarks), left_out=left_out)


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
        if kind:
            found.passed_over[kind] += 1
            continue
        alone = _alone(texts, reader)
        if alone:
            section = _section(alone[1], reading)
            reader.section.update(section)
            found.passed_over["heading between rows" if section else "text outside the table"] += 1
            if not section:
                found.loose.append(f"{cell_name(sheet.name, number, alone[0])}: {alone[1][:80]}")
            continue
        yield reader.read(number, values, texts)


def _kind(texts: Sequence[str], reader: RowReader) -> str:
    """What a line is that is no row; "" for a row."""
    used = [texts[place - 1] for place in reader.used if place <= len(texts)]
    if not any(used):
        # A number in the first column, prepared for a row that never came.
        return "blank row" if all(len(text) <= 6 for text in texts) else ""
    if is_total(texts, reader.at["employee"]):
        return "total"
    same = sum(
        bool(text := "".join(texts[place - 1 : place])) and text.casefold() == reader.places[place].casefold()
        for place in reader.used
    )
    return "headings repeated" if same >= 2 else ""


def is_total(texts: Sequence[str], place: int) -> bool:
    """Is this a line that sums up others? `place`: where a name would stand."""
    total = any(len(text) <= 12 and key(text) in _TOTALS for text in texts)
    return total and not any(text and key(text) not in _TOTALS for text in texts[place - 1 : place])


def _alone(texts: Sequence[str], reader: RowReader) -> tuple[int, str] | None:
    """The only text in a line (or the same one all over it): a heading between the rows, or a footer."""
    if len(reader.used) < 2:
        return None
    filled = {text: place for place, text in reversed(list(enumerate(texts, start=1))) if text}
    text, place = next(iter(filled.items()))
    return (place, text) if len(filled) == 1 and not text.isdigit() else None


def _section(text: str, reading: Reading) -> dict[str, str]:
    """What a heading between the rows says of those below it."""
    name = text.partition(":")[2].strip() or text
    system = find_system(name, reading.catalogue)
    if system is not None and not is_guessed(name, reading.catalogue):
        return {"system": system.label_id}
    words = key(text).split()
    if words and words[0] in {"departemen", "departement", "department", "dept", "divisi", "bagian", "unit"}:
        name = name if ":" in text else text.split(None, 1)[1] if len(words) > 1 else text
        return {"department": name}
    return {"department": name} if department_named(name, reading.directory) else {}


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
