"""Requests taken over from an old register: given or taken away, and nobody's decision known. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from pipeline.approval.draft import Draft
from pipeline.approval.items import from_plain
from pipeline.model import AccessItem, CaseItem, Event, Form, Origin


def begin_imported(event: Event) -> Draft:
    """What the old register told: the items as they stood there, done with, without a step or a vote."""
    data = cast(Mapping[str, Any], event.data)
    draft = Draft(event.ref, "", [], event.at, event.at, completed_at=event.at)
    draft.form = from_plain(Form, data["form"])
    draft.digest = draft.content_key = draft.form_sha256 = data["digest"]
    taken = {one["item"]: one for one in data["taken"]}
    for item in from_plain(tuple[AccessItem, ...], data["items"]):
        draft.items[item.no] = _item(item, taken[item.no], event)
    return draft


def _item(item: AccessItem, taken: Mapping[str, Any], event: Event) -> CaseItem:
    data = event.data
    origin = Origin(str(data["file"]), str(data["sha256"]), taken["sheet"], taken["row"])
    number = f" ({taken['number']})" if taken["number"] else ""
    return CaseItem(
        item, "revoked" if taken["revoked"] else "provisioned", reason=f"{origin}{number}",
        decided_event=event.seq, staff=taken["staff"], route=(), origin=origin,
        provisioned_at=datetime.fromisoformat(taken["given_at"]),
    )  # fmt: skip
