"""The desk for filled forms (SOP 5.1, 5.2, 5.4): a sound one becomes a request, a faulty one goes back."""

import hashlib
import re
import time
from dataclasses import dataclass, replace

from pipeline.approval.conflicts import Holding, same_nik
from pipeline.approval.items import (
    Renumbered,
    content_key_of,
    digest_of,
    renumber_items,
    spread_items,
    to_plain,
)
from pipeline.approval.workflow import may_change, may_revise
from pipeline.desks import returning
from pipeline.desks.asking import ask_due
from pipeline.desks.ending import stop_work
from pipeline.desks.holding import stopped_by, stops_words
from pipeline.desks.judging import judge_form, known_names
from pipeline.desks.returning import FormRead
from pipeline.desks.routing import routes_of
from pipeline.desks.setting_aside import set_aside
from pipeline.desks.showing import path_words, signature_elsewhere
from pipeline.desks.signed import awaits_signature, take_signature, unsigned_keys
from pipeline.directory import find_department
from pipeline.form.people import same_person
from pipeline.form.reader import unread
from pipeline.form.refusals import file_problem
from pipeline.model import (
    MAIN,
    REQUEST_NUMBER,
    AccessItem,
    Attachment,
    Case,
    Directory,
    Form,
    Mail,
    Problem,
    Sender,
    Step,
)
from pipeline.office import Office
from pipeline.turn import Outcome, Turn

#: What a form may come as. The reader says of the others what they are and how to save them.
_WORKBOOK = re.compile(r"\.(xlsx|xlsm|xltx|xls|xlsb|ods|et)$", re.IGNORECASE)
_OTHER = re.compile(r"\.(csv|pdf|docx?|odt|html?|zip|rar|jpe?g|png|heic)$", re.IGNORECASE)
_REF = re.compile(REQUEST_NUMBER)
#: More workbooks in one mail than anybody sends; each costs a child process.
_MOST_FILES = 10
#: No further workbook of a mail is begun after this.
_MOST_SECONDS = 30
#: A request that is still on its way: the same form again is a duplicate of it.
_OPEN = frozenset({"awaiting_signoff", "awaiting_approval", "approved", "partly_approved", "provisioning"})


@dataclass(frozen=True)
class Submission:
    """A sound form on its way to become a request or the next revision of one."""

    mail: Mail
    requester: str
    file: Attachment
    form: Form
    signature_sha256: str
    #: what its sender should look at, and what stops nothing
    hints: tuple[Problem, ...]
    #: what its employees have, or are about to have
    holding: Holding
    #: the form is of another version than ours
    old: bool = False
    #: the sheet of an earlier return that the file still has
    corrections: str = ""


def form_files(attachments: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The attachments worth reading: every workbook, else the first file that was meant as one."""
    books = tuple(a for a in attachments if _WORKBOOK.search(a.name) or "spreadsheet" in a.content_type)
    return books or tuple(a for a in attachments if _OTHER.search(a.name))[:1]


def read_forms(office: Office, directory: Directory, mail: Mail, sender: Sender) -> tuple[FormRead, ...]:
    """Read the workbooks of somebody who may send forms; a stranger's are not opened at all."""
    person = directory.person(sender.address) if sender.proven else None
    if person is None or len(form_files(mail.attachments)) > _MOST_FILES:
        return ()
    language = person.language or office.config.company.language
    read = []
    begun = time.monotonic()
    for file in form_files(mail.attachments):
        if time.monotonic() - begun > _MOST_SECONDS:
            # What one mail costs keeps every other waiting: the rest is sent back unread.
            slow = unread(file_problem("too_slow", "", language), "too_slow")
            read.append(FormRead(file, slow))
            continue
        read.append(FormRead(file, office.sandbox.read(file.data, file.name, office.today(), language)))
    # A price list beside the form is no reason to send the form back, nor is a file that can't be opened.
    forms = [one for one in read if not any(p.kind in {"form", "file"} for p in one.reading.errors)]
    return tuple(forms or read[:1])


def decide_forms(turn: Turn, mail: Mail, sender: Sender, read: tuple[FormRead, ...]) -> Outcome:
    """Number what is sound, send back what is not; a mail that holds both counts as returned."""
    if not sender.proven:
        return set_aside(turn, mail, sender, "from-defect" if sender.defect else "sender-not-proven")
    if turn.directory.person(sender.address) is None:
        return set_aside(turn, mail, sender, "stranger")
    if len(form_files(mail.attachments)) > _MOST_FILES:
        return set_aside(turn, mail, sender, "too-many-files")
    if not read:
        return set_aside(turn, mail, sender, "no-form")
    outcomes = [_decide_one(turn, mail, sender, one) for one in read]
    first = {"returned": 0, "processed": 1, "duplicate": 2}
    worst = min(outcomes, key=lambda outcome: first.get(outcome.kind, 3))
    return replace(worst, ref=next((outcome.ref for outcome in outcomes if outcome.ref), ""))


def _decide_one(turn: Turn, mail: Mail, sender: Sender, one: FormRead) -> Outcome:
    form = known_names(turn, one.reading.form)
    one = replace(one, reading=replace(one.reading, form=form))
    key = content_key_of(sender.address, form)
    alike = [turn.case(row.ref) for row in turn.entry.requests_with_content(key)]
    for case in alike:
        # Before anything is found wrong with it: some of the access may have been given meanwhile.
        if case is not None and case.state in _OPEN:
            return _note_repeated(turn, mail, sender, case)
    rejected = next((case for case in alike if case is not None and case.state == "rejected"), None)
    previous, problem = _previous(turn, mail, sender, one)
    previous = previous or rejected or _unsigned_before(turn, sender, form)
    judged = judge_form(turn, sender, one, previous)
    if not judged.sound:
        return returning.return_form(turn, mail, sender, one, judged.problems)
    if problem:
        return returning.return_form(turn, mail, sender, one, (*judged.problems, problem))
    submission = Submission(
        mail, sender.address, one.file, judged.form, one.reading.signature_sha256, judged.problems,
        judged.holding, old=returning.is_old(one.reading), corrections=one.reading.corrections,
    )  # fmt: skip
    if previous is None:
        return _open_request(turn, submission, key)
    return _next_revision(turn, submission, key, previous, one)


def _note_repeated(turn: Turn, mail: Mail, sender: Sender, case: Case) -> Outcome:
    """The same form while the first is on its way: recorded each time, said once in 24 hours."""
    turn.record("form_repeated", case.ref, sender.address, {"mail_sha256": mail.sha256})
    said = f"duplicate/{case.ref}/r{case.revision}/"
    if turn.said_today(said):
        return Outcome("duplicate", "same-form-again", case.ref)
    turn.to_requester(said + mail.sha256[:32], "duplicate", case, {})
    return Outcome("duplicate", "same-form", case.ref)


def _previous(turn: Turn, mail: Mail, sender: Sender, one: FormRead) -> tuple[Case | None, Problem | None]:
    """The request this form corrects: by its number in the form, else by the thread it was sent in."""
    form, cell = one.reading.form, one.reading.cells.get("revises", "")
    named = _REF.search(form.revises)
    if named:
        ref = named.group()
        case = turn.case(ref)
        if case is None or not _same_department(turn, case, form):
            return None, returning.revises_problem(turn, sender.address, "revises-unknown", ref, cell)
        if not may_change(case) and not awaits_signature(case):
            ended = case.state in {"withdrawn", "lapsed"}
            what = "revises-ended" if ended else "revises-closed"
            return None, returning.revises_problem(turn, sender.address, what, ref, cell)
        return case, None
    for letter in turn.entry.outbox.answered_by(mail):
        case = turn.case(letter.ref) if letter.ref else None
        if case is not None and _corrects(turn, case, form):
            return case, None
    return None, None


def _unsigned_before(turn: Turn, sender: Sender, form: Form) -> Case | None:
    """Emergency access of the very same form, given before anybody had signed it."""
    keys = unsigned_keys(sender.address, form) if form.signature != "none" else ()
    cases = (turn.case(row.ref) for key in keys for row in turn.entry.requests_with_content(key))
    return next((case for case in cases if awaits_signature(case)), None)


def _corrects(turn: Turn, case: Case, form: Form) -> bool:
    """Is this form, sent in the thread of that request, about it? People start new mails from old ones."""
    same = any(
        same_nik(new.employee_id) == same_nik(old.employee_id) or same_person(new.name, old.name)
        for new in form.employees
        for old in case.form.employees
    )
    if not may_revise(case) and not renumber_items(spread_items(form), case.items).void:
        return False
    return same and _same_department(turn, case, form)


def _same_department(turn: Turn, case: Case, form: Form) -> bool:
    """By name, or by the names the directory knows besides: "Keuangan" is "Finance"."""
    names = (case.form.requester_department, form.requester_department)
    known = [find_department(turn.directory, name) for name in names]
    return known[0] is not None and known[0] == known[1]


def _open_request(turn: Turn, submission: Submission, key: str) -> Outcome:
    year = turn.office.today().year
    ref = f"REQ-{year}-{turn.entry.next_number(year):04d}"
    items = spread_items(submission.form)
    content = _content(turn, submission, ref, 0, items, key)
    turn.record("request_received", ref, submission.requester, {**content, "requester": submission.requester})
    return _ask(turn, ref, "new-request", submission)


def _next_revision(turn: Turn, submission: Submission, key: str, previous: Case, one: FormRead) -> Outcome:
    """Same number, next revision; the tokens of the one before are dead from here on (SOP 5.4)."""
    spread: Renumbered = renumber_items(spread_items(submission.form), previous.items)
    if not spread.items:
        also = signature_elsewhere(turn, previous.ref, submission.form, submission.signature_sha256)
        signed = take_signature(
            turn, submission.mail, submission.file, submission.form, also, previous, submission.requester
        )
        if signed is not None:
            return signed
    if not spread.items or not may_change(previous):
        # Where everything is done, only the signature was still to come.
        what = "revises-closed" if spread.items else "revises-nothing"
        problem = returning.revises_problem(turn, submission.requester, what, previous.ref)
        sender = Sender(submission.requester, "", "dmarc", "")
        return returning.return_form(turn, submission.mail, sender, one, (problem,))
    revision = previous.revision + 1
    content = _content(turn, submission, previous.ref, revision, spread.items, key)
    turn.record(
        "request_revised",
        previous.ref,
        submission.requester,
        {
            **content,
            "carried": list(spread.carried),
            "dropped": list(spread.dropped),
            "void": list(spread.void),
        },
    )
    void = tuple(item for item in previous.items if item.item.no in spread.void)
    if void:
        reason = {"id": f"diganti oleh revisi ke-{revision}", "en": f"replaced by revision {revision}"}
        language = turn.office.config.company.language
        stop_work(
            turn, previous.ref, void, submission.requester, reason[language], submission.mail.sha256,
            "revised",
        )  # fmt: skip
    return _ask(turn, previous.ref, "next-revision", submission)


def _content(
    turn: Turn, submission: Submission, ref: str, revision: int, items: tuple[AccessItem, ...], key: str
) -> dict[str, object]:
    """What the journal keeps of one revision: everything that its letters and the register are made of."""
    form = submission.form
    also = signature_elsewhere(turn, ref, form, submission.signature_sha256)
    routes = routes_of(turn, form, items, submission.holding, also)
    return {
        "revision": revision,
        "form": to_plain(Form, submission.form),
        "items": [to_plain(AccessItem, item) for item in items],
        "digest": digest_of(ref, revision, submission.form, items),
        "content_key": key,
        "form_sha256": hashlib.sha256(submission.file.data).hexdigest(),
        "form_name": submission.file.name,
        "signature_sha256": submission.signature_sha256,
        "signature_also": list(also),
        "corrections": submission.corrections,
        "routes": {
            str(no): to_plain(tuple[Step, ...], steps)
            for no, steps in routes.steps.items()
            if steps != (MAIN,)
        },
        "conflicts": {str(no): list(pairs) for no, pairs in routes.conflicts.items()},
        "mail_sha256": submission.mail.sha256,
        "message_id": submission.mail.message_id,
    }


def _ask(turn: Turn, ref: str, reason: str, submission: Submission) -> Outcome:
    asked = ask_due(turn, ref, submission.file)
    case = turn.case(ref)
    if case is not None:
        language = turn.language_of(case.requester)
        current = (returning.official_form(turn, submission.form, language),) if submission.old else ()
        facts = {
            "approver_name": ", ".join(asked), "hints": submission.hints, "current_form": bool(current),
            "path": path_words(case, language),
            "stops": stops_words(stopped_by(turn, case, case.items), language),
        }  # fmt: skip
        turn.to_requester(f"received/{ref}/r{case.revision}", "received", case, facts, current)
    return Outcome("processed", reason, ref)
