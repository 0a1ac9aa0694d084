"""A register whose headings were changed: staff's entries count, and what is certain is put back."""

import hashlib
from dataclasses import replace
from pathlib import Path

from pipeline.merging import Staff, found_in, settle
from pipeline.model import Directory
from pipeline.noticing import tell_once
from pipeline.office import Office
from pipeline.owning import kept_id
from pipeline.projecting import row_key
from pipeline.register.bases import unpack_base
from pipeline.register.damage import RegisterDamaged
from pipeline.register.mending import Mended, mend_headings
from pipeline.register.standing import Standing
from pipeline.turn import all_cases

#: What is wrong with a register that may be no more than a heading.
_HEADINGS = frozenset({"no-key", "header"})


def heal(office: Office, directory: Directory, standing: Standing, path: Path) -> Standing:
    """What stands there, with its headings put back; else as it is, staff's entries having been taken over.

    Writes no file: what is healed is written as any other register is.
    """
    if standing.damage is None or standing.damage.reason not in _HEADINGS:
        return standing
    mended = _mend(office, standing.data)
    if mended is None:
        return standing
    if mended.data is None:
        settle(office, directory, found_in(office, standing.data, mended.sheet), late=True)
        return standing
    mark = hashlib.sha256(repr((mended.sheet.generation, mended.headings)).encode()).hexdigest()[:16]
    tell_once(office, directory, "headings", mark, path.name, "; ".join(mended.headings))
    return replace(standing, data=mended.data, sheet=mended.sheet, damage=None, was=standing.data)


def take_entries(office: Office, directory: Directory, data: bytes) -> bool:
    """Take over what staff wrote in a version with changed headings that does not stand there any more."""
    mended = _mend(office, data)
    if mended is not None:
        settle(office, directory, found_in(office, data, mended.sheet), late=True)
    return mended is not None


def _mend(office: Office, data: bytes) -> Mended | None:
    with office.journal.entry() as entry:
        house, cases = kept_id(entry), all_cases(entry)

        def written(generation: int) -> Staff:
            base = entry.base(generation)
            return unpack_base(base[1]) if base else {}

        staff = {row_key(case, item): item.staff for case in cases for item in case.items}
        try:
            mended = mend_headings(data, written, staff)
        except RegisterDamaged:
            return None
    return mended if mended and (not house or mended.sheet.house in {"", house}) else None
