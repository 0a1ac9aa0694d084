"""Reads and changes XML as bytes, between row boundaries and inside start tags: a parser would be the cost.

Only what programs write in SpreadsheetML is understood: attributes in double or single quotes, UTF-8, no
CDATA and no entities of one's own. Whatever else stands there is refused before anything is written.
"""

import re
from functools import lru_cache
from re import Pattern

from pipeline.register.package.refusal import Refused

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding=["']([\w.-]+)["']""")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)|\r")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
#: The text of a start tag; a bracket in a value is no end.
ATTRIBUTES = rb"""(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?"""


class Grammar:
    """The patterns of a sheet whose elements carry this prefix ("x:", mostly none)."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.prefix = prefix
        self.row_start = re.compile(rb"<%srow(?=[\s/>])([^>]*)>" % p)
        self.row_end = b"</%srow>" % prefix
        self.row_open = b"<%srow" % prefix
        self.cell = re.compile(rb"<%sc(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sc>)" % (p, p), re.DOTALL)
        self.data_start = re.compile(rb"<%ssheetData(?:\s[^>]*?)?(/)?>" % p)
        self.data_end = b"</%ssheetData>" % prefix
        self.formula = re.compile(rb"<%sf(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%sf>)" % (p, p), re.DOTALL)
        #: a formula that says for which area it stands
        self.wide_formula = re.compile(rb"<%sf(?=\s[^>]*\bref=)([^>]*[^>/])>([^<]*)<" % p)
        self.cell_open = b"<%sc " % prefix
        #: a value, a formula or a text of its own
        self.filled = re.compile(rb"<%s(?:v|is|f)(?=[\s>/])(?!\s*/>\s*</%sc>)" % (p, p))

    def tag(self, name: str) -> bytes:
        return self.prefix + name.encode()


@lru_cache(maxsize=8)
def grammar(prefix: bytes) -> Grammar:
    return Grammar(prefix)


def prefix_of(part: bytes, root: str) -> bytes:
    """The prefix of a part's root element, with its colon. Refused where the root is another."""
    found = re.search(rb"<(?![?!])([\w.-]+:)?([\w.-]+)", part)
    if found is None or found[2] != root.encode():
        raise Refused("xml", f"A part of the workbook is no {root}.")
    return found[1] or b""


def plain(part: bytes) -> bytes:
    """A part without comments. Refused where it is not written as programs write it."""
    if part[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refused("xml", "A part of the workbook is in UTF-16.")
    encoding = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf"))
    if encoding and encoding[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
        raise Refused("xml", f"A part of the workbook is in {encoding[1].decode()}.")
    part = without_comments(part)
    if b"<!" in part:
        raise Refused("xml", "A part of the workbook holds XML that no spreadsheet program writes.")
    return part


def without_comments(part: bytes) -> bytes:
    return _COMMENT.sub(b"", part) if b"<!--" in part else part


def check_rows(block: bytes) -> None:
    """Refused where something stands among the rows that might look like a row and be none."""
    # One letter is found ten times faster than two.
    if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):
        raise Refused("xml", "Among the rows stands XML that no spreadsheet program writes.")


def attribute(attributes: bytes, name: str) -> str | None:
    """The value of an attribute in the text of a start tag, its entities resolved."""
    found = _attribute(name).search(attributes)
    if found is None:
        return None
    raw = found[2] if found[2] is not None else found[3]
    text = raw.decode(errors="replace")
    return resolved(text) if b"&" in raw else text


def number_in(attributes: bytes, name: str) -> int | None:
    """An attribute that is a whole number; None where it is missing. Refused where it is none."""
    text = attribute(attributes, name)
    if text is None:
        return None
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text, re.ASCII):
        raise Refused("xml", f"{name}={text[:20]!r} in the workbook is no number.")
    return int(text)


def is_set(attributes: bytes, name: str) -> bool:
    return attribute(attributes, name) in {"1", "true", "on"}


def with_attribute(attributes: bytes, name: str, value: str | None) -> bytes:
    """The same attributes with this one set; None takes it away."""
    pattern = _attribute(name)
    if value is None:
        return pattern.sub(b"", attributes, count=1)
    new = b' %s="%s"' % (name.encode(), escape(value).replace(b'"', b"&quot;"))
    if pattern.search(attributes):
        return pattern.sub(lambda _: new, attributes, count=1)
    text = attributes.rstrip()
    return text[:-1].rstrip() + new + b"/" if text.endswith(b"/") else text + new


@lru_cache(maxsize=64)
def _attribute(name: str) -> Pattern[bytes]:
    return re.compile(rb"""(\s)%s\s*=\s*(?:"([^"]*)"|'([^']*)')""" % re.escape(name.encode()))


def resolved(text: str) -> str:
    """XML text as it is meant: the five entities and numbers, where html.unescape would know others too."""
    return _ENTITY.sub(_meant, text) if "&" in text else text


def _meant(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if number < 0x110000 else found[0]


def escape(text: str) -> bytes:
    """Text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode(errors="replace")


def escape_text(text: str) -> bytes:
    """A cell's text: what XML cannot hold as ECMA-376 22.9.2.19 writes it (_x000D_)."""
    return escape(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def decoded(text: str) -> str:
    """What `escape_text` did, undone."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def folded(name: str) -> str:
    """A column's name as it is compared: without regard to case and blanks."""
    return " ".join(name.split()).casefold()


@lru_cache(maxsize=LAST_COLUMN)
def letters_of(column: int) -> str:
    """ "A" for 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """(row, column) of "B7"; (0, 0) where it is no place in a sheet."""
    found = _LETTERS.fullmatch(reference.replace("$", ""))
    if found is None:
        return 0, 0
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else (0, 0)


@lru_cache(maxsize=LAST_COLUMN)
def column_of(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


def area_of(reference: str) -> tuple[int, int, int, int]:
    """(first row, first column, last row, last column) of "A1:C7" or "A1"; noughts where it is none."""
    first, _, last = reference.partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last) if last else (top, left)
    return (top, left, bottom, right) if top and bottom else (0, 0, 0, 0)


def area_text(top: int, left: int, bottom: int, right: int) -> str:
    first, last = f"{letters_of(left)}{top}", f"{letters_of(right)}{bottom}"
    return first if first == last else f"{first}:{last}"
