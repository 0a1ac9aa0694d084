"""A register for each year (files.register_yearly): the old one is closed, what lives goes on in the new.

The register in use keeps its name, so that everybody's shortcuts stay right; the one of a year that is over
is renamed ("Register Akses IT 2026.xlsx") and made read-only. All questions of who has what are answered by
the journal, over all years.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pipeline import host
from pipeline.closed_years import remember_closed
from pipeline.journal import Entry
from pipeline.model import Case, CaseItem, Directory
from pipeline.office import Office
from pipeline.projecting import row_key
from pipeline.settings import Config
from pipeline.turn import Turn, all_cases

#: Values kept in the journal: the year of the register in use, the older rows in it, and a closing under way.
_YEAR, _CARRIED, _CLOSING = "register_year", "register_carried", "register_closing"
#: The last generation of the year before.
_LAST = "register_last_of_year"
#: What a year's register waits for.
YearDue = Literal["", "over", "closing"]


def year_due(entry: Entry, office: Office) -> YearDue:
    """Is the register in use one of a year that is over, or was one closed that has not got its name yet?"""
    year = entry.value(_YEAR) if office.config.files.register_yearly else ""
    if year and int(year) < office.today().year:
        return "over"
    if office.config.files.register_yearly and not year:
        _begin(entry, office, (row_key(case, item) for case in all_cases(entry) for item in case.items))
    return "closing" if entry.value(_CLOSING) else ""


def shown(entry: Entry, config: Config, cases: Sequence[Case]) -> frozenset[str] | None:
    """The keys of the rows that the register in use has: those of its year, and older ones that lived on.

    None where it has all. A row that is there once stays until the year is over.
    """
    year = entry.value(_YEAR) if config.files.register_yearly else ""
    if not year:
        return None
    carried, zone = set(json.loads(entry.value(_CARRIED) or "[]")), config.company.zone
    keys, revived = set(), set()
    for case in cases:
        own = case.received_at.astimezone(zone).year >= int(year)
        for item in case.items:
            key = row_key(case, item)
            if own or key in carried:
                keys.add(key)
            elif _lives(item):
                revived.add(key)
    return frozenset(keys | revived)


def remember_shown(entry: Entry, keys: frozenset[str] | None) -> None:
    """A row that came to life again stays, whatever becomes of it."""
    text = json.dumps(sorted(keys or ()))
    if keys is not None and entry.value(_CARRIED) != text:
        entry.keep_value(_CARRIED, text)


def is_of_closed_year(office: Office, generation: int) -> bool:
    """Is a workbook of this generation a late copy of a register that was closed?"""
    with office.journal.entry() as entry:
        last = entry.value(_LAST) if office.config.files.register_yearly else ""
    return bool(last) and 0 < generation <= int(last)


def close_year(office: Office, directory: Directory, path: Path) -> None:
    """The register at `path` has been read and written for the last time: the new year begins.

    The closing is known before anything is moved (`put_away`), so that a crash between them loses nothing.
    """
    with office.journal.entry() as entry:
        turn = Turn(office, entry, office.clock(), directory)
        year = entry.value(_YEAR)
        carried = [row_key(c, i) for c in all_cases(entry) for i in c.items if _lives(i)]
        archive = _free(path.with_stem(f"{path.stem} {year}"))
        turn.record(
            "register_closed", "", "akses", {"year": int(year), "file": archive.name, "carried": carried}
        )
        _begin(entry, office, carried)
        entry.keep_value(_CLOSING, archive.name)
        entry.keep_value(_LAST, str(entry.last_generation()))
        # The new register is none that has gone missing.
        for name in ("register_written", "register_since", "register_notes", "register_seen"):
            entry.keep_value(name, "")
        turn.close()


def put_away(office: Office, path: Path) -> None:
    """Give the register of a year that was closed its name; it is read-only then."""
    with office.journal.entry() as entry:
        name, last = entry.value(_CLOSING), int(entry.value(_LAST) or 0)
    archive = path.with_name(name)
    if path.exists() and not archive.exists():
        host.place_new(path, archive)
    if archive.exists():
        host.make_read_only(archive)
        host.sync_folder(path.parent)
        remember_closed(office, archive, last)
    with office.journal.entry() as entry:
        entry.keep_value(_CLOSING, "")


def _begin(entry: Entry, office: Office, carried: Iterable[str]) -> None:
    entry.keep_value(_YEAR, str(office.today().year))
    entry.keep_value(_CARRIED, json.dumps(sorted(carried)))


def _lives(item: CaseItem) -> bool:
    """Can anything still happen to it: a decision, the work, the end of the access?"""
    if item.status == "provisioned":
        return item.item.action != "revoke"
    return item.status in {"requested", "approved"}


def _free(path: Path) -> Path:
    names = [path, *(path.with_stem(f"{path.stem} ({number})") for number in range(2, 100))]
    return next(name for name in names if not name.exists())
