"""Looks that cells need and do not have: a date's format, and "this is text".

Appended to the workbook's list, which is never changed otherwise; the same look is appended once.
"""

import re
from dataclasses import dataclass, field

from pipeline.register.package.markup import ATTRIBUTES, attribute, is_set, prefix_of, with_attribute
from pipeline.register.package.refusal import Refused

#: ECMA-376 part 1, 18.8.30: the formats that every program knows by number.
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DAY, _MOMENT = "14", "22"
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
#: Excel's own limit.
_MOST = 65_490


@dataclass
class Styles:
    """The cell formats of a workbook, by their number."""

    part: bytes
    _made: dict[tuple[str, str], str] = field(default_factory=dict)
    _new: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        prefix = prefix_of(self.part, "styleSheet")
        tag = re.escape(prefix)
        # A workbook without formats needs none from us.
        found = re.search(rb"<%scellXfs(?=[\s>])([^>]*)>(.*?)</%scellXfs>" % (tag, tag), self.part, re.DOTALL)
        self._head, self._end = (found.span(1), found.end(2)) if found else ((0, 0), 0)
        xf = re.compile(rb"<%sxf(?=[\s/>])[^>]*?(?:/>|>.*?</%sxf>)" % (tag, tag), re.DOTALL)
        self._formats = xf.findall(found[2]) if found else []
        codes = re.search(rb"<%snumFmts[\s>].*?</%snumFmts>" % (tag, tag), self.part, re.DOTALL)
        entries = re.findall(rb"<%snumFmt(%s)>" % (tag, ATTRIBUTES), codes[0]) if codes else []
        self._codes = {attribute(one, "numFmtId"): attribute(one, "formatCode") or "" for one in entries}

    def like(self, style: str | None, kind: str) -> str | None:
        """The number of a format like `style` for a value of a kind.

        "date" and "moment" show a day (with its hour); "text" has quotePrefix, "plain" has not."""
        number = int(style) if style and style.isdigit() and len(style) < 6 else 0
        if number >= len(self._formats):
            return style
        old = self._formats[number]
        key = (style or "0", kind)
        if key not in self._made:
            self._made[key] = str(number) if self._fits(old, kind) else self._number_of(_changed(old, kind))
        return style if self._made[key] == str(number) else self._made[key]

    def shows_date(self, style: str) -> bool:
        """Does a format of this number show a number as a day or an hour?"""
        number = int(style) if style.isdigit() and len(style) < 6 else 0
        return number < len(self._formats) and self._shows_date(self._formats[number])

    def written(self) -> bytes | None:
        """The part with what was added; None where nothing was."""
        if not self._new:
            return None
        start, stop = self._head
        head = with_attribute(self.part[start:stop], "count", str(len(self._formats) + len(self._new)))
        return (
            self.part[:start]
            + head
            + self.part[stop : self._end]
            + b"".join(self._new)
            + self.part[self._end :]
        )

    def _fits(self, xf: bytes, kind: str) -> bool:
        quoted = is_set(xf, "quotePrefix")
        if kind in {"date", "moment"}:
            return self._shows_date(xf) and not quoted
        return quoted == (kind == "text")

    def _number_of(self, xf: bytes) -> str:
        known = [*self._formats, *self._new]
        if xf in known:
            return str(known.index(xf))
        if len(known) >= _MOST:
            raise Refused("too-large", "The workbook has no room for another style.")
        self._new.append(xf)
        return str(len(known))

    def _shows_date(self, xf: bytes) -> bool:
        number = attribute(xf, "numFmtId") or "0"
        if number in self._codes:
            return any(letter in "dmyhs" for letter in _QUOTED.sub("", self._codes[number]).casefold())
        return number.isdigit() and int(number) in _DATES


def _changed(xf: bytes, kind: str) -> bytes:
    end = xf.index(b">")
    head = with_attribute(xf[:end], "quotePrefix", "1" if kind == "text" else None)
    if kind in {"date", "moment"}:
        code = _DAY if kind == "date" else _MOMENT
        head = with_attribute(with_attribute(head, "numFmtId", code), "applyNumberFormat", "1")
    return head + xf[end:]
