"""The marked copy: what is wrong is shown where it stands, and nothing else of the sender's file is touched."""

import io
import random
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from PIL import Image
from python_calamine import CalamineWorkbook

from pipeline.form.markup import mark_copy
from pipeline.form.markup_list import CORRECTIONS_NAME
from pipeline.form.markup_styles import ERROR_FILL, WARNING_FILL
from pipeline.model import Problem

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#: The parts a mark must change; every other part of the sender's file stays as it is, byte for byte.
EDITED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def _problem(cell, message="Mohon diisi.", severity="error", field="requester_name"):
    return Problem(field, "missing", cell, severity, message)


def _picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (80, 30), "navy").save(out, "PNG")
    out.seek(0)
    return out


def _rich() -> bytes:
    """A workbook with one of everything that a careless save loses."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    form, extra = book.add_worksheet("Form"), book.add_worksheet("Bu Ayu's data")
    date_cell = book.add_format({"num_format": "dd/mm/yyyy", "bold": True, "border": 1, "locked": False})
    form.set_column("H:H", 20, date_cell)
    form.write("A1", "Nama Pemohon")
    form.write_rich_string("B1", "Ayu ", book.add_format({"italic": True}), "Lestari")
    form.write("B2", 46350, date_cell)
    form.write_formula("B3", '=IF(B2>0,"ada","")', None, "ada")
    form.merge_range("A5:D5", "=1+1 bukan rumus")
    form.write_comment("B1", "Catatan saya sendiri")
    form.write_comment("A9", "Catatan lain")
    form.insert_image("F2", "ttd.png", {"image_data": _picture()})
    form.insert_textbox("F10", "Kotak teks")
    form.data_validation("B2", {"validate": "list", "source": ["a", "b"]})
    form.conditional_format("A1:D9", {"type": "cell", "criteria": ">", "value": 5, "format": date_cell})
    form.print_area("A1:H20")
    form.protect()
    extra.write_column("A1", [1, 2, 3])
    extra.add_table("C1:D4")
    extra.print_area("A1:D4")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Bu Ayu''s data'!$A$1:$A$3"})
    form.insert_chart("F20", chart)
    book.add_chartsheet("Grafik").set_chart(_chart(book))
    form.activate()
    book.close()
    return out.getvalue()


def _chart(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Bu Ayu''s data'!$A$1:$A$3"})
    return chart


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _mark(data: bytes, *problems: Problem, name="Form Ayu.xlsx", language="id") -> bytes:
    copy = mark_copy(data, name, problems, language)
    assert copy is not None
    assert CalamineWorkbook.from_filelike(io.BytesIO(copy.data)).sheet_names == _open(copy.data).sheetnames
    return copy.data


def _open(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def _small(edit=lambda sheet: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Form"
    sheet["A1"], sheet["C3"] = "Nama Pemohon", "Ayu"
    edit(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- what is shown --------------------------------------------------------------------------------


def test_a_faulty_cell_is_coloured_and_commented_and_keeps_its_value_and_format():
    def dressed(sheet):
        sheet["C3"].font, sheet["C3"].number_format = Font(bold=True, color="FF112233"), "dd/mm/yyyy"
        sheet["C3"].border, sheet["C3"].protection = Border(top=Side("thick")), Protection(locked=False)

    cell = _open(_mark(_small(dressed), _problem("Form!C3", "Nama ini tidak dikenal.")))["Form"]["C3"]
    assert cell.value == "Ayu"
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert cell.comment.text == "Akses:\nNama ini tidak dikenal."
    assert (cell.font.b, cell.font.color.rgb, cell.number_format) == (True, "FF112233", "dd/mm/yyyy")
    assert cell.border.top.style == "thick"
    assert not cell.protection.locked


def test_a_warning_has_a_milder_colour_and_an_error_in_the_same_cell_wins():
    soft, hard = _problem("Form!C3", "Benar?", "warning"), _problem("Form!C3", "Salah.")
    assert _open(_mark(_small(), soft))["Form"]["C3"].fill.fgColor.rgb == WARNING_FILL
    cell = _open(_mark(_small(), soft, hard))["Form"]["C3"]
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert cell.comment.text == "Akses:\nBenar?\nSalah."


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell():
    data = _mark(
        _rich(),
        _problem("Form!B2", "Tanggal salah."),
        _problem("'Bu Ayu''s data'!A2"),
        _problem("", "Tanpa sel."),
    )
    book = _open(data)
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


def test_the_list_is_in_the_senders_language():
    sheet = _open(_mark(_small(), _problem("Form!C3"), language="en")).worksheets[0]
    assert sheet.title == "Corrections"
    assert sheet["D6"].value == "Must be mended"


def test_words_of_the_sender_never_become_a_formula_or_break_the_file():
    nasty = '=HYPERLINK("http://x.example")\ufffe & <b> ]]> \x00'
    data = _mark(_small(), _problem("Form!C3", nasty))
    cell = _open(data).worksheets[0]["C6"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == '=HYPERLINK("http://x.example")\ufffd & <b> ]]> \ufffd'
    assert cell.quotePrefix
    assert b"<f>" not in _parts(data)["xl/worksheets/akses_corrections1.xml"]


def test_cells_and_rows_that_the_file_leaves_out_are_made_in_order():
    cells = ("A2", "B3", "D3", "C1", "C7", "B7")
    data = _mark(_small(), *(_problem(f"Form!{c}") for c in cells))
    sheet = _open(data)["Form"]
    assert all(sheet[c].fill.fgColor.rgb == ERROR_FILL for c in cells)
    xml = _parts(data)["xl/worksheets/sheet1.xml"]
    places = [xml.index(f' r="{c}"'.encode()) for c in ("A1", "C1", "A2", "B3", "C3", "D3", "B7", "C7")]
    assert places == sorted(places)
    assert [xml.index(f'<row r="{r}"'.encode()) for r in (1, 2, 3, 7)] == sorted(
        xml.index(f'<row r="{r}"'.encode()) for r in (1, 2, 3, 7)
    )


def test_a_cell_that_was_not_there_looks_like_its_column():
    cell = _open(_mark(_rich(), _problem("Form!H7")))["Form"]["H7"]
    assert (cell.number_format, cell.font.b, cell.fill.fgColor.rgb) == ("dd/mm/yyyy", True, ERROR_FILL)


def test_a_fault_inside_merged_cells_shows_on_the_cell_that_is_seen():
    sheet = _open(_mark(_rich(), _problem("Form!C5:D5")))["Form"]
    assert sheet["A5"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["A5"].comment is not None


# --- what stays -----------------------------------------------------------------------------------


def test_every_part_that_carries_no_mark_is_byte_for_byte_the_senders():
    before, after = _parts(_rich()), _parts(_mark(_rich(), _problem("Form!B2")))
    sheet_parts = {"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == EDITED | sheet_parts
    assert set(after) - set(before) == {"xl/worksheets/akses_corrections1.xml"}
    kept = {"xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/media/image1.png", "xl/tables/table1.xml"}
    assert kept <= set(before) - changed


def test_in_the_marked_sheet_only_the_tags_of_marked_cells_change():
    before = _parts(_rich())["xl/worksheets/sheet1.xml"].decode()
    after = _parts(_mark(_rich(), _problem("Form!B2")))["xl/worksheets/sheet1.xml"].decode()
    mark = after[after.index('<c r="B2"') : after.index(">", after.index('<c r="B2"')) + 1]
    own = before[before.index('<c r="B2"') : before.index(">", before.index('<c r="B2"')) + 1]
    assert after.replace(mark, own) == before.replace(' tabSelected="1"', "")


def test_the_senders_own_comments_stay_and_ours_come_behind():
    data = _mark(_rich(), _problem("Form!B1", "Nama tidak dikenal."), _problem("Form!B2"))
    sheet = _open(data)["Form"]
    assert sheet["A9"].comment.text == "Catatan lain"
    assert sheet["B1"].comment.text == "Catatan saya sendiri\nAkses:\nNama tidak dikenal."
    boxes = _parts(data)["xl/drawings/vmlDrawing1.vml"]
    assert boxes.count(b'ObjectType="Note"') == 3


def test_names_that_belong_to_a_sheet_still_belong_to_the_same_sheet():
    book = _open(_mark(_rich(), _problem("Form!B2")))
    assert book["Form"].print_area == "'Form'!$A$1:$H$20"
    assert book["Bu Ayu's data"].print_area.endswith("!$A$1:$D$4")
    assert not book["Perbaikan"].print_area


def test_only_the_list_is_selected_so_that_typing_never_goes_into_two_sheets():
    parts = _parts(_mark(_rich(), _problem("Form!B2")))
    selected = [n for n, data in parts.items() if n.startswith("xl/") and b'tabSelected="1"' in data]
    assert selected == ["xl/worksheets/akses_corrections1.xml"]
    assert b'activeTab="0"' in parts["xl/workbook.xml"] or b"activeTab" not in parts["xl/workbook.xml"]


def test_the_copy_is_named_after_the_senders_file():
    def name(given, language="id"):
        return mark_copy(_small(), given, (_problem("Form!C3"),), language).name

    assert name("Form Ayu.xlsx") == "Form Ayu - perbaikan.xlsx"
    assert name("Form Ayu.XLSX", "en") == "Form Ayu - corrections.xlsx"
    assert name("Form Ayu - perbaikan.xlsx") == "Form Ayu - perbaikan.xlsx"
    assert name("../../etc/pass\r\nwd.xlsm") == "passwd - perbaikan.xlsx"
    assert name("") == "form - perbaikan.xlsx"


def test_the_same_file_gives_the_same_copy():
    assert _mark(_rich(), _problem("Form!B2")) == _mark(_rich(), _problem("Form!B2"))


# --- when it comes back ---------------------------------------------------------------------------


def test_a_copy_that_comes_back_shows_only_what_is_still_wrong():
    def coloured(sheet):
        sheet["C3"].fill = PatternFill("solid", fgColor="FFDDEEFF")

    first = _mark(_small(coloured), _problem("Form!C3", "Satu."), _problem("Form!A1", "Dua."))
    second = _mark(first, _problem("Form!A1", "Masih."))
    book = _open(second)
    assert book.sheetnames == ["Perbaikan", "Form"]
    sheet = book["Form"]
    assert (sheet["C3"].fill.fgColor.rgb, sheet["C3"].comment) == ("FFDDEEFF", None)
    assert sheet["A1"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["A1"].comment.text == "Akses:\nMasih."
    assert book["Perbaikan"].max_row == 6
    assert _parts(second)["xl/drawings/akses_vmlDrawing1.vml"].count(b'ObjectType="Note"') == 1


def test_a_colour_under_two_marks_is_still_the_senders_own():
    def coloured(sheet):
        sheet["C3"].fill = PatternFill("solid", fgColor="FFDDEEFF")

    twice = _mark(_mark(_small(coloured), _problem("Form!C3")), _problem("Form!C3"))
    assert _open(_mark(twice, _problem("Form!A1")))["Form"]["C3"].fill.fgColor.rgb == "FFDDEEFF"


def test_a_copy_saved_by_another_program_is_still_known():
    book = _open(_mark(_small(), _problem("Form!C3", "Satu."), _problem("Form!A1")))
    out = io.BytesIO()
    book.save(out)
    again = _open(_mark(out.getvalue(), _problem("Form!A1", "Masih.")))
    assert again.sheetnames == ["Perbaikan", "Form"]
    assert again["Form"]["C3"].fill.patternType is None
    assert again["Form"]["C3"].comment is None
    assert again["Form"]["A1"].comment.text == "Akses:\nMasih."


def test_a_comment_of_the_senders_loses_our_words_when_the_cell_is_mended():
    again = _mark(_mark(_rich(), _problem("Form!B1", "Salah.")), _problem("Form!B2"))
    assert _open(again)["Form"]["B1"].comment.text == "Catatan saya sendiri"


def test_a_senders_sheet_called_perbaikan_is_not_overwritten():
    def own(sheet):
        sheet.parent.create_sheet("Perbaikan")["A1"] = "rencana perbaikan gedung"

    book = _open(_mark(_small(own), _problem("Form!C3")))
    assert book.sheetnames == ["Perbaikan (2)", "Form", "Perbaikan"]
    assert book["Perbaikan"]["A1"].value == "rencana perbaikan gedung"
    assert book.defined_names[CORRECTIONS_NAME].attr_text == "'Perbaikan (2)'!$A$1"


def test_our_hidden_name_on_a_sheet_of_the_senders_does_not_make_us_overwrite_it():
    def trap(sheet):
        names = sheet.parent.defined_names
        names[CORRECTIONS_NAME] = openpyxl.workbook.defined_name.DefinedName(
            CORRECTIONS_NAME, attr_text="'Form'!$A$1"
        )

    assert _open(_mark(_small(trap), _problem("Form!A1")))["Form"]["C3"].value == "Ayu"


# --- other programs' habits -----------------------------------------------------------------------


def _edited(data: bytes, part: str, *changes: tuple[bytes, bytes]) -> bytes:
    parts = _parts(data)
    for old, new in changes:
        assert old in parts[part], (old, parts[part][:400])
        parts[part] = parts[part].replace(old, new)
    return _zip(parts)


def _with_sheet(xml: str, prefix: str = "") -> bytes:
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    body = f'<{prefix}{":" if prefix else ""}worksheet {space}="{MAIN.decode()}">{xml}'
    body += f"</{prefix}{':' if prefix else ''}worksheet>"
    return _zip({**_parts(_small()), "xl/worksheets/sheet1.xml": body.encode()})


def test_prefixed_elements_are_marked_with_their_prefix():
    data = _with_sheet(
        '<x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>Ayu</x:t></x:is></x:c></x:row>'
        "</x:sheetData>",
        "x",
    )
    sheet = _open(_mark(data, _problem("Form!B2"), _problem("Form!A2"), _problem("Form!A1")))["Form"]
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
        '<sheetData><row r="3"><c r="Z3"/></row></sheetData><pageMargins left="1" right="1" top="1" bottom="1" '
        'header="1" footer="1"/>',
    ],
)
def test_a_missing_cell_is_made_however_its_row_is_written(xml):
    sheet = _open(_mark(_with_sheet(xml), _problem("Form!C3")))["Form"]
    assert sheet["C3"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["C3"].comment is not None


def test_rows_and_cells_without_addresses_are_counted():
    data = _with_sheet(
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>"
    )
    marked = _parts(_mark(data, _problem("Form!B1"), _problem("Form!A2")))["xl/worksheets/sheet1.xml"]
    assert marked.count(b' s="') == 2
    assert marked.index(b' s="') > marked.index(b"<v>1</v>")


def test_a_workbook_without_styles_is_marked_too():
    parts = _parts(_small())
    del parts["xl/styles.xml"]
    rels, types = parts["xl/_rels/workbook.xml.rels"], parts["[Content_Types].xml"]
    parts["xl/_rels/workbook.xml.rels"] = _without_tag(rels, b"styles.xml")
    parts["[Content_Types].xml"] = _without_tag(types, b"styles.xml")
    assert _open(_mark(_zip(parts), _problem("Form!A1")))["Form"]["A1"].fill.fgColor.rgb == ERROR_FILL


def _without_tag(xml: bytes, word: bytes) -> bytes:
    at = xml.index(word)
    return xml[: xml.rindex(b"<", 0, at)] + xml[xml.index(b">", at) + 1 :]


def test_threaded_comments_are_left_alone_and_the_cell_is_coloured_all_the_same():
    parts = _parts(_rich())
    parts["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments/>"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    line = (
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        b' Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", line)
    after = _parts(_mark(_zip(parts), _problem("Form!B2")))
    assert after["xl/comments1.xml"] == parts["xl/comments1.xml"]
    assert _open(_zip(after))["Form"]["B2"].fill.fgColor.rgb == ERROR_FILL


def test_a_macro_workbook_keeps_its_macros_and_its_name():
    parts = _parts(_small())
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    new = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(old, new)
    copy = mark_copy(_zip(parts), "Form.xlsm", (_problem("Form!C3"),), "id")
    assert copy.name == "Form - perbaikan.xlsm"
    assert copy.content_type == "application/vnd.ms-excel.sheet.macroEnabled.12"
    assert _parts(copy.data)["xl/vbaProject.bin"] == parts["xl/vbaProject.bin"]


# --- what is refused ------------------------------------------------------------------------------


def _refused(data: bytes) -> bool:
    return mark_copy(data, "f.xlsx", (_problem("Form!C3"),), "id") is None


def test_a_file_that_is_no_xlsx_is_refused():
    for data in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"<html>",
        _small()[:-900],
    ):
        assert _refused(data)
    assert _refused(
        _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    )


def test_a_signed_package_is_refused_since_any_change_would_break_the_signature():
    assert _refused(_zip({**_parts(_small()), "_xmlsignatures/origin.sigs": b""}))


def test_strict_namespaces_and_binary_workbooks_are_refused():
    strict = (MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert _refused(_edited(_small(), "xl/workbook.xml", strict))
    assert _refused(_edited(_small(), "xl/worksheets/sheet1.xml", strict))
    types = (b"spreadsheetml.sheet.main+xml", b"sheet.binary.main")
    assert _refused(_edited(_small(), "[Content_Types].xml", types))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_entities_are_refused_in_every_part_that_is_read(part):
    parts = _parts(_small())
    head, tag, rest = parts[part].partition(b"<" + parts[part].split(b"<")[-1].lstrip(b"/").split(b">")[0])
    bomb = b'<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;">]>'
    assert _refused(_zip({**parts, part: head + bomb + tag + rest}))


def test_what_is_too_large_when_unpacked_is_refused():
    parts = _parts(_small())
    assert _refused(_zip({**parts, "xl/media/a.bin": bytes(21 * 1024 * 1024)}))
    assert _refused(_zip({**parts, **{f"xl/media/{i}.bin": b"" for i in range(200)}}))


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(_small())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/Workbook.xml", b"<x/>")
    assert _refused(out.getvalue())


def test_nothing_is_made_where_there_is_nothing_to_point_at():
    assert mark_copy(_small(), "f.xlsx", (), "id") is None
    assert (
        mark_copy(_small(), "f.xlsx", (Problem("form", "form", "", "error", "Bukan formulir."),), "id")
        is None
    )


def test_damaged_bytes_end_in_a_readable_copy_or_in_none_never_in_an_error():
    data, chance, made = _rich(), random.Random(7), 0
    for _ in range(150):
        parts = _parts(data)
        name = chance.choice(
            ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/comments1.xml"]
        )
        broken = bytearray(parts[name])
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        copy = mark_copy(_zip({**parts, name: bytes(broken)}), "f.xlsx", (_problem("Form!B2"),), "id")
        if copy is not None:
            made += 1
            _parts(copy.data)
    assert made > 0


def test_a_place_that_is_not_in_the_workbook_is_listed_without_a_link():
    problems = [_problem(c) for c in ("Lain!C3", "Form!XFE1", "Form!A1048577", "Form", "!", "Form!A0")]
    sheet = _open(_mark(_small(), *problems)).worksheets[0]
    assert sheet.max_row == 5 + len(problems)
    assert all(sheet[f"B{6 + i}"].hyperlink is None for i in range(len(problems)))
