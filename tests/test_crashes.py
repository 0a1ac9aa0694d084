"""A crash between any two steps loses nothing and doubles nothing: every point of a whole request's life.

The doors (mailbox, post, spool, journal, register) are wrapped; a run counts the calls, then for each call k
the same day is played again and the process dies just before or just after call k. All memory is dropped, the
office is opened anew, and after a few rounds everything must be as if nothing had happened.
"""

import dataclasses
import functools
import os
from collections import Counter
from contextlib import contextmanager

import pytest

from pipeline import keeping
from pipeline.commands.verifying import verify
from pipeline.demo import company
from tests.company import MORNING, Company

HR = company.hr_form(MORNING.date())


class Crash(BaseException):
    """The process is gone."""


class Points:
    """Counts the calls that touch the outside, and dies at one of them."""

    def __init__(self, die_at: int = -1) -> None:
        self.die_at, self.names, self.polling = die_at, [], False

    def pass_by(self, name: str) -> None:
        if not self.polling:
            return  # the test itself looks at the journal between the rounds
        self.names.append(name)
        if len(self.names) - 1 == self.die_at:
            raise Crash(name)

    def wrapped(self, name, call):
        @functools.wraps(call)
        def wrapper(*args, **kwargs):
            self.pass_by(f"before {name}")
            result = call(*args, **kwargs)
            self.pass_by(f"after {name}")
            return result

        return wrapper


class Door:
    """An object whose named methods are points."""

    def __init__(self, inner, points, name, methods):
        self._inner = inner
        for method in methods:
            setattr(self, method, points.wrapped(f"{name}.{method}", getattr(inner, method)))

    def __getattr__(self, name):
        return getattr(self._inner, name)


class WatchedJournal:
    """The journal, with a point before each transaction, before each commit, and after it."""

    def __init__(self, inner, points):
        self._inner, self._points = inner, points

    @contextmanager
    def entry(self):
        self._points.pass_by("before begin")
        with self._inner.entry() as entry:
            yield entry
            self._points.pass_by("before commit")
        self._points.pass_by("after commit")

    def __getattr__(self, name):
        return getattr(self._inner, name)


def watched(house: Company, points: Points, monkeypatch) -> None:
    office = house.office
    house.office = dataclasses.replace(
        office,
        journal=WatchedJournal(office.journal, points),
        spool=Door(office.spool, points, "spool", ("keep",)),
        open_mailbox=lambda: Door(office.open_mailbox(), points, "mailbox", ("waiting", "fetch", "move")),
        open_post=lambda: Door(office.open_post(), points, "post", ("send",)),
    )
    monkeypatch.setattr(keeping, "swap_in", points.wrapped("swap_in", REAL_SWAP))


REAL_SWAP = keeping.swap_in


def live(house: Company) -> None:
    """A request's whole life: asked, approved, done by staff, completed. What is there is not done again."""
    steps = [
        lambda: house.send_form(HR),
        lambda: house.answer(house.asked(), "SETUJU"),
        lambda: house.fill_register(status="done", done_by="Dewi", done_on="2026-11-24", account_id="U1"),
        lambda: None,
    ]
    for step in steps:
        step()
        house.poll()


def check_outcome(house: Company, name: str) -> None:
    assert house.digest() == (("REQ-2026-0001", 0, "completed", ("provisioned",)),), name
    assert [(m.outcome, m.reason) for m in house.mails()] == [
        ("processed", "new-request"), ("processed", "decision"),
    ], name  # fmt: skip
    assert house.in_folder("inbox") == [], name
    assert len(house.in_folder("processed")) == 2, name
    with house.office.journal.entry() as entry:
        rows = entry.outbox.all()
        kinds = Counter(event.kind for event in entry.events())
    assert {row.state for row in rows} == {"sent"}, name
    assert Counter(row.kind for row in rows) == Counter(
        ("received", "approval", "recorded", "decided", "provision", "ready", "ready_employee")
    ), name
    assert kinds["decision_recorded"] == kinds["approval_asked"] == kinds["request_completed"] == 1, name
    assert verify(house.config_file, as_json=True) == 0, name


def points_of_a_life(folder, monkeypatch) -> list[str]:
    house = Company(folder)
    points = Points()
    play_with_a_crash(house, points, monkeypatch)
    check_outcome(house, "no crash")
    return points.names


#: The suite takes one of every sixty points; AKSES_CRASHES=all takes every one.
STEP = 60
STARTS = range(STEP) if os.environ.get("AKSES_CRASHES") == "all" else (7,)


@pytest.mark.parametrize("start", STARTS)
def test_a_crash_at_any_point_loses_nothing_and_doubles_nothing(tmp_path, monkeypatch, capsys, start):
    (tmp_path / "count").mkdir()
    names = points_of_a_life(tmp_path / "count", monkeypatch)
    assert len(names) > 100
    for die_at in range(start, len(names), STEP):
        folder = tmp_path / str(die_at)
        folder.mkdir()
        house = Company(folder)
        points = Points(die_at)
        play_with_a_crash(house, points, monkeypatch)
        assert len(points.names) > die_at, names[die_at]
        check_outcome(house, f"crash at {die_at}: {names[die_at]}")


def play_with_a_crash(house: Company, points: Points, monkeypatch) -> None:
    """Live; the poll that dies is taken up by a new process, which meets no crash."""
    watched(house, points, monkeypatch)
    real_poll = house.poll

    def poll():
        points.polling = True
        try:
            real_poll()
        except Crash:
            house.open()
            watched(house, points, monkeypatch)
            for _ in range(3):
                house.clock.pass_minutes(2)
                real_poll()
        points.polling = False

    house.poll = poll
    live(house)
    for _ in range(2):
        house.clock.pass_minutes(2)
        house.poll()
