"""Styles of which, without a browser, nobody can say whether a reader sees the text. Judges no words."""

import re
from collections.abc import Mapping

from lxml import etree

#: Mail programs write none of these into what somebody types.
_UNUSUAL = (
    "clip-path", "-webkit-clip-path", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "filter",
    "zoom", "rotate", "scale", "translate", "inset", "inline-size", "block-size", "max-inline-size",
    "max-block-size", "offset-path",
)  # fmt: skip
_NOTHING = frozenset({"", "none", "auto", "1", "100%", "normal", "initial", "unset", "inherit"})
#: Where a value is worked out (var(), calc(), attr()), it may come to nothing.
_DECISIVE = (
    "display", "visibility", "opacity", "font-size", "font", "height", "width", "max-height", "max-width",
    "position",
)  # fmt: skip
_MOVED = re.compile(r"-?\d{3,}")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_TINY = re.compile(r"0*\.[01]\d*(?:r?em|vw|vh)|[01]?\d(?:\.\d+)?%")
#: Rules that hold under a condition or for a layer: no inliner follows them.
_CONDITIONAL = re.compile(
    r"@(?:media|supports|layer|container|scope|starting-style)\b([^{}]*)\{((?:[^{}]*\{[^{}]*\})*)"
)
#: A rule inside another one.
_NESTED = re.compile(r"\{[^{}]*\{([^{}]*)\}")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:(?!\s*(?:1|100%)\s*(?:[;!}]|$))|"
    r"font-size\s*:\s*[01]?(?:\.\d+)?(?:px|pt|em|%|;|\s*})|max-height\s*:\s*0|height\s*:\s*0|mso-hide|clip|"
    r"text-indent\s*:\s*-|left\s*:\s*-|top\s*:\s*-|:\s*var\("
)
#: Beyond these, what a rule may change unseen; for dark screens nearly all change colours.
_CHANGING = re.compile(
    r"(?<![-\w])color\s*:|position\s*:|transform|filter|zoom|letter-spacing|margin[-\w]*\s*:\s*-|(?<![-\w])font\s*:"
)
_DARK = re.compile(r"\s*(?:(?:only\s+)?screen\s+and\s+)?\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*")
_OUTSIDE = re.compile(r"@import\b")
#: Words that a style sheet puts in front of an element's own: "TIDAK " before SETUJU.
_ADDED = re.compile(r"content\s*:\s*[\"'][^\"']*[^\W\d_]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))")
_SHEET = re.compile(r"<style\b[^>]*>(.*?)(?:</style|\Z)", re.DOTALL | re.IGNORECASE)
_LINKED = re.compile(r"<link\b[^>]*stylesheet", re.IGNORECASE)


def has_doubtful_sheet(page: str) -> bool:
    """Could a style sheet of the page hide or add words in a way that is not followed here?"""
    sheets = " ".join(_COMMENT.sub(" ", sheet) for sheet in _SHEET.findall(page))
    sheets = _ESCAPE.sub(_as_letter, sheets).lower()
    if _OUTSIDE.search(sheets) or _ADDED.search(sheets) or _LINKED.search(page):
        return True
    inside = [
        *_CONDITIONAL.findall(sheets),
        *(("", rules) for rules in _NESTED.findall(_CONDITIONAL.sub("", sheets))),
    ]
    return any(
        _HIDING.search(rules) or (_CHANGING.search(rules) and not _DARK.fullmatch(condition))
        for condition, rules in inside
    )


def unescaped(match: re.Match[str]) -> str:
    """The character of an escape in CSS (`d\\69splay`): written as a number, or as itself; "" for none."""
    code = int(match.group(1), 16) if match.group(1) else 0
    return chr(code) if 0 < code < 0x110000 else match.group(2) or ""


def _as_letter(match: re.Match[str]) -> str:
    """The same in a style sheet, where an escaped sign of the syntax is only a letter of a name."""
    char = unescaped(match)
    return char if char.isalnum() or char == "-" else "_"


def is_doubtful(tag: str, element: etree._Element, style: Mapping[str, str]) -> bool:
    """Is the element's text perhaps out of sight, folded away, or shown in another order?"""
    if tag in {"details", "dialog"} and element.get("open") is None:
        return True
    if tag == "bdo" or "override" in style.get("unicode-bidi", ""):
        return True
    if not style:
        return False
    if any(style.get(name, "") not in _NOTHING for name in _UNUSUAL):
        return True
    if (
        any("(" in style.get(name, "") for name in _DECISIVE)
        or "hsl" in style.get("color", "")
        or "%" in style.get("color", "")
    ):
        return True
    return (
        _is_moved(style)
        or _TINY.fullmatch(style.get("font-size", "")) is not None
        or _is_flat(element, style)
    )


def _is_moved(style: Mapping[str, str]) -> bool:
    """Out of the window, or on top of itself."""
    if style.get("position", "static") != "static":
        sides = (style.get(side, "") for side in ("left", "right", "top", "bottom"))
        if any(_MOVED.match(value) for value in sides):
            return True
    far = any(
        re.match(r"-?\d{4,}", style.get(name, ""))
        for name in ("margin-left", "margin-right", "padding-left", "text-indent")
    )
    turned = style.get("transform", "none") not in _NOTHING
    packed = (found := _NUMBER.match(style.get("letter-spacing", ""))) is not None and float(
        found.group()
    ) < -3
    return far or turned or packed


def _is_flat(element: etree._Element, style: Mapping[str, str]) -> bool:
    """Without height or width by an attribute, and cut off there."""
    sizes = {(element.get(name) or "").strip().rstrip("px%") for name in ("width", "height")}
    return "hidden" in style.get("overflow", "") and bool(sizes & {"0", "1"})
