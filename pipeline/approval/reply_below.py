"""What a writer typed where a signature or a quote stands: below the name, behind a ">". Approves nothing.

The mail room cuts a signature by its form: short lines below "Salam," and a name. A writer's afterthought has
that form too ("Hendra / Sebulan saja"). So before an approval counts, the lines that were cut are looked at
once more.
"""

import re
from collections.abc import Iterable
from html import unescape

from pipeline.approval.reply_idioms import join_idioms
from pipeline.approval.reply_limits import limit_in
from pipeline.approval.reply_typed import Typed
from pipeline.approval.reply_words import words_of
from pipeline.approval.words import Kind
from pipeline.model import Mail

#: No signature is longer; what goes on is a disclaimer or a page.
_MOST_LINES = 60
#: Of a line no more is looked at: patterns on longer ones could be made slow on purpose.
_CUT = 300
_WROTE = re.compile(
    r"(?:wrote|writes|menulis|menuliskan|tulis)\s*:?\s*$|^\W*(?:On|Pada)\b.{8,200}\d.{0,200}:\s*$",
    re.IGNORECASE,
)
_QUOTE_HEAD = re.compile(
    r"^[\s*_]*(?:from|dari|sent|dikirim|date|tanggal|subject|subjek|perihal|hal)\s*:|<[^<>\s]*@[^<>\s]*>|REQ-\d|"
    r"^\W?(?:yth|dear|kepada)\b|\bterhormat\b|^-{3,}\s?\w[^-]*-{2,}$|^_{5,}$|"
    r"^\W?(?:original message|pesan asli|begin forwarded|forwarded message)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"^\W*(?:sent|dikirim|terkirim|dikirimkan|get|dapatkan|unduh|download)\b", re.IGNORECASE
)
#: The first line of an attribution that was wrapped before the address: a day, a year, and a time or a comma.
_WROTE_OPENS = re.compile(r"^\W*(?:On|Pada)\b.{0,60}\b(?:19|20)\d\d\b.{0,120}$", re.IGNORECASE)
_WROTE_CLOSES = re.compile(
    r"<[^<>\s]*@[^<>\s]*>\W*(?:wrote|writes|menulis|menuliskan|tulis)\W*$", re.IGNORECASE
)
_TIME_OF_DAY = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
#: A stamp tells of a signature; an order to sign has more words, or other ones.
_STAMP = re.compile(
    r"^\W*(?:(?:dokumen|surat|e-?mail|pesan) ini )?(?:telah |sudah )?(?:ditandatangani|ttd|tertanda) "
    r"(?:secara )?(?:elektronik|elektronis|digital)\W*$|^\W*(?:(?:electronically|digitally) signed|"
    r"signed (?:electronically|digitally)|e-signed)\W*$",
    re.IGNORECASE,
)
#: What every help desk prints ("never share your password with anyone"), and nothing beside it.
_SECRET = re.compile(
    r"^(?!.*\b(?:akses\w*|access|vpn|item|nomor)\b)(?=.*\b(?:pernah|never|anda|your)\b)"
    r"(?:[^;]{0,40}\()?\W*(?:\w+[:,]? ){0,2}"
    r"(?:jangan|never|do not|don't|tidak (?:pernah|akan))\b[^.;]{0,40}"
    r"\b(?:password|sandi|otp|pin)\b[^.;]{0,30}"
    r"\b(?:siapa ?pun|(?:orang|pihak) lain|anyone|anybody|others)\W*$",
    re.IGNORECASE,
)
_EXCUSED = re.compile(r"\b(?:brevity|typos?|errors?|singkat|salah ketik|salah tulis|ketik)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.,;!]\s+|\s[-–—]+\s")
#: Telephone, address, company: a line with one of these tells how to reach the writer, or where.
_CONTACT = re.compile(
    r"@|www\.|https?:|\d{5,}|\+\d|\b0\d{2,3}[-\s]\d|\b(?:tel|telp|phone|fax|hp|mobile|wa|ext|email|web)\b|"
    r"\b(?:jl|jln|jalan|gedung|menara|tower|plaza|lantai|lt|floor|level \d|jakarta|surabaya|bandung)\b|"
    r"\b(?:pt|cv|tbk|ltd|inc|corp|(?:office|working|business) hours|jam (?:kerja|kantor))\b",
    re.IGNORECASE,
)
#: Every word with a capital: a name, a title, a division.
_NAMED = re.compile(
    r"^\W?(?:[A-Z][\w.&/'’-]*|of|and|dan|the)(?:[\s,|]+(?:[A-Z][\w.&/'’-]*|[&–/-]|of|and|dan|the))+\W?$"
)
#: Sayings, and what companies print: from here on nobody typed anything.
_PRINTED = re.compile(
    r"^\W*[\"“”«„]|\b(?:kertas|paper|print\w*|\w*cetak\w*|environment|lingkungan|confidential\w*|kerahasiaan)\b|"
    r"\b(?:rahasia|disclaimer|intended|virus\w*|gratifikasi|suap|korupsi|corruption|brib\w+|fraud|integrit\w+)\b|"
    r"\b(?:narkoba|external|eksternal|e-?mail ini|pesan ini|surel|penerima|recipients?)\b|"
    r"\bthis (?:e-?mail|message)\b",
    re.IGNORECASE,
)
_LIMITING = frozenset({
    Kind.NEG, Kind.YET, Kind.COND, Kind.HOLD, Kind.LATER, Kind.LIMIT, Kind.NO, Kind.REVISE, Kind.ONLY,
    Kind.EXCEPT, Kind.CONTRAST, Kind.DO, Kind.CORRECTION,
})  # fmt: skip
_ASKS = re.compile(r"^\W*(?:harap|tolong|mohon|please|pls|tlg)\b", re.IGNORECASE)
_TAG = re.compile(r"(<[^<>]{0,2000}>)")
_TAG_NAME = re.compile(r"</?\s*([a-z0-9]+)", re.IGNORECASE)
_UNSEEN = frozenset({"style", "script", "head", "title"})
_QUOTING = re.compile(
    r"<blockquote|gmail_quote|divRplyFwdMsg|appendonsend|moz-cite|yahoo_quoted|<hr\b", re.IGNORECASE
)
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4"})
_MARK = re.compile(r"^\s*>[>\s]*")


def said_below(mail: Mail, new: Typed) -> str:
    """The cut line of `mail` that may limit or take back what `new` approves, or ""."""
    lines = _lines(mail)
    return next((line for line in (*_marked(lines), *_cut(lines, new)) if line), "")


def _lines(mail: Mail) -> list[str]:
    text = mail.text
    if not (text and text.strip()) and mail.html:
        text = _seen(mail.html[:200_000])
    return [line[:_CUT].strip() for line in (text or "")[:200_000].split("\n")[:2000]]


def _seen(page: str) -> str:
    """The words of an HTML page above its quote, line by line; hidden elements are left out."""
    found: list[str] = []
    hidden = ""
    depth = 0
    for piece in _TAG.split(page):
        named = _TAG_NAME.match(piece)
        if named is None:
            found.append("" if hidden or piece.startswith("<!") else re.sub(r"\s+", " ", piece))
            continue
        name, ends = named[1].lower(), piece.startswith("</")
        if not hidden and _QUOTING.search(piece):
            break
        if hidden:
            depth += (1 if not ends else -1) if name == hidden else 0
            hidden = hidden if depth else ""
        elif not ends and (name in _UNSEEN or re.search(r"display:\s*none", piece, re.IGNORECASE)):
            hidden, depth = ("", 0) if name in {"br", "img", "input"} else (name, 1)
        if name in _BREAKS:
            found.append("\n")
    return unescape("".join(found))


def _marked(lines: list[str]) -> Iterable[str]:
    """Lines behind a ">" above the line that opens the quote: no mail program puts one there."""
    opens = next((n for n, line in enumerate(lines) if _WROTE.search(line)), 0)
    if not any(line.startswith(">") for line in lines[opens + 1 :]):
        return
    for line in lines[:opens]:
        own = _MARK.sub("", line)
        if own != line and re.search(r"\w", own):
            yield own


def _cut(lines: list[str], new: Typed) -> Iterable[str]:
    """Lines behind the last typed one, up to the quote, that are no signature's."""
    typed = "\n".join((new.text, *(answer for _line, answer in new.answers)))
    kept = {_key(line) for line in typed.split("\n") if _key(line)}
    whole = _key(typed)
    below = lines[_behind(lines, kept) :][:_MOST_LINES]
    for place, line in enumerate(below):
        if _opens_quote(below, place):
            return
        if line.startswith(">") or _WROTE.search(line) or _QUOTE_HEAD.search(line) or _PRINTED.search(line):
            return
        if _key(line) not in whole and _talks(line):
            yield line


def _opens_quote(lines: list[str], place: int) -> bool:
    """ "On Friday, December 11th, 2026 at 10:55 AM, Portal / <it@...> wrote:", on two lines or three."""
    if not _WROTE_OPENS.match(lines[place]):
        return False
    wrapped = [line for line in lines[place + 1 : place + 3] if not _WROTE_OPENS.match(line)]
    timed = _TIME_OF_DAY.search(" ".join(lines[place : place + 3]))
    return bool(timed) and any(_WROTE_CLOSES.search(line) for line in wrapped)


def _key(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _behind(lines: list[str], kept: set[str]) -> int:
    """The place behind the first line that was typed: what follows it may be typed too, or cut."""
    return next((n + 1 for n, line in enumerate(lines) if _key(line) in kept), 0)


def _talks(line: str) -> bool:
    """Does a line below the name limit, put off or take back?"""
    if _STAMP.match(line) or _SECRET.match(line):
        return False
    if _PROGRAM.match(line):
        return any(_limits(piece) and not _EXCUSED.search(piece) for piece in _SENTENCE.split(line)[1:])
    if _CONTACT.search(line) or _EXCUSED.search(line):
        return False
    if _NAMED.match(line):
        return bool(limit_in(line)) or any(word.kind is Kind.LATER for word in words_of(line))
    return _limits(line) or bool(_ASKS.match(line))


def _limits(piece: str) -> bool:
    return bool(limit_in(piece)) or any(
        # No typing errors here: "Bambang" is a name, not "bimbang".
        word.kind in _LIMITING and piece[word.start : word.end].lower().startswith(word.text[:40])
        for word in join_idioms(words_of(piece))
    )
