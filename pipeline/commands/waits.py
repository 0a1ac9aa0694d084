"""What waits for whom, since when, and what comes next and when. Reads cases only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.approval.routes import answerable, steps_asked, steps_due
from pipeline.approval.waiting import deadlines
from pipeline.approval.workflow import open_rounds
from pipeline.desks.deadlines import patience_for
from pipeline.model import Case, CaseItem
from pipeline.settings import Config
from pipeline.workdays import Workdays


@dataclass(frozen=True)
class Wait:
    """One thing that a request waits for. Moments are aware; None: there is no such limit."""

    #: an approver's address, or "IT"
    whom: str
    #: item numbers
    items: tuple[int, ...]
    #: what for: names of steps, or "work"
    steps: tuple[str, ...]
    since: datetime
    reminder: datetime | None
    #: when somebody else is asked, or the work is late
    due: datetime | None
    lapses: datetime | None
    away_since: datetime | None = None

    def plain(self) -> dict[str, object]:
        """As JSON can hold it."""
        moments = ("since", "reminder", "due", "lapses", "away_since")
        said = {name: getattr(self, name) for name in moments}
        return {
            "whom": self.whom, "items": list(self.items), "steps": list(self.steps),
            **{name: moment.isoformat(timespec="minutes") if moment else "" for name, moment in said.items()},
        }  # fmt: skip


def waits_of(case: Case, config: Config, workdays: Workdays) -> tuple[Wait, ...]:
    """Everything this request waits for: each open question, and IT's work."""
    return (*_questions(case, config, workdays), *_nobody(case, config, workdays), *_work(case, config))


def workdays_of(config: Config) -> Workdays:
    """The company's calendar."""
    rules = config.workdays
    return Workdays(rules.country, rules.closed, rules.open, config.company.timezone)


def _questions(case: Case, config: Config, workdays: Workdays) -> tuple[Wait, ...]:
    found = []
    for asked in open_rounds(case):
        items = answerable(case, asked)
        next_ = deadlines(case, asked, patience_for(config, case), workdays.after)
        taken_away = _taken_away(items, config, workdays)
        found.append(Wait(
            whom=asked.approver, items=tuple(item.item.no for item in items),
            steps=tuple(dict.fromkeys(n for item in items for n in steps_asked(asked, item.item.no))),
            since=asked.asked_at, reminder=next_.remind, due=taken_away or next_.escalate,
            lapses=None if taken_away else next_.lapse, away_since=asked.away_since,
        ))  # fmt: skip
    return tuple(found)


def _nobody(case: Case, config: Config, workdays: Workdays) -> tuple[Wait, ...]:
    """Items that nobody could be asked about: IT has been told."""
    asked = {item.item.no for a in open_rounds(case) for item in answerable(case, a)}
    left = tuple(item for item in case.items if steps_due(item) and item.item.no not in asked)
    if not left:
        return ()
    numbers, due = tuple(item.item.no for item in left), _taken_away(left, config, workdays)
    return (Wait("IT", numbers, ("nobody may decide",), case.revised_at, None, due, None),)


def _taken_away(items: Iterable[CaseItem], config: Config, workdays: Workdays) -> datetime | None:
    """When access that was given in an emergency ends without a sign-off; None where none was given."""
    granted = [item.decided_at for item in items if item.status != "requested" and item.decided_at]
    return workdays.after(min(granted), config.approval.emergency_days) if granted else None


def _work(case: Case, config: Config) -> tuple[Wait, ...]:
    """What IT has to do: give by the day it is to begin, take away what was not signed for."""
    give = [item for item in case.items if item.status == "approved"]
    take = [item for item in case.items if item.status == "provisioned" and item.ended_at]
    found = []
    if give:
        day = min(item.item.start_date for item in give)
        since = min(item.decided_at for item in give if item.decided_at)
        due = datetime(day.year, day.month, day.day, tzinfo=config.company.zone)
        found.append(Wait("IT", tuple(i.item.no for i in give), ("work",), since, None, due, None))
    if take:
        ended = min(item.ended_at for item in take if item.ended_at)
        numbers = tuple(item.item.no for item in take)
        found.append(Wait("IT", numbers, ("take away",), ended, None, ended, None))
    return tuple(found)
