"""The long attack on the mail side: `make fuzz`. Mutated mails and forged approvals, on some processes.

uv run python -m tests.fuzz_mail --mails 500000 --forgeries 20000 --seed 0
The last line counts; on failure the exit code is 1, the seed is told and the mail lies in --keep.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.mail.forgeries import complaint, play
from tests.mail.forgery_world import ForgeryWorld
from tests.mail.fuzzing import Failed, Fuzz
from tests.mail.test_forgeries import CLASSES

_REPORT_EVERY = 5000


@dataclass(frozen=True)
class Share:
    """What one process does."""

    number: int
    of: int
    mails: int
    forgeries: int
    seed: str
    keep: Path


@dataclass(frozen=True)
class Done:
    mails: int = 0
    whole: int = 0
    slowest: float = 0.0
    forgeries: int = 0
    failed: str = ""


def run_share(share: Share) -> Done:
    """Every `of`-th mail and forgery from `number` on, until one fails."""
    with tempfile.TemporaryDirectory() as folder:
        world = ForgeryWorld(Path(folder))
        try:
            forgeries = _forge(share, world)
            fuzz = _fuzz(share, world)
        except Failed as failed:
            share.keep.mkdir(parents=True, exist_ok=True)
            file = share.keep / f"failed-{share.number}.eml"
            file.write_bytes(failed.raw)
            return Done(failed=f"{failed} (the mail is in {file})")
        return Done(fuzz.mails, fuzz.whole, fuzz.slowest, forgeries)


def _forge(share: Share, world: ForgeryWorld) -> int:
    numbers = range(share.number, share.forgeries, share.of)
    for count, number in enumerate(numbers, 1):
        forgery = CLASSES[number % len(CLASSES)]
        seed = f"{share.seed}/{forgery.name}/{number // len(CLASSES)}"
        # The honest mail needs as long as the forged one: every tenth is enough.
        attempt, played, control = play(forgery, world, seed, with_control=number // len(CLASSES) % 10 == 0)
        wrong = complaint(forgery, world, played, control)
        if wrong:
            raise Failed(seed, attempt.raw, wrong)
        _tell(share, "forgeries", count, len(numbers))
    return len(numbers)


def _fuzz(share: Share, world: ForgeryWorld) -> Fuzz:
    fuzz = Fuzz(world, CLASSES, share.seed)
    numbers = range(share.number, share.mails, share.of)
    for count, number in enumerate(numbers, 1):
        fuzz.run(number)
        _tell(share, "mails", count, len(numbers))
    return fuzz


def _tell(share: Share, what: str, count: int, all_: int) -> None:
    if count % _REPORT_EVERY == 0:
        print(f"process {share.number}: {count} of {all_} {what}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=500_000)
    parser.add_argument("--forgeries", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "akses-fuzz")
    given = parser.parse_args()
    begun = time.monotonic()
    shares = [
        Share(number, given.processes, given.mails, given.forgeries, given.seed, given.keep)
        for number in range(given.processes)
    ]
    with multiprocessing.get_context("spawn").Pool(given.processes) as pool:
        done = pool.map(run_share, shares, chunksize=1)
    failed = [one.failed for one in done if one.failed]
    for line in failed:
        print(f"FAILED: {line}")
    seconds = time.monotonic() - begun
    if failed:
        print(f"{len(failed)} of {len(done)} processes met a failure; seed {given.seed}; {seconds:.0f} s")
    else:
        mails, whole = sum(one.mails for one in done), sum(one.whole for one in done)
        slowest, forged = max(one.slowest for one in done), sum(one.forgeries for one in done)
        print(
            f"{mails} mutated mails ({whole} the whole way), slowest {slowest:.2f} s; {forged} forged "
            f"approvals of {len(CLASSES)} classes, none accepted; seed {given.seed}, {seconds:.0f} s"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
