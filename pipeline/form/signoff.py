"""The division head's sign-off: by labels, by a block of signatures, by a picture. Evidence, not proof."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.form.answers import Answer, SignedBy, Signoff
from pipeline.form.grid import Picture, Sheet
from pipeline.form.pairs import SIGNED, Pair
from pipeline.form.sections import Sections
from pipeline.form.signblock import find_block, read_block
from pipeline.form.signwords import is_printed, says_signed
from pipeline.form.words import key

#: Beside a name in its own line: "Budi Hartono (ttd)", "Budi Hartono, ttd 24/11/2026", "/s/ Budi Hartono".
_SIGNED_BESIDE = re.compile(
    r"(?i)[(\[]\s*(?:sudah )?(?:ttd|signed)\.?\s*[)\]]|[,/;-]\s*(?:sudah )?(?:ttd|signed)\b[^a-z]*$|^/s/\s"
)
_SIGNOFF = ("division_head_name", "signature", "signed_on")


def read_signoff(
    sheet: Sheet, sections: Sections, pairs: Sequence[Pair], spans: Sequence[tuple[int, int]]
) -> Signoff:
    """Who signed and how. `spans` are the rows of the tables, where nobody signs."""
    name = _best_name(pairs)
    block = find_block(sheet, sections, spans)
    if block is not None and (name is None or name.answer.is_empty or block.top <= name.row <= block.bottom):
        return read_block(sheet, block)
    named = {p.name: p for p in reversed(pairs) if p.name in _SIGNOFF}
    if name is not None and "signature" not in named and (signed := _signed_name(name.answer)) is not None:
        return Signoff(signed, name.answer, _dated(sheet, named.get("signed_on"), name), "typed")
    label = _in_row_of(sheet, named.get("signature"), name)
    signature = label.answer if label else None
    picture = _picture_near(sheet, signature, label, spans)
    by: SignedBy = "none"
    if picture is not None:
        by = "image"
    elif signature is not None and says_signed(signature):
        by = "typed"
    if name is None and by == "typed" and signature is not None:
        return Signoff(_name_in(signature), signature, None, by)
    signed_on = _dated(sheet, named.get("signed_on"), name)
    return Signoff(name.answer if name else None, signature, signed_on, by, picture.sha256 if picture else "")


def _dated(sheet: Sheet, label: Pair | None, name: Pair | None) -> Answer | None:
    dated = _in_row_of(sheet, label, name)
    return dated.answer if dated else None


def _signed_name(answer: Answer) -> Answer | None:
    """The name where "ttd" stands beside it in one line: "Budi Hartono (ttd)". None where nothing says so."""
    if not _SIGNED_BESIDE.search(answer.shown):
        return None
    return _name_in(answer._replace(text=_SIGNED_BESIDE.sub(" ", answer.shown)))


def _in_row_of(sheet: Sheet, label: Pair | None, name: Pair | None) -> Pair | None:
    """A label at the head of a column ("Tanda Tangan") is answered in the row of the division head's name.

    The first row beneath it may be the requester's.
    """
    if label is None or name is None:
        return label
    heads_a_column = label.answer.row > label.row and label.answer.column == label.column
    if not heads_a_column or name.row <= label.row or name.answer.column >= label.column:
        return label
    cell = sheet.cells.get((name.row, label.column))
    return replace(label, row=name.row, answers=(Answer(name.row, label.column, cell),))


def _name_in(signature: Answer) -> Answer | None:
    """The name out of a signature, on a form that asks for both in one line: "Budi Hartono, 24/11/2026"."""
    text = re.sub(r"[,;/|-]?\s*(?:\d{1,2}[-/. ]\w+[-/. ]\d{2,4}|\d{4}-\d\d-\d\d)\s*$", "", signature.shown)
    text = re.sub(r"(?i)\b(?:ttd|signed(?: by)?|/s/)(?!\w)", "", text).strip(" ,;/|-():")
    return signature._replace(text=text) if any(letter.isalpha() for letter in text) else None


def _best_name(pairs: Sequence[Pair]) -> Pair | None:
    """The surest label for the name, one with an answer before one without."""
    names = [p for p in pairs if p.name == "division_head_name" and key(p.answer.shown) not in SIGNED]
    filled = [p for p in names if not p.answer.is_empty and not is_printed(p.answer.shown)]
    # "Disetujui" in the document's head names who issued the form.
    return max(filled or names, key=lambda p: (p.section == "signoff", p.sureness), default=None)


def _picture_near(
    sheet: Sheet, signature: Answer | None, label: Pair | None, spans: Sequence[tuple[int, int]]
) -> Picture | None:
    """A picture in the signature's box or touching it. A logo at the top of the form signs nothing."""
    if signature is None or label is None:
        return None
    for picture in sorted(sheet.pictures, key=lambda p: abs(p.top - label.row)):
        in_rows = picture.top <= max(label.row, signature.row) + 3 and picture.bottom >= label.row - 1
        in_table = any(top <= picture.top and picture.bottom <= bottom for top, bottom in spans)
        if in_rows and not in_table and picture.right >= label.column:
            return picture
    return None
