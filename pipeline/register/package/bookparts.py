"""Changes to the small parts of a workbook: its names, its recalculation, its tables, its list of parts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.register.package.changes import Growth
from pipeline.register.package.edges import grown_area, with_grown_reference
from pipeline.register.package.markup import (
    ATTRIBUTES,
    area_of,
    attribute,
    escape,
    prefix_of,
    with_attribute,
)

#: The elements of a workbook after which its names, and then calcPr, stand.
_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")
#: Names that Excel itself gives: what is filtered, and what is printed.
_OWN = {"_xlnm._FilterDatabase", "_xlnm.Print_Area"}
_AREA = re.compile(r"('(?:[^']|'')+'|[^'!,()\[\]]+)!(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+)")


@dataclass(frozen=True)
class GrownSheet:
    """A sheet of which a table or a list has grown."""

    title: str
    growth: Growth
    is_table: bool


def edit_workbook(
    part: bytes, prefix: bytes, names: Mapping[str, str], grown: Sequence[GrownSheet] = ()
) -> bytes:
    """The workbook part, to be calculated anew when it is opened, with these constants as hidden names.

    Names for all the rows of what has grown hold the new ones too."""
    part = _without_twins(part, prefix)
    for name, text in names.items():
        part = _with_name(part, prefix, name, text)
    for one in grown:
        part = _with_grown_names(part, prefix, one)
    found = re.search(rb"<%scalcPr(%s)>" % (re.escape(prefix), ATTRIBUTES), part)
    if found:
        return part[: found.start(1)] + with_attribute(found[1], "fullCalcOnLoad", "1") + part[found.end(1) :]
    place = _end_of(part, prefix, ("definedNames", *_BEFORE_NAMES))
    return part[:place] + b'<%scalcPr fullCalcOnLoad="1"/>' % prefix + part[place:]


def _with_grown_names(part: bytes, prefix: bytes, grown: GrownSheet) -> bytes:
    """A filter's and a print area; of other names those for all rows of a table, as Excel does it too."""
    pattern = re.compile(rb"(<%sdefinedName(%s)>)([^<]*)(?=<)" % (re.escape(prefix), ATTRIBUTES))

    def changed(found: re.Match[bytes]) -> bytes:
        area = _AREA.fullmatch(found[3].decode(errors="replace"))
        title = area[1].strip("'").replace("''", "'") if area else ""
        if area is None or title.casefold() != escape(grown.title).decode().casefold():
            return found[0]
        own, growth = attribute(found[2], "name") in _OWN, grown.growth
        rows = area_of(area[2].replace("$", ""))[0] in {growth.header_row, growth.header_row + 1}
        if not own and not (grown.is_table and rows):
            return found[0]
        if grown_area(area[2].encode(), growth) == area[2].encode():
            return found[0]
        text = found[3].decode().rstrip("0123456789") + str(growth.new_last)
        return found[1] + text.encode()

    return pattern.sub(changed, part)


def _without_twins(part: bytes, prefix: bytes) -> bytes:
    """LibreOffice may write a sheet's print titles twice; Excel then offers to repair the file."""
    seen: set[tuple[str | None, str | None]] = set()

    def once(found: re.Match[bytes]) -> bytes:
        name = (attribute(found[1], "name"), attribute(found[1], "localSheetId"))
        twin = name in seen
        seen.add(name)
        return b"" if twin else found[0]

    tag = re.escape(prefix) + b"definedName"
    return re.sub(rb"<%s(\s[^>]*)>[^<]*</%s>" % (tag, tag), once, part)


def _with_name(part: bytes, prefix: bytes, name: str, text: str) -> bytes:
    pattern = rb"<%sdefinedName(%s)>([^<]*)<" % (re.escape(prefix), ATTRIBUTES)
    for found in re.finditer(pattern, part):
        if attribute(found[1], "name") == name and attribute(found[1], "localSheetId") is None:
            return part[: found.start(2)] + escape(text) + part[found.end(2) :]
    tag = prefix + b"definedName"
    made = b'<%s name="%s" hidden="1">%s</%s>' % (tag, escape(name), escape(text), tag)
    end = b"</%ss>" % tag
    if end in part:
        return part.replace(end, made + end, 1)
    part = re.sub(rb"<%ss\s*/>" % re.escape(tag), b"", part)
    place = _end_of(part, prefix, _BEFORE_NAMES)
    return part[:place] + b"<%ss>%s</%ss>" % (tag, made, tag) + part[place:]


def _end_of(part: bytes, prefix: bytes, names: tuple[str, ...]) -> int:
    """Where the first of these elements that is there ends."""
    for name in names:
        tag = re.escape(prefix) + name.encode()
        found = re.search(rb"</%s\s*>|<%s(?:\s[^>]*)?/>" % (tag, tag), part)
        if found:
            return found.end()
    return part.rindex(b"</")


def edit_table(part: bytes, growth: Growth) -> bytes:
    """The table, its filter and its sorting reach the new last row."""

    def grown(found: re.Match[bytes]) -> bytes:
        whole = attribute(found[2], "ref") or ""
        end = whole.rstrip("0123456789") + str(growth.new_last + growth.totals)
        # A table that shows its empty first row shows it no longer.
        return found[1] + with_attribute(with_attribute(found[2], "insertRow", None), "ref", end) + b">"

    prefix = re.escape(prefix_of(part, "table"))
    part = re.sub(rb"(<%stable)(%s)>" % (prefix, ATTRIBUTES), grown, part, count=1)
    filters = rb"<%s(?:autoFilter|sortState|sortCondition)(%s)>" % (prefix, ATTRIBUTES)
    return re.sub(filters, lambda found: with_grown_reference(found, growth), part)


def without_part(content_types: bytes, relations: bytes, part: str, kind: str) -> tuple[bytes, bytes]:
    """Content types and the workbook's relations without a part of this kind, which is left out."""
    name = re.escape(part.encode())
    types = re.sub(rb"""(?i)<[^<>]*\sPartName\s*=\s*["']/%s["'][^<>]*/>""" % name, b"", content_types)
    return types, re.sub(rb"""<[^<>]*/relationships/%s["'][^<>]*/>""" % kind.encode(), b"", relations)
