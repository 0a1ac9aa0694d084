"""What an approver's answer decides: one mail and its new text to one Reply. Never raises, never guesses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.approval.reply_acts import Act, Does
from pipeline.approval.reply_answers import fold_answers, is_pointer, merge
from pipeline.approval.reply_below import said_below
from pipeline.approval.reply_folding import Verdict, fold
from pipeline.approval.reply_limits import limiting_word
from pipeline.approval.reply_names import Names, names_of
from pipeline.approval.reply_reading import acts_of, is_too_long
from pipeline.approval.reply_reason import reason_of
from pipeline.approval.reply_stated import without_stated_reasons
from pipeline.approval.reply_ties import (
    other_request,
    repeats_another,
    sender_address,
    tied_request,
    typed_subject,
)
from pipeline.approval.reply_typed import Typed
from pipeline.model import Mail, ReplyDecision

#: More items than a form has rows, many times over; what goes beyond is asked back.
_MOST_ITEMS = 500
_AUTOMATIC: Mapping[str, ReplyDecision] = {
    "auto_reply": "auto_reply", "bounce": "bounce", "receipt": "receipt",
    "calendar": "not_a_reply", "list": "not_a_reply",
}  # fmt: skip


@dataclass(frozen=True)
class KnownRequest:
    """A request that was asked about, as far as an answer to it can be understood."""

    ref: str
    #: of the letters that asked for the decision, with angle brackets
    message_ids: tuple[str, ...]
    #: item number -> what it is called: system, level, employee
    items: Mapping[int, str]
    subject: str = ""
    #: name or address of who asks for it, and the department it is for
    requester: str = ""
    department: str = ""
    #: an approval had to be given with a reason
    reason_asked: bool = False


@dataclass(frozen=True)
class Reply:
    """What an answer says. `items` holds only what was clearly decided."""

    decision: ReplyDecision
    items: Mapping[int, Literal["approve", "reject"]] = field(default_factory=dict)
    #: of a refusal, in the writer's words
    reason: str = ""
    #: which words decided, or why none did; for the record
    why: str = ""
    #: the request it was taken for; "" where none
    ref: str = ""


def read_reply(
    mail: Mail, new: Typed, known: tuple[KnownRequest, ...], *, approver: str, portal: str, accept_ok: bool,
    tied: bool = False,
) -> Reply:  # fmt: skip
    """The decision in `mail`, whose newly typed words are `new`. `portal` is the address that asked.

    `tied`: it is known otherwise, by its code, that the mail answers the one request of `known`."""
    if new.automatic:
        return Reply(_AUTOMATIC.get(new.automatic, "not_a_reply"), why=f"automatic mail: {new.automatic}")
    request, doubt = tied_request(mail, new, known)
    if tied and request is None:
        request = known[0]
    sender = sender_address(mail)
    if request is None:
        mine = sender == approver.lower() and _decides_something(new)
        return Reply("unclear" if mine else "not_a_reply", why="answers no request that is waiting")
    if sender != approver.lower() or sender == portal.lower():
        return Reply("unclear", why="not from the approver's address", ref=request.ref)
    another = other_request(new, request.ref)
    if doubt or (another and not repeats_another(new, request.ref)):
        return Reply("unclear", why=doubt or "speaks of another request", ref=request.ref)
    reply = _read(mail, new, request, accept_ok)
    if another and reply.decision != "reject":
        return Reply("unclear", why="speaks of another request", ref=request.ref)
    return reply


def _decides_something(new: Typed) -> bool:
    """Would these words be a verdict if they answered a request?"""
    one = KnownRequest("", (), {1: ""})
    return not is_too_long(new.text) and bool(_of_text(new.text, one, names_of({}), False)[0].items)


def _read(mail: Mail, new: Typed, request: KnownRequest, accept_ok: bool) -> Reply:
    text = _with_subject(mail, new, request)
    whole = text + "".join(answer for _line, answer in new.answers)
    why = new.conflict_why or "two versions of the text" if new.conflict else ""
    if not whole.strip():
        why = why or "no words of the approver's own"
    elif is_too_long(whole) or len(request.items) > _MOST_ITEMS:
        why = why or "too long for an answer"
    if why:
        return Reply("unclear", why=why, ref=request.ref)
    names, numbers = _names(mail, request), frozenset(request.items)
    if new.answers:
        verdict, reason = _with_answers(new, request, names, accept_ok)
    else:
        verdict, reason = _of_text(text, request, names, accept_ok)
    if new.forwarded and "approve" in verdict.items.values():
        verdict = Verdict(why=f"somebody's message is passed on; {verdict.why}")
    if not verdict.items:
        return Reply("unclear", why=verdict.why, ref=request.ref)
    typed = "\n".join((text, *(answer for _line, answer in new.answers)))
    typed = without_stated_reasons(typed, request.reason_asked)
    limit = limiting_word(typed, verdict.items, request.items.values())
    if limit:
        return Reply("unclear", why=f"limits or puts off what it approves: {limit}", ref=request.ref)
    below = said_below(mail, new) if "approve" in verdict.items.values() else ""
    if below:
        return Reply("unclear", why=f"more stands below it, as in a signature: {below[:60]}", ref=request.ref)
    return Reply(_decision(verdict.items, numbers), dict(verdict.items), reason, verdict.why, request.ref)


def _names(mail: Mail, request: KnownRequest) -> Names:
    """What the items are called, whose request it is, and who writes."""
    department = request.department or request.subject.rpartition(" \N{EM DASH} ")[2]
    writer = "".join(mail.from_[:1]).partition("<")[0]
    return names_of(request.items, (request.requester, department), writer)


def _with_subject(mail: Mail, new: Typed, request: KnownRequest) -> str:
    """The typed text below the subject, where the writer gave the verdict there ("TOLAK REQ-2026-0042")."""
    subject = typed_subject(mail)
    if not subject or new.answers:
        return new.text
    decides = _of_text(subject, request, _names(mail, request), False)[0].items
    own = re.sub(re.escape(request.ref), "", subject, flags=re.IGNORECASE).strip(" -:[]()")
    return f"{own}\n{new.text}".strip() if decides else new.text


def _decision(items: Mapping[int, str], numbers: frozenset[int]) -> ReplyDecision:
    if frozenset(items) == numbers and len(set(items.values())) == 1:
        return "approve" if "approve" in items.values() else "reject"
    return "partial"


def _of_text(text: str, request: KnownRequest, names: Names, accept_ok: bool) -> tuple[Verdict, str]:
    plain = without_stated_reasons(text, request.reason_asked)
    acts = acts_of(plain, frozenset(request.items), names, request.ref)
    verdict = fold(acts, frozenset(request.items), accept_ok)
    return verdict, reason_of(text, acts, verdict)


def _with_answers(new: Typed, request: KnownRequest, names: Names, accept_ok: bool) -> tuple[Verdict, str]:
    """The verdict where answers stand between quoted lines; the text above them may only agree."""
    numbers = frozenset(request.items)
    under, reasons, whys, loose = fold_answers(new.answers, numbers, names, request.ref)
    text = "\n".join(piece for piece in (new.text, *loose) if piece.strip())
    if not whys:
        return _of_text(text, request, names, accept_ok)
    acts = acts_of(text, numbers, names, request.ref)
    if len(whys) == 1 and len(numbers) > 1 and not text.strip() and _is_whole(new, under):
        return Verdict(why=f"one answer below a list of items; {whys[0]}"), ""
    verdict = fold(acts, numbers, accept_ok)
    why = "; ".join(whys)
    if not verdict.items and any(_stops(act) for act in acts):
        return Verdict(why=f"{verdict.why}; {why}"), ""
    both = merge(verdict.items, under)
    if both is None:
        return Verdict(why=f"two verdicts on the same item; {why}"), ""
    said = reason_of(text, acts, verdict)
    joined = "; ".join(dict.fromkeys(piece for piece in (said, *reasons) if piece))
    return Verdict(
        both, "; ".join(piece for piece in (verdict.why if verdict.items else "", why) if piece)
    ), joined


def _is_whole(new: Typed, under: Mapping[int, str]) -> bool:
    """Does the only answer stand below the last line, where it may as well be meant for all of them?"""
    return bool(under) and len(new.answers) == 1


def _stops(act: Act) -> bool:
    """Something above the answers that is more than a greeting or "see below"."""
    if act.does in {Does.APPROVE, Does.REFUSE}:
        return act.strong or act.does is Does.REFUSE
    return act.does is Does.BLOCK and not is_pointer(act.clause)
