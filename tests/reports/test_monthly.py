"""The monthly summary: its figures counted again, its workbook opened, its remarks read."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from statistics import median

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from pipeline.model import Case, Language
from pipeline.reports import REPORTS, MonthReport, month_report
from pipeline.reports.words import WORDS
from pipeline.workdays import Workdays
from tests.reports.cases import BOSS, case, item, known_at, many_cases, moment
from tests.reports.recount import asked, recount, waiting

HOUSE = Workdays()
ALL = many_cases(7, 260, date(2025, 10, 3), date(2026, 11, 30))
NOW = moment(2026, 12, 1, 7)
MAILS = {"processed": 61, "returned": 9, "ignored": 14, "duplicate": 3, "quarantined": 6}
ASIDE = {"stranger": 2, "from-defect": 1, "not-the-approver": 1, "for-a-person": 2}
NOVEMBER = date(2026, 11, 1)
EMPTY: tuple[Case, ...] = ()


def report(
    cases: tuple[Case, ...],
    month: date = NOVEMBER,
    language: Language = "id",
    now: datetime = NOW,
    mails: dict[str, int] = MAILS,
    aside: dict[str, int] = ASIDE,
    mode: str = "require",
    company: str = "PT Contoh Sejahtera",
) -> MonthReport:
    people = {BOSS: "Andi Nugroho"}
    return month_report(
        month, cases, mails, aside, HOUSE, "Asia/Jakarta", company, language, "41:9f2c", now, mode, people
    )


@cache
def november() -> MonthReport:
    """The summary of a November with much in it, made once for all who only look at it."""
    return report(known_at(ALL, NOW))


@cache
def opened(made: MonthReport) -> Workbook:
    return load_workbook(io.BytesIO(made.data))


def front(made: MonthReport, language: Language = "id") -> dict[str, list[object]]:
    """The key figures on the first sheet: this month, last month, the change, last year's if there is one."""
    labels = {words[language == "en"]: key for key, words in WORDS.items()}
    found: dict[str, list[object]] = {}
    for row in opened(made).worksheets[0].iter_rows(min_row=9, max_row=40, values_only=True):
        key = labels.get(re.sub(r" \((hari kerja|working days)\)$", "", str(row[0])))
        if key and not key.startswith("part_") and row[4] is not None:
            found[key] = [value for value in row[1:] if value is not None]
    return found


def table(made: MonthReport, sheet: str) -> list[tuple[object, ...]]:
    """The rows below the head of a sheet, its total included, its remarks not."""
    rows = list(opened(made)[sheet].iter_rows(min_row=5, values_only=True))
    return [row for row in rows if any(value is not None for value in row[1:])]


def month_begin(month: date) -> datetime:
    return moment(month.year, month.month, 1).replace(hour=0)


# --- the figures ----------------------------------------------------------------------------------


def as_shown(figures: dict[str, float | None]) -> dict[str, object]:
    return {key: "–" if value is None else value for key, value in figures.items()}


@pytest.mark.parametrize(("seed", "month", "language"), [
    (1, date(2025, 10, 1), "id"), (2, date(2026, 2, 1), "en"), (3, date(2026, 10, 1), "id"),
    (1, NOVEMBER, "en"), (2, NOVEMBER, "id"),
])  # fmt: skip
def test_every_figure_is_what_counting_by_hand_gives(seed: int, month: date, language: Language) -> None:
    end = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    now = month_begin(end).replace(hour=7)
    cases = known_at(many_cases(seed, 120, date(2025, 10, 3), date(2026, 11, 30)), now)
    counted = recount(cases, month_begin(month), month_begin(end), HOUSE)
    shown = front(report(cases, month, language, now), language)
    assert {key: values[0] for key, values in shown.items()} == as_shown(counted)


def test_last_month_and_last_year_are_counted_by_hand_too() -> None:
    cases = known_at(ALL, NOW)
    before = recount(cases, moment(2026, 10, 1, 0), moment(2026, 11, 1, 0), HOUSE)
    year_ago = recount(cases, moment(2025, 11, 1, 0), moment(2025, 12, 1, 0), HOUSE)
    shown = front(november())
    assert {key: values[1] for key, values in shown.items()} == as_shown(before)
    assert {key: values[3] for key, values in shown.items()} == as_shown(year_ago)
    assert shown["requests_in"][2] == shown["requests_in"][0] - shown["requests_in"][1]  # type: ignore[operator]


def test_departments_and_systems_are_counted_by_hand_too() -> None:
    cases = known_at(ALL, NOW)
    rows = asked(cases, moment(2026, 11, 1, 0), moment(2026, 12, 1, 0))
    made = november()
    systems = Counter((i.item.system_label, how) for _, i, how in rows)
    for name, items, yes, no, open_, _ in table(made, "Per sistem")[:-1]:
        assert [yes, no, open_] == [systems[(name, how)] for how in ("approved", "rejected", "waiting")]
        assert items == yes + no + open_  # type: ignore[operator]
    assert table(made, "Per sistem")[-1][1] == len(rows)
    departments = Counter(one.form.requester_department.casefold().strip() for one, _, _ in rows)
    assert {str(r[0]).casefold(): r[2] for r in table(made, "Per departemen")[:-1]} == departments
    requests = sum(moment(2026, 11, 1, 0) <= one.received_at < moment(2026, 12, 1, 0) for one in cases)
    assert table(made, "Per departemen")[-1][1] == requests


def test_the_median_of_a_department_is_that_of_its_decided_items() -> None:
    cases = known_at(ALL, NOW)
    rows = asked(cases, moment(2026, 11, 1, 0), moment(2026, 12, 1, 0))
    name, *_, shown = table(november(), "Per departemen")[0]
    days = [
        HOUSE.between(one.received_at, i.decided_at)
        for one, i, how in rows
        if one.form.requester_department.casefold().strip() == str(name).casefold()
        and how != "waiting"
        and i.decided_at
    ]
    assert shown == pytest.approx(median(days), abs=0.01)


def test_the_pending_list_names_everything_that_waits_the_oldest_first() -> None:
    cases = known_at(ALL, NOW)
    expected = Counter((one.ref, desk) for one, _, desk in waiting(cases, moment(2026, 12, 1, 0)))
    rows = table(november(), "Menunggu")
    assert {(r[0], "it" if r[3] == "Tim IT" else "decision"): r[4] for r in rows} == expected
    ages = [float(str(r[9])) for r in rows]
    assert ages == sorted(ages, reverse=True)
    assert {r[3] for r in rows} == {"Tim IT", "Andi Nugroho"}


def test_rejections_stand_with_their_reasons() -> None:
    cases = known_at(ALL, NOW)
    begin, end = moment(2026, 11, 1, 0), moment(2026, 12, 1, 0)
    expected = {
        (i.reason, one.ref, i.item.no)
        for one in cases
        for i in one.items
        if i.status == "rejected" and i.decided_at and begin <= i.decided_at < end
    }
    rows = [r for r in table(november(), "Alasan penolakan") if r[0]]
    assert {(r[0], r[2], r[3]) for r in rows} == expected
    assert {r[0]: r[1] for r in rows} == Counter(reason for reason, _, _ in expected)


def test_the_item_list_has_all_that_happened_in_the_month() -> None:
    cases = known_at(ALL, NOW)
    begin, end = moment(2026, 11, 1, 0), moment(2026, 12, 1, 0)
    expected = {
        (one.ref, i.item.no)
        for one in cases
        for i in one.items
        if any(t and begin <= t < end for t in (one.received_at, i.decided_at, i.provisioned_at))
    }
    assert {(r[0], r[1]) for r in table(november(), "Item bulan ini")} == expected


def test_a_report_made_late_shows_the_month_as_it_ended() -> None:
    """A summary made in January for November: what was decided in December does not change November."""
    plain = tuple(one for one in ALL if one.revision == 0 and one.state != "withdrawn")
    on_time = report(known_at(plain, moment(2026, 12, 1, 0)), now=moment(2027, 1, 5))
    late = report(plain, now=moment(2027, 1, 5))
    assert front(late) == front(on_time)
    for sheet in ("Per departemen", "Per sistem", "Alasan penolakan", "Menunggu", "Item bulan ini"):
        assert table(late, sheet) == table(on_time, sheet)


# --- the edges of a month -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        (datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 10, 31, 17, 0, tzinfo=UTC), 1),
        (datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC), 1),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), 0),
    ],
)
def test_a_month_begins_at_midnight_in_jakarta(received: datetime, counts: int) -> None:
    assert front(report((case("REQ-2026-0001", received, item()),)))["requests_in"][0] == counts


def test_a_month_still_running_is_reported_up_to_now() -> None:
    early = case("REQ-2026-0001", moment(2026, 11, 2), item())
    later = case("REQ-2026-0002", moment(2026, 11, 20), item())
    made = report((early, later), now=moment(2026, 11, 10))
    assert front(made)["requests_in"][0] == 1
    assert made.notes[-1] == "Bulan ini masih berjalan: angka per 10 November 2026."


def test_an_empty_month_makes_a_whole_workbook() -> None:
    made = report(EMPTY, mails={}, aside={})
    assert opened(made).sheetnames == [
        "Ringkasan", "Per departemen", "Per sistem", "Alasan penolakan", "Menunggu", "Item bulan ini",
        "Email", "Keamanan", "Tren",
    ]  # fmt: skip
    assert made.figures[0] == ("Permintaan masuk", "0")
    assert made.notes == ("Tidak ada permintaan yang masuk bulan ini.",)
    assert front(made)["decision_median"] == ["–", "–", "–"]


def test_the_first_month_has_nothing_to_be_compared_with() -> None:
    made = report((case("REQ-2026-0001", moment(2026, 11, 2), item()),))
    assert front(made)["requests_in"] == [1, "–", "–"]


# --- what deserves attention ----------------------------------------------------------------------


def test_the_weak_sender_proof_is_said_in_letter_page_and_security_sheet() -> None:
    made = report(EMPTY, mode="token-only")
    assert "token-only" in made.notes[0]
    book = opened(made)
    texts = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    assert any("token-only" in text for text in texts)
    assert any("token-only" in str(row[0]) for row in book["Keamanan"].iter_rows(values_only=True))


def test_nothing_is_said_about_the_strong_one() -> None:
    assert not any("token-only" in note for note in report(EMPTY, aside={}).notes)


def test_suspected_forgeries_are_counted() -> None:
    assert any(note.startswith("2 email diduga memalsukan") for note in report(EMPTY).notes)


def test_a_request_that_waits_too_long_is_named_with_whom_it_waits_for() -> None:
    made = report((case("REQ-2026-0009", moment(2026, 11, 16), item()),))
    assert (
        made.notes[-1]
        == "REQ-2026-0009 (Finance) menunggu Andi Nugroho sejak 16 November 2026: 10,6 hari kerja."
    )


def test_a_fresh_request_is_not_named() -> None:
    assert not any(
        "REQ-" in note for note in report((case("REQ-2026-0009", moment(2026, 11, 30), item()),)).notes
    )


def test_approved_access_that_should_be_there_by_now_is_counted() -> None:
    approved = item(status="approved", decided=moment(2026, 11, 27), start=date(2026, 11, 28))
    one = case(
        "REQ-2026-0009", moment(2026, 11, 26), approved, state="approved", decided=moment(2026, 11, 27)
    )
    assert any(note.startswith("1 item sudah disetujui tetapi belum siap") for note in report((one,)).notes)


def test_a_request_nobody_was_asked_about_says_so() -> None:
    lost = replace(case("REQ-2026-0009", moment(2026, 11, 2), item()), asked=())
    assert table(report((lost,)), "Menunggu")[0][3] == "Belum ada yang ditanya"


# --- mail -----------------------------------------------------------------------------------------


def test_the_mail_ledger_adds_up_to_all_mail() -> None:
    rows = table(report(EMPTY), "Email")
    assert rows[-1] == ("Email masuk seluruhnya", sum(MAILS.values()))
    assert sum(int(str(r[1])) for r in rows[:-1]) == sum(MAILS.values())


def test_an_outcome_nobody_expected_is_counted_all_the_same() -> None:
    rows = table(report(EMPTY, mails={"processed": 1, "baru": 2}), "Email")
    assert ("baru", 2) in rows
    assert rows[-1][1] == 3


def test_quarantine_reasons_are_told_in_words_and_unknown_ones_by_their_code() -> None:
    rows = table(report(EMPTY, aside={"from-defect": 3, "baru": 1}), "Keamanan")
    assert rows[0] == ("Baris From tidak menyebut tepat satu alamat", "ya", "from-defect", 3)
    assert rows[1][:1] + rows[1][2:] == ("baru", "baru", 1)
    assert rows[2][3] == 4


# --- the workbook ---------------------------------------------------------------------------------


def test_the_same_month_gives_the_same_bytes() -> None:
    assert report(known_at(ALL, NOW)).data == november().data


def test_only_the_time_in_the_properties_and_on_the_page_depends_on_now() -> None:
    closed = tuple(one for one in ALL if one.received_at < moment(2026, 9, 1))
    one, two = (
        zipfile.ZipFile(io.BytesIO(report(closed, date(2026, 8, 1), now=now).data))
        for now in (NOW, moment(2026, 12, 2))
    )
    assert [n for n in one.namelist() if one.read(n) != two.read(n)] == [
        "docProps/core.xml",
        "xl/worksheets/sheet1.xml",
    ]


def test_values_are_values_and_no_text_becomes_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(november().data)) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 9
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


HOSTILE = "=1+1\ufffe\ud800\x00 & <b> " + "x" * 40_000


def test_hostile_text_leaves_the_workbook_readable() -> None:
    bad = item(status="rejected", decided=moment(2026, 11, 3), reason=HOSTILE, system=HOSTILE)
    one = case("REQ-2026-0001", moment(2026, 11, 2), bad, department=HOSTILE, decided=moment(2026, 11, 3))
    made = report((one,), company="PT A & B", mails={HOSTILE: 1}, aside={HOSTILE: 1})
    reason = str(table(made, "Alasan penolakan")[0][0])
    assert reason.startswith("=1+1\ufffd\ufffd\ufffd & <b> xxx")
    assert len(reason) == 32_767


def test_charts_carry_the_values_of_their_sheets() -> None:
    made = november()
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        charts = [package.read(n).decode() for n in sorted(package.namelist()) if "charts/chart" in n]
    assert len(charts) == 3
    by_system = next(chart for chart in charts if "'Per sistem'!$C$" in chart)
    count = len(table(made, "Per sistem")) - 1
    cached = re.findall(r"<(?:c:)?v>([^<]*)</", by_system.split("'Per sistem'!$C$")[1].split("</val>")[0])
    assert cached[: min(count, 10)] == [str(r[2]) for r in table(made, "Per sistem")[:-1]][:10]


def test_the_first_sheet_is_set_to_one_a4_page() -> None:
    sheet = opened(november()).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_times_are_shown_in_the_companys_zone() -> None:
    one = case("REQ-2026-0001", datetime(2026, 11, 2, 2, 30, tzinfo=UTC), item())
    assert table(report((one,)), "Item bulan ini")[0][2] == datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001


def test_the_letter_gets_its_figures_in_words() -> None:
    done = moment(2026, 11, 4, 21)
    ready = item(status="provisioned", decided=moment(2026, 11, 3), done=done)
    one = case(
        "REQ-2026-0001",
        moment(2026, 11, 2),
        ready,
        state="completed",
        decided=moment(2026, 11, 3),
        completed=done,
    )
    assert dict(report((one,)).figures)["Diajukan → akses siap, median"] == "2,5 hari kerja"
    english = report((one,), language="en")
    assert dict(english.figures)["Submitted → access ready, median"] == "2.5 working days"
    assert dict(english.figures)["Submitted → decided, median"] == "1 working day"
    assert english.file_name == "Access Summary 2026-11.xlsx"


def test_the_list_of_reports_names_it() -> None:
    assert REPORTS["monthly"] is month_report


def test_every_word_is_there_in_both_languages() -> None:
    for key, words in WORDS.items():
        assert all(words), key
        facts = [sorted(re.findall(r"\{\w+\}", text)) for text in words]
        assert facts[0] == facts[1], key


# --- urgent requests --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "sheet"), [("id", "Mendesak"), ("en", "Urgent")])
def test_urgent_requests_and_emergencies_are_listed_apart(language, sheet):
    day = moment(2026, 11, 10)
    calm, urgent, emergency = (case(f"REQ-2026-000{n}", day, item(1), item(2)) for n in (1, 2, 3))
    urgent = replace(urgent, form=replace(urgent.form, urgency="urgent"))
    emergency = replace(emergency, form=replace(emergency.form, urgency="emergency"))
    made = report((calm, urgent, emergency), language=language)
    assert Counter(row[1] for row in table(made, sheet)) == {"REQ-2026-0002": 2, "REQ-2026-0003": 2}


def test_a_month_without_urgent_requests_has_no_sheet_for_them():
    assert "Mendesak" not in opened(november()).sheetnames
