"""The official blank form: what a person sees, may fill in, and prints."""

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.form.blank import write_blank
from pipeline.form.blank_places import EMPLOYEE_ROWS, ITEM_ROWS, places_for
from pipeline.form.fields import ACTIONS, EVERYTHING, FIELDS, FORM_VERSION, TYPES, URGENCIES
from pipeline.model import Department, Directory, Language, Person
from tests.form.catalogue import CATALOGUE
from tests.form.official import COMPANY, DIRECTORY, DOCUMENT, FILLED, big_form, blank, opened
from tests.form.sheets import read

BOTH: tuple[Language, ...] = ("id", "en")


def texts(book: Workbook) -> list[str]:
    return [str(c.value) for row in book["Form"].iter_rows() for c in row if c.value is not None]


def rule_at(book: Workbook, cell: str) -> DataValidation | None:
    column, row, *_ = range_boundaries(cell)
    for rule in book["Form"].data_validations.dataValidation:
        for area in rule.sqref.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return rule
    return None


def offered(book: Workbook, cell: str) -> list[object]:
    """What the drop-down at a cell offers."""
    rule = rule_at(book, cell)
    assert rule is not None
    assert rule.type == "list"
    title, _, area = rule.formula1.rpartition("!")
    return [c.value for row in book[title][area.replace("$", "")] for c in row]


def answer_cell(name: str) -> str:
    row, column = places_for().answers[name]
    return f"{chr(64 + column)}{row}"


def item_cell(name: str, row: int = 0) -> str:
    table = places_for().items
    return f"{chr(64 + table.columns[name])}{table.first + row}"


@pytest.mark.parametrize("language", BOTH)
def test_the_head_of_the_document_says_what_makes_it_a_controlled_document(language: Language) -> None:
    said = " | ".join(texts(opened(blank(language))))
    for fact in (COMPANY, DOCUMENT.segment, DOCUMENT.process, DOCUMENT.sub_process, DOCUMENT.number,
                 DOCUMENT.effective, DOCUMENT.revision, "Controlled Document"):  # fmt: skip
        assert fact in said


@pytest.mark.parametrize("language", BOTH)
def test_every_field_has_its_label_with_the_other_language_beneath(language: Language) -> None:
    said = texts(opened(blank(language)))
    for field in FIELDS:
        first, second = field.label_id, field.label_en
        if language == "en":
            first, second = second, first
        assert (first if first == second else f"{first}\n{second}") in said


def test_there_are_fifteen_rows_for_employees_and_thirty_for_access() -> None:
    numbers = [c.value for c in opened(blank())["Form"]["A"] if isinstance(c.value, int)]
    assert numbers == [*range(1, EMPLOYEE_ROWS + 1), *range(1, ITEM_ROWS + 1)]
    assert (EMPLOYEE_ROWS, ITEM_ROWS) == (15, 30)


def test_the_lists_offer_the_catalogue_and_the_directory() -> None:
    book = opened(blank())
    systems = [*(s.label_id for s in CATALOGUE), "Semua akses"]
    assert offered(book, item_cell("system")) == systems
    assert offered(book, item_cell("system", ITEM_ROWS - 1)) == systems
    assert offered(book, answer_cell("requester_department")) == ["Pembelian", "Keuangan"]
    assert offered(book, answer_cell("requester_division")) == ["Operasi", "Keuangan"]
    assert offered(book, answer_cell("division_head_name")) == ["Ir. Gunawan Tirta, M.T.", "Ratih Larasati"]


@pytest.mark.parametrize("language", BOTH)
def test_types_urgencies_and_actions_are_offered_in_the_forms_language(language: Language) -> None:
    book = opened(blank(language))
    assert offered(book, answer_cell("request_type")) == [t[language] for t in TYPES.values()]
    assert offered(book, answer_cell("urgency")) == [u[language] for u in URGENCIES.values()]
    assert offered(book, item_cell("system"))[-1] == EVERYTHING[language]
    assert offered(book, item_cell("action")) == [a[language] for a in ACTIONS.values()]


def test_a_system_outside_the_list_is_refused_and_an_unlisted_department_only_asked_about() -> None:
    book = opened(blank())
    assert rule_at(book, item_cell("system")).errorStyle == "stop"  # type: ignore[union-attr]
    assert rule_at(book, answer_cell("requester_department")).errorStyle == "warning"  # type: ignore[union-attr]


def test_levels_are_offered_where_the_catalogue_names_them_and_free_elsewhere() -> None:
    assert rule_at(opened(blank()), item_cell("access_level")).type != "list"  # type: ignore[union-attr]
    levels = (replace(CATALOGUE[0], levels=("Baca", "Tulis")), *CATALOGUE[1:])
    book = opened(write_blank(levels, DIRECTORY, COMPANY, "id", DOCUMENT))
    assert offered(book, item_cell("access_level")) == ["Baca", "Tulis"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ("sebelum kepala divisi menandatangani", "mengesahkan kemudian", "mengapa darurat")),
        (
            "en",
            ("before the division head has signed", "signs for it afterwards", "Say in the description why"),
        ),
    ],
)
def test_the_hint_at_the_urgency_says_what_an_emergency_is(language: Language, said: tuple[str, ...]) -> None:
    rule = rule_at(opened(blank(language)), answer_cell("urgency"))
    assert rule is not None
    assert all(part in rule.prompt for part in said)


def test_the_hint_at_the_system_says_what_everything_is_for() -> None:
    rule = rule_at(opened(blank()), item_cell("system"))
    assert rule is not None
    assert '"Semua akses" hanya untuk pencabutan' in rule.prompt


def test_hints_are_no_longer_than_excel_allows() -> None:
    for language in BOTH:
        for rule in opened(blank(language))["Form"].data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 225


def test_answers_may_be_typed_and_labels_may_not() -> None:
    sheet = opened(blank())["Form"]
    at = places_for()
    free = {at.answers[name] for name in at.answers}
    for table in (at.employees, at.items):
        free |= {(r, c) for r in range(table.first, table.last + 1) for c in table.columns.values()}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert all(not sheet.cell(*place).protection.locked for place in free)
    said = [c for row in sheet.iter_rows() for c in row if c.value is not None]
    assert all(c.protection.locked for c in said)


def test_answers_that_are_numbers_to_a_spreadsheet_stay_text() -> None:
    sheet = opened(blank())["Form"]
    table = places_for().employees
    assert sheet.cell(table.first, table.columns["employee_id"]).number_format == "@"
    assert sheet.cell(*places_for().answers["request_date"]).number_format == "dd/mm/yyyy"


def test_the_form_prints_on_one_a4_page() -> None:
    sheet = opened(blank())["Form"]
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == f"'Form'!$A$1:$H${places_for().note}"


def test_every_page_says_in_its_language_which_one_it_is() -> None:
    said = [opened(blank(language))["Form"].oddFooter.right.text for language in BOTH]
    assert said == ["Hal. &P / &N", "Page &P / &N"]


def test_the_version_stands_where_only_software_looks() -> None:
    book = opened(blank())
    assert book["Lists"].sheet_state == "hidden"
    name = book.defined_names["AKSES_FORM_VERSION"]
    assert name.hidden
    title, _, cell = name.attr_text.partition("!")
    assert book[title][cell.replace("$", "")].value == FORM_VERSION


@pytest.mark.parametrize("language", BOTH)
def test_the_blank_form_sent_back_empty_is_said_to_be_empty(language: Language) -> None:
    reading = read(blank(language))
    assert [(p.field, p.kind) for p in reading.problems] == [("form", "form")]
    assert reading.version == FORM_VERSION


@pytest.mark.parametrize("language", BOTH)
def test_a_prefilled_form_carries_everything_but_the_signature(language: Language) -> None:
    reading = read(blank(language, FILLED, "REQ-2026-0009"))
    assert reading.form == replace(
        FILLED, revises="REQ-2026-0009", signature="none", signed_on=None, signature_text=""
    )
    assert [(p.field, p.kind) for p in reading.problems] == [("signature", "missing")]


def test_a_prefilled_form_grows_with_its_rows_and_stays_one_page() -> None:
    form = big_form(22, 41)
    data = blank("id", form)
    reading = read(data)
    assert reading.form.employees == form.employees
    assert reading.form.lines == form.lines
    note = places_for(form).note
    assert opened(data)["Form"].print_area == f"'Form'!$A$1:$H${note}"


def test_a_prefilled_employee_is_still_meant_by_his_row_when_numbers_had_gaps() -> None:
    people = tuple(replace(e, no=n) for e, n in zip(FILLED.employees, (2, 5, 9), strict=True))
    lines = (replace(FILLED.lines[0], employee_no=9),)
    form = read(blank("id", replace(FILLED, employees=people, lines=lines))).form
    assert [e.no for e in form.employees] == [1, 2, 3]
    assert form.lines[0].employee_no == 3


def test_names_from_the_directory_are_text_whatever_they_look_like() -> None:
    nasty = '=HYPERLINK("http://x","y")'
    directory = Directory(
        (Person(nasty, "a@x.example", nasty, "@SUM(A1)", "division_head"),),
        (Department(nasty, "@SUM(A1)", "a@x.example"),),
    )
    data = write_blank(CATALOGUE, directory, "=1+1", "id", replace(DOCUMENT, segment="+2"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [n for n in package.namelist() if b"<f>" in package.read(n)]
    assert offered(opened(data), answer_cell("requester_department")) == [nasty]


def test_an_empty_directory_leaves_cells_free_instead_of_lists_empty() -> None:
    book = opened(write_blank(CATALOGUE, Directory((), ()), COMPANY, "id", DOCUMENT))
    assert rule_at(book, answer_cell("requester_department")).type is None  # type: ignore[union-attr]
    assert rule_at(book, answer_cell("division_head_name")).type is None  # type: ignore[union-attr]
