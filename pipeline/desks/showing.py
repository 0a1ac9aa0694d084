"""What an approver is shown of a request before he decides, and the evidence of its sign-off in words."""

from collections.abc import Mapping
from dataclasses import replace

from pipeline.approval.changes import Changes, last_changes
from pipeline.approval.reasons import needs_reason
from pipeline.approval.routes import SIGN_OFF, answerable, is_afterwards, steps_asked
from pipeline.desks.deadlines import answer_by
from pipeline.desks.holding import holdings, remarks_on, stopped_by, stops_words
from pipeline.desks.signing import division_head, signs_for_himself
from pipeline.directory import find_department
from pipeline.form.people import same_person
from pipeline.letters.format import date_text, step_text
from pipeline.model import MAIN, Asked, Case, CaseItem, Event, Form, Language
from pipeline.turn import Turn


def approval_facts(turn: Turn, case: Case, asked: Asked) -> dict[str, object]:
    """What an approval letter shows, also when it is a reminder or asks back after an unclear answer."""
    events = turn.entry.events(ref=case.ref)
    language = turn.language_of(asked.approver)
    items = answerable(case, asked)
    known = holdings(turn, (item.item.employee for item in items))
    stopped = stopped_by(turn, case, items, known)
    return {
        "case": case, "code": asked.code, "approver_name": turn.name_of(asked.approver),
        "acting_for": turn.name_of(asked.acting_for) if asked.acting_for else "",
        "until": answer_by(turn.office, case, asked), "stops": stops_words(stopped, language),
        "items": items, "as_what": _as_what(case, asked, items, language),
        "approved_before": _approved_before(turn, items),
        "afterwards": is_afterwards(case, asked),
        "needs_reason": needs_reason(asked, items), "conflicts": _conflicts(events, items),
        "previous": _earlier_reason(events, case), "changes": _changes(turn, events),
        "signature_text": signature_words(turn, case, language), "signature_also": _also_used(events),
        "digest_short": case.digest[:12], "old_list": _old_list(events),
        "remarks": remarks_on(case, items, known, stopped, language),
    }  # fmt: skip


def _changes(turn: Turn, events: tuple[Event, ...]) -> Changes | None:
    """What the newest revision changed; who had approved what it changes, by name."""
    found = last_changes(events)
    if found is None:
        return None
    lines = tuple(
        replace(line, approved_by=tuple(map(turn.name_of, line.approved_by))) for line in found.lines
    )
    return replace(found, lines=lines)


def path_words(case: Case, language: Language) -> str:
    """The approvals that are still needed, in order: "A → B"; "" where it is the IT Manager's alone."""
    steps = {step for item in case.items if item.status == "requested" for step in item.route}
    if steps <= {MAIN}:
        return ""
    stages = sorted({step.stage for step in steps})
    return " → ".join(
        " + ".join(sorted(step_text(step.name, language) for step in steps if step.stage == stage))
        for stage in stages
    )


def _as_what(case: Case, asked: Asked, items: tuple[CaseItem, ...], language: Language) -> str:
    """In what capacity he is asked; "" where nothing but the usual approval is asked of anybody."""
    names = dict.fromkeys(name for item in items for name in steps_asked(asked, item.item.no))
    if list(names) == [MAIN.name] and all(item.route == (MAIN,) for item in case.items):
        return ""
    return ", ".join(step_text(name, language) for name in names)


def _approved_before(turn: Turn, items: tuple[CaseItem, ...]) -> tuple[str, ...]:
    """Who has approved these items in an earlier step, by name."""
    return tuple(dict.fromkeys(turn.name_of(vote.by) for item in items for vote in item.votes))


def _conflicts(events: tuple[Event, ...], items: tuple[CaseItem, ...]) -> tuple[str, ...]:
    """What the newest form's event says of systems that one person should not hold together."""
    said = _newest_form(events).get("conflicts", {})
    found = [said.get(str(item.item.no), []) for item in items] if isinstance(said, Mapping) else []
    # Journals of earlier versions hold one text for each item.
    pairs = (pair for pairs in found for pair in ([pairs] if isinstance(pairs, str) else pairs))
    return tuple(dict.fromkeys(map(str, pairs)))


def _earlier_reason(events: tuple[Event, ...], case: Case) -> str:
    """Why the revision before this one was rejected, so that the approver sees what was to change."""
    if case.revision == 0:
        return ""
    reasons = [
        str(event.data["reason"])
        for event in events
        if event.kind == "decision_recorded" and event.data["revision"] == case.revision - 1
    ]
    return next((reason for reason in reversed(reasons) if reason), "")


def signature_words(turn: Turn, case: Case, language: Language) -> str:
    """The evidence of the division head's sign-off in words. It is evidence, not proof."""
    form = case.form
    by_mail = _signed_by_mail(turn, case, language)
    if by_mail:
        return by_mail
    how = {
        ("image", "id"): "gambar tanda tangan pada formulir",
        ("image", "en"): "a signature picture on the form",
        ("typed", "id"): "nama yang diketik pada formulir",
        ("typed", "en"): "a typed name on the form",
        ("none", "id"): "tidak ada",
        ("none", "en"): "none",
    }[form.signature, language]
    department = find_department(turn.directory, form.requester_department)
    head = turn.name_of(department.division_head) if department and department.division_head else ""
    said = f"{form.division_head_name} ({how})"
    if form.signature_text and not same_person(form.signature_text, form.division_head_name):
        # What else was typed there, the approver judges: "ttd" is usual, another's name is not.
        said = f"{form.division_head_name} ({how}: “{form.signature_text}”)"
    if head and not same_person(form.division_head_name, head):
        doubt = {"id": "nama berbeda dari direktori", "en": "the name differs from the directory"}[language]
        return f"{said} – {doubt}: {head}"
    if same_person(form.division_head_name, form.requester_name):
        own = {
            "id": "pemohon mengesahkan permintaannya sendiri",
            "en": "the requester signed off for himself",
        }
        return f"{said} – {own[language]}"
    if signs_for_himself(form, division_head(turn, form)):
        gains = {
            "id": "mengesahkan akses untuk dirinya sendiri",
            "en": "signed off for access of his own",
        }
        return f"{said} – {gains[language]}"
    return said


def _signed_by_mail(turn: Turn, case: Case, language: Language) -> str:
    """Who has signed off by mail what this revision asks for, and when; "" where nobody has."""
    votes = [vote for item in case.items for vote in item.votes if SIGN_OFF in vote.steps]
    if not votes:
        return ""
    name, day = (
        turn.name_of(votes[-1].by),
        date_text(votes[-1].at.astimezone(turn.office.config.company.zone).date(), language),
    )
    return f"{name} (by mail, {day})" if language == "en" else f"{name} (lewat email, {day})"


def signature_elsewhere(turn: Turn, ref: str, form: Form, sha256: str) -> tuple[str, ...]:
    """Where the journal holds this signature picture under another name: "Name (REQ-...)", oldest first."""
    if not sha256:
        return ()
    found: dict[str, None] = {}
    for earlier in turn.entry.refs_mentioning(sha256):
        for event in turn.entry.events(ref=earlier):
            name = _signer(event, sha256)
            if name and not same_person(name, form.division_head_name):
                found[f"{name} ({earlier})" if earlier != ref else name] = None
    return tuple(found)


def _signer(event: Event, sha256: str) -> str:
    """The name under which a form's event holds this picture, or ""."""
    form = event.data.get("form")
    if event.data.get("signature_sha256") != sha256 or not isinstance(form, Mapping):
        return ""
    return str(form["division_head_name"])


def _also_used(events: tuple[Event, ...]) -> tuple[str, ...]:
    """What the newest form's event says of its signature picture under other names."""
    names = _newest_form(events).get("signature_also", [])
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _old_list(events: tuple[Event, ...]) -> str:
    """The sheet in the newest form on which an earlier return listed what was to be mended, or ""."""
    return str(_newest_form(events).get("corrections", ""))


def _newest_form(events: tuple[Event, ...]) -> Mapping[str, object]:
    forms = [event for event in events if event.kind in {"request_received", "request_revised"}]
    return forms[-1].data if forms else {}
