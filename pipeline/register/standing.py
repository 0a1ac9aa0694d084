"""Reads the register's file as it stands, with patience: a program may be in the midst of saving it."""

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.host import place_new, sync_folder
from pipeline.register.columns import Sheet
from pipeline.register.damage import RegisterDamaged
from pipeline.register.locks import lock_on
from pipeline.register.reading import read_register

#: Excel renames twice and LibreOffice may write in place: for a moment the file is gone, or half of it there.
_LOOKS, _PAUSE = 4, 0.25


@dataclass(frozen=True)
class Standing:
    """What was found: `sheet` where it can be read, `damage` where not; with neither nothing is there.

    `held` says who has it open ("" for nobody) where it could not be read: then it may be whole again soon.
    """

    data: bytes = b""
    sheet: Sheet | None = None
    damage: RegisterDamaged | None = None
    held: str = ""
    #: the bytes that stand there, where `data` are those of a register that was healed
    was: bytes = b""


def read_standing(path: Path, known: bool, house: str = "") -> Standing:
    """The register at `path`. Where one was written before (`known`), its absence is looked at twice.

    One that says it is another installation's than `house` is damaged: its rows have our numbers by chance.
    """
    found = Standing()
    for look in range(_LOOKS):
        if look:
            time.sleep(_PAUSE)
        found = _look(path, house)
        if found.sheet is not None or (found == Standing() and not known):
            return found
    return Standing(found.data, None, found.damage, found.held or lock_on(path))


def put_aside(path: Path, now: datetime) -> Path:
    """Give a register that can't be used a name that says so, beside the new one; FileNotFoundError.

    It is renamed, not copied: a program that is still writing into it finishes its work there.
    """
    stem = f"{path.stem}.broken-{now:%Y%m%dT%H%M%S}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    for name in names:
        aside = path.with_name(name + path.suffix)
        if place_new(path, aside):
            sync_folder(path.parent)
            return aside
    raise FileExistsError(f"{path.parent} is full of broken registers.")


def read_own(data: bytes, house: str) -> Sheet:
    """As `read_register`; RegisterDamaged where the workbook says that it is another installation's."""
    sheet = read_register(data)
    if house and sheet.house not in {"", house}:
        raise RegisterDamaged("other-house")
    return sheet


def _look(path: Path, house: str) -> Standing:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Standing()
    except PermissionError as error:
        # Windows: another program has it open and shares it with nobody. Elsewhere: no right to read it.
        return Standing(held=lock_on(path) or str(error.strerror))
    try:
        return Standing(data, read_own(data, house))
    except RegisterDamaged as damage:
        return Standing(data, damage=damage)
