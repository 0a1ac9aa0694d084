"""Which approvals an item needs, and which of them are due. Pure."""

from dataclasses import dataclass, replace

from pipeline.model import MAIN, AccessItem, Asked, Case, CaseItem, Step

#: The division head's word, asked for by mail.
SIGN_OFF = "sign_off"
#: The word of who answers for the system.
OWNER = "owner"
#: Somebody takes it on himself that one person holds systems which nobody should hold together.
EXCEPTION = "exception"
_FIRST_STAGE, _LAST_STAGE = 0, 10


@dataclass(frozen=True)
class Rule:
    """A step, and the items that need it: everything that is named must hold, what is empty always does."""

    step: Step
    systems: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    #: in small letters
    levels: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    #: days; an item without an end is longer than any
    longer_than: int | None = None

    def wants(self, item: AccessItem, category: str, risk: str) -> bool:
        """Does this item, of a system of this category and risk, need the step?"""
        for wanted, has in (
            (self.systems, item.system), (self.categories, category), (self.risks, risk),
            (self.levels, item.access_level.casefold()), (self.actions, item.action),
        ):  # fmt: skip
            if wanted and has not in wanted:
                return False
        if self.longer_than is None or item.end_date is None:
            return True
        return (item.end_date - item.start_date).days > self.longer_than


def sign_off_step() -> Step:
    """The division head's sign-off: before everything else."""
    return Step(SIGN_OFF, _FIRST_STAGE, ("division_head",))


def afterwards(step: Step) -> Step:
    """The same step when access has been given, as in an emergency."""
    return replace(step, stage=_LAST_STAGE, after=True)


def exception_step(who: str) -> Step:
    return Step(EXCEPTION, MAIN.stage + 1, (who,), reason=True)


def steps_due(item: CaseItem) -> tuple[Step, ...]:
    """The approvals this item waits for now: those of the first stage that is not done with."""
    if item.status == "requested":
        left = [step for step in item.route if step.name not in item.passed and not step.after]
    elif item.status in {"approved", "provisioned"} and item.ended_at is None:
        left = [step for step in item.route if step.name not in item.passed and step.after]
    else:
        return ()
    first = min((step.stage for step in left), default=0)
    return tuple(step for step in left if step.stage == first)


def steps_asked(asked: Asked, number: int) -> tuple[str, ...]:
    """The names of the steps that this question was about, for one item."""
    return asked.steps.get(number, (MAIN.name,) if number in asked.items else ())


def answerable(case: Case, asked: Asked) -> tuple[CaseItem, ...]:
    """The items on which an answer to this question still counts."""
    return tuple(item for item in case.items if _waits(item, asked))


def is_afterwards(case: Case, asked: Asked) -> bool:
    """Was this question about access that had been given in an emergency?"""
    return any(
        step.after and step.name in steps_asked(asked, item.item.no)
        for item in case.items
        for step in item.route
    )


def _waits(item: CaseItem, asked: Asked) -> bool:
    number = item.item.no
    if number not in asked.items:
        return False
    names = set(steps_asked(asked, number))
    said = {name for vote in item.votes if vote.principal == asked.principal for name in vote.steps}
    return any(step.name in names - said for step in steps_due(item))
