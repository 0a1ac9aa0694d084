"""The sender's own conditional formats never hide a mark, and stay what they were."""

import re
from typing import Any

import pytest
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import PatternFill

from pipeline.form.markup_styles import ERROR_FILL, WARNING_FILL
from tests.form.marked import edited, mark, opened, parts_of, problem_at, small_workbook

SHEET = "xl/worksheets/sheet1.xml"
X14 = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="iconSet" priority="1" '
    'id="{A}"/><xm:sqref>A1:D9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>'
    "</extLst></worksheet>"
)


def covered(sheet: Any) -> None:
    yellow = PatternFill("solid", bgColor="FFFFFF99")
    sheet.conditional_formatting.add("A1:D9", FormulaRule(formula=["TRUE"], fill=yellow, stopIfTrue=True))
    sheet.conditional_formatting.add(
        "C3", ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00")
    )


def rules(data: bytes) -> list[tuple[int, str, str, bool]]:
    """(priority, cells, type, stops) of every rule on the form, the first to be tried first."""
    formats = opened(data)["Form"].conditional_formatting
    found = [(r.priority, str(f.sqref), r.type, bool(r.stopIfTrue)) for f in formats for r in f.rules]
    return sorted(found, key=lambda rule: rule[0])


def test_a_senders_rule_over_every_cell_does_not_hide_the_marks() -> None:
    data = mark(small_workbook(covered), problem_at("Form!C3"), problem_at("Form!A1", severity="warning"))
    assert rules(data) == [
        (1, "C3", "expression", True), (2, "A1", "expression", True),
        (3, "A1:D9", "expression", True), (4, "C3", "colorScale", False),
    ]  # fmt: skip
    formats = opened(data)["Form"].conditional_formatting
    fills = {str(f.sqref): f.rules[0].dxf.fill.bgColor.rgb for f in formats if f.rules[0].priority < 3}
    assert fills == {"C3": ERROR_FILL, "A1": WARNING_FILL}


def test_our_rules_stand_first_also_in_the_file_which_is_what_libreoffice_goes_by() -> None:
    sheet = parts_of(mark(small_workbook(covered), problem_at("Form!C3")))[SHEET].decode()
    assert re.findall(r'priority="(\d)"', sheet) == ["1", "2", "3"]


def test_our_rules_are_gone_from_the_cells_that_were_mended() -> None:
    first = mark(small_workbook(covered), problem_at("Form!C3"), problem_at("Form!A1"))
    again = rules(mark(first, problem_at("Form!A1")))
    assert [cells for _, cells, kind, _ in again if kind == "expression"] == ["A1", "A1:D9"]
    assert len(again) == 3


def test_where_nothing_is_marked_any_more_only_the_senders_rules_are_left() -> None:
    first = mark(small_workbook(covered), problem_at("Form!C3"))
    assert [rule[1] for rule in rules(mark(first, problem_at("", "Tanpa sel.")))] == ["A1:D9", "C3"]


def test_a_sheet_without_rules_gets_none_of_ours() -> None:
    assert not rules(mark(small_workbook(), problem_at("Form!C3")))


@pytest.mark.parametrize("number", ["1", "-5", "x"])
def test_a_rule_that_only_newer_programs_know_is_outranked_too(number: str) -> None:
    newer = X14.replace('priority="1"', f'priority="{number}"').encode()
    data = mark(edited(small_workbook(), SHEET, (b"</worksheet>", newer)), problem_at("Form!C3"))
    sheet = parts_of(data)[SHEET].decode()
    ours, theirs = re.findall(r'priority="([^"]+)"', sheet)
    assert (ours, theirs) == ("1", "2")
    assert sheet.index("<conditionalFormatting") < sheet.index("<extLst")
