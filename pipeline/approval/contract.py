"""read-reply's contract: the known requests as JSON in, one line a mail out. Reads no file itself."""

from collections.abc import Mapping
from typing import Any

from pipeline.approval.replies import KnownRequest, Reply


def known_from_json(data: Any) -> tuple[str, str, tuple[KnownRequest, ...]]:
    """(approver, portal address, requests) of a REQUESTS.json, or of one that has it under "meta".

    {"approver", "portal", "requests": {ref: {"subject", "message_id", "requester", "items": {"1": name}}}}.
    Raises KeyError, TypeError, ValueError or AttributeError where it is something else.
    """
    meta = data.get("meta", data)
    requests = tuple(_known(str(ref), request) for ref, request in meta["requests"].items())
    return str(meta["approver"]).strip().lower(), str(meta.get("portal", "")).strip().lower(), requests


def _known(ref: str, data: Mapping[str, Any]) -> KnownRequest:
    ids = data.get("message_ids") or data.get("message_id") or ()
    names = [ids] if isinstance(ids, str) else list(ids)
    return KnownRequest(
        ref=ref,
        message_ids=tuple(name if name.startswith("<") else f"<{name}>" for name in map(str, names)),
        items={int(number): str(name) for number, name in data["items"].items()},
        subject=str(data.get("subject", "")),
        requester=str(data.get("requester", "")),
    )


def contract_line(file: str, reply: Reply) -> dict[str, object]:
    """The line of the contract for one mail: file, decision, items by number, reason."""
    return {
        "file": file,
        "decision": reply.decision,
        "items": {str(number): verdict for number, verdict in sorted(reply.items.items())},
        "reason": reply.reason,
    }
