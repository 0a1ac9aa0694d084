"""The items a verdict is about, as its clause names them. Judges no verdict."""

from pipeline.approval.reply_acts import Act, Does, said
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_lists import mixed
from pipeline.approval.reply_sets import ALONE, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def scoped(does: Does, clause: Clause, why: str, end: int, last: int) -> Act:
    """The act with the items it is about: targets up to shortly behind its verb, ALL, REST, EXCEPT."""
    words = clause.words
    excepts = next((n for n, w in enumerate(words) if w.kind is Kind.EXCEPT), len(words))
    within = words[:excepts]
    picked = [
        w
        for n, w in enumerate(within)
        if w.kind is Kind.TARGET and (does is Does.APPROVE or _near_verb(words, n, last))
    ]
    items = frozenset().union(*(w.items for w in picked)) if picked else None
    scope = _scope_of(words, excepts)
    if _cross(picked, within):
        return Act(Does.BLOCK, clause, said("names that cross", picked), hard=True)
    out = [w for w in words[excepts:] if w.kind is Kind.TARGET]
    without = frozenset().union(*(w.items for w in out)) if out else frozenset()
    if excepts < len(words) and not out:
        return Act(Does.BLOCK, clause, said("an exception that names no item", words[excepts:]), hard=True)
    whole = any(w.kind in {Kind.ALL, Kind.REST} for w in words) or " " in words[0].text
    if does is Does.REFUSE and excepts == 0 and not whole:
        items, without, scope = without, frozenset(), ""
    ends = [
        end,
        *(w.end for w in picked),
        *(w.end for w in out),
        *(w.end for w in within if w.kind in {Kind.ALL, Kind.REST} and does is Does.APPROVE),
    ]
    return Act(does, clause, why, items, scope, without, end=max(ends))


def _cross(picked: list[Word], within: tuple[Word, ...]) -> bool:
    """Do the names of one clause not simply stand side by side ("Nur Aini cukup Tracy")?

    A person and a system narrow each other; where no plain word joins them, nobody can say to what.
    """
    if len(picked) < 2:
        return False
    limited = any(w.kind is Kind.ONLY or w.text in ALONE for w in within)
    unlike = len({w.by_number for w in picked}) > 1
    meets = any(
        (a.items & b.items and a.items != b.items) or mixed(a, b)
        for n, a in enumerate(picked)
        for b in picked[n + 1 :]
    )
    return limited or unlike or meets


def is_afterthought(clause: Clause, refused: frozenset[int]) -> bool:
    """ "Except VPN. SharePoint too", "reject 2. Start in January": behind a refusal, not of what is refused.

    A reason may name any item ("VPN ditolak, sudah ada SharePoint"); a name with no verb may be meant too.
    """
    named = frozenset().union(*(w.items for w in clause.words if w.kind is Kind.TARGET))
    bare = all(w.kind in _NO_VERB or w.text in _LIKEWISE for w in clause.words)
    begins = clause.words[0].kind in {Kind.DO, Kind.GO} or clause.words[0].text in {
        "start",
        "starting",
        "mulai",
    }
    return (bool(named - refused) and bare) or (begins and clause.has(Kind.LIMIT, Kind.LATER))


_NO_VERB = frozenset({Kind.TARGET, Kind.AND, Kind.ITEM, Kind.SAFE, Kind.TITLE})
_LIKEWISE = word_set(
    """
    too also juga jg likewise ditto as well beserta termasuk including plus sekalian begitu pula demikian dan
    serta
    """
)
#: "2 ditolak (sama yang di bawahnya)": another is meant, and not named.
_NEXT_TO = word_set("bawah bawahnya atas atasnya berikutnya sebelahnya sebelumnya setelahnya next following")


def means_another(clause: Clause) -> bool:
    texts = {text for w in clause.words for text in w.text.split()}
    return bool(texts & (_LIKEWISE | {"sama", "same"})) and bool(texts & _NEXT_TO) and len(clause.words) <= 6


def has_alone(clause: Clause) -> bool:
    """ "Tracy saja": "only", behind its word."""
    return any(word.text in ALONE for word in clause.words)


def _near_verb(words: tuple[Word, ...], place: int, last: int) -> bool:
    """Items before the verb, or directly behind it; further behind they belong to the reason."""
    if place < last:
        return True
    return all(w.kind in _BETWEEN for w in words[last + 1 : place])


#: May stand between a verb and the items behind it.
_BETWEEN = frozenset({
    Kind.ITEM, Kind.SAFE, Kind.TITLE, Kind.TARGET, Kind.ONLY, Kind.WEAK, Kind.FIRST, Kind.ALL, Kind.DO,
})  # fmt: skip


def _scope_of(words: tuple[Word, ...], excepts: int) -> str:
    """ "all", "rest" or "": what the words in front of an exception take in."""
    kinds = {word.kind for word in words[:excepts]}
    whole = excepts < len(words) and words[excepts].text.split()[0] in {
        "all",
        "everything",
        "semua",
        "semuanya",
    }
    if Kind.ALL in kinds or whole:
        return "all"
    return "rest" if Kind.REST in kinds else ""
