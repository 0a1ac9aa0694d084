"""What requester and IT staff are told once items are decided (SOP 5.3, 5.4)."""

from pipeline.approval.refill import refilled
from pipeline.approval.workflow import open_items
from pipeline.desks import returning
from pipeline.desks.ending import stop_overtaken
from pipeline.letters.format import on_behalf
from pipeline.model import AccessItem, Attachment, Case, CaseItem, Letter
from pipeline.turn import Turn


def tell_outcome(turn: Turn, case: Case, decided: tuple[CaseItem, ...], name: str) -> None:
    """The decision to the requester, the work to IT. `name`: what tells these letters from others."""
    approved = tuple(item for item in decided if item.status == "approved")
    if decided:
        _tell_requester(turn, case, decided, name)
    _hand_to_staff(turn, case, approved, name)
    stop_overtaken(turn, case, approved)


def _tell_requester(turn: Turn, case: Case, decided: tuple[CaseItem, ...], name: str) -> None:
    """The decision; where something was rejected, with the form to correct it in (SOP 5.4)."""
    rejected = tuple(one.item for one in decided if one.status == "rejected")
    forms = (_form_to_correct(turn, case, rejected),) if rejected else ()
    facts = {
        "decided": decided, "open_items": open_items(case), "form_name": forms[0].name if forms else "",
    }  # fmt: skip
    turn.to_requester(f"decided/{name}", "decided", case, facts, forms)


def _form_to_correct(turn: Turn, case: Case, rejected: tuple[AccessItem, ...]) -> Attachment:
    """The official form with the rejected items and the number: what was approved need not be asked again."""
    again = refilled(case.form, rejected, case.ref)
    return returning.official_form(turn, again, turn.language_of(case.requester), case.ref)


def _hand_to_staff(turn: Turn, case: Case, items: tuple[CaseItem, ...], name: str) -> None:
    """Send the approved items to IT staff, who do the work and note it in the register (SOP 5.3)."""
    if not items:
        return
    turn.record("provision_asked", case.ref, "akses", {"items": [item.item.no for item in items]})
    turn.to_staff(Letter(
        key=f"provision/{name}", kind="provision", to=turn.it_staff(), ref=case.ref,
        language=turn.office.config.company.language,
        facts={
            "case": case, "items": items, "approvers": _approvers(turn, items),
            "register_name": turn.office.config.files.register_workbook.name,
        },
    ))  # fmt: skip


def _approvers(turn: Turn, items: tuple[CaseItem, ...]) -> tuple[str, ...]:
    """Everybody whose approval these items have, a deputy with whom he stood in for."""
    language = turn.office.config.company.language
    votes = (vote for item in items for vote in item.votes)
    return tuple(dict.fromkeys(
        on_behalf(turn.name_of(v.by), turn.name_of(v.acting_for) if v.acting_for else "", language)
        for v in votes
    ))  # fmt: skip
