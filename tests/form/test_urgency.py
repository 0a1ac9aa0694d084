"""How urgent a request is: in the words and places people write it, and in none where it only seems so."""

import time
from dataclasses import replace
from typing import Any

import pytest

from pipeline.form.contract import contract_line
from pipeline.form.fields import URGENCIES
from pipeline.form.fill import fill_form
from pipeline.form.urgency_words import mark_in, urgencies_in
from pipeline.model import FormReading, Urgency
from tests.form.official import FILLED, blank
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM
from tests.form.sheets import ACCESS, PEOPLE, REQUESTER, SIGNOFF, TITLE, check_reading, form, grid, read

N, U, E = "normal", "urgent", "emergency"


def asked(*rows: list[Any], type_row: list[Any] | None = None, title: str = TITLE) -> FormReading:
    """The reading of a form with more rows in its requester's part."""
    kind = type_row or ["Jenis Permintaan", "Akses Baru"]
    return read(
        to_xlsx(Page("Form", form([*REQUESTER[:-1], kind, *rows], PEOPLE, ACCESS, SIGNOFF, title=title)))
    )


def check(reading: FormReading, urgency: str, warned: bool = False) -> None:
    """The urgency, and that the rest of the form is read as if nobody had asked for it."""
    assert reading.form.urgency == urgency
    check_reading(reading, replace(FORM, urgency=reading.form.urgency))
    assert ["urgency" in p.field for p in reading.problems] == [True] * warned


ANSWERS: dict[str, str] = {
    "Urgent": U, "URGENT": U, "urgent!!": U, "Urgen": U, "Sangat Urgent": U, "top urgent": U, "segera": U,
    "Segera diproses": U, "mendesak": U, "Mendesak": U, "mendesk": U, "sangat mendesak": U, "ASAP": U,
    "a.s.a.p.": U, "As soon as possible": U, "secepatnya": U, "penting sekali": U, "Penting": U, "tinggi": U,
    "Sangat tinggi": U, "high": U, "High priority": U, "Prioritas tinggi": U, "Kritis": U, "immediately": U,
    "tidak bisa ditunda": U, "ya": U, "Ya, mendesak": U, "v": U, "√": U, "☑": U, "Yes": U,
    "Mendesak, karena audit biasa besok": U, "☐ Biasa ☑ Mendesak ☐ Darurat": U,
    "[ ] Normal [x] Urgent [ ] Emergency": U, "Normal ( )  Urgent (v)": U,
    "darurat": E, "DARURAT": E, "Darrurat": E, "Emergency": E, "emergensi": E, "keadaan darurat": E,
    "Gawat darurat": E, "Ya, darurat": E, "☐ Biasa ☐ Mendesak ☑ Darurat": E, "Emergency / Darurat": E,
    "biasa": N, "Normal": N, "normal saja": N, "Standar": N, "rutin": N, "rendah": N, "Low": N, "sedang": N,
    "tidak": N, "Tidak": N, "no": N, "-": N, "": N, "....": N, "tidak mendesak": N,
    "Tidak terlalu mendesak": N,
    "not urgent": N, "non-urgent": N, "bukan darurat": N, "Biasa (tidak mendesak)": N, "☐": N,
    "☑ Biasa ☐ Mendesak ☐ Darurat": N, "☐ Biasa ☐ Mendesak ☐ Darurat": N, "Biasa / Mendesak / Darurat": N,
    "Normal / Urgent": N, "pilih salah satu": N,
}  # fmt: skip


@pytest.mark.parametrize("label", ["Urgensi", "Prioritas / Priority", "Tingkat Urgensi :"])
@pytest.mark.parametrize(("text", "meant"), ANSWERS.items())
def test_the_answer_to_the_question_is_understood(label: str, text: str, meant: str) -> None:
    check(asked([label, text]), meant)


UNREADABLE = ["P2", "Level merah", "lihat memo", "tidak biasa", "3 hari lagi", "mendesak / darurat",
              "☑ Biasa ☑ Darurat"]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_nobody_can_tell_is_normal_and_its_sender_is_told(text: str) -> None:
    reading = asked(["Urgensi", text])
    check(reading, N, warned=True)
    (told,) = reading.problems
    assert (told.severity, told.kind, told.cell) == ("warning", "unknown", "Form!B10")
    assert "kami anggap biasa" in told.message


PLACES: dict[str, tuple[str, list[list[Any]], list[Any] | None]] = {
    "a tick beside the word": (U, [["Mendesak", "v"]], None),
    "a tick behind a colon": (U, [["Mendesak", ":", "v"]], None),
    "a word beside the word": (U, [["Urgent?", "Ya"]], None),
    "a tick before the word": (E, [["v", "Darurat"]], None),
    "a yes in one cell": (U, [["Mendesak : ya"]], None),
    "a tick in one cell": (E, [["Darurat = √"]], None),
    "a box of its own": (U, [["☑ Urgent"]], None),
    "boxes nobody labelled": (E, [["☐ Normal ☐ Urgent ☑ Emergency"]], None),
    "boxes one beneath the other": (
        U, [["Urgensi", "☐ Biasa"], [None, "☑ Mendesak"], [None, "☐ Darurat"]], None,
    ),
    "rows with ticks": (E, [["Biasa", ""], ["Mendesak", ""], ["Darurat", "v"]], None),
    "cells with ticks": (U, [["Urgensi", "Biasa", "", "Mendesak", "v", "Darurat"]], None),
    "one cell with its label": (U, [["Urgensi : Mendesak"]], None),
    "a letter's heading": (U, [["Sifat", ":", "Segera"]], None),
    "the other question with that name": (U, [["Sifat Permintaan", "Urgent"]], None),
    "beside the type": (U, [], ["Jenis Permintaan", "Akses Baru", "URGENT"]),
    "far beside the type": (E, [], ["Jenis Permintaan", "Akses Baru", None, "** DARURAT **"]),
    "with the type": (U, [], ["Jenis Permintaan", "Akses Baru (URGENT)"]),
    "ticked beside the ticked type": (
        U, [], ["Jenis Permintaan", "Akses Baru", "v", "Perubahan", None, "Urgent", "v"],
    ),
    "not ticked beside the ticked type": (
        N, [], ["Jenis Permintaan", "Akses Baru", "v", "Perubahan", None, "Urgent"],
    ),
    "a box of its own, open": (N, [["☐ Urgent"]], None),
    "a no beside the word": (N, [["Mendesak", "Tidak"]], None),
    "a no in one cell": (N, [["Mendesak : tidak"]], None),
    "a dotted line beside the word": (N, [["Urgent", "........"]], None),
    "a colon and nothing": (N, [["Urgent", ":"]], None),
    "a word alone below the type": (N, [["Urgent"]], None),
    "a note": (N, [["Catatan", "URGENT"]], None),
    "a sentence": (N, [["Mohon segera diproses karena urgent untuk closing"]], None),
    "the division": (N, [["Divisi", "Tanggap Darurat"]], None),
}  # fmt: skip


@pytest.mark.parametrize(("urgency", "rows", "type_row"), PLACES.values(), ids=PLACES)
def test_it_is_read_wherever_it_is_marked(
    urgency: str, rows: list[list[Any]], type_row: list[Any] | None
) -> None:
    check(asked(*rows, type_row=type_row), urgency)


@pytest.mark.parametrize(
    ("place", "mark"), [((1, 4), "URGENT"), ((2, 1), "!!! DARURAT !!!"), ((1, 6), "Top urgent")]
)
def test_a_mark_alone_in_the_title_line_counts(place: tuple[int, int], mark: str) -> None:
    cells = {**form(REQUESTER, PEOPLE, ACCESS, SIGNOFF), place: mark}
    check(read(to_xlsx(Page("Form", cells))), E if "DARURAT" in mark else U)


HEAD_ROWS: dict[str, list[Any]] = {
    "a question that waits": ["Urgent", "........"],
    "a question with a no": ["Urgent", "tidak"],
    "a question with a colon": ["Urgent :"],
    "an open box before it": ["☐", "URGENT"],
    "an open box behind it": ["URGENT", "[ ]"],
    "printed choices": ["Normal", "Urgent", "Darurat"],
    "a remark": ["Catatan", "URGENT"],
    "a remark in a line": ["Catatan : URGENT"],
    "a sentence": ["URGENT untuk closing akhir bulan"],
    "an instruction": ["Segera kirim formulir ini ke IT"],
    "a heading": ["PENTING"],
}


@pytest.mark.parametrize("row", HEAD_ROWS.values(), ids=HEAD_ROWS)
def test_what_stands_in_the_title_line_and_is_no_mark_counts_for_nothing(row: list[Any]) -> None:
    cells = {**form(REQUESTER, PEOPLE, ACCESS, SIGNOFF), **grid(row, top=2)}
    check(read(to_xlsx(Page("Form", cells))), N)


def test_the_type_is_not_asked_for_where_the_urgency_is() -> None:
    """ "Sifat Permintaan" is either; before "Jenis Permintaan" it once took the type's place."""
    rows = [REQUESTER[0], ["Sifat Permintaan", "Mendesak"], *REQUESTER[1:]]
    check(read(to_xlsx(Page("Form", form(rows, PEOPLE, ACCESS, SIGNOFF)))), U)


def test_a_title_a_need_or_a_name_with_the_word_marks_nothing() -> None:
    check(asked(title="FORM PERMINTAAN AKSES SISTEM INFORMASI (URGENT / NORMAL)"), N)
    rows = [list(row) for row in ACCESS]
    rows[2][5] = "URGENT"
    rows[3][5] = "Darurat, mohon segera"
    line = [
        replace(x, justification=t)
        for x, t in zip(FORM.lines, ("URGENT", "Darurat, mohon segera"), strict=False)
    ]
    reading = read(to_xlsx(Page("Form", form(REQUESTER, PEOPLE, rows, SIGNOFF))))
    check_reading(reading, replace(FORM, lines=(*line, *FORM.lines[2:])))
    assert reading.form.urgency == N


def test_two_answers_that_differ_are_none() -> None:
    reading = asked(["Urgensi", "Biasa"], type_row=["Jenis Permintaan", "Akses Baru", "URGENT"])
    check(reading, N, warned=True)


def test_an_answer_and_a_mark_that_agree_are_one() -> None:
    check(
        asked(["Urgensi", "Mendesak"], ["☑ Urgent"], type_row=["Jenis Permintaan", "Akses Baru", "URGENT"]), U
    )


def test_a_question_below_the_access_table_is_no_row_of_it() -> None:
    cells = form(REQUESTER, PEOPLE, [*ACCESS, ["Urgensi", "Mendesak"]], SIGNOFF)
    check(read(to_xlsx(Page("Form", cells))), U)


def test_the_contract_names_it_beside_the_other_fields() -> None:
    assert contract_line("", asked(["Urgensi", "ASAP"]))["fields"]["urgency"] == U  # type: ignore[index]


def official(**values: Any) -> FormReading:
    unsigned = replace(FILLED, signature="none", signature_text="", signed_on=None)
    return read(fill_form(blank(), replace(unsigned, **values)))


@pytest.mark.parametrize(("urgency", "severity"), [(N, "error"), (U, "error"), (E, "warning")])
def test_only_an_emergency_may_come_unsigned(urgency: Urgency, severity: str) -> None:
    found = [(p.field, p.kind, p.severity) for p in official(urgency=urgency).problems]
    assert found == [("signature", "missing", severity)]


def test_an_emergency_still_names_the_division_head() -> None:
    found = {p.field: p.severity for p in official(urgency=E, division_head_name="").problems}
    assert found == {"signature": "warning", "division_head_name": "error"}


def test_an_emergency_that_the_division_head_refused_goes_back() -> None:
    signoff = [*SIGNOFF[:2], ["Tanda Tangan Kepala Divisi", "Tidak setuju"]]
    cells = form([*REQUESTER, ["Urgensi", "Darurat"]], PEOPLE, ACCESS, signoff)
    (error,) = read(to_xlsx(Page("Form", cells))).errors
    # Were it only missing, the division head would be asked once more, when access is given already.
    assert (error.field, error.kind) == ("signature", "invalid")
    assert "Tidak setuju" in error.message


@pytest.mark.parametrize(
    "row", [["URGENT"] * 900, ["Urgent", *":" * 900], ["Jenis Permintaan", "Urgent"] * 400,
            ["Mendesak " + " " * 30_000 + "["], ["[ " + " " * 30_000], ["tidak " * 5_000 + "x"]],
    ids=["marks", "colons", "types", "gaps", "a gap in a box", "denials"],
)  # fmt: skip
def test_no_row_keeps_the_reader_busy(row: list[Any]) -> None:
    cells = {**form(REQUESTER, PEOPLE, ACCESS, SIGNOFF), **grid(*[row] * 5, ["Urgensi", row[0]], top=40)}
    data = to_xlsx(Page("Form", cells))
    begun = time.process_time()
    read(data)
    assert time.process_time() - begun < 3


def test_the_form_of_a_picture_alone_is_no_emergency() -> None:
    assert read(to_xlsx(Page("Form", grid(["URGENT"])))).form.urgency == N


def test_every_word_that_the_form_offers_is_understood() -> None:
    for level, words in URGENCIES.items():
        assert all(urgencies_in(word) == (level,) for word in words.values())
        assert all((mark_in(word) or N) == level for word in words.values())
