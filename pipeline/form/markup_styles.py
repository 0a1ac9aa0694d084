"""The styles of a sender's workbook: only added to, so that no cell looks different unless it is marked."""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from pipeline.form.markup_xml import MAIN, main, parse, serialize

#: The fills of marked cells. Their colours are ours alone, so that a later copy can take them off again.
ERROR_FILL = "FFFFC9C7"
WARNING_FILL = "FFFFE9A8"

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_EMPTY = f"""<styleSheet xmlns="{MAIN}"><fonts><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>""".encode()


class Styles:
    """styles.xml while marks are added. Indices it answers are what `s=` of a cell refers to."""

    def __init__(self, data: bytes | None) -> None:
        self._root = parse(data or _EMPTY)
        self._tints: dict[tuple[int, str], int] = {}
        self._fills: dict[bytes, int] = {}
        self._made: dict[tuple[int, bytes], int] = {}
        self._overlays: dict[str, int] = {}

    def tinted(self, style: int, colour: str) -> int:
        """The style that is `style` with our fill, everything else of it kept."""
        if (style, colour) not in self._tints:
            under = self._colour_under(style)
            fill = etree.Element(main("fill"))
            pattern = etree.SubElement(fill, main("patternFill"), patternType="solid")
            etree.SubElement(pattern, main("fgColor"), rgb=colour)
            # A solid fill never shows its background colour: the sender's own colour waits there.
            etree.SubElement(pattern, main("bgColor"), under or {"indexed": "64"})
            self._tints[style, colour] = self._with_fill(style, fill)
        return self._tints[style, colour]

    def untinted(self, style: int, keep_under: bool) -> int:
        """The style a cell had before `tinted`. `keep_under` is False where the program that saved the
        workbook since is known to overwrite background colours."""
        fill = etree.Element(main("fill"))
        pattern = etree.SubElement(fill, main("patternFill"), patternType="none")
        under = self._pattern(style).find(main("bgColor")) if keep_under else None
        if under is not None and under.get("indexed") != "64":
            pattern.set("patternType", "solid")
            etree.SubElement(pattern, main("fgColor"), _attributes(under))
        return self._with_fill(style, fill)

    def tinted_styles(self) -> frozenset[int]:
        """The styles that wear one of our fills already, from an earlier marked copy."""
        count = len(self._section("cellXfs"))
        return frozenset(i for i in range(count) if self._foreground(i) in (ERROR_FILL, WARNING_FILL))

    def add(
        self, font: str = "", fill: str = "", border: str = "", alignment: str = "", quoted: bool = False
    ) -> int:
        """A new style from pieces of XML, for the sheet of corrections."""
        made = etree.Element(main("xf"), numFmtId="0")
        for section, piece, attribute in (
            ("fonts", font, "fontId"),
            ("fills", fill, "fillId"),
            ("borders", border, "borderId"),
        ):
            made.set(attribute, str(self._appended(section, _piece(piece)) if piece else 0))
        if quoted:
            made.set("quotePrefix", "1")
        made.set("applyFont", "1")
        if alignment:
            made.set("applyAlignment", "1")
            made.append(_piece(alignment))
        return self._appended("cellXfs", made)

    def overlay(self, colour: str) -> int:
        """The differential style of a conditional format that fills with `colour`: a number for `dxfId=`."""
        if colour not in self._overlays:
            # A differential fill says its colour in the background, a cell's fill in the foreground.
            fill = f'<patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/>'
            made = _piece(f"<dxf><fill>{fill}</patternFill></fill></dxf>")
            self._overlays[colour] = self._appended("dxfs", made)
        return self._overlays[colour]

    def write(self) -> bytes:
        """styles.xml with everything added."""
        return serialize(self._root)

    def _section(self, name: str) -> etree._Element:
        found = self._root.find(main(name))
        if found is None:
            found = etree.Element(main(name))
            before = _ORDER[: _ORDER.index(name)]
            at = sum(1 for e in self._root if _local(e) in before)
            self._root.insert(at, found)
            if name != "cellXfs":
                found.extend(deepcopy(list(parse(_EMPTY).find(main(name)) or ())))
        return found

    def _appended(self, name: str, element: etree._Element) -> int:
        section = self._section(name)
        section.append(element)
        section.set("count", str(len(section)))
        return len(section) - 1

    def _xf(self, style: int) -> etree._Element:
        """The style's record; a number that no record has means the first, as it does to Excel."""
        section = self._section("cellXfs")
        if not len(section):
            return etree.Element(main("xf"), numFmtId="0", fontId="0", fillId="0", borderId="0")
        return section[style if style < len(section) else 0]

    def _with_fill(self, style: int, fill: etree._Element) -> int:
        key = etree.tostring(fill)
        if key not in self._fills:
            self._fills[key] = self._appended("fills", fill)
        made = deepcopy(self._xf(style))
        made.tail = None
        made.set("fillId", str(self._fills[key]))
        made.set("applyFill", "1")
        if (style, key) not in self._made:
            self._made[style, key] = self._appended("cellXfs", made)
        return self._made[style, key]

    def _pattern(self, style: int) -> etree._Element:
        number = self._xf(style).get("fillId", "0")
        fills = self._section("fills")
        inside: Iterable[etree._Element] = ()
        if number.isdecimal() and int(number) < len(fills):
            inside = fills[int(number)].iterfind(main("patternFill"))
        return next(iter(inside), etree.Element(main("patternFill")))

    def _foreground(self, style: int) -> str:
        colour = self._pattern(style).find(main("fgColor"))
        return colour.get("rgb", "").upper() if colour is not None else ""

    def _colour_under(self, style: int) -> dict[str, str] | None:
        """The colour a cell shows now; under an earlier mark of ours, the one that mark covers."""
        pattern = self._pattern(style)
        ours = self._foreground(style) in (ERROR_FILL, WARNING_FILL)
        colour = pattern.find(main("bgColor" if ours else "fgColor"))
        if pattern.get("patternType") != "solid" or colour is None:
            return None
        return _attributes(colour)


def _piece(xml: str) -> etree._Element:
    head, _, rest = xml.partition(">")
    name = head[1:].split(" ")[0].rstrip("/")
    return parse(f'<{name} xmlns="{MAIN}"{head[1 + len(name) :]}>{rest}'.encode())


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(k): str(v) for k, v in element.attrib.items()}


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
