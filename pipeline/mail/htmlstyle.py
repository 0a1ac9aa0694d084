"""What an element looks like as far as it decides whether a reader sees its text. Reads no style sheet."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.mail.htmldoubt import is_doubtful, unescaped

Colour = tuple[int, int, int]

_WHITE: Colour = (255, 255, 255)
_NAMES: dict[str, Colour] = {
    "white": _WHITE, "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "navy": (0, 0, 128), "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255), "orange": (255, 165, 0), "purple": (128, 0, 128),
    "floralwhite": (255, 250, 240), "azure": (240, 255, 255), "mintcream": (245, 255, 250),
}  # fmt: skip
_NUMBER = re.compile(r"-?\d*\.?\d+")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(([^)]*)\)")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
#: A semicolon in a name or an address ends no declaration.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)", re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important", re.IGNORECASE)
#: `font: 0/0 a` is a size of nothing, too.
_NO_SIZE = re.compile(r"(?:^|\s)0+(?:\.0*)?[a-z%]*(?:/|\s)")


@dataclass(frozen=True)
class Look:
    """The state a piece of text is shown in."""

    hidden: bool = False
    quotes: int = 0
    signature: bool = False
    struck: bool = False
    keeps_lines: bool = False
    colour: Colour | None = (0, 0, 0)
    ground: Colour | None = _WHITE
    #: styled in a way that may hide it, or show it otherwise than it reads
    doubtful: bool = False

    def with_hidden(self) -> "Look":
        return replace(self, hidden=True)

    def deeper(self) -> "Look":
        return replace(self, quotes=min(self.quotes + 1, 20))

    def in_signature(self) -> "Look":
        return replace(self, signature=True)


PLAIN = Look()


def look_of(element: etree._Element, outer: Look) -> Look:
    """The look of `element` inside `outer`: its attributes and its style attribute."""
    tag = str(element.tag).lower()
    style = _declarations(element.get("style") or "")
    struck = outer.struck or tag in {"s", "strike", "del"} or "line-through" in _decoration(style)
    keeps = outer.keeps_lines if "white-space" not in style else style["white-space"].startswith("pre")
    said = style.get("-webkit-text-fill-color") or style.get("color") or element.get("color")
    look = replace(
        outer,
        struck=struck,
        keeps_lines=keeps or tag == "pre",
        doubtful=outer.doubtful or is_doubtful(tag, element, style),
        colour=_colour(said or (element.get("text") if tag == "body" else "") or "", outer.colour),
        ground=_ground(style, element, outer.ground),
    )
    if outer.hidden or element.get("hidden") is not None or _is_hidden(style) or _same(look):
        return look.with_hidden()
    return look


def _declarations(style: str) -> dict[str, str]:
    """The declarations that hold, without comments and escapes: of each name the last or important one."""
    text = _QUOTED.sub('""', _ESCAPE.sub(unescaped, _COMMENT.sub(" ", style)))
    found: dict[str, str] = {}
    important: dict[str, str] = {}
    for piece in text.split(";"):
        name, colon, value = piece.partition(":")
        if colon:
            plain = _IMPORTANT.sub("", value)
            (found if plain == value else important)[name.strip().lower()] = plain.strip().lower()
    return found | important


def _decoration(style: dict[str, str]) -> str:
    return style.get("text-decoration", "") + style.get("text-decoration-line", "")


def _is_hidden(style: dict[str, str]) -> bool:
    """Every way to hide text that has been met in mail."""
    overflow = style.get("overflow", "") + style.get("overflow-y", "") + style.get("overflow-x", "")
    boxed = "hidden" in overflow or style.get("line-height", "1").startswith("0")
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
        or _less(style, "opacity", 15 if "%" in style.get("opacity", "") else 0.15)
        or _NO_SIZE.search(style.get("font", "")) is not None
        or style.get("content-visibility") == "hidden"
        or _faint(style.get("-webkit-text-fill-color") or style.get("color", ""))
        or (_less(style, "font-size", 2.0) and _absolute(style["font-size"]))
        or (boxed and (_less(style, "height", 1.5) or _less(style, "width", 1.5)))
        or _less(style, "max-height", 1.5)
        or _less(style, "max-width", 1.5)
        or _less(style, "text-indent", -90)
        or (
            style.get("position") in {"absolute", "fixed"}
            and any(_less(style, s, -90) for s in ("left", "top"))
        )
        or any(_less(style, side, -300) for side in ("margin-left", "margin-top", "margin"))
        or style.get("clip", "").replace(" ", "").startswith("rect(0")
        or "scale(0" in style.get("transform", "").replace(" ", "")
        or "transparent" in (style.get("color"), style.get("-webkit-text-fill-color"))
    )


def _faint(colour: str) -> bool:
    """Is the colour's last part, how much of it is seen, next to nothing?"""
    if match := _RGB.search(colour):
        parts = re.findall(r"-?\d*\.?\d+%?", match.group(1))
        return len(parts) == 4 and float(parts[3].rstrip("%")) < (15 if "%" in parts[3] else 0.15)
    digits = match.group(1) if (match := _HEX.search(colour)) else ""
    return len(digits) in {4, 8} and int((digits[3] * 2) if len(digits) == 4 else digits[6:], 16) < 38


def _absolute(size: str) -> bool:
    """Is a font size given in absolute units (or zero)? "1em" and "1.2rem" are ordinary sizes."""
    return not size.rstrip("0123456789. ").endswith(("em", "rem", "vw", "vh")) or size.startswith(
        ("0em", "0rem")
    )


def _less(style: dict[str, str], name: str, limit: float) -> bool:
    match = _NUMBER.match(style.get(name, ""))
    return match is not None and float(match.group()) < limit


def _ground(style: dict[str, str], element: etree._Element, outer: Colour | None) -> Colour | None:
    value = style.get("background-color") or style.get("background") or element.get("bgcolor") or ""
    if "url(" in value or "gradient" in value or style.get("background-image", "none") != "none":
        return None
    return _colour(value, outer)


def _colour(value: str, otherwise: Colour | None) -> Colour | None:
    text = value.strip().lower()
    if not text or text in {"inherit", "initial", "none", "transparent"}:
        return otherwise
    if match := _HEX.search(text):
        digits = match.group(1)
        digits = "".join(2 * d for d in digits[:3]) if len(digits) in {3, 4} else digits[:6]
        return (
            (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
            if len(digits) == 6
            else otherwise
        )
    if match := _RGB.search(text):
        parts = [float(n) for n in _NUMBER.findall(match.group(1))]
        return (int(parts[0]), int(parts[1]), int(parts[2])) if len(parts) >= 3 else otherwise
    return next((colour for name, colour in _NAMES.items() if name in text.split()), None)


def _same(look: Look) -> bool:
    """Text in the colour of its ground (white on white) is not read by anybody."""
    if look.colour is None or look.ground is None:
        return False
    return max(abs(a - b) for a, b in zip(look.colour, look.ground, strict=True)) < 18
