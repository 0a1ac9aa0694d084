"""What people did to the register, taken into the journal, and what it shall hold then. Writes no file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.approval.items import was_granted
from pipeline.desks.completing import complete_if_done
from pipeline.journal import Entry
from pipeline.model import Case, Directory, Edit
from pipeline.noticing import tell_news, tell_taken_back
from pipeline.office import Office
from pipeline.projecting import row_key, rows_of, split_key
from pipeline.register.bases import laid_over, pack_since, unpack_base, unpack_since
from pipeline.register.columns import Row, Sheet
from pipeline.register.judging import DONE
from pipeline.register.sync import Merge, agreed_cells, differs, merge
from pipeline.turn import Turn, all_cases
from pipeline.yearly import remember_shown, shown

#: What staff have written, by row and column.
Staff = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Found:
    """The register as it was found: its bytes, what stands in it, and what we last wrote there."""

    data: bytes
    sheet: Sheet
    base: Staff


@dataclass(frozen=True)
class Plan:
    """What the register shall hold: our rows, staff's cells (refused ones as typed), and what is agreed."""

    rows: tuple[Row, ...]
    staff: Staff
    agreed: Staff
    generation: int
    needed: bool = True
    #: why an entry could not be recorded, by row and column: it stands as a note at its cell
    notes: Staff = field(default_factory=dict)


def found_in(office: Office, data: bytes, sheet: Sheet) -> Found:
    """With the base of its generation, and what was already read out of this very file since."""
    with office.journal.entry() as entry:
        base = entry.base(sheet.generation)
        since = unpack_since(entry.value("register_since"), sheet.generation)
    return Found(data, sheet, laid_over(unpack_base(base[1]), since) if base else {})


def settle(office: Office, directory: Directory, found: Found | None, late: bool = False) -> Plan:
    """One transaction: staff's edits become events, and what the register shall hold is known.

    `late`: a version that was displaced and no longer stands there; nothing in it can be put right.
    """
    with office.journal.entry() as entry:
        turn = Turn(office, entry, office.clock(), directory)
        cases, last = all_cases(entry), entry.last_generation()
        rows, staff = _wanted(entry, office, cases, late)
        if found is None:
            return Plan(rows, staff, agreed_cells(rows, staff), last + 1)
        merged = _merge(office, found, cases, rows, staff)
        back = _taken_back(merged.edits, cases)
        cases = _take_over(turn, merged.edits, cases, found.sheet)
        rows, staff = _wanted(entry, office, cases, late)
        tell_taken_back(turn, back, found.sheet)
        since = unpack_since(entry.value("register_since"), found.sheet.generation)
        if not late:
            tell_news(turn, merged, found.sheet)
            since = laid_over(since, _by_row(merged.edits))
            entry.keep_value("register_since", pack_since(found.sheet.generation, since) if since else "")
        turn.close()
        notes = {} if late else _notes(merged)
        noted = entry.value("register_notes") == mark_of(notes)
    cells = laid_over(staff, merged.staff)
    # What was agreed since is sealed under a new generation, so that an older copy saved later is told apart.
    needed = bool(since) or not noted or found.sheet.generation != last or bool(found.sheet.rekeyed)
    needed = needed or differs(found.sheet, rows, cells)
    generation = max(last, found.sheet.generation) + 1
    return Plan(rows, cells, agreed_cells(rows, staff), generation, needed, notes)


def _notes(merged: Merge) -> Staff:
    """The reason at each cell that stays as it was typed, and is not recorded."""
    notes: dict[str, dict[str, str]] = {}
    for edit, why in merged.refused:
        if merged.staff.get(edit.key, {}).get(edit.column) == edit.new:
            notes.setdefault(edit.key, {})[edit.column] = why
    return notes


def mark_of(notes: Staff) -> str:
    """Tells whether notes are those that were written last; "" for none."""
    text = json.dumps({key: dict(cells) for key, cells in notes.items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest() if notes else ""


def _wanted(entry: Entry, office: Office, cases: Sequence[Case], late: bool) -> tuple[tuple[Row, ...], Staff]:
    """Our rows and staff's cells. A late version may be of a year that is over: it is read with all rows."""
    company, keys = office.config.company, None if late else shown(entry, office.config, cases)
    remember_shown(entry, keys)
    staff = {row_key(case, item): item.staff for case in cases for item in case.items if item.staff}
    rows = rows_of(cases, company.language, company.zone)
    return tuple(row for row in rows if keys is None or row.key in keys), staff


def _merge(office: Office, found: Found, cases: Sequence[Case], rows: Sequence[Row], staff: Staff) -> Merge:
    granted = {row_key(case, item) for case in cases for item in case.items if was_granted(item)}
    # What was imported is there, whatever its work status says (`imported_status`).
    there = {row_key(case, item) for case in cases for item in case.items if item.origin is not None}
    language = office.config.company.language
    return merge(
        found.base,
        found.sheet,
        rows,
        staff,
        granted.__contains__,
        office.today(),
        language,
        there.__contains__,
    )


def _taken_back(edits: Sequence[Edit], cases: Sequence[Case]) -> list[Edit]:
    """Work that was done, and is not any more, in requests of which the requester was told."""
    told = {
        row_key(case, item) for case in cases if case.state == "completed"
        for item in case.items if item.origin is None
    }  # fmt: skip
    return [one for one in edits if one.column == "status" and one.old == DONE and one.key in told]


def _by_row(edits: Sequence[Edit]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for edit in edits:
        rows.setdefault(edit.key, {})[edit.column] = edit.new
    return rows


def _take_over(turn: Turn, edits: Sequence[Edit], cases: tuple[Case, ...], sheet: Sheet) -> tuple[Case, ...]:
    """Record staff's edits, with who saved the file as far as it says; complete what is done now.

    Returns the cases as they are then.
    """
    saved = {"saved_by": sheet.saved_by, "saved_at": sheet.saved_at}
    by_ref: dict[str, list[Edit]] = {}
    for edit in edits:
        by_ref.setdefault(split_key(edit.key)[0], []).append(edit)
    for ref, own in by_ref.items():
        for number, edit in enumerate(own, start=1):
            data = {
                "item": split_key(edit.key)[1], "column": edit.column, "old": edit.old, "new": edit.new,
                **{name: text for name, text in saved.items() if text},
            }  # fmt: skip
            if number < len(own):
                # `record` folds the whole request anew: for a form with 450 items once, not 1,800 times.
                turn.entry.add_event("staff_wrote", ref, "register", data, turn.now)
            else:
                turn.record("staff_wrote", ref, "register", data)
        complete_if_done(turn, ref)
    return tuple((turn.case(case.ref) or case) if case.ref in by_ref else case for case in cases)
