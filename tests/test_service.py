"""serve goes on whatever a poll meets, and ends when it is told to: after the mail in hand."""

import datetime
import errno
import os
import signal
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
import schedule

from pipeline import service
from pipeline.demo import clients
from pipeline.model import PipelineError
from pipeline.office import Office
from tests.company import Company


@pytest.fixture
def office(tmp_path) -> Office:
    """An office that polls a hundred times a second."""
    office = Company(tmp_path).office
    fast = office.config.schedule.model_copy(update={"poll_seconds": 0.01})
    return replace(office, config=office.config.model_copy(update={"schedule": fast}))


def serve_until(office: Office, stop: service.Stop, poll: service.Poll, seconds: float = 10) -> float:
    """How long it served. A loop that does not end is ended by an alarm, as an error."""

    def too_long(*_: object) -> None:
        raise TimeoutError("serve did not end")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    began = time.monotonic()
    try:
        service.serve(office, stop, poll)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.monotonic() - began


@pytest.mark.parametrize("trouble", [
    PipelineError("The server is down.", "Wait."),
    OSError(errno.ENOSPC, "No space left on device"),
    RuntimeError("a bug nobody foresaw"),
], ids=["server-down", "disk-full", "unforeseen"])  # fmt: skip
def test_a_poll_that_fails_never_ends_the_loop(office: Office, trouble: Exception):
    stop, polls = service.Stop(), []

    def open_mailbox() -> None:
        polls.append(1)
        if len(polls) == 3:
            stop()
        raise trouble

    serve_until(replace(office, open_mailbox=open_mailbox), stop, service.try_tick)
    assert len(polls) == 3
    assert not (office.config.files.state / "heartbeat").exists()


def test_the_first_poll_comes_at_once_and_leaves_a_heartbeat(office: Office):
    stop = service.Stop()

    def poll(_office: Office, _stopped: object) -> bool:
        stop()
        return True

    assert serve_until(office, stop, poll) < 1
    beat = (office.config.files.state / "heartbeat").read_text(encoding="utf-8")
    assert datetime.datetime.fromisoformat(beat.strip()) == office.clock()


def test_a_stop_that_comes_while_the_office_opens_means_no_poll_at_all(office: Office):
    stop, polls = service.Stop(), []
    stop()
    serve_until(office, stop, lambda *_: bool(polls.append(1)))
    assert polls == []


def test_a_heartbeat_that_cannot_be_written_does_no_harm(office: Office):
    (office.config.files.state / "heartbeat").mkdir()
    stop, polls = service.Stop(), []

    def poll(_office: Office, _stopped: object) -> bool:
        polls.append(1)
        if len(polls) == 2:
            stop()
        return True

    serve_until(office, stop, poll)
    assert len(polls) == 2


def test_a_stop_finishes_the_mail_in_hand_and_leaves_the_others_waiting(tmp_path, monkeypatch):
    company = Company(tmp_path)
    for _ in range(3):
        company.send(clients.newsletter(company.clock.now))
    stop = service.Stop()
    read = service.try_tick.__globals__["read_mail"]

    def reading(raw: bytes) -> object:
        os.kill(os.getpid(), signal.SIGTERM)
        return read(raw)

    monkeypatch.setattr("pipeline.flow.read_mail", reading)
    before = signal.signal(signal.SIGTERM, stop)
    try:
        serve_until(company.office, stop, service.try_tick)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert [mail.outcome for mail in company.mails()] == ["ignored"]
    assert len(company.in_folder("inbox")) == 2


def test_a_clock_set_back_by_an_hour_does_not_mean_an_hour_without_a_poll(office: Office, monkeypatch):
    polls: list[int] = []

    class Earlier(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return datetime.datetime.now(tz) - datetime.timedelta(hours=1)

    def poll(_office: Office, _stopped: object) -> bool:
        polls.append(1)
        if len(polls) == 4:
            stop()
        return True

    class Waiting(service.Stop):
        def wait(self, seconds: float) -> bool:
            earlier = SimpleNamespace(datetime=Earlier, timedelta=datetime.timedelta)
            if len(polls) == 2:
                monkeypatch.setattr(schedule, "datetime", earlier)
            return super().wait(seconds)

    stop = Waiting()

    assert serve_until(office, stop, poll) < 5
    assert len(polls) == 4


def test_a_stop_is_noticed_within_a_second_while_nothing_is_done():
    stop = service.Stop()
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    began = time.monotonic()
    try:
        assert stop.wait(30)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < 1


def test_both_ways_of_stopping_are_listened_for():
    names = (signal.SIGTERM, signal.SIGINT)
    before = {name: signal.getsignal(name) for name in names}
    try:
        stop = service.listen_for_stop()
        assert all(signal.getsignal(name) is stop for name in names)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
