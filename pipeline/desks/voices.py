"""Who is to be heard about an item: the people of a step, who stands in for them, who may still answer."""

from collections.abc import Callable, Sequence

from pipeline.approval.approvers import Chosen, entitled, may_decide
from pipeline.approval.routes import answerable, steps_asked
from pipeline.directory import acting, named_deputy
from pipeline.model import Asked, Case, CaseItem, Person, Step
from pipeline.turn import Turn

#: Who approved an item in a step, and in whose name (addresses).
Said = frozenset[tuple[str, str]]


def said_of(item: CaseItem, step: Step) -> Said:
    """Everybody who approved this item in this step."""
    return frozenset((vote.by, vote.principal) for vote in item.votes if step.name in vote.steps)


def voted(item: CaseItem, step: Step) -> set[str]:
    """The addresses of those in whose name this item was approved in this step."""
    return {principal for _, principal in said_of(item, step)}


def people_for(turn: Turn, case: Case, step: Step, said: Said) -> tuple[Chosen, ...]:
    """Who is to be asked in this step: one person, or where all are to be asked, everybody.

    `said`: who has approved the item in this step already."""
    approval, silent = turn.office.config.approval, _silent(case)
    who, alternate = step.who or approval.roles, (approval.alternate,)
    if step.need == "all":
        named = tuple(
            entitled(turn.directory, who, case.form, case.askers, _deputies(turn, case), nobody_left_out=True)
        )
        named += _instead_of_gone(turn, case, step, named)
        return _one_voice_each(turn, case, step, named, said) or _entitled(turn, case, alternate)[:1]
    if step.need == "any":
        answering = _entitled(turn, case, who, silent)
        if answering:
            return answering
    anybody = (*who, *alternate)
    return (_entitled(turn, case, anybody, silent) or _entitled(turn, case, anybody))[:1]


def _instead_of_gone(turn: Turn, case: Case, step: Step, named: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """One of the alternate role where somebody whom the step names is not in the directory any more: a step
    that wants several pairs of eyes never wants fewer because a line was deleted."""
    if all(turn.directory.person(one) for one in step.who if "@" in one):
        return ()
    return _alternates(turn, case, named)[:1]


def still_approver(turn: Turn, case: Case, asked: Asked) -> bool:
    """Today, not only when he was asked: roles change, deputies' dates end, people leave."""
    if turn.directory.person(asked.approver) is None:
        return False
    approval = turn.office.config.approval
    names = {name for number in asked.items for name in steps_asked(asked, number)}
    steps = {step.name: step for item in case.items for step in item.route if step.name in names}
    if not steps:
        return False
    everybody = [step for step in steps.values() if step.need == "all"]
    if any(not _is_voice(turn, case, asked, step) for step in everybody):
        return False
    if asked.acting_for and len(everybody) < len(steps):
        deputy = _deputy_of(turn, case, asked.acting_for)
        if deputy is None or deputy.email != asked.approver:
            return False
    return all(
        may_decide(
            turn.directory, (*(step.who or approval.roles), approval.alternate), asked.approver,
            asked.acting_for, case.form,
        )
        for step in steps.values()
    )  # fmt: skip


def speaks_already(case: Case, asked: Asked, person: Person) -> bool:
    """Is this person heard beside `asked` in a step in which everybody is to be heard, one voice each?"""
    steps = {step.name: step for item in case.items for step in item.route if step.need == "all"}
    for item in answerable(case, asked):
        for name in set(steps_asked(asked, item.item.no)) & steps.keys():
            others = {
                a.approver
                for a in case.asked
                if a.open and a.round != asked.round and name in steps_asked(a, item.item.no)
            }
            if person.email in others | {by for by, _ in said_of(item, steps[name])}:
                return True
    return False


def _is_voice(turn: Turn, case: Case, asked: Asked, step: Step) -> bool:
    """Is he one of those to be heard in a step in which everybody is?"""
    for item in answerable(case, asked):
        if step.name in steps_asked(asked, item.item.no):
            chosen = people_for(turn, case, step, said_of(item, step))
            if (asked.approver, asked.acting_for) not in map(_pair, chosen):
                return False
    return True


def _pair(one: Chosen) -> tuple[str, str]:
    return one.person.email, one.acting_for.email if one.acting_for else ""


def _one_voice_each(
    turn: Turn, case: Case, step: Step, named: Sequence[Chosen], said: Said
) -> tuple[Chosen, ...]:
    """One human for each of those named. Whose deputy would speak twice is asked himself; in the name of who
    did not answer, or has spoken as somebody's deputy, one of the alternate role is."""
    heard = {principal: by for by, principal in said}
    quiet, now = _quiet_in(case, step), _asked_now(case, step)
    taken = set(heard.values())
    voices: dict[str, Chosen] = {}
    # Who is asked already keeps the question, and no deputy takes the place of who speaks for himself.
    order = sorted(
        named, key=lambda one: (now.get(one.principal, "") in {"", *quiet}, one.acting_for is not None)
    )
    for one in order:
        voice = one
        if one.principal not in heard:
            himself = Chosen(one.acting_for, None) if one.acting_for else one
            everybody = (one, himself, *_stand_ins(turn, case, himself.person, named))
            free = [c for c in everybody if c.person.email not in taken | quiet]
            kept = [c for c in free if c.person.email == now.get(one.principal)]
            voice = (*kept, *free, himself)[0]
            taken.add(voice.person.email)
        voices[one.principal] = voice
    return tuple(voices[one.principal] for one in named)


def _stand_ins(turn: Turn, case: Case, principal: Person, named: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Those of the alternate role who could speak in the name of this principal: not for two."""
    alternates = _alternates(turn, case, named)
    return tuple(Chosen(one.person, principal) for one in alternates if one.acting_for is None)


def _alternates(turn: Turn, case: Case, named: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Those of the alternate role who are no voice among `named`."""
    others = {one.principal for one in named} | {one.person.email for one in named}
    alternates = _entitled(turn, case, (turn.office.config.approval.alternate,))
    return tuple(one for one in alternates if one.person.email not in others)


def _asked_now(case: Case, step: Step) -> dict[str, str]:
    """Principal -> who is asked now in this step in his name."""
    return {
        a.principal: a.approver
        for a in case.asked
        if a.open and any(step.name in steps_asked(a, number) for number in a.items)
    }


def _silent(case: Case) -> frozenset[str]:
    """Those who did not answer about this revision, so that somebody else was asked."""
    quiet = (a for a in case.asked if a.passed_on and not a.handed_to and a.asked_at >= case.revised_at)
    return frozenset(address for a in quiet for address in (a.approver, a.acting_for) if address)


def _quiet_in(case: Case, step: Step) -> set[str]:
    """The same of one step alone."""
    return {
        address
        for a in case.asked
        if a.passed_on and not a.handed_to and a.asked_at >= case.revised_at
        and any(step.name in steps_asked(a, number) for number in a.items)
        for address in (a.approver, a.acting_for) if address
    }  # fmt: skip


def _entitled(
    turn: Turn, case: Case, who: Sequence[str], but: frozenset[str] = frozenset()
) -> tuple[Chosen, ...]:
    return tuple(entitled(turn.directory, who, case.form, case.askers, _deputies(turn, case), but))


def _deputies(turn: Turn, case: Case) -> Callable[[str], Person | None]:
    return lambda email: _deputy_of(turn, case, email)


def _deputy_of(turn: Turn, case: Case, email: str) -> Person | None:
    """Who stands in for this approver: by the directory's dates, or since he was away or did not answer."""
    today = turn.office.today()
    running = acting(turn.directory, email, today)
    if running is not None:
        return running
    brought_in = {
        asked.handed_to for asked in case.asked if asked.approver == email and asked.handed_for_good
    }
    named = named_deputy(turn.directory, email, today)
    return named if named is not None and named.email in brought_in else None
