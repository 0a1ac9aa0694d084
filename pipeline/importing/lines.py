"""Lines of an old register that are no rows: blank ones, totals, and one text alone. Pure."""

import re
from collections.abc import Collection, Sequence

from pipeline.form.words import is_blank, key

_TOTALS = frozenset({
    "total", "jumlah", "grand total", "sub total", "subtotal", "total akses", "total user", "jumlah akses",
    "jumlah user", "total karyawan", "jumlah karyawan", "jumlah total",
})  # fmt: skip
#: "Total", "Jumlah user aktif: 25".
_TOTAL = re.compile(r"(?:grand |sub ?)?(?:total|jumlah)(?: \w+){0,3}")
#: A number, a letter or a Roman numeral before what a line says: "3", "B.", "IV".
_MARK = re.compile(r"\d*[.,)]?\d*[.)]?|[A-Za-z][.)]?|[IVXivx]{1,4}[.)]?")


def is_mark(text: str) -> bool:
    """Does a cell say nothing by itself: empty, a dash, a number or a letter that counts lines?"""
    return not text or is_blank(text) or bool(_MARK.fullmatch(text.strip()))


def is_total(texts: Sequence[str], place: int) -> bool:
    """Is this a line that sums up others? `place`: where a name would stand."""
    name = "".join(texts[place - 1 : place])
    if name and _TOTAL.fullmatch(key(name)):
        return True
    total = any(len(text) <= 30 and _is_total_word(text) for text in texts)
    return total and not any(letter.isalpha() for letter in name)


def _is_total_word(text: str) -> bool:
    """ "TOTAL", "Jumlah user", "Total: 25"."""
    return " ".join(word for word in key(text).split() if not word.isdigit()) in _TOTALS


def lone_text(texts: Sequence[str], used: Collection[int]) -> tuple[int, str] | None:
    """(place, text) of the only text in a line, or the same one all over it: a heading between the rows.

    A number or letter before it may count the headings. `used`: the places of columns that mean something;
    a counted line with its text in one of them is a row that is not filled in.
    """
    if len(used) < 2:
        return None
    filled = {text: place for place, text in reversed(list(enumerate(texts, start=1))) if text}
    said = {text: place for text, place in filled.items() if not is_mark(text)}
    if len(said) != 1:
        return None
    text, place = next(iter(said.items()))
    counted = len(filled) > 1
    return None if counted and place in used else (place, text)
