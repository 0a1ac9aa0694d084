"""Formulas: replaced, shared, going on in new rows, and in the calculation chain."""

import io
import zipfile

import pytest

from pipeline.register.package.refusal import Refused
from tests.register.package.books import (
    SHEET,
    changed,
    grown,
    made,
    names,
    opened,
    part,
    replaced,
    table_book,
)

CHAIN = "xl/calcChain.xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


def _with_formula_column(formula: str) -> bytes:
    columns = [{"header": "Name"}, {"header": "Amount"}, {"header": "Twice", "formula": formula}]
    return table_book(columns=columns, data=[["a", 1], ["b", 2], ["c", 3]])


def with_chain(data: bytes) -> bytes:
    data = replaced(
        data,
        "xl/_rels/workbook.xml.rels",
        (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{KIND}" Target="calcChain.xml"/></Relationships>',
        ),
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    data = replaced(
        data,
        "[Content_Types].xml",
        ("</Types>", f'<Override PartName="/{CHAIN}" ContentType="{kind}"/></Types>'),
    )
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(CHAIN, '<calcChain xmlns="x"><c r="C2" i="1"/></calcChain>')
    return stream.getvalue()


def test_calculated_column_goes_on():
    after = opened(grown(_with_formula_column("=[@Amount]*2"), {1: "d", 2: 4}))["Data"]
    assert after["C5"].value == after["C4"].value
    assert after["C5"].value.startswith("=")


def test_calculated_column_that_names_cells_goes_on_as_it_reads_in_its_row():
    before = replaced(
        _with_formula_column("=B2*2"), SHEET, ('<c r="C4"><f>B2*2</f>', '<c r="C4"><f>B4*2+$B$1</f>')
    )
    assert opened(grown(before, {1: "d", 2: 4}))["Data"]["C5"].value == "=B5*2+$B$1"


def test_value_given_for_a_calculated_column_wins():
    assert opened(grown(_with_formula_column("=[@Amount]*2"), {3: 77}))["Data"]["C5"].value == 77


def test_replaced_formula_takes_the_calculation_chain_with_it():
    before = with_chain(_with_formula_column("=[@Amount]*2"))
    after = changed(before, {2: {3: 5}})
    assert CHAIN not in names(after)
    assert "calcChain" not in part(after, "[Content_Types].xml") + part(after, "xl/_rels/workbook.xml.rels")
    assert opened(after)["Data"]["C2"].value == 5


def test_calculation_chain_stays_where_no_formula_goes():
    before = with_chain(_with_formula_column("=[@Amount]*2"))
    assert CHAIN in names(changed(before, {2: {1: "x"}}))


def _shared(draw_extra: str = "") -> bytes:
    """C1:C4 share one formula, whose text stands in C1; and so do D1:E1."""

    def draw(book, sheet):
        for row in range(4):
            sheet.write_row(row, 0, [row, row * 2])
            sheet.write_formula(row, 2, f"=A{row + 1}+B{row + 1}", None, row * 3)
        sheet.write_formula(0, 3, "=A1*2", None, 0)
        sheet.write_formula(0, 4, "=B1*2", None, 0)

    return replaced(
        made(draw),
        SHEET,
        ("<f>A1+B1</f>", '<f t="shared" ref="C1:C4" si="0">A1+B1</f>'),
        ("<f>A2+B2</f>", '<f t="shared" si="0"/>'),
        ("<f>A3+B3</f>", '<f t="shared" si="0"/>'),
        ("<f>A4+B4</f>", '<f t="shared" si="0"/>'),
        ("<f>A1*2</f>", '<f t="shared" ref="D1:E1" si="1">A1*2</f>'),
        ("<f>B1*2</f>", '<f t="shared" si="1"/>'),
    )


def test_replaced_master_of_a_shared_formula_leaves_the_others_their_formula():
    sheet = opened(changed(_shared(), {1: {3: "x", 4: "y"}}))["Data"]
    assert [sheet[f"C{row}"].value for row in (1, 2, 3, 4)] == ["x", "=A2+B2", "=A3+B3", "=A4+B4"]
    assert [sheet["D1"].value, sheet["E1"].value] == ["y", "=B1*2"]


def test_replaced_member_of_a_shared_formula_leaves_the_others():
    sheet = opened(changed(_shared(), {3: {3: "x"}}))["Data"]
    assert [sheet[f"C{row}"].value for row in (1, 2, 3, 4)] == ["=A1+B1", "=A2+B2", "x", "=A4+B4"]


def test_shared_formula_goes_on_in_a_new_row_of_a_table():
    before = table_book(
        columns=[{"header": "Name"}, {"header": "Amount"}, {"header": "Sum"}], data=[[1, 2, 3]] * 3
    )
    before = replaced(
        before,
        SHEET,
        ('<c r="C2"><v>3</v></c>', '<c r="C2"><f t="shared" ref="C2:C4" si="0">A2+B2</f><v>3</v></c>'),
        ('<c r="C3"><v>3</v></c>', '<c r="C3"><f t="shared" si="0"/><v>3</v></c>'),
        ('<c r="C4"><v>3</v></c>', '<c r="C4"><f t="shared" si="0"/><v>3</v></c>'),
    )
    assert opened(grown(before, {1: 5}))["Data"]["C5"].value == "=A5+B5"


@pytest.mark.parametrize("row", [1, 2], ids=["its own cell", "another cell"])
def test_cell_of_an_array_formula_is_refused(row):
    def draw(book, sheet):
        sheet.write_array_formula("A1:A3", "{=B1:B3*2}")

    with pytest.raises(Refused) as caught:
        changed(made(draw), {row: {1: 5}})
    assert caught.value.reason == "array-formula"


def test_array_formula_of_one_cell_is_replaced():
    after = changed(made(lambda book, sheet: sheet.write_array_formula("A1", "{=SUM(B1:B3*2)}")), {1: {1: 5}})
    assert opened(after)["Data"]["A1"].value == 5
