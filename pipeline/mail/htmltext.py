"""HTML to the lines a reader sees: hidden elements dropped, quotes marked with ">". Loads nothing."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import css_inline
from lxml import etree
from lxml import html as lxml_html

from pipeline.mail.htmldoubt import has_doubtful_sheet
from pipeline.mail.htmlstyle import PLAIN, Look, look_of

#: More than this is no answer; what stands above the limit is enough to see the answer.
_LONGEST = 1_000_000
#: A style sheet larger than this is left alone: inlining takes time that grows with rules times elements.
_LONGEST_STYLED = 300_000
#: Rules times elements: twenty times what a long thread of Outlook has. Beyond it, a page takes seconds.
_MOST_STYLING = 4_000_000


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS = _tags(
    """
    address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5
    h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul
    """
)
_NEVER_SHOWN = _tags(
    """
    audio base canvas datalist embed head iframe input link map math meta noscript object option script
    select style svg template textarea title video xml
    """
)
_QUOTE_CLASSES = (
    "yahoo_quoted",
    "moz-forward-container",
    "zmail_extra",
    "tutanota_quote",
    "WordSection1_quoted",
)
_SIGNATURE_MARKS = (
    "gmail_signature", "moz-signature", "ms-outlook-mobile-signature", "applemailsignature",
    "composer_signature", "protonmail_signature_block", "ymail_android_signature", "ymail_ios_signature",
    "__sig_pre__", "__sig_post__", "x_gmail_signature", "divtagdefaultwrapper_signature", "zm_signature",
    "sparksignature", "edo-signature",
)  # fmt: skip
_EMOJI = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_RULER = "_" * 32


@dataclass
class Page:
    """The visible lines of an HTML part. A quoted line starts with ">" as in plain text."""

    lines: list[str] = field(default_factory=list)
    #: lines that stood in a signature element, not among `lines`
    signature: list[str] = field(default_factory=list)
    #: something outside quotes is struck through: nobody can say what still holds
    struck: bool = False
    #: its styles cannot be followed here: nobody can say what is hidden
    unjudged: bool = False


def html_text(html: str) -> str:
    """All visible text, quotes and signature included, without quote marks. Never raises."""
    page = read_page(html)
    plain = [re.sub(r"^(?:> ?)+", "", line) for line in page.lines]
    return "\n".join(plain + page.signature)


# Rules and desks read the page of the one mail in hand four times; nobody changes what he gets.
@functools.lru_cache(maxsize=2)
def read_page(html: str) -> Page:
    """The page as lines; an unreadable page has none. Never raises."""
    styled, judged = _inline(html[:_LONGEST])
    root = _parse(styled)
    if root is None:
        return Page()
    writer = _Writer()
    _walk(root, writer)
    writer.end_line()
    writer.page.unjudged = writer.page.unjudged or not judged
    return writer.page


def _inline(html: str) -> tuple[str, bool]:
    """Style sheets as style attributes, so that no class hides text unseen; False: one may."""
    styled, judged = _inlined(html)
    return styled, judged and not has_doubtful_sheet(html)


def _inlined(html: str) -> tuple[str, bool]:
    if "<style" not in html.lower():
        return html, True
    if len(html) > _LONGEST_STYLED or html.count("{") * html.count("<") > _MOST_STYLING:
        return html, False
    try:
        inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
        return str(inliner.inline(html)), True
    except (css_inline.InlineError, ValueError):
        return html, False


def _parse(html: str) -> etree._Element | None:
    text = _DECLARATION.sub("", html).replace("\x00", "")
    if not text.strip():
        return None
    try:
        parser = lxml_html.HTMLParser(
            encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
        )
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


class _Writer:
    """Collects text into lines, each under the quote depth and place it was written in."""

    def __init__(self) -> None:
        self.page = Page()
        self._line: list[str] = []
        self._look = PLAIN

    def text(self, text: str, look: Look) -> None:
        if look.hidden or not text:
            return
        if look.struck and not look.quotes and text.strip():
            self.page.struck = True
        if look.doubtful and not look.quotes and not look.signature and text.strip():
            self.page.unjudged = True
        for number, piece in enumerate(text.split("\n") if look.keeps_lines else [text]):
            if number:
                self.end_line(always=True)
            self._look = look if piece.strip() or not self._line else self._look
            self._line.append(piece if look.keeps_lines else re.sub(r"[ \t\r\n\f]+", " ", piece))

    def end_line(self, always: bool = False) -> None:
        """Finish the line; an empty one is written only where the page has an empty line."""
        content = " ".join("".join(self._line).replace("\xa0", " ").split())
        shown = bool(self._line) and (bool(content) or any("\xa0" in part for part in self._line))
        if content or always or shown:
            target = self.page.signature if self._look.signature else self.page.lines
            target.append(
                ("> " * self._look.quotes + content).rstrip(" ") if content or self._look.quotes else ""
            )
        self._line = []

    def look(self, look: Look) -> None:
        if not self._line:
            self._look = look


def _walk(root: etree._Element, writer: _Writer) -> None:
    """Depth first without recursion: hostile nesting must not end in a RecursionError."""
    stack: list[tuple[etree._Element, Look, Iterator[etree._Element]]] = []

    def enter(element: etree._Element, outer: Look) -> None:
        look = _look(element, outer)
        _begin(element, look, writer)
        if not look.hidden:
            writer.text(element.text or "", look)
        stack.append((element, look, iter(()) if look.hidden else iter(element)))

    enter(root, PLAIN)
    while stack:
        element, look, children = stack[-1]
        child = next(children, None)
        if child is not None and isinstance(child.tag, str):
            enter(child, look)
        elif child is not None:
            writer.text(child.tail or "", look)
        else:
            stack.pop()
            _finish(element, look, writer)
            if stack:
                writer.look(stack[-1][1])
                writer.text(element.tail or "", stack[-1][1])


def _look(element: etree._Element, outer: Look) -> Look:
    tag = str(element.tag).lower()
    if tag in _NEVER_SHOWN:
        return outer.with_hidden()
    look = look_of(element, outer)
    marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-marker') or ''}"
    marks += f" {element.get('data-smartmail') or ''}"
    if _quotes(tag, element, marks):
        look = look.deeper()
    low = marks.lower()
    if any(mark in low for mark in _SIGNATURE_MARKS) or (element.get("id") or "") in {
        "Signature",
        "x_Signature",
    }:
        look = look.in_signature()
    return look


def _quotes(tag: str, element: etree._Element, marks: str) -> bool:
    if tag == "blockquote":
        # Gmail's "indent more" button makes a blockquote too, and what stands in it is the writer's own.
        style = (element.get("style") or "").replace(" ", "").lower()
        own = "gmail_quote" not in marks and not element.get("type") and not element.get("cite")
        return not (own and "40px" in style and "border:none" in style)
    return "__QUOTED_TEXT__" in marks or any(name in marks for name in _QUOTE_CLASSES)


def _begin(element: etree._Element, look: Look, writer: _Writer) -> None:
    tag = str(element.tag).lower()
    if look.hidden:
        return
    if tag in _BLOCKS:
        writer.end_line()
        writer.look(look)
    if tag == "br":
        writer.end_line(always=True)
    elif tag == "hr":
        writer.text(_RULER, look)
    elif tag == "li":
        writer.text(_bullet(element), look)
    elif tag == "img":
        alt = element.get("alt") or ""
        writer.text(alt if len(alt) <= 4 and _EMOJI.search(alt) else "", look)
    elif tag in {"td", "th"}:
        writer.text(" ", look)


def _finish(element: etree._Element, look: Look, writer: _Writer) -> None:
    if str(element.tag).lower() in _BLOCKS and not look.hidden:
        writer.end_line()


def _bullet(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None or str(parent.tag).lower() != "ol":
        return "* "
    first = parent.get("start") or "1"
    before = sum(1 for sibling in element.itersiblings("li", preceding=True))
    return f"{(int(first) if first.isdecimal() else 1) + before}. " if before < 200 else "* "
