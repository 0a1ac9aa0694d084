"""Sentences beside an approval that change nothing of it, told by their grammar. Decides nothing.

A piece of a sentence is harmless where it opens as thanks, an apology for lateness, a wish, a request to
carry out, to tell or to contact somebody, and so on (`FRAMES`), and holds no word that could limit, doubt,
put off or take back. Whatever fits no frame stays as it was, and is asked back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.approval.reply_beside_doing import is_carrying_out, is_recording
from pipeline.approval.reply_beside_facts import (
    goes_on_mending,
    goes_on_signed,
    is_if_possible,
    is_mishap,
    is_next_day,
    is_pickup,
    is_proved,
    is_reasonable,
    is_signed,
    is_storey,
    is_succession,
    is_tenure,
)
from pipeline.approval.reply_beside_haste import is_cost, is_duty, is_haste, is_next_time, is_study
from pipeline.approval.reply_beside_people import (
    is_aside,
    is_equipment,
    is_subject,
    is_talk,
    without_title,
)
from pipeline.approval.reply_beside_reasons import is_reason
from pipeline.approval.reply_beside_roles import settle_roles
from pipeline.approval.reply_beside_sets import (
    ASKS,
    CONTACTS,
    IF,
    MONTHS,
    OPENERS,
    READY,
    REFERS,
    TALKED,
    TELLS,
    THIRD,
    TROUBLE,
)
from pipeline.approval.reply_beside_sides import (
    goes_on_having,
    is_having,
    is_overcome,
    is_password,
    is_reachable,
    is_signed_paper,
    is_visit,
    lies_somewhere,
)
from pipeline.approval.reply_beside_talk import (
    goes_on,
    is_apology,
    is_away,
    is_no_need,
    is_praise,
    is_reference,
    is_social,
    is_thanks,
    is_wish,
)
from pipeline.approval.reply_beside_work import (
    is_completion,
    is_contact,
    is_ready_by,
    is_telling,
    is_trouble,
)
from pipeline.approval.reply_words import Word, is_mark
from pipeline.approval.words import Kind

#: Stay what they are in a request to carry out: they are the hint that makes "ok" an approval.
_HINTS = frozenset({Kind.GO, Kind.DO, Kind.WEAK})
#: "Tolong dibantu ya": asks for agreement, and gives none.
_TAGS = frozenset({"ya", "yo", "iya"})
_KEPT = frozenset(
    {Kind.MARK, Kind.BECAUSE, Kind.AND, Kind.THANKS, Kind.GREETING, Kind.TITLE, Kind.FIRST, Kind.SAFE}
)

Frame = Callable[[tuple[Word, ...]], bool]
#: "Also" goes on with what it stands in.
_ALSO = frozenset({"juga", "jg", "also", "plus"})
#: What makes a piece harmless, by name; the first that fits is it.
FRAMES: tuple[tuple[str, Frame], ...] = (
    ("thanks", is_thanks),
    ("apology", is_apology),
    ("no need", is_no_need),
    ("telling", is_telling),
    ("contact", is_contact),
    ("haste", is_haste),
    ("next time", is_next_time),
    ("study", is_study),
    ("cost", is_cost),
    ("proved", is_proved),
    ("next day", is_next_day),
    ("recording", is_recording),
    ("carrying out", is_carrying_out),
    ("ready by", is_ready_by),
    ("wish", is_wish),
    ("reference", is_reference),
    ("away", is_away),
    ("social", is_social),
    ("praise", is_praise),
    ("duty", is_duty),
    ("reason", is_reason),
    ("equipment", is_equipment),
    ("reasonable", is_reasonable),
    ("if possible", is_if_possible),
    ("succession", is_succession),
    ("tenure", is_tenure),
    ("pickup", is_pickup),
    ("aside", is_aside),
    ("talk", is_talk),
    ("having", is_having),
    ("signed paper", is_signed_paper),
    ("password", is_password),
    ("reachable", is_reachable),
    ("visit", is_visit),
    ("signed", is_signed),
)
#: Frames a piece without one of its own may go on with, behind "and" or a comma.
_GO_ON = frozenset({"thanks", "apology", "wish", "away", "social", "praise"})
#: Only with somebody to tell or to contact behind them.
_LEADING: tuple[tuple[str, Frame], ...] = (("trouble", is_trouble), ("completion", is_completion))
_LED = frozenset({"telling", "contact", "aside"})


@dataclass(frozen=True)
class _Piece:
    start: int
    words: tuple[Word, ...]
    #: "and" or "so" stands in front of it
    joined: bool


def settle_beside(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with those of harmless pieces made SAFE."""
    words = settle_roles(words)
    found = list(words)
    for sentence in _sentences(words):
        pieces = _pieces(words, sentence)
        for piece, name in zip(pieces, _named(pieces), strict=True):
            if name:
                for at, word in enumerate(piece.words, piece.start):
                    kept = word.kind in _KEPT or (name == "carrying out" and word.kind in _HINTS)
                    tagged = word.text in _TAGS and word is piece.words[-1] and len(piece.words) > 1
                    kept = kept and not tagged and not (name == "carrying out" and word.kind is Kind.BECAUSE)
                    found[at] = word if kept else word.as_kind(Kind.SAFE)
                    if name in {"mishap", "study"} and word.kind is not Kind.MARK:
                        # "Internet kantor mati": of no office that could narrow what is approved.
                        found[at] = replace(found[at], text="nya")
    return tuple(found)


def _sentences(words: tuple[Word, ...]) -> list[range]:
    """The places of each sentence that asks nothing."""
    found: list[range] = []
    first = 0
    for place, word in enumerate(words):
        if is_mark(word, ".!?;\n¿¡"):
            if word.text not in "?¿" and place > first:
                found.append(range(first, place))
            first = place + 1
    return [*found, range(first, len(words))] if first < len(words) else found


def _pieces(words: tuple[Word, ...], sentence: range) -> list[_Piece]:
    """The sentence at its commas, its "and" and its openers."""
    found: list[_Piece] = []
    run: list[Word] = []
    start, joined = sentence.start, False
    for place in sentence:
        word = words[place]
        mark = is_mark(word, ",(:-/")
        pictured = (
            bool(run) and not any(map(str.isalnum, run[-1].text)) and run[-1].kind in {Kind.SAFE, Kind.WEAK}
        )
        ready = word.text == "jadi" and bool(run) and run[-1].kind is Kind.PAST
        parts = (word.kind is Kind.AND and word.text not in _ALSO and not ready) or (
            word.kind is Kind.BECAUSE and not _is_since_day(words, place)
        )
        if mark or (run and (parts or pictured or _opens(words, place, run))):
            if run:
                found.append(_Piece(start, tuple(run), joined))
            run, start, joined = [], place + 1 if mark else place, parts
            if mark:
                continue
        run.append(word)
    return [*found, _Piece(start, tuple(run), joined)] if run else found


def _is_since_day(words: tuple[Word, ...], place: int) -> bool:
    """ "Since January": no reason, but a time."""
    behind = words[place + 1] if place + 1 < len(words) else None
    dated = behind is not None and (behind.kind is Kind.NUMBER or behind.text in MONTHS)
    return words[place].text == "since" and dated


def _opens(words: tuple[Word, ...], place: int, run: list[Word]) -> bool:
    """Does "tolong", "semoga" or "kalau ada" begin a piece of its own behind a verdict or a whole piece?"""
    word = words[place]
    if word.text.split()[0] in {"jangan", "jgn"} and " " in word.text:
        return True
    if word.text in REFERS and word.kind is Kind.SAFE:
        return any(w.text in TALKED for w in words[place + 1 : place + 4]) and run[-1].kind is not Kind.SAFE
    if run[0].text in IF or run[-1].text in IF or any(w.text in IF for w in run[:2]):
        settled = any(w.text in TROUBLE | READY or w.kind is Kind.PAST for w in run)
        return settled and word.text in OPENERS | CONTACTS | TELLS and run[-1].text not in ASKS | OPENERS
    if word.text in OPENERS:
        decided = any(w.kind in {Kind.YES, Kind.GO, Kind.WEAK, Kind.ALL, Kind.THANKS} for w in run)
        return decided and place + 1 < len(words) and run[-1].text not in ASKS | OPENERS
    return False


def _goes_on_from(before: str, piece: _Piece, name: str) -> str:
    """The frame of a piece behind one of the frame `before`; `name` where it is no more of that."""
    words = piece.words
    if before in {"apology", "mishap"} and is_mishap(words):
        return "mishap"
    if name:
        return name
    going_on: tuple[tuple[bool, str], ...] = (
        (before in _GO_ON and (piece.joined or before == "wish") and goes_on(before, words), before),
        (before == "apology" and goes_on("away", words), "away"),
        (before in {"apology", "mishap"} and piece.joined and goes_on_mending(words), "mishap"),
        (before == "signed paper" and lies_somewhere(words), before),
        (before in {"signed", "proved"} and piece.joined and goes_on_signed(words), "signed"),
        (before == "pickup" and is_storey(words), before),
        (before == "having" and piece.joined and goes_on_having(words), before),
    )
    return next((found for fits, found in going_on if fits), "")


def _named(pieces: list[_Piece]) -> list[str]:
    """The frame of each piece, "" where it has none."""
    names: list[str] = []
    for piece in pieces:
        plain = without_title(piece.words)
        name = next((name for name, fits in FRAMES if fits(piece.words) or fits(plain)), "")
        before = names[-1] if names else ""
        name = _goes_on_from(before, piece, name)
        names.append(name)
    for at in range(len(pieces) - 1):
        subject = pieces[at].words
        if not names[at] and names[at + 1] == "reason" and all(w.text in THIRD or w.named for w in subject):
            # "Dia | memang pegang kas".
            names[at] = "reason"
        if not names[at] and names[at + 1] == "duty" and len(subject) <= 3 and is_subject(subject):
            # "Data payroll | memang tanggung jawab dia".
            names[at] = "reason"
        turn = [piece.words for piece in pieces[at + 1 : at + 3]]
        if is_overcome(subject, turn[0]):
            names[at] = names[at + 1] = "overcome"
        elif (
            not names[at] and len(turn) > 1 and len(turn[0]) == 1 and is_overcome(subject, turn[0] + turn[1])
        ):
            # "Awalnya saya kira berlebihan, ternyata | memang perlu".
            names[at : at + 3] = ["overcome"] * 3
    for at, (piece, _behind) in enumerate(pairwise(pieces)):
        lead = next((name for name, fits in _LEADING if not names[at] and fits(piece.words)), "")
        if lead and names[at + 1] in _LED:
            names[at] = lead
    return names
