"""What an answer says of the items of a request: the reader is approval/'s, what it is told is the case's."""

import re
from dataclasses import replace

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
    """The verdict of this mail, which is known to answer `case`, on these items."""
    known = KnownRequest(
        ref=case.ref, message_ids=tuple(one.message_id for one in case.asked),
        items={i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in items},
    )  # fmt: skip
    return read_reply(
        mail, _without_code(text), (known,), tied=True, approver=asked.approver,
        portal=turn.office.config.portal.address,
        accept_ok=turn.office.config.approval.accept_ok,
    )  # fmt: skip
