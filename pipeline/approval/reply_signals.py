"""Which words of a clause approve and which refuse, each under the negation before it. Looks at no items."""

from dataclasses import dataclass

from pipeline.approval.reply_acts import Act, Does, said
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_sets import CARRIES, NEEDED, PARTICLES, word_set
from pipeline.approval.reply_words import Word
from pipeline.approval.words import Kind


@dataclass(frozen=True)
class Signals:
    """Places in a clause's words."""

    #: of the words that approve, and of those that refuse (a negated approval among them)
    approving: tuple[int, ...]
    refusing: tuple[int, ...]
    #: places of negations that were used up
    used: frozenset[int]


_REFUSING = frozenset({Kind.NO, Kind.NEG, Kind.REVISE})
#: Negations that tell of what happened, and decide nothing now.
_TELLING = frozenset(
    {"havent", "hasnt", "wasnt", "werent", "never", "nobody", "nothing", "neither", "no one", "noone"}
)
_TAGS = word_set("ya iya yaa nggih njih inggih ye yo")
#: "Tidak usah", "belum perlu", "jangan dulu": a refusal for now, in everyday words.
_NOT_NEEDED = word_set("usah perlu butuh prl dibutuhkan diperlukan needed necessary required")
_FOR_NOW = word_set("dulu dahulu dlu heula riyin rumiyin waka")
_AT_EASE = _NOT_NEEDED | _FOR_NOW | word_set("saja aja lah deh")
_HOLDER = Clause((), 0)


def signals_of(words: tuple[Word, ...]) -> "Signals | Act":
    """Which words approve and which refuse, each under the negation before it."""
    approving: list[int] = []
    refusing: list[int] = []
    used: set[int] = set()
    negation = -1
    for place, word in enumerate(words):
        if (
            word.kind is Kind.NEG
            and _is_picture(word)
            and any(w.kind in _REFUSING for w in words[place + 1 :])
        ):
            # A cross in front of "ditolak" stands beside the word, it does not negate it.
            continue
        if word.kind in {Kind.NEG, Kind.YET}:
            twice = negation >= 0 and negation not in used
            if twice and not _says_again(words, negation, place):
                return Act(Does.BLOCK, _HOLDER, said("negates twice", words), hard=True)
            negation = negation if twice else place
        elif word.kind in {Kind.NO, Kind.REVISE} and negation >= 0:
            return Act(Does.BLOCK, _HOLDER, said("negates a refusal", words[negation : place + 1]), hard=True)
        elif word.kind in {Kind.NO, Kind.REVISE}:
            refusing.append(place)
        elif word.kind in {Kind.YES, Kind.GO, Kind.DO, Kind.WEAK, Kind.NOOBJ} and negation >= 0:
            if negation in used or _is_particle(words, negation, place):
                continue
            wrong = _wrong_negation(words, negation, place)
            if wrong:
                return Act(Does.BLOCK, _HOLDER, wrong, hard=True)
            used.add(negation)
            refusing.append(place)
        elif word.kind in {Kind.YES, Kind.GO, Kind.WEAK, Kind.NOOBJ}:
            approving.append(place)
    bare = negation >= 0 and negation not in used
    if bare and not approving and not refusing and _bare_refusal(words, negation):
        return Signals((), (negation,), frozenset({negation}))
    return Signals(tuple(approving), tuple(refusing), frozenset(used))


def _is_picture(word: Word) -> bool:
    return not word.text[0].isalpha()


def _says_again(words: tuple[Word, ...], negation: int, place: int) -> bool:
    """ "Ga dulu ya, belum perlu": one refusal in two soft words."""
    between = {w.text for w in words[negation + 1 : place]}
    needed = place + 1 < len(words) and words[place + 1].text in _NOT_NEEDED
    return bool(between) and between <= _AT_EASE | _TAGS and needed


def _is_particle(words: tuple[Word, ...], negation: int, place: int) -> bool:
    """ "VPN jangan ya", "ga usah nggih": the "ya" closes the refusal, and is not what it negates."""
    light = all(w.text in _AT_EASE or w.kind is Kind.TITLE for w in words[negation + 1 : place])
    behind = all(
        w.kind in {Kind.TITLE, Kind.WEAK, Kind.YET, Kind.NEG} or w.text in PARTICLES | _AT_EASE
        for w in words[place + 1 :]
    )
    return words[place].text in _TAGS and light and behind


def _wrong_negation(words: tuple[Word, ...], negation: int, verb: int) -> str:
    """Why the negation at `negation` does not make a refusal of the verb, or ""."""
    between = words[negation + 1 : verb]
    elsewhere = said("negates something else", words[negation : verb + 1])
    usah = {word.text for word in between} & NEEDED
    kinds = {word.kind for word in between if word.text not in NEEDED}
    kinds -= {Kind.UNKNOWN} if any(w.text in {"usah"} for w in between) else set()
    if not kinds <= CARRIES or (usah and words[verb].kind is Kind.YES):
        return elsewhere
    if words[verb].kind is Kind.WEAK and words[verb].text in {"ya", "iya", "yes"}:
        return elsewhere
    if any(word.text in {"mine", "my", "our"} for word in between):
        return elsewhere
    if words[negation].text in {"bukan", "bkn"} and any(w.text in {"yang", "yg"} for w in between):
        return elsewhere
    behind = {word.text for word in words[verb + 1 : verb + 5]}
    if words[negation].text in _TELLING or "yet" in behind:
        return said("tells what was not approved so far", words[negation : verb + 1])
    can = any(word.kind is Kind.CAN for word in between)
    if words[negation].kind is Kind.YET and not can:
        return said("not yet", words[negation : verb + 1])
    before = {word.text for word in words[:negation] if word.kind is Kind.PAST}
    if before - {"did"} or any(word.kind is Kind.PAST for word in between):
        return said("not so far", words[: verb + 1])
    return ""


def _bare_refusal(words: tuple[Word, ...], negation: int) -> bool:
    """ "Tidak.", "VPN jangan", "tidak boleh", "tidak bisa": nothing to negate but the request."""
    soft = {w.text for w in words[negation + 1 :]} & (_NOT_NEEDED | _FOR_NOW)
    named = any(w.kind is Kind.TARGET for w in words[:negation])
    if soft and not named and (words[negation].kind is Kind.YET or not soft & {"usah"}):
        return False
    if (words[negation].kind is Kind.YET and not (soft & _NOT_NEEDED and named)) or (
        not words[negation].text[0].isalpha() and not any(w.kind is Kind.TARGET for w in words)
    ):
        return False
    allowed = {
        Kind.NEG,
        Kind.YET,
        Kind.TARGET,
        Kind.CAN,
        Kind.TITLE,
        Kind.FIRST,
        Kind.ITEM,
        Kind.ALL,
        Kind.REST,
        Kind.THANKS,
    }
    rest = [w for w in words if w.kind not in allowed]
    light = all(
        (w.kind is Kind.SAFE and w.text in PARTICLES)
        or (w.text in _AT_EASE and n > negation)
        or (w.text in _TAGS and n > negation)
        for n, w in enumerate(words)
        if w in rest
    )
    after = words[negation + 1 :]
    return light and not any(w.kind is Kind.ALL for w in after)
