"""The registers of years that were closed: are they as they were, and how one that is not comes back.

A closed register is evidence (SOP 5.5). The state folder keeps a copy of each; where that is gone too, the
journal still has every row and entry. What somebody typed into one counts for nothing, and is told.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import host
from pipeline.journal import Entry
from pipeline.model import Directory, PipelineError
from pipeline.noticing import tell_once
from pipeline.office import Office
from pipeline.owning import kept_id
from pipeline.projecting import row_key, rows_of
from pipeline.register.bases import unpack_base
from pipeline.register.columns import STAFF
from pipeline.register.damage import RegisterDamaged
from pipeline.register.notices import listed
from pipeline.register.reading import read_register
from pipeline.register.standing import put_aside
from pipeline.register.swap import lock_on
from pipeline.register.workbook import new_register
from pipeline.settings import Config
from pipeline.turn import all_cases

#: A value kept in the journal: name of the file -> what it was when it was closed.
_CLOSED = "register_closed_files"


@dataclass(frozen=True)
class Strayed:
    """A closed register that is not as it was. `found` is None where it is gone."""

    path: Path
    found: bytes | None
    #: what somebody typed into it: "REQ-2026-0001/1 Catatan IT: “x”"
    typed: tuple[str, ...] = ()


def remember_closed(office: Office, archive: Path, generation: int) -> None:
    """Keep what the register of a year is at its closing: its bytes, their hash, and the keys of its rows."""
    with office.journal.entry() as entry:
        base = entry.base(generation)
    _keep(office, archive.name, archive.read_bytes(), sorted(unpack_base(base[1])) if base else [])


def _keep(office: Office, name: str, data: bytes, keys: list[str] | None = None) -> None:
    """The copy and its hash; `keys` of the rows, None where they stay as they are known."""
    copy = _copy(office.config, name)
    copy.parent.mkdir(parents=True, exist_ok=True)
    host.write_durably(copy, data)
    with office.journal.entry() as entry:
        closed = json.loads(entry.value(_CLOSED) or "{}")
        known = closed.get(name, {}).get("keys", [])
        closed[name] = {
            "sha256": hashlib.sha256(data).hexdigest(), "keys": known if keys is None else keys,
        }  # fmt: skip
        entry.keep_value(_CLOSED, json.dumps(closed))


def strayed_years(config: Config, entry: Entry) -> Iterator[Strayed]:
    """The closed registers that are missing, or are not what they were."""
    known = json.loads(entry.value(_CLOSED) or "{}")
    files = [str(event.data["file"]) for event in entry.events(kind="register_closed")]
    for name in files:
        path = config.files.register_workbook.with_name(name)
        if name == entry.value("register_closing"):
            continue
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            yield Strayed(path, None)
            continue
        if name in known and hashlib.sha256(data).hexdigest() != known[name]["sha256"]:
            yield Strayed(path, data, tuple(_typed(config, entry, name, data)))


def restore_years(office: Office, directory: Directory) -> tuple[str, ...]:
    """Put every closed register that is missing or changed back as it was; the names of those.

    A changed one is set aside beside it. PipelineError where it is open in a program.
    """
    with office.journal.entry() as entry:
        strayed = list(strayed_years(office.config, entry))
    for one in strayed:
        holder = lock_on(one.path)
        if holder:
            raise PipelineError(
                f"{one.path.name} is open at {holder}.", "Close it there and call rebuild again."
            )
        data = _as_closed(office, one.path.name)
        aside = put_aside(one.path, office.clock()).name if one.found is not None else ""
        host.write_durably(one.path, data, shared=True)
        host.make_read_only(one.path)
        # Restored from the journal it has other bytes than the one that was closed.
        _keep(office, one.path.name, data)
        why = f"{aside}: {listed(one.typed) or '-'}" if aside else "-"
        digest = hashlib.sha256(one.found or b"").hexdigest()[:16]
        mark = f"{one.path.name}-{digest}-{office.clock():%Y%m%dT%H%M}"
        tell_once(office, directory, "closed-year", mark, one.path.name, why)
    return tuple(one.path.name for one in strayed)


def _copy(config: Config, name: str) -> Path:
    return config.files.state / "register-years" / name


def _as_closed(office: Office, name: str) -> bytes:
    """The copy, where it is whole; else the rows of that register as the journal has them."""
    with office.journal.entry() as entry:
        known = json.loads(entry.value(_CLOSED) or "{}").get(name, {})
        try:
            data = _copy(office.config, name).read_bytes()
        except FileNotFoundError:
            data = b""
        if data and hashlib.sha256(data).hexdigest() == known.get("sha256"):
            return data
        company, cases, house = office.config.company, all_cases(entry), kept_id(entry)
        closed = next(e for e in entry.events(kind="register_closed") if e.data["file"] == name)
        last = int(entry.value("register_last_of_year") or 0)
    keys = set(known.get("keys", ()))
    year = int(str(closed.data["year"]))
    staff = {row_key(case, item): item.staff for case in cases for item in case.items if item.staff}
    own = {
        row_key(c, i) for c in cases for i in c.items if c.received_at.astimezone(company.zone).year == year
    }
    rows = [row for row in rows_of(cases, company.language, company.zone) if row.key in (keys or own)]
    return new_register(rows, staff, last, company.name, company.language, house)


def _typed(config: Config, entry: Entry, name: str, data: bytes) -> Iterator[str]:
    """What stands in staff's cells and did not when the year was closed."""
    was = _rows_at_closing(config, entry, name)
    language = config.company.language
    try:
        rows = read_register(data).rows
    except RegisterDamaged as damage:
        yield damage.words(language)
        return
    for key, cells in rows.items():
        for column in STAFF:
            text = cells.get(column.key, "")
            if text != was.get(key, {}).get(column.key, ""):
                yield f"{key} {column.label(language)}: “{text}”"


def _rows_at_closing(config: Config, entry: Entry, name: str) -> Mapping[str, Mapping[str, str]]:
    try:
        return read_register(_copy(config, name).read_bytes()).rows
    except (OSError, RegisterDamaged):
        return {row_key(case, item): item.staff for case in all_cases(entry) for item in case.items}
