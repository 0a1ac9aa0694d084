"""Notes ("comments") at cells, by one author: those that are wanted are there, those of before are gone.

A note is two things in the file: its text in the comments part, and a yellow box in a VML drawing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.register.package.markup import attribute, decoded, escape, escape_text, place_of, resolved
from pipeline.register.package.parts import Parts, SheetPart, relations_of

_TYPES = "[Content_Types].xml"
#: The namespace of relations between a workbook's parts.
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: The relation from a sheet to the drawing of its first notes.
DRAWING_ID = "rIdNote2"
_KIND = "application/vnd.openxmlformats-officedocument"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.'
    b'openxmlformats.org/package/2006/relationships"></Relationships>'
)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_AUTHOR = re.compile(rb"<((?:[\w.-]+:)?)author>([^<]*)</")
_COMMENT = re.compile(rb"<(?:[\w.-]+:)?comment(\s[^>]*)>(.*?)</(?:[\w.-]+:)?comment>", re.DOTALL)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)</")
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(rb"<x:Row>\s*(\d+)"), re.compile(rb"<x:Column>\s*(\d+)")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s"><authors></authors>'
    b"<commentList></commentList></comments>" % _MAIN
)
_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" '
    b'data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" '
    b'o:connecttype="rect"/></v:shapetype></xml>'
)


@dataclass(frozen=True)
class Notes:
    """All notes that an author has in a sheet: text by cell.

    Each begins with the author's name, as people's do: LibreOffice forgets whose a note is.
    """

    author: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class NoteChanges:
    """Parts to be written anew, parts to be added, the id of a drawing that the sheet does not name yet."""

    replaced: dict[str, bytes] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    drawing_id: str = ""


def change_notes(parts: Parts, sheet: SheetPart, notes: Notes) -> NoteChanges | None:
    """Let exactly these notes of the author's stand in the sheet. Nobody else's are touched, and a cell that
    has one of somebody else's gets none.

    None where nothing is to be done, or where it cannot be told which drawing holds the sheet's notes.
    """
    comments, drawings = parts.related(sheet.part, "comments"), parts.related(sheet.part, "vmlDrawing")
    if len(comments) > 1 or len(drawings) != len(comments):
        return None
    author = notes.author
    wanted = {cell: f"{author}: {said}" for cell, said in notes.texts.items()}
    text = parts.read(comments[0]) if comments else _EMPTY
    standing = {ref: (said, name) for ref, said, name in _read(text)}
    ours = {ref for ref, (said, name) in standing.items() if name == author or said.startswith(f"{author}: ")}
    gone = {ref for ref in ours if wanted.get(ref) != standing[ref][0]}
    new = {ref: said for ref, said in wanted.items() if ref not in standing or ref in gone}
    if not gone and not new:
        return None
    drawing = parts.read(drawings[0]) if drawings else _DRAWING
    text, drawing = _without(text, drawing, gone)
    text, drawing = _with(text, drawing, author, new)
    if comments:
        return NoteChanges({comments[0]: text, drawings[0]: drawing})
    return _added(parts, sheet, text, drawing)


def _read(comments: bytes) -> list[tuple[str, str, str]]:
    """(cell, text, author) of each note."""
    authors = [found[2].decode() for found in _AUTHOR.finditer(comments)]
    notes = []
    for found in _COMMENT.finditer(comments):
        number = int(attribute(found[1], "authorId") or 0)
        text = b"".join(_TEXT.findall(found[2])).decode()
        name = authors[number] if number < len(authors) else ""
        notes.append((attribute(found[1], "ref") or "", decoded(resolved(text)), resolved(name)))
    return notes


def _without(comments: bytes, drawing: bytes, cells: set[str]) -> tuple[bytes, bytes]:
    places = {place_of(cell) for cell in cells}

    def text(found: re.Match[bytes]) -> bytes:
        return b"" if attribute(found[1], "ref") in cells else found[0]

    def box(found: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
        at = (int(row[1]) + 1, int(column[1]) + 1) if row and column else (0, 0)
        return b"" if at in places else found[0]

    return _COMMENT.sub(text, comments), _SHAPE.sub(box, drawing)


def _with(comments: bytes, drawing: bytes, author: str, new: Mapping[str, str]) -> tuple[bytes, bytes]:
    names = [resolved(found[2].decode()) for found in _AUTHOR.finditer(comments)]
    prefix = re.search(rb"<((?:[\w.-]+:)?)comments[\s>]", comments)
    p = prefix[1] if prefix else b""
    if author not in names:
        end = b"</%sauthors>" % p
        comments = comments.replace(end, b"<%sauthor>%s</%sauthor>" % (p, escape(author), p) + end, 1)
        names.append(author)
    number = max(map(int, _SHAPE_ID.findall(drawing)), default=1024)
    for cell, said in new.items():
        number += 1
        text = b'<%stext><%st xml:space="preserve">%s</%st></%stext>' % (p, p, escape_text(said), p, p)
        place = b'ref="%s" authorId="%d"' % (cell.encode(), names.index(author))
        made = b"<%scomment %s>%s</%scomment>" % (p, place, text, p)
        comments = comments.replace(b"</%scommentList>" % p, made + b"</%scommentList>" % p, 1)
        drawing = drawing.replace(b"</xml>", _box(number, *place_of(cell)) + b"</xml>", 1)
    return comments, drawing


def _box(number: int, row: int, column: int) -> bytes:
    """A hidden yellow box beside its cell, as Excel draws it."""
    top = max(row - 2, 0)
    return (
        b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        b'margin-top:2pt;width:180pt;height:66pt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" '
        b'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        b'<v:path o:connecttype="none"/>'
        b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        b"<x:Anchor>%d, 15, %d, 2, %d, 31, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row>"
        b"<x:Column>%d</x:Column></x:ClientData></v:shape>"
        % (number, number - 1024, column, top, column + 2, top + 4, row - 1, column - 1)
    )


def _added(parts: Parts, sheet: SheetPart, text: bytes, drawing: bytes) -> NoteChanges:
    """The two new parts, named in the content types and in the sheet's relations."""
    pairs = ((f"xl/comments{n}.xml", f"xl/drawings/vmlDrawing{n}.vml") for n in range(1, 10_000))
    comments, box = next(pair for pair in pairs if not parts.names & set(pair))
    types = parts.read(_TYPES)
    if not re.search(rb"""Extension\s*=\s*["']vml["']""", types, re.IGNORECASE):
        types = _inserted(types, "Types", b"Default", Extension="vml", ContentType=f"{_KIND}.vmlDrawing")
    kind = f"{_KIND}.spreadsheetml.comments+xml"
    types = _inserted(types, "Types", b"Override", PartName=f"/{comments}", ContentType=kind)
    rels = relations_of(sheet.part)
    relations = parts.read(rels) if rels in parts.names else _NO_RELATIONS
    for rid, word, target in (("rIdNote1", "comments", comments), (DRAWING_ID, "vmlDrawing", box)):
        relations = _inserted(
            relations, "Relationships", b"Relationship", Id=rid, Type=f"{OFFICE}/{word}", Target=f"/{target}"
        )
    changes = NoteChanges({_TYPES: types}, {comments: text, box: drawing}, DRAWING_ID)
    (changes.replaced if rels in parts.names else changes.added)[rels] = relations
    return changes


def _inserted(part: bytes, root: str, name: bytes, **attributes: str) -> bytes:
    """The part with an element at its end."""
    end = re.search(rb"</((?:[\w.-]+:)?)%s\s*>\s*$" % root.encode(), part)
    if end is None:
        return part
    said = b"".join(b' %s="%s"' % (key.encode(), value.encode()) for key, value in attributes.items())
    return part[: end.start()] + b"<%s%s%s/>" % (end[1], name, said) + part[end.start() :]
