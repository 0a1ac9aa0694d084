"""The directory as it stands now. A directory that was broken by an edit never stops the work."""

import hashlib

from pipeline.directory import DirectoryError, read_directory
from pipeline.directory.mailed import with_mailed_deputies
from pipeline.host import write_durably
from pipeline.model import Directory, PipelineError
from pipeline.office import Office
from pipeline.turn import Turn, mailed_deputies

_LAST_GOOD = "directory-last-good.xlsx"
_STAYS = {
    "id": "directory.xlsx: {why} Sampai berkas itu diperbaiki, direktori terakhir yang benar tetap berlaku, "
          "termasuk siapa yang boleh memutuskan.",
    "en": "directory.xlsx: {why} Until the file is mended the last good directory stays in force, also for "
          "who may decide.",
}  # fmt: skip


def read_house_directory(office: Office) -> Directory:
    """directory.xlsx as it stands; when it is broken the last good one, and IT is told."""
    path = office.config.files.directory
    good = office.config.files.state / _LAST_GOOD
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        if not good.exists():
            raise PipelineError(
                f"The directory {path} is missing.", "`run.py init` writes one to fill in."
            ) from error
        return _fall_back(office, good.read_bytes(), b"", f"{path.name} tidak ditemukan / is missing.")
    except PermissionError:
        # Excel holds the file while it saves; the next round reads it.
        if not good.exists():
            raise
        return read_directory(good.read_bytes())
    try:
        directory = read_directory(data)
    except DirectoryError as error:
        if not good.exists():
            raise
        return _fall_back(office, good.read_bytes(), data, str(error))
    _check_portal(office, directory)
    if not good.exists() or good.read_bytes() != data:
        write_durably(good, data)
    return directory


def with_deputies(office: Office, directory: Directory) -> Directory:
    """The workbook's directory with the deputies that approvers named by mail, as every turn sees it.

    For who compares the directory of two rounds: a deputy's first day, or his end, is a change of it."""
    with office.journal.entry() as entry:
        return with_mailed_deputies(directory, mailed_deputies(entry), office.today())


def _check_portal(office: Office, directory: Directory) -> None:
    """The pipeline's own address as a person would make it answer itself (threats T35)."""
    if directory.person(office.config.portal.address) is not None:
        raise PipelineError(
            f"directory.xlsx lists the portal's own address {office.config.portal.address} as a person.",
            "Give that person their own address.",
        )


def _fall_back(office: Office, good: bytes, bad: bytes, why: str) -> Directory:
    """Go on with the last good directory; IT is told once for each broken version."""
    directory = read_directory(good)
    broken = hashlib.sha256(bad).hexdigest()[:32]
    with office.journal.entry() as entry:
        if entry.outbox.by_key(f"directory/{broken}") is None:
            turn = Turn(office, entry, office.clock(), directory)
            turn.record("directory_refused", "", "akses", {"sha256": broken})
            turn.tell_it(f"directory/{broken}", "register_notice", {
                "restored": (), "missing": (), "refused": (),
                "note": _STAYS[office.config.company.language].format(why=why),
            })  # fmt: skip
            turn.close()
    return directory
