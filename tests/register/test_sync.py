"""Three-way comparison: what people did since we last wrote, whatever copy they did it in."""

from collections.abc import Mapping
from datetime import date

import pytest

from pipeline.model import Edit
from pipeline.register.columns import Row, Sheet
from pipeline.register.sync import Merge, agreed_cells, differs, merge
from tests.register.samples import TODAY, Staff, changed, some_rows

_ROWS = some_rows(3)
_FIRST, _SECOND = _ROWS[0].key, _ROWS[1].key


def _sheet(rows: list[Row], staff: Staff | None = None, **first: str) -> Sheet:
    """The sheet as we would have written it, with cells of the first row as people left them."""
    cells = agreed_cells(rows, staff or {})
    cells[rows[0].key].update(first)
    return Sheet(1, cells, tuple(cells))


def _merge(
    sheet: Sheet, base: Mapping[str, Mapping[str, str]] | None = None, known: Staff | None = None,
    rows: list[Row] | None = None, approved: bool = True, today: date = TODAY,
) -> Merge:  # fmt: skip
    wanted = rows or _ROWS
    base = agreed_cells(wanted, known or {}) if base is None else base
    return merge(base, sheet, wanted, known or {}, lambda _key: approved, today)


def test_a_sheet_nobody_touched_gives_nothing_to_do() -> None:
    known = {_FIRST: {"status": "done"}}
    found = _merge(_sheet(_ROWS, known), known=known)
    assert (found.edits, found.restored, found.missing, found.refused, found.strange) == ((), (), (), (), ())
    assert found.staff[_FIRST]["status"] == "done"
    assert not differs(_sheet(_ROWS, known), _ROWS, found.staff)


def test_what_staff_write_becomes_an_edit_and_stays() -> None:
    found = _merge(_sheet(_ROWS, status="done", done_on="2026-11-24", note="ok"))
    assert set(found.edits) == {
        Edit(_FIRST, "status", "", "done"), Edit(_FIRST, "done_on", "", "2026-11-24"), Edit(_FIRST, "note",
        "", "ok"),
    }  # fmt: skip
    assert found.staff[_FIRST]["note"] == "ok"


def test_an_emptied_cell_is_an_edit_too() -> None:
    known = {_FIRST: {"status": "done", "note": "x"}}
    found = _merge(_sheet(_ROWS, known, note=""), known=known)
    assert found.edits == (Edit(_FIRST, "note", "x", ""),)


def test_our_cell_changed_by_hand_is_put_back_and_told_with_both_values() -> None:
    sheet = _sheet(_ROWS, decision="Ditolak")
    found = _merge(sheet)
    assert found.restored == (Edit(_FIRST, "decision", "Disetujui", "Ditolak"),)
    assert found.edits == ()
    assert differs(sheet, _ROWS, found.staff)


def test_our_cell_that_changed_in_the_journal_alone_is_no_change_by_hand() -> None:
    wanted = [changed(_ROWS[0], decision="Selesai dikerjakan"), *_ROWS[1:]]
    found = _merge(_sheet(_ROWS), base=agreed_cells(_ROWS, {}), rows=wanted)
    assert found.restored == ()
    assert differs(_sheet(_ROWS), wanted, found.staff)


def test_a_deleted_row_is_told_and_keeps_what_was_recorded() -> None:
    known = {_SECOND: {"status": "done"}}
    cells = agreed_cells(_ROWS, known)
    del cells[_SECOND]
    sheet = Sheet(1, cells, tuple(cells))
    found = _merge(sheet, known=known)
    assert found.missing == (_SECOND,)
    assert found.staff[_SECOND]["status"] == "done"
    assert differs(sheet, _ROWS, found.staff)


def test_a_row_newer_than_the_copy_was_not_deleted() -> None:
    old = _ROWS[:2]
    found = _merge(_sheet(old), base=agreed_cells(old, {}))
    assert found.missing == ()


def test_a_made_up_row_is_strange_and_counts_for_nothing() -> None:
    forged = changed(Row("REQ-2026-0099/1", _ROWS[0].cells), decision="Disetujui")
    found = _merge(_sheet([*_ROWS, forged], None))
    assert found.strange == (forged.key,)
    assert forged.key not in found.staff
    assert found.edits == ()


# --- a copy that was opened long ago and is saved over ours -----------------------------------------


def test_a_stale_copy_does_not_undo_what_was_recorded_later() -> None:
    base = agreed_cells(_ROWS, {})
    known = {_FIRST: {"status": "done", "done_on": "2026-11-20"}}
    stale = _sheet(_ROWS, note="dari salinan lama")
    found = _merge(stale, base=base, known=known)
    assert found.edits == (Edit(_FIRST, "note", "", "dari salinan lama"),)
    assert found.staff[_FIRST] == {
        "status": "done", "done_by": "", "done_on": "2026-11-20", "account_id": "",
        "note": "dari salinan lama",
        "revoked_on": "",
    }  # fmt: skip
    assert differs(stale, _ROWS, found.staff)


def test_a_stale_copy_does_not_bring_back_what_was_emptied_since() -> None:
    base = agreed_cells(_ROWS, {_FIRST: {"note": "salah"}})
    stale = _sheet(_ROWS, {_FIRST: {"note": "salah"}})
    found = _merge(stale, base=base, known={_FIRST: {"note": ""}})
    assert found.edits == ()
    assert found.staff[_FIRST]["note"] == ""


def test_a_cell_changed_in_the_stale_copy_itself_wins() -> None:
    base = agreed_cells(_ROWS, {_FIRST: {"note": "a"}})
    found = _merge(_sheet(_ROWS, note="b"), base=base, known={_FIRST: {"note": "c"}})
    assert found.edits == (Edit(_FIRST, "note", "c", "b"),)


def test_a_copy_older_than_any_base_overrules_nothing_and_its_entries_are_told() -> None:
    known = {_FIRST: {"note": "terbaru", "status": "done"}}
    found = _merge(_sheet(_ROWS, note="kuno", account_id="U1"), base={}, known=known)
    assert found.edits == (Edit(_FIRST, "account_id", "", "U1"),)
    assert [edit for edit, _ in found.refused] == [Edit(_FIRST, "note", "terbaru", "kuno")]
    assert found.staff[_FIRST]["note"] == "terbaru"
    assert found.staff[_FIRST]["status"] == "done"
    assert (found.missing, found.restored) == ((), ())


# --- entries that cannot be --------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "text", "approved", "word"), [
    ("status", "mungkin", True, "Pilih"), ("status", "done", False, "disetujui"), ("status", "progress",
    False, "disetujui"),
    ("done_on", "2026-11-25", True, "akan datang"), ("done_on", "kemarin", True, "tidak terbaca"),
    ("done_on", "=TODAY()", True, "tidak terbaca"), ("done_on", "2026-11-20", False, "disetujui"),
    ("done_on", "1926-11-20", True, "Tahun"), ("done_on", "2026-09-01", True, "02/09/2026"),
    ("revoked_on", "2026-12-01", True, "akan datang"),
])  # fmt: skip
def test_an_impossible_entry_is_refused_with_a_reason_and_stays_as_typed(
    column: str, text: str, approved: bool, word: str
) -> None:
    found = _merge(_sheet(_ROWS, **{column: text}), approved=approved)
    ((edit, why),) = found.refused
    assert edit == Edit(_FIRST, column, "", text)
    assert word in why
    assert why.endswith(".")
    assert found.edits == ()
    assert found.staff[_FIRST][column] == text


def test_access_is_not_taken_away_before_it_was_given() -> None:
    found = _merge(_sheet(_ROWS, done_on="2026-11-20", revoked_on="2026-11-19"))
    assert [edit.column for edit, _ in found.refused] == ["revoked_on"]
    assert "20/11/2026" in found.refused[0][1]


def test_today_and_the_day_of_the_decision_are_possible() -> None:
    for day in ("2026-11-24", "2026-09-02"):
        assert _merge(_sheet(_ROWS, done_on=day)).refused == ()


def test_a_refused_entry_counts_as_soon_as_it_has_become_possible() -> None:
    sheet = _sheet(_ROWS, status="done")
    assert _merge(sheet, approved=False).edits == ()
    assert _merge(sheet, approved=True).edits == (Edit(_FIRST, "status", "", "done"),)


def test_a_refused_entry_over_an_older_one_is_neither_taken_nor_lost() -> None:
    known = {_FIRST: {"done_on": "2026-11-20"}}
    sheet = _sheet(_ROWS, known, done_on="2026-11-25")
    found = _merge(sheet, known=known)
    assert (found.edits, found.staff[_FIRST]["done_on"]) == ((), "2026-11-25")
    later = _merge(sheet, known=known, today=date(2026, 11, 25))
    assert later.edits == (Edit(_FIRST, "done_on", "2026-11-20", "2026-11-25"),)


def test_reasons_come_in_english_where_asked_for() -> None:
    cells = agreed_cells(_ROWS, {})
    sheet = _sheet(_ROWS, status="maybe")
    found = merge(cells, sheet, _ROWS, {}, lambda _key: True, TODAY, "en")
    assert found.refused[0][1] == "Please choose one of: Open, In progress, Done, Cancelled."
