"""Asking approvers: who is asked now about which items, the token, and the approval letter with the form."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipeline.approval.approvers import Chosen
from pipeline.approval.routes import answerable, steps_asked, steps_due
from pipeline.approval.tokens import Binding
from pipeline.approval.workflow import open_rounds
from pipeline.desks.outcome import tell_outcome
from pipeline.desks.settling import settle
from pipeline.desks.showing import approval_facts
from pipeline.desks.voices import Said, people_for, said_of, still_approver
from pipeline.mail.message import read_mail
from pipeline.model import Asked, Attachment, Case, CaseItem, Letter, PipelineError, Step
from pipeline.turn import Turn


@dataclass
class Question:
    """What one person is to be asked: item number -> names of the steps."""

    chosen: Chosen
    steps: dict[int, list[str]] = field(default_factory=dict)


def ask_due(
    turn: Turn, ref: str, form: Attachment | None = None, instead_of: Asked | None = None
) -> tuple[str, ...]:
    """Ask everybody whose approval is due in `ref` and who has not been asked yet; their names.

    Steps that nobody is to be heard in any more are done with first. A question that its approver cannot
    answer any more is closed, whether or not somebody else is asked.

    `form`: the file as it came, where it is at hand; else it is taken out of the spooled mail. `instead_of`:
    a question nobody has answered; somebody else is asked, or nobody where nobody else may decide."""
    settled = settle(turn, ref)
    case = turn.case(ref)
    if case is None:
        raise PipelineError(f"{ref} has no events.", "Run `run.py verify`.")
    if settled:
        numbers = {item.item.no for item in settled}
        tell_outcome(turn, case, settled, f"{ref}/r{case.revision}/settled{min(numbers)}")
    standing = tuple(a for a in open_rounds(case) if a != instead_of and _stands(turn, case, a))
    questions, stuck = _questions(turn, case, standing)
    if instead_of is not None:
        questions = [q for q in questions if q.chosen.person.email != instead_of.approver]
    elif stuck:
        _nobody_may_decide(turn, case, stuck)
    replaced = tuple(asked.round for asked in open_rounds(case) if asked not in standing)
    files = (form,) if form else original_form(turn, case) if questions else ()
    if replaced and not questions and instead_of is None:
        turn.record("question_closed", ref, "akses", {
            "rounds": list(replaced), "approvers": sorted({_asked_in(case, n).approver for n in replaced}),
        })  # fmt: skip
    last = max((asked.round for asked in case.asked), default=0)
    for number, question in enumerate(questions, last + 1):
        _ask(turn, case, question, number, replaced, files)
    return tuple(dict.fromkeys(question.chosen.person.name for question in questions))


def original_form(turn: Turn, case: Case) -> tuple[Attachment, ...]:
    """The form as it came, out of the spooled mail: what the approver sees is what was sent."""
    mail = read_mail(turn.office.spool.read(case.mail_sha256))
    return tuple(a for a in mail.attachments if hashlib.sha256(a.data).hexdigest() == case.form_sha256)[:1]


def _questions(turn: Turn, case: Case, standing: Sequence[Asked]) -> tuple[list[Question], list[CaseItem]]:
    """Whom to ask about what, and the items that nobody may decide."""
    found: dict[tuple[str, str], Question] = {}
    stuck = []
    people: dict[tuple[Step, Said], tuple[Chosen, ...]] = {}
    waited = {asked.round: {item.item.no for item in answerable(case, asked)} for asked in standing}
    for item in case.items:
        number = item.item.no
        for step in steps_due(item):
            said = said_of(item, step)
            if (step, said) not in people:
                people[step, said] = people_for(turn, case, step, said)
            chosen = people[step, said]
            asked = {
                a.principal
                for a in standing
                if number in waited[a.round] and step.name in steps_asked(a, number)
            }
            if not chosen and not asked:
                stuck.append(item)
            if step.need == "first" and asked:
                continue
            for one in chosen:
                if one.principal not in asked | {principal for _, principal in said}:
                    key = (one.person.email, one.acting_for.email if one.acting_for else "")
                    question = found.setdefault(key, Question(one))
                    question.steps.setdefault(number, []).append(step.name)
    return list(found.values()), stuck


def _stands(turn: Turn, case: Case, asked: Asked) -> bool:
    """Can this question still be answered by who was asked?"""
    return asked.expires >= turn.now and still_approver(turn, case, asked)


def _ask(
    turn: Turn, case: Case, question: Question, number: int, replaced: tuple[int, ...],
    form: tuple[Attachment, ...],
) -> None:  # fmt: skip
    chosen, ref = question.chosen, case.ref
    binding = Binding(
        ref=ref, revision=case.revision, round=number, digest=case.digest, approver=chosen.person.email,
        expires=_expiry(turn),
    )  # fmt: skip
    code = turn.mint(binding)
    key = f"approval/{ref}/r{binding.revision}/{number}"
    event = turn.record("approval_asked", ref, "akses", {
        "revision": binding.revision, "round": binding.round, "digest": binding.digest,
        "approver": binding.approver, "acting_for": chosen.acting_for.email if chosen.acting_for else "",
        "expires": binding.expires.isoformat(), "code": code, "message_id": turn.id_of(key, code),
        "items": sorted(question.steps), "steps": {str(no): names for no, names in question.steps.items()},
        "replaces": list(replaced), "escalated": _unanswered_before(case, question),
    })  # fmt: skip
    turn.entry.keep_token(code, ref, event.seq)
    _write_approval(turn, ref, number, key, form)


def _unanswered_before(case: Case, question: Question) -> bool:
    """Has somebody else been asked the same about this revision, and not answered?"""
    return any(
        asked.passed_on and set(steps_asked(asked, number)) & set(names)
        for asked in case.asked if asked.asked_at >= case.revised_at
        for number, names in question.steps.items()
    )  # fmt: skip


def _expiry(turn: Turn) -> datetime:
    return (turn.now + timedelta(days=turn.office.config.approval.valid_days)).replace(microsecond=0)


def _write_approval(turn: Turn, ref: str, number: int, key: str, form: tuple[Attachment, ...]) -> None:
    case = turn.case(ref)
    if case is None:
        return
    asked = _asked_in(case, number)
    earlier = tuple(one.message_id for one in case.asked if one is not asked)
    turn.write(Letter(
        key=key, kind="approval", to=(asked.approver,), language=turn.language_of(asked.approver), ref=ref,
        token=asked.code, attachments=form, references=earlier, in_reply_to=earlier[-1] if earlier else "",
        facts=approval_facts(turn, case, asked),
    ))  # fmt: skip


def _asked_in(case: Case, number: int) -> Asked:
    return next(asked for asked in case.asked if asked.round == number)


def _nobody_may_decide(turn: Turn, case: Case, items: Sequence[CaseItem]) -> None:
    roles = ", ".join(turn.office.config.approval.roles)
    numbers = [item.item.no for item in items]
    turn.record("approver_missing", case.ref, "akses", {"roles": roles, "items": numbers})
    turn.write(Letter(
        key=f"approver_missing/{case.ref}/r{case.revision}", kind="approver_missing", ref=case.ref,
        to=turn.it_and_management(), language=turn.office.config.company.language,
        facts={"case": case, "why": roles},
    ))  # fmt: skip
