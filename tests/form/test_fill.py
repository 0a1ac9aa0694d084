"""The official form filled by the software reads back as the form that was filled in."""

from dataclasses import replace

import pytest

from pipeline.form.blank_places import places_for
from pipeline.form.fields import TYPES, URGENCIES
from pipeline.form.fill import fill_form
from pipeline.model import ALL_ACCESS, Language, PipelineError, Urgency
from tests.form.official import FILLED, big_form, blank, opened, signature_picture
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import grid, read


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_filled_in_is_what_is_read(language: Language) -> None:
    reading = read(fill_form(blank(language), FILLED))
    assert reading.form == FILLED
    assert reading.problems == ()


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_request_comes_back(kind: str) -> None:
    form = replace(FILLED, request_type=kind)
    assert read(fill_form(blank(), form)).form == form


@pytest.mark.parametrize("urgency", URGENCIES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_urgency_comes_back(language: Language, urgency: Urgency) -> None:
    form = replace(FILLED, urgency=urgency)
    reading = read(fill_form(blank(language), form))
    assert (reading.form, reading.problems) == (form, ())


def test_a_leavers_form_comes_back() -> None:
    row = replace(
        FILLED.lines[0], system=ALL_ACCESS, system_text="Semua akses", access_level="", end_date=None
    )
    form = replace(FILLED, request_type="revoke", lines=(replace(row, action="revoke"),))
    reading = read(fill_form(blank(), form))
    assert (reading.form, reading.problems) == (form, ())


def test_a_picture_is_a_signature_and_stays_inside_its_box() -> None:
    form = replace(FILLED, signature="image", signature_text="")
    data = fill_form(blank(), form, signature_picture())
    reading = read(data)
    assert reading.form == form
    assert reading.problems == ()
    assert len(reading.signature_sha256) == 64
    sheet = opened(data)["Form"]
    anchor = sheet._images[0].anchor
    row, column = places_for().answers["signature"]
    assert (anchor._from.row + 1, anchor._from.col + 1) == (row, column)
    points = sum(sheet.row_dimensions[r].height for r in range(row, places_for().note))
    assert anchor.ext.height / 12_700 <= points


def test_an_unsigned_form_is_only_unsigned() -> None:
    reading = read(fill_form(blank(), replace(FILLED, signature="none", signed_on=None, signature_text="")))
    assert [(p.field, p.kind) for p in reading.problems] == [("signature", "missing")]


def test_a_full_form_is_read_in_full() -> None:
    form = big_form(15, 30)
    assert read(fill_form(blank(), form)).form == form


def test_a_form_with_too_many_rows_is_refused() -> None:
    with pytest.raises(PipelineError, match="15 employees and 30 rows"):
        fill_form(blank(), big_form(16, 1))


def test_long_answers_make_their_row_higher() -> None:
    sheet = opened(fill_form(blank(), FILLED))["Form"]
    table = places_for().items
    plain, long = (sheet.row_dimensions[table.first + n].height for n in (0, 1))
    assert long is not None
    assert long > (plain or 14)


def test_text_that_looks_like_a_formula_is_no_formula() -> None:
    sheet = opened(fill_form(blank(), FILLED))["Form"]
    cell = sheet.cell(places_for().items.first, places_for().items.columns["justification"])
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=A1 + A2", "s", True)


def test_labels_lists_and_protection_are_still_there_after_filling() -> None:
    before, after = opened(blank()), opened(fill_form(blank(), FILLED))
    rules = [sorted(str(r.sqref) for r in b["Form"].data_validations.dataValidation) for b in (before, after)]
    assert rules[0] == rules[1]
    assert after["Form"].protection.sheet
    assert after["Lists"].sheet_state == "hidden"
    assert after["Form"].print_area == before["Form"].print_area


@pytest.mark.parametrize("data", [b"", b"no workbook", to_xlsx(Page("Data", grid(["a"])))])
def test_what_is_not_our_blank_form_is_refused(data: bytes) -> None:
    with pytest.raises(PipelineError):
        fill_form(data, FORM)
