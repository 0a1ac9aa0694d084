"""The loop of `run.py serve`: polls on schedule until told to stop, whatever a single poll meets."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

import schedule

from pipeline.flow import try_tick
from pipeline.office import Office

log = logging.getLogger("akses")
Poll = Callable[[Office, Callable[[], bool]], bool]

#: How long a stop may go unnoticed while nothing is done.
_BLINK_S = 0.5


class Stop:
    """Set by SIGTERM or SIGINT. The mail in hand is finished; then the loop ends.

    A plain flag: a signal may come while any lock is held, and a handler that takes it would wait.
    """

    def __init__(self) -> None:
        self._told = False

    def __call__(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._told = True

    def wait(self, seconds: float) -> bool:
        """Sleep up to `seconds`, less when a stop comes; whether one has come."""
        until = time.monotonic() + seconds
        while not self._told and (left := until - time.monotonic()) > 0:
            time.sleep(min(_BLINK_S, left))
        return self._told

    def __bool__(self) -> bool:
        return self._told


def listen_for_stop() -> Stop:
    """A Stop that SIGTERM, Ctrl+C and, on Windows, Ctrl+Break set from now on."""
    stop = Stop()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    return stop


def serve(office: Office, stop: Stop, poll: Poll = try_tick) -> None:
    """Poll now and then every `poll_seconds`, until `stop`. A poll that fails never ends the loop."""
    every = office.config.schedule.poll_seconds
    jobs = schedule.Scheduler()
    jobs.every(every).seconds.do(_poll_once, office, stop, poll)
    jobs.run_all()
    while not stop:
        if (jobs.idle_seconds or 0.0) > every + 1:
            # schedule reckons in wall time: a clock set back by an hour would mean an hour without a poll.
            jobs.run_all()
        jobs.run_pending()
        stop.wait(min(1.0, max(0.0, jobs.idle_seconds or 0.0)))


def _poll_once(office: Office, stop: Stop, poll: Poll) -> None:
    if not stop and poll(office, lambda: bool(stop)):
        heartbeat(office)


def heartbeat(office: Office) -> None:
    """The time of the last good poll, for whoever watches the service from outside."""
    try:
        beat = office.config.files.state / "heartbeat"
        beat.write_text(f"{office.clock().isoformat()}\n", encoding="utf-8")
    except OSError as error:
        log.warning("the heartbeat could not be written: %s", error)
