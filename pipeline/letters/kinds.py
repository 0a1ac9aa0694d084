"""The kinds of letters Akses sends, each with the facts its template is given. No words of letters here."""

from dataclasses import dataclass

from pipeline.model import PipelineError


@dataclass(frozen=True)
class Kind:
    """One kind of letter. `answers`: it is the automatic answer to one mail (RFC 3834), not a notice."""

    name: str
    facts: tuple[str, ...]
    answers: bool = False

    @property
    def auto_submitted(self) -> str:
        return "auto-replied" if self.answers else "auto-generated"


_ASKING = (
    "case", "code", "approver_name", "acting_for", "items", "previous", "changes", "until",
    "stops", "signature_text", "signature_also", "digest_short", "old_list", "as_what", "approved_before",
    "afterwards", "needs_reason", "conflicts", "remarks",
)  # fmt: skip

_LIST = ("number", "code", "approver_name", "expires", "lines")

_RETURNED = (
    "sender_name", "file_name", "problems", "marked", "coloured", "commented", "listed", "unhidden", "ref",
    "official_form_attached", "filled", "unread", "old_form",
)  # fmt: skip

#: To add a kind: its line here, templates/id/NAME.j2 and en/NAME.j2, and sample facts in samples.py.
KINDS: tuple[Kind, ...] = (
    # To the requester (SOP 5.1, 5.4).
    Kind("returned", _RETURNED, answers=True),
    Kind("received", ("case", "approver_name", "hints", "current_form", "path", "stops"), answers=True),
    Kind("duplicate", ("case",), answers=True),
    Kind("withdrawn", ("case", "withdrawn", "refused", "form_name", "asker_name"), answers=True),
    Kind("withdraw_unclear", ("case", "items", "asker_name", "why", "quoted", "form_name"), answers=True),
    Kind(
        "status",
        ("case", "waits_for", "since", "until", "away_since", "form_name", "asker_name"),
        answers=True,
    ),
    Kind("overtaken", ("case", "stopped", "revocation", "asker_name")),
    Kind("lapsed", ("case", "lapsed")),
    Kind("ended", ("case", "items", "reason", "refused", "missing", "sign_off")),
    Kind("signed", ("case", "items", "by_name")),
    Kind("decided", ("case", "decided", "open_items", "form_name")),
    Kind("ready", ("case",)),
    # To the approver (SOP 5.2). A notice, not an answer: nobody wrote to us for it.
    Kind("approval", _ASKING),
    Kind("reminder", (*_ASKING, "asked_at", "passed_on_at")),
    Kind("objection", ("case", "items", "from_name", "quoted")),
    Kind("passed_on", ("case", "items", "to_name", "approver_name")),
    Kind("unclear", (*_ASKING, "quoted", "why"), answers=True),
    Kind(
        "recorded",
        ("case", "decided", "open_items", "next_step", "approver_name", "afterwards"),
        answers=True,
    ),
    Kind(
        "late",
        ("case", "quoted", "deputy_name", "approver_name", "refused", "replaced", "decided"),
        answers=True,
    ),
    # To an approver with many open questions, and about his answers to that list.
    Kind("digest", (*_LIST, "more")),
    Kind("digest_unclear", (*_LIST, "quoted", "why"), answers=True),
    Kind("digest_recorded", ("number", "verdicts", "recorded"), answers=True),
    # To the approver who was asked and to IT staff who were to do it: it comes to nothing.
    Kind("withdrawn_notice", ("case", "withdrawn", "open_items", "reason", "asker_name", "at_work", "why")),
    # To an approver who wrote DEPUTI, to his deputy, and to an approver whose deputy wrote it.
    Kind(
        "deputy_named",
        ("approver_name", "deputy_name", "deputy_email", "first", "last", "others", "away", "cut"),
        answers=True,
    ),
    Kind("deputy_away", ("approver_name", "away")),
    Kind("deputy_duty", ("deputy_name", "approver_name", "first", "last")),
    Kind("deputy_ended", ("approver_name", "ended", "deputy_name"), answers=True),
    Kind(
        "deputy_refused",
        ("approver_name", "why", "who", "when", "example_email", "example_days"),
        answers=True,
    ),
    # To the employee.
    Kind("ready_employee", ("employee", "items", "case")),
    # To IT (SOP 5.3, 5.5).
    Kind("provision", ("case", "items", "register_name", "approvers")),
    Kind("take_away", ("case", "items", "reason", "register_name", "refused", "missing")),
    Kind("quarantine", ("reason", "words", "from_text", "subject", "received_at", "sha256", "proof")),
    # To management, too: somebody tries approval codes.
    Kind("alarm", ("count", "claimed", "since")),
    Kind("register_notice", ("restored", "missing", "refused", "note")),
    Kind("undeliverable", ("letter_kind", "ref", "recipient", "diagnosis")),
    Kind("approver_missing", ("case", "why")),
    # To management.
    Kind("monthly", ("month", "figures", "file_name", "notes")),
)


def kind_of(name: str) -> Kind:
    """The kind of this name. PipelineError when there is none."""
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if kind is None:
        names = ", ".join(kind.name for kind in KINDS)
        raise PipelineError(f"There is no kind of letter called {name!r}.", f"The kinds are: {names}.")
    return kind
