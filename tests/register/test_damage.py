"""Files that cannot serve as the register are refused with their reason, whatever they are."""

import io
import random
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from pipeline.model import PipelineError
from pipeline.register.workbook import RegisterDamaged, new_register, read_register
from tests.register.samples import COMPANY, Hand, some_rows


def _good() -> bytes:
    return new_register(some_rows(3), {}, 1, COMPANY, "id")


def _foreign() -> bytes:
    stream = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["Nama", "Alamat"])
    book.save(stream)
    return stream.getvalue()


def _rezipped(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The good register with parts changed, or left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_good())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def _header(column: str, text: str | None) -> bytes:
    hand = Hand(_good())
    place = hand.place(column)
    hand.sheet.cell(4, place).value = text
    hand.sheet.tables["Register"].tableColumns[place - 1].name = text or "Kolom1"
    return hand.save()


def _bomb() -> bytes:
    return _rezipped(lambda name, data: data + b" " * 50_000_000 if name.endswith("sheet1.xml") else data)


def _with_entities() -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"<worksheet", bomb + b"<worksheet", 1) if name.endswith("sheet1.xml") else data

    return _rezipped(change)


@pytest.mark.parametrize(("data", "reason"), [
    (lambda: b"", "not-a-workbook"),
    (lambda: b"halo, ini bukan berkas", "not-a-workbook"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not-a-workbook"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    (lambda: _good()[:-400], "truncated"),
    (lambda: _good()[:200], "truncated"),
    (lambda: _good()[:2000] + b"\0" * 500 + _good()[2500:], "truncated"),
    (lambda: _rezipped(lambda name, data: None if name == "xl/workbook.xml" else data), "not-a-workbook"),
    (lambda: _rezipped(lambda name, data: data[:-50] if name.endswith("sheet1.xml") else data), "truncated"),
    (_bomb, "too-large"),
    (_foreign, "foreign"),
    (lambda: _header("key", None), "no-key"),
    (lambda: _header("note", "Keterangan tambahan"), "header"),
    (lambda: _header("decision", "Hasil"), "header"),
])  # fmt: skip
def test_a_file_that_is_no_register_is_refused_with_its_reason(
    data: Callable[[], bytes], reason: str
) -> None:
    with pytest.raises(RegisterDamaged) as damage:
        read_register(data())
    assert damage.value.reason == reason
    assert isinstance(damage.value, PipelineError)
    assert damage.value.words("id") != damage.value.words("en")


def test_a_renamed_header_is_named() -> None:
    with pytest.raises(RegisterDamaged, match="Catatan IT"):
        read_register(_header("note", "Keterangan tambahan"))


def test_entities_of_ones_own_are_written_by_no_program() -> None:
    with pytest.raises(RegisterDamaged):
        read_register(_with_entities())


def test_a_part_named_twice_is_refused() -> None:
    stream = io.BytesIO(_good())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    with pytest.raises(RegisterDamaged):
        read_register(stream.getvalue())


def test_a_file_that_does_not_tell_its_generation_is_read_and_says_so() -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"AKSES_GENERATION", b"LAIN") if name == "xl/workbook.xml" else data

    sheet = read_register(_rezipped(change))
    assert sheet.generation == 0
    assert len(sheet.problems) == 1
    assert len(sheet.rows) == 3


def test_any_flipped_or_missing_byte_ends_in_a_reading_or_a_refusal_and_soon() -> None:
    chance = random.Random(6)
    good = _good()
    started = time.monotonic()
    refused = 0
    for _ in range(400):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(data))
            if chance.random() < 0.5:
                data[place] ^= 1 << chance.randrange(8)
            else:
                del data[place : place + chance.randrange(1, 200)]
        try:
            read_register(bytes(data))
        except RegisterDamaged:
            refused += 1
    assert refused > 100
    assert time.monotonic() - started < 60


def test_hostile_xml_in_the_parts_ends_in_a_reading_or_a_refusal() -> None:
    swaps = (
        (b'r="A5"', b'r="ZZZZZZZZ5"'), (b'r="5"', b'r="99999999999999999999"'), (b'ref="A4:AD7"',
        b'ref="A4"'),
        (b'ref="A4:AD7"', b'ref="AD7:A4"'), (b'ref="A4:AD7"', b'ref="A4:XFD1048576"'), (b't="inlineStr"',
        b't="s"'),
        (b"<row ", b"<row x='1' "), (b'totalsRowShown="0"', b'totalsRowCount="x"'), (b't="n"', b't="d"'),
        (b"AKSES_GENERATION", b'AKSES_GENERATION" x="'), (b'Target="/xl/', b'Target="../../../xl/'),
    )  # fmt: skip
    for old, new in swaps:
        data = _rezipped(lambda _name, part, old=old, new=new: part.replace(old, new))  # type: ignore[misc]
        try:
            read_register(data)
        except RegisterDamaged:
            continue
