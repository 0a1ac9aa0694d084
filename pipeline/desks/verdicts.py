"""What an answer says of the items of a request: the reader is approval/'s, what it is told is the case's."""

import re
from dataclasses import replace

from pipeline.approval.reasons import needs_reason
from pipeline.approval.replies import KnownRequest, Reply, read_reply
from pipeline.approval.tokens import CODE
from pipeline.mail.newtext import NewText
from pipeline.model import Asked, Case, CaseItem, Mail
from pipeline.turn import Turn

#: "Kode AK1-...", as an approver copies it into a mail of his own.
_NAMED_CODE = re.compile(rf"(?:\[\s*)?(?:\b(?:kode|code)\b\s*:?\s*)?{CODE.pattern}(?:\s*\])?", re.IGNORECASE)


def _without_code(text: NewText) -> NewText:
    return replace(text, text=_NAMED_CODE.sub("", text.text))


def verdict_on(
    turn: Turn, mail: Mail, case: Case, asked: Asked, items: tuple[CaseItem, ...], text: NewText
) -> Reply:
    """The verdict of this mail, which is known to answer `case`, on these items.

    It is read as its writer saw the question: an item that somebody else has decided meanwhile is understood
    where he names it, and left out.
    """
    numbers = {item.item.no for item in items}
    seen = [item for item in case.items if item.item.no in numbers | set(asked.items)]
    known = KnownRequest(
        ref=case.ref, message_ids=tuple(one.message_id for one in case.asked),
        items={i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in seen},
        requester=case.form.requester_name, department=case.form.requester_department,
        reason_asked=needs_reason(asked, items),
    )  # fmt: skip
    reply = read_reply(
        mail, _without_code(text), (known,), tied=True, approver=asked.approver,
        portal=turn.office.config.portal.address,
        accept_ok=turn.office.config.approval.accept_ok,
    )  # fmt: skip
    return replace(reply, items={no: said for no, said in reply.items.items() if no in numbers})
