"""How long a form takes: read in its sandbox, understanding included, against plain openpyxl in the same run.

    uv run benchmarks/forms.py [--json] [--rounds 15] [FILE ...]

Without files, forms are made: the official form filled, and forms by other habits, long and short. Times
are medians over all files of the median of each file's rounds, in milliseconds; the sandbox is warm, as it is
in the service. `peak_mb` is the largest resident memory of the reading child.
"""

import argparse
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import openpyxl

from pipeline.form.fill import fill_form
from pipeline.form.sandbox import Sandbox
from tests.form.catalogue import CATALOGUE
from tests.form.hostile import BOMBS
from tests.form.official import FILLED, big_form, blank, signature_picture
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM, TODAY, Habit, lay_out


def main() -> None:
    arguments = _arguments()
    forms = _given(arguments.files) or _made()
    with Sandbox(CATALOGUE) as sandbox:
        sandbox.read(next(iter(forms.values())), "warm.xlsx", TODAY, "id")
        rows = [
            (name, _time(lambda d=data: _read(sandbox, d), arguments.rounds),  # type: ignore[misc]
             _time(lambda d=data: openpyxl.load_workbook(io.BytesIO(d)), arguments.rounds))  # type: ignore[misc]
            for name, data in forms.items()
        ]  # fmt: skip
    # Of the largest child that has ended: the keeper or one of the readers that it waited for.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    result = {
        "akses_ms": round(median(akses for _, akses, _ in rows), 2),
        "openpyxl_ms": round(median(plain for _, _, plain in rows), 2),
        "ratio": round(median(akses / plain for _, akses, plain in rows), 3),
        "peak_mb": round(peak, 1),
    }
    if not arguments.json:
        for name, akses, plain in rows:
            print(f"{name:40} akses {akses:7.2f} ms   openpyxl {plain:7.2f} ms   {akses / plain:5.2f}")
        bomb = BOMBS["a million formatted rows"][0]()
        with Sandbox(CATALOGUE) as sandbox:
            sandbox.read(next(iter(forms.values())), "warm.xlsx", TODAY, "id")
            print(f"{'1,048,576 formatted rows':40} akses {_time(lambda: _read(sandbox, bomb), 3):7.2f} ms")
    print(json.dumps(result))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Reading forms: Akses against plain openpyxl.")
    parser.add_argument("files", nargs="*", type=Path, help="xlsx files; made ones when none are named")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true", help="only the last line")
    return parser.parse_args()


def _given(files: list[Path]) -> dict[str, bytes]:
    """The named files that openpyxl can open, so that both read the same."""
    forms = {}
    for file in files:
        data = file.read_bytes()
        try:
            openpyxl.load_workbook(io.BytesIO(data))
        except Exception as error:  # noqa: BLE001  (whatever openpyxl raises, the file is left out)
            print(f"left out: {file.name}: {error!r}"[:120], file=sys.stderr)
            continue
        forms[file.name] = data
    return forms


def _made() -> dict[str, bytes]:
    habits = {
        "plain": Habit(), "English": Habit(language="en"), "both languages": Habit(language="both"),
        "colons": Habit(where="colon"), "one cell": Habit(where="same"), "tick list": Habit(items="ticks"),
        "signature block": Habit(signoff="block"), "15 printed rows": Habit(rows=15),
    }  # fmt: skip
    return {
        "official, 3 employees, 3 rows": fill_form(blank(), FILLED),
        "official, with a picture": fill_form(blank(), FILLED, signature_picture()),
        "official, 15 employees, 30 rows": fill_form(blank(), big_form(15, 30)),
        **{name: to_xlsx(Page("Form", lay_out(FORM, habit))) for name, habit in habits.items()},
    }


def _read(sandbox: Sandbox, data: bytes) -> None:
    sandbox.read(data, "form.xlsx", TODAY, "id")


def _time(what: Callable[[], object], rounds: int) -> float:
    """The median of so many rounds, in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        what()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


if __name__ == "__main__":
    main()
