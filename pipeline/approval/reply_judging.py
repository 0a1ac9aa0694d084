"""One clause of an answer to what it does: approves, refuses, blocks, or nothing. Sees no other clause."""

import re

from pipeline.approval.reply_acts import Act, Does, said, takes_back, why_of
from pipeline.approval.reply_approving import approval
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_narrowing import narrows
from pipeline.approval.reply_refusing import refusal
from pipeline.approval.reply_sets import ALONE, EXCUSES, INSTRUCTS, STOPS, word_set
from pipeline.approval.reply_signals import signals_of
from pipeline.approval.words import Kind


def judge(clause: Clause) -> Act:
    """What `clause` does."""
    if clause.kinds == {Kind.CORRECTION}:
        return Act(Does.NOTHING, clause)
    if clause.asked and not clause.kinds <= {Kind.GREETING, Kind.TITLE, Kind.MARK}:
        return Act(Does.BLOCK, clause, said("asks", clause.words))
    if any(word.cited for word in clause.words):
        return Act(Does.BLOCK, clause, said("quotes somebody", [w for w in clause.words if w.cited]))
    if _denies_refusing(clause):
        return Act(Does.NOTHING, clause)
    signals = signals_of(clause.words)
    if isinstance(signals, Act):
        return signals_with(signals, clause)
    if signals.refusing:
        return refusal(clause, signals)
    if signals.approving:
        return approval(clause, signals)
    return _neither(clause)


def _denies_refusing(clause: Clause) -> bool:
    """ "Saya tidak menolak": approves nothing, and stands in the way of nothing."""
    kinds = [w.kind for w in clause.words if w.kind is not Kind.SAFE and w.kind is not Kind.ALL]
    denied = Kind.NEG in kinds and Kind.NO in kinds and kinds.index(Kind.NEG) < kinds.index(Kind.NO)
    return denied and clause.has(Kind.FIRST) and set(kinds) <= {Kind.NEG, Kind.NO, Kind.FIRST, Kind.ASK}


def signals_with(act: Act, clause: Clause) -> Act:
    return Act(act.does, clause, act.why, hard=act.hard, final=act.hard)


_FILLING = ALONE | {
    "dengan",
    "dgn",
    "with",
    "by",
    "ya",
    "ini",
    "the",
    "just",
    "only",
    "hanya",
    "cukup",
    "kami",
    "saya",
    "pak",
}


#: "Approved as a test": no reason, but how much is approved.
_TENTATIVE = re.compile(
    r"(?:test|trial|coba|percobaan|draft|pilot|exampl|contoh|experiment|tempor|(?:di|ter)?paksa|forced)"
)


def _asks_for_an_answer(clause: Clause) -> bool:
    """ "Balas: SETUJU", "reply with: APPROVE"; not "maaf baru balas"."""
    texts = [w.text for w in clause.words if w.text not in _FILLING]
    return bool(texts) and texts[-1] in INSTRUCTS and not EXCUSES & set(texts)


def _awaits_a_thing(clause: Clause) -> bool:
    """ "Tunggu pembelian kuartal depan": a reason of the office's; "tunggu" alone takes an answer back."""
    waits = [n for n, w in enumerate(clause.words) if w.text in _AWAITING]
    behind = [w for w in clause.words[waits[0] + 1 :] if w.kind is not Kind.SAFE] if len(waits) == 1 else []
    plain = all(w.kind in _OFFICE for w in behind)
    return plain and bool(behind) and behind[0].kind is Kind.UNKNOWN and behind[0].text not in _NEWS


_AWAITING = word_set("tunggu menunggu nunggu wait waiting")
_OFFICE = frozenset({Kind.UNKNOWN, Kind.TARGET, Kind.LATER, Kind.LIMIT, Kind.NUMBER, Kind.PAST})
#: What somebody who waits is told, and may decide on.
_NEWS = word_set(
    """
    kabar kabarnya hasil hasilnya instruksi arahan petunjuk news answer result results word feedback masukan
    klarifikasi penjelasan ttd tanda clarification explanation
    """
)


def _neither(clause: Clause) -> Act:
    stops = [w for w in clause.words if w.kind in STOPS or w.kind in {Kind.TARGET, Kind.EXCEPT, Kind.ONLY}]
    if (
        stops == list(clause.words)
        and all("/" in w.text or "-" in w.text for w in stops)
        and stops[0].kind is Kind.NUMBER
    ):
        return Act(Does.NOTHING, clause)
    texts = {w.text for w in clause.words}
    if texts & ALONE and texts & {"kantor", "office"}:
        return Act(Does.BLOCK, clause, said("a limit", clause.words), hard=True)
    if _asks_for_an_answer(clause):
        return Act(Does.BLOCK, clause, said("tells what to write", clause.words))
    limits = narrows(clause)
    if limits:
        return Act(Does.BLOCK, clause, said("narrows what is approved", limits))
    if clause.because and not clause.continued:
        stops = (
            [w for w in stops if w.kind not in {Kind.UNKNOWN, Kind.TARGET} or _TENTATIVE.match(w.text)]
            if len(clause.words) <= 14
            else stops
        )
    if stops:
        back = takes_back(stops) and not _awaits_a_thing(clause)
        return Act(Does.BLOCK, clause, said(why_of(stops[0]), stops[:3]), hard=back, final=back)
    hints = clause.kinds & {Kind.DO, Kind.SOFT, Kind.WEAK}
    return Act(Does.NOTHING, clause, hints=hints)
