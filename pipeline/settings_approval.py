"""What can be set about who approves what, and how long one waits: the section `approval` of config.yaml."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from pipeline.settings_base import Section

Days = Annotated[float, Field(ge=0, le=250)]
Reminders = tuple[Annotated[float, Field(gt=0, le=250)], ...]
Role = Literal["it_manager", "management", "division_head"]
#: A role of the directory, an address in it, or the system's owner.
Who = Annotated[
    str,
    Field(pattern=r"^(it_manager|management|division_head|owner|[a-z0-9.!#$%&'*+/=?^_{|}~-]+@[a-z0-9.-]+)$"),
]


class Clock(Section):
    """After how many working days something is done; 0, or none at all: never."""

    remind_after: Reminders = (2, 4)
    escalate_after: Days = 6
    lapse_after: Days = 15

    @model_validator(mode="after")
    def _in_this_order(self) -> Self:
        steps = [*self.remind_after, self.escalate_after, self.lapse_after]
        set_ = [step for step in steps if step]
        if set_ != sorted(set_):
            raise ValueError(
                "remind_after, escalate_after and lapse_after must rise: first reminders, then somebody "
                "else, then the end"
            )
        return self


class ApprovalStep(Section):
    """An approval that some items need beside the IT Manager's."""

    name: str = Field(min_length=1, max_length=60)
    who: tuple[Who, ...] = Field(min_length=1)
    need: Literal["first", "any", "all"] = "first"
    stage: int = Field(4, ge=1, le=9)
    reason: bool = False
    # Which items: everything that is named must hold.
    systems: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    risks: tuple[Literal["low", "medium", "high"], ...] = ()
    actions: tuple[Literal["grant", "change", "revoke"], ...] = ("grant", "change")
    longer_than_days: int | None = Field(None, ge=1)

    @field_validator("name")
    @classmethod
    def _no_name_of_ours(cls, value: str) -> str:
        if value in {"main", "sign_off", "owner", "exception"}:
            raise ValueError(f"{value} is a step of Akses' own; give this one another name")
        return value


class Approval(Clock):
    role: Role = "it_manager"
    alternate: Role = "management"
    valid_days: int = Field(30, ge=1, le=365)
    accept_ok: bool = False
    deputy_on_absence: bool = False
    sign_off: Literal["form", "doubtful", "always"] = "doubtful"
    steps: tuple[ApprovalStep, ...] = ()
    owner_stage: int = Field(4, ge=1, le=9)
    exception_by: Who | Literal[""] = ""
    revoke_steps: Literal["main", "all"] = "main"
    urgent: Clock = Clock(remind_after=(0.5, 1), escalate_after=1.5, lapse_after=5)
    revoke: Clock = Clock(remind_after=(1, 2), escalate_after=3, lapse_after=10)
    emergency_days: int = Field(2, ge=1, le=30)
    #: so many open questions of one approver make a digest; 0: none is ever written
    digest_from: int = Field(0, ge=0, le=1000)

    @property
    def roles(self) -> tuple[str, str]:
        """Who may decide at all: the role, and the one that stands in where it may not."""
        return self.role, self.alternate

    @field_validator("steps")
    @classmethod
    def _each_its_name(cls, steps: tuple[ApprovalStep, ...]) -> tuple[ApprovalStep, ...]:
        names = [step.name for step in steps]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two steps are called {', '.join(twice)}; give each its own name")
        return steps
