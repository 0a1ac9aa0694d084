"""A clause that refuses: is it a refusal of now, and of the writer's own? Sees no other clause."""

from pipeline.approval.reply_acts import Act, Does, said
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_scope import scoped
from pipeline.approval.reply_sets import ACTIVE, COULD, DONE, FIRST_DO, FORMAL, HOLDS_REFUSAL, INVITES
from pipeline.approval.reply_signals import Signals
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def refusal(clause: Clause, signals: Signals) -> Act:
    """What a clause with refusing words does: REFUSE, or BLOCK where something holds the refusal up."""
    words = clause.words
    first, last = signals.refusing[0], signals.refusing[-1]
    blocked = _held_before(clause, signals) or _held_behind(clause, last) or _held_past(clause, signals)
    if blocked:
        return blocked
    end = _soft_end(clause, last) if words[last].kind in {Kind.NEG, Kind.YET} else words[last].end
    why = said("refuses", words[min([first, *signals.used]) : last + 1])
    return scoped(Does.REFUSE, clause, why, end, last)


def _soft_end(clause: Clause, last: int) -> int:
    """Where a refusal with no verb ends: "belum perlu" tells its reason too, "jangan" does not."""
    words = clause.words
    needless = [
        n
        for n, w in enumerate(words)
        if w.text in {"perlu", "butuh", "dibutuhkan", "diperlukan"} and n > last
    ]
    if not needless:
        return clause.end
    reason = max(n for n, w in enumerate(words[: needless[0]]) if w.kind in {Kind.NEG, Kind.YET})
    return words[reason - 1].end if reason else clause.end


def _held_before(clause: Clause, signals: Signals) -> Act | None:
    """What stands in front of the verb and makes it no refusal of now, or not the writer's own."""
    words, first = clause.words, signals.refusing[0]
    if signals.approving and not _only_polite(words, signals):
        return Act(Does.BLOCK, clause, said("approves and refuses", words), hard=True)
    before = [w for n, w in enumerate(words[:first]) if w.kind in HOLDS_REFUSAL and n not in signals.used]
    before = [w for w in before if not (w.kind is Kind.LATER and signals.used)]
    if clause.has(Kind.FIRST) and words[first].kind is Kind.NO:
        # "I must reject it", "saya harus menolak": forced, and a refusal all the same.
        before = [w for w in before if w.text not in {"must", "harus", "have to", "has to"}]
    if before:
        suggests = before[0].kind is Kind.COND and words[first].kind is Kind.REVISE
        hard = not suggests and before[0].kind not in {Kind.AGENT, Kind.ASK}
        return Act(Does.BLOCK, clause, said("no refusal of now", [*before, words[first]]), hard=hard)
    if words[first].kind is Kind.NO and any(w.kind is Kind.CAN or w.text in COULD for w in words[:first]):
        return Act(Does.BLOCK, clause, said("only may be", words[: first + 1]), hard=True)
    if _unknown_number(words, first, signals.refusing[-1]):
        return Act(Does.BLOCK, clause, said("refuses what is no item", words), hard=True)
    if _of_some(clause, signals):
        return Act(Does.BLOCK, clause, said("refuses some, without saying which", words), hard=True)
    if _others_verb(words, first):
        return Act(Does.BLOCK, clause, said("somebody else refuses", words[: first + 1]))
    return None


def _held_behind(clause: Clause, last: int) -> Act | None:
    """ "Tolak kalau ...", "ditolak oleh ...", "tolak atau ...", directly behind the verb."""
    verb = clause.words[last]
    named = any(w.kind is Kind.TARGET for w in clause.words[:last])
    kinds = (
        {Kind.COND, Kind.CHOICE}
        if verb.kind is Kind.REVISE
        else {Kind.COND, Kind.LATER, Kind.CHOICE, Kind.HOLD}
    )
    held = [
        w
        for w in _directly_behind(clause.words, last)
        if (w.kind in kinds and not (w.text in FIRST_DO and (verb.kind is Kind.NO or named)))
        or (w.text in {"oleh", "by"} and verb.kind is not Kind.REVISE)
    ]
    if not held:
        return None
    hard = held[0].text not in {"oleh", "by"} | FIRST_DO
    return Act(Does.BLOCK, clause, said("a refusal with a condition", [verb, *held]), hard=hard)


def _held_past(clause: Clause, signals: Signals) -> Act | None:
    """ "Sudah ditolak bulan lalu" tells of a refusal; "sudah saya tolak" is one."""
    words = clause.words[: signals.refusing[-1] + 1]
    past = {w.text for w in words if w.kind is Kind.PAST and w.text != "did"}
    if not past or signals.used or (past <= DONE and (clause.has(Kind.FIRST) or past <= FORMAL)):
        return None
    return Act(Does.BLOCK, clause, said("a refusal of the past", words))


def _of_some(clause: Clause, signals: Signals) -> bool:
    """ "Ditolak sebagian", "sebagian saya tolak", "tolak sebagian: VPN"; a refusal of one part."""
    words = clause.words
    for place, word in enumerate(words):
        if word.text not in _SOME:
            continue
        for head in (signals.refusing[0], signals.refusing[-1]):
            between = words[min(head, place) + 1 : max(head, place)]
            if all(w.kind in {Kind.FIRST, Kind.SAFE, Kind.TITLE, Kind.PAST} for w in between):
                return True
    return False


_SOME = frozenset(
    {"sebagian", "sebahagian", "separuh", "setengah", "partly", "partially", "partial", "in part"}
)


def _unknown_number(words: tuple[Word, ...], first: int, last: int) -> bool:
    """ "Tolak item 12", "12 ditolak": a number that is no item of this request."""
    behind = [w for w in words[last + 1 : last + 4] if w.kind is not Kind.SAFE]
    if behind and behind[0].kind is Kind.ITEM:
        behind = behind[1:]
    ahead = [w for w in words[:first] if w.kind not in {Kind.SAFE, Kind.FIRST}]
    numbered = [*behind[:1], *ahead[-1:]]
    return any(w.kind is Kind.NUMBER and w.text.isdecimal() for w in numbered)


def _directly_behind(words: tuple[Word, ...], last: int) -> list[Word]:
    found: list[Word] = []
    for place, word in enumerate(words[last + 1 : last + 5], last + 1):
        if word.kind in {Kind.TARGET, Kind.UNKNOWN, Kind.NUMBER} or _tells_lack(words, place):
            break
        found.append(word)
    return found[:3]


def _tells_lack(words: tuple[Word, ...], place: int) -> bool:
    """ "Tolak belum ada tanda tangan", "tolak tanda tangan kadiv tidak ada": behind the verb, its reason."""
    word, behind = words[place], words[place + 1 : place + 6]
    if word.kind in {Kind.YET, Kind.NEG}:
        return bool(behind) and behind[0].text in _LACKED
    if word.text != "tanda tangan" and word.text not in _HEADS:
        return False
    lacks = [n for n, w in enumerate(behind) if w.kind in {Kind.YET, Kind.NEG} or w.text in _EMPTY]
    return bool(lacks) and not any(w.kind is Kind.COND for w in behind)


_LACKED = frozenset(
    {
        "ada",
        "punya",
        "memiliki",
        "lengkap",
        "ditandatangani",
        "ttd",
        "diisi",
        "jelas",
        "dapat",
        "tanda tangan",
    }
)
_EMPTY = frozenset({"kosong", "palsu", "scan", "missing", "kurang", "salah"})
_HEADS = frozenset({"ttd"})


def _only_polite(words: tuple[Word, ...], signals: Signals) -> bool:
    """ "ok, ditolak", "silakan ditolak": the polite word in front of a refusal approves nothing."""
    polite = all(words[n].kind is Kind.WEAK or words[n].text in INVITES for n in signals.approving)
    after = any(n > signals.refusing[-1] and words[n].kind is not Kind.WEAK for n in signals.approving)
    revises = all(words[n].kind in {Kind.REVISE, Kind.NO} for n in signals.refusing)
    return polite and not after and (revises or all(words[n].kind is Kind.WEAK for n in signals.approving))


def _others_verb(words: tuple[Word, ...], first: int) -> bool:
    """ "Budi menolak", "the bank declined it": an active verb whose subject is not the writer."""
    strangers = [w for w in words[:first] if w.kind is Kind.UNKNOWN]
    mine = any(w.kind is Kind.FIRST for w in words[:first])
    return bool(strangers) and not mine and (words[first].text in ACTIVE or strangers[-1].capital)
