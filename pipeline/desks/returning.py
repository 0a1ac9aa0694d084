"""Sending a form back with everything that is wrong with it, and a copy in which the cells are marked."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pipeline.desks.setting_aside import set_aside
from pipeline.form.blank import write_blank
from pipeline.form.blank_cells import on_official_form
from pipeline.form.blank_places import DocumentHeader
from pipeline.form.fields import FORM_VERSION
from pipeline.form.marked_copy import MarkedCopy
from pipeline.form.messages import problem
from pipeline.model import (
    REQUEST_NUMBER,
    Attachment,
    Form,
    FormReading,
    Language,
    Letter,
    Mail,
    Problem,
    ProblemKind,
    Sender,
)
from pipeline.turn import Outcome, Turn

#: A robot that sends its form again and again is answered this often in 24 hours, and then set aside.
ANSWERS_A_DAY = 20
#: All senders together: far beyond what people do, even on the form's first day. Beyond, mailboxes were
#: taken over.
_LEAST_IN_ALL, _FOR_EACH_PERSON = 200, 2
#: The tables of a form that goes back grow to this many rows: beyond, something else was read than a form.
_MOST_ROWS = 200
_REF = re.compile(REQUEST_NUMBER)

_KINDS: dict[str, ProblemKind] = {
    "revises-unknown": "unknown", "revises-closed": "invalid", "revises-ended": "invalid",
    "revises-nothing": "duplicate",
}  # fmt: skip
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
    "revises-ended": (
        "Permintaan {ref} sudah berakhir (ditarik kembali, gugur, atau dihentikan) dan tidak dapat direvisi "
        "lagi. Kosongkan nomor itu dan kirim sebagai permintaan baru.",
        "Request {ref} has ended (withdrawn, lapsed or stopped) and can't be revised any more. Leave the "
        "number empty and send the form as a new request.",
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


def revises_problem(turn: Turn, requester: str, what: str, ref: str, cell: str = "") -> Problem:
    """A problem with the number of the request that a form corrects; `cell`: where the form names it."""
    indonesian, english = _WORDS[what]
    words = english if turn.language_of(requester) == "en" else indonesian
    return Problem("revises", _KINDS[what], cell, "error", words.format(ref=ref))


def old_version_problem(turn: Turn, sender: Sender, reading: FormReading) -> tuple[Problem, ...]:
    """The refusal of an old version of the form, where config.yaml refuses them: the reader only warns."""
    if turn.office.config.form.accept_old or not is_old(reading):
        return ()
    facts = {"text": reading.version, "current": FORM_VERSION}
    return (problem("old_version_refused", "form", "form", "", turn.language_of(sender.address), facts),)


def return_form(
    turn: Turn, mail: Mail, sender: Sender, one: FormRead, problems: Sequence[Problem]
) -> Outcome:
    """Write the letter that returns the form, and record what was wrong (SOP 5.4).

    The very same file with the very same problems is not answered twice in 24 hours."""
    said = _key_of_answer(sender, one, problems)
    if turn.said_today(said):
        turn.record("form_repeated", "", sender.address, {"mail_sha256": mail.sha256, "file": one.file.name})
        return Outcome("duplicate", "same-faulty-form")
    if turn.answered_today(sender.address) >= ANSWERS_A_DAY:
        return set_aside(turn, mail, sender, "too-many-answers")
    if _returned_today(turn) >= answers_in_all(len(turn.directory.people)):
        return set_aside(turn, mail, sender, "too-many-returned")
    language = turn.language_of(sender.address)
    going = _going_back(turn, one, tuple(problems), language)
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
    marks = going.own or going.moved
    turn.write(Letter(
        key=f"{said}{mail.sha256[:32]}/{len(turn.letters)}", kind="returned", to=(sender.address,),
        language=language, attachments=going.files,
        in_reply_to=mail.message_id, references=(*mail.references[-10:], mail.message_id),
        facts={
            "sender_name": turn.name_of(sender.address), "file_name": one.file.name,
            "problems": going.problems, "marked": going.own is not None,
            "coloured": marks.coloured if marks else 0, "commented": bool(marks and marks.commented),
            "listed": marks.listed if marks else "", "unhidden": marks.unhidden if marks else (),
            "ref": _ref_in(turn, one.reading.form, problems),
            "official_form_attached": going.official is not None, "filled": going.filled,
            "unread": any(p.kind == "file" for p in problems), "old_form": is_old(one.reading),
        },
    ))  # fmt: skip
    return Outcome("returned", "form-problems")


def answers_in_all(people: int) -> int:
    """How many forms a company of so many people is sent back in 24 hours before the rest is set aside."""
    return max(_LEAST_IN_ALL, _FOR_EACH_PERSON * people)


def _returned_today(turn: Turn) -> int:
    return turn.entry.outbox.queued_since("returned", turn.now - timedelta(hours=24))


def _key_of_answer(sender: Sender, one: FormRead, problems: Sequence[Problem]) -> str:
    """How the keys of all letters begin that would say this to this sender about this file."""
    found = [(p.field, p.kind, p.cell, p.severity, p.message) for p in problems]
    said = hashlib.sha256(repr((sender.address, found)).encode() + one.file.data).hexdigest()
    return f"returned/{said[:32]}/"


@dataclass(frozen=True)
class _GoingBack:
    """The files of the letter, and the problems with their cells in that file which is to be mended."""

    problems: tuple[Problem, ...]
    own: MarkedCopy | None
    official: Attachment | None
    #: the official form with marks, where it takes the place of the sender's file
    moved: MarkedCopy | None
    filled: bool

    @property
    def files(self) -> tuple[Attachment, ...]:
        return tuple(file for file in (self.own, self.moved or self.official) if file is not None)


def _going_back(turn: Turn, one: FormRead, problems: tuple[Problem, ...], language: Language) -> _GoingBack:
    """The sender's own file marked; where it carries no marks or will not be taken, the official form."""
    sandbox, old = turn.office.sandbox, is_old(one.reading)
    # Nobody should mend a form that will not be taken: its content goes over into the current one.
    # Marking happens in the limited child: the file is a stranger's to this process, whoever sent it.
    refused = old and not turn.office.config.form.accept_old
    own = None if refused else sandbox.mark(one.file.data, one.file.name, problems, language)
    fitting = _fitting(one.reading.form)
    if own is not None and not old:
        return _GoingBack(problems, own, None, None, fitting is not None)
    official = official_form(turn, one.reading.form, language)
    if own is not None or fitting is None:
        return _GoingBack(problems, own, official, None, fitting is not None)
    # The cells of a file that is not there would lead nowhere.
    moved = on_official_form(problems, fitting)
    return _GoingBack(
        moved, None, official, sandbox.mark(official.data, official.name, moved, language), filled=True
    )


def _ref_in(turn: Turn, form: Form, problems: Sequence[Problem]) -> str:
    """The request that a form corrects, "" where its number is none of ours or the very thing refused."""
    named = _REF.search(form.revises.upper())
    refused = any(p.field == "revises" and p.kind in {"unknown", "invalid"} for p in problems)
    return named.group() if named and not refused and turn.case(named.group()) else ""


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


def is_old(reading: FormReading) -> bool:
    return bool(reading.version) and reading.version != FORM_VERSION
