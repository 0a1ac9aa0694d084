"""The items a verdict is about, as its clause names them. Judges no verdict."""

from pipeline.approval.reply_acts import Act, Does, said
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


def scoped(does: Does, clause: Clause, why: str, end: int, last: int, excepts: int) -> Act:
    """The act with the items it is about: targets up to shortly behind its verb, ALL, REST, EXCEPT."""
    words = clause.words
    within = words[:excepts]
    picked = [
        w
        for n, w in enumerate(within)
        if w.kind is Kind.TARGET and (does is Does.APPROVE or _near_verb(words, n, last))
    ]
    items = frozenset().union(*(w.items for w in picked)) if picked else None
    scope = (
        "all"
        if any(w.kind is Kind.ALL for w in within)
        else "rest"
        if any(w.kind is Kind.REST for w in within)
        else ""
    )
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


def _near_verb(words: tuple[Word, ...], place: int, last: int) -> bool:
    """Items before the verb, or directly behind it; further behind they belong to the reason."""
    if place < last:
        return True
    return all(
        w.kind
        in {
            Kind.ITEM,
            Kind.SAFE,
            Kind.TITLE,
            Kind.TARGET,
            Kind.ONLY,
            Kind.WEAK,
            Kind.FIRST,
            Kind.ALL,
            Kind.DO,
        }
        for w in words[last + 1 : place]
    )
