"""The monthly summary as a workbook, its key figures and its remarks. Reads no journal, sends nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.model import Case, Language
from pipeline.workdays import Workdays


@dataclass(frozen=True)
class MonthReport:
    """The workbook, and what the letter that brings it says."""

    file_name: str
    data: bytes
    #: (label, value) as people read them
    figures: tuple[tuple[str, str], ...]
    #: sentences that deserve attention
    notes: tuple[str, ...]


def month_report(
    month: date,
    cases: Sequence[Case],
    mails: Mapping[str, int],
    quarantined: Mapping[str, int],
    workdays: Workdays,
    tz: str,
    company: str,
    language: Language,
    head: str,
    now: datetime,
    sender_mode: str,
    people: Mapping[str, str] | None = None,
) -> MonthReport:
    """The summary of the month that `month` lies in, in the company's time zone `tz`.

    `cases` are all requests there ever were; `mails` counts the month's mails by outcome, `quarantined` those
    set aside by reason; `people` gives names for addresses. The same arguments give the same bytes. A month
    that still runs is reported up to `now`.
    """
    # pandas takes half a second to import, and most runs of a poll write no report.
    from pipeline.reports.assembly import Given, assemble  # noqa: PLC0415

    return assemble(Given(
        month.replace(day=1), cases, mails, quarantined, workdays, tz, company, language, head, now,
        sender_mode, people or {},
    ))  # fmt: skip
