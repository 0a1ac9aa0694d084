"""Small XML parts of a sender's workbook, parsed without entities or network; never a whole sheet."""

import re
from xml.parsers import expat

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

#: A start tag at a known place: attribute values may hold ">", never "<".
_START_TAG = re.compile(rb"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class CannotMarkError(Exception):
    """This workbook cannot be marked without a risk of harming it. Never leaves the form room."""


def check_plain(data: bytes) -> bytes:
    """The bytes without their byte order mark; CannotMarkError unless they are UTF-8 without a document type.

    Offsets found in the bytes are used to edit them, and entities are the oldest attack on XML readers.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    named = _ENCODING.match(data)
    if named and named[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise CannotMarkError(f"encoding {named[1]!r}")
    if b"<!DOCTYPE" in data or b"\x00" in data:
        raise CannotMarkError("document type or NUL in XML")
    data.decode("utf-8")
    return data


def parse(data: bytes) -> etree._Element:
    """The root element of a small part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(check_plain(data), parser)


def serialize(root: etree._Element) -> bytes:
    """The part again, with the declaration Excel itself writes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def main(name: str) -> str:
    """A SpreadsheetML element's name as lxml writes it."""
    return f"{{{MAIN}}}{name}"


def new_expat() -> expat.XMLParserType:
    """A parser that only tells where things stand. CannotMarkError at a document type."""

    def refuse(*_: object) -> None:
        raise CannotMarkError("document type in XML")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def start_tag(data: bytes, at: int) -> bytes:
    """The start tag that begins at `at`, from "<" to ">"."""
    tag = _START_TAG.match(data, at)
    if tag is None:
        raise CannotMarkError(f"no start tag at byte {at}")
    return tag[0]
