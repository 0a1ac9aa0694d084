"""Emergency access whose sign-off comes after it: by mail, or on the form that is sent again, now signed."""

import hashlib
from dataclasses import replace

from pipeline.approval.items import content_key_of
from pipeline.approval.routes import SIGN_OFF, steps_due
from pipeline.desks.ending import tell_closed
from pipeline.desks.signing import is_sign_off_doubtful
from pipeline.model import Attachment, Case, CaseItem, Form, Mail
from pipeline.turn import Outcome, Turn


def unsigned_keys(requester: str, form: Form) -> tuple[str, ...]:
    """The content keys this form would have if nobody had signed it, with the division head named or not."""
    bare = replace(form, signature="none", signature_text="", signed_on=None)
    heads = (form.division_head_name, "")
    return tuple(content_key_of(requester, replace(bare, division_head_name=head)) for head in heads)


def awaits_signature(case: Case | None) -> bool:
    """Was something of this given in an emergency, with only the division head's word still to come?"""
    return case is not None and bool(_unsigned(case))


def take_signature(
    turn: Turn, mail: Mail, file: Attachment, form: Form, also: tuple[str, ...], case: Case, requester: str
) -> Outcome | None:
    """Record the sign-off on `form`, which asks for nothing but what was given; None where it has none.

    `also`: where its signature picture is known under other names."""
    unsigned = _unsigned(case)
    if not unsigned or is_sign_off_doubtful(turn, form, also):
        return None
    turn.record("steps_settled", case.ref, requester, {
        "passed": {str(item.item.no): [SIGN_OFF] for item in unsigned}, "signed_by": form.division_head_name,
        "signature": form.signature, "form_sha256": hashlib.sha256(file.data).hexdigest(),
        "mail_sha256": mail.sha256,
    })  # fmt: skip
    tell_closed(turn, case, requester, mail.sha256, "signed")
    tell_signed(turn, case, form.division_head_name)
    return Outcome("processed", "signed-afterwards", case.ref)


def tell_signed(turn: Turn, before: Case, by_name: str) -> None:
    """Tell the requester, who was warned that the access would end, what of it was signed for since
    `before`."""
    after = turn.case(before.ref)
    waited = {item.item.no for item in before.items if any(step.after for step in steps_due(item))}
    items = tuple(
        item for item in (after.items if after else ())
        if item.item.no in waited and not steps_due(item) and item.ended_at is None
        and item.status in {"approved", "provisioned"}
    )  # fmt: skip
    if after is not None and items:
        numbers = "-".join(str(item.item.no) for item in items)
        turn.to_requester(
            f"signed/{after.ref}/r{after.revision}/{numbers}", "signed", after,
            {"items": items, "by_name": by_name},
        )  # fmt: skip


def _unsigned(case: Case) -> tuple[CaseItem, ...]:
    return tuple(
        item for item in case.items
        if any(step.after and step.name == SIGN_OFF for step in steps_due(item))
    )  # fmt: skip
