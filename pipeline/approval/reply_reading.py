"""Typed text to acts: words, names, fixed expressions, numbers, people, clauses, in this order. Pure."""

import re

from pipeline.approval.reply_acts import Act, Does
from pipeline.approval.reply_beside import settle_beside
from pipeline.approval.reply_clauses import clauses_of
from pipeline.approval.reply_endings import settle_endings
from pipeline.approval.reply_idioms import join_idioms
from pipeline.approval.reply_items import mark_items
from pipeline.approval.reply_judging import judge
from pipeline.approval.reply_names import Names, mark_names, own_spelling, settle_revoking
from pipeline.approval.reply_people import settle_people
from pipeline.approval.reply_whole import settle_whole
from pipeline.approval.reply_words import MOST_WORDS, Word, words_of
from pipeline.approval.words import Kind

#: The first row of a table of answers. "No" alone would be a refusal, so little is allowed beside it.
_TABLE_HEAD = re.compile(
    r"\A\W*(?:no\.?[^\w\n]+)?(?:item|akses|sistem|system|aplikasi)[^\w\n]+(?:keputusan|decision|status|hasil|jawaban)"
    r"(?:[^\w\n]+(?:alasan|keterangan|reason|remarks?))?[^\w\n]*(?=\n)",
    re.IGNORECASE,
)
#: "Ditolak: tidak ada", "rejected: -": a line of a form that was left empty.
_NONE_REFUSED = re.compile(
    r"^[^\w\n]*(?:item\w*[^\S\n]+)?(?:(?:yang|yg)[^\S\n]+)?(?:di)?(?:tolak|reject|rejected|declined|denied)(?:[^\S\n]+items?)?"
    r"[^\S\n]*[:=][^\S\n]*(?:tidak ada|tdk ada|nihil|none|nil|n/a|[-–—]+|0)[^\w\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


def acts_of(text: str, numbers: frozenset[int], names: Names, ref: str) -> tuple[Act, ...]:
    """What the clauses of `text` do, in order."""
    plain = text
    for empty in (_TABLE_HEAD, _NONE_REFUSED):
        plain = empty.sub(lambda match: " " * len(match.group()), plain)
    if ref:
        # "Permintaan no. REQ-2026-0042": the "no" is no refusal.
        plain = re.sub(
            rf"\b(?:no|nomor|nr|number)\b[.: ]{{1,3}}(?={re.escape(ref)}\b)",
            lambda match: " " * len(match.group()),
            plain,
            flags=re.IGNORECASE,
        )
    words = own_spelling(tuple(_own_ref(word, ref) for word in words_of(plain)), plain, names)
    words = settle_whole(mark_names(words, names), names)
    words = mark_items(join_idioms(settle_revoking(words, names)), numbers)
    words = settle_people(settle_endings(words))
    acts = _judged(words)
    return _judged(settle_beside(words)) if _only_approves(acts) else acts


def _judged(words: tuple[Word, ...]) -> tuple[Act, ...]:
    return tuple(judge(clause) for clause in clauses_of(words))


def _only_approves(acts: tuple[Act, ...]) -> bool:
    """Does it approve, refuse nothing, and say more beside it? What stands beside a refusal is its reason."""
    if any(act.does is Does.REFUSE or act.without for act in acts):
        return False
    more = any(act.does is Does.BLOCK or act.items is not None or act.clause.because for act in acts)
    return more and any(act.does is Does.APPROVE or Kind.YES in act.clause.kinds for act in acts)


def is_too_long(text: str) -> bool:
    return len(text) > 40 * MOST_WORDS or len(words_of(text[: 40 * MOST_WORDS])) >= MOST_WORDS


def _own_ref(word: Word, ref: str) -> Word:
    """The number of this very request changes nothing."""
    if word.kind is not Kind.NUMBER or not ref:
        return word
    own = word.text.replace("-", "") == ref.lower().replace("-", "")
    running = ref.rpartition("-")[2]
    short = word.text.startswith("0") and word.text == running
    return word.as_kind(Kind.SAFE) if own or short else word
