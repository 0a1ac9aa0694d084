"""Steps that are done with by themselves: a voter has left, or a conflict is gone."""

from collections.abc import Callable

from pipeline.approval.conflicts import conflicts_among, may_conflict
from pipeline.desks.holding import held_or_coming, holdings
from pipeline.desks.passing import steps_settled
from pipeline.model import CaseItem
from pipeline.turn import Turn


def settle(turn: Turn, ref: str) -> tuple[CaseItem, ...]:
    """Record such steps of a request; the items that are approved by it."""
    case = turn.case(ref)
    passed = {
        str(item.item.no): names
        for item in (case.items if case else ())
        if case is not None and (names := steps_settled(turn, case, item, _conflict_gone(turn, item)))
    }
    if not passed:
        return ()
    event = turn.record("steps_settled", ref, "akses", {"passed": passed})
    after = turn.case(ref)
    return tuple(item for item in (after.items if after else ()) if item.decided_event == event.seq)


def _conflict_gone(turn: Turn, item: CaseItem) -> Callable[[], bool]:
    """Has its person, and is he to get, nothing any more that this item must not be held with?"""

    def gone() -> bool:
        what = item.item
        systems = {system.code: system for system in turn.office.config.systems}
        known = held_or_coming(holdings(turn, (what.employee,)))
        return may_conflict(what.system, systems) and not conflicts_among((what,), known, systems)

    return gone
