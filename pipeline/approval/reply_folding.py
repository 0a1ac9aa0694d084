"""The acts of an answer to one verdict on each item. Refusal wins; what nobody named is never approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.approval.reply_acts import Act, Does
from pipeline.approval.reply_lists import mixed
from pipeline.approval.reply_scope import has_alone, is_afterthought, means_another
from pipeline.approval.reply_set_aside import (
    is_bracketed_reason,
    is_of_its_line,
    is_slip,
    opens_refusal,
    tells_why,
    withdrawn,
    without_echoes,
    without_heading,
    without_held,
    without_past,
)
from pipeline.approval.words import Kind

Vote = Literal["approve", "reject"]
YES: Vote = "approve"
NO: Vote = "reject"


@dataclass(frozen=True)
class Verdict:
    """What an answer decides; `items` is empty where it decides nothing."""

    items: Mapping[int, Vote] = field(default_factory=dict)
    why: str = ""
    #: the acts that count, in order: where reasons begin and end
    counted: tuple[Act, ...] = ()


def fold(acts: tuple[Act, ...], numbers: frozenset[int], accept_ok: bool) -> Verdict:
    """The verdict of `acts` on a request with these item numbers."""
    cut = next((n for n in range(len(acts) - 1, -1, -1) if acts[n].clause.corrects), -1)
    if cut < 0:
        return _settle(acts, numbers, accept_ok)
    later = _settle(acts[cut:], numbers, accept_ok)
    earlier = _settle(acts[:cut], numbers, accept_ok)
    if not later.items:
        return Verdict(why=f"a correction that decides nothing; {later.why}")
    given = {no for no, verdict in later.items.items() if verdict == YES}
    if given and _was_refused(acts[:cut], earlier, given):
        return Verdict(why=f"a refusal that is taken back in the same breath; {later.why}")
    picked = all(act.items is not None or act.without for act in later.counted)
    turned = any(earlier.items.get(no, verdict) != verdict for no, verdict in later.items.items())
    if picked and turned:
        # "Setuju semua. Ralat: 2 ditolak" takes back only what it names.
        return Verdict(
            {**earlier.items, **later.items}, f"{earlier.why}; corrected, {later.why}", later.counted
        )
    return Verdict(later.items, f"corrected, {later.why}", later.counted)


def _was_refused(acts: tuple[Act, ...], earlier: Verdict, given: set[int]) -> bool:
    """Was something the correction approves refused, doubted or held up in front of it?"""
    refused = any(
        act.does is Does.REFUSE and (act.items is None or act.items & given or act.without) for act in acts
    )
    held = not earlier.items and any(act.does is Does.BLOCK for act in acts)
    return refused or held


def _settle(acts: tuple[Act, ...], numbers: frozenset[int], accept_ok: bool) -> Verdict:
    acts = without_past(without_heading(_without_reasons(acts), numbers))
    acts, numbers = without_held(acts, numbers)
    approving = [act for act in acts if act.does is Does.APPROVE]
    refusing = [act for act in acts if act.does is Does.REFUSE]
    blocked = next((act for act in acts if act.does is Does.BLOCK), None)
    if not approving and not refusing:
        return Verdict(why=blocked.why if blocked else "no word that decides")
    taken_back = withdrawn(acts, (*approving, *refusing))
    if not refusing:
        stop = taken_back or _first_fatal(acts, both=True)
        if stop:
            return Verdict(why=stop)
        if not _is_clear(acts, approving, accept_ok):
            return Verdict(why=f"not enough for an approval; {approving[0].why}")
    else:
        refusing = without_echoes(refusing, approving)
        acts = _without_refused(acts, refusing)
        stop = _first_fatal(acts, both=any(act.strong for act in approving))
        approving = [act for act in approving if act.strong]
        stop = stop or taken_back or _of_some_item(acts, numbers)
        if stop:
            return Verdict(why=stop)
    return _apply(approving, refusing, acts, numbers)


def _without_reasons(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Acts without the clauses that give the reason of a verdict in front of them."""
    kept: list[Act] = []
    verdict: Act | None = None
    for act in acts:
        clause = act.clause
        same = verdict is not None and verdict.clause.sentence == clause.sentence
        if (
            clause.because
            and same
            and verdict is not None
            and (verdict.does is Does.REFUSE or verdict.without)
        ):
            continue
        decides = act.does in {Does.APPROVE, Does.REFUSE}
        if clause.because and same and decides:
            kept.append(Act(Does.BLOCK, clause, f"a verdict inside a reason; {act.why}", hard=True))
            continue
        verdict = act if decides else verdict
        kept.append(act)
    return tuple(kept)


def _without_refused(acts: tuple[Act, ...], refusing: list[Act]) -> tuple[Act, ...]:
    """Acts without the sentences that only speak of items refused in front of them: they tell the reason."""
    kept: list[Act] = []
    refused: frozenset[int] = frozenset()
    sentence = -1
    for act in acts:
        named = frozenset().union(*(w.items for w in act.clause.words if w.kind is Kind.TARGET))
        later = act.does is Does.BLOCK and act.clause.sentence > sentence >= 0
        if later and named and named <= refused and not act.final and not act.clause.has(*_DECIDING):
            continue
        if act in refusing and act.items:
            refused, sentence = refused | act.items, act.clause.sentence
        kept.append(act)
    return tuple(kept)


_DECIDING = frozenset(
    {Kind.YES, Kind.NO, Kind.REVISE, Kind.DOUBLE, Kind.CORRECTION, Kind.COND, Kind.REST, Kind.ALL}
)


def _first_fatal(acts: tuple[Act, ...], both: bool) -> str:
    """Why these acts decide nothing, or "". `both`: something is approved, and less is forgiven."""
    reasons_follow = False
    refused = frozenset().union(
        *(
            (a.items or frozenset()) | a.without
            for a in acts
            if a.does is not Does.BLOCK and (a.does is Does.REFUSE or a.without)
        )
    )
    for act in acts:
        if act.does is Does.REFUSE or (act.does is Does.APPROVE and act.without):
            reasons_follow = True
        elif act.does is Does.APPROVE and act.strong:
            reasons_follow = False
        if reasons_follow and both and act.does is not Does.REFUSE and means_another(act.clause):
            return act.why or "another is meant than the one that is named"
        if act.does is not Does.BLOCK:
            continue
        if (act.clause.asked and not both) or is_bracketed_reason(act, acts):
            continue
        conditional = act.clause.has(Kind.COND)
        if reasons_follow:
            added = bool(refused) and is_afterthought(act.clause, refused)
            denied = tells_why(act.clause, refused)
            held = act.hard and not denied and not is_of_its_line(act, acts)
            fatal = (act.final and not denied) or (both and (held or conditional or added))
        else:
            fatal = both or act.hard or opens_refusal(act, acts)
        if fatal:
            return act.why
    return ""


def _of_some_item(acts: tuple[Act, ...], numbers: frozenset[int]) -> str:
    """ "Nomor 3 jangan dulu, tolak": names an item and refuses in one breath, so not all are refused.

    So does "tadi saya keliru menulis setuju untuk nomor 3. Yang benar tolak"."""
    for act in acts:
        named = frozenset().union(*(w.items for w in act.clause.words if w.kind is Kind.TARGET))
        if act.does is not Does.BLOCK or not named or named >= numbers:
            continue
        for other in acts:
            near = other.clause.sentence == act.clause.sentence or act.clause.corrects or is_slip(act.clause)
            near = near and other.clause.start > act.clause.start
            if near and other.does is Does.REFUSE and other.items is None and other.scope == "":
                return f"nobody can say which items are refused; {act.why}"
    return ""


def _is_clear(acts: tuple[Act, ...], approving: list[Act], accept_ok: bool) -> bool:
    """Is there enough for an approval? "Ok", "silakan" and "tolong dibuatkan" alone are not."""
    if any(act.strong for act in approving):
        return True
    hints = frozenset().union(*(act.hints for act in acts))
    given = frozenset().union(*(act.hints for act in approving)) & {Kind.WEAK, Kind.GO, Kind.NOOBJ}
    if given and Kind.DO in hints:
        return True
    if Kind.GO in given and hints & {Kind.WEAK, Kind.NOOBJ, Kind.SOFT}:
        return True
    return accept_ok and bool(given & {Kind.WEAK, Kind.GO})


def _apply(
    approving: list[Act], refusing: list[Act], acts: tuple[Act, ...], numbers: frozenset[int]
) -> Verdict:
    counted = tuple(act for act in acts if act in approving or act in refusing)
    named = frozenset().union(*((act.items or frozenset()) | act.without for act in counted))
    open_yes = [act for act in approving if act.items is None and act.scope != "rest"]
    open_no = [act for act in refusing if act.items is None and act.scope != "rest"]
    problem = _contradiction(approving, refusing, open_yes, open_no, counted)
    if problem:
        return Verdict(why=problem)
    items: dict[int, Vote] = {}
    narrowed = any(act.items is not None or act.scope == "rest" for act in approving)
    # "Setuju kecuali 4 ya": the "ya" gives nothing back.
    out = frozenset().union(*(act.without for act in approving))
    for act in open_yes:
        if not narrowed or act.scope == "all":
            items |= dict.fromkeys(numbers - out, YES) | dict.fromkeys(act.without, NO)
    for act in open_no:
        items |= dict.fromkeys(numbers - act.without, "reject")
    for act in counted:
        word: Vote = "approve" if act.does is Does.APPROVE else "reject"
        if act.scope == "rest" and act.items is None:
            items |= dict.fromkeys(numbers - named, word)
        elif act.items is not None:
            items |= dict.fromkeys((act.items & numbers) - act.without, word)
            if word == "approve":
                items |= dict.fromkeys(act.without & numbers, "reject")
    # Refusal wins, whatever the order.
    for act in refusing:
        items |= dict.fromkeys((act.items or frozenset()) & numbers, "reject")
    return Verdict(items, "; ".join(dict.fromkeys(act.why for act in counted)), counted)


def _contradiction(
    approving: list[Act],
    refusing: list[Act],
    open_yes: list[Act],
    open_no: list[Act],
    counted: tuple[Act, ...],
) -> str:
    """Why approvals and refusals do not fit together, or ""."""
    yes = frozenset().union(*(act.items or frozenset() for act in approving))
    no = frozenset().union(*(act.items or frozenset() for act in refusing))
    said = "; ".join(act.why for act in counted)
    out = frozenset().union(*(act.without for act in approving))
    if yes & (no | out) or (open_yes and open_no):
        return f"two verdicts on the same item; {said}"
    only = any(act.scope == "all" or act.without for act in open_no) or any(
        act.clause.has(Kind.ONLY) for act in approving
    )
    if open_no and yes and not only:
        return f"two verdicts on the same item; {said}"
    if _limits_another(approving):
        return f"one approval limits another; {said}"
    if no and open_yes and _is_vague(approving, open_yes, counted):
        return f"nobody can say what is approved beside the refusal; {said}"
    if any(act.scope == "rest" for act in counted) and len(counted) < 2:
        return f"the rest of what is not said; {said}"
    return ""


def _limits_another(approving: list[Act]) -> bool:
    """ "Setuju semua. Hanya Tracy ya", "Setuju Nur Aini. Tracy saja": more than one may be meant."""
    for n, act in enumerate(approving):
        if any(_crosses(act, other) for other in approving[n + 1 :]):
            return True
        if any(other.scope == "all" and not other.without and other is not act for other in approving):
            return act.scope != "all" and act.items is not None
        if act.items is None or not (act.clause.has(Kind.ONLY) or has_alone(act.clause)):
            continue
        for other in approving:
            wider = other.scope in {"all", "rest"} or (
                other.items is not None and bool(other.items & act.items or act.clause.has(Kind.ONLY))
            )
            if other is not act and wider and other.items != act.items:
                return True
    return False


def _crosses(act: Act, other: Act) -> bool:
    """ "Nur Aini boleh Tracy ya": a person and a system in one sentence, each with a verdict of its own."""
    if act.clause.sentence != other.clause.sentence:
        return False
    first = [w for w in act.clause.words if w.kind is Kind.TARGET]
    return any(mixed(a, b) for a in first for b in other.clause.words if b.kind is Kind.TARGET)


def _is_vague(approving: list[Act], open_yes: list[Act], counted: tuple[Act, ...]) -> bool:
    """ "VPN ditolak. Silakan diproses": may mean the others, or the refusal."""
    if any(act.scope == "all" for act in open_yes) or any(act.items for act in approving):
        return False
    rest = {act.clause.sentence for act in approving if act.scope == "rest"}
    if rest and all(act.clause.sentence in rest for act in open_yes):
        # "Yang lain silakan, saya setuju": the second verb is of the same rest.
        return False
    first = min(counted.index(act) for act in open_yes)
    behind = min(n for n, act in enumerate(counted) if act.does is Does.REFUSE) < first
    return behind or not any(Kind.YES in act.hints for act in open_yes)
