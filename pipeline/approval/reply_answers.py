"""Answers that stand under quoted lines: each decides the item it stands under, or nothing. Pure."""

import re
from collections.abc import Mapping

from pipeline.approval.reply_acts import Does
from pipeline.approval.reply_clauses import Clause
from pipeline.approval.reply_folding import Verdict, Vote, fold
from pipeline.approval.reply_names import Names, mark_names, own_spelling
from pipeline.approval.reply_reading import acts_of
from pipeline.approval.reply_reason import reason_of
from pipeline.approval.reply_sets import word_set
from pipeline.approval.reply_words import words_of
from pipeline.approval.words import Kind

_NUMBERED = re.compile(r"^[\W_]{0,4}(?:(?:item|no|nomor|akses)\W{0,2})?(\d{1,3})(?=[\W_]|$)", re.IGNORECASE)
_MOST_ANSWERS = 200


def item_of_line(line: str, numbers: frozenset[int], names: Names) -> frozenset[int]:
    """The item a quoted line is about: by its number, checked against its name; none where they disagree."""
    words = own_spelling(words_of(line[:400]), line, names)
    named = [word.items for word in mark_names(words, names) if word.kind is Kind.TARGET]
    by_name = named[0] if named else frozenset()
    for items in named[1:]:
        by_name = by_name & items or by_name
    match = _NUMBERED.match(line)
    number = int(match.group(1)) if match else 0
    if number in numbers:
        return frozenset({number}) if not by_name or number in by_name else frozenset()
    return by_name if len(by_name) == 1 else frozenset()


def fold_answers(
    answers: tuple[tuple[str, str], ...], numbers: frozenset[int], names: Names, ref: str
) -> tuple[dict[int, Vote], list[str], list[str], list[str]]:
    """(verdicts, reasons, why, texts under lines that are no item). An unclear answer decides nothing."""
    items: dict[int, Vote] = {}
    unsure: set[int] = set()
    reasons: list[str] = []
    whys: list[str] = []
    loose: list[str] = []
    for line, answer in answers[:_MOST_ANSWERS]:
        under = item_of_line(line, numbers, names)
        if not under:
            loose.append(answer)
            continue
        verdict, reason = _one(answer, under, numbers, names, ref)
        for number, word in verdict.items.items():
            if items.setdefault(number, word) != word:
                unsure.add(number)
        if not verdict.items:
            unsure |= under
        whys.append(f"under {min(under)}: {verdict.why}")
        reasons += [reason] if reason else []
    return {n: word for n, word in items.items() if n not in unsure}, reasons, whys, loose


def _one(
    answer: str, under: frozenset[int], numbers: frozenset[int], names: Names, ref: str
) -> tuple[Verdict, str]:
    acts = acts_of(answer, numbers, names, ref)
    elsewhere = any(
        (act.items is not None and not act.items <= under) or act.scope or act.without
        for act in acts
        if act.does in {Does.APPROVE, Does.REFUSE}
    )
    if elsewhere:
        return Verdict(why="speaks of other items than the one it stands under"), ""
    # A short "ok" or "silakan" under one item is as clear as a tick beside it.
    verdict = fold(acts, under, accept_ok=True)
    return verdict, reason_of(answer, acts, verdict)


def points_below(clause: Clause) -> bool:
    """ "My answers are under each line", "jawaban saya di bawah tiap item ya": only where they stand."""
    texts = {word.text for word in clause.words} | {t for word in clause.words for t in word.text.split()}
    light = all(w.kind in _POINTING or w.text in _EACH | _ANSWERS | _WHERE for w in clause.words)
    return light and not (clause.asked or texts & _NOT_YET) and bool(texts & _ANSWERS and texts & _WHERE)


def is_pointer(clause: Clause) -> bool:
    """ "Lihat di bawah", a greeting: nothing that could stop the answers below it."""
    plain = clause.kinds <= _POINTING and not any(w.text in _NOT_YET for w in clause.words)
    return plain or points_below(clause)


#: "Jawaban di bawah ini baru usulan saya": what it points at is no verdict yet.
_NOT_YET = word_set("baru usulan usul pendapat saran konsep draf draft masukan proposal same sama seperti")


_ANSWERS = word_set(
    """
    jawaban jawabannya balasan tanggapan keputusan komentar answer answers reply replies response responses
    comment comments decision decisions
    """
)
_WHERE = word_set("bawah dibawah bawahnya under below beneath underneath inline antara sela-sela beside")
_EACH = word_set(
    "tiap setiap masing masing-masing each every per line lines see row baris item items poin point nomor"
)
_POINTING = frozenset({
    Kind.BELOW, Kind.SAFE, Kind.FIRST, Kind.TITLE, Kind.GREETING, Kind.THANKS, Kind.MARK, Kind.ITEM,
    Kind.WEAK,
})  # fmt: skip


def merge(above: Mapping[int, Vote], under: Mapping[int, Vote]) -> dict[int, Vote] | None:
    """Verdicts of the text above and of the answers between the quotes as one; None where they disagree."""
    if any(above.get(number, word) != word for number, word in under.items()):
        return None
    return {**above, **under}
