"""Where a table ends and which of its rows are no records: notes, examples, totals. Reads no record."""

import re
from collections.abc import Sequence

from pipeline.form.grid import Cell
from pipeline.form.headers import Header
from pipeline.form.labels import FOREIGN, is_title, names_of
from pipeline.form.sections import ALSO_SYSTEMS, CATEGORIES, Sections
from pipeline.form.signwords import is_role
from pipeline.form.words import PLACE_AND_DATE, clean, is_blank, key, split_label

_NOTE = re.compile(
    r"^\s*(?:\*|catatan\b|note\b|notes\b|nb\b|n\.b|ket\b|keterangan\s*:|\(\*|†|petunjuk\b)", re.IGNORECASE
)
_EXAMPLE = re.compile(r"^\s*[\[(]?(?:contoh|cth|example|e\.g|sample|mis\b|misal)", re.IGNORECASE)
_BRACKETED = re.compile(r"^\(.*\D.*\)$")
_TOTAL = re.compile(r"^\s*(?:jumlah|total|subtotal)\b", re.IGNORECASE)
#: What ends a table when it opens a row: the parts that may follow.
_ENDING = frozenset(
    {
        "division_head_name",
        "signature",
        "signed_on",
        "request_date",
        "request_type",
        "urgency",
        "requester_name",
        "revises",
    }
)
_ITEM_LABELS = frozenset({"system", "access_level", "start_date", "end_date", "justification"})
_ROLE = re.compile(
    r"^(?:diajukan|disetujui|diketahui|mengetahui|menyetujui|dibuat|diperiksa|disiapkan|hormat kami|pemohon|"
    r"requested by|approved by|acknowledged by|prepared by|submitted by|kepala divisi|division head)\b"
)


def ends(cells: Sequence[Cell], header: Header, sections: Sections) -> bool:
    """Whether a row opens the next part of the form: a heading, a label no row has, a signature block."""
    if any((c.row, c.column) in sections.places for c in cells):
        return True
    first = next((c for c in cells if c.text and not is_blank(c.text)), None)
    if first is None:
        return False
    inside = [c for c in cells if c.column in header.columns.values() and c.column != first.column]
    if PLACE_AND_DATE.match(clean(first.text)) and len(inside) <= 1:
        return True
    if _heads_another(cells, header) or _begins_page(cells) or _heads_signatures(cells):
        return True
    divided = split_label(first.text)
    if any(_opens(text, first, inside, header) for text in (first.text, divided[0] if divided else "")):
        return True
    return bool(_ROLE.match(key(first.text))) and first.column != header.columns.get("name")


def _heads_another(cells: Sequence[Cell], header: Header) -> bool:
    """A row is the head of a table that is none of ours: "Nama | Jabatan | Tanda Tangan | Tanggal"."""
    named = [{n.name for n in names_of(c.text) if n.sureness == 3} for c in cells if c.text]
    if len(named) < 3 or len(named) < len(cells) or not all(named):
        return False
    return any(names & _ENDING and not names & set(header.columns) for names in named)


def _heads_signatures(cells: Sequence[Cell]) -> bool:
    """Nothing but roles side by side: "Manager Departemen | Kepala Divisi | Direktur"."""
    return len(cells) > 1 and all(is_role(cell) for cell in cells)


def _begins_page(cells: Sequence[Cell]) -> bool:
    """The document's head once more, on the next page: its title, or nothing but its numbers."""
    texts = [clean(c.text) for c in cells]
    if len(texts) == 1 and is_title(texts[0]):
        return True
    labels = [divided[0] if (divided := split_label(text)) else "" for text in texts]
    return all(label and {n.name for n in names_of(label)} == {FOREIGN} for label in labels)


def _opens(text: str, first: Cell, inside: list[Cell], header: Header) -> bool:
    """Whether a row's first text is the label of another part."""
    named = names_of(text)
    if not named or named[0].sureness < 2:
        return False
    at_the_edge = first.column <= header.first
    if named[0].name in _ENDING:
        return len(inside) <= 2 or (named[0].sureness == 3 and at_the_edge)
    if header.kind != "employees":
        # "Keterangan Kebutuhan : ..." under a table that has no such column is said for all its rows.
        own = named[0].name in header.columns or (
            first.column == header.columns.get("system")
            and (named[0].name == "system" or named[0].sureness < 3)
        )
        return named[0].name in _ITEM_LABELS and at_the_edge and not own and len(inside) <= 1
    return named[0].name in _ITEM_LABELS and at_the_edge


def is_aside(cells: Sequence[Cell], header: Header) -> bool:
    """Notes, examples, totals, and the row of column numbers some forms have."""
    texts = [c for c in cells if not is_blank(c.text) or (c.value is not None and not c.text)]
    if not texts:
        return True
    first = texts[0]
    system = first.column == header.columns.get("system")
    if len(texts) == 1 and key(first.text) in CATEGORIES and not (system and key(first.text) in ALSO_SYSTEMS):
        return True
    if len(texts) > 1 and all(_BRACKETED.match(clean(c.text)) for c in texts):
        # "(sesuai KTP) | (5 digit)": guidance beneath the head.
        return True
    if _EXAMPLE.match(first.text) or (_TOTAL.match(first.text) and len(texts) <= 3):
        return True
    if len(texts) == 1 and first.text:
        # One long or starred text in a row is a remark, not a nameless record.
        own = first.column in (header.columns.get("justification"), header.columns.get("system"))
        return bool(_NOTE.match(first.text)) or (len(clean(first.text)) > 45 and not own)
    if _NOTE.match(first.text) and len(texts) <= 2:
        return True
    marks = [re.fullmatch(r"\(?(\d{1,2})\)?", plain_text(c)) for c in texts]
    return (
        len(texts) >= 3 and all(marks) and [int(m[1]) for m in marks if m] == list(range(1, len(texts) + 1))
    )


def is_stray(cells: Sequence[Cell], header: Header) -> bool:
    """One text in a row without a number, where rows have numbers; more of a description is not stray."""
    return len(cells) == 1 and bool(cells[0].text) and cells[0].column != header.columns.get("justification")


def plain_text(cell: Cell) -> str:
    if isinstance(cell.value, float) and cell.value == int(cell.value):
        return str(int(cell.value))
    return clean(cell.text)
