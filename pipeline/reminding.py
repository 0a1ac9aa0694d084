"""What time brings: questions that must be asked anew, and the monthly summary, once per month and person."""

import hashlib
from datetime import date, datetime, timedelta

from pipeline.approval.workflow import WAITING
from pipeline.chasing import chase
from pipeline.desks.absence import hand_over
from pipeline.desks.asking import ask_due
from pipeline.digests import write_digests
from pipeline.host import write_durably
from pipeline.journal import Entry, stamp
from pipeline.model import Attachment, Case, Directory, Language, Letter
from pipeline.office import Office
from pipeline.reports.monthly import MonthReport, month_report
from pipeline.turn import Turn, all_cases

#: A service that stood still for longer has more to explain than a summary can.
_MOST_MONTHS = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def remind(office: Office, directory: Directory) -> None:
    """Ask anew where nobody can answer any more, and write the summaries whose time has come."""
    # First the digest: what it lists is reminded of by it.
    write_digests(office, directory)
    chase(office, directory)
    _ask_again(office, directory)
    due = _due_month(office)
    if due is None:
        return
    with office.journal.entry() as entry:
        if entry.value("summary_through") >= due.isoformat():
            return
        turn = Turn(office, entry, office.clock(), directory)
        for month in _missing_months(office, entry, due):
            _summarise(turn, month)
        entry.keep_value("summary_through", due.isoformat())
        turn.close()


def _ask_again(office: Office, directory: Directory) -> None:
    """Once a day, and when the directory changed: requests whose approval mail ran out, or
    who had nobody; and those of an approver whose deputy begins."""
    mark = f"{office.today()} {hashlib.sha256(repr(directory).encode()).hexdigest()}"
    with office.journal.entry() as entry:
        if entry.value("asked_again") == mark:
            return
        turn = Turn(office, entry, office.clock(), directory)
        for row in entry.requests():
            if row.state in WAITING:
                hand_over(turn, row.ref)
                ask_due(turn, row.ref)
        entry.keep_value("asked_again", mark)
        turn.close()


def _missing_months(office: Office, entry: Entry, due: date) -> tuple[date, ...]:
    """The months up to `due` that were worked in and not yet summed up, a year back at most."""
    made = {str(event.data["month"]) for event in entry.events(kind="summary_made")}
    months = [due]
    while len(months) < _MOST_MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return tuple(m for m in months if m.isoformat() not in made and _was_running(entry, office, m))


def _summarise(turn: Turn, month: date) -> None:
    """Write the month's summary in each language that management reads, and queue it for each of them."""
    reports: dict[Language, MonthReport] = {}
    people = {person.email: person for person in turn.directory.with_role("management")}
    for email in people:
        language = turn.language_of(email)
        if language not in reports:
            reports[language] = make_report(turn.office, turn.entry, month, language, turn.directory)
    for report in reports.values():
        save_report(turn.office, report)
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
        month, _asked_here(entry), mails, quarantined, office.workdays, office.config.company.timezone,
        office.config.company.name, language, f"{seq}:{head}", office.clock(),
        office.config.sender_proof.mode, {person.email: person.name for person in directory.people},
    )  # fmt: skip


def _asked_here(entry: Entry) -> tuple[Case, ...]:
    """The requests that the figures are about: none of an old register, which nobody sent or decided here."""
    return tuple(case for case in all_cases(entry) if not case.imported)


def save_report(office: Office, report: MonthReport) -> None:
    folder = office.config.files.reports
    folder.mkdir(parents=True, exist_ok=True)
    write_durably(folder / report.file_name, report.data, shared=True)


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
