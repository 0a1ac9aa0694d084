"""What one clause does, and to which items. Judges nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_sets import TAKES_BACK
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


class Does(StrEnum):
    """What a clause does."""

    APPROVE = "approve"
    REFUSE = "refuse"
    #: nobody may approve beside this
    BLOCK = "block"
    #: polite words, or none that matter
    NOTHING = "nothing"


@dataclass(frozen=True)
class Act:
    """What one clause does, to which items, and which words say so."""

    does: Does
    clause: Clause
    #: for the record
    why: str = ""
    #: None: no item was named
    items: frozenset[int] | None = None
    #: "all", "rest" or ""
    scope: str = ""
    #: items taken out of the scope ("semua kecuali 2")
    without: frozenset[int] = frozenset()
    #: approves clearly by itself; not so "ok", "silakan" and "tolong dibuatkan"
    strong: bool = False
    #: how much a weak one gives: the kinds that were met
    hints: frozenset[Kind] = frozenset()
    #: of a BLOCK: it holds up a refusal too
    hard: bool = False
    #: of a BLOCK: it takes back a refusal in front of it
    final: bool = False
    #: the last place of the words that decide
    end: int = 0


def said(what: str, words: Sequence[Word]) -> str:
    return f'{what}: "{" ".join(word.text for word in words[:8])}"'


def why_of(word: Word) -> str:
    return str(word.kind.value)


def takes_back(stops: list[Word]) -> bool:
    return any(w.text in TAKES_BACK or w.kind in {Kind.DOUBLE, Kind.CORRECTION} for w in stops)
