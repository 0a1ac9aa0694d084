"""Puts the monthly summary together: figures, pages, charts, remarks. Reads no journal, sends nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from openpyxl.chart import BarChart
from openpyxl.workbook import Workbook

from pipeline.model import Case, Language
from pipeline.reports import attention, ledger, listing, style, tables, waiting
from pipeline.reports.charts import Strip, columns_over_time, lying_bars
from pipeline.reports.draw import draw_page
from pipeline.reports.figures import Metrics, metrics_of, months_before, span_of
from pipeline.reports.frames import item_frame, request_frame
from pipeline.reports.front import Front, Line, draw_front
from pipeline.reports.monthly import MonthReport
from pipeline.reports.page import Month, Page
from pipeline.reports.steady import save_steadily
from pipeline.reports.words import moment_name, month_name, number, say
from pipeline.workdays import Workdays

#: How many months the trend shows, and how many systems or departments a chart.
_MONTHS, _BARS = 12, 10
#: The figures a letter quotes.
_QUOTED = (
    "requests_in", "decided", "completed", "rejected", "items_approved", "items_rejected", "pending",
    "pending_oldest", "decision_median", "ready_median",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What `month_report` was given."""

    month: date
    cases: Sequence[Case]
    mails: Mapping[str, int]
    quarantined: Mapping[str, int]
    workdays: Workdays
    tz: str
    company: str
    language: Language
    head: str
    now: datetime
    sender_mode: str
    people: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)


def assemble(given: Given) -> MonthReport:
    """The whole report."""
    month = Month(
        request_frame(given.cases), item_frame(given.cases, given.workdays, given.people),
        span_of(given.month, given.zone, given.now), given.workdays, given.language,
    )  # fmt: skip
    past = _past(given, month)
    notes = attention.notes(month, past[given.month], given.quarantined, given.sender_mode)
    pages = _pages(given, month, past)
    lines = _lines(given, past)
    book = Workbook()
    book.properties.creator, book.properties.title = (
        "Akses",
        f"{say('title', given.language)} {given.month:%Y-%m}",
    )
    front = _front(given, month, pages, lines, notes)
    draw_front(book.worksheets[0], front)
    for page in pages.values():
        draw_page(
            book.create_sheet(), page, f"{front.company} · {front.title} · {front.month}", given.language
        )
    return MonthReport(
        file_name=say("file", given.language, month=f"{given.month:%Y-%m}"),
        data=save_steadily(book, given.now),
        figures=_quoted(lines, given.language), notes=notes,
    )  # fmt: skip


def _past(given: Given, month: Month) -> dict[date, Metrics]:
    """The metrics of the last months and of this month a year ago, from the first request on, in order."""
    first = min((case.received_at.astimezone(given.zone).date() for case in given.cases), default=given.month)
    wanted = [months_before(given.month, count) for count in range(_MONTHS, -1, -1)]
    return {
        day: metrics_of(month.requests, month.items, span_of(day, given.zone, given.now), given.workdays)
        for day in wanted
        if day >= first.replace(day=1) or day == given.month
    }


def _pages(given: Given, month: Month, past: Mapping[date, Metrics]) -> dict[str, Page]:
    return {
        "department": tables.by_department(month),
        "system": tables.by_system(month),
        "reasons": tables.rejections(month),
        "pending": waiting.pending(month),
        **({"urgent": listing.urgent(month)} if listing.has_urgent(month) else {}),
        "items": listing.all_items(month),
        "mail": ledger.mail_ledger(month, given.mails),
        "security": ledger.security(month, given.quarantined, given.sender_mode),
        "trend": tables.trend(month, list(past.items())[-_MONTHS:]),
    }


def _lines(given: Given, past: Mapping[date, Metrics]) -> tuple[Line, ...]:
    now, before, year_ago = (past.get(months_before(given.month, n)) for n in (0, 1, 12))

    def value(metrics: Metrics | None, key: str) -> float | None:
        return None if metrics is None else getattr(metrics, key)

    return tuple(
        Line(field.name, value(now, field.name), value(before, field.name), value(year_ago, field.name))
        for field in fields(Metrics)
    )


def _front(
    given: Given, month: Month, pages: Mapping[str, Page], lines: tuple[Line, ...], notes: tuple[str, ...]
) -> Front:
    language = given.language
    name = month_name(given.month, language)
    year_ago = months_before(given.month, 12)
    return Front(
        title=say("title", language), company=given.company,
        month=name, lines=lines, before=month_name(months_before(given.month, 1), language),
        year_ago=f"{year_ago:%m/%Y}" if any(line.year_ago is not None for line in lines) else "",
        trend=_trend_chart(pages["trend"], language), system=_bars(pages["system"], language, 1),
        department=_bars(pages["department"], language, 2), attention=notes,
        footer=say("footer", language, made=moment_name(given.now, given.zone, language), head=given.head),
        language=language,
    )  # fmt: skip


def _trend_chart(page: Page, language: Language) -> BarChart | None:
    """No trend from a single month."""
    if len(page.rows) < 2:
        return None
    return columns_over_time(page, (
        Strip(1, say("card_in", language), style.INK[2:]),
        Strip(2, say("card_completed", language), style.APPROVED),
    ))  # fmt: skip


def _bars(page: Page, language: Language, first: int) -> BarChart | None:
    """Approved, rejected and waiting items; the columns are counted from `first`, where the items stand."""
    if not page.rows:
        return None
    strips = (
        Strip(first + 1, say("approved", language), style.APPROVED, "FFFFFF"),
        Strip(first + 2, say("rejected_items", language), style.REJECTED, "FFFFFF"),
        Strip(first + 3, say("waiting", language), style.WAITING),
    )
    return lying_bars(page, strips, _BARS)


def _quoted(lines: tuple[Line, ...], language: Language) -> tuple[tuple[str, str], ...]:
    """The figures for the letter, in words."""
    by_key = {line.key: line for line in lines}
    return tuple((say(key, language).strip(), _in_words(by_key[key], language)) for key in _QUOTED)


def _in_words(line: Line, language: Language) -> str:
    if line.now is None:
        return "–"
    text = number(line.now, language)
    unit = "unit_day" if text == "1" else "unit_days"
    return f"{text} {say(unit, language)}" if line.in_days else text
