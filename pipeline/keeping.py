"""Keeping the register (SOP 5.5): what staff wrote becomes events, what was decided becomes rows."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pipeline.approval.items import was_granted
from pipeline.desks.completing import complete_if_done
from pipeline.host import write_durably
from pipeline.journal import Entry, read_stamp, stamp
from pipeline.model import Case, Directory, Edit, PipelineError
from pipeline.office import Office
from pipeline.projecting import row_key, rows_of, split_key
from pipeline.register.columns import Row, Sheet
from pipeline.register.swap import lock_on, swap_in, sweep
from pipeline.register.sync import Merge, merge
from pipeline.register.workbook import (
    RegisterDamaged,
    check_written,
    new_register,
    read_register,
    update_register,
)
from pipeline.turn import Turn, all_cases

log = logging.getLogger("akses")

#: Somebody may save while we write; each time that happens the merge is done again.
_TRIES = 5
#: Cells of older generations are kept for copies that were opened long ago and are saved late.
_BASES = 200
#: What staff have written, by row and column.
Staff = Mapping[str, Mapping[str, str]]


def keep_register(office: Office, directory: Directory) -> str:
    """Bring register and journal together; "" when nothing changed, else in a word what was done."""
    path = office.config.files.register_workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    with office.journal.entry() as entry:
        before = _fingerprint(path, entry)
        if entry.value("register_seen") == before:
            return ""
    sweep(path)
    word = _passes(office, directory, path)
    with office.journal.entry() as entry:
        if word != "locked":
            entry.keep_value("register_locked_since", "")
        # Only what stood there before we read counts as seen: a save in between is read in the next round.
        if word == "same":
            entry.keep_value("register_seen", before)
    return "" if word == "same" else word


def rebuild_register(office: Office, directory: Directory) -> str:
    """Set the present register aside and write it anew from the journal, staff's cells included."""
    path = office.config.files.register_workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    holder = lock_on(path)
    if holder:
        raise PipelineError(f"The register is open at {holder}.", "Close it there and call rebuild again.")
    if path.exists():
        _set_aside(office, path)
    return _passes(office, directory, path)


def _passes(office: Office, directory: Directory, path: Path) -> str:
    for _ in range(_TRIES):
        word = _one_pass(office, directory, path)
        if word != "again":
            return word
    log.warning("the register was saved by others again and again; the next round goes on")
    return "busy"


@dataclass(frozen=True)
class _Found:
    """The register as it was found: its bytes, what stands in it, and what we last wrote there."""

    data: bytes
    sheet: Sheet
    base: Staff


def _one_pass(office: Office, directory: Directory, path: Path) -> str:
    found = _read(office, directory, path)
    with office.journal.entry() as entry:
        turn = Turn(office, entry, office.clock(), directory)
        cases = all_cases(entry)
        rows, staff = _wanted(office, cases)
        merged = None
        if found is not None:
            merged = _merge(office, found, cases, rows, staff)
            _take_over(turn, merged)
            rows, staff = _wanted(office, all_cases(entry))
            staff = {**staff, **merged.staff}
        turn.close()
        generation = entry.last_generation() + 1
    if found is not None and merged is not None and not _differs(found.sheet, rows, merged):
        return "read" if merged.edits else "same"
    holder = lock_on(path)
    if holder:
        _note_locked(office, directory, holder)
        return "locked"
    return _write(office, path, found, rows, staff, generation)


def _wanted(office: Office, cases: Sequence[Case]) -> tuple[tuple[Row, ...], Staff]:
    company = office.config.company
    staff = {row_key(case, item): item.staff for case in cases for item in case.items if item.staff}
    return rows_of(cases, company.language, company.zone), staff


def _merge(
    office: Office, found: _Found, cases: Sequence[Case], rows: Sequence[Row], staff: Staff
) -> Merge:
    granted = {row_key(case, item) for case in cases for item in case.items if was_granted(item)}
    return merge(found.base, found.sheet, rows, staff, lambda key: key in granted, office.today())


def _read(office: Office, directory: Directory, path: Path) -> _Found | None:
    """The register with its base; None where it must be written anew (missing, or damaged and set aside)."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        with office.journal.entry() as entry:
            known = entry.last_generation()
        if known:
            _tell(office, directory, f"register-missing/{known}", "missing", path)
        return None
    try:
        sheet = read_register(data)
    except RegisterDamaged as damaged:
        aside = _set_aside(office, path)
        _tell(office, directory, f"register-damaged/{aside.stem}", str(damaged), aside)
        return None
    with office.journal.entry() as entry:
        base = entry.base(sheet.generation)
    return _Found(data, sheet, base[1] if base else {})


def _take_over(turn: Turn, merged: Merge) -> None:
    """Staff's edits become events; what was put back or refused is recorded and told to IT once."""
    touched: dict[str, None] = {}
    for edit in merged.edits:
        ref, number = split_key(edit.key)
        turn.record("staff_wrote", ref, "register", {
            "item": number, "column": edit.column, "old": edit.old, "new": edit.new,
        })  # fmt: skip
        touched[ref] = None
    for ref in touched:
        complete_if_done(turn, ref)
    if not (merged.restored or merged.missing or merged.refused):
        return
    plain = {
        "restored": [_plain(edit) for edit in merged.restored],
        "missing": list(merged.missing),
        "refused": [[*_plain(edit), why] for edit, why in merged.refused],
    }
    key = "register/" + hashlib.sha256(repr(plain).encode()).hexdigest()[:32]
    if turn.entry.outbox.by_key(key) is not None:
        return
    turn.record("register_restored", "", "akses", plain)
    turn.tell_it(key, "register_notice", {
        "restored": merged.restored, "missing": merged.missing, "refused": merged.refused, "note": "",
    })  # fmt: skip


def _plain(edit: Edit) -> list[str]:
    return [edit.key, edit.column, edit.old, edit.new]


def _differs(sheet: Sheet, rows: Sequence[Row], merged: Merge) -> bool:
    """Is there anything to write: a new row, a changed cell of ours, something to put back?"""
    if merged.restored or merged.missing:
        return True
    return any(sheet.rows.get(row.key, {}).get(name) != text for row in rows for name, text in row.texts().items())


def _write(
    office: Office, path: Path, found: _Found | None, rows: Sequence[Row], staff: Staff, generation: int
) -> str:
    """Write the next generation beside the register, check it, and swap it in."""
    company = office.config.company
    if found is None:
        new = new_register(rows, staff, generation, company.name, company.language)
    else:
        new = update_register(found.data, rows, staff, generation, company.language)
    check_written(new, rows, staff, generation)
    with office.journal.entry() as entry:
        # Before the swap: a crash after it must find the base of what then stands there.
        cells = read_register(new).rows
        entry.keep_base(generation, hashlib.sha256(new).hexdigest(), cells, _BASES)
    expected = hashlib.sha256(found.data).hexdigest() if found else None
    versions = office.config.files.state / "register-versions"
    swap = swap_in(path, new, expected, versions, office.config.files.register_versions)
    return "written" if swap.done else "again"


def _fingerprint(path: Path, entry: Entry) -> str:
    """Changes when the file or any request does; costs the same however long the register is."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return "missing"
    return f"{stat.st_mtime_ns}:{stat.st_size}:{stat.st_ino}:{entry.last_change()}"


def _set_aside(office: Office, path: Path) -> Path:
    """Keep a register that can't be used under a name that says so, beside the new one."""
    aside = path.with_name(f"{path.stem}.broken-{office.clock():%Y%m%dT%H%M%S}{path.suffix}")
    write_durably(aside, path.read_bytes())
    path.unlink()
    return aside


def _note_locked(office: Office, directory: Directory, holder: str) -> None:
    """A register open in Excel keeps only our writing waiting; after a while IT is told who has it open."""
    now = office.clock()
    with office.journal.entry() as entry:
        since = entry.value("register_locked_since")
        if not since:
            entry.keep_value("register_locked_since", stamp(now))
            return
        long = timedelta(minutes=office.config.schedule.register_alert_minutes)
        if now - read_stamp(since) < long:
            return
    _tell(office, directory, f"register-locked/{since}", holder, office.config.files.register_workbook)


_NOTES = {
    "register-missing": (
        "Berkas register {file} tidak ditemukan. Register ditulis ulang dari jurnal, termasuk isian staf. "
        "Mohon jangan memindahkan atau menghapusnya.",
        "The register {file} was not found. It was written anew from the journal, staff's entries included. "
        "Please don't move or delete it.",
    ),
    "register-damaged": (
        "Register tidak dapat dipakai ({why}). Berkas itu disimpan sebagai {file}, dan register ditulis ulang "
        "dari jurnal, termasuk isian staf. Periksa berkas tersebut bila ada catatan tambahan di dalamnya.",
        "The register could not be used ({why}). It is kept as {file}, and the register was written anew from "
        "the journal, staff's entries included. Look into that file for notes of your own.",
    ),
    "register-locked": (
        "Register {file} masih dibuka oleh {why}, sehingga baris baru belum dapat ditulis. Mohon simpan dan "
        "tutup. Email tetap diproses seperti biasa.",
        "The register {file} is still open at {why}, so new rows can't be written. Please save and close it. "
        "Mail is handled as usual.",
    ),
}


def _tell(office: Office, directory: Directory, key: str, why: str, file: Path) -> None:
    """One notice to IT about the register as a file."""
    with office.journal.entry() as entry:
        if entry.outbox.by_key(key) is not None:
            return
        turn = Turn(office, entry, office.clock(), directory)
        words = _NOTES[key.partition("/")[0]][office.config.company.language == "en"]
        turn.record(key.partition("/")[0].replace("-", "_"), "", "akses", {"why": why, "file": file.name})
        turn.tell_it(key, "register_notice", {
            "restored": (), "missing": (), "refused": (), "note": words.format(file=file.name, why=why),
        })  # fmt: skip
        turn.close()
