"""Bytes and encoded words to text that is safe to show. Every charset survives, also one nobody knows."""

import base64
import binascii
import quopri
import re
import unicodedata

#: Names that Python resolves to codecs which are no charsets, or which raise on ordinary bytes.
_NO_CHARSETS = frozenset({
    "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "rot13", "rot_13", "base64",
    "base64_codec", "hex", "hex_codec", "bz2", "bz2_codec", "zip", "zlib", "zlib_codec", "quopri",
    "quopri_codec", "uu", "uu_codec", "mbcs", "oem",
})  # fmt: skip
#: What mail programs write and mean.
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "unicode-1-1-utf-7": "utf-7", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932", "shift_jis": "cp932", "iso-8859-8-i": "iso-8859-8",
    "x-unknown": "", "unknown-8bit": "",
}  # fmt: skip

#: A longer name is no charset; Python would keep every unknown name for ever.
_CHARSET_NAME = re.compile(r"[a-z0-9][a-z0-9_.:()+-]{0,39}")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_WORDS = re.compile(r"(?:=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=\s*)+")
_FOLD = re.compile(r"\r?\n[ \t]*")
#: Characters that are not seen and yet no format characters (category Cf) by Unicode's books.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
#: By Unicode category: control characters and line separators become blanks, format characters vanish.
_SHOWN_AS = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "", "Cs": ""}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def decode_bytes(data: bytes, charset: str) -> str:
    """`data` in the declared charset; else as UTF-8; else as Windows-1252. Never fails."""
    name = charset.strip().strip("'\"").lower()
    name = _MEANT.get(name, name)
    for candidate in ("utf-8" if name == "cp1252" else name, name, "utf-8"):
        if not _CHARSET_NAME.fullmatch(candidate) or re.sub(r"\W", "_", candidate) in _NO_CHARSETS:
            continue
        try:
            return data.decode(candidate)
        except (LookupError, ValueError, AssertionError):
            continue
    return data.decode("cp1252", "replace")


def decode_words(text: str) -> str:
    """RFC 2047 encoded words decoded; broken ones stay as they stand."""
    return _WORDS.sub(_decode_run, readable(text))


def _decode_run(run: re.Match[str]) -> str:
    """Neighbouring words of one charset are joined before decoding: many programs cut characters in two."""
    found: list[tuple[str, bytes]] = []
    for match in _WORD.finditer(run.group()):
        charset, coded = match.group(1).partition("*")[0].lower(), match.group(3)
        try:
            data = _word_bytes(match.group(2).lower(), coded)
        except (binascii.Error, ValueError):
            return run.group()
        if found and found[-1][0] == charset:
            found[-1] = (charset, found[-1][1] + data)
        else:
            found.append((charset, data))
    after = run.group()[len(run.group().rstrip()) :]
    return "".join(decode_bytes(data, charset) for charset, data in found) + after


def _word_bytes(how: str, coded: str) -> bytes:
    if how == "b":
        return base64.b64decode(coded + "=" * (-len(coded) % 4))
    return quopri.decodestring(coded.replace("_", " ").encode("ascii"), header=True)


def readable(text: str) -> str:
    """A raw header value, in which bytes that are no ASCII came as surrogates, as text."""
    if text.isascii() or not any("\udc80" <= char <= "\udcff" for char in text):
        return text
    return decode_bytes(text.encode("utf-8", "surrogateescape"), "utf-8")


def unfold(value: str) -> str:
    """A header value on one line; folding white space becomes one space (RFC 5322, 2.2.3)."""
    return _FOLD.sub(" ", value).strip(" \t\r\n")


def is_unseen(text: str) -> bool:
    """Does `text` hold characters that change how others are shown, or that nobody sees?"""
    return any(unicodedata.category(c) in _HIDDEN for c in text) or _UNSEEN.search(text) is not None


def clean_line(text: str) -> str:
    """One line without control, bidi and invisible characters, and without lone surrogates."""
    seen = _UNSEEN.sub("", text).encode("utf-8", "replace").decode()
    kept = (_SHOWN_AS.get(unicodedata.category(c), c) for c in seen)
    return " ".join("".join(kept).split())


def clean_text(text: str) -> str:
    """Text of a body: line ends as \\n, no control characters but tab, no lone surrogates."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", plain)
