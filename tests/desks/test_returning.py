"""The letter that returns a form says only what is true of the files that come with it."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.demo import clients, company
from pipeline.form.blank_cells import on_official_form
from pipeline.form.markup_styles import ERROR_FILL
from pipeline.mail.message import read_mail
from pipeline.model import Problem
from tests.company import MORNING, Company, workbook
from tests.desks.revising import attached_form, html, rejected, words

TODAY = MORNING.date()
HR = company.hr_form(TODAY)
FAULTY = company.sales_form_with_mistakes(TODAY)
XLS = Path(__file__).parents[1] / "specimens" / "forms" / "official-libreoffice.xls"


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def returned(house, data, name="Form.xlsx", sender=company.SALES_PIC):
    """The letter that answers a mail with this file."""
    raw = clients.form_mail(sender, b"x", "Form permintaan akses", "Terlampir.", house.clock.now)
    mail = message_from_bytes(raw, policy=policy.SMTP)
    mail.clear_content()
    mail.set_content("Form permintaan akses terlampir.")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    house.send(mail.as_bytes())
    house.poll()
    return house.letters("returned")[-1]


def changed(data, change):
    book, out = load_workbook(io.BytesIO(data), rich_text=True), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def test_marks_are_promised_where_they_are(house):
    letter = returned(house, workbook(FAULTY))
    assert "sudah kami beri warna dan catatan" in words(letter)


# --- a number that cannot be corrected ----------------------------------------------------------------


def test_a_number_that_is_refused_is_marked_where_it_stands_and_not_called_a_revision(house):
    rejected(house, HR, "SETUJU")
    house.answer(house.letters("received")[-1], "BATAL", company.HR_MANAGER)
    house.poll()
    house.send_form(company.hr_form_revised(TODAY, "REQ-2026-0001"))
    house.poll()
    letter = house.letters("returned")[-1]
    assert "sebagai revisi" not in words(letter)
    assert not letter.subject.startswith("[REQ")
    sheet = load_workbook(io.BytesIO(attached_form(letter).data))["Form"]
    (cell,) = [c for row in sheet.iter_rows() for c in row if c.value == "REQ-2026-0001"]
    assert cell.fill.fgColor.rgb == ERROR_FILL
    assert "sudah berakhir (ditarik kembali" in cell.comment.text
    assert f"Form!{cell.coordinate}" in words(letter)


def test_an_unknown_number_is_marked_where_it_stands(house):
    house.send_form(replace(HR, revises="REQ-2026-0099"))
    house.poll()
    letter = house.letters("returned")[-1]
    sheet = load_workbook(io.BytesIO(attached_form(letter).data))["Form"]
    assert "tidak dikenal" in sheet["C10"].comment.text
    assert "sebagai revisi" not in words(letter)


def test_a_form_that_changes_nothing_is_listed_and_no_colour_is_promised(house):
    form = company.finance_form(TODAY)
    house.send_form(form)
    house.poll()
    house.answer(house.asked(), "SETUJU 1 TOLAK 2,3 alasan: belum perlu")
    house.poll()
    house.send_form(replace(form, lines=form.lines[:1], revises="REQ-2026-0001"))
    house.poll()
    letter = house.letters("returned")[-1]
    assert "hal di atas kami catat di lembar Perbaikan" in words(letter)
    assert "warna" not in words(letter)
    assert "sebagai revisi REQ-2026-0001" in words(letter)


# --- sheets that cannot be seen -----------------------------------------------------------------------


def test_a_form_on_a_hidden_sheet_comes_back_shown_and_the_letter_says_so(house):
    def hide(book):
        book.create_sheet("Surat")["A1"] = "Mohon diproses."
        book["Form"].sheet_state = "hidden"

    letter = returned(house, changed(workbook(FAULTY), hide))
    assert "Lembar Form, yang tadinya tersembunyi, kami tampilkan" in words(letter)
    assert load_workbook(io.BytesIO(attached_form(letter).data))["Form"].sheet_state == "visible"


# --- files that nothing could be taken from ------------------------------------------------------------


def blank_book(fill=lambda book: None):
    book, out = Workbook(), io.BytesIO()
    fill(book)
    book.save(out)
    return out.getvalue()


def two_forms(book):
    other = book.copy_worksheet(book["Form"])
    other.title = "Form 2"


@pytest.mark.parametrize(
    ("name", "data", "step"),
    [
        ("form akses.csv", b"Nama;NIK", "kirim formulirnya kembali"),
        ("form.xlsx", b"", "kirim formulirnya kembali"),
        ("form.xlsx", blank_book(lambda b: b.active.append(["Cuti", "Nama"])), "kirim formulirnya dengan"),
        ("form.xlsx", changed(workbook(FAULTY), two_forms), "kirim formulirnya dengan"),
    ],
    ids=["csv", "empty", "another form", "two forms"],
)
def test_an_empty_official_form_is_called_empty_and_there_is_one_order(house, name, data, step):
    letter = returned(house, data, name)
    text = words(letter)
    assert step in text
    assert "kosong" in text
    for wrong in ("sudah kami isikan", "sudah kami pindahkan", "mintakan tanda tangan", "warna"):
        assert wrong not in text, wrong
    form = attached_form(letter)
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert {p.kind for p in reading.errors} == {"form"}, "it is blank"


# --- files that carry no marks -------------------------------------------------------------------------


def test_the_faults_of_an_xls_are_marked_in_the_official_form_under_its_own_cells(house):
    letter = returned(house, XLS.read_bytes(), "Form.xls")
    assert "alamat sel di atas adalah alamat di formulir itu" in words(letter)
    assert "kami beri warna dan catatan" in words(letter)
    form = attached_form(letter)
    assert form.name.endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(form.data))["Form"]
    marked = [c for row in sheet.iter_rows() for c in row if c.comment]
    assert marked
    for cell in marked:
        assert f"Form!{cell.coordinate}" in words(letter)


def test_the_letter_never_names_a_cell_of_a_file_that_was_replaced(house):
    def lower(book):
        sheet = book["Form"]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.move_range("A1:H70", rows=4)

    out = io.BytesIO(changed(workbook(FAULTY), lower))
    with zipfile.ZipFile(out, "a") as archive:
        # A signed package carries no marks: any change would break the signature.
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    letter = returned(house, out.getvalue())
    assert "Form!B15" in words(letter)
    assert "Form!B19" not in words(letter)
    assert load_workbook(io.BytesIO(attached_form(letter).data))["Form"]["B15"].comment is not None


def moved_to(form, *paths):
    """Field -> its cell on the official form."""
    problems = tuple(Problem(path, "invalid", "Lain!Z9", "error", "?") for path in paths)
    return {p.field: p.cell for p in on_official_form(problems, form)}


def test_every_field_of_a_reading_has_its_cell_on_the_official_form(house):
    form = company.finance_form(TODAY)
    cells = dict(house.office.sandbox.read(workbook(form), "x.xlsx", TODAY, "id").cells)
    del cells["employees"], cells["items"]
    assert moved_to(form, *cells) == cells
    assert moved_to(form, "items[1]") == {"items[1]": cells["items[1].system"]}
    assert set(moved_to(form, "form", "items[999].system", "items[0].nothing").values()) == {""}


# --- what the approver is told -------------------------------------------------------------------------


def test_the_approver_is_told_of_the_old_list_in_a_form_that_came_back_mended(house):
    first = returned(house, workbook(FAULTY))

    def mend(book):
        sheet = book["Form"]
        sheet["B15"], sheet["C32"], sheet["G33"] = "00388", "CL", TODAY + timedelta(days=9)

    data = changed(attached_form(first).data, mend)
    house.send(clients.form_mail(company.SALES_PIC, data, "Re: Form", "Sudah.", house.clock.now))
    house.poll()
    assert house.last() == ("processed", "new-request")
    assert "masih memuat lembar Perbaikan" in words(house.asked())
    assert "Perbaikan" in html(house.asked())


def test_the_approver_of_a_form_that_was_never_returned_is_told_nothing_of_lists(house):
    house.send_form(HR)
    house.poll()
    assert "masih memuat lembar" not in words(house.asked())
    assert len(read_mail(house.asked().raw).attachments) == 1
