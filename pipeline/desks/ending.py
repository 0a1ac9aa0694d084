"""What ends before its time: work that IT is not to do, and access that nobody signed for."""

from pipeline.approval.workflow import open_items
from pipeline.model import CaseItem, Letter
from pipeline.turn import Turn


def stop_work(
    turn: Turn, ref: str, items: tuple[CaseItem, ...], asker: str, reason: str, mail_sha256: str
) -> None:
    """Tell IT staff not to do these approved items: `asker` took them back or asks for something else."""
    case = turn.case(ref)
    if case is None:
        return
    turn.to_staff(Letter(
        key=f"withdrawn_notice/{ref}/{mail_sha256[:32]}/staff", kind="withdrawn_notice", to=turn.it_staff(),
        ref=ref, language=turn.office.config.company.language,
        facts={
            "case": case, "open_items": open_items(case), "withdrawn": items, "at_work": True,
            "asker_name": turn.name_of(asker), "reason": reason,
        },
    ))  # fmt: skip


def end_access(turn: Turn, ref: str, items: tuple[CaseItem, ...], reason: str) -> None:
    """Record that the access of these items ends, and tell IT staff, who take it away, and the requester."""
    if not items:
        return
    event = turn.record("access_ended", ref, "akses", {
        "items": [item.item.no for item in items], "reason": reason,
    })  # fmt: skip
    case = turn.case(ref)
    if case is None:
        return
    numbers = {item.item.no for item in items}
    facts = {"items": tuple(item for item in case.items if item.item.no in numbers), "reason": reason}
    turn.to_staff(Letter(
        key=f"take_away/{ref}/{event.seq}", kind="take_away", to=turn.it(), ref=ref,
        language=turn.office.config.company.language,
        facts={"case": case, **facts, "register_name": turn.office.config.files.register_workbook.name},
    ))  # fmt: skip
    turn.to_requester(f"ended/{ref}/{event.seq}", "ended", case, facts)
