"""What cannot be marked without harm is refused, never spoiled, and never raises."""

import io
import random
import zipfile

import pytest

from pipeline.form.markup import mark_copy
from pipeline.model import Problem
from tests.form.marked import (
    MAIN,
    edited,
    mark,
    opened,
    parts_of,
    problem_at,
    rich_workbook,
    small_workbook,
    zipped,
)


def is_refused(data: bytes) -> bool:
    return mark_copy(data, "f.xlsx", (problem_at("Form!C3"),), "id") is None


def test_a_file_that_is_no_xlsx_is_refused() -> None:
    for data in (
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"<html>",
        small_workbook()[:-900],
    ):
        assert is_refused(data)
    assert is_refused(
        zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"})
    )


def test_a_signed_package_is_refused_since_any_change_would_break_the_signature() -> None:
    assert is_refused(zipped({**parts_of(small_workbook()), "_xmlsignatures/origin.sigs": b""}))


def test_strict_namespaces_and_binary_workbooks_are_refused() -> None:
    strict = (MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert is_refused(edited(small_workbook(), "xl/workbook.xml", strict))
    assert is_refused(edited(small_workbook(), "xl/worksheets/sheet1.xml", strict))
    types = (b"spreadsheetml.sheet.main+xml", b"sheet.binary.main")
    assert is_refused(edited(small_workbook(), "[Content_Types].xml", types))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_entities_are_refused_in_every_part_that_is_read(part: str) -> None:
    parts = parts_of(small_workbook())
    head, tag, rest = parts[part].partition(b"<" + parts[part].split(b"<")[-1].lstrip(b"/").split(b">")[0])
    bomb = b'<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;">]>'
    assert is_refused(zipped({**parts, part: head + bomb + tag + rest}))


def test_what_is_too_large_when_unpacked_is_refused() -> None:
    parts = parts_of(small_workbook())
    assert is_refused(zipped({**parts, "xl/media/a.bin": bytes(21 * 1024 * 1024)}))
    assert is_refused(zipped({**parts, **{f"xl/media/{i}.bin": b"" for i in range(200)}}))


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(small_workbook())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/Workbook.xml", b"<x/>")
    assert is_refused(out.getvalue())


def test_nothing_is_made_where_there_is_nothing_to_point_at() -> None:
    assert mark_copy(small_workbook(), "f.xlsx", (), "id") is None
    assert (
        mark_copy(
            small_workbook(), "f.xlsx", (Problem("form", "form", "", "error", "Bukan formulir."),), "id"
        )
        is None
    )


def test_damaged_bytes_end_in_a_readable_copy_or_in_none_never_in_an_error() -> None:
    data, chance, made = rich_workbook(), random.Random(7), 0
    for _ in range(150):
        parts = parts_of(data)
        name = chance.choice(
            ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "xl/comments1.xml"]
        )
        broken = bytearray(parts[name])
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        copy = mark_copy(zipped({**parts, name: bytes(broken)}), "f.xlsx", (problem_at("Form!B2"),), "id")
        if copy is not None:
            made += 1
            parts_of(copy.data)
    assert made > 0


def test_a_place_that_is_not_in_the_workbook_is_listed_without_a_link() -> None:
    problems = [problem_at(c) for c in ("Lain!C3", "Form!XFE1", "Form!A1048577", "Form", "!", "Form!A0")]
    sheet = opened(mark(small_workbook(), *problems)).worksheets[0]
    assert sheet.max_row == 5 + len(problems)
    assert all(sheet[f"B{6 + i}"].hyperlink is None for i in range(len(problems)))
