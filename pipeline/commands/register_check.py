"""Is the register what the journal says? Tells a change by somebody from a writing that is still to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.closed_years import strayed_years
from pipeline.journal import Entry
from pipeline.owning import kept_id
from pipeline.projecting import row_key, rows_of
from pipeline.register.bases import unpack_base
from pipeline.register.columns import STAFF, Row, Sheet, column_label
from pipeline.register.standing import read_own
from pipeline.settings import Config
from pipeline.turn import all_cases
from pipeline.yearly import shown

Cells = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Finding:
    """What a check found. Not `wrong`: worth knowing, and in order."""

    text: str
    wrong: bool = True


def check_register(config: Config, entry: Entry) -> list[Finding]:
    """Every item stands in the register, our cells as the journal has them, staff's as they were read.

    And the registers of closed years are what they were.
    """
    return [*_closed(config, entry), *_check_present(config, entry)]


def _closed(config: Config, entry: Entry) -> Iterator[Finding]:
    for one in strayed_years(config, entry):
        what = "is missing" if one.found is None else "was changed after it was closed"
        yield Finding(f"the register of a closed year, {one.path.name}, {what}; `run.py rebuild` restores it")
        for text in one.typed:
            yield Finding(f"{one.path.name}: {text} was typed after the closing, and does not count")


def _check_present(config: Config, entry: Entry) -> list[Finding]:
    cases = all_cases(entry)
    keys = shown(entry, config, cases)
    rows = rows_of(cases, config.company.language, config.company.zone)
    rows = tuple(row for row in rows if keys is None or row.key in keys)
    path = config.files.register_workbook
    if not path.exists():
        missing = f"the register {path.name} is missing; the next poll or `run.py rebuild` writes it"
        return [Finding(missing, wrong=entry.last_generation() > 0)] if rows else []
    sheet = read_own(path.read_bytes(), kept_id(entry))
    written = _written(entry, sheet)
    found = [*_missing(rows, sheet, written), *_changed(rows, sheet, written, config)]
    known = {row.key for row in rows}
    found += [
        Finding(f"register: row {key} stands there, but not in the journal")
        for key in sheet.rows
        if key not in known
    ]
    staff = {row_key(case, item): item.staff for case in cases for item in case.items}
    return found + list(_unread(sheet, staff))


def _written(entry: Entry, sheet: Sheet) -> tuple[Cells, ...]:
    """What we wrote last, and what we wrote into the copy that stands there now."""
    bases = (entry.base(number) for number in {entry.last_generation(), sheet.generation})
    return tuple(unpack_base(base[1]) for base in bases if base is not None)


def _missing(rows: tuple[Row, ...], sheet: Sheet, written: tuple[Cells, ...]) -> Iterator[Finding]:
    for row in rows:
        if row.key not in sheet.rows:
            was_there = any(row.key in cells for cells in written)
            yield Finding(f"register: row {row.key} {'is missing' if was_there else 'is not written yet'}",
                          wrong=was_there)  # fmt: skip


def _changed(
    rows: tuple[Row, ...], sheet: Sheet, written: tuple[Cells, ...], config: Config
) -> Iterator[Finding]:
    """Our cells that differ; those that are as we once wrote them only wait for the next writing."""
    for row in rows:
        stands = sheet.rows.get(row.key)
        for name, text in row.texts().items() if stands is not None else ():
            there = (stands or {}).get(name, "")
            if there == text:
                continue
            label = column_label(name, config.company.language)
            old = any(cells.get(row.key, {}).get(name) == there for cells in written)
            yield Finding(
                f"register: {row.key} {label!r} is {there!r}, the journal says {text!r}"
                + (" (the next poll writes it)" if old else ""),
                wrong=not old,
            )


def _unread(sheet: Sheet, staff: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """What staff have typed since the last poll, or what was refused and is left as typed."""
    for key, cells in sheet.rows.items():
        for column in STAFF:
            there, known = cells.get(column.key, ""), staff.get(key, {}).get(column.key, "")
            if key in staff and there != known:
                what = f"register: {key} {column.label_en!r} is {there!r}, taken over so far is {known!r}"
                yield Finding(what, wrong=False)
