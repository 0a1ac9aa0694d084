"""XML as other programs write it: understood or refused, never guessed."""

import re

import pytest

from pipeline.register.package.refusal import Refused
from tests.register.package.books import (
    SHEET,
    changed,
    grown,
    opened,
    part,
    replaced,
    table_book,
    values,
    with_parts,
)

NEW = {1: "new", 2: 9}
TABLE, BOOK = "xl/tables/table1.xml", "xl/workbook.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        grown(data, NEW, cells={2: {1: "x"}})
    return caught.value.reason


def _prefixed(text: str) -> str:
    """Every element without a prefix gets x:."""
    text = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return re.sub(r"<(/?)(?=[a-zA-Z]+[\s/>])", r"<\1x:", text)


def test_elements_with_a_prefix():
    def draw(book, sheet):
        sheet.data_validation("A2:A4", {"validate": "list", "source": ["a"]})

    before = with_parts(
        table_book(draw=draw),
        dict.fromkeys((SHEET, TABLE, BOOK, "xl/styles.xml", "xl/sharedStrings.xml"), _prefixed),
    )
    after = grown(before, NEW, cells={2: {1: "=x"}})
    sheet = opened(after)["Data"]
    assert (sheet["A2"].value, sheet["A5"].value) == ("=x", "new")
    assert sheet["A2"].quotePrefix
    assert (sheet.tables["List"].ref, str(sheet.data_validations.dataValidation[0].sqref)) == (
        "A1:C5",
        "A2:A5",
    )
    assert '<x:c r="A5" t="inlineStr"><x:is><x:t>new</x:t></x:is></x:c>' in part(after, SHEET)
    assert values(after)[4][0] == "new"


def test_strict_workbook():
    def strict(text: str) -> str:
        office = "http://schemas.openxmlformats.org/officeDocument/2006"
        text = text.replace(office, "http://purl.oclc.org/ooxml/officeDocument")
        return text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")

    rels = ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels")
    parts = (SHEET, TABLE, BOOK, "xl/styles.xml", "xl/sharedStrings.xml", *rels)
    after = grown(with_parts(table_book(), dict.fromkeys(parts, strict)), NEW)
    assert values(after)[4][0] == "new"
    assert 'ref="A1:C5"' in part(after, TABLE)


def test_rows_and_cells_without_references():
    before = with_parts(
        table_book(), {SHEET: lambda text: re.sub(r'(<(?:row|c))( s="\d+")? r="[A-Z]*\d+"', r"\1\2", text)}
    )
    before = with_parts(before, {SHEET: lambda text: re.sub(r'(<(?:row|c)) r="[A-Z]*\d+"', r"\1", text)})
    assert 'r="A2"' not in part(before, SHEET)
    after = grown(before, NEW, cells={3: {2: 77}})
    assert [row[:2] for row in values(after)] == [
        ["Name", "Amount"],
        ["n1", 1],
        ["n2", 77],
        ["n3", 3],
        ["new", 9],
    ]


def test_attributes_in_single_quotes():
    before = with_parts(
        table_book(), {SHEET: lambda text: text.replace('"', "'"), TABLE: lambda text: text.replace('"', "'")}
    )
    after = grown(before, NEW, cells={2: {2: 5}})
    assert values(after)[1][1] == 5
    assert opened(after)["Data"].tables["List"].ref == "A1:C5"


def test_sheet_without_rows():
    before = table_book()
    text = part(before, SHEET)
    rows = text[text.index("<sheetData>") : text.index("</sheetData>") + len("</sheetData>")]
    after = changed(replaced(before, SHEET, (rows, "<sheetData/>")), {2: {2: "x"}})
    assert values(after)[1][1] == "x"


def test_sheet_indented_for_reading():
    before = replaced(
        table_book(), SHEET, ("<row ", "\n  <row "), ("<c ", "\n    <c "), ("</row>", "\n  </row>")
    )
    after = grown(before, NEW, cells={2: {2: 5}})
    assert values(after)[1][:2] == ["n1", 5]
    assert values(after)[4][0] == "new"


def test_comments_before_and_behind_the_rows_are_left_out():
    before = replaced(table_book(), SHEET, ("<sheetData>", "<!-- <sheetData><row/> --><sheetData>"))
    before = replaced(before, BOOK, ("<sheets>", '<!-- <sheet name="x"/> --><sheets>'))
    assert values(grown(before, NEW))[4][0] == "new"


def test_byte_order_mark():
    before = with_parts(table_book(), {name: lambda text: "\ufeff" + text for name in (SHEET, TABLE, BOOK)})
    assert values(grown(before, NEW))[4][0] == "new"


@pytest.mark.parametrize(
    "pair",
    [
        ("<v>1</v>", "<v><!-- 2 -- 3"),
        ("<worksheet ", "<!DOCTYPE worksheet [<!ENTITY a 'b'>]><worksheet "),
        ("<v>1</v>", "<v><![CDATA[1]]></v>"),
        ("<sheetData>", "<sheetData><?why not?>"),
        ('<row r="3"', '<row r="2"'),
        ('<row r="3"', '<row r="x"'),
        ('<row r="3"', '<row r="1048577"'),
        ('<c r="B2"', '<c r="A2"'),
        ('<c r="B2"', '<c r="B9"'),
        ('<c r="B2"', '<c r="?"'),
        ('<c r="B2"', '<c r="XFE2"'),
        ('<row r="2" spans="1:3">', '<row r="2" spans="1:3">stray'),
        ("</sheetData>", ""),
        ("</sheetData>", "</sheetdata>"),
        ("<worksheet ", "<chartsheet "),
    ],
)
def test_what_no_spreadsheet_program_writes_is_refused(pair):
    assert _refusal(replaced(table_book(), SHEET, pair)) in {"xml", "truncated"}


@pytest.mark.parametrize("name", [SHEET, TABLE, BOOK, "xl/_rels/workbook.xml.rels", "_rels/.rels"])
def test_part_in_utf16_is_refused(name):
    before = with_parts(table_book(), {name: lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16")})
    assert _refusal(before) in {"xml", "not-a-workbook", "truncated"}


def test_part_in_latin_1_is_refused():
    assert _refusal(replaced(table_book(), SHEET, ("UTF-8", "ISO-8859-1"))) == "xml"


def test_table_name_with_brackets_and_entities():
    before = replaced(table_book(), TABLE, ('name="Amount"', 'name="Amount > 5 &amp; &lt;x&gt;"'))
    after = grown(before, NEW)
    assert 'ref="A1:C5"' in part(after, TABLE)
    assert opened(after)["Data"].tables["List"].tableColumns[1].name == "Amount > 5 & <x>"
