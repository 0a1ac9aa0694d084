"""Which of several printed choices was taken: boxes, ticks beside words, one word. Finds no question."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pipeline.form.grid import Cell
from pipeline.form.words import TICKED, UNTICKED, clean, is_blank, is_separator, is_tick, key
from pipeline.model import Action, RequestType

T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class Vocabulary(Generic[T]):
    """The choices of one question, as words in a text tell them."""

    #: a text -> the choices it names, in their order
    named: Callable[[str], tuple[T, ...]]
    #: a text -> where in it each choice is named, in their order
    spots: Callable[[str], list[tuple[int, T]]]


#: Words that tell the choice. "baru" also stands alone.
_TYPES: dict[RequestType, re.Pattern[str]] = {
    "new": re.compile(r"\b(?:baru|new|registrasi|registration|buat|"
    r"beri|berikan|memberi|penambahan|tambah|tambahan|pemberian|add|"
    r"addition|additional|grant|"
    r"pembuatan|create|pendaftaran)\b"),
    "change": re.compile(r"\b(?:perubahan|ubah|change|changes|modify|modification|update|mutasi|pengubahan|"
    r"merubah|rubah|dirubah|diubah|mengubah|modifikasi|penyesuaian|pemutakhiran|perpanjang|"
    r"ganti|mengganti|penggantian|upgrade|downgrade|amend|amendment|perbaharui|perpanjangan|extension)\b"),
    "revoke": re.compile(r"\b(?:pencabutan|cabut|mencabut|dicabut|tutup akses|revoke|revocation|"
    r"hapus|penghapusan|menghapus|dihapus|remove|removal|delete|deletion|nonaktif|non aktif|nonaktifkan|"
    r"menonaktifkan|penonaktifan|terminate|"
    r"termination|disable|deactivate|deactivation|pemblokiran|blokir|penutupan)\b"),
}  # fmt: skip
_ACTION_OF: dict[RequestType, Action] = {"new": "grant", "change": "change", "revoke": "revoke"}
_OPEN_BOX = r"\[\s*\]|\(\s*\)|<\s*>|\{\s*\}|_{2,}"
_DONE_BOX = r"[\[({<]\s*(?:v|x|•|√|✓|✔|✗|ok|ya|y|\*|1)\s*[\])}>]|_+\s*[vx√✓✔]\s*_+"
_MARK = re.compile(
    f"(?P<done>{_DONE_BOX}|[{''.join(sorted(t for t in TICKED if t not in 'vx×'))}]|"
    f"(?<![\\w])[vx√](?![\\w]))|(?P<open>{_OPEN_BOX}|[{''.join(sorted(UNTICKED))}])",
    re.IGNORECASE,
)


#: "bukan perubahan" is no change.
_DENIED = re.compile(r"\b(?:bukan|tidak|tanpa|not)\s+(?:akses\s+)?(?=\w)(?!aktif)\w+")
_REASON = re.compile(r"\b(?:karena|sebab|akibat|because|due to)\b.*")
#: Words whose typing errors are understood.
_SPELT = ("baru", "perubahan", "pencabutan", "change", "revoke", "penghapusan", "penambahan", "revocation")


@lru_cache(maxsize=2048)
def _mended(word: str) -> str:
    """A word with its typing error mended where it is nearly one that tells the type."""
    allowed = 1 if len(word) < 8 else 2
    near = (
        process.extractOne(word, _SPELT, scorer=OSA.distance, score_cutoff=allowed) if len(word) > 4 else None
    )
    return near[0] if near else word


def types_in(text: str) -> tuple[RequestType, ...]:
    """The request types whose words stand in a text, in their order there."""
    folded = key(text)
    if len(folded) <= 40:
        folded = _DENIED.sub(" ", " ".join(_mended(word) for word in _REASON.sub("", folded).split()))
    found = [(m.start(), name) for name, pattern in _TYPES.items() if (m := pattern.search(folded))]
    return tuple(name for _, name in sorted(found))


def action_in(text: str) -> Action | None:
    """The action that a text names, None for none or more than one."""
    found = types_in(text)
    return _ACTION_OF[found[0]] if len(found) == 1 else None


def _type_spots(text: str) -> list[tuple[int, RequestType]]:
    found = ((pattern.search(text.casefold()), name) for name, pattern in _TYPES.items())
    return sorted((match.start(), name) for match, name in found if match)


def chosen_types(cells: list[Cell], first_column: int) -> tuple[RequestType, ...]:
    """The request types chosen in the cells that answer the question, as `chosen_in` tells them."""
    return chosen_in(cells, first_column, Vocabulary(types_in, _type_spots))


def chosen_in(cells: list[Cell], first_column: int, words_of: Vocabulary[T]) -> tuple[T, ...]:
    """What is chosen in the cells that answer a question, without repetition.

    `first_column` is the column right after the label: a gap there is the first choice's empty box.
    Empty: nothing chosen. More than one: the answer cannot be told.
    """
    named = words_of.named
    shown = [c for c in cells if not is_separator(c.text) and (c.text or c.value is not None)]
    marked = [m for c in shown if (m := _MARK.search(clean(c.text))) and named(c.text)]
    if marked:
        return _once([t for c in shown for t in _in_marked(c.text, words_of)])
    words = [c for c in shown if named(c.text)]
    ticks = [c for c in shown if _ticks(c)]
    if ticks and words:
        return _once(_beside_ticks(words, ticks, first_column, words_of))
    if len(words) > 1:
        # Several printed words and no tick: the question stands unanswered.
        return () if len({t for c in words for t in named(c.text)}) > 1 else _once([named(words[0].text)[0]])
    return _once([t for c in words for t in _in_text(clean(c.text), words_of)])


def _ticks(cell: Cell) -> bool:
    return cell.value is True or (isinstance(cell.value, float) and cell.value == 1) or is_tick(cell.text)


def _in_marked(raw: str, words_of: Vocabulary[T]) -> list[T]:
    """The choices marked in one of the cells that hold marks; a word without one is not chosen."""
    found = _in_segments(raw, words_of)
    if found is not None:
        return found
    return _in_text(clean(raw), words_of) if _MARK.search(clean(raw)) else []


def _in_segments(raw: str, words_of: Vocabulary[T]) -> list[T] | None:
    """The choices marked in a text whose choices strokes, lines or wide gaps set apart; None where not."""
    segments = [s for s in re.split(r"\s{2,}|[/,;|\n]", unicodedata.normalize("NFKC", raw)) if s.strip()]
    named = [(words_of.named(s), s) for s in segments]
    if sum(len(found) == 1 for found, _ in named) < 2 or any(len(found) > 1 for found, _ in named):
        return None
    if any(not found and not _MARK.search(s) for found, s in named) and not _MARK.search(raw):
        return None
    alone = [s for found, s in named if not found and _MARK.search(s)]
    if alone:
        return None
    return [found[0] for found, s in named if found and any(m.lastgroup == "done" for m in _MARK.finditer(s))]


def _in_text(text: str, words_of: Vocabulary[T]) -> list[T]:
    """The choices made in one text: those with a mark where there are marks, else those named."""
    marks = [(m.start(), m.end(), m.lastgroup == "done") for m in _MARK.finditer(text)]
    spots = words_of.spots(text)
    if not marks or not spots:
        named = list(words_of.named(text))
        # "Akses Baru / Perubahan / Pencabutan" untouched is the printed question.
        return named if len(named) < 3 else []
    before = marks[0][0] < spots[0][0]
    chosen = []
    for start, end, done in marks:
        if before:
            follow = [name for at, name in spots if at >= end]
            name = follow[0] if follow else None
        else:
            lead = [name for at, name in spots if at <= start]
            name = lead[-1] if lead else None
        if done and name:
            chosen.append(name)
    if not chosen and all(not done for _, _, done in marks) and len(marks) < len(spots):
        return []
    return chosen


def _beside_ticks(
    words: list[Cell], ticks: list[Cell], first_column: int, words_of: Vocabulary[T]
) -> list[T]:
    """The word that each tick belongs to: left of its tick, or right of it, as the first box shows."""
    named, same_row = words_of.named, {c.row for c in words}
    if len(same_row) == len(words) and len(words) > 1:
        # One choice a row: the tick stands in the word's own row.
        return [named(w.text)[0] for t in ticks for w in words if w.row == t.row]
    tick_first = min(words, key=lambda c: (c.row, c.column)).column > first_column
    if min(ticks, key=lambda c: (c.row, c.column)).column < min(c.column for c in words):
        tick_first = True
    chosen = []
    for tick in ticks:
        row = [w for w in words if w.row == tick.row]
        under = [w for w in words if w.column == tick.column and w.row in (tick.row - 1, tick.row + 1)]
        side = (
            [w for w in row if w.column > tick.column]
            if tick_first
            else [w for w in reversed(row) if w.column < tick.column]
        )
        other = side or row
        if other or under:
            chosen.append(named((other or under)[0].text)[0])
    return chosen


def _once(choices: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(choices))


def is_unanswered(cells: list[Cell]) -> bool:
    """Nothing at all stands where the answer should be."""
    return all(is_blank(c.text) and not isinstance(c.value, (bool, float)) for c in cells)
