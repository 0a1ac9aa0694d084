"""Typed text to words and marks, each with its place and the class of its word. Decides nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.approval.reply_spelling import kind_of
from pipeline.approval.words import EMOJI, Kind

#: More words than this is no answer to a question that asks for one word.
MOST_WORDS = 1200
_TOKEN = re.compile(
    r"""(?P<ref>\bREQ-?\d{4}-?\d{1,6}\b)
    |(?P<address>https?://\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,190}\w)
    |(?P<date>\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\.\d{2}(?!\d|\.)\b)
    |(?P<box>[\[(][ ]?[\])])
    |(?P<onbehalf>\ba\.[ ]?n\.?(?!\w)|\ban\.(?=[ ]+[A-Z]))
    |(?P<plus>(?<![\w+])\+1\b)
    |(?P<until>\bs/d\b|\bs\.d\.?(?!\w))
    |(?P<number>\#?\d{1,9}(?!\w))
    |(?P<ordinal>\b\d{1,2}(?:st|nd|rd|th)\b)
    |(?P<word>[^\W_]+(?:['’´`][^\W\d_]+)*)
    |(?P<space>[^\S\n]+)
    |(?P<line>\n)
    |(?P<other>.)""",
    re.IGNORECASE | re.VERBOSE,
)
#: What stands for what: every other sign is a stranger.
_SIGNS = {
    **dict.fromkeys("\"“”„«»‟", '"'), **dict.fromkeys("-–—−‐‑", "-"), **dict.fromkeys("()[]{}", "("),
    **dict.fromkeys("'’‘`´*_~•·|>#=→⇒", " "), **dict.fromkeys(".!?;:,/&+\\", None),
    "…": ".", "。": ".", "、": ",", "¿": "?", "¡": "!",
}  # fmt: skip
_LIST_HEAD = re.compile(r"[^\w\n]{0,4}\d{1,2}\s?[.)](?=\s|[^\W\d])")
_LIST_MARK = re.compile(r"(?<![\w.,])(\d{1,2})\s?[.)](?=\s|[^\W\d])")
_SMILEY = re.compile(r"(?<!\w)[:;=][-']?[)DPp](?!\w)|\^_?\^")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number, sign or picture of the typed text."""

    #: lower case, as the lists write it
    text: str
    kind: Kind
    start: int
    end: int
    #: of a TARGET: the numbers of the items it names
    items: frozenset[int] = frozenset()
    #: of a TARGET: it names by number, not by a name
    by_number: bool = False
    #: of a TARGET: a person and a system together, so that it names less than either
    narrowed: bool = False
    #: of a TARGET: it begins with the name of a system, not with a person's
    system: bool = False
    #: of a BOTH or a REST: how many it counts; of a TARGET: how many names stand side by side in it
    count: int = 0
    #: the name of a person or the department of the request, which picks none of its items
    named: bool = False
    #: begins with a capital letter
    capital: bool = False
    #: the word stands between quotation marks
    cited: bool = False

    def as_kind(self, kind: Kind) -> "Word":
        return replace(self, kind=kind)


def is_mark(word: Word, signs: str) -> bool:
    return word.kind is Kind.MARK and word.text in signs


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; lists are told by their numbers, wrapped lines put together again."""
    plain = _lists_as_sentences(_SMILEY.sub(lambda m: " " * len(m.group()), text))
    found: list[Word] = []
    for word in _raw(plain):
        if len(found) >= MOST_WORDS:
            break
        if word.text == "\n" and word.kind is Kind.MARK and _is_wrapped(found, plain, word.start):
            continue
        found.append(word)
    return tuple(_cited(_dictated(found)))


#: What a telephone writes where it was told a sign and did not understand it.
_DICTATED = {
    ("titik", "koma"): ";", ("titik", "dua"): ":", ("tanda", "tanya"): "?", ("tanda", "seru"): "!",
    ("garis", "baru"): "\n", ("baris", "baru"): "\n",
}  # fmt: skip
_SPOKEN = {"titik": ".", "koma": ","}


def _dictated(found: list[Word]) -> list[Word]:
    """ "disetujui koma terima kasih titik": signs spoken as words, where the writer typed none."""
    if not any(word.text in _SPOKEN or word.text == "tanda" for word in found):
        return found
    if any(word.kind is Kind.MARK and word.text in ".,;?" for word in found):
        return found
    signs: list[Word] = []
    place = 0
    while place < len(found):
        pair = tuple(word.text for word in found[place : place + 2])
        sign = _DICTATED.get(pair, "") if len(pair) == 2 else ""
        length = 2 if sign else 1
        sign = sign or _SPOKEN.get(found[place].text, "")
        word, last = found[place], found[place + length - 1]
        signs.append(Word(sign, Kind.MARK, word.start, last.end) if sign else word)
        place += length
    return signs


def _raw(text: str) -> Iterator[Word]:
    for match in _TOKEN.finditer(text):
        name, piece, start, end = str(match.lastgroup), match.group(), match.start(), match.end()
        if name == "other" and _strikes_out(text, start, piece):
            yield Word(piece, Kind.UNKNOWN, start, end)
            continue
        if name == "space" or (piece in "-‐‑." and _belongs(text, piece, start)):
            continue
        if name == "line":
            yield Word("\n", Kind.MARK, start, end)
        elif name == "word":
            yield from _word(piece, start)
        elif name == "other":
            yield from _sign(piece, start, end)
        else:
            text_ = _NAMES.get(name) or piece.lower().lstrip("#")
            yield Word(text_, _KINDS[name], start, end)


def _strikes_out(text: str, place: int, sign: str) -> bool:
    """Does this sign take away or compare ("setuju -4", "setuju > 2", "~1~")?

    At the head of a line it is a list's mark or a quote's; between two numbers a dash makes a range.
    """
    if sign == ":":
        return bool(_NOTHING_LEFT.match(text, place + 1)) and bool(_AGREES.search(_line_before(text, place)))
    if sign == "|":
        return bool(_line_before(text, place).strip()) and "|" not in _line_before(text, place)[:2]
    if sign == ">" and _line_before(text, place)[-1:] not in {"-", "=", ">", ""}:
        return bool(re.search(r"\w", _line_before(text, place)))
    if sign == "~":
        return bool(_TIED.match(text, place + 1))
    tight = text[place - 1 : place].isspace() and not text[place + 1 : place + 2].isspace()
    if sign not in _TAKING or not (_COUNT_NEXT.match(text, place + 1) or (tight and sign not in "><")):
        return False
    before = _line_before(text, place)
    if not before.strip(" \t*_|>-(") or (sign in ">=" and not before.strip(" \t>=-")):
        return False
    if _NUMBER_BEFORE.search(before) and not tight:
        return sign in "><"
    return sign in "><\\" or bool(_AGREES.search(before))


def _line_before(text: str, place: int) -> str:
    return text[max(0, place - 60) : place].rpartition("\n")[2]


#: "Setuju: -", "approved: ....": a form's line that was left blank.
_NOTHING_LEFT = re.compile(r"[\s.\-–—_…*|]*(?:\n|$)")
_TAKING = frozenset("-–—−‐‑><\\")
_TIED = re.compile(r"\w")
_COUNT_NEXT = re.compile(r"\s*(?:(?:no|nomor|nr|item|poin|point)\b\.?\s*)?#?\d", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"(?<![+\d])\d+\s*$")
#: The last verdict in front of the sign is not a refusal, whose items may stand behind a dash.
_AGREES = re.compile(
    r"(?i)(?:setuj|acc\b|appr|agree|accept|izin|ijin|grant|ok|\bya\b|yes|boleh|silak|silah|lanjut|proses|proceed|"
    r"go ahead|semua|all\b|seluruh|every|\+\s*\d|\d)"
    r"(?![^\n]*(?:tolak|reject|declin|den(?:y|ied)|tidak|jangan|not\b))"
)


def _belongs(text: str, piece: str, place: int) -> bool:
    return _is_short_form(text, place) if piece == "." else _inside_word(text, place)


def _is_short_form(text: str, place: int) -> bool:
    """Is this the dot of "no. 2" or "No.2"?"""
    before = text[max(0, place - 7) : place]
    if _ADDRESSED.search(before) and re.match(r" ?[A-Z]", text[place + 1 : place + 3]):
        return True
    return bool(_NUMBER_DOT.search(before)) and bool(_DIGIT_NEXT.match(text, place + 1))


_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sdri?|Bpk|Bp|Ir|Prof)$")
_NUMBER_DOT = re.compile(r"(?i)\b(?:no|nr|nmr|nomor|item)$")
_DIGIT_NEXT = re.compile(r" ?\d")


def _inside_word(text: str, place: int) -> bool:
    """Is the hyphen part of a word ("di-acc", "dua-duanya")?"""
    return 0 < place < len(text) - 1 and text[place - 1].isalpha() and text[place + 1].isalpha()


_NAMES = {"until": "sampai", "onbehalf": "atas nama"}
_KINDS = {
    "ref": Kind.NUMBER, "address": Kind.UNKNOWN, "date": Kind.NUMBER, "until": Kind.RANGE,
    "plus": Kind.WEAK, "onbehalf": Kind.SAFE, "box": Kind.UNKNOWN, "number": Kind.NUMBER,
    "ordinal": Kind.ORDINAL,
}  # fmt: skip


def _word(piece: str, start: int) -> Iterator[Word]:
    place = start
    for text, length, kind in kind_of(piece):
        yield Word(text, kind, place, place + length, capital=piece[:1].isupper())
        place += length


def _sign(piece: str, start: int, end: int) -> Iterator[Word]:
    if piece in _SIGNS:
        text = _SIGNS[piece] or piece
        if text != " ":
            yield Word(text, Kind.MARK, start, end)
        return
    if "\U0001f3fb" <= piece <= "\U0001f3ff" or piece in "\u200d\ufe0f":
        return
    yield Word(piece, _pictures().get(piece, Kind.UNKNOWN), start, end)


@cache
def _pictures() -> dict[str, Kind]:
    return {picture: kind for kind, pictures in EMOJI.items() for picture in pictures}


def _lists_as_sentences(text: str) -> str:
    """The dots of a numbered list end no sentence: "1. ok 2. no" -> "1: ok 2: no". No place moves."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if len(line) < 2000 and _LIST_HEAD.match(line):
            lines[place] = _LIST_MARK.sub(_as_head, line)
    return "\n".join(lines)


def _as_head(match: re.Match[str]) -> str:
    whole = match.group()
    return match.group(1) + ":" + " " * (len(whole) - len(match.group(1)) - 1)


#: "no. 3: setuju", "item 3 tolak": a line of a list whose numbers have a word in front of them.
_LIST_LINE = re.compile(r"(?i)\W{0,3}(?:no|nomor|nomer|nr|item|poin|point|number)\b[. ]*#?\d")


def _is_wrapped(found: list[Word], text: str, place: int) -> bool:
    """Is this line end only the edge of a screen? Then the sentence goes on below it."""
    last = found[-1] if found else None
    after = text[place + 1 : place + 200].lstrip(" ")
    if last is None or after[:1] in {"", "\n"} or after[:1].isdigit() or last.kind is Kind.MARK:
        return False
    if _LIST_LINE.match(after) and _LIST_LINE.match(text, text.rfind("\n", 0, place) + 1):
        return False
    return after[0].islower() or last.kind in {Kind.NEG, Kind.YET, Kind.COND, Kind.AND, Kind.CONTRAST}


def _cited(found: list[Word]) -> list[Word]:
    """Words between quotation marks are somebody's words, unless the whole answer stands in them."""
    marks = [n for n, word in enumerate(found) if is_mark(word, '"')]
    if len(marks) < 2:
        return [word for word in found if not is_mark(word, '"')]
    inside = {n for first, last in zip(marks[::2], marks[1::2], strict=False) for n in range(first, last)}
    whole = all(n in inside or word.kind is Kind.MARK for n, word in enumerate(found))
    return [
        replace(word, cited=n in inside and not whole)
        for n, word in enumerate(found)
        if not is_mark(word, '"')
    ]
