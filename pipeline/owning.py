"""Whose register a workbook is: the id of this installation, kept in the journal. Opens no file."""

import secrets

from pipeline.journal import Entry

_ID = "register_house"


def kept_id(entry: Entry) -> str:
    """The id as it is known, for those who only look; "" where there is none yet."""
    return entry.value(_ID)


def own_id(entry: Entry) -> str:
    """The id that our registers carry; "" where an earlier version has written them without one.

    A journal that has written no register yet makes its id here: none that stands there can be its own.
    """
    known = kept_id(entry)
    return known if known or entry.last_generation() else _keep(entry, secrets.token_hex(8))


def own_id_to_write(entry: Entry, found: str = "") -> str:
    """The id for the next writing. `found`: what the register says that was taken for ours.

    A journal restored from a backup of before the first id takes that of its register.
    """
    return own_id(entry) or _keep(entry, found or secrets.token_hex(8))


def _keep(entry: Entry, made: str) -> str:
    entry.keep_value(_ID, made)
    return made
