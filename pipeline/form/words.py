"""Text as people type it, made comparable: cleaned, folded, ticks and blanks told apart. Knows no field."""

import re
import unicodedata
from functools import lru_cache

#: Zero-width, bidi and other invisible characters that come with copied text.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
#: "A. ", "1) ", "IV. ", "2.1 " before a label or heading.
_NUMBERING = re.compile(
    r"^\s*(?:\((?:[a-h]|\d{1,2})\)\s*|(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)](?:\s+|"
    r"(?=[^\W\d_]{3}))|\d{1,2}\s+-\s+)(?=\D)",
    re.IGNORECASE,
)
#: A colon, or the dotted line that leads to the answer: "Nama ........ Budi".
_COLON = re.compile(r"\s*(?:(?:\.{4,}|…{2,})\s*[:：=]?|[:：=])\s*")
_SEPARATORS = frozenset(
    {":", "=", "::", ": :", "-:", ":-", "|", ">", "->", "=>", ">>", "→", "⇒", "➔", "➜", "►"}
)

TICKED = frozenset("☑☒✓✔✅√■●◉▣⊠⊗✗✘✖x×v✕▪◼⬛🗹🗸🗷☓")
UNTICKED = frozenset("☐□○◯▢◻⬜◦▫❏❑")
_BOXES = (TICKED | UNTICKED) - frozenset("vx×")
_TYPED_BOX = re.compile(r"\[\s*[vx√]?\s*\]|\(\s*[vx√]?\s*\)", re.IGNORECASE)
#: What stands for a tick as a whole cell. "ü" and "P" are how Wingdings ticks read in another font.
_TICK_WORDS = frozenset({
    "v", "x", "y", "ya", "yes", "ok", "true", "1", "iya", "ada", "perlu", "check", "checked", "cek", "p", "ü",
    "benar", "vv", "xx", "v v", "pilih", "dipilih", "selected", "on", "setuju", "þ", "ý", "✓",
})  # fmt: skip
_NO_WORDS = frozenset({"", "n", "t", "no", "tidak", "tdk", "false", "0", "off", "bukan", "none", "o"})
_SAYS_NO = re.compile(r"(?:tidak|tdk|tak|bukan|belum|jangan|no|not|non)\b")
#: Crosses: a tick like any other, unless the same list has check marks too.
_CROSSES = frozenset({"x", "xx", "×", "✗", "✘", "✖", "✕", "☓", "☒", "⊠", "⊗", "🗷"})
#: Words that mean that nothing was filled in. Never for a name or a text that must be there.
_NOTHING = frozenset({
    "", "tidak ada", "none", "n a", "na", "nil", "kosong", "tbd", "tba", "belum ada", "isi", "isi disini",
    "nihil", "null", "blank", "tidak diisi", "isi nama", "isi nik", "isi jabatan", "isi email", "isi tanggal",
    "isi di sini", "diisi", "pilih", "pilih salah satu", "select", "choose", "silakan pilih",
    "silahkan pilih",
    "pilih dari daftar", "choose from list", "please select", "belum diisi", "belum", "to be confirmed",
    "tbc",
    "please choose", "select one", "click here", "klik disini", "klik di sini", "mohon diisi", "wajib diisi",
    "to be filled", "to be advised", "menyusul",
})  # fmt: skip
_HINT = re.compile(
    r"^[\[<{(«].*(?:isi|nama|tulis|pilih|diisi|dd/mm|tanggal|fill|enter|name|date|select|choose|tanda tangan|"
    r"signature|sign here).*[\]>})»]$|^(?:dd|tgl|hh|yyyy)[/\-. ](?:mm|bb|bln)[/\-. ](?:yy(?:yy)?|tttt|thn|"
    r"dd)$",
    re.IGNORECASE,
)
_GUIDE = re.compile(
    r"^(?:\(?(?:harap|mohon|silakan|wajib) )?(?:diisi|isi dengan|isilah|tulis nama|tuliskan|fill in|please "
    r"fill|enter your)\b",
    re.IGNORECASE,
)
_DITTO = frozenset(
    {
        "sda",
        "s d a",
        "idem",
        "ditto",
        "sama",
        "id",
        "same",
        "sama dengan atas",
        "same as above",
        "sama seperti di atas",
        "sda.",
    }
)

#: "Jakarta, 24 November 2026": the line above the signatures.
PLACE_AND_DATE = re.compile(
    r"^[A-Z][A-Za-z .]{2,25},?\s+(?P<date>\d{1,2}\s+[A-Za-z]{3,10}\s+\d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{4})$"
)


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """One line, NFKC, without invisible characters: full-width and non-breaking forms become plain ones."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _SPACE.sub(" ", text)))
    return _SPACE.sub(" ", plain).strip()


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What a label or a name is compared by: folded words, without numbering, colons and stars."""
    plain = _NUMBERING.sub("", clean(text).casefold())
    return _NOT_WORD.sub(" ", plain).strip()


def is_separator(text: str) -> bool:
    """A cell with nothing but the colon between label and value."""
    return clean(text) in _SEPARATORS


@lru_cache(maxsize=8192)
def is_blank(text: str) -> bool:
    """Whether a text is what stands on an unfilled line: dots, underscores, dashes, a hint in brackets."""
    plain = clean(text)
    if not _NOT_WORD.sub("", plain):
        # A tick or a box is an answer of its own kind.
        return not any(letter in TICKED or letter in UNTICKED for letter in plain)
    return (
        bool(_HINT.match(plain) or _GUIDE.match(plain))
        or _NOT_WORD.sub(" ", plain.casefold()).strip() in _NOTHING
    )


def is_ditto(text: str) -> bool:
    """ "sda", "idem" or quotation marks: the same as in the row above."""
    plain = clean(text)
    marks = plain.strip(" -")
    if marks and set(marks) <= set("\"'”“″〃„`´’"):
        return True
    return _NOT_WORD.sub(" ", plain.casefold()).strip() in _DITTO


def is_tick(text: str) -> bool:
    """Whether a whole cell is a tick."""
    plain = clean(text).casefold().strip(" .[](){}<>")
    if not plain:
        return False
    return plain in _TICK_WORDS or all(letter in TICKED for letter in plain)


def is_cross(text: str) -> bool:
    """Whether a tick is a cross, which says no where others of the list are check marks."""
    return clean(text).casefold().strip(" .[](){}<>") in _CROSSES


def is_no_tick(text: str) -> bool:
    """Whether a whole cell is an empty box, or says no."""
    plain = clean(text).casefold().strip(" .-[](){}<>_")
    return plain in _NO_WORDS or bool(_SAYS_NO.match(plain)) or all(letter in UNTICKED for letter in plain)


def has_box(text: str) -> bool:
    """Whether a box, open or ticked, is printed in a text: "☑ Accurate", "[ ] ERP"."""
    return any(letter in _BOXES for letter in text) or bool(_TYPED_BOX.search(text))


def strip_numbering(text: str) -> str:
    return _NUMBERING.sub("", clean(text)).strip()


@lru_cache(maxsize=8192)
def split_label(text: str) -> tuple[str, str] | None:
    """ "Nama : Budi" -> ("Nama", "Budi"); None without a colon or with nothing before it.

    A colon inside a time or an address ("10:30", "http://") does not divide.
    """
    plain = clean(text)
    for found in _COLON.finditer(plain):
        before, after = plain[: found.start()], plain[found.end() :]
        if not before or after.startswith("//") or (before[-1:].isdigit() and after[:1].isdigit()):
            continue
        if before.count("(") > before.count(")") and after.count(")") > after.count("("):
            # "Sistem (v = ya)" is a label with its guidance.
            continue
        return (before, after) if len(before) <= 80 else None
    return None
