"""The division head's sign-off: names compared with the directory, one picture under two names."""

from dataclasses import replace

import pytest

from pipeline.demo import company
from pipeline.form.people import same_person
from pipeline.model import Department
from tests.company import MORNING, Company
from tests.desks.revising import html, rejected, revise, send_signed, words
from tests.form.official import signature_picture

TODAY = MORNING.date()
FINANCE = company.finance_form(TODAY)
HR = company.hr_form(TODAY)
TECHNICAL = company.technical_form(TODAY)
PICTURE = signature_picture()


@pytest.fixture
def house(tmp_path):
    return Company(tmp_path)


def test_the_same_picture_under_two_division_heads_is_shown_to_the_approver_and_recorded(house):
    send_signed(house, PICTURE, HR)
    send_signed(house, PICTURE, TECHNICAL)
    assert (
        "gambar tanda tangan yang persis sama pernah dipakai atas nama lain: Bambang Prakoso (REQ-2026-0001)"
        in words(house.asked())
    )
    assert "bukan bukti" in html(house.asked())
    with house.office.journal.entry() as entry:
        *_, event = entry.events(kind="request_received")
    assert event.data["signature_also"] == ["Bambang Prakoso (REQ-2026-0001)"]
    assert house.asked().to == company.HEAD_OF_OPERATIONS.email, "he says whether it is his"
    assert house.case("REQ-2026-0002").state == "awaiting_signoff", "it is evidence, not proof"


def test_the_same_picture_under_the_same_name_is_no_doubt(house):
    send_signed(house, PICTURE, HR)
    send_signed(house, PICTURE, replace(FINANCE, division_head_name="Bpk. BAMBANG  Prakoso, S.E."))
    assert "atas nama lain" not in words(house.asked())
    assert "berbeda dari direktori" not in words(house.asked())


def test_another_picture_under_another_name_is_no_doubt(house):
    send_signed(house, PICTURE, HR)
    send_signed(house, signature_picture((1, 2, 3)), TECHNICAL)
    assert "atas nama lain" not in words(house.asked())


def test_a_typed_name_is_never_called_a_used_picture(house):
    house.send_form(HR)
    house.send_form(TECHNICAL)
    house.poll()
    assert "atas nama lain" not in words(house.asked())


def test_a_revision_under_another_head_with_the_old_picture_is_shown(house):
    send_signed(house, PICTURE, HR)
    send_signed(house, PICTURE, replace(HR, division_head_name="Lina Marlina", revises="REQ-2026-0001"))
    text = words(house.asked())
    assert "pernah dipakai atas nama lain: Bambang Prakoso." in text
    assert "nama berbeda dari direktori: Bambang Prakoso" in text


@pytest.mark.parametrize("name", ["Bpk. Bambang  PRAKOSO", "Prakoso, Bambang", "Drs. Bambang Prakoso, M.M."])
def test_titles_case_and_spaces_make_no_other_division_head(house, name):
    house.send_form(replace(HR, division_head_name=name))
    house.poll()
    assert "berbeda dari direktori" not in words(house.asked())


def test_the_division_head_is_looked_up_for_a_department_under_its_other_name_too(house):
    house.send_form(
        replace(HR, requester_department="Personalia", division_head_name="Hasan Basri"),
        sender=company.HR_MANAGER,
    )
    house.poll()
    assert "nama berbeda dari direktori: Bambang Prakoso" in words(house.asked())


def test_a_department_under_its_other_name_may_revise_its_own_request(house):
    rejected(house, HR)
    revise(house, replace(company.hr_form_revised(TODAY, ""), requester_department="Personalia"))
    assert house.case().revision == 1


def test_a_department_without_a_division_head_is_no_doubt(house):
    departments = tuple(
        Department("HRGA", "Umum", "") if d.name == "HRGA" else d for d in company.DIRECTORY.departments
    )
    house.write_directory(replace(company.DIRECTORY, departments=departments))
    house.send_form(HR)
    house.poll()
    assert "berbeda dari direktori" not in words(house.asked())


@pytest.mark.parametrize(("one", "other", "same"), [
    ("M. Rizky Ramadhan", "Muhammad Rizky Ramadhan", True), ("Bambang", "Bambang Prakoso", True),
    ("Bpk. Hasan", "Bpk. Lina", False), ("Ibu Lina", "Lina Marlina", True), ("Ibu", "Lina", False),
    ("H. Hasan Basri", "Hj. Lina Marlina", False), ("Hasan Basri", "Hasan Ali", False),
])  # fmt: skip
def test_names_are_compared_without_titles(one, other, same):
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_requester_who_signs_off_for_himself_is_pointed_out(tmp_path):
    house = Company(tmp_path)
    asked = company.finance_form(MORNING.date())
    heads = tuple(
        replace(d, division_head=company.FINANCE_MANAGER.email) if d.name == "Finance" else d
        for d in company.DIRECTORY.departments
    )
    house.write_directory(replace(company.DIRECTORY, departments=heads))
    house.send_form(replace(asked, division_head_name=asked.requester_name))
    house.poll()
    assert "pemohon mengesahkan permintaannya sendiri" in " ".join(house.asked().text.split())
