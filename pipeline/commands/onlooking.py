"""Looking without touching: the journal in a transaction that is undone, the office on a scratch folder."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from json import JSONDecodeError
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from pipeline.directory import DirectoryError, read_directory
from pipeline.journal import Entry, Journal
from pipeline.model import Directory, PipelineError
from pipeline.office import Office, open_office
from pipeline.settings import Config
from pipeline.spool import Spool

_JOURNAL, _KEYS = "journal.sqlite", "keys.json"


def has_journal(config: Config) -> bool:
    """Whether a poll has ever written here."""
    path = config.files.state / _JOURNAL
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def look(config: Config) -> Iterator[Entry]:
    """The journal for reading; an empty one before the first poll. PipelineError: it cannot be read."""
    with tempfile.TemporaryDirectory() as scratch:
        journal = Journal((config.files.state if has_journal(config) else Path(scratch)) / _JOURNAL)
        try:
            with journal.trial() as entry:
                yield entry
        except DatabaseError as error:
            raise PipelineError(
                f"The journal in {config.files.state} cannot be read ({error.orig}).",
                "If it stays so, restore it from a backup; `run.py verify` then says whether it is whole.",
            ) from error
        except JSONDecodeError as error:
            raise PipelineError(
                "An event in the journal cannot be read.", "`run.py verify` names it."
            ) from error
        finally:
            journal.close()


@contextmanager
def onlooking_office(config: Config) -> Iterator[Office]:
    """An office that sees the real journal, keys and mails, and whose own files vanish with it.

    It never tidies the spool: the poller beside it may be writing there at this moment."""
    state = config.files.state
    with tempfile.TemporaryDirectory() as scratch:
        if (state / _KEYS).is_file():
            shutil.copyfile(state / _KEYS, Path(scratch) / _KEYS)
        files = config.files.model_copy(update={"state": Path(scratch)})
        journal = Journal((state if has_journal(config) else Path(scratch)) / _JOURNAL)
        try:
            office = open_office(config.model_copy(update={"files": files}), journal=journal)
        except BaseException:
            journal.close()
            raise
        try:
            yield replace(office, spool=Spool(state / "spool"))
        finally:
            office.close()


def seen_directory(config: Config) -> Directory:
    """directory.xlsx for the names of people; an empty one where it is missing or cannot be read now."""
    try:
        return read_directory(config.files.directory.read_bytes())
    except (OSError, DirectoryError):
        return Directory((), ())
