"""Rows given by the names of columns: a name that two columns have is nobody's."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.register.package.appending import append_rows
from pipeline.register.package.refusal import Refused


def a_list() -> bytes:
    book, stream = Workbook(), io.BytesIO()
    for row in (("Name", "Day", "Day"), ("Budi", 1, 2)):
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


def test_a_name_that_two_columns_have_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    with pytest.raises(Refused, match="Two columns are called 'Day'") as caught:
        append_rows(a_list(), target, [{"Name": "Sari", "Day": 3}])
    assert caught.value.reason == "no-column"
    assert not target.exists()


def test_the_other_columns_of_that_list_still_have_their_names(tmp_path: Path) -> None:
    target = tmp_path / "list.xlsx"
    append_rows(a_list(), target, [{"name": "Sari"}])
    assert [cell.value for cell in load_workbook(target).worksheets[0][3]] == ["Sari", None, None]
