"""Text that came from outside, made safe to show: no invisible characters, no links. Shortens nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

#: Facts that may have several lines; all others are one line, so that they can't imitate a line of ours.
LONG_FACTS = frozenset({"justification", "reason", "previous", "quoted", "diagnosis", "words", "why", "note"})

#: Letters that show nothing although they are no format characters: Hangul fillers, the blank braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})

_SCHEME = re.compile(
    r"(?i)\b((?:[a-z][a-z0-9+.-]{1,20}(?=://))|mailto|tel|sms|callto|javascript|vbscript):(?=\S)"
)
_ENDINGS = (
    "app biz blog cc ch click cloud club cn co com de dev edu eu fr fun gov icu id info io jp kr life link "
    "live me mobi my net nl online org page ph pro ru sg sh shop site space store tech tk to top tv uk us "
    "vip vn website wiki work world ws xyz zip"
)
#: What mail programs turn into a link by themselves. An address (name@example.com) is left as it is.
_HOST = re.compile(
    r"(?i)(?<![\w@.-])(?:www\.[\w.-]*\w|(?:[\w-]+\.)+"
    rf"(?:(?:{_ENDINGS.replace(' ', '|')})(?![\w@-])(?!\.\w)|[a-z]{{2,24}}(?=/\w)))"
)


def one_line(text: str) -> str:
    """The visible characters of `text` on one line, single spaces between words."""
    return " ".join(_visible(text).split())


def many_lines(text: str) -> str:
    """The visible characters of `text`, its lines kept, never more than one empty line in a row."""
    lines = [" ".join(line.split()) for line in _visible(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def defang(text: str) -> str:
    """The same text in which no mail program finds a link to make: https[:]//example[.]com (threats T27)."""
    if ":" in text:
        text = _SCHEME.sub(r"\1[:]", text)
    if "." in text:
        text = _HOST.sub(lambda host: host.group().replace(".", "[.]"), text)
    return text


def clean_facts(facts: Mapping[str, object]) -> dict[str, Any]:
    """All facts of a letter with every text in them cleaned, however deep it lies; the facts stay."""
    return {name: _clean(value, name) for name, value in facts.items()}


def _clean(value: Any, name: str) -> Any:
    if isinstance(value, str):
        return defang(many_lines(value) if name in LONG_FACTS else one_line(value))
    if isinstance(value, tuple | list):
        return tuple(_clean(part, name) for part in value)
    if isinstance(value, Mapping):
        return {key: _clean(part, str(key)) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        cleaned = {f.name: _clean(getattr(value, f.name), f.name) for f in fields(value)}
        return replace(value, **cleaned)
    return value


def _visible(text: str) -> str:
    """Without control, bidi, zero-width and surrogate characters; any kind of line end becomes a newline."""
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS).replace("\t", " ")
    # Nearly every text is plain; what is not is looked at character by character.
    if lines.replace("\n", "").isprintable() and _BLANK.isdisjoint(lines):
        return lines
    return "".join(c for c in lines if c == "\n" or _shows(c))


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and character not in _BLANK
