"""The division head's sign-off is found in every shape it has on paper, and missed in none that lacks it."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from PIL import Image as Pixels

from pipeline.model import Form
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import ACCESS, HEAD, PEOPLE, REQUESTER, SIGNOFF, Case, check, day, form, read, sheet

ASKER = FORM.requester_name
UNSIGNED = replace(FORM, signature="none")
NAMELESS = replace(FORM, division_head_name="")
NO_SIGNATURE = (("signature", "missing"),)
ROLES = ["Diajukan oleh,", None, "Disetujui oleh,"]
TITLES = ["Pemohon", None, "Kepala Divisi"]


def signed(*rows: list[object], form_: Form = FORM, problems: tuple[tuple[str, str], ...] = ()) -> Case:
    return sheet(REQUESTER, PEOPLE, ACCESS, [["D. PERSETUJUAN"], *rows], form_=form_, problems=problems)


CASES: dict[str, Case] = {
    "two lines": signed(["Nama Kepala Divisi", HEAD], ["Tanda Tangan", HEAD], ["Tanggal", day(2026, 11, 23)]),
    "TTD": signed(["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", "TTD"]),
    "electronically": signed(["Kepala Divisi", HEAD], ["Tanda Tangan", "Disetujui elektronik 23/11/2026"]),
    "one line for both": signed(["Nama & Tanda Tangan Kepala Divisi", f"{HEAD}, 23/11/2026"]),
    "a head row": signed(["Nama Kepala Divisi", "Tanda Tangan", "Tanggal"], [HEAD, "ttd", day(2026, 11, 23)]),
    "a dotted line": signed(
        ["Nama Kepala Divisi", HEAD], ["Tanda Tangan", "(................)"], form_=UNSIGNED,
        problems=NO_SIGNATURE
    ),
    "a date alone": signed(
        ["Nama Kepala Divisi", HEAD], ["Tanda Tangan", "23/11/2026"], form_=UNSIGNED, problems=NO_SIGNATURE
    ),
    "not yet": signed(["Nama Kepala Divisi", HEAD], ["Tanda Tangan", "belum"], form_=UNSIGNED,
    problems=NO_SIGNATURE),
    "only the requester signed": signed(
        ["Tanda Tangan Pemohon", "ttd"], ["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", None],
        form_=UNSIGNED, problems=NO_SIGNATURE,
    ),
    "only IT signed": signed(
        ["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", None], [], ["E. DIISI OLEH IT"],
        ["Nama", "Petugas"], ["Tanda Tangan", "ttd IT"], form_=UNSIGNED, problems=NO_SIGNATURE,
    ),
    "a block": signed(ROLES, TITLES, [], ["ttd", None, "ttd"], [], [f"({ASKER})", None, f"({HEAD})"]),
    "a block without brackets": signed(ROLES, TITLES, [], ["ttd", None, "ttd"], [], [ASKER, None, HEAD]),
    "a block with named lines": signed(
        ROLES, TITLES, ["ttd", None, "ttd"], [f"Nama : {ASKER}", None, f"Nama : {HEAD}"],
        ["Tgl : 23/11/2026", None, "Tgl : 23/11/2026"],
    ),
    "a block with titles beneath": signed(
        ["Pemohon,", None, "Menyetujui,"], ["ttd", None, "ttd"], [f"({ASKER})", None, f"({HEAD})"],
        ["Manager Pembelian", None, "Kepala Divisi"],
    ),
    "a block under a place and a date": signed(
        ["Jakarta, 23 November 2026"], ROLES, TITLES, ["ttd", None, "ttd"], [f"({ASKER})", None, f"({HEAD})"]
    ),
    "a block that only the requester signed": signed(
        ROLES, TITLES, ["ttd"], [], [f"({ASKER})", None, f"({HEAD})"], form_=UNSIGNED, problems=NO_SIGNATURE
    ),
    "a block without a name": signed(
        ROLES, TITLES, ["ttd", None, "ttd"], [], [f"({ASKER})", None, "(..............)"],
        form_=NAMELESS, problems=(("division_head_name", "missing"),),
    ),
    "a table of signatures": signed(
        [None, "Diajukan oleh", "Disetujui oleh"], ["Nama", ASKER, HEAD],
        ["Jabatan", "Manager", "Kepala Divisi"], ["Tanda Tangan", "ttd", "ttd"],
        ["Tanggal", "23/11/26", "23/11/26"],
    ),
    "a row for each": signed(
        [None, "Nama", "Tanda Tangan", "Tanggal"], ["Pemohon", ASKER, "ttd", "23/11/2026"],
        ["Kepala Divisi", HEAD, "ttd", "23/11/2026"],
    ),
    "a row for each, the division head's empty": signed(
        [None, "Nama", "Tanda Tangan", "Tanggal"], ["Pemohon", ASKER, "ttd", "23/11/2026"],
        ["Kepala Divisi", HEAD], form_=UNSIGNED, problems=NO_SIGNATURE,
    ),
    "a place for the name, untouched": signed(
        ["Nama Kepala Divisi", "[nama kepala divisi]"], ["Tanda Tangan Kepala Divisi", "ttd"],
        form_=NAMELESS, problems=(("division_head_name", "missing"),),
    ),
    "the label itself for a name": signed(
        ["Nama Kepala Divisi", "Nama Kepala Divisi"], ["Tanda Tangan Kepala Divisi", "ttd"],
        form_=NAMELESS, problems=(("division_head_name", "missing"),),
    ),
    "to follow": signed(
        ["Nama Kepala Divisi", HEAD], ["Tanda Tangan Kepala Divisi", "akan menyusul"], form_=UNSIGNED,
        problems=NO_SIGNATURE,
    ),
    "cells as in the procedure": signed(
        ["Diajukan Oleh", "Disetujui Oleh"], ["ttd", "ttd"],
        [f"Nama : {ASKER}\nJabatan : Manager", f"Nama : {HEAD}\nJabatan : Kepala Divisi"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_sign_off_is_read_right_with(case: Case) -> None:
    check(case)


def png(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Pixels.new("RGB", (120, 40), colour).save(out, "PNG")
    return out.getvalue()


def with_picture(place: str | None, rows: list[list[object]], absolute: tuple[int, int] = (0, 0)) -> bytes:
    data = to_xlsx(Page("Form", form(REQUESTER, PEOPLE, ACCESS, rows)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    picture = Image(io.BytesIO(png()))
    if place is None:
        size = XDRPositiveSize2D(1_000_000, 300_000)
        picture.anchor = AbsoluteAnchor(pos=XDRPoint2D(*absolute), ext=size)
    else:
        picture.anchor = place
    book.active.add_image(picture)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EMPTY_BOX = [*SIGNOFF[:2], ["Tanda Tangan Kepala Divisi"]]


def test_a_picture_in_the_signature_box_is_a_signature() -> None:
    reading = read(with_picture("B24", EMPTY_BOX))
    assert reading.form.signature == "image"
    assert len(reading.signature_sha256) == 64
    assert not reading.problems


def test_an_absolutely_placed_picture_near_the_box_is_a_signature() -> None:
    assert read(with_picture(None, EMPTY_BOX, (700_000, 23 * 190_500))).form.signature == "image"


def test_a_logo_at_the_top_signs_nothing() -> None:
    reading = read(with_picture("F1", EMPTY_BOX))
    assert [(p.field, p.kind) for p in reading.problems] == [("signature", "missing")]


def test_the_requesters_picture_in_a_block_is_not_the_division_heads() -> None:
    block = [["D. PERSETUJUAN"], ROLES, TITLES, [], [], [], [f"({ASKER})", None, f"({HEAD})"]]
    assert read(with_picture("A26", block)).form.signature == "none"
    assert read(with_picture("C26", block)).form.signature == "image"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://x/image" Target="%s"/></Relationships>'
)
R = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def test_excels_picture_in_a_cell_is_a_signature() -> None:
    parts = parts_of(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, ACCESS, EMPTY_BOX))))
    sheet_part = "xl/worksheets/sheet1.xml"
    cell = b'<c r="B24" t="e" vm="1"><v>#VALUE!</v></c></row>'
    head, row, tail = parts[sheet_part].partition(b'<row r="24"')
    parts[sheet_part] = head + row + tail.replace(b"</row>", cell, 1)
    parts["xl/richData/rdrichvalue.xml"] = b"<rvData><rv s='0'><v>0</v><v>5</v></rv></rvData>"
    parts["xl/richData/richValueRel.xml"] = b"<richValueRels %s><rel r:id='rId1'/></richValueRels>" % R
    parts["xl/richData/_rels/richValueRel.xml.rels"] = RELATIONS % b"../media/image1.png"
    parts["xl/media/image1.png"] = png()
    assert read(packed(parts)).form.signature == "image"


def test_the_cell_picture_of_wps_is_a_signature() -> None:
    parts = parts_of(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, ACCESS, EMPTY_BOX))))
    sheet_part = "xl/worksheets/sheet1.xml"
    cell = b'<c r="B24" t="str"><f>_xlfn.DISPIMG("ID_7",1)</f><v>=DISPIMG("ID_7",1)</v></c></row>'
    head, row, tail = parts[sheet_part].partition(b'<row r="24"')
    parts[sheet_part] = head + row + tail.replace(b"</row>", cell, 1)
    parts["xl/cellimages.xml"] = (
        b'<e:cellImages xmlns:e="http://w/e" xmlns:a="http://w/a" %s><e:cellImage><e:cNvPr name="ID_7"/>'
        b'<a:blip r:embed="rId1"/></e:cellImage></e:cellImages>' % R
    )
    parts["xl/_rels/cellimages.xml.rels"] = RELATIONS % b"media/image1.png"
    parts["xl/media/image1.png"] = png()
    reading = read(packed(parts))
    assert reading.form.signature == "image"
    assert len(reading.signature_sha256) == 64
