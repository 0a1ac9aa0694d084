"""Asking an approver: the token, the approval letter with the original form, and who is asked."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from pipeline.approval.approvers import Chosen, choose_approver, may_decide
from pipeline.approval.changes import last_changes
from pipeline.approval.tokens import Binding, mint_code
from pipeline.approval.workflow import open_items
from pipeline.directory import acting, find_department, named_deputy
from pipeline.form.people import same_person
from pipeline.mail.message import read_mail
from pipeline.model import Asked, Attachment, Case, Event, Form, Language, Letter, Person, PipelineError
from pipeline.turn import Turn


def ask_approver(turn: Turn, ref: str, form: Attachment | None = None) -> str:
    """Ask whoever may decide what is still open in `ref`; the name of the one who was asked, or "".

    `form`: the file as it came, where it is at hand; else it is taken out of the spooled mail."""
    case = turn.case(ref)
    if case is None:
        raise PipelineError(f"{ref} has no events.", "Run `run.py verify`.")
    chosen = _choose(turn, case)
    if chosen is None:
        _nobody_may_decide(turn, case)
        return ""
    return _ask(turn, case, chosen, form)


def ask_another(turn: Turn, ref: str, but: frozenset[str]) -> str:
    """Ask somebody else than those addresses, who have not answered; "" where nobody else may decide."""
    case = turn.case(ref)
    chosen = _choose(turn, case, but) if case else None
    return _ask(turn, case, chosen, None) if case and chosen else ""


def _ask(turn: Turn, case: Case, chosen: Chosen, form: Attachment | None) -> str:
    ref = case.ref
    binding = Binding(
        ref=ref, revision=case.revision, round=_next_round(case), digest=case.digest,
        approver=chosen.person.email, expires=_expiry(turn),
    )  # fmt: skip
    keys = turn.office.keys
    code = mint_code(binding, keys.tokens[keys.current], keys.current)
    key = f"approval/{ref}/r{binding.revision}/{binding.round}"
    event = turn.record("approval_asked", ref, "akses", {
        "revision": binding.revision, "round": binding.round, "digest": binding.digest,
        "approver": binding.approver, "acting_for": chosen.acting_for.email if chosen.acting_for else "",
        "expires": binding.expires.isoformat(), "code": code, "message_id": turn.id_of(key, code),
        "items": [item.item.no for item in open_items(case)],
    })  # fmt: skip
    turn.entry.keep_token(code, ref, event.seq)
    _write_approval(turn, case, chosen, binding, key, code, (form,) if form else original_form(turn, case))
    return chosen.person.name


def still_approver(turn: Turn, case: Case, asked: Asked) -> bool:
    """Today, not only when he was asked: roles change, and a deputy's dates end."""
    if asked.acting_for:
        deputy = _deputy_of(turn, case, asked.acting_for)
        if deputy is None or deputy.email != asked.approver:
            return False
    roles = turn.office.config.approval.roles
    return may_decide(turn.directory, roles, asked.approver, asked.acting_for, case.form)


def original_form(turn: Turn, case: Case) -> tuple[Attachment, ...]:
    """The form as it came, out of the spooled mail: what the approver sees is what was sent."""
    mail = read_mail(turn.office.spool.read(case.mail_sha256))
    return tuple(a for a in mail.attachments if hashlib.sha256(a.data).hexdigest() == case.form_sha256)[:1]


def _choose(turn: Turn, case: Case, but: frozenset[str] = frozenset()) -> Chosen | None:
    return choose_approver(
        turn.directory, turn.office.config.approval.roles, case.form, case.askers,
        lambda email: _deputy_of(turn, case, email), but,
    )  # fmt: skip


def _deputy_of(turn: Turn, case: Case, email: str) -> Person | None:
    """Who stands in for this approver: by the directory's dates, or since he was away or did not answer."""
    today = turn.office.today()
    running = acting(turn.directory, email, today)
    if running is not None:
        return running
    brought_in = {asked.handed_to for asked in case.asked if asked.approver == email and asked.handed_to}
    named = named_deputy(turn.directory, email, today)
    return named if named is not None and named.email in brought_in else None


def _next_round(case: Case) -> int:
    return max((asked.round for asked in case.asked), default=0) + 1


def _expiry(turn: Turn) -> datetime:
    return (turn.now + timedelta(days=turn.office.config.approval.valid_days)).replace(microsecond=0)


def _nobody_may_decide(turn: Turn, case: Case) -> None:
    roles = ", ".join(turn.office.config.approval.roles)
    turn.record("approver_missing", case.ref, "akses", {"roles": roles})
    management = tuple(person.email for person in turn.directory.with_role("management"))
    turn.write(Letter(
        key=f"approver_missing/{case.ref}/r{case.revision}", kind="approver_missing", ref=case.ref,
        to=tuple(dict.fromkeys((*turn.it(), *management))), language=turn.office.config.company.language,
        facts={"case": case, "why": roles},
    ))  # fmt: skip


def _write_approval(
    turn: Turn, case: Case, chosen: Chosen, binding: Binding, key: str, code: str,
    form: tuple[Attachment, ...],
) -> None:  # fmt: skip
    language = turn.language_of(chosen.person.email)
    earlier = tuple(asked.message_id for asked in case.asked)
    turn.write(Letter(
        key=key, kind="approval", to=(chosen.person.email,), language=language, ref=case.ref, token=code,
        attachments=form, references=earlier,
        in_reply_to=earlier[-1] if earlier else "",
        facts=approval_facts(
            turn, case, language, code=code, approver=chosen.person.email, expires=binding.expires,
            acting_for=chosen.acting_for.email if chosen.acting_for else "",
        ),
    ))  # fmt: skip


def approval_facts(
    turn: Turn,
    case: Case,
    language: Language,
    *,
    code: str,
    approver: str,
    acting_for: str,
    expires: datetime,
) -> dict[str, object]:
    """What an approval letter shows, also when it is a reminder or asks back after an unclear answer.

    `approver` and `acting_for` ("" where he is no deputy) are addresses."""
    events = turn.entry.events(ref=case.ref)
    return {
        "case": case, "code": code, "approver_name": turn.name_of(approver),
        "acting_for": turn.name_of(acting_for) if acting_for else "", "expires": expires,
        "items": open_items(case),
        "previous": _earlier_reason(events, case), "changes": last_changes(events),
        "signature_text": signature_words(turn, case, language), "signature_also": _also_used(events),
        "digest_short": case.digest[:12], "old_list": _old_list(events),
    }  # fmt: skip


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
    return said


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
