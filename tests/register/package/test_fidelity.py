"""Nothing is lost: 150 workbooks with everything in them, a row appended and a cell changed in each."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tests.register.package.books import (
    SHEET,
    appended,
    changed,
    made,
    names,
    opened,
    raw_members,
    touched,
    values,
)
from tests.register.package.features import workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

ALLOWED = {SHEET, "xl/tables/table1.xml", "xl/workbook.xml", "xl/styles.xml"}
ROW = ["=new & <row>", 41.5, True]


@pytest.mark.parametrize("start", range(0, 150, 10))
def test_untouched_parts_are_the_same_bytes_and_values_the_same(start, tmp_path):
    for number in range(start, start + 10):
        before = workbook(number)
        after, done = appended(before, tmp_path, ROW, where="Data")
        assert touched(before, after) <= ALLOWED, number
        assert names(before) == names(after), number
        was, now = values(before), values(after)
        assert now[done.first_row - 1][:3] == ROW, number
        _check_others(was, now, done.first_row, number)
        sheet = opened(after)["Data"]
        assert [cell.value for cell in sheet[done.first_row]][:3] == ROW, number


@pytest.mark.parametrize("start", range(0, 150, 50))
def test_changed_cell_changes_nothing_else(start):
    for number in range(start, start + 50):
        before = workbook(number)
        after = changed(before, {2: {1: "changed"}})
        assert touched(before, after) <= ALLOWED, number
        was, now = values(before), values(after)
        assert now[1][0] == "changed", number
        assert [*now[1][1:]] == [*was[1][1:]], number
        assert now[:1] + now[2:] == was[:1] + was[2:], number


def _check_others(was: list[list[object]], now: list[list[object]], new: int, number: int) -> None:
    for row, line in enumerate(was, 1):
        kept = line[4:] if row == new else line
        assert now[row - 1][4 if row == new else 0 : len(line)] == kept, (number, row)


def test_other_sheets_and_their_order_stay(tmp_path):
    before = next(data for data in map(workbook, range(40)) if b"worksheets/sheet2" in data)
    after, _ = appended(before, tmp_path, ROW, where="Data")
    books = [CalamineWorkbook.from_filelike(io.BytesIO(data)) for data in (before, after)]
    assert books[0].sheet_names == books[1].sheet_names
    assert values(before, 1) == values(after, 1)


def test_macro_workbook_is_kept(tmp_path):
    before = made(lambda book, sheet: (sheet.write("A1", "x"), book.set_vba_name()))
    after, _ = appended(before, tmp_path, ["y"])
    old, new = raw_members(before), raw_members(after)
    assert old["[Content_Types].xml"] == new["[Content_Types].xml"]
