"""Which steps an approval of an item completes."""

from dataclasses import replace

from pipeline.approval.routes import steps_asked, steps_due
from pipeline.desks.asking import people_for, voted
from pipeline.model import Asked, Case, CaseItem, Step, Vote
from pipeline.turn import Turn


def steps_passed(turn: Turn, case: Case, item: CaseItem, asked: Asked, voice: Vote) -> list[str]:
    """The names of the steps that are done with when this voice approves the item, asked as in `asked`.

    Who has approved an item is not asked about it again in a later step, unless that wants a reason."""
    names = steps_asked(asked, item.item.no)
    item = replace(item, votes=(*item.votes, replace(voice, steps=names)))
    done: list[str] = []
    while True:
        due = steps_due(replace(item, passed=(*item.passed, *done)))
        found = [
            step.name
            for step in due
            if (
                _is_complete(turn, case, item, step)
                if step.name in names
                else _has_said(turn, case, item, step)
            )
        ]
        if not found:
            return done
        done += found


def _is_complete(turn: Turn, case: Case, item: CaseItem, step: Step) -> bool:
    """Was everybody heard who must be?"""
    return step.need != "all" or _principals(turn, case, step) <= voted(item, step)


def _has_said(turn: Turn, case: Case, item: CaseItem, step: Step) -> bool:
    """Has the one who would be asked in this step approved the item already?"""
    said = {vote.principal for vote in item.votes}
    people = _principals(turn, case, step)
    return bool(people) and not step.reason and not step.after and people <= said


def _principals(turn: Turn, case: Case, step: Step) -> set[str]:
    return {chosen.principal for chosen in people_for(turn, case, step)}
