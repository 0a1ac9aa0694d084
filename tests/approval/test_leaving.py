"""A leaver's form becomes rows of what its people hold: nothing left out, said twice or taken from others."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.approval.conflicts import same_nik
from pipeline.approval.items import spread_items
from pipeline.approval.leaving import Holding, expand_all, takes_everything
from pipeline.model import ALL_ACCESS, AccessLine, Employee, Form

LAST_DAY = date(2026, 12, 31)
PUTRI = Employee(1, "Putri Lestari", "00417", "Staf", "")
BAYU = Employee(2, "Bayu Setiawan", "00421", "Staf", "")
SARI = Employee(3, "Sari Wulandari", "00555", "Staf", "")
ALL = AccessLine(1, None, ALL_ACCESS, "Semua akses", "", "revoke", LAST_DAY, None, "Karyawan keluar")
ERP: Holding = ("ERP", "ERP", "Viewer")
VPN: Holding = ("VPN", "VPN", "")
HELD = {"417": (ERP, VPN), "421": (("EMAIL", "Email", "5 GB"),)}


def leaver(*lines: AccessLine, employees: tuple[Employee, ...] = (PUTRI,)) -> Form:
    return Form(
        request_date=LAST_DAY, request_type="revoke", revises="", requester_name="Rina",
        requester_position="HR", requester_email="rina@contoh.example", requester_department="HR",
        requester_division="",
        division_head_name="Bambang", signature="typed", signed_on=None, employees=employees, lines=lines,
    )  # fmt: skip


def named(system: str, **values) -> AccessLine:
    return replace(ALL, system=system, system_text=system, access_level="Admin", **values)


def rows(form: Form) -> list[tuple[int | None, str, str]]:
    return [(line.employee_no, line.system, line.access_level) for line in form.lines]


def test_everything_becomes_a_row_for_each_system_that_is_held():
    form = leaver(ALL)
    found = expand_all(form, HELD)
    assert found.nothing_held == ()
    assert found.form == replace(form, lines=(
        AccessLine(1, 1, "ERP", "ERP", "Viewer", "revoke", LAST_DAY, None, "Karyawan keluar"),
        AccessLine(2, 1, "VPN", "VPN", "", "revoke", LAST_DAY, None, "Karyawan keluar"),
    ))  # fmt: skip


def test_each_employee_loses_his_own():
    found = expand_all(leaver(ALL, employees=(PUTRI, BAYU)), HELD)
    assert rows(found.form) == [(1, "ERP", "Viewer"), (1, "VPN", ""), (2, "EMAIL", "5 GB")]
    assert [(i.no, i.employee.name, i.system) for i in spread_items(found.form)] == [
        (1, "Putri Lestari", "ERP"), (2, "Putri Lestari", "VPN"), (3, "Bayu Setiawan", "EMAIL"),
    ]  # fmt: skip


def test_who_holds_nothing_is_named_and_the_others_go_on():
    found = expand_all(leaver(ALL, employees=(PUTRI, SARI)), HELD)
    assert found.nothing_held == (SARI,)
    assert rows(found.form) == [(1, "ERP", "Viewer"), (1, "VPN", "")]


def test_who_has_no_number_holds_nothing():
    nobody = replace(PUTRI, employee_id="000")
    assert expand_all(leaver(ALL, employees=(nobody,)), {"": (ERP,)}).nothing_held == (nobody,)


def test_a_row_that_names_a_system_is_kept_and_not_said_again():
    found = expand_all(leaver(named("VPN", no=1), replace(ALL, no=2)), HELD)
    assert rows(found.form) == [(None, "VPN", "Admin"), (1, "ERP", "Viewer")]
    for_another = expand_all(leaver(ALL, named("VPN", employee_no=2), employees=(PUTRI, BAYU)), HELD)
    assert rows(for_another.form) == [
        (1, "ERP", "Viewer"), (1, "VPN", ""), (2, "EMAIL", "5 GB"), (2, "VPN", "Admin"),
    ]  # fmt: skip


def test_a_row_for_one_employee_takes_nothing_from_another():
    found = expand_all(leaver(replace(ALL, employee_no=2), employees=(PUTRI, BAYU)), HELD)
    assert rows(found.form) == [(2, "EMAIL", "5 GB")]
    assert found.nothing_held == ()


def test_the_row_that_names_the_employee_counts_before_the_one_for_all():
    later = replace(ALL, no=2, employee_no=2, start_date=date(2027, 1, 31))
    found = expand_all(leaver(ALL, later, employees=(PUTRI, BAYU)), HELD)
    assert {(line.employee_no, line.start_date) for line in found.form.lines} == {
        (1, LAST_DAY), (2, date(2027, 1, 31)),
    }  # fmt: skip


def test_an_end_date_of_everything_is_none_of_a_revocation():
    assert expand_all(leaver(replace(ALL, end_date=LAST_DAY)), HELD).form.lines[0].end_date is None


def test_a_form_that_names_its_systems_comes_back_as_it_was():
    form = leaver(named("ERP", no=7))
    assert not takes_everything(form)
    assert expand_all(form, HELD).form is form


SYSTEMS = ("ERP", "VPN", "EMAIL", "HRIS")
PEOPLE = (PUTRI, BAYU, SARI)
HOLDING = st.sampled_from(SYSTEMS).map(lambda code: (code, code.title(), "User"))
LINES = st.lists(
    st.tuples(st.sampled_from((ALL_ACCESS, *SYSTEMS)), st.sampled_from((None, 1, 2, 3))),
    min_size=1,
    max_size=6,
)
HELD_BY = st.dictionaries(
    st.sampled_from([same_nik(e.employee_id) for e in PEOPLE]), st.lists(HOLDING).map(tuple)
)


@given(LINES, HELD_BY)
def test_whatever_is_asked_and_held_everything_goes_exactly_once(lines, held):
    asked = tuple(replace(named(code), no=n, employee_no=who) for n, (code, who) in enumerate(lines, start=1))
    form = leaver(*asked, employees=PEOPLE)
    found = expand_all(form, held)
    assert not takes_everything(found.form)
    assert [line.no for line in found.form.lines] == list(range(1, len(found.form.lines) + 1))
    kept = [replace(line, no=0) for line in found.form.lines]
    assert [
        x for x in (replace(line, no=0) for line in asked if line.system != ALL_ACCESS) if x not in kept
    ] == []
    for employee in PEOPLE:
        mine = [line for line in asked if line.employee_no in {None, employee.no}]
        explicit = [line.system for line in mine if line.system != ALL_ACCESS]
        his = {code for code, _, _ in held.get(same_nik(employee.employee_id), ())}
        everything = len(explicit) < len(mine)
        result = [line for line in found.form.lines if line.employee_no in {None, employee.no}]
        assert {line.system for line in result} == set(explicit) | (his if everything else set())
        assert len(result) == len(explicit) + len((his if everything else set()) - set(explicit))
        assert all(line.action == "revoke" for line in result)
        assert (employee in found.nothing_held) == (everything and not his)
