"""The loop of `run.py serve`: polls on schedule until told to stop, whatever a single poll meets."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType

import schedule

from pipeline.flow import try_tick
from pipeline.office import Office

log = logging.getLogger("akses")
Poll = Callable[[Office, Callable[[], bool]], bool]


class Stop:
    """Set by SIGTERM or SIGINT. The mail in hand is finished; then the loop ends."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        self._event.set()

    def wait(self, seconds: float) -> bool:
        return self._event.wait(seconds)

    def __bool__(self) -> bool:
        return self._event.is_set()


def listen_for_stop() -> Stop:
    stop = Stop()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    return stop


def serve(office: Office, stop: Stop, poll: Poll = try_tick) -> None:
    """Poll now and then every `poll_seconds`, until `stop`. A poll that fails never ends the loop."""
    jobs = schedule.Scheduler()
    jobs.every(office.config.schedule.poll_seconds).seconds.do(_poll_once, office, stop, poll)
    jobs.run_all()
    while not stop:
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
