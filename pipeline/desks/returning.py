"""Sending a form back with everything that is wrong with it, and a copy in which the cells are marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.form.fill import fill_form
from pipeline.model import Attachment, FormReading, Language, Letter, Mail, Problem, Sender
from pipeline.turn import Outcome, Turn

#: A robot that sends its form again and again is answered this often in 24 hours, and then set aside.
ANSWERS_A_DAY = 20

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


def return_form(
    turn: Turn, mail: Mail, sender: Sender, one: FormRead, problems: Sequence[Problem]
) -> Outcome:
    """Write the letter that returns the form, and record what was wrong (SOP 5.4)."""
    language = turn.language_of(sender.address)
    # In the limited child again: the file is a stranger's to this process, whoever sent it.
    marked = turn.office.sandbox.mark(one.file.data, one.file.name, tuple(problems), language)
    attachments = (marked,) if marked else (official_form(turn, one, language),)
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
        language=language, attachments=attachments,
        in_reply_to=mail.message_id, references=(*mail.references[-10:], mail.message_id),
        facts={
            "sender_name": turn.name_of(sender.address), "file_name": one.file.name,
            "problems": tuple(problems), "marked": marked is not None, "ref": one.reading.form.revises,
            "official_form_attached": marked is None,
        },
    ))  # fmt: skip
    return Outcome("returned", "form-problems")


def official_form(turn: Turn, one: FormRead, language: Language) -> Attachment:
    """The official form, filled with what could be read, for a file that can't carry marks."""
    config = turn.office.config
    blank = write_blank(
        config.systems,
        turn.directory,
        config.company.name,
        language,
        DocumentHeader(**config.form.model_dump()),
    )
    form = one.reading.form
    data = fill_form(blank, form) if form.requester_name or form.employees else blank
    name = "Form Permintaan Akses.xlsx" if language == "id" else "Access Request Form.xlsx"
    return Attachment(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", data)
