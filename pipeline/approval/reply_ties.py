"""Which request a mail answers, by its thread, its subject and its text. Proves nothing about the sender."""

import re
from typing import TYPE_CHECKING

from pipeline.approval.reply_typed import Typed
from pipeline.model import Mail

if TYPE_CHECKING:
    from pipeline.approval.replies import KnownRequest

_REF = re.compile(r"\bREQ[-\s]?(\d{4})[-\s]?(\d{4,6})\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^[^<>@,;:]*<\s*([^<>\s,;:]+@[^<>\s,;:@]+)\s*>\s*$|^\s*([^<>\s,;:@]+@[^<>\s,;:@]+)\s*$"
)
_ANSWERED = re.compile(
    r"^\W*(?:re|aw|antw|sv|bls|balas|balasan|tr|fw|fwd|wg|terusan|diteruskan)\b[^:]{0,6}:", re.IGNORECASE
)
_QUOTED_NAME = re.compile(r'^\s*"(?:[^"\\]|\\.)*"\s*')


def sender_address(mail: Mail) -> str:
    """The one address of the one From header, lower case; "" where it is not exactly one."""
    if len(mail.from_) != 1:
        return ""
    match = _ADDRESS.match(_QUOTED_NAME.sub("", mail.from_[0])[:1000])
    return (match.group(1) or match.group(2)).lower() if match else ""


def typed_subject(mail: Mail) -> str:
    """The subject where the sender gave it: of a new mail, as a button "Setujui" opens one; else ""."""
    old = mail.in_reply_to or mail.references or _ANSWERED.match(mail.subject)
    return "" if old else mail.subject[:300]


def refs_in(text: str) -> tuple[str, ...]:
    """The request numbers in `text`, each once, in order."""
    return tuple(dict.fromkeys(f"REQ-{m.group(1)}-{m.group(2)}" for m in _REF.finditer(text[:200_000])))


def other_request(new: Typed, ref: str) -> bool:
    """Do the typed words name another request than `ref`?"""
    typed = "\n".join([new.text, *(answer for _line, answer in new.answers)])
    return any(found != ref.upper() for found in refs_in(typed))


#: In front of the number of another request these say that this one was asked for before.
_REPEATS = re.compile(
    r"\b(?:double|dobel|duplik\w+|duplicat\w+|sama|same|sudah (?:ada|diajukan|diminta|masuk)|already|"
    r"ganda|kembar|diganti(?:kan)?|digabung|superseded|replaced|covered|merged)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:tapi|tetapi|kecuali|but|except|juga|also|too|setuju\w*|disetujui|approved?|acc)\b", re.IGNORECASE
)


def repeats_another(new: Typed, ref: str) -> bool:
    """Is every other number named as the request that this one repeats ("double sama ...")?"""
    if new.answers or _BUT.search(new.text):
        return False
    others = [match for match in _REF.finditer(new.text) if refs_in(match.group()) != (ref.upper(),)]
    return all(_REPEATS.search(new.text[: match.start()]) for match in others)


def tied_request(
    mail: Mail, new: Typed, known: "tuple[KnownRequest, ...]"
) -> "tuple[KnownRequest | None, str]":
    """The request this mail answers and, where two could be meant, why that is in doubt."""
    by_ref = {request.ref.upper(): request for request in known}
    replied = [request for request in known if set(mail.in_reply_to) & set(request.message_ids)]
    thread = replied or [request for request in known if set(mail.references) & set(request.message_ids)]
    subject = [by_ref[ref] for ref in refs_in(mail.subject) if ref in by_ref]
    strange = [ref for ref in refs_in(mail.subject) if ref not in by_ref]
    found = thread or subject
    if not found and not mail.in_reply_to:
        whole = "\n".join(part for part in (new.text, mail.text, mail.html) if part)
        found = [by_ref[ref] for ref in refs_in(whole) if ref in by_ref]
    if not found:
        return None, ""
    first = found[0]
    if any(request.ref != first.ref for request in [*found, *subject]) or (
        strange and first.ref not in {r.ref for r in subject}
    ):
        return first, "two requests could be meant"
    return first, ""
