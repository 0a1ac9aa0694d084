"""How long the corridor takes: empty polls a second, and arrival to approval mail for 100 forms at once.

Run: uv run python benchmarks/pipeline.py --json        (everything on the embedded Maildir, real fsync)
Baseline: what must happen at least, on the same disk in the same run: spooling the same raw mails with fsync.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.commands.demo import make_company
from pipeline.config import read_config
from pipeline.demo import clients, company
from pipeline.demo.story import Clock, official_workbook
from pipeline.flow import tick
from pipeline.mail.maildir import deliver
from pipeline.office import open_office, utc_now
from pipeline.spool import Spool

SHIPPED = Path(__file__).resolve().parent.parent / "config.yaml"


def measure(forms: int, polls: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "company"
        config = read_config(make_company(SHIPPED, folder))
        clock = Clock(utc_now() - timedelta(hours=6))
        office = open_office(config, clock)
        raws = list(_mails(config, clock, forms))
        floor = _floor(Path(scratch) / "floor", raws)
        tick(office)
        empty = _empty_polls(office, polls)
        for raw in raws:
            deliver(config.mailbox.path, raw)
        began = time.perf_counter()
        tally = tick(office)
        seconds = time.perf_counter() - began
        with office.journal.entry() as entry:
            asked = sum(row.kind == "approval" and row.state == "sent" for row in entry.outbox.all())
        office.close()
    assert asked == forms, f"{asked} of {forms} approval mails went out: {tally}"
    return {
        "empty_polls_per_s": round(1 / statistics.median(empty), 1),
        "forms": forms,
        "forms_s": round(seconds, 2),
        "ms_per_form": round(1000 * seconds / forms, 1),
        "baseline_spool_s": round(floor, 3),
        "ratio": round(seconds / floor, 1),
    }


def _mails(config, clock, forms):
    """Different forms: each for another employee, so that none is a duplicate."""
    base = company.finance_form(clock.now.date())
    for number in range(forms):
        employee = base.employees[0]
        one = type(employee)(1, f"{employee.name} {number}", f"{number + 1:05d}", employee.position, "")
        form = type(base)(**{**base.__dict__, "employees": (one,)})
        workbook = official_workbook(config.systems, form)
        yield clients.form_mail(company.FINANCE_MANAGER, workbook, f"Form {number}", "Mohon.", clock.now)


def _floor(folder: Path, raws) -> float:
    spool, began = Spool(folder), time.perf_counter()
    for raw in raws:
        spool.keep(raw)
    return time.perf_counter() - began


def _empty_polls(office, polls: int) -> list[float]:
    seconds = []
    for _ in range(polls):
        began = time.perf_counter()
        tick(office)
        seconds.append(time.perf_counter() - began)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--forms", type=int, default=100)
    parser.add_argument("--polls", type=int, default=50)
    arguments = parser.parse_args()
    figures = measure(arguments.forms, arguments.polls)
    if not arguments.json:
        for name, value in figures.items():
            print(f"{name:20} {value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
