"""Workbooks of other programs are marked too, whatever their habits."""

import pytest

from pipeline.form.markup import mark_copy
from pipeline.form.markup_styles import ERROR_FILL
from tests.form.marked import (
    mark,
    opened,
    parts_of,
    problem_at,
    rich_workbook,
    small_workbook,
    with_sheet,
    zipped,
)


def test_prefixed_elements_are_marked_with_their_prefix() -> None:
    data = with_sheet(
        '<x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>Ayu</x:t></x:is></x:c></x:row>'
        "</x:sheetData>",
        "x",
    )
    sheet = opened(mark(data, problem_at("Form!B2"), problem_at("Form!A2"), problem_at("Form!A1")))["Form"]
    assert sheet["B2"].value == "Ayu"
    assert all(sheet[c].fill.fgColor.rgb == ERROR_FILL for c in ("A1", "A2", "B2"))


@pytest.mark.parametrize(
    "xml",
    [
        "<sheetData/>",
        "<sheetData></sheetData>",
        '<sheetData><row r="3"/></sheetData>',
        '<sheetData><row r="3" spans="1:2" ht="20"><c r="A3"><v>1</v></c></row></sheetData>',
        "<sheetData><row><c><v>1</v></c></row><row/><row><c><v>7</v></c><c><v>8</v></c></row></sheetData>",
        '<sheetData><row r="3"><c r="Z3"/></row></sheetData>'
        '<pageMargins left="1" right="1" top="1" bottom="1" '
        'header="1" footer="1"/>',
    ],
)
def test_a_missing_cell_is_made_however_its_row_is_written(xml: str) -> None:
    sheet = opened(mark(with_sheet(xml), problem_at("Form!C3")))["Form"]
    assert sheet["C3"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["C3"].comment is not None


def test_rows_and_cells_without_addresses_are_counted() -> None:
    data = with_sheet(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    )
    marked = parts_of(mark(data, problem_at("Form!B1"), problem_at("Form!A2")))["xl/worksheets/sheet1.xml"]
    assert marked.count(b' s="') == 2
    assert marked.index(b' s="') > marked.index(b"<v>1</v>")


def test_a_workbook_without_styles_is_marked_too() -> None:
    parts = parts_of(small_workbook())
    del parts["xl/styles.xml"]
    rels, types = parts["xl/_rels/workbook.xml.rels"], parts["[Content_Types].xml"]
    parts["xl/_rels/workbook.xml.rels"] = _without_tag(rels, b"styles.xml")
    parts["[Content_Types].xml"] = _without_tag(types, b"styles.xml")
    assert opened(mark(zipped(parts), problem_at("Form!A1")))["Form"]["A1"].fill.fgColor.rgb == ERROR_FILL


def _without_tag(xml: bytes, word: bytes) -> bytes:
    at = xml.index(word)
    return xml[: xml.rindex(b"<", 0, at)] + xml[xml.index(b">", at) + 1 :]


def threaded_workbook(ref: str) -> bytes:
    """A workbook with a thread at `ref`, and the comment that Excel keeps beside it."""
    parts = parts_of(rich_workbook())
    thread = f'<ThreadedComments><threadedComment ref="{ref}" id="{{1}}"/></ThreadedComments>'
    parts["xl/threadedComments/threadedComment1.xml"] = thread.encode()
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    line = (
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        b' Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", line)
    return zipped(parts)


def test_a_thread_elsewhere_on_the_sheet_takes_no_note_away() -> None:
    copy = mark_copy(threaded_workbook("A9"), "f.xlsx", (problem_at("Form!B2", "Salah."),), "id")
    assert (copy.coloured, copy.commented) == (1, True)
    sheet = opened(copy.data)["Form"]
    assert sheet["B2"].comment.text == "Akses:\nSalah."
    assert sheet["A9"].comment.text == "Catatan lain"


def test_a_cell_with_a_thread_is_coloured_and_its_thread_left_alone() -> None:
    problems = (problem_at("Form!B1", "Salah."), problem_at("Form!B2"))
    copy = mark_copy(threaded_workbook("B1"), "f.xlsx", problems, "id")
    assert (copy.coloured, copy.commented) == (2, False), "the letter must not promise a note on each"
    sheet = opened(copy.data)["Form"]
    assert sheet["B1"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["B1"].comment.text == "Catatan saya sendiri"
    assert sheet["B2"].comment is not None


def test_comments_without_their_boxes_are_not_touched_and_no_note_is_promised() -> None:
    parts = parts_of(rich_workbook())
    part = "xl/worksheets/sheet1.xml"
    parts[part] = _without_tag(parts[part], b"legacyDrawing ")
    copy = mark_copy(zipped(parts), "f.xlsx", (problem_at("Form!B2"),), "id")
    assert (copy.coloured, copy.commented) == (1, False)
    assert parts_of(copy.data)["xl/comments1.xml"] == parts["xl/comments1.xml"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_marks_is_shown_and_other_hidden_sheets_stay_hidden(state: str) -> None:
    def hide(sheet):
        sheet.parent.create_sheet("Surat")
        sheet.parent.create_sheet("Rahasia").sheet_state = state
        sheet.sheet_state = state

    copy = mark_copy(small_workbook(hide), "f.xlsx", (problem_at("Form!C3"),), "id")
    assert copy.unhidden == ("Form",)
    book = opened(copy.data)
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "visible", state]


def test_what_has_no_cell_is_listed_and_no_colour_is_promised() -> None:
    copy = mark_copy(small_workbook(), "f.xlsx", (problem_at(""),), "id")
    assert (copy.listed, copy.coloured, copy.unhidden) == ("Perbaikan", 0, ())


def test_a_macro_workbook_keeps_its_macros_and_its_name() -> None:
    parts = parts_of(small_workbook())
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    new = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(old, new)
    copy = mark_copy(zipped(parts), "Form.xlsm", (problem_at("Form!C3"),), "id")
    assert copy.name == "Form - perbaikan.xlsm"
    assert copy.content_type == "application/vnd.ms-excel.sheet.macroEnabled.12"
    assert parts_of(copy.data)["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]
