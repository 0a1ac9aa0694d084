"""The marked copy: what is wrong is shown where it stands, and nothing else of the file is touched."""

from openpyxl.styles import Border, Font, Protection, Side

from pipeline.form.markup import mark_copy
from pipeline.form.markup_styles import ERROR_FILL, WARNING_FILL
from tests.form.marked import (
    EDITED,
    mark,
    opened,
    parts_of,
    problem_at,
    rich_workbook,
    small_workbook,
)


def test_a_faulty_cell_is_coloured_and_commented_and_keeps_its_value_and_format() -> None:
    def dressed(sheet):
        sheet["C3"].font, sheet["C3"].number_format = Font(bold=True, color="FF112233"), "dd/mm/yyyy"
        sheet["C3"].border, sheet["C3"].protection = Border(top=Side("thick")), Protection(locked=False)

    cell = opened(mark(small_workbook(dressed), problem_at("Form!C3", "Nama ini tidak dikenal.")))["Form"][
        "C3"
    ]
    assert cell.value == "Ayu"
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert cell.comment.text == "Akses:\nNama ini tidak dikenal."
    assert (cell.font.b, cell.font.color.rgb, cell.number_format) == (True, "FF112233", "dd/mm/yyyy")
    assert cell.border.top.style == "thick"
    assert not cell.protection.locked


def test_a_warning_has_a_milder_colour_and_an_error_in_the_same_cell_wins() -> None:
    soft, hard = problem_at("Form!C3", "Benar?", "warning"), problem_at("Form!C3", "Salah.")
    assert opened(mark(small_workbook(), soft))["Form"]["C3"].fill.fgColor.rgb == WARNING_FILL
    cell = opened(mark(small_workbook(), soft, hard))["Form"]["C3"]
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert cell.comment.text == "Akses:\nBenar?\nSalah."


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell() -> None:
    data = mark(
        rich_workbook(),
        problem_at("Form!B2", "Tanggal salah."),
        problem_at("'Bu Ayu''s data'!A2"),
        problem_at("", "Tanpa sel."),
    )
    book = opened(data)
    sheet = book.worksheets[0]
    assert (sheet.title, book.active.title) == ("Perbaikan", "Perbaikan")
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=6)]
    assert rows == [
        ["1", "Form!B2", "Tanggal salah.", "Wajib diperbaiki"],
        ["2", "'Bu Ayu''s data'!A2", "Mohon diisi.", "Wajib diperbaiki"],
        ["3", "", "Tanpa sel.", "Wajib diperbaiki"],
    ]
    assert [sheet[f"B{r}"].hyperlink.location for r in (6, 7)] == ["'Form'!B2", "'Bu Ayu''s data'!A2"]
    assert sheet["B8"].hyperlink is None
    assert book["Bu Ayu's data"]["A2"].fill.fgColor.rgb == ERROR_FILL


def test_a_long_message_has_room_for_all_its_lines() -> None:
    long = "Mohon minta kepala divisi menandatangani formulir ini di kotak yang tersedia. " * 4
    sheet = opened(mark(small_workbook(), problem_at("Form!C3", long), problem_at("Form!A1", "Mohon diisi.")))
    tall, flat = (sheet.worksheets[0].row_dimensions[row].height for row in (6, 7))
    assert flat < 20
    assert tall >= 4 * flat * 0.7


def test_the_list_is_in_the_senders_language() -> None:
    sheet = opened(mark(small_workbook(), problem_at("Form!C3"), language="en")).worksheets[0]
    assert sheet.title == "Corrections"
    assert sheet["D6"].value == "Must be mended"


def test_words_of_the_sender_never_become_a_formula_or_break_the_file() -> None:
    nasty = '=HYPERLINK("http://x.example")\ufffe & <b> ]]> \x00'
    data = mark(small_workbook(), problem_at("Form!C3", nasty))
    cell = opened(data).worksheets[0]["C6"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == '=HYPERLINK("http://x.example")\ufffd & <b> ]]> \ufffd'
    assert cell.quotePrefix
    assert b"<f>" not in parts_of(data)["xl/worksheets/akses_corrections1.xml"]


def test_cells_and_rows_that_the_file_leaves_out_are_made_in_order() -> None:
    cells = ("A2", "B3", "D3", "C1", "C7", "B7")
    data = mark(small_workbook(), *(problem_at(f"Form!{c}") for c in cells))
    sheet = opened(data)["Form"]
    assert all(sheet[c].fill.fgColor.rgb == ERROR_FILL for c in cells)
    xml = parts_of(data)["xl/worksheets/sheet1.xml"]
    places = [xml.index(f' r="{c}"'.encode()) for c in ("A1", "C1", "A2", "B3", "C3", "D3", "B7", "C7")]
    assert places == sorted(places)
    assert [xml.index(f'<row r="{r}"'.encode()) for r in (1, 2, 3, 7)] == sorted(
        xml.index(f'<row r="{r}"'.encode()) for r in (1, 2, 3, 7)
    )


def test_a_cell_that_was_not_there_looks_like_its_column() -> None:
    cell = opened(mark(rich_workbook(), problem_at("Form!H7")))["Form"]["H7"]
    assert (cell.number_format, cell.font.b, cell.fill.fgColor.rgb) == ("dd/mm/yyyy", True, ERROR_FILL)


def test_a_fault_inside_merged_cells_shows_on_the_cell_that_is_seen() -> None:
    sheet = opened(mark(rich_workbook(), problem_at("Form!C5:D5")))["Form"]
    assert sheet["A5"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["A5"].comment is not None


def test_every_part_that_carries_no_mark_is_byte_for_byte_the_senders() -> None:
    before, after = parts_of(rich_workbook()), parts_of(mark(rich_workbook(), problem_at("Form!B2")))
    sheet_parts = {"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == EDITED | sheet_parts
    assert set(after) - set(before) == {"xl/worksheets/akses_corrections1.xml"}
    kept = {"xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/media/image1.png", "xl/tables/table1.xml"}
    assert kept <= set(before) - changed


def test_in_the_marked_sheet_only_the_tags_of_marked_cells_change() -> None:
    before = parts_of(rich_workbook())["xl/worksheets/sheet1.xml"].decode()
    after = parts_of(mark(rich_workbook(), problem_at("Form!B2")))["xl/worksheets/sheet1.xml"].decode()
    tag = after[after.index('<c r="B2"') : after.index(">", after.index('<c r="B2"')) + 1]
    own = before[before.index('<c r="B2"') : before.index(">", before.index('<c r="B2"')) + 1]
    # Beside it, our own conditional format before the sender's.
    end = "</conditionalFormatting>"
    rule = after[after.index("<conditionalFormatting") : after.index(end) + len(end)]
    assert 'sqref="B2"' in rule
    plain = after.replace(tag, own).replace(rule, "").replace('priority="2"', 'priority="1"')
    assert plain == before.replace(' tabSelected="1"', "")


def test_the_senders_own_comments_stay_and_ours_come_behind() -> None:
    data = mark(rich_workbook(), problem_at("Form!B1", "Nama tidak dikenal."), problem_at("Form!B2"))
    sheet = opened(data)["Form"]
    assert sheet["A9"].comment.text == "Catatan lain"
    assert sheet["B1"].comment.text == "Catatan saya sendiri\nAkses:\nNama tidak dikenal."
    boxes = parts_of(data)["xl/drawings/vmlDrawing1.vml"]
    assert boxes.count(b'ObjectType="Note"') == 3


def test_names_that_belong_to_a_sheet_still_belong_to_the_same_sheet() -> None:
    book = opened(mark(rich_workbook(), problem_at("Form!B2")))
    assert book["Form"].print_area == "'Form'!$A$1:$H$20"
    assert book["Bu Ayu's data"].print_area.endswith("!$A$1:$D$4")
    assert not book["Perbaikan"].print_area


def test_only_the_list_is_selected_so_that_typing_never_goes_into_two_sheets() -> None:
    parts = parts_of(mark(rich_workbook(), problem_at("Form!B2")))
    selected = [n for n, data in parts.items() if n.startswith("xl/") and b'tabSelected="1"' in data]
    assert selected == ["xl/worksheets/akses_corrections1.xml"]
    assert b'activeTab="0"' in parts["xl/workbook.xml"] or b"activeTab" not in parts["xl/workbook.xml"]


def test_the_copy_is_named_after_the_senders_file() -> None:
    def name(given, language="id"):
        return mark_copy(small_workbook(), given, (problem_at("Form!C3"),), language).name

    assert name("Form Ayu.xlsx") == "Form Ayu - perbaikan.xlsx"
    assert name("Form Ayu.XLSX", "en") == "Form Ayu - corrections.xlsx"
    assert name("Form Ayu - perbaikan.xlsx") == "Form Ayu - perbaikan.xlsx"
    assert name("../../etc/pass\r\nwd.xlsm") == "passwd - perbaikan.xlsx"
    assert name("") == "form - perbaikan.xlsx"


def test_the_same_file_gives_the_same_copy() -> None:
    assert mark(rich_workbook(), problem_at("Form!B2")) == mark(rich_workbook(), problem_at("Form!B2"))
