"""Zips of every kind: what is copied, and what is refused."""

import io
import struct
import zipfile

import pytest

from pipeline.register.package.archive import Archive
from pipeline.register.package.refusal import Refused
from tests.register.package.books import (
    SHEET,
    grown,
    names,
    raw_members,
    table_book,
    touched,
    values,
    with_parts,
)

NEW = {1: "new", 2: 9}
CHANGED = {SHEET, "xl/tables/table1.xml", "xl/workbook.xml"}


def _refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        grown(data, NEW)
    return caught.value.reason


def _directory_place(data: bytes, name: str) -> int:
    """Where the zip's directory speaks of a member."""
    place = data.index(b"PK\x01\x02")
    while data[place + 46 : place + 46 + len(name)] != name.encode():
        place = data.index(b"PK\x01\x02", place + 4)
    return place


def _patched(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + new + data[place + len(new) :]


class _NoSeeking(io.RawIOBase):
    """Makes zipfile write data descriptors, as programs that stream do."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.data += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def _streamed(data: bytes, zip64: bool = False) -> bytes:
    sink = _NoSeeking()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with new.open(name, "w", force_zip64=zip64) as member:
                member.write(old.read(name))
    return bytes(sink.data)


@pytest.mark.parametrize("zip64", [False, True])
def test_data_descriptors_and_zip64_as_a_way_of_writing(zip64):
    before = _streamed(table_book(), zip64)
    assert b"PK\x07\x08" in before
    after = grown(before, NEW)
    assert touched(before, after) == CHANGED
    assert b"PK\x07\x08" not in after
    assert values(after)[4][0] == "new"


def test_stored_members_stay_stored():
    stream = io.BytesIO()
    before = table_book()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    after = grown(stream.getvalue(), NEW)
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert archive.testzip() is None
        assert archive.getinfo("xl/styles.xml").compress_type == zipfile.ZIP_STORED


def test_comment_times_and_folders_of_the_zip_are_kept():
    stream = io.BytesIO(table_book())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"by hand"
        archive.writestr(zipfile.ZipInfo("xl/media/", (2001, 2, 3, 4, 6, 8)), b"")
    with zipfile.ZipFile(io.BytesIO(grown(stream.getvalue(), NEW))) as archive:
        assert archive.comment == b"by hand"
        assert archive.getinfo("xl/media/").date_time == (2001, 2, 3, 4, 6, 8)


def test_bytes_before_the_zip_do_not_disturb():
    assert values(grown(b"#!/bin/sh\n" + table_book(), NEW))[4][0] == "new"


def test_written_zip_begins_at_its_own_beginning():
    before = table_book()
    after = grown(grown(before, NEW), NEW)
    assert raw_members(after).keys() == raw_members(before).keys()


def test_two_parts_of_one_name():
    stream = io.BytesIO(table_book())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/styles.xml", b"")
    assert _refusal(stream.getvalue()) == "duplicate-parts"


def test_encrypted_member():
    data = table_book()
    place = _directory_place(data, "xl/styles.xml") + 8
    flags = struct.unpack_from("<H", data, place)[0] | 1
    assert _refusal(_patched(data, place, struct.pack("<H", flags))) == "encrypted"


def test_workbook_with_a_password_and_an_old_one():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert _refusal(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert _refusal(ole) == "not-a-workbook"


def test_signed_workbook():
    before = with_parts(
        table_book(),
        {
            "_rels/.rels": lambda text: text.replace(
                "</Relationships>",
                '<Relationship Id="rIdS" Target="_xmlsignatures/origin.sigs" Type="http://schemas.openxmlformats'
                '.org/package/2006/relationships/digital-signature/origin"/></Relationships>',
            )
        },
    )
    assert _refusal(before) == "signed"


def test_bad_checksum_in_the_sheet_is_refused_and_elsewhere_copied():
    data = table_book()
    there = _directory_place(data, SHEET) + 16
    assert _refusal(_patched(data, there, b"\0\0\0\0")) == "truncated"
    elsewhere = _patched(data, _directory_place(data, "docProps/app.xml") + 16, b"\0\0\0\0")
    assert "docProps/app.xml" not in touched(elsewhere, grown(elsewhere, NEW))


def test_file_that_is_cut_off_anywhere():
    data = table_book()
    reasons = {_refusal(data[:size]) for size in range(0, len(data) - 22, 37)}
    assert reasons == {"not-a-workbook"}


def test_hole_in_the_file():
    data = table_book()
    start = data.index(SHEET.encode()) + len(SHEET)
    assert _refusal(_patched(data, start, bytes(200))) == "truncated"


def test_part_that_unpacks_to_a_thousand_times_its_size():
    bomb = with_parts(
        table_book(), {SHEET: lambda text: text.replace("<sheetData>", "<sheetData>" + " " * 30_000_000)}
    )
    assert _refusal(bomb) == "too-large"


@pytest.mark.parametrize(
    "name", ["xl/workbook.xml", "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", SHEET]
)
def test_missing_part(name):
    stream, data = io.BytesIO(), table_book()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
    if name == "[Content_Types].xml":
        assert values(grown(data, NEW))[4][0] == "new"
        return
    with pytest.raises((Refused, StopIteration)):
        grown(stream.getvalue(), NEW)


def test_no_workbook_at_all(tmp_path):
    assert _refusal(b"") == _refusal(b"hello") == "not-a-workbook"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert _refusal(stream.getvalue()) == "not-a-workbook"
    with pytest.raises(FileNotFoundError):
        Archive(tmp_path / "nothing.xlsx")


def test_parts_are_found_whatever_their_case():
    before = table_book()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("worksheets/sheet1", "Worksheets/Sheet1"), old.read(name))
    after = grown(stream.getvalue().replace(b"", b""), NEW)
    assert "xl/Worksheets/Sheet1.xml" in names(after)
