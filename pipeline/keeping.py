"""Keeping the register (SOP 5.5): what staff wrote becomes events, what was decided becomes rows."""

import hashlib
import json
import logging
from pathlib import Path

from pipeline.closed_years import restore_years
from pipeline.healing import heal, take_entries
from pipeline.journal import Entry, stamp
from pipeline.merging import Found, Plan, found_in, mark_of, settle
from pipeline.model import Directory, PipelineError
from pipeline.noticing import note_locked, tell_once
from pipeline.office import Office
from pipeline.owning import own_id, own_id_to_write
from pipeline.register.bases import pack_base
from pipeline.register.damage import RegisterDamaged
from pipeline.register.standing import put_aside, read_own, read_standing
from pipeline.register.swap import lock_on, swap_in, sweep
from pipeline.register.workbook import check_written, new_register, update_register
from pipeline.yearly import YearDue, close_year, is_of_closed_year, put_away, year_due

log = logging.getLogger("akses")

#: Somebody may save while we write; each time that happens the merge is done again.
_TRIES = 5
#: Cells of older generations are kept for copies that were opened long ago and are saved late.
_BASES = 200


def keep_register(office: Office, directory: Directory) -> str:
    """Bring register and journal together; "" when nothing changed, else in a word what was done.

    written, locked (open at somebody's, done later), busy (saved again and again meanwhile), or failed. A
    register that cannot be kept never stops the mail: IT is told, and the next round tries again.
    """
    path = office.config.files.register_workbook
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _round(office, directory, path)
    except (PipelineError, OSError) as error:
        log.error("the register could not be kept: %s", error)
        _tell_failure(office, directory, path, error)
        return "failed"


def _tell_failure(office: Office, directory: Directory, path: Path, error: PipelineError | OSError) -> None:
    """Once each time it begins to fail in this way: a poll that succeeds ends the matter."""
    why = str(error) if isinstance(error, PipelineError) else f"{error.strerror or error}: {path.parent}."
    kind = hashlib.sha256(why.encode()).hexdigest()[:16]
    with office.journal.entry() as entry:
        known = json.loads(entry.value("register_failed") or "{}")
        since = known.setdefault(kind, stamp(office.clock()))
        entry.keep_value("register_failed", json.dumps(known))
    tell_once(office, directory, "failed", f"{kind}-{since}", path.name, why)


def rebuild_register(office: Office, directory: Directory) -> str:
    """Set the present register aside and write it anew from the journal, staff's cells included.

    What staff have entered in it since the last round is taken over first, where it can be read.
    The registers of closed years come back as they were.
    """
    path = office.config.files.register_workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path)
    holder = lock_on(path)
    if holder:
        raise PipelineError(f"The register is open at {holder}.", "Close it there and call rebuild again.")
    word = _passes(office, directory, path, anew=True)[0]
    restore_years(office, directory)
    return word


def _round(office: Office, directory: Directory, path: Path) -> str:
    with office.journal.entry() as entry:
        year = year_due(entry, office)
        before = _fingerprint(path, entry, office)
        if not year and entry.value("register_seen") == before:
            return ""
        waiting = entry.value("register_waiting") == before
    if year:
        return _turn_the_year(office, directory, path, year) or _round(office, directory, path)
    holder = lock_on(path) if waiting else ""
    if holder:
        # Nothing was saved or decided since it was last compared: it need not be read again to be deferred.
        note_locked(office, directory, holder, path)
        return "locked"
    for kept in sweep(path):
        tell_once(office, directory, "copy", kept.name, kept.name)
    word, after = _passes(office, directory, path)
    with office.journal.entry() as entry:
        entry.keep_value("register_waiting", before if word == "locked" else "")
        entry.keep_value("register_failed", "")
        if word not in {"locked", "held"}:
            entry.keep_value("register_locked_since", "")
        # Only what stood there before we read counts as seen: a save in between is read in the next round.
        if word in {"same", "written"}:
            entry.keep_value("register_seen", before if word == "same" else after)
    return {"same": "", "held": "locked"}.get(word, word)


def _turn_the_year(office: Office, directory: Directory, path: Path, due: YearDue) -> str:
    """Close the register of a year that is over; a word where somebody keeps it open, and it must wait."""
    holder = lock_on(path)
    if holder:
        # It is closed when it has been let go, and read for the last time.
        note_locked(office, directory, holder, path)
        return "locked"
    if due == "over":
        word = _passes(office, directory, path)[0]
        if word not in {"same", "written"}:
            return {"held": "locked"}.get(word, word)
        close_year(office, directory, path)
    with office.journal.entry() as entry:
        house = own_id(entry)
    standing = read_standing(path, known=False, house=house)
    if standing.sheet is not None and is_of_closed_year(office, standing.sheet.generation):
        # Whatever was saved since it was last read counts.
        settle(office, directory, found_in(office, standing.data, standing.sheet), late=True)
    put_away(office, path)
    return ""


def _passes(office: Office, directory: Directory, path: Path, anew: bool = False) -> tuple[str, str]:
    """(what was done, the fingerprint of what was written).

    same, written, locked (read, and to be written later), held (open elsewhere and unreadable now), or busy.
    """
    for _ in range(_TRIES):
        word, after = _one_pass(office, directory, path, anew)
        if word != "again":
            return word, after
    log.warning("the register was saved by others again and again; the next round goes on")
    return "busy", ""


def _one_pass(office: Office, directory: Directory, path: Path, anew: bool) -> tuple[str, str]:
    with office.journal.entry() as entry:
        # A base alone is no register: the first writing may have died before its swap.
        known, house = entry.value("register_written"), own_id(entry)
    standing = heal(office, directory, read_standing(path, bool(known) and not anew, house), path)
    held = standing.held if standing.sheet is None else ""
    if held:
        over = note_locked(office, directory, held, path)
        if not over or (standing.damage is None and path.exists()):
            return "held", ""
    if standing.damage is not None:
        _replace_damaged(office, directory, path, standing.damage)
    elif standing.sheet is None and known and not anew:
        tell_once(office, directory, "missing", known, path.name)
    found = found_in(office, standing.data, standing.sheet) if standing.sheet is not None else None
    if found is not None and is_of_closed_year(office, found.sheet.generation):
        # Somebody has kept last year's workbook open, and saved it over this year's.
        settle(office, directory, found, late=True)
        aside = put_aside(path, office.clock())
        tell_once(office, directory, "old-year", aside.stem, aside.name)
        found = None
    plan = settle(office, directory, found)
    if not plan.needed and not anew and not standing.was:
        return "same", ""
    holder = lock_on(path) if found is not None else ""
    if holder:
        note_locked(office, directory, holder, path)
        return "locked", ""
    if anew and found is not None:
        put_aside(path, office.clock())
        found = None
    return _write(office, directory, path, found, plan, standing.was)


def _write(
    office: Office, directory: Directory, path: Path, found: Found | None, plan: Plan, was: bytes = b""
) -> tuple[str, str]:
    """Write the next generation beside the register, check it, and swap it in.

    `was`: the bytes that stand there, where they are not those that were found: its headings were put back.
    """
    company, files = office.config.company, office.config.files
    with office.journal.entry() as entry:
        house = own_id_to_write(entry, found.sheet.house if found else "")
    if found is None:
        new = new_register(plan.rows, plan.staff, plan.generation, company.name, company.language, house)
    else:
        new = update_register(
            found.data, plan.rows, plan.staff, plan.generation, company.language, plan.notes, house
        )
    check_written(new, plan.rows, plan.staff, plan.generation)
    digest = hashlib.sha256(new).hexdigest()
    with office.journal.entry() as entry:
        # Before the swap: a crash after it must find the base of what then stands there.
        entry.keep_base(plan.generation, digest, pack_base(plan.agreed), _BASES)
    expected = hashlib.sha256(was or found.data).hexdigest() if found else None
    swap = swap_in(path, new, expected, files.state / "register-versions", files.register_versions)
    if swap.displaced is not None and not _holds(path, hashlib.sha256(swap.displaced).hexdigest()):
        _take_late(office, directory, swap.displaced)
    if not swap.done:
        return "again", ""
    with office.journal.entry() as entry:
        # From now on a copy of the generation before is an old one: what was read out of it since is sealed.
        entry.keep_value("register_since", "")
        entry.keep_value("register_written", str(plan.generation))
        entry.keep_value("register_notes", mark_of(plan.notes) if found else "")
        after = _fingerprint(path, entry, office)
    # A save since then is not what was written: it is found by its bytes, or by a later fingerprint.
    return "written", after if _holds(path, digest) else ""


def _take_late(office: Office, directory: Directory, data: bytes) -> None:
    """Somebody's save that stood there for a moment only: its entries count, whatever stands there now."""
    try:
        with office.journal.entry() as entry:
            house = own_id(entry)
        settle(office, directory, found_in(office, data, read_own(data, house)), late=True)
    except RegisterDamaged:
        if not take_entries(office, directory, data):
            log.warning("a version that was saved in between cannot be read; it is kept among the versions")


def _holds(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _fingerprint(path: Path, entry: Entry, office: Office) -> str:
    """Changes when the file or any request does, and at midnight; costs the same however long it is."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return "missing"
    return f"{stat.st_mtime_ns}:{stat.st_size}:{stat.st_ino}:{entry.last_change()}:{office.today()}"


def _replace_damaged(office: Office, directory: Directory, path: Path, damage: RegisterDamaged) -> None:
    try:
        aside = put_aside(path, office.clock())
    except FileNotFoundError:
        return
    words = damage.words(office.config.company.language)
    tell_once(office, directory, "damaged", aside.stem, aside.name, words)
