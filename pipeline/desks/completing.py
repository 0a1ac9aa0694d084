"""When staff have done the last approved item: the request is complete, and those concerned are told."""

from pipeline.approval.workflow import all_done
from pipeline.model import Case, CaseItem, Letter
from pipeline.turn import Turn


def complete_if_done(turn: Turn, ref: str) -> bool:
    """Complete `ref` and tell requester and employees (SOP 5.3), once everything approved is done."""
    case = turn.case(ref)
    if case is None or not all_done(case):
        return False
    turn.record("request_completed", ref, "akses", {"revision": case.revision})
    done = turn.case(ref) or case
    turn.to_requester(f"ready/{ref}/r{case.revision}", "ready", done, {})
    by_employee: dict[str, list[CaseItem]] = {}
    for item in done.items:
        if item.status == "provisioned" and item.item.employee.email:
            by_employee.setdefault(item.item.employee.email.lower(), []).append(item)
    for email, items in by_employee.items():
        _tell_employee(turn, done, email, tuple(items))
    return True


def _tell_employee(turn: Turn, case: Case, email: str, items: tuple[CaseItem, ...]) -> None:
    turn.write(Letter(
        key=f"ready_employee/{case.ref}/r{case.revision}/{items[0].item.no}", kind="ready_employee",
        ref=case.ref, to=(email,), language=turn.language_of(email),
        facts={"employee": items[0].item.employee, "items": items, "case": case},
    ))  # fmt: skip
