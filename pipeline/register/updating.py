"""Brings an existing register up to date: only cells that differ are written, all else stays as it lies."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.model import Language, PipelineError
from pipeline.register.columns import AKSES, COLUMNS, STAFF, Column, Row, canonical, choice_text
from pipeline.register.damage import RegisterDamaged
from pipeline.register.filling import height_for
from pipeline.register.finding import GENERATION, HOUSE
from pipeline.register.names import house_text
from pipeline.register.package.cells import Value
from pipeline.register.package.changes import Growth, NewRow, SheetChanges
from pipeline.register.package.editing import Package, growth_of, open_package
from pipeline.register.package.markup import letters_of
from pipeline.register.package.notes import Notes
from pipeline.register.package.refusal import Refused
from pipeline.register.reading import Survey, survey
from pipeline.register.systems import new_systems
from pipeline.register.values import plain

Staff = Mapping[str, Mapping[str, str]]
#: Whose notes are ours.
AUTHOR = "Akses"
#: What stands in a row, by column number.
Cells = dict[int, Value]


def update_register(
    data: bytes, rows: Sequence[Row], staff: Staff, generation: int, language: Language,
    notes: Staff | None = None, house: str = "",
) -> bytes:  # fmt: skip
    """The same workbook with our cells as `rows` say, staff's cells where `staff` says so, and new rows at
    the end of the table. The order of rows and columns stays. `notes`: by row and column, what stands as a
    note at a cell; notes of ours that are not among them go (None: they stay as they are).
    `house`: the id of the installation; "" leaves what stands there.

    RegisterDamaged when `data` is no register; PipelineError when it cannot be edited without harm.
    """
    there = survey(data)
    try:
        with open_package(data) as package:
            changes = {there.area.part: _changes(package, there, rows, staff, language)}
            changes |= new_systems(data, package, (plain(row.cells.get("system")) for row in rows))
            said = {there.area.part: _places(there, notes)} if notes is not None else {}
            target = io.BytesIO()
            names = {GENERATION: str(generation)} | ({HOUSE: house_text(house)} if house else {})
            package.save(target, changes, names, said)
    except Refused as error:
        if error.reason == "no-room":
            raise RegisterDamaged("no-room") from error
        raise PipelineError(
            f"The register could not be edited: {error}",
            "Nothing was changed. Mend what is named in the workbook, or write the register anew (rebuild).",
        ) from error
    return target.getvalue()


def _places(there: Survey, notes: Staff) -> Notes:
    """Our notes by the cells at which they stand."""
    return Notes(AUTHOR, {
        f"{letters_of(there.area.places[name])}{there.lines[key]}": text
        for key, cells in notes.items() if key in there.lines
        for name, text in cells.items()
    })  # fmt: skip


def _changes(
    package: Package, there: Survey, rows: Sequence[Row], staff: Staff, language: Language
) -> SheetChanges:
    """Cells of rows that are there; new rows fill what the table has left, and then make it longer."""
    cells: dict[int, Cells] = {}
    heights: dict[int, float] = {}
    for row in rows:
        if row.key in there.lines:
            found = dict(_differences(there, row, staff.get(row.key, {}), language))
            if found:
                cells[there.lines[row.key]] = found
    new = [row for row in rows if row.key not in there.lines]
    last = there.area.last_row if there.area.table else max(there.last_used, there.area.header_row + 1)
    appended = []
    for number, row in enumerate(new, start=there.last_used + 1):
        given = staff.get(row.key, {})
        values, height = _filled(there, row, given, language), height_for(row.texts() | dict(given))
        if number <= last:
            cells[number], heights[number] = values, height
        else:
            appended.append(NewRow(values, height))
    return SheetChanges(cells, _growth(package, there, last, appended), heights)


def _growth(package: Package, there: Survey, last: int, appended: Sequence[NewRow]) -> Growth:
    """The register's table, or the plain list that somebody made of it."""
    area = there.area
    if area.table:
        return growth_of(package.table(area.table), appended)
    return Growth(area.header_row, last, area.first_column, area.last_column, appended)


def _differences(
    there: Survey, row: Row, staff: Mapping[str, str], language: Language
) -> Iterator[tuple[int, Value]]:
    """What differs, and nothing else: a cell that says the right thing keeps its form."""
    places, found, texts = there.area.places, there.sheet.rows[row.key], row.texts()
    if row.key in there.unnamed:
        yield places["key"], row.key
    for column in AKSES:
        if found[column.key] != texts[column.key]:
            yield places[column.key], _ours(row.cells.get(column.key))
    for column in STAFF:
        text = canonical(column, staff.get(column.key, found[column.key]))
        if text != found[column.key]:
            yield places[column.key], _staffs(column, text, language)


def _filled(there: Survey, row: Row, staff: Mapping[str, str], language: Language) -> Cells:
    """A new row, both owners' columns and the hidden key."""
    places = there.area.places
    cells: Cells = {places["key"]: row.key}
    for column in COLUMNS:
        text = staff.get(column.key, "")
        ours = column.owner == "akses"
        cells[places[column.key]] = (
            _ours(row.cells.get(column.key)) if ours else _staffs(column, text, language) if text else None
        )
    return cells


def _ours(value: str | int | date | None) -> Value:
    return plain(value) if isinstance(value, str) else value


def _staffs(column: Column, text: str, language: Language) -> Value:
    """A canonical text as staff would have entered it: a choice by its label, a date as a date."""
    if column.kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return choice_text(column.key, text, language)
