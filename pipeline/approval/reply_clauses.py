"""Words in order to clauses: where one statement ends and the next begins. Judges none of them."""

from dataclasses import dataclass, replace

from pipeline.approval.reply_sets import EXCUSES
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

#: Kinds of words a verdict is made of.
VERDICT = frozenset({Kind.YES, Kind.GO, Kind.NO, Kind.REVISE, Kind.WEAK, Kind.NOOBJ})
_NEGATING = frozenset({Kind.NEG, Kind.YET, Kind.DOUBLE})
_LIGHT = frozenset(
    {Kind.TARGET, Kind.SAFE, Kind.ITEM, Kind.ONLY, Kind.FIRST, Kind.TITLE, Kind.EXCEPT, Kind.ALL, Kind.REST}
)
_SO_THAT = frozenset({"agar", "supaya", "sehingga", "guna", "demi", "so"})
#: "Kabari kalau selesai, baru saya setujui": only then.
_THEN = frozenset({"baru", "barulah", "then"})
_REFUSES = frozenset({Kind.NO, Kind.FIRST, Kind.SAFE})
_SPLITTING_MARKS = ",(:-/"


@dataclass(frozen=True)
class Clause:
    """Words that say one thing."""

    words: tuple[Word, ...]
    #: number of the sentence it stands in
    sentence: int
    #: a "?" ends its sentence
    asked: bool = False
    #: it gives the reason for what stands before it
    because: bool = False
    #: it only stands behind such a reason, parted by a comma or an "and"
    continued: bool = False
    #: "but" stands before it
    contrast: bool = False
    #: it takes back what stands before it
    corrects: bool = False
    #: it stands between brackets
    bracketed: bool = False

    def has(self, *kinds: Kind) -> bool:
        return any(word.kind in kinds for word in self.words)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(word.kind for word in self.words)


def clauses_of(words: tuple[Word, ...]) -> tuple[Clause, ...]:
    """The clauses of a text, in order."""
    found: list[Clause] = []
    for number, (sentence, asked) in enumerate(_sentences(words)):
        pieces = _join_targets(_split(sentence))
        found += [
            replace(piece, sentence=number, asked=asked)
            for piece in pieces
            if any(w.kind is not Kind.MARK for w in piece.words)
        ]
    return tuple(found)


def _sentences(words: tuple[Word, ...]) -> list[tuple[list[Word], bool]]:
    found: list[tuple[list[Word], bool]] = []
    run: list[Word] = []
    for word in words:
        if not is_mark(word, ".!?;\n¿¡"):
            run.append(word)
        elif word.text == "?" and not run and found:
            found[-1] = (found[-1][0], True)
        elif run:
            found.append((run, word.text == "?"))
            run = []
    if run:
        found.append((run, False))
    return found


def _split(sentence: list[Word]) -> list[Clause]:
    """A sentence at its commas, "but", "and", "because", and between verdicts on different items."""
    cut = _Cutter()
    for place, word in enumerate(sentence):
        if is_mark(word, _SPLITTING_MARKS):
            heads = word.text in ":-" and (_only_targets(cut.run) or _heads_refusal(sentence, place, cut.run))
            if cut.run and not heads:
                cut.close()
            cut.bracketed ^= word.text == "("
        elif (
            word.text in _THEN
            and place
            and _approves_next(sentence, place, 2)
            and not _excused(sentence[:place])
        ):
            cut.close()
            cut.run.append(word.as_kind(Kind.HOLD))
        elif word.kind is Kind.AND and _same_verdict(sentence, place, cut.run):
            continue
        elif word.kind in {Kind.AND, Kind.CONTRAST} and not _breaks_off(sentence, place):
            cut.close(contrast=word.kind is Kind.CONTRAST)
        elif word.text in _SO_THAT and _approves_next(sentence, place):
            cut.run.append(word.as_kind(Kind.HOLD))
        elif word.kind is Kind.BECAUSE:
            cut.close(because=True)
        elif word.kind is Kind.CORRECTION and _takes_back(sentence, place, cut.run):
            _correct(cut, sentence, place)
        else:
            if _starts_verdict(sentence, place, cut.run) or _excepts_and_decides(sentence, place, cut.run):
                cut.close()
            cut.run.append(word)
    cut.close()
    return cut.found


def _approves_next(sentence: list[Word], place: int, most: int = 4) -> bool:
    """ "Agar disetujui": what is wanted, not what is so."""
    behind = [word.kind for word in sentence[place + 1 : place + 1 + most]]
    # "Ditolak demi keamanan, yang lain disetujui": behind the comma, no more of the aim.
    ends = behind.index(Kind.MARK) if Kind.MARK in behind and sentence[place].text == "demi" else most
    return Kind.YES in behind[:ends]


def _same_verdict(sentence: list[Word], place: int, run: list[Word]) -> bool:
    """ "Saya sepakat dan menyetujui": one writer, one verdict in two words."""
    kinds = {word.kind for word in run}
    next_yes = place + 1 < len(sentence) and sentence[place + 1].kind is Kind.YES
    return (
        next_yes
        and {Kind.FIRST, Kind.YES} <= kinds
        and kinds <= {Kind.FIRST, Kind.YES, Kind.SAFE, Kind.TITLE}
    )


def _excused(before: list[Word]) -> bool:
    """ "Maaf baru saya setujui": late, not later."""
    return any(word.text in EXCUSES and word.text != "baru" for word in before)


def _breaks_off(sentence: list[Word], place: int) -> bool:
    """ "Not approved yet", and "setuju tapi" with nothing behind it: what was to follow is not known."""
    last = all(word.kind is Kind.MARK for word in sentence[place + 1 :])
    return last and sentence[place].kind is Kind.CONTRAST


class _Cutter:
    """Collects words into clauses, each with what the word in front of it says about it."""

    def __init__(self) -> None:
        self.found: list[Clause] = []
        self.run: list[Word] = []
        self.because = self.contrast = self.corrects = self.reasoned = self.bracketed = False

    def close(self, because: bool = False, contrast: bool = False, corrects: bool = False) -> None:
        """End the clause; the flags are of the one that begins."""
        if self.run:
            # "karena A, B dan C": what follows a reason is more of it, unless it decides something.
            more = self.reasoned and not any(word.kind in VERDICT for word in self.run)
            clause = Clause(
                tuple(self.run),
                sentence=0,
                because=self.because or more,
                continued=more and not self.because,
                contrast=self.contrast,
                corrects=self.corrects,
                bracketed=self.bracketed,
            )
            self.found.append(clause)
        self.run, self.because, self.contrast, self.corrects = [], because, contrast, corrects
        self.reasoned = because or (self.reasoned and not contrast)


def _correct(cut: _Cutter, sentence: list[Word], place: int) -> None:
    """ "Ralat: ..." flags the clause behind it, "... maksudnya" the one it ends."""
    word = sentence[place]
    if cut.run and word.text.startswith("maksud") and place == len(sentence) - 1:
        cut.corrects = True
        return
    cut.close(corrects=True)
    if all(w.kind is Kind.MARK for w in sentence[place + 1 :]):
        cut.run = [word]


def _only_targets(run: list[Word]) -> bool:
    kinds = {word.kind for word in run}
    return Kind.TARGET in kinds and kinds <= {Kind.TARGET, Kind.ITEM, Kind.SAFE, Kind.TITLE}


def _heads_refusal(sentence: list[Word], place: int, run: list[Word]) -> bool:
    """ "Rejected: item 2 - view access is for Finance"."""
    behind = next((w.kind for w in sentence[place + 1 : place + 3] if w.kind is not Kind.ITEM), None)
    verb = bool(run) and run[-1].kind is Kind.NO and {w.kind for w in run} <= _REFUSES
    return verb and sentence[place].text == ":" and behind in {Kind.TARGET, Kind.NUMBER}


def _takes_back(sentence: list[Word], place: int, run: list[Word]) -> bool:
    """ "ralat: ..." at the head of a clause, or "... maksudnya" at its end; not "mohon koreksi levelnya"."""
    word = sentence[place]
    if word.text in {"koreksi", "correction"}:
        after = sentence[place + 1] if place + 1 < len(sentence) else None
        return not run and (after is None or is_mark(after, ":,-"))
    return True


def _starts_verdict(sentence: list[Word], place: int, run: list[Word]) -> bool:
    """Does a second verdict on other items begin here ("SETUJU 1 TOLAK 2", "1 ok 2 tidak")?"""
    word = sentence[place]
    heads = [n for n, w in enumerate(run) if w.kind in VERDICT]
    targets = [n for n, w in enumerate(run) if w.kind in {Kind.TARGET, Kind.ALL, Kind.REST}]
    if not targets:
        return False
    negation = [n for n, w in enumerate(run) if w.kind in _NEGATING]
    decided = heads or (negation and negation[-1] > targets[0])
    if not decided:
        return False
    first_head = heads[0] if heads else negation[-1]
    if targets[0] < first_head:
        return word.kind in {Kind.TARGET, Kind.REST} and not _excepts(run)
    if word.kind in VERDICT:
        return targets[-1] > (heads[-1] if heads else -1)
    return word.kind in _NEGATING and _negates_verdict(sentence, place)


def _negates_verdict(sentence: list[Word], place: int) -> bool:
    for word in sentence[place + 1 : place + 5]:
        if word.kind in VERDICT:
            return True
        if word.kind not in {Kind.CAN, Kind.FIRST, Kind.LATER, Kind.SAFE, Kind.PAST, Kind.DO}:
            return False
    return False


def _excepts_and_decides(sentence: list[Word], place: int, run: list[Word]) -> bool:
    """ "semua oke kecuali VPN ditolak": what is excepted has a verdict of its own."""
    if sentence[place].kind is not Kind.EXCEPT or not any(w.kind in VERDICT for w in run):
        return False
    after = sentence[place + 1 : place + 6]
    target = next((n for n, w in enumerate(after) if w.kind is Kind.TARGET), -1)
    return target >= 0 and any(
        w.kind in {Kind.NO, Kind.REVISE, Kind.NEG} for w in after[target + 1 : target + 3]
    )


def _excepts(run: list[Word]) -> bool:
    """ "semua setuju kecuali 2": the 2 belongs to what stands before it."""
    return any(word.kind is Kind.EXCEPT for word in run[-3:])


def _join_targets(pieces: list[Clause]) -> list[Clause]:
    """ "Untuk VPN, saya tolak" and "Setuju, kecuali VPN" are one statement each."""
    found: list[Clause] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and _echoes(before, piece):
            told = tuple(w for w in before.words if w.kind not in {Kind.WEAK, Kind.NEG})
            found[-1] = replace(before, words=told + piece.words)
        elif (
            before is not None
            and not before.because
            and not piece.because
            and not piece.corrects
            and _belong(before, piece)
        ):
            found[-1] = replace(before, words=before.words + piece.words, contrast=before.contrast)
        else:
            found.append(piece)
    return found


def _echoes(before: Clause, piece: Clause) -> bool:
    """ "1: yes, approved", "2: no, rejected": the same verdict on the same item, in two words."""
    light = frozenset({Kind.SAFE, Kind.FIRST, Kind.TITLE})
    named = before.has(Kind.TARGET) and not piece.because and not piece.corrects and not piece.contrast
    said = before.kinds - light - {Kind.TARGET, Kind.ITEM}
    agrees = said == {Kind.WEAK} and piece.kinds - light == {Kind.YES}
    refuses = said == {Kind.NEG} and piece.kinds - light == {Kind.NO}
    return named and (agrees or refuses)


def _belong(before: Clause, piece: Clause) -> bool:
    light, heavy = piece.kinds <= _LIGHT, before.kinds <= _LIGHT
    picks = piece.has(Kind.TARGET, Kind.ALL, Kind.REST)
    picked = before.has(Kind.TARGET, Kind.ALL, Kind.REST)
    if heavy and picked and piece.has(*VERDICT, Kind.NEG, Kind.YET) and not picks and not piece.contrast:
        return True
    if heavy and before.has(Kind.EXCEPT) and before.has(Kind.TARGET) and piece.has(*VERDICT):
        return True
    if not light or not picks:
        return False
    return (
        before.has(*VERDICT)
        and (not picked or piece.has(Kind.EXCEPT))
        and not before.has(Kind.COND, Kind.ASK)
    )
