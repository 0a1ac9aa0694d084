"""Comments on a sender's sheet: their text part and the boxes that Excel keeps in VML. Touches no thread."""

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.celltext import cell_text
from pipeline.form.markup_layout import Cell, Layout, cell_at, cell_name
from pipeline.form.markup_package import Package
from pipeline.form.markup_sheet import legacy_drawing_edit, splice
from pipeline.form.markup_xml import MAIN, CannotMarkError, main, parse, serialize

AUTHOR = "Akses"
#: How each of our comments begins, so that the next marked copy can tell it from the sender's own.
OPENING = f"{AUTHOR}:"

TYPE_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
TYPE_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_VML, _OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_SPACES = f'xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}"'
_BOX_KIND = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NEW_VML = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_BOX = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:220pt;height:{height}pt;z-index:{z};visibility:hidden" fillcolor="#fff6dc" strokecolor="#b08d57" '
    'o:insetmode="auto"><v:fill color2="#fff6dc"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def with_comments(
    package: Package, part: str, layout: Layout, notes: Mapping[Cell, str]
) -> tuple[Package, frozenset[Cell]]:
    """The package with `notes` as comments on the sheet `part`, and the cells that have theirs now; earlier
    comments of ours are taken away.

    A cell with a thread gets none: what Excel shows there is the thread. No cell gets any, and the package
    stays as it was, where the sheet's own comments are of a kind that we might harm. CannotMarkError never
    leaves this function.
    """
    try:
        threads = _threads(package, part)
        free = {cell: note for cell, note in notes.items() if cell not in threads}
        return _with_comments(package, part, layout, free, threads), frozenset(free)
    except (CannotMarkError, etree.LxmlError, UnicodeDecodeError, ValueError):
        return package, frozenset()


def _threads(package: Package, part: str) -> frozenset[Cell]:
    """The cells with a thread. Beside it Excel keeps a comment for programs that know no threads."""
    parts = [r.target for r in package.relationships(part) if r.kind == "threadedComment" and not r.external]
    refs = (str(e.get("ref", "")) for p in parts for e in package.tree(p).iter() if isinstance(e.tag, str))
    return frozenset(cell for ref in refs if (cell := cell_at(ref)) is not None)


def _with_comments(
    package: Package, part: str, layout: Layout, notes: Mapping[Cell, str], threads: frozenset[Cell]
) -> Package:
    relations = package.relationships(part)
    texts = next((r.target for r in relations if r.kind == "comments" and not r.external), None)
    boxes_id = _legacy_id(layout)
    boxes = next((r.target for r in relations if r.id == boxes_id and not r.external), None)
    if (boxes_id and boxes is None) or (texts and boxes is None):
        raise CannotMarkError("comments without their boxes")
    if texts is None and not notes:
        return package
    root = package.tree(texts) if texts else parse(f'<comments xmlns="{MAIN}"/>'.encode())
    gone = _remove_ours(root, threads)
    new = _add_texts(root, notes)
    if texts is None:
        texts = package.free_name("xl/akses_comments{}.xml")
        package, _ = package.with_relationship(part, "comments", texts)
        package = package.with_content_type(texts, TYPE_COMMENTS)
    package = package.with_part(texts, serialize(root))
    return _with_boxes(package, part, layout, boxes, gone, {c: notes[c] for c in new})


def _with_boxes(
    package: Package,
    part: str,
    layout: Layout,
    boxes: str | None,
    gone: frozenset[Cell],
    notes: Mapping[Cell, str],
) -> Package:
    if boxes is not None:
        return package.with_part(boxes, _edit_boxes(package.tree(boxes), layout, gone, notes))
    boxes = package.free_name("xl/drawings/akses_vmlDrawing{}.vml")
    package, relation = package.with_relationship(part, "vmlDrawing", boxes)
    sheet = splice(package.read(part), [legacy_drawing_edit(layout, relation)])
    package = package.with_part(part, sheet).with_content_type(boxes, TYPE_VML)
    return package.with_part(boxes, _edit_boxes(parse(_NEW_VML.encode()), layout, frozenset(), notes))


def _legacy_id(layout: Layout) -> str:
    section = layout.section("legacyDrawing")
    if section is None:
        return ""
    return next((v for k, v in section.attributes.items() if k.endswith(":id")), "")


# --- texts ----------------------------------------------------------------------------------------


def _remove_ours(root: etree._Element, threads: frozenset[Cell]) -> frozenset[Cell]:
    """Takes our earlier comments out of the part; answers the cells whose boxes must go too."""
    gone = set()
    for comment in list(root.iter(main("comment"))):
        if cell_at(comment.get("ref", "")) in threads:
            continue
        texts = list(comment.iter(main("t")))
        if "".join(t.text or "" for t in texts).startswith(OPENING):
            cell, parent = cell_at(comment.get("ref", "")), comment.getparent()
            if cell is not None and parent is not None:
                gone.add(cell)
                parent.remove(comment)
            continue
        for text in texts:
            own, found, _ = (text.text or "").partition(f"\n{OPENING}")
            if found:
                text.text = own
                break
    return frozenset(gone)


def _add_texts(root: etree._Element, notes: Mapping[Cell, str]) -> tuple[Cell, ...]:
    """Adds the notes to the part; answers the cells that had no comment and now need a box."""
    authors, comments = _child(root, "authors", 0), _child(root, "commentList", 1)
    author = next((i for i, a in enumerate(authors) if a.text == AUTHOR), None)
    if author is None:
        etree.SubElement(authors, main("author")).text = AUTHOR
        author = len(authors) - 1
    there = {c.get("ref"): c for c in comments}
    new = []
    for cell, note in notes.items():
        body = cell_text(f"{OPENING}\n{note}")
        if (old := there.get(cell_name(cell))) is not None:
            _append_text(old, f"\n{body}")
            continue
        comment = etree.SubElement(comments, main("comment"), ref=cell_name(cell), authorId=str(author))
        _append_text(comment, body)
        new.append(cell)
    return tuple(new)


def _append_text(comment: etree._Element, body: str) -> None:
    """Puts text behind what a comment says already."""
    run = etree.SubElement(_child(comment, "text", 0), main("r"))
    style = etree.SubElement(run, main("rPr"))
    etree.SubElement(style, main("sz"), val="9")
    etree.SubElement(style, main("rFont"), val="Tahoma")
    text = etree.SubElement(run, main("t"))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = body


def _child(parent: etree._Element, name: str, at: int) -> etree._Element:
    found = parent.find(main(name))
    if found is None:
        found = etree.Element(main(name))
        parent.insert(at, found)
    return found


# --- boxes ----------------------------------------------------------------------------------------


def _edit_boxes(
    root: etree._Element, layout: Layout, gone: frozenset[Cell], notes: Mapping[Cell, str]
) -> bytes:
    """VML with the boxes of `gone` taken out and one box added for each note."""
    shapes = list(root.iter(f"{{{_VML}}}shape"))
    for shape in shapes:
        parent = shape.getparent()
        if parent is not None and _box_cell(shape) in gone:
            parent.remove(shape)
    if not any(kind.get("id") == "_x0000_t202" for kind in root.iter(f"{{{_VML}}}shapetype")):
        root.append(_vml(_BOX_KIND))
    numbers = (re.fullmatch(r"_x0000_s([0-9]{1,8})", shape.get("id", "")) for shape in shapes)
    first = 1 + max([1024, *(int(n[1]) for n in numbers if n)])
    for number, (cell, note) in enumerate(notes.items(), start=first):
        root.append(_vml(_box(number, cell, note, layout)))
    # The way Excel writes it: no declaration before it.
    return etree.tostring(root, encoding="UTF-8")


def _vml(piece: str) -> etree._Element:
    return parse(f"<xml {_SPACES}>{piece}</xml>".encode())[0]


def _box_cell(shape: etree._Element) -> Cell | None:
    """The cell whose comment a box shows; None for buttons and other drawings."""
    for data in shape.iter(f"{{{_EXCEL}}}ClientData"):
        row, column = (data.findtext(f"{{{_EXCEL}}}{name}", "") for name in ("Row", "Column"))
        if data.get("ObjectType") == "Note" and row.isdecimal() and column.isdecimal():
            return int(row) + 1, int(column) + 1
    return None


def _box(number: int, cell: Cell, note: str, layout: Layout) -> str:
    lines = 2 + sum(1 + len(line) // 42 for line in note.split("\n"))
    last = _column_after(layout, cell[1] + 1, 300)
    top = max(0, cell[0] - 2)
    anchor = f"{cell[1]}, 15, {top}, 4, {last}, 15, {top + lines}, 4"
    return _BOX.format(
        id=number, z=number - 1024, height=lines * 15, anchor=anchor, row=cell[0] - 1, column=cell[1] - 1
    )


def _column_after(layout: Layout, column: int, pixels: float) -> int:
    """The column (from 0) that lies about `pixels` to the right of the left edge of `column`."""
    for number in range(column, column + 40):
        wide = layout.column(number)
        pixels -= 7 * (wide.width if wide and wide.width is not None else 8.43) + 5
        if pixels <= 0:
            return number
    return column + 40
