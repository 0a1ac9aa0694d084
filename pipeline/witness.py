"""A note beside the register of how far the journal has come, so that an old backup of it is noticed."""

import json
import logging
from pathlib import Path

from pipeline.host import write_durably
from pipeline.model import PipelineError
from pipeline.office import Office

log = logging.getLogger("akses")


def witness_file(office: Office) -> Path:
    """Where the note lies: in the register's folder, which no restored state folder takes back with it."""
    return office.config.files.register_workbook.parent / ".akses-witness.json"


def check_witness(office: Office) -> None:
    """PipelineError when the journal has lost events that were already acted on, or is another one.

    Without this, request numbers would be given out twice, and answered mails be forgotten."""
    file = witness_file(office)
    try:
        noted = json.loads(file.read_text(encoding="utf-8"))
        seq, head = int(noted["seq"]), str(noted["hash"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("the note %s cannot be read (%s); it is written anew", file, error)
        return
    with office.journal.entry() as entry:
        if entry.hash_at(seq) == head:
            return
        last, _ = entry.head()
    raise PipelineError(
        f"The journal ends at event {last}, but event {seq} was already acted on: was the state folder "
        "restored from an older backup?",
        f"Restore the newest one. If what is missing is lost for good, delete {file} to go on: request "
        "numbers given out since then will be given out again.",
    )


def note_witness(office: Office) -> None:
    """Note the journal's head, where it has moved. A folder that can't be written only weakens this check."""
    file = witness_file(office)
    with office.journal.entry() as entry:
        seq, head = entry.head()
    text = json.dumps({"seq": seq, "hash": head})
    try:
        if seq and (not file.exists() or file.read_text(encoding="utf-8") != text):
            write_durably(file, text.encode(), shared=True)
    except (OSError, ValueError) as error:
        log.warning("the note %s could not be written: %s", file, error)
