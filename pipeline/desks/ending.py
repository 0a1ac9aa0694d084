"""What ends before its time: work that IT is not to do, and access that nobody signed for."""

from typing import Literal

from pipeline.approval.routes import SIGN_OFF, answerable, steps_due
from pipeline.approval.workflow import open_items, open_rounds
from pipeline.desks.completing import complete_if_done
from pipeline.desks.holding import stopped_by
from pipeline.letters.format import step_text
from pipeline.model import Asked, Case, CaseItem, Language, Letter
from pipeline.turn import Turn

#: Why something is not to be done: its requester took it back, a newer form takes its place, or a form of
#: revocation takes the same system from the same person, the form came again with the signature, or somebody
#: else who was asked has decided it.
Why = Literal["withdrawn", "revised", "revoked", "signed", "decided"]


def stop_work(
    turn: Turn, ref: str, items: tuple[CaseItem, ...], asker: str, reason: str, mark: str, why: Why
) -> None:
    """Tell IT staff not to do these approved items: `asker` took them back or asks for something else.

    `mark`: what tells this letter from others about the same request."""
    case = turn.case(ref)
    if case is None:
        return
    turn.to_staff(Letter(
        key=f"withdrawn_notice/{ref}/{mark[:32]}/staff", kind="withdrawn_notice", to=turn.it_staff(),
        ref=ref, language=turn.office.config.company.language,
        facts={
            "case": case, "open_items": open_items(case), "withdrawn": items, "at_work": True,
            "asker_name": turn.name_of(asker), "reason": reason, "why": why,
        },
    ))  # fmt: skip


def tell_asked(
    turn: Turn, before: Case, items: tuple[CaseItem, ...], asker: str, reason: str, mark: str, why: Why
) -> None:
    """Tell whoever was asked about these items, in `before`, that nothing is to be decided any more."""
    after = turn.case(before.ref) or before
    numbers = {item.item.no for item in items}
    for asked in open_rounds(before):
        mine = tuple(item for item in answerable(before, asked) if item.item.no in numbers)
        if mine:
            _tell_one(turn, before, after, asked, mine, asker, reason, mark, why)


def _tell_one(
    turn: Turn, before: Case, after: Case, asked: Asked, items: tuple[CaseItem, ...], asker: str, reason: str,
    mark: str, why: Why,
) -> None:  # fmt: skip
    turn.write(Letter(
        key=f"withdrawn_notice/{before.ref}/{mark[:32]}/{asked.round}", kind="withdrawn_notice",
        to=(asked.approver,), ref=before.ref, language=turn.language_of(asked.approver),
        in_reply_to=asked.message_id, references=(asked.message_id,),
        facts={
            "case": after, "open_items": open_items(after) if why != "decided" else (), "withdrawn": items,
            "at_work": False, "asker_name": turn.name_of(asker), "reason": reason, "why": why,
        },
    ))  # fmt: skip


def tell_closed(turn: Turn, before: Case, by: str, mark: str, why: Why) -> None:
    """Tell those who were asked in `before`, and are asked nothing any more, what `by` has made of it."""
    after = turn.case(before.ref) or before
    still = {asked.approver for asked in open_rounds(after)} | {by}
    for asked in open_rounds(before):
        if asked.approver not in still:
            _tell_one(turn, before, after, asked, answerable(before, asked), by, "", mark, why)


def stop_overtaken(turn: Turn, case: Case, approved: tuple[CaseItem, ...]) -> None:
    """Drop what these approved revocations overtake: what was asked for the same person and system before,
    and is not done. IT, who is asked about it, and its requester are told."""
    overtaken: dict[str, list[int]] = {}
    for access in stopped_by(turn, case, approved):
        overtaken.setdefault(access.ref, []).append(access.item.item.no)
    for ref, numbers in overtaken.items():
        before = turn.case(ref)
        if before is not None:
            items = tuple(item for item in before.items if item.item.no in numbers)
            _overtake(turn, case, before, items, approved[0].decided_by)


def _overtake(turn: Turn, case: Case, before: Case, items: tuple[CaseItem, ...], decider: str) -> None:
    numbers = [item.item.no for item in items]
    reason = {
        "id": f"aksesnya dicabut melalui {case.ref}",
        "en": f"the access is taken away by {case.ref}",
    }[turn.office.config.company.language]
    event = turn.record("request_withdrawn", before.ref, decider, {
        "items": numbers, "reason": reason, "mail_sha256": "", "overtaken_by": case.ref,
    })  # fmt: skip
    after = turn.case(before.ref) or before
    work = tuple(item for item in items if item.status == "approved")
    undecided = tuple(item for item in items if item.status == "requested")
    mark = f"{case.ref}-{event.seq}"
    if work:
        stop_work(turn, before.ref, work, case.requester, reason, mark, "revoked")
    tell_asked(turn, before, undecided, case.requester, reason, mark, "revoked")
    stopped = tuple(item for item in after.items if item.item.no in numbers)
    turn.to_requester(f"overtaken/{before.ref}/{event.seq}", "overtaken", after, {
        "stopped": stopped, "revocation": case.ref, "asker_name": turn.name_of(case.requester),
    })  # fmt: skip
    complete_if_done(turn, before.ref)


def end_access(turn: Turn, ref: str, items: tuple[CaseItem, ...], reason: str, by: str = "") -> None:
    """Record that the access of these items ends, and tell IT staff, who take it away, and the requester.

    `by`: who refused to sign for it; "" where nobody answered in time."""
    if not items:
        return
    missing = tuple(dict.fromkeys(step.name for item in items for step in steps_due(item)))
    event = turn.record("access_ended", ref, "akses", {
        "items": [item.item.no for item in items], "reason": reason, "by": by, "missing": list(missing),
    })  # fmt: skip
    case = turn.case(ref)
    if case is None:
        return
    numbers = {item.item.no for item in items}
    ours, theirs = turn.office.config.company.language, turn.language_of(case.requester)
    facts = {
        "items": tuple(item for item in case.items if item.item.no in numbers), "reason": reason,
        "refused": bool(by),
    }  # fmt: skip
    turn.to_staff(Letter(
        key=f"take_away/{ref}/{event.seq}", kind="take_away", to=turn.it(), ref=ref,
        language=ours,
        facts={
            "case": case, **facts, "missing": _named(missing, ours),
            "register_name": turn.office.config.files.register_workbook.name,
        },
    ))  # fmt: skip
    turn.to_requester(f"ended/{ref}/{event.seq}", "ended", case, {
        **facts, "missing": _named(missing, theirs), "sign_off": SIGN_OFF in missing,
    })  # fmt: skip


def _named(steps: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(step_text(name, language) for name in steps)
