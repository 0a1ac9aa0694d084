"""Sending a form back with everything that is wrong with it, and a copy in which the cells are marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.desks.setting_aside import set_aside
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.form.fields import FORM_VERSION
from pipeline.form.messages import problem
from pipeline.model import Attachment, Form, FormReading, Language, Letter, Mail, Problem, Sender
from pipeline.turn import Outcome, Turn

#: A robot that sends its form again and again is answered this often in 24 hours, and then set aside.
ANSWERS_A_DAY = 20
#: The tables of a form that goes back grow to this many rows: beyond, something else was read than a form.
_MOST_ROWS = 200

_WORDS = {
    "revises-unknown": (
        "Nomor permintaan {ref} tidak dikenal untuk departemen ini. Periksa nomornya di email kami, atau "
        "kosongkan bila ini permintaan baru.",
        "Request number {ref} is not known for this department. Check it in our mail, or leave the field "
        "empty if this is a new request.",
    ),
    "revises-closed": (
        "Permintaan {ref} sudah diputuskan seluruhnya dan tidak dapat direvisi lagi. Kosongkan nomor itu dan "
        "kirim sebagai permintaan baru.",
        "Request {ref} has been decided in full and can't be revised any more. Leave the number empty and "
        "send the form as a new request.",
    ),
    "revises-nothing": (
        "Formulir ini tidak mengubah apa pun: semua isinya sudah disetujui pada {ref}. Perbaiki baris yang "
        "ditolak, lalu kirim kembali.",
        "This form changes nothing: all it asks for was already approved in {ref}. Correct the rejected "
        "rows and send it again.",
    ),
}


@dataclass(frozen=True)
class FormRead:
    """One attachment and what the reader made of it."""

    file: Attachment
    reading: FormReading


def revises_problem(turn: Turn, requester: str, what: str, ref: str) -> Problem:
    """A problem with the number of the request that a form corrects."""
    indonesian, english = _WORDS[what]
    words = english if turn.language_of(requester) == "en" else indonesian
    return Problem("revises", "invalid", "", "error", words.format(ref=ref))


def old_version_problem(turn: Turn, sender: Sender, reading: FormReading) -> tuple[Problem, ...]:
    """The refusal of an old version of the form, where config.yaml refuses them: the reader only warns."""
    if turn.office.config.form.accept_old or not _is_old(reading):
        return ()
    facts = {"text": reading.version, "current": FORM_VERSION}
    return (problem("old_version_refused", "form", "form", "", turn.language_of(sender.address), facts),)


def return_form(
    turn: Turn, mail: Mail, sender: Sender, one: FormRead, problems: Sequence[Problem]
) -> Outcome:
    """Write the letter that returns the form, and record what was wrong (SOP 5.4)."""
    if turn.answered_today(sender.address) >= ANSWERS_A_DAY:
        return set_aside(turn, mail, sender, "too-many-answers")
    language = turn.language_of(sender.address)
    old = _is_old(one.reading)
    refused = old and not turn.office.config.form.accept_old
    # Nobody should mend a form that will not be taken: its content goes over into the current one.
    # Marking happens in the limited child: the file is a stranger's to this process, whoever sent it.
    marked = None if refused else turn.office.sandbox.mark(
        one.file.data, one.file.name, tuple(problems), language
    )  # fmt: skip
    official = official_form(turn, one.reading.form, language) if old or marked is None else None
    turn.record(
        "form_returned",
        "",
        sender.address,
        {
            "mail_sha256": mail.sha256,
            "file": one.file.name,
            "problems": [[p.field, p.kind, p.cell, p.severity] for p in problems],
        },
    )
    turn.write(Letter(
        key=f"returned/{mail.sha256[:32]}/{len(turn.letters)}", kind="returned", to=(sender.address,),
        language=language, attachments=tuple(file for file in (marked, official) if file is not None),
        in_reply_to=mail.message_id, references=(*mail.references[-10:], mail.message_id),
        facts={
            "sender_name": turn.name_of(sender.address), "file_name": one.file.name,
            "problems": tuple(problems), "marked": marked is not None, "ref": one.reading.form.revises,
            "official_form_attached": official is not None, "old_form": old,
        },
    ))  # fmt: skip
    return Outcome("returned", "form-problems")


def official_form(turn: Turn, form: Form, language: Language, ref: str = "") -> Attachment:
    """The current official form, filled with `form` as far as it goes, unsigned; `ref`: what it corrects."""
    config = turn.office.config
    document = DocumentHeader(**config.form.model_dump())
    data = write_blank(
        config.systems, turn.directory, config.company.name, language, document, _fitting(form), ref
    )
    name = "Form Permintaan Akses" if language == "id" else "Access Request Form"
    return Attachment(
        f"{name} {ref}".strip() + ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data,
    )  # fmt: skip


def _fitting(form: Form) -> Form | None:
    """As much of what could be read as belongs in one form; None where nothing could."""
    if not (form.requester_name or form.employees or form.lines):
        return None
    return replace(form, employees=form.employees[:_MOST_ROWS], lines=form.lines[:_MOST_ROWS])


def _is_old(reading: FormReading) -> bool:
    return bool(reading.version) and reading.version != FORM_VERSION
