"""What time brings: the monthly summary, once per month and person, on the first working day."""

from datetime import date, datetime, timedelta

from pipeline.host import write_durably
from pipeline.journal import Entry, stamp
from pipeline.model import Attachment, Directory, Language, Letter
from pipeline.office import Office
from pipeline.reports.monthly import MonthReport, month_report
from pipeline.turn import Turn, all_cases

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def remind(office: Office, directory: Directory) -> None:
    """Write and queue the summary of last month when its time has come and it was not made before."""
    month = _due_month(office)
    if month is None:
        return
    with office.journal.entry() as entry:
        made = any(event.data["month"] == month.isoformat() for event in entry.events(kind="summary_made"))
        if made or not _was_running(entry, office, month):
            return
        turn = Turn(office, entry, office.clock(), directory)
        reports: dict[Language, MonthReport] = {}
        people = {person.email: person for person in directory.with_role("management")}
        for email in people:
            language = turn.language_of(email)
            if language not in reports:
                reports[language] = make_report(office, entry, month, language, directory)
        for report in reports.values():
            save_report(office, report)
        turn.record("summary_made", "", "akses", {"month": month.isoformat(), "to": sorted(people)})
        for email, person in people.items():
            report = reports[turn.language_of(email)]
            turn.write(Letter(
                key=f"monthly/{month:%Y-%m}/{email}"[:200], kind="monthly", to=(person.email,),
                language=turn.language_of(email),
                attachments=(Attachment(report.file_name, XLSX, report.data),),
                facts={
                    "month": month, "figures": report.figures, "file_name": report.file_name,
                    "notes": report.notes,
                },
            ))  # fmt: skip
        turn.close()


def make_report(
    office: Office, entry: Entry, month: date, language: Language, directory: Directory
) -> MonthReport:
    """The summary of one month from the journal, as bytes. The same journal and clock give the same bytes."""
    begin, end = month_bounds(office, month)
    mails: dict[str, int] = {}
    quarantined: dict[str, int] = {}
    for mail in entry.all_mails(stamp(begin), stamp(end)):
        if mail.outcome:
            mails[mail.outcome] = mails.get(mail.outcome, 0) + 1
        if mail.outcome == "quarantined":
            quarantined[mail.reason] = quarantined.get(mail.reason, 0) + 1
    seq, head = entry.head()
    return month_report(
        month, all_cases(entry), mails, quarantined, office.workdays, office.config.company.timezone,
        office.config.company.name, language, f"{seq}:{head}", office.clock(),
        office.config.sender_proof.mode, {person.email: person.name for person in directory.people},
    )  # fmt: skip


def save_report(office: Office, report: MonthReport) -> None:
    folder = office.config.files.reports
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / report.file_name, report.data)


def month_bounds(office: Office, month: date) -> tuple[datetime, datetime]:
    """[begin, end) of a month in the company's time zone."""
    zone = office.config.company.zone
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    begin = datetime(month.year, month.month, 1, tzinfo=zone)
    return begin, datetime(following.year, following.month, 1, tzinfo=zone)


def _due_month(office: Office) -> date | None:
    """Last month, from the first working day of this one at the configured time on."""
    local = office.clock().astimezone(office.config.company.zone)
    first = office.workdays.first_of_month(local.year, local.month)
    due = datetime.combine(first, office.config.schedule.summary_at, tzinfo=office.config.company.zone)
    return (local.date().replace(day=1) - timedelta(days=1)).replace(day=1) if local >= due else None


def _was_running(entry: Entry, office: Office, month: date) -> bool:
    """A month in which nothing was seen yet gets no summary: the service was not there."""
    _, end = month_bounds(office, month)
    return bool(entry.all_mails(until=stamp(end)))
