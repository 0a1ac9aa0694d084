"""docs/letters.md, made from the templates and their sample facts: `uv run python -m tests.letters.page`."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.letters.kinds import KINDS
from pipeline.letters.render import Rendered
from pipeline.model import Language
from tests.letters.samples import LANGUAGES, SAMPLE_NOW, a_letter, the_templates

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "letters.md"
#: What stands above the list of letters; written by hand.
HEAD = HERE / "page_head.md"
_NAMES: dict[Language, str] = {"id": "Indonesian", "en": "English"}


@dataclass(frozen=True)
class Entry:
    """Who gets a kind of letter, when, and in whose thread."""

    kind: str
    to: str
    when: str
    #: what In-Reply-To names; "-" where the letter begins a thread
    answers: str


_FORM = "the mail with the form"
_OWN = "the newest mail with a form of this request"
_QUESTION = "the approval mail of the question"
_HIS = "that mail"
_WORK = "the newest `provision`, where there was one"

#: In the order of KINDS; a test says when one is missing.
ENTRIES: tuple[Entry, ...] = (
    Entry("returned", "whoever sent the form", "the form has mistakes, listed and marked in it", _FORM),
    Entry("received", "the requester", "a sound form became a request, or its next revision", _FORM),
    Entry(
        "duplicate", "the requester",
        "the same form came again while the first is on its way; once in 24 hours", _OWN,
    ),
    Entry("withdrawn", "the requester", "he answered BATAL or WITHDRAW", _HIS),
    Entry("withdraw_unclear", "the requester", "he seems to take items back, and which is not clear", _HIS),
    Entry("status", "whoever asked and may know", "he answered STATUS; five times a day at most", _HIS),
    Entry(
        "overtaken", "the requester",
        "a revocation of the same access was approved, so what he asked for before is stopped", _OWN,
    ),
    Entry("lapsed", "the requester", "nobody decided within `approval.lapse_after` working days", _OWN),
    Entry(
        "ended", "the requester",
        "access given in an emergency was not signed for in time, or its sign-off was refused", _OWN,
    ),
    Entry("signed", "the requester", "emergency access was signed for after it was given", _OWN),
    Entry("decided", "the requester", "items were decided; for rejected ones with the form to correct", _OWN),
    Entry("ready", "the requester", "everything that was approved is done", _OWN),
    Entry(
        "approval", "the approver of the step, or his deputy",
        "a question is open for him; each round has its own code, and the form is attached",
        "the newest approval mail of the request, if there was one",
    ),
    Entry("reminder", "the approver", "he has not answered (`approval.remind_after` days)", _QUESTION),
    Entry(
        "objection", "whoever is asked now", "somebody who was asked before him answered after all",
        "his own approval mail",
    ),
    Entry(
        "passed_on", "the approver who was asked before",
        "somebody else is asked: he was silent or away, or his deputy's days began", _QUESTION,
    ),
    Entry("unclear", "the approver", "his answer has no clear verdict, or lacks a reason it needs", _HIS),
    Entry("recorded", "the approver", "his decision was recorded, item by item", _HIS),
    Entry(
        "late", "the approver",
        "his answer came too late and changed nothing, or says other than what was recorded", _HIS,
    ),
    Entry(
        "digest", "an approver with `approval.digest_from` open questions or more",
        "at `schedule.digest_at` on each working day", "-",
    ),
    Entry("digest_unclear", "the approver", "his answer to a list has no clear verdict", _HIS),
    Entry("digest_recorded", "the approver", "his answer to a list was handled, line by line", _HIS),
    Entry(
        "withdrawn_notice", "the approver who was asked, and IT staff who were to do it",
        "the requester took items back, or a revision or a revocation took their place",
        "his approval mail; to IT staff: the newest `provision`",
    ),
    Entry("deputy_named", "the approver", "he named a deputy by mail", _HIS),
    Entry(
        "deputy_away", "an approver", "his deputy has named a deputy himself, and can't stand in", "-"
    ),
    Entry("deputy_duty", "the deputy", "an approver named him by mail", "-"),
    Entry(
        "deputy_ended", "the approver; and the deputy",
        "the approver ended or replaced a deputy's term by mail", "that mail; to the deputy: -",
    ),
    Entry("deputy_refused", "whoever wrote DEPUTI", "what he wrote changes nothing, and why", _HIS),
    Entry("ready_employee", "each employee with an address in the form", "his access is ready", "-"),
    Entry("provision", "IT staff", "items were approved and are to be done", _WORK),
    Entry("take_away", "IT staff and the IT Manager", "emergency access was not signed for", _WORK),
    Entry("quarantine", "IT staff and the IT Manager", "a mail was set aside; very many are combined", "-"),
    Entry(
        "alarm", "IT staff, the IT Manager and management",
        "approval codes are being tried; once in 24 hours at most", "-",
    ),
    Entry(
        "register_notice", "IT staff and the IT Manager",
        "cells of ours were put back, or an entry could not be accepted", "-",
    ),
    Entry("undeliverable", "IT staff and the IT Manager", "a letter of ours did not arrive", "-"),
    Entry(
        "approver_missing", "IT staff, the IT Manager and management", "nobody may decide a request", "-"
    ),
    Entry("monthly", "management", "the first working day of a month, with the workbook", "-"),
)  # fmt: skip


def rendered(kind: str, language: Language) -> Rendered:
    """The sample letter of this kind."""
    return the_templates().render(a_letter(kind, language), SAMPLE_NOW)


def page() -> str:
    """The whole page: by hand what stands above, then every kind as its templates fill in the samples."""
    listed = "\n".join(f"| [`{one.kind}`](#{one.kind}) | {one.to} | {one.when} |" for one in ENTRIES)
    table = f"| letter | to whom | when |\n|---|---|---|\n{listed}\n"
    return "\n".join((HEAD.read_text(encoding="utf-8"), table, *map(_section, ENTRIES)))


def _section(one: Entry) -> str:
    answered = next(kind.auto_submitted for kind in KINDS if kind.name == one.kind)
    about = (
        f"## {one.kind}\n\n- **To:** {one.to}\n- **When:** {one.when}\n- **In answer to:** {one.answers}\n"
        f"- **Auto-Submitted:** `{answered}`\n"
    )
    return "\n".join((about, *(_words(one.kind, language) for language in LANGUAGES)))


def _words(kind: str, language: Language) -> str:
    letter = rendered(kind, language)
    return (
        f"<details><summary>{_NAMES[language]}: <code>{letter.subject}</code></summary>\n\n"
        f"````text\n{letter.text}````\n\n</details>\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
