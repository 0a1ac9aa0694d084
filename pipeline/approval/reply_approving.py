"""A clause that approves: is it clear, of now, and of the writer's own? Sees no other clause."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from pipeline.approval.reply_acts import Act, Does, said, takes_back, why_of
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_narrowing import narrows
from pipeline.approval.reply_scope import scoped
from pipeline.approval.reply_sets import (
    ACTIVE,
    AFTER,
    ALONE,
    AWAITED,
    BEGGING,
    CHANGES,
    COULD,
    DECIDERS,
    DONE,
    EXCUSES,
    FORMAL,
    GLADLY,
    INSTRUCTS,
    INVITES,
    OTHERS,
    OWED,
    RELATIVE,
    STOPS,
    TARGETING,
)
from pipeline.approval.reply_signals import Signals
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def approval(clause: Clause, signals: Signals) -> Act:
    """What a clause with approving words does: APPROVE, or BLOCK where one of the checks below objects."""
    words = clause.words
    stops = [w for n, w in enumerate(words) if w.kind in STOPS and n not in signals.used]
    if stops:
        hard = stops[0].kind not in {Kind.AGENT, Kind.NOUN, Kind.YET, Kind.ASK}
        return Act(Does.BLOCK, clause, said(why_of(stops[0]), stops[:3]), hard=hard, final=takes_back(stops))
    for objects, why, hard in _OBJECTIONS:
        if objects(clause, signals):
            return Act(Does.BLOCK, clause, said(why, words), hard=hard)
    last = signals.approving[-1]
    why = said("approves", [words[n] for n in signals.approving])
    act = scoped(Does.APPROVE, clause, why, words[last].end, last)
    if act.does is Does.BLOCK:
        return act
    limits = narrows(clause)
    if limits:
        return Act(Does.BLOCK, clause, said("narrows what is approved", limits), hard=True)
    if clause.has(Kind.ONLY) and act.items is None:
        return Act(Does.BLOCK, clause, said("a limit", words), hard=True)
    return replace(act, strong=_is_strong(act, signals), hints=clause.kinds)


def _is_strong(act: Act, signals: Signals) -> bool:
    """Is it clear by itself? "Ok" and "silakan" are so only with items or with the work they ask for."""
    words = act.clause.words
    kinds = _kinds(act.clause, signals)
    weak = {Kind.WEAK, Kind.NOOBJ}
    if not all(words[n].text in INVITES or words[n].kind in weak for n in signals.approving):
        return True
    picked = act.items is not None or act.scope == "rest" or _all_beside(words, signals)
    if picked and not kinds <= {Kind.NOOBJ}:
        return True
    asks_work = act.clause.has(Kind.DO)
    return (Kind.GO in kinds and (asks_work or bool(kinds & weak))) or (Kind.WEAK in kinds and asks_work)


def _kinds(clause: Clause, signals: Signals) -> frozenset[Kind]:
    return frozenset(clause.words[n].kind for n in signals.approving)


def _is_past(clause: Clause, signals: Signals) -> bool:
    """ "Sudah disetujui", "kemarin saya setujui": tells of one, unless it is the writer's own."""
    past = {w.text for w in clause.words if w.kind is Kind.PAST}
    mine = any(set(w.text.split()) & {"my", "mine", "me", "saya", "sy"} for w in clause.words)
    light = clause.kinds <= {Kind.PAST, Kind.WEAK, Kind.SAFE, Kind.TITLE}
    own = mine or light or clause.has(Kind.FIRST) or past <= FORMAL or Kind.GO in _kinds(clause, signals)
    return bool(past) and not (past <= DONE and own)


def _waits(clause: Clause, signals: Signals) -> bool:
    """ "Proses setelah saya cek": behind the verb this is a condition, in front of it it has happened."""
    behind = clause.words[signals.approving[0] :]
    return any(" " in w.text and w.text.split()[0] in AFTER for w in behind)


def _is_possible(clause: Clause, signals: Signals) -> bool:
    could = COULD | ({"can"} if Kind.YES in _kinds(clause, signals) else set())
    return any(w.kind is Kind.CAN and w.text in could for w in clause.words)


def _is_anothers(clause: Clause, signals: Signals) -> bool:
    """ "menyetujui", "approves" with nobody named as the writer; "user setuju", "sistem approve"."""
    head = next((n for n in signals.approving if clause.words[n].kind is Kind.YES), 0)
    before = clause.words[:head]
    named = [n for n, w in enumerate(before) if w.text in OTHERS and w.kind is not Kind.TARGET]
    bare = bool(named) and not any(w.kind is Kind.FIRST or w.text in TARGETING for w in before)
    if bare and clause.words[head].text in {
        "setuju",
        "approve",
        "acc",
        "agree",
        "accept",
        "stuju",
        "sepakat",
    }:
        return True
    if bare and clause.words[head].text in {"approved", "accepted", "agreed"}:
        return clause.words[named[-1]].text in DECIDERS and named[-1] == head - 1
    # A memo leaves its "kami" out: "Menyetujui permintaan akses Marketing".
    memo = clause.words[0].text in {"menyetujui", "mengizinkan", "mengabulkan"} and not clause.contrast
    return not (clause.has(Kind.FIRST) or memo) and any(
        clause.words[n].text in ACTIVE for n in signals.approving
    )


def _begs(clause: Clause, signals: Signals) -> bool:
    """ "Mohon disetujui", "please approve": asks for an approval, gives none."""
    first = next((n for n in signals.approving if clause.words[n].kind is Kind.YES), 0)
    before = clause.words[:first]
    if clause.words[first].text.split()[0] in {"grant", "give", "beri", "berikan"}:
        # "Please grant her the access requested": asks for the work, and so approves.
        return False
    return any(w.text in BEGGING for w in before) and not any(w.kind is Kind.FIRST for w in before)


def _is_owed(clause: Clause, signals: Signals) -> bool:
    """ "To be approved", "perlu disetujui", "needs to be approved": it is to come, or up to somebody."""
    head = signals.approving[0]
    before = clause.words[:head]
    if any(w.text in GLADLY for w in before):
        return False
    passive = clause.words[head].text.startswith(("di", "approved"))
    if before and passive and before[-1].text in AWAITED and clause.words[head].kind is Kind.YES:
        return True
    if before and before[-1].text in {"untuk", "utk"} and clause.words[head].kind is Kind.YES:
        return True
    for place in range(len(before) - 1, -1, -1):
        word = before[place]
        if word.text in OWED:
            # "Yang diminta Agus saya acc": what was asked for, and by whom.
            return not (word.text == "diminta" and _named_at(clause, place + 1))
        if word.kind not in {Kind.SAFE, Kind.FIRST, Kind.CAN, Kind.ALL, Kind.TARGET, Kind.PAST}:
            return False
    return False


def _named_at(clause: Clause, place: int) -> bool:
    return any(word.named for word in clause.words[place : place + 2])


def _thanked(clause: Clause, signals: Signals) -> bool:
    """ "Thanks for approving": somebody else did."""
    head = signals.approving[0]
    return clause.words[head].text.endswith("ing") and any(w.kind is Kind.THANKS for w in clause.words[:head])


def _instructs(clause: Clause, signals: Signals) -> bool:
    """ "Balas dengan SETUJU": tells what to write."""
    before = {w.text for w in clause.words[: signals.approving[-1]]}
    told = before | {clause.words[-1].text}
    return bool(told & INSTRUCTS) and not before & EXCUSES


def _says_none(clause: Clause, signals: Signals) -> bool:
    """ "Tidak ada perubahan yang disetujui", "no changes approved": nothing speaks against what it denies."""
    words = clause.words
    for word, behind in pairwise(words):
        if word.kind in {Kind.SOFT, Kind.NOOBJ} and (
            behind.text in RELATIVE or (behind.kind is Kind.YES and word.text.split()[-1] in CHANGES)
        ):
            return True
    return False


def _picks_some(clause: Clause, signals: Signals) -> bool:
    """ "Setuju yang perlu saja", "permintaan yang disetujui": some are meant, and nobody can say which."""
    words, head = clause.words, signals.approving[0]
    if clause.has(Kind.TARGET, Kind.ALL, Kind.BOTH, Kind.REST):
        return False
    which = [n for n, w in enumerate(words) if w.text in {"yang", "yg"}]
    behind = any(n > head and any(w.text in ALONE for w in words[n:]) for n in which)
    return behind or (words[head].kind is Kind.YES and any(n == head - 1 for n in which))


def _all_beside(words: tuple[Word, ...], signals: Signals) -> bool:
    """ "ok semua", "semua ok", "ok untuk semuanya"; not "ok, terima kasih semua"."""
    for place, word in enumerate(words):
        if word.kind not in {Kind.ALL, Kind.BOTH}:
            continue
        for head in signals.approving:
            between = words[min(head, place) + 1 : max(head, place)]
            if all(
                w.text in {"untuk", "utk", "for", "to", "with", "dengan", "ya", "yang", "di"} for w in between
            ):
                return True
    return False


#: (what objects, why, does it hold up a refusal too)
_OBJECTIONS: tuple[tuple[Callable[[Clause, Signals], bool], str, bool], ...] = (
    (_is_past, "an approval of the past", False),
    (_thanked, "thanks somebody else for it", True),
    (_begs, "asks somebody to approve", True),
    (_is_owed, "an approval that is still to come", True),
    (_instructs, "tells what to write", True),
    (_says_none, "approves none", True),
    (_picks_some, "approves some, without saying which", True),
    (_waits, "makes a condition", True),
    (_is_possible, "only may be", True),
    (_is_anothers, "somebody else approves", False),
)
