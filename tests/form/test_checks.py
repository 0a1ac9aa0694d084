"""What is judged of a form that was read well: by itself, and with what directory and register know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.form.checks import check_form
from pipeline.form.checks_request import check_request, nothing_held
from pipeline.form.signwords import signer_named
from pipeline.model import ALL_ACCESS, AccessLine, Directory, Employee, Form, FormReading, System

DAY = date(2026, 12, 1)
CATALOGUE = (
    System("ACCURATE", "platform", "Accurate", "Accurate", conflicts=("ERP",), levels=("Lihat", "Operator")),
    System("ERP", "platform", "ERP", "ERP"),
    System("VPN", "telecom", "VPN", "VPN", end_date_required=True, max_days=90),
)
PUTRI = Employee(1, "Putri Lestari", "00417", "Staf", "")
BAYU = Employee(2, "Bayu Setiawan", "00421", "Staf", "")


def line(no: int, system: str, **values) -> AccessLine:
    given = AccessLine(no, None, system, system.title(), "Operator", "grant", DAY, None, "Input jurnal.")
    return replace(given, **values)


def form(*lines: AccessLine, **values) -> Form:
    given = Form(
        request_date=DAY, request_type="new", revises="", requester_name="Sari Wulandari",
        requester_position="Manajer", requester_email="sari@contoh.example", requester_department="Finance",
        requester_division="", division_head_name="Bambang Prakoso", signature="typed", signed_on=None,
        employees=(PUTRI, BAYU), lines=lines, signature_text="Bambang Prakoso",
    )  # fmt: skip
    return replace(given, **values)


def alone(read: Form) -> dict[str, str]:
    return {p.field: p.severity for p in check_form(FormReading(read, ()), CATALOGUE, DAY, "id")}


def known(read: Form, *held: tuple[str, str]) -> set[tuple[str, str, str]]:
    found = check_request(
        FormReading(read, ()), CATALOGUE, Directory((), ()), None, DAY, "id", lambda *one: one in held
    )
    return {(p.field, p.kind, p.severity) for p in found if p.field != "requester_department"}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Bambang Prakoso", None), ("Bambang", None), ("ttd", None), ("Ttd. Bambang Prakoso, S.E.", None),
        ("disetujui via WA 24/11/2026", None), ("Bambang P., 24 November 2026", None),
        ("Sari Wulandari", "error"), ("ttd Sari Wulandari", "error"),
        ("Lina Marlina", "warning"), ("a.n. Bambang (Lina Marlina)", "warning"),
    ],
)  # fmt: skip
def test_a_typed_signature_is_compared_with_the_division_head(text, severity):
    assert alone(form(line(1, "ERP"), signature_text=text)).get("signature") == severity


def test_words_that_name_nobody_name_nobody():
    assert [signer_named(text) for text in ("ttd", "OK", "Setuju", "TTD basah terlampir", "x")] == [""] * 5
    assert signer_named("ttd Budi Hartono, 24/11/2026") == "Budi Hartono"


def test_a_text_nobody_can_read_through_is_a_fault_and_a_paragraph_is_none():
    long = form(line(1, "ERP", justification="a" * 10_001), employees=(replace(PUTRI, name="b" * 151),))
    assert alone(long) == {"items[0].justification": "error", "employees[0].name": "error"}
    assert alone(form(line(1, "ERP", justification="kata " * 600))) == {}


def test_a_level_that_the_system_has_not_is_told_with_those_it_has():
    read = form(line(1, "ACCURATE", access_level="Admin penuh"))
    assert alone(read) == {"items[0].access_level": "warning"}
    assert known(read) == {("items[0].access_level", "unknown", "error")}
    assert known(form(line(1, "ACCURATE", access_level=" operator "))) == set()


def test_taking_access_away_needs_no_end_date_and_no_level():
    assert (
        alone(form(line(1, "VPN", action="revoke"), line(2, "ACCURATE", action="revoke", access_level="?")))
        == {}
    )
    assert alone(form(line(1, "VPN", action="revoke", end_date=DAY + timedelta(days=200)))) == {}
    assert alone(form(line(1, "VPN"))) == {"items[0].end_date": "warning"}


CONFLICT = ("items[1].system", "invalid", "error")


def test_duties_are_kept_apart_for_what_is_asked_and_what_is_held():
    assert known(form(line(1, "ACCURATE"), line(2, "ERP"))) == {CONFLICT}
    assert known(form(line(1, "ERP")), ("00421", "ACCURATE")) == {("items[0].system", "invalid", "error")}
    apart = form(line(1, "ACCURATE", employee_no=1), line(2, "ERP", employee_no=2))
    assert known(apart) == set()


def test_a_change_of_what_nobody_had_is_a_grant_by_another_name():
    read = form(line(1, "ERP", action="change"), employees=(PUTRI,))
    held = ("00417", "ACCURATE")
    assert known(read, held) == {
        ("items[0].system", "invalid", "error"), ("items[0].system", "unknown", "warning"),
    }  # fmt: skip
    assert known(read, ("00417", "ERP")) == set()


def test_a_form_that_takes_the_one_away_may_give_the_other():
    swap = form(line(1, "ACCURATE", action="revoke"), line(2, "ERP"), employees=(PUTRI,))
    assert known(swap, ("00417", "ACCURATE")) == set()
    for_another = form(line(1, "ACCURATE", action="revoke", employee_no=2), line(2, "ERP", employee_no=1))
    assert CONFLICT in known(for_another, ("00417", "ACCURATE"), ("00421", "ACCURATE"))


EVERYTHING = line(1, ALL_ACCESS, system_text="Semua akses", access_level="", action="revoke")


def test_everything_is_taken_away_on_a_form_for_that_and_asks_for_no_level():
    assert alone(form(EVERYTHING, request_type="revoke")) == {}
    assert alone(form(replace(EVERYTHING, start_date=None, justification=""), request_type="revoke")) == {
        "items[0].start_date": "error", "items[0].justification": "error",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "action"), [("new", "grant"), ("change", "change"), ("revoke", "grant")])
def test_nobody_is_given_everything(kind, action):
    wanted = replace(EVERYTHING, access_level="Admin", action=action)
    found = check_form(FormReading(form(wanted, request_type=kind), ()), CATALOGUE, DAY, "id")
    assert [(p.field, p.severity) for p in found] == [("items[0].system", "error")]
    assert "hanya untuk pencabutan. Mohon sebutkan sistemnya" in found[0].message


def test_everything_on_a_form_without_a_type_is_no_second_fault():
    assert alone(form(replace(EVERYTHING, access_level="x", action="grant"), request_type=None)) == {
        "request_type": "error"
    }


def test_everything_is_no_system_that_somebody_has_not():
    assert known(form(EVERYTHING, request_type="revoke")) == set()


def test_of_whom_the_register_knows_nothing_the_row_says_so():
    read = FormReading(
        form(line(1, "ERP"), EVERYTHING, request_type="revoke"), (), {"items[1].system": "Form!C33"}
    )
    (found,) = nothing_held(read, (BAYU,), "en")
    assert (found.field, found.kind, found.cell, found.severity) == (
        "items[1].system", "unknown", "Form!C33", "error",
    )  # fmt: skip
    assert "nothing is known in the register for Bayu Setiawan (NIK 00421)" in found.message
    assert nothing_held(read, (), "en") == ()
    for_putri = replace(read, form=form(replace(EVERYTHING, employee_no=1), request_type="revoke"))
    assert nothing_held(for_putri, (BAYU,), "en", "warning") == ()


def levels(read: Form, level: str) -> list[tuple[str, str, str]]:
    found = check_request(
        FormReading(read, ()), CATALOGUE, Directory((), ()), None, DAY, "id", lambda *_: True,
        lambda nik, system: level if (nik, system) == ("00417", "ERP") else "",
    )  # fmt: skip
    return [(p.field, p.severity, p.message) for p in found if p.field != "requester_department"]


def test_a_change_to_the_level_that_is_held_is_a_doubt():
    change = form(line(1, "ERP", action="change", access_level=" operator"), request_type="change")
    ((field, severity, message),) = levels(change, "Operator")
    assert (field, severity) == ("items[0].access_level", "warning")
    assert "Putri Lestari sudah mempunyai level" in message
    assert "Bayu" not in message
    assert levels(change, "Viewer") == []
    assert levels(change, "") == []
    assert levels(form(line(1, "ERP", action="revoke")), "Operator") == []


def test_what_is_to_be_taken_away_and_is_not_there_is_a_doubt():
    assert known(form(line(1, "ERP", action="revoke"))) == {("items[0].system", "unknown", "warning")}
