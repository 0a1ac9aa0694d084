"""Text from outside in workbook cells: read back identical, never a formula, never an unreadable file."""

import io
import zipfile

import openpyxl
import pytest

from pipeline.celltext import CELL_LIMIT, cell_text, looks_like_formula, put_text


def _saved(*values: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, value in enumerate(values, start=1):
        put_text(sheet.cell(row, 1), value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMULAS = (
    '=HYPERLINK("http://x.example")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠A1",
    "=cmd|' /C calc'!A0",
)  # fmt: skip


def test_text_that_looks_like_a_formula_is_read_back_as_the_same_text():
    data = _saved(*FORMULAS)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for cell, written in zip(sheet["A"], FORMULAS, strict=True):
        assert cell.data_type == "s"
        assert cell.value.replace("\r", "\n") == written.replace("\r", "\n")
        assert cell.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("word", ["#N/A", "#REF!", "TRUE", "12345", "00123", "2026-11-24", ""])
def test_words_with_a_meaning_in_excel_stay_text(word):
    cell = openpyxl.load_workbook(io.BytesIO(_saved(word, "x"))).worksheets[0]["A1"]
    assert (cell.value or "") == word
    assert not cell.quotePrefix


def test_every_character_there_is_leaves_the_workbook_readable():
    batches = ["".join(map(chr, range(start, start + 0x1000))) for start in range(0, 0x11000, 0x1000)]
    sheet = openpyxl.load_workbook(io.BytesIO(_saved(*batches))).worksheets[0]
    assert sheet.max_row == len(batches)
    assert cell_text("a\ufffeb\ud800c\x00d\x0be") == "a\ufffdb\ufffdc\ufffdd\ufffde"


def test_allowed_text_is_not_changed():
    text = "Sdr. Budi\tNIK 00123\n(Keuangan) 林 😀 √ é"
    assert cell_text(text) == text


def test_text_is_cut_to_what_excel_keeps_and_never_inside_a_character():
    assert len(cell_text("x" * 40_000)) == CELL_LIMIT
    faces = cell_text("😀" * 20_000)
    assert faces == "😀" * (CELL_LIMIT // 2)


def test_ordinary_words_do_not_look_like_formulas():
    assert not any(map(looks_like_formula, ("", "Budi", " =1", "a=b", "12-3")))
