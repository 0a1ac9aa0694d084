"""From a mail to the words its sender typed: no quote, no signature, no disclaimer. Judges nothing."""

import re
import unicodedata
from dataclasses import dataclass

from pipeline.mail.automatic import AutomaticKind, automatic_kind
from pipeline.mail.decoding import clean_line, decode_words
from pipeline.mail.htmltext import Page, read_page
from pipeline.mail.quotes import Block, lay_out
from pipeline.mail.signatures import speaks_below, strip_tail
from pipeline.mail.tnef import tnef_text
from pipeline.model import Mail

_MOST_LINES = 5000
_LONGEST_LINE = 4000
_LONGEST = 400_000
#: Not seen, or only change how text is drawn. Parts of emoji (ZWJ, selectors) are dropped too.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff]"
)
#: Turns the order of the letters around, so that what is stored is not what is read.
_REVERSED = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: A combining line through the letter before it.
_STRUCK = re.compile("[\u0335-\u0338]")
_TILDE_STRUCK = re.compile(r"~~[^~\n]*\w[^~\n]*~~")
_CODE = re.compile(r"(?<![0-9A-Za-z])AK\d{1,3}-[0-9A-HJKMNP-TV-Z]{26}(?![0-9A-Za-z])", re.IGNORECASE)
_LINK = re.compile(
    r"<(?:https?|mailto):[^>\s]*>|\((?:https?|mailto):[^)\s]*\)|https?://\S+|"
    r"\[(?:cid|image|gambar)[:\s][^\]]*\]",
    re.I,
)
_PGP_HEAD = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----$")
_PGP_FOOT = re.compile(r"^-----BEGIN PGP SIGNATURE-----$")
_ITEM_LINE = re.compile(r"^\W{0,3}\d{1,2}\s*[.):|]?\s+\S")
_LAST_ITEM = re.compile(r"^\W{0,3}\d{1,2}[.)]\s+\S")
_NOT_WORDS = re.compile(r"[^\w\u2190-\u2bff\U0001f000-\U0001faff]+")


@dataclass(frozen=True)
class NewText:
    """What the sender typed in this mail, and what was noticed on the way."""

    #: newly written, without quote, signature, disclaimer and the lines that hold our code
    text: str
    #: (quoted line, answer below it), in order, where answers stand between quoted lines
    answers: tuple[tuple[str, str], ...] = ()
    #: nobody can say what was meant: HTML and text part differ, or words are struck out
    conflict: bool = False
    #: why there is a conflict, for the record
    conflict_why: str = ""
    #: somebody else's message was forwarded in it, or a chat pasted in
    forwarded: bool = False
    #: the From values of the quoted messages, outermost first
    quoted_senders: tuple[str, ...] = ()
    #: the mail has a quoted part
    quoted: bool = False
    #: what kind of robot wrote the mail; "" for a person
    automatic: AutomaticKind = ""


def new_text(mail: Mail) -> NewText:
    """The new words of `mail`. Never raises; a mail that says nothing has an empty text."""
    names = _names(mail)
    automatic = automatic_kind(mail)
    text = mail.text if mail.text is not None else tnef_text(mail.attachments)
    page = read_page(mail.html) if mail.html else None
    plain = _typed(_plain_lines(text or "", page), names) if text and text.strip() else None
    shown = _typed([_tidy(line) for line in page.lines], names) if page else None
    if page and page.struck and shown:
        shown = _marked(shown, "words are struck through")
    if page and page.unjudged and shown:
        shown = _marked(shown, "its styles do not let one tell what a reader sees")
    return _with_kind(_one_of(plain, shown, text or ""), automatic)


def _one_of(plain: NewText | None, shown: NewText | None, text: str) -> NewText:
    """The text part and the HTML part as one; they must say the same."""
    if plain is None or shown is None:
        return plain or shown or NewText("")
    if _fingerprint(plain) == _fingerprint(shown):
        # The plain part keeps line ends as they were typed, which HTML may not.
        return plain if not shown.conflict else shown
    if not plain.text and not plain.answers and _is_placeholder(text):
        return shown
    return _marked(shown if shown.text or shown.answers else plain, "the text part and the HTML part differ")


def _is_placeholder(text: str) -> bool:
    """A text part that only says that there is an HTML part."""
    return (len(text.strip()) < 400 and bool(re.search(r"(?i)\bhtml\b", text))) or not text.strip()


def _fingerprint(new: NewText) -> tuple[str, ...]:
    whole = [new.text, *(answer for _line, answer in new.answers)]
    return tuple(word for part in whole for word in _NOT_WORDS.split(_LINK.sub(" ", part).casefold()) if word)


def _marked(new: NewText, why: str) -> NewText:
    return NewText(
        new.text,
        new.answers,
        True,
        new.conflict_why or why,
        new.forwarded,
        new.quoted_senders,
        new.quoted,
        new.automatic,
    )


def _with_kind(new: NewText, automatic: AutomaticKind) -> NewText:
    return NewText(
        new.text,
        new.answers,
        new.conflict,
        new.conflict_why,
        new.forwarded,
        new.quoted_senders,
        new.quoted,
        automatic,
    )


def _plain_lines(text: str, page: Page | None) -> list[str]:
    """The lines of the text part, without those the HTML part marks as its signature."""
    lines = [_tidy(line) for line in _unwrap_pgp(text[:_LONGEST].split("\n")[:_MOST_LINES])]
    signature = {_key(line) for line in page.signature if len(_key(line)) > 3} if page else set()
    return [line for line in lines if not signature or _key(line) not in signature]


def _key(line: str) -> str:
    return "".join(_NOT_WORDS.split(_LINK.sub(" ", line).casefold()))


def _tidy(line: str) -> str:
    """One line: compatibility forms made plain, unseen characters gone, the mark of a strike kept."""
    if line.isascii():
        return line[:_LONGEST_LINE].replace("\t", " ").rstrip(" \r")
    seen = _UNSEEN.sub("", line[:_LONGEST_LINE].replace("\xa0", " ").replace("\u3000", " "))
    return unicodedata.normalize("NFKC", seen).replace("\t", " ").rstrip()


def _unwrap_pgp(lines: list[str]) -> list[str]:
    """The inside of an inline PGP signature (RFC 9580, 7); everything else unchanged."""
    start = next((n for n, line in enumerate(lines) if _PGP_HEAD.match(line.strip())), -1)
    if start < 0:
        return lines
    body = next((n + 1 for n in range(start, len(lines)) if not lines[n].strip()), start + 1)
    end = next((n for n in range(body, len(lines)) if _PGP_FOOT.match(lines[n].strip())), len(lines))
    return lines[:start] + [line.removeprefix("- ") for line in lines[body:end]]


def _typed(lines: list[str], names: frozenset[str]) -> NewText:
    """Separate what was typed from what was quoted, and sort answers that stand between quoted lines."""
    layout = lay_out(lines[:_MOST_LINES])
    texts: list[str] = []
    answers: list[tuple[str, str]] = []
    below_signature = False
    for place, block in enumerate(layout.blocks):
        if block.quoted:
            continue
        own = [line for line in block.lines if not _CODE.search(line)]
        below_signature = below_signature or speaks_below(own, names)
        written = "\n".join(strip_tail(own, names))
        if not written.strip():
            continue
        above = _item_above(layout.blocks[place - 1]) if place else ""
        below = any(
            b.quoted and any(line.strip("> ") for line in b.lines) for b in layout.blocks[place + 1 :]
        )
        if place and (below or _LAST_ITEM.match(above)):
            answers.append((above, written))
        else:
            texts.append(written)
    whole = "\n".join(texts)
    odd = _odd(whole + "".join(answer for _line, answer in answers))
    odd = odd or ("words that take something back below the signature" if below_signature else "")
    quoted = any(block.quoted for block in layout.blocks)
    return NewText(
        _UNSEEN.sub("", whole), tuple(answers), bool(odd), odd, layout.forwarded, layout.senders, quoted
    )


def _odd(text: str) -> str:
    """Why this text is not what its reader sees, or ""."""
    if text.isascii():
        return "words are struck through" if _TILDE_STRUCK.search(text) else ""
    if _REVERSED.search(text):
        return "characters turn the reading order around"
    if _STRUCK.search(unicodedata.normalize("NFD", text)) or _TILDE_STRUCK.search(text):
        return "words are struck through"
    return ""


def _item_above(block: Block) -> str:
    """The quoted line an answer stands under: the numbered one of an item with several lines."""
    lines = [re.sub(r"^\s*(?:>\s?)+", "", line).strip() for line in block.lines]
    while lines and not lines[-1]:
        lines.pop()
    for back in range(1, min(7, len(lines)) + 1):
        line = lines[-back]
        if not line:
            break
        if _ITEM_LINE.match(line):
            return line
    return lines[-1] if lines else ""


def _names(mail: Mail) -> frozenset[str]:
    """The sender's name as it may stand below a mail: whole, in parts, as initials."""
    shown = clean_line(decode_words(mail.from_[0])) if mail.from_ else ""
    name, _, address = shown.rpartition("<") if "<" in shown else ("", "", shown)
    words = re.sub(r"[^\w\s]", " ", name.lower()).split()
    local = re.sub(r"[^a-z\s]", " ", address.partition("@")[0].lower()).split()
    found = {" ".join(words), *(w for w in words + local if len(w) >= 3)}
    for parts in (words, local):
        if len(parts) > 1:
            found |= {
                " ".join(parts),
                f"{parts[0]} {parts[-1]}",
                f"{parts[0]} {parts[-1][0]}",
                f"{parts[0][0]} {parts[-1]}",
            }
            found |= {"".join(w[0] for w in parts), " ".join(w[0] for w in parts)}
    return frozenset(name for name in found if name)
