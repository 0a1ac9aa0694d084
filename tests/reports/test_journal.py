"""The summary against the journal itself: events written as the desks write them, counted line by line."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from pipeline.journal import Entry, stamp
from pipeline.reports import month_report
from pipeline.turn import all_cases
from tests.register.house import BAYU, PUTRI, House
from tests.reports.cases import moment
from tests.reports.recount import recount_journal
from tests.reports.test_monthly import front

_SYSTEMS = ("ERP", "VPN", "EMAIL", "HRIS", "CCTV")
Deed = tuple[datetime, str, str, int]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A quarter of requests: decided at once or in two rounds, rejected, done, half done, or forgotten."""
    house, chance = House(tmp_path_factory.mktemp("house")), random.Random(11)
    arrivals = sorted(
        moment(2026, 9, 1, 0) + timedelta(minutes=chance.randint(0, 91 * 1440)) for _ in range(45)
    )
    deeds: list[Deed] = []
    for house.now in arrivals:
        people = (PUTRI, BAYU)[: chance.randint(1, 2)]
        ref = house.ask(*chance.sample(_SYSTEMS, chance.randint(1, 3)), people=people)
        deeds += _life(ref, len(house.case(ref).items), house.now, chance)
    for house.now, kind, ref, number in sorted(deeds):
        if kind == "done":
            house.write(f"{ref}/{number}", status="done")
        else:
            house.decide(ref, **{f"_{number}": kind})
    return house


def _life(ref: str, count: int, received: datetime, chance: random.Random) -> Iterator[Deed]:
    for number in range(1, count + 1):
        decided = received + timedelta(hours=chance.lognormvariate(3, 1))
        if chance.random() < 0.8:
            verdict = chance.choice(("approve", "approve", "approve", "reject", "reject"))
            yield decided, verdict, ref, number
            if verdict == "approve" and chance.random() < 0.8:
                yield decided + timedelta(hours=chance.lognormvariate(3.5, 1)), "done", ref, number


@pytest.mark.parametrize("month", [9, 10, 11])
def test_every_count_is_what_the_journals_lines_say(house: House, month: int) -> None:
    begin, end = moment(2026, month, 1, 0), moment(2026, month + 1, 1, 0)
    with house.office.journal.entry() as entry:
        lines = [line for row in entry.requests() for line in entry.lines(row.ref)]
        shown = _front(house, entry, date(2026, month, 1))
    counted = recount_journal(lines, stamp(begin), stamp(end))
    assert {key: shown[key][0] for key in counted} == counted
    assert all(counted.values()), "a figure that is nought in every month proves nothing"


def _front(house: House, entry: Entry, month: date) -> dict[str, list[object]]:
    made = month_report(
        month, all_cases(entry), {}, {}, house.office.workdays, "Asia/Jakarta", "PT Contoh", "id", "",
        moment(2027, 2, 1), "require",
    )  # fmt: skip
    return front(made)
