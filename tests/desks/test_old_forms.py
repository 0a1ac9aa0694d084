"""A form of an earlier version: taken or refused as config.yaml says, and what goes back with it."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from pipeline.demo import clients, company
from pipeline.desks.returning import official_form
from pipeline.form.fields import FORM_VERSION
from pipeline.mail.message import read_mail
from pipeline.turn import Turn
from tests.company import MORNING, Company, workbook
from tests.desks.revising import attached_form, words

TODAY = MORNING.date()
HR = company.hr_form(TODAY)


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def old_form(form, version="2019.1"):
    """The official form as another version wrote it: only its hidden version differs."""
    data, out = workbook(form), io.BytesIO()
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if sheet.sheet_state != "visible" and str(cell.value) == _version(book):
                    cell.value = version
    book.save(out)
    return out.getvalue()


def _version(book):
    name = next(n for n in book.defined_names.values() if "VERSI" in n.name.upper())
    title, _, place = name.attr_text.rpartition("!")
    return str(book[title.strip("'")][place.replace("$", "")].value)


def send_old(house, form, version="2019.1"):
    people = {person.email: person for person in company.DIRECTORY.people}
    data = old_form(form, version)
    house.send(clients.form_mail(people[form.requester_email], data, "Form", "Terlampir.", house.clock.now))
    house.poll()


def refuse_old(data):
    data["form"]["accept_old"] = False


def test_an_old_form_is_accepted_as_shipped(house):
    send_old(house, HR)
    assert house.last() == ("processed", "new-request")
    letter = house.letters("received")[-1]
    assert "Formulir ini bukan versi yang berlaku (2019.1)" in words(letter), (
        "its sender is told all the same"
    )


def test_with_the_answer_to_an_accepted_old_form_comes_the_current_one_filled(house):
    send_old(house, HR)
    letter = house.letters("received")[-1]
    current = attached_form(letter)
    reading = house.office.sandbox.read(current.data, current.name, TODAY, "id")
    assert reading.version == FORM_VERSION
    assert [line.system for line in reading.form.lines] == [line.system for line in HR.lines]
    assert "Versi formulir yang berlaku kami lampirkan untuk permintaan berikutnya" in words(letter)


def test_with_the_answer_to_a_current_form_comes_none(house):
    house.send_form(HR)
    house.poll()
    letter = house.letters("received")[-1]
    assert not read_mail(letter.raw).attachments
    assert "kami lampirkan" not in words(letter)


def test_a_version_beyond_ours_is_not_called_old(house):
    send_old(house, HR, "99")
    assert "bukan versi yang berlaku (99)" in words(house.letters("received")[-1])
    assert "lama" not in words(house.letters("received")[-1])


def test_a_system_that_was_guessed_is_told_to_who_asked_for_it(house):
    line = replace(HR.lines[0], system="", system_text="HRIS cabang timur")
    house.send_form(replace(HR, lines=(line,)))
    house.poll()
    assert house.last() == ("processed", "new-request")
    assert "kami baca sebagai HRIS" in words(house.letters("received")[-1])


def test_an_old_form_goes_back_with_the_current_one_filled_where_config_says_so(tmp_path):
    house = Company(tmp_path, refuse_old)
    send_old(house, HR)
    assert house.last() == ("returned", "form-problems")
    (letter,) = house.letters("returned")
    assert words(letter).count("bukan versi yang berlaku") == 1
    assert "sudah kami pindahkan" in words(letter)
    assert "warna" not in words(letter), "nothing in it is marked: its only fault was the version"
    form = attached_form(letter)
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert reading.form.lines[0].access_level == "Administrator"
    assert {p.field for p in reading.problems} == {"signature"}


def test_the_current_form_is_accepted_where_old_ones_are_refused(tmp_path):
    house = Company(tmp_path, refuse_old)
    house.send_form(HR)
    house.poll()
    assert house.last() == ("processed", "new-request")


def test_an_old_form_with_faults_goes_back_marked_and_with_the_current_one(house):
    send_old(house, replace(HR, employees=(replace(HR.employees[0], employee_id=""),)))
    (letter,) = house.letters("returned")
    marked, current = read_mail(letter.raw).attachments
    assert "Perbaikan" in zipfile.ZipFile(io.BytesIO(marked.data)).read("xl/workbook.xml").decode()
    assert (
        house.office.sandbox.read(current.data, "x.xlsx", TODAY, "id").form.requester_name == "Rina Kartika"
    )
    assert "Versi yang berlaku kami lampirkan untuk permintaan berikutnya" in words(letter)
    assert "belum diperbaiki dan belum ditandatangani" in words(letter)
    assert "boleh langsung dipakai" not in words(letter)


def test_the_faults_of_a_refused_old_form_are_marked_in_the_current_one(tmp_path):
    house = Company(tmp_path, refuse_old)
    send_old(house, replace(HR, employees=(replace(HR.employees[0], employee_id=""),)))
    (letter,) = house.letters("returned")
    current = attached_form(letter)
    cell = load_workbook(io.BytesIO(current.data))["Form"]["B15"]
    assert cell.comment.text.startswith("Akses:\nKaryawan baris ke-1, NIK")
    assert "Form!B15" in words(letter)


def test_a_form_of_forty_rows_that_cannot_be_marked_comes_back_filled(house):
    """A form longer than the blank one, in a file that carries no marks, once stopped the whole round."""
    lines = tuple(
        replace(HR.lines[0], start_date=TODAY + timedelta(days=n), end_date=TODAY + timedelta(days=n))
        for n in range(40)
    )
    long = replace(HR, lines=lines)
    with house.office.journal.entry() as entry:
        turn = Turn(house.office, entry, house.clock.now, company.DIRECTORY)
        form = official_form(turn, long, "id")
    reading = house.office.sandbox.read(form.data, form.name, TODAY, "id")
    assert len(reading.form.lines) == 40
