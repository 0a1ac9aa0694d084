"""Which steps of an item are done with: by an approval, or because nobody is to be heard any more."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.approval.routes import EXCEPTION, steps_asked, steps_due
from pipeline.desks.voices import people_for, said_of, voted
from pipeline.model import Asked, Case, CaseItem, Step, Vote
from pipeline.turn import Turn


def steps_passed(turn: Turn, case: Case, item: CaseItem, asked: Asked, voice: Vote) -> list[str]:
    """The names of the steps that are done with when this voice approves the item, asked as in `asked`.

    Who has approved an item is not asked about it again in a later step, unless that wants a reason."""
    names = steps_asked(asked, item.item.no)
    item = replace(item, votes=(*item.votes, replace(voice, steps=names)))
    return _with_what_follows(turn, case, item, [
        step.name
        for step in steps_due(item)
        if (_is_complete if step.name in names else _has_said)(turn, case, item, step)
    ])  # fmt: skip


def steps_settled(turn: Turn, case: Case, item: CaseItem, moot: Callable[[], bool]) -> list[str]:
    """The names of the steps that are done with though nobody says anything now: of those who were all to be
    heard, only such are left who have approved; or the conflict is gone (`moot`) that wanted an exception."""
    return _with_what_follows(turn, case, item, [
        step.name
        for step in steps_due(item)
        if (step.need == "all" and voted(item, step) and _is_complete(turn, case, item, step))
        or (step.name == EXCEPTION and moot())
    ])  # fmt: skip


def _with_what_follows(turn: Turn, case: Case, item: CaseItem, done: list[str]) -> list[str]:
    """These steps, and those after them that need no further word."""
    found = done
    while found:
        due = steps_due(replace(item, passed=(*item.passed, *done)))
        found = [step.name for step in due if step.name not in done and _has_said(turn, case, item, step)]
        done = [*done, *found]
    return done


def _is_complete(turn: Turn, case: Case, item: CaseItem, step: Step) -> bool:
    """Was everybody heard who must be?"""
    return step.need != "all" or _principals(turn, case, item, step) <= voted(item, step)


def _has_said(turn: Turn, case: Case, item: CaseItem, step: Step) -> bool:
    """Has the one who would be asked in this step approved the item already?"""
    said = {vote.principal for vote in item.votes}
    people = _principals(turn, case, item, step)
    return bool(people) and not step.reason and not step.after and people <= said


def _principals(turn: Turn, case: Case, item: CaseItem, step: Step) -> set[str]:
    return {chosen.principal for chosen in people_for(turn, case, step, said_of(item, step))}
