"""The loop of `run.py serve`: polls on schedule until told to stop, whatever a single poll meets."""

import logging
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import schedule

from pipeline.flow import tick
from pipeline.model import PipelineError
from pipeline.office import Office

log = logging.getLogger("akses")


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


def serve(office: Office, stop: Stop, poll: Callable[[Office], object] = tick) -> None:
    """Poll now and then every `poll_seconds`, until `stop`. A poll that fails never ends the loop."""
    jobs = schedule.Scheduler()
    jobs.every(office.config.schedule.poll_seconds).seconds.do(_guarded, office, stop, poll)
    jobs.run_all()
    while not stop:
        jobs.run_pending()
        stop.wait(min(1.0, max(0.0, jobs.idle_seconds or 0.0)))


def _guarded(office: Office, stop: Stop, poll: Callable[[Office], object]) -> None:
    """One poll. What is broken outside is logged with its mend and tried again at the next."""
    if stop:
        return
    try:
        poll(office)
    except (PipelineError, OSError) as error:
        log.error("this poll ended early and the next one goes on: %s", error)
        return
    heartbeat(office.config.files.state, office)


def heartbeat(state: Path, office: Office) -> None:
    """The time of the last good poll, for whoever watches the service from outside."""
    (state / "heartbeat").write_text(office.clock().isoformat() + "\n", encoding="utf-8")
