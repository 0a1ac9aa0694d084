"""A clause that approves: is it clear, of now, and of the writer's own? Sees no other clause."""

from pipeline.approval.reply_acts import Act, Does, said, takes_back, why_of
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_scope import scoped
from pipeline.approval.reply_sets import ACTIVE, AFTER, BEGGING, COULD, DONE, FORMAL, INVITES, STOPS
from pipeline.approval.reply_signals import Signals
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def approval(clause: Clause, signals: Signals) -> Act:
    words = clause.words
    excepts = next((n for n, w in enumerate(words) if w.kind is Kind.EXCEPT), len(words))
    stops = [w for n, w in enumerate(words) if w.kind in STOPS and n not in signals.used]
    if stops:
        hard = stops[0].kind not in {Kind.AGENT, Kind.NOUN, Kind.YET, Kind.ASK}
        return Act(Does.BLOCK, clause, said(why_of(stops[0]), stops[:3]), hard=hard, final=takes_back(stops))
    kinds = frozenset(words[n].kind for n in signals.approving)
    past = {w.text for w in words if w.kind is Kind.PAST}
    mine = clause.has(Kind.FIRST)
    if past and not (past <= DONE and (mine or past <= FORMAL or Kind.GO in kinds)):
        return Act(Does.BLOCK, clause, said("an approval of the past", words))
    if _begs(words, signals):
        return Act(Does.BLOCK, clause, said("asks somebody to approve", words), hard=True)
    behind = words[signals.approving[0] :]
    if any(" " in w.text and w.text.split()[0] in AFTER for w in behind):
        return Act(Does.BLOCK, clause, said("makes a condition", behind), hard=True)
    could = COULD | ({"can"} if Kind.YES in kinds else set())
    if any(w.kind is Kind.CAN and w.text in could for w in words):
        return Act(Does.BLOCK, clause, said("only may be", words), hard=True)
    active = [words[n].text for n in signals.approving if words[n].text in ACTIVE]
    if active and not mine:
        return Act(Does.BLOCK, clause, said("somebody else approves", words))
    act = scoped(
        Does.APPROVE,
        clause,
        said("approves", [words[n] for n in signals.approving]),
        words[signals.approving[-1]].end,
        signals.approving[-1],
        excepts,
    )
    if act.does is Does.BLOCK:
        return act
    if clause.has(Kind.ONLY) and act.items is None:
        return Act(Does.BLOCK, clause, said("a limit", words), hard=True)
    invites = all(
        words[n].text in INVITES or words[n].kind in {Kind.WEAK, Kind.NOOBJ} for n in signals.approving
    )
    picked = act.items is not None or act.scope == "rest" or _all_beside(words, signals)
    together = (Kind.GO in kinds and (clause.has(Kind.DO) or Kind.WEAK in kinds or Kind.NOOBJ in kinds)) or (
        Kind.DO in clause.kinds and Kind.WEAK in kinds
    )
    strong = not invites or (picked and not kinds <= {Kind.NOOBJ}) or together
    return Act(
        act.does,
        clause,
        act.why,
        act.items,
        act.scope,
        act.without,
        strong,
        kinds | clause.kinds,
        end=act.end,
    )


def _begs(words: tuple[Word, ...], signals: Signals) -> bool:
    """ "Mohon disetujui", "please approve": asks for an approval, gives none."""
    first = next((n for n in signals.approving if words[n].kind is Kind.YES), 0)
    return any(w.text in BEGGING for w in words[:first]) and not any(
        w.kind is Kind.FIRST for w in words[:first]
    )


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
