"""What is known of a request while its events are being read, one by one. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from pipeline.approval.routes import answerable
from pipeline.approval.states import state_of
from pipeline.model import Asked, Case, CaseItem, Form


@dataclass
class Draft:
    """The case while its events are being read."""

    ref: str
    requester: str
    askers: list[str]
    received_at: datetime
    revised_at: datetime
    revision: int = 0
    form: Form | None = None
    digest: str = ""
    content_key: str = ""
    form_sha256: str = ""
    mail_sha256: str = ""
    items: dict[int, CaseItem] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    decided_at: datetime | None = None
    completed_at: datetime | None = None
    thread: list[str] = field(default_factory=list)
    unclear_asked: int = 0
    lapsed: bool = False
    closed_at: datetime | None = None

    def case(self) -> Case:
        items = tuple(self.items[no] for no in sorted(self.items))
        case = Case(
            ref=self.ref, revision=self.revision, state=state_of(items, self.completed_at, self.lapsed),
            form=cast(Form, self.form), requester=self.requester, askers=tuple(self.askers), items=items,
            digest=self.digest, content_key=self.content_key, asked=(), received_at=self.received_at,
            revised_at=self.revised_at, decided_at=self.decided_at, completed_at=self.completed_at,
            form_sha256=self.form_sha256, mail_sha256=self.mail_sha256, thread=tuple(self.thread),
            unclear_asked=self.unclear_asked, closed_at=self.closed_at,
        )  # fmt: skip
        # A question ends also because somebody else's answer has settled all that it was about.
        asked = (replace(a, open=a.open and bool(answerable(case, a))) for a in self.asked)
        return replace(case, asked=tuple(asked))
