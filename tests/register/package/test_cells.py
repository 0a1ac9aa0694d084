"""Values as they come back, and the looks they need."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.register.package.refusal import Refused
from tests.register.package.books import at, changed, grown, made, opened, part, table_book, values

TEXTS = [
    "a",
    " x ",
    "a\nb",
    "=1+1",
    "+62 812",
    "-",
    "@a",
    "007",
    "TRUE",
    "1E5",
    "😀",
    "'x",
    '<&>"',
    "a\tb",
    "\u00a0",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_always_text(text):
    after = changed(table_book(), {2: {1: text}})
    assert values(after)[1][0] == text
    cell = opened(after)["Data"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s") or text == "\u00a0"


@pytest.mark.parametrize(
    "text", ["_x000D_", "a\rb", "bell\x07", "half \ud83d"], ids=["looks coded", "return", "bell", "surrogate"]
)
def test_what_xml_cannot_hold_is_coded(text):
    xml = part(changed(table_book(), {2: {1: text}}), "xl/worksheets/sheet1.xml")
    coded = {
        "_x000D_": "_x005F_x000D_",
        "a\rb": "a_x000D_b",
        "bell\x07": "bell_x0007_",
        "half \ud83d": "half _xD83D_",
    }
    assert f"<is><t>{coded[text]}</t></is>" in xml


@pytest.mark.parametrize("number", [0, -1, 3.25, 1e300, 10**14, 0.1 + 0.2, True, False, Decimal("1.50")])
def test_numbers_come_back(number):
    assert values(changed(table_book(), {2: {2: number}}))[1][1] == number


def test_none_empties_a_cell_and_keeps_its_look():
    after = changed(table_book(), {2: {3: None}})
    cell = opened(after)["Data"]["C2"]
    assert (cell.value, cell.number_format) == (None, "dd/mm/yyyy")


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), 10**400, date(1899, 1, 1), "x" * 32_768, Decimal("sNaN"), object()]
)
def test_what_no_cell_can_hold_is_refused(value):
    with pytest.raises(Refused) as caught:
        changed(table_book(), {2: {1: value}})
    assert caught.value.reason == "value"


def test_date_is_shown_as_a_date_where_the_cell_had_another_format():
    after = opened(changed(table_book(), {2: {2: date(2026, 11, 25), 1: at(2026, 11, 25, 13, 30)}}))["Data"]
    assert (after["B2"].value, after["B2"].is_date) == (at(2026, 11, 25), True)
    assert after["A2"].value == at(2026, 11, 25, 13, 30)
    assert "h" in after["A2"].number_format


def test_days_since_1904():
    book = made(lambda book, sheet: sheet.write("A1", 1), date_1904=True)
    assert opened(changed(book, {1: {1: date(2026, 11, 25)}}))["Data"]["A1"].value == at(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "number"), [(date(1900, 1, 1), 1), (date(1900, 2, 28), 59), (date(1900, 3, 1), 61)]
)
def test_excels_29th_of_february_1900(day, number):
    assert f"<v>{number}</v>" in part(changed(table_book(), {2: {1: day}}), "xl/worksheets/sheet1.xml")


def test_text_that_speaks_as_a_formula_stays_text_in_excel():
    after = changed(table_book(), {2: {1: "=1+1"}})
    assert opened(after)["Data"]["A2"].quotePrefix
    again = opened(changed(after, {2: {1: "plain"}}))["Data"]["A2"]
    assert not again.quotePrefix, "a number typed there later would become text"


def test_styles_do_not_grow_with_every_save():
    data = table_book()
    sizes = []
    for number in range(4):
        data = grown(data, {1: f"=x{number}", 2: date(2026, 1, 1), 3: "-"}, cells={2: {1: f"+{number}"}})
        sizes.append(len(part(data, "xl/styles.xml")))
    assert sizes[1:] == sizes[:1] * 3


def test_appended_styles_leave_the_others_as_they_are():
    before = table_book()
    after = changed(before, {2: {1: date(2026, 1, 1)}})
    old, new = part(before, "xl/styles.xml"), part(after, "xl/styles.xml")
    count = old.count("<xf ", old.index("<cellXfs"), old.index("</cellXfs>"))
    assert f'<cellXfs count="{count + 1}">' in new
    assert old[: old.index("<cellXfs")] == new[: new.index("<cellXfs")]
    assert old[old.index("</cellXfs>") :] == new[new.index("</cellXfs>") :]
