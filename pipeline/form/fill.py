"""A filled official form: values written into its free cells, as a person would. Reads only our own form."""

import io
from collections.abc import Mapping
from datetime import date
from textwrap import wrap
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.celltext import put_text
from pipeline.form import blank_style as style
from pipeline.form.blank_lists import form_language
from pipeline.form.blank_places import EMPLOYEE_ROWS, EXTRA_WIDTH, ITEM_ROWS, WIDTHS, Places, places_for
from pipeline.form.fields import ACTIONS, LISTS_NAME, SHEET_NAME, TYPES, URGENCIES
from pipeline.model import AccessLine, Employee, Form, Language, PipelineError

#: A row is made no higher than this many lines: the rest shows when the cell is opened.
_MOST_LINES = 12
#: The signature box, inside its lines.
_BOX_PIXELS = (250, 92)
_Values = dict[str, str | int | date | None]
#: English Metric Units in a pixel, at 96 pixels an inch.
_EMU = 9525


def fill_form(blank: bytes, form: Form, signature: bytes | None = None) -> bytes:
    """The official blank form with the form's values, and `signature` (PNG or JPEG) in the sign-off box.

    A typed sign-off is the division head's name in the box. PipelineError when `blank` is not our own form or
    has too few rows.
    """
    try:
        book = openpyxl.load_workbook(io.BytesIO(blank), rich_text=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise PipelineError(
            "The blank form cannot be opened.", "Write it anew with `run.py form`."
        ) from error
    if len(form.employees) > EMPLOYEE_ROWS or len(form.lines) > ITEM_ROWS:
        raise PipelineError(f"The form has room for {EMPLOYEE_ROWS} employees and {ITEM_ROWS} rows.")
    if SHEET_NAME not in book.sheetnames or LISTS_NAME not in book.sheetnames:
        raise PipelineError("This is not the official blank form.", "Write it anew with `run.py form`.")
    sheet, at = book[SHEET_NAME], places_for()
    put_form(sheet, at, form, form_language(book[LISTS_NAME]), signed=True)
    if signature is not None:
        _place_picture(sheet, at, signature)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put_form(sheet: Worksheet, at: Places, form: Form, language: Language, signed: bool) -> None:
    """Writes a form's values into its sheet. `signed`: with the typed signature and its date."""
    answers: dict[str, str | date | None] = {
        "request_date": form.request_date,
        "request_type": TYPES[form.request_type][language] if form.request_type else "",
        "revises": form.revises,
        "urgency": URGENCIES[form.urgency][language] if form.urgency != "normal" else "",
        "requester_name": form.requester_name,
        "requester_position": form.requester_position,
        "requester_email": form.requester_email,
        "requester_department": form.requester_department,
        "requester_division": form.requester_division,
        "division_head_name": form.division_head_name,
        "signed_on": form.signed_on if signed else None,
        "signature": form.division_head_name if signed and form.signature == "typed" else "",
    }
    for name, value in answers.items():
        if name in at.answers:
            put_value(sheet, *at.answers[name], value)
    for row, employee in enumerate(form.employees, start=at.employees.first):
        _put_row(sheet, row, at.employees.columns, _employee_values(employee))
    rows = {e.no: number for number, e in enumerate(form.employees, start=1)}
    for row, line in enumerate(form.lines, start=at.items.first):
        _put_row(sheet, row, at.items.columns, _line_values(line, rows, language))


def put_value(sheet: Worksheet, row: int, column: int, value: str | int | date | None) -> None:
    """Writes one answer; blank answers leave the cell as it is."""
    cell = sheet.cell(row, column)
    if isinstance(value, str) and value and isinstance(cell, Cell):
        put_text(cell, value)
    elif value and not isinstance(value, str):
        cell.value = value


def _make_room(sheet: Worksheet, row: int, columns: Mapping[str, int], values: _Values) -> None:
    """Long answers wrap; LibreOffice does not make their row higher by itself when it opens a file."""
    last = max(columns.values())
    lines = 1
    for name, value in values.items():
        column = columns.get(name, last)
        # The last column has the rest of the page; only a description wraps in it.
        if isinstance(value, str) and (column < last or name == "justification"):
            # Letters wider than Calibri's are counted with, as on machines without it.
            wide = int((WIDTHS[column - 1] if column <= len(WIDTHS) else EXTRA_WIDTH) * 0.98 - 1.5)
            lines = max(lines, sum(len(wrap(line, wide)) or 1 for line in value.split("\n")))
    if lines > 1:
        sheet.row_dimensions[row].height = style.ROW + style.LINE * (min(lines, _MOST_LINES) - 1)


def _put_row(sheet: Worksheet, row: int, columns: Mapping[str, int], values: _Values) -> None:
    for name, value in values.items():
        if name in columns:
            put_value(sheet, row, columns[name], value)
    _make_room(sheet, row, columns, values)


def _employee_values(employee: Employee) -> _Values:
    return {
        "name": employee.name,
        "employee_id": employee.employee_id,
        "position": employee.position,
        "email": employee.email,
    }


def _line_values(line: AccessLine, rows: Mapping[int, int], language: Language) -> _Values:
    """An access row; the employee's number becomes that of his row in this form."""
    return {
        "employee_no": rows.get(line.employee_no, line.employee_no) if line.employee_no else None,
        "system": line.system_text,
        "access_level": line.access_level,
        "action": ACTIONS[line.action][language],
        "start_date": line.start_date,
        "end_date": line.end_date,
        "justification": line.justification,
    }


def _place_picture(sheet: Worksheet, at: Places, data: bytes) -> None:
    """The picture in the signature box, as large as fits, moving with its cells."""
    picture = Image(io.BytesIO(data))
    scale = min(_BOX_PIXELS[0] / picture.width, _BOX_PIXELS[1] / picture.height)
    row, column = at.answers["signature"]
    corner = AnchorMarker(col=column - 1, row=row - 1, colOff=8 * _EMU, rowOff=4 * _EMU)
    size = XDRPositiveSize2D(int(picture.width * scale) * _EMU, int(picture.height * scale) * _EMU)
    picture.anchor = OneCellAnchor(_from=corner, ext=size)
    sheet.add_image(picture)
