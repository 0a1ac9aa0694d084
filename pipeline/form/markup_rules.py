"""Our conditional format on a sender's sheet, which keeps his own rules from hiding our marks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.form.markup_layout import Cell, Layout, Section, cell_name
from pipeline.form.markup_sheet import Edit
from pipeline.form.markup_styles import Styles
from pipeline.form.markup_xml import new_expat, start_tag

#: Always true, and by these words the next marked copy knows our rules from the sender's.
_ALWAYS = '"Akses"="Akses"'
_PLACES = frozenset({"conditionalFormatting", "extLst"})
#: What may stand before <conditionalFormatting> in a worksheet (ECMA-376 part 1, 18.3.1.99).
_BEFORE_RULES = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr",
))  # fmt: skip
#: Cells named in one range list: Excel takes some 8,000 characters.
_CELLS_A_RULE = 500
_PRIORITY = re.compile(rb"""\spriority\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(frozen=True)
class _Rule:
    start: int
    end: int
    priority: int
    formula: str = ""

    @property
    def ours(self) -> bool:
        return re.sub(r"\s", "", self.formula).lstrip("=") == _ALWAYS


def rule_edits(data: bytes, layout: Layout, colours: Mapping[Cell, str], styles: Styles) -> list[Edit]:
    """The edits that take our earlier rules off the sheet and, where the sender has rules, put ours above.

    Excel and LibreOffice paint a conditional format over a cell's own colour, so a sheet without one needs
    none of ours.
    """
    edits: list[Edit] = []
    foreign: list[_Rule] = []
    for section in layout.sections:
        if section.name in _PLACES:
            rules = _rules(data, section)
            foreign += [rule for rule in rules if not rule.ours]
            if section.name == "conditionalFormatting":
                edits += _without_ours(section, rules)
    made = _new_rules(layout.prefix, colours, styles) if foreign else []
    if not made:
        return edits
    # Priorities count from 1: the sender's rules move down together and keep their order.
    down = len(made) + 1 - min(rule.priority for rule in foreign)
    if down > 0:
        edits += [_moved(data, rule, down) for rule in foreign]
    at = max(s.end for s in layout.sections if s.name in _BEFORE_RULES)
    # LibreOffice goes by the order in the file.
    return [*edits, (at, at, "".join(made).encode())]


def _without_ours(section: Section, rules: list[_Rule]) -> list[Edit]:
    ours = [rule for rule in rules if rule.ours]
    if ours and len(ours) == len(rules):
        return [(section.start, section.end, b"")]
    return [(rule.start, rule.end, b"") for rule in ours]


def _rules(data: bytes, section: Section) -> list[_Rule]:
    """The rules of one section of the sheet, those in the newer extension list among them."""
    found: list[_Rule] = []
    current, text = _Rule(0, 0, 0), ""
    parser = new_expat()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current, text
        if name.rpartition(":")[2] == "cfRule":
            number = attributes.get("priority", "")
            priority = int(number) if re.fullmatch(r"-?[0-9]{1,9}", number) else 1
            current, text = _Rule(section.start + parser.CurrentByteIndex, 0, priority), ""

    def words(piece: str) -> None:
        nonlocal text
        text += piece if len(text) < 100 else ""

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "cfRule":
            opening = start_tag(data, current.start)
            stop = section.start + parser.CurrentByteIndex
            close = len(opening) + current.start if opening.endswith(b"/>") else data.index(b">", stop) + 1
            found.append(replace(current, end=close, formula=text))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words
    parser.Parse(data[section.start : section.end], True)
    return found


def _moved(data: bytes, rule: _Rule, by: int) -> Edit:
    tag = start_tag(data, rule.start)
    moved = _PRIORITY.sub(b' priority="%d"' % (rule.priority + by), tag, count=1)
    return rule.start, rule.start + len(tag), moved


def _new_rules(prefix: str, colours: Mapping[Cell, str], styles: Styles) -> list[str]:
    """Rules that paint nothing new, and stop what would be painted over our colours."""
    made: list[str] = []
    for colour in dict.fromkeys(colours.values()):
        cells = [cell_name(cell) for cell, wears in colours.items() if wears == colour]
        for first in range(0, len(cells), _CELLS_A_RULE):
            some = " ".join(cells[first : first + _CELLS_A_RULE])
            made.append(
                f'<{prefix}conditionalFormatting sqref="{some}"><{prefix}cfRule type="expression" '
                f'dxfId="{styles.overlay(colour)}" priority="{len(made) + 1}" stopIfTrue="1">'
                f"<{prefix}formula>{_ALWAYS}</{prefix}formula></{prefix}cfRule></{prefix}conditionalFormatting>"
            )
    return made
