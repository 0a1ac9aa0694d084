"""Which approvals the items of a sound form need, by config.yaml, the directory and what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.approval.conflicts import Holding, conflicts_among
from pipeline.approval.routes import OWNER, Rule, afterwards, exception_step, sign_off_step
from pipeline.desks.signing import is_sign_off_doubtful
from pipeline.model import MAIN, AccessItem, Form, Step, System
from pipeline.settings import Config
from pipeline.settings_approval import ApprovalStep
from pipeline.turn import Turn


@dataclass(frozen=True)
class Routes:
    """What was found out: item number -> its steps by stage, and what stands against it, in words."""

    steps: Mapping[int, tuple[Step, ...]]
    conflicts: Mapping[int, tuple[str, ...]]


def routes_of(
    turn: Turn, form: Form, items: tuple[AccessItem, ...], held: Holding, signature_also: tuple[str, ...]
) -> Routes:
    """The route of each item. `held`: what its people have or are about to have; `signature_also`: see
    `showing`."""
    config = turn.office.config
    systems = {system.code: system for system in config.systems}
    conflicts = conflicts_among(items, held, systems) if config.approval.exception_by else {}
    signed = _sign_off(turn, form, signature_also)
    steps = {}
    for item in items:
        route = [MAIN, *_asked_by_rules(config, item, systems.get(item.system))]
        if signed is not None and (item.action != "revoke" or config.approval.revoke_steps == "all"):
            route.append(signed)
        if form.urgency == "emergency":
            route = [step if step == MAIN else afterwards(step) for step in route]
        if item.no in conflicts:
            route.append(exception_step(config.approval.exception_by))
        steps[item.no] = tuple(sorted(route, key=lambda step: step.stage))
    return Routes(steps, conflicts)


def _sign_off(turn: Turn, form: Form, signature_also: tuple[str, ...]) -> Step | None:
    """The division head's sign-off by mail, where the form's own is not enough."""
    wanted = turn.office.config.approval.sign_off
    by_doubt = wanted == "doubtful" or form.urgency == "emergency"
    if wanted == "always" or (by_doubt and is_sign_off_doubtful(turn, form, signature_also)):
        return sign_off_step()
    return None


def _asked_by_rules(config: Config, item: AccessItem, system: System | None) -> list[Step]:
    """The system's owner, and the company's own steps."""
    if system is None:
        return []
    approval = config.approval
    found = [
        rule.step for rule in map(_rule, approval.steps) if rule.wants(item, system.category, system.risk)
    ]
    if system.owner and (item.action != "revoke" or approval.revoke_steps == "all"):
        found.append(Step(OWNER, approval.owner_stage, (system.owner,)))
    owner = (system.owner,) if system.owner else ()
    return [
        replace(step, who=tuple(w for one in step.who for w in (owner if one == "owner" else (one,))))
        for step in found
    ]


def _rule(step: ApprovalStep) -> Rule:
    return Rule(
        Step(step.name, step.stage, step.who, step.need, step.reason),
        systems=frozenset(step.systems), categories=frozenset(step.categories), risks=frozenset(step.risks),
        levels=frozenset(level.casefold() for level in step.levels), actions=frozenset(step.actions),
        longer_than=step.longer_than_days,
    )  # fmt: skip
