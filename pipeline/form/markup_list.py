"""The sheet of corrections that comes first in a marked copy: one line a problem. Reads nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

from pipeline.celltext import cell_text, looks_like_formula
from pipeline.form.markup_seal import UNSEALED, sealed
from pipeline.form.markup_styles import ERROR_FILL, WARNING_FILL, Styles
from pipeline.form.markup_xml import MAIN
from pipeline.model import Language, Severity

#: Sheet titles that are ours, and what is put behind one that somebody wrote on.
TITLES: dict[Language, str] = {"id": "Perbaikan", "en": "Corrections"}
KEPT: dict[Language, str] = {"id": "Perbaikan (lama)", "en": "Corrections (old)"}
#: Hidden name in the workbook that points to the sheet, whatever it is called.
CORRECTIONS_NAME = "AKSES_CORRECTIONS"

_WORDS: dict[Language, dict[str, str]] = {
    "id": {
        "title": "Perbaikan formulir permintaan akses",
        "lead": "Terima kasih, formulir Bapak/Ibu sudah kami terima. Ada {n} hal yang perlu dilihat kembali.",
        "how": "Klik tempatnya untuk menuju sel itu, perbaiki di sana, simpan, lalu balas email kami dengan "
        "berkas ini terlampir. Lembar ini, warna dan komentarnya tidak perlu dihapus.",
        "no": "No.",
        "place": "Tempat",
        "message": "Apa yang perlu diperbaiki, dan caranya",
        "severity": "Sifat",
        "error": "Wajib diperbaiki",
        "warning": "Mohon diperiksa",
    },
    "en": {
        "title": "Corrections to the access request form",
        "lead": "Thank you, we have received your form. {n} point(s) need another look.",
        "how": "Click a place to go to that cell, mend it there, save, and answer our mail with this file "
        "attached. This sheet, the colours and the comments need not be removed.",
        "no": "No.",
        "place": "Place",
        "message": "What needs mending, and how",
        "severity": "Kind",
        "error": "Must be mended",
        "warning": "Please check",
    },
}
_SEAL_ROW, _HEAD_ROW = 4, 5
#: Characters of the place and the message on one line, counted for wide letters: Calibri is not everywhere.
_PLACE_WIDE, _MESSAGE_WIDE = 20, 74
#: Excel makes no row higher than 409 points.
_LINE_HIGH, _MAX_LINES = 13.5, 30
_INK, _LINE, _PALE = "FF1F3B57", "FFB8C4D0", "FF9AA5B1"
_FACE = '<name val="Calibri"/><family val="2"/>'
_SIDES = ("left", "right", "top", "bottom")
_WRAP = '<alignment vertical="top" wrapText="1"/>'


@dataclass(frozen=True)
class Line:
    """One problem as the sheet shows it. `link` is a place in this workbook, or ""."""

    place: str
    link: str
    message: str
    severity: Severity


@dataclass(frozen=True)
class _Look:
    title: int
    lead: int
    head: int
    text: int
    number: int
    link: int
    error: int
    warning: int
    quoted: int
    seal: int


def corrections_sheet(lines: Sequence[Line], language: Language, styles: Styles) -> bytes:
    """The worksheet part, string cells only, and what it needs added to `styles`."""
    look, words = _look(styles), _WORDS[language]
    rows = [
        _row(1, 26, [(1, look.title, words["title"])]),
        _row(2, 18, [(1, look.lead, words["lead"].format(n=len(lines)))]),
        _row(3, 34, [(1, look.lead, words["how"])]),
        _row(_SEAL_ROW, 15, [(1, look.seal, UNSEALED)]),
        _row(_HEAD_ROW, 20, [(i, look.head, words[w]) for i, w in enumerate(_COLUMNS, start=1)]),
        *(_line_row(i, line, look, words) for i, line in enumerate(lines, start=1)),
    ]
    links = "".join(
        f'<hyperlink ref="B{_HEAD_ROW + i}" location={quoteattr(cell_text(line.link))} '
        f"display={quoteattr(cell_text(line.place))}/>"
        for i, line in enumerate(lines, start=1)
        if line.link
    )
    whole = _SHEET.format(
        rows="".join(rows), links=f"<hyperlinks>{links}</hyperlinks>" if links else "", head=_HEAD_ROW
    )
    return sealed(whole.encode())


_COLUMNS = ("no", "place", "message", "severity")
_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFD9534A"/><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
    '<pane ySplit="{head}" topLeftCell="A6" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A6" sqref="A6"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="6" customWidth="1"/>'
    '<col min="2" max="2" width="24" customWidth="1"/><col min="3" max="3" width="84" customWidth="1"/>'
    '<col min="4" max="4" width="19" customWidth="1"/></cols><sheetData>{rows}</sheetData>'
    '<mergeCells count="3"><mergeCell ref="A1:D1"/><mergeCell ref="A2:D2"/><mergeCell ref="A3:D3"/>'
    "</mergeCells>"
    '{links}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
)


def _look(styles: Styles) -> _Look:
    edges = (f'<{side} style="thin"><color rgb="{_LINE}"/></{side}>' for side in _SIDES)
    border = f"<border>{''.join(edges)}</border>"
    ink, plain = f'<color rgb="{_INK}"/>', f'<font><sz val="10"/>{_FACE}</font>'
    white = f'<font><b/><sz val="10"/><color rgb="FFFFFFFF"/>{_FACE}</font>'
    link = f'<font><u/><sz val="10"/><color rgb="FF0B5CAD"/>{_FACE}</font>'
    middle = '<alignment horizontal="center" vertical="top"/>'

    def fill(colour: str) -> str:
        return f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'

    return _Look(
        title=styles.add(font=f'<font><b/><sz val="16"/>{ink}{_FACE}</font>'),
        lead=styles.add(font=f'<font><sz val="10"/>{ink}{_FACE}</font>', alignment=_WRAP),
        head=styles.add(white, fill(_INK), border, '<alignment vertical="center"/>'),
        text=styles.add(plain, "", border, _WRAP),
        number=styles.add(plain, "", border, middle),
        link=styles.add(link, "", border, _WRAP),
        error=styles.add(plain, fill(ERROR_FILL), border, _WRAP),
        warning=styles.add(plain, fill(WARNING_FILL), border, _WRAP),
        quoted=styles.add(plain, "", border, _WRAP, quoted=True),
        seal=styles.add(f'<font><sz val="7"/><color rgb="{_PALE}"/>{_FACE}</font>'),
    )


def _line_row(number: int, line: Line, look: _Look, words: dict[str, str]) -> str:
    text = look.quoted if looks_like_formula(line.message) else look.text
    place = look.link if line.link else look.text
    if looks_like_formula(line.place):
        place = look.quoted
    kind = look.error if line.severity == "error" else look.warning
    cells = [
        (1, look.number, str(number)),
        (2, place, line.place),
        (3, text, line.message),
        (4, kind, words[line.severity]),
    ]
    return _row(_HEAD_ROW + number, _height(line), cells)


def _height(line: Line) -> float:
    """Points that a line needs. LibreOffice lets words run over the next row where no height is given."""
    message = sum(len(wrap(part, _MESSAGE_WIDE)) or 1 for part in line.message.splitlines())
    lines = max(message, len(wrap(line.place, _PLACE_WIDE)), 1)
    return 4 + _LINE_HIGH * min(lines, _MAX_LINES)


def _row(number: int, height: float, cells: list[tuple[int, int, str]]) -> str:
    size = f' ht="{height:g}" customHeight="1"'
    inside = "".join(
        f'<c r="{"ABCD"[column - 1]}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(cell_text(text), {chr(13): '&#13;'})}</t></is></c>"
        for column, style, text in cells
    )
    return f'<row r="{number}"{size}>{inside}</row>'
