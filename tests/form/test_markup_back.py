"""A marked copy that comes back: old marks go, the sender's own colours and comments stay."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipeline.form.markup_list import CORRECTIONS_NAME
from pipeline.form.markup_styles import ERROR_FILL
from tests.form.marked import (
    mark,
    opened,
    parts_of,
    problem_at,
    rich_workbook,
    small_workbook,
)


def test_a_copy_that_comes_back_shows_only_what_is_still_wrong() -> None:
    def coloured(sheet):
        sheet["C3"].fill = PatternFill("solid", fgColor="FFDDEEFF")

    first = mark(small_workbook(coloured), problem_at("Form!C3", "Satu."), problem_at("Form!A1", "Dua."))
    second = mark(first, problem_at("Form!A1", "Masih."))
    book = opened(second)
    assert book.sheetnames == ["Perbaikan", "Form"]
    sheet = book["Form"]
    assert (sheet["C3"].fill.fgColor.rgb, sheet["C3"].comment) == ("FFDDEEFF", None)
    assert sheet["A1"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["A1"].comment.text == "Akses:\nMasih."
    assert book["Perbaikan"].max_row == 6
    assert parts_of(second)["xl/drawings/akses_vmlDrawing1.vml"].count(b'ObjectType="Note"') == 1


def test_a_colour_under_two_marks_is_still_the_senders_own() -> None:
    def coloured(sheet):
        sheet["C3"].fill = PatternFill("solid", fgColor="FFDDEEFF")

    twice = mark(mark(small_workbook(coloured), problem_at("Form!C3")), problem_at("Form!C3"))
    assert opened(mark(twice, problem_at("Form!A1")))["Form"]["C3"].fill.fgColor.rgb == "FFDDEEFF"


def test_a_copy_saved_by_another_program_is_still_known() -> None:
    book = opened(mark(small_workbook(), problem_at("Form!C3", "Satu."), problem_at("Form!A1")))
    out = io.BytesIO()
    book.save(out)
    again = opened(mark(out.getvalue(), problem_at("Form!A1", "Masih.")))
    assert again.sheetnames == ["Perbaikan", "Form"]
    assert again["Form"]["C3"].fill.patternType is None
    assert again["Form"]["C3"].comment is None
    assert again["Form"]["A1"].comment.text == "Akses:\nMasih."


def test_a_comment_of_the_senders_loses_our_words_when_the_cell_is_mended() -> None:
    again = mark(mark(rich_workbook(), problem_at("Form!B1", "Salah.")), problem_at("Form!B2"))
    assert opened(again)["Form"]["B1"].comment.text == "Catatan saya sendiri"


def test_a_senders_sheet_called_perbaikan_is_not_overwritten() -> None:
    def own(sheet):
        sheet.parent.create_sheet("Perbaikan")["A1"] = "rencana perbaikan gedung"

    book = opened(mark(small_workbook(own), problem_at("Form!C3")))
    assert book.sheetnames == ["Perbaikan (2)", "Form", "Perbaikan"]
    assert book["Perbaikan"]["A1"].value == "rencana perbaikan gedung"
    assert book.defined_names[CORRECTIONS_NAME].attr_text == "'Perbaikan (2)'!$A$1"


def test_our_hidden_name_on_a_sheet_of_the_senders_does_not_make_us_overwrite_it() -> None:
    def trap(sheet):
        names = sheet.parent.defined_names
        names[CORRECTIONS_NAME] = openpyxl.workbook.defined_name.DefinedName(
            CORRECTIONS_NAME, attr_text="'Form'!$A$1"
        )

    assert opened(mark(small_workbook(trap), problem_at("Form!A1")))["Form"]["C3"].value == "Ayu"


def came_back(change):
    """A marked copy, changed as a person or a program would, and marked anew."""
    book = opened(mark(small_workbook(), problem_at("Form!C3", "Satu."), problem_at("Form!A1", "Dua.")))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return opened(mark(out.getvalue(), problem_at("Form!A1", "Masih.")))


def test_our_list_is_known_without_its_hidden_name() -> None:
    def drop(book):
        del book.defined_names[CORRECTIONS_NAME]

    book = came_back(drop)
    assert book.sheetnames == ["Perbaikan", "Form"]
    assert [c.value for c in book["Perbaikan"]["C"]][5:] == ["Masih."]
    assert book["Form"]["C3"].fill.patternType is None


@pytest.mark.parametrize(
    "note",
    [
        lambda sheet: sheet.__setitem__("E12", "Sudah dicek ya Pak"),
        lambda sheet: sheet.__setitem__("C6", "Sudah dicek ya Pak"),
        lambda sheet: setattr(sheet["A1"], "comment", Comment("Sudah dicek ya Pak", "Rudi")),
    ],
    ids=["beside the list", "over our words", "as a comment"],
)
def test_what_the_sender_wrote_on_our_list_is_kept(note) -> None:
    book = came_back(lambda book: note(book["Perbaikan"]))
    assert book.sheetnames == ["Perbaikan", "Perbaikan (lama)", "Form"]
    cells = [cell for row in book["Perbaikan (lama)"].iter_rows() for cell in row]
    said = {c.value for c in cells} | {c.comment.text for c in cells if c.comment}
    assert "Sudah dicek ya Pak" in said
    assert [c.value for c in book["Perbaikan"]["C"]][5:] == ["Masih."]
    assert book.defined_names[CORRECTIONS_NAME].attr_text == "'Perbaikan'!$A$1"
    assert book["Form"]["C3"].fill.patternType is None


def test_a_list_that_was_kept_stays_as_it_is_when_the_next_copy_comes_back() -> None:
    first = came_back(lambda book: book["Perbaikan"].__setitem__("E12", "Sudah dicek"))
    out = io.BytesIO()
    first.save(out)
    book = opened(mark(out.getvalue(), problem_at("Form!A1", "Lagi.")))
    assert book.sheetnames == ["Perbaikan", "Perbaikan (lama)", "Form"]
    assert book["Perbaikan (lama)"]["E12"].value == "Sudah dicek"


def test_old_marks_go_also_where_the_sender_deleted_our_list() -> None:
    book = came_back(lambda book: book.remove(book["Perbaikan"]))
    assert book.sheetnames == ["Perbaikan", "Form"]
    assert (book["Form"]["C3"].fill.patternType, book["Form"]["C3"].comment) == (None, None)
