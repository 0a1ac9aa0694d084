"""A leaver's row: all that somebody has, in the words people use for it, and only to take it away."""

from dataclasses import replace

import pytest

from pipeline.form.systems import is_everything
from pipeline.model import ALL_ACCESS, FormReading
from tests.form.catalogue import CATALOGUE
from tests.form.pages import Page, to_xlsx
from tests.form.sheets import ACCESS, PEOPLE, REQUESTER, SIGNOFF, check_reading, day, form, read, with_item

ALL = ["Semua akses", "SEMUA", "semua", "All access", "ALL", "all systems", "seluruh akses", "semua sistem",
       "Semua Sistem", "everything", "semua akses yang dimiliki", "Seluruh akses karyawan ybs", "semua akun",
       "Semua aplikasi & sistem", "Semua hak akses", "☑ Semua akses", "all existing access"]  # fmt: skip
NOT_ALL = [
    "",
    "akses",
    "ERP",
    "semua modul ERP",
    "semua akses ERP",
    "ERP dan semua sistem",
    "All Risk",
    "hampir semua",
]
NEED = "Karyawan keluar per 31 Desember"


def leaver(text: str, kind: str = "Pencabutan Akses", level: str = "") -> FormReading:
    requester = [*REQUESTER[:-1], ["Jenis Permintaan", kind]]
    row = [1, text, level, day(2026, 12, 31), None, NEED]
    return read(to_xlsx(Page("Form", form(requester, PEOPLE, [*ACCESS[:2], row], SIGNOFF))))


@pytest.mark.parametrize("text", ALL)
def test_everything_is_understood_where_access_is_taken_away(text: str) -> None:
    reading = leaver(text)
    first = with_item(
        0, system=ALL_ACCESS, system_text="Semua akses", access_level="", action="revoke",
        start_date=day(2026, 12, 31).date(), end_date=None, justification=NEED,
    )  # fmt: skip
    check_reading(reading, replace(first, request_type="revoke", lines=first.lines[:1]))
    assert reading.form.lines == first.lines[:1]
    assert reading.cells["items[0].system"] == "Form!B18"


@pytest.mark.parametrize("text", NOT_ALL)
def test_what_names_a_system_or_nothing_is_not_everything(text: str) -> None:
    assert not is_everything(text)


@pytest.mark.parametrize("system", CATALOGUE)
def test_no_system_of_the_catalogue_is_everything(system) -> None:
    assert not any(map(is_everything, (system.code, system.label_id, system.label_en, *system.also)))


@pytest.mark.parametrize("kind", ["Akses Baru", "Perubahan Akses"])
def test_nobody_can_be_given_everything(kind: str) -> None:
    reading = leaver("Semua Sistem", kind, "Admin")
    assert [(p.field, p.kind, p.cell) for p in reading.errors] == [("items[0].system", "unknown", "Form!B18")]
    assert reading.form.lines[0].system_text == "Semua Sistem", "as it was written"


def test_beside_everything_a_system_may_be_named() -> None:
    requester = [*REQUESTER[:-1], ["Jenis Permintaan", "Pencabutan"]]
    rows = [[n, s, "", day(2026, 12, 31), None, NEED] for n, s in enumerate(("Semua akses", "VPN"), start=1)]
    rows[1][2] = "Remote"
    reading = read(to_xlsx(Page("Form", form(requester, PEOPLE, [*ACCESS[:2], *rows], SIGNOFF))))
    assert [line.system for line in reading.form.lines] == [ALL_ACCESS, "VPN"]
    assert reading.errors == ()
