"""How long a form takes: read in its sandbox, understanding included, against plain openpyxl in the same run.

    uv run benchmarks/forms.py [--json] [--rounds 15] [FILE ...]

Without files, forms are made. The figures without a prefix are of normal forms: the official form, filled
with few and with many rows, with a picture, and saved by LibreOffice. `small_` are bare sheets by other
habits, as a library writes them, without styles, lists or pictures: the hardest to beat openpyxl on. Times
are medians over all files of the median of each file's rounds, in milliseconds. The sandbox is warm and has
had 50 ms between two files, as in the service, which writes its journal meanwhile; `burst_ms` is without the
pause, over all files. `million_` is a form with 1,048,576 formatted rows, of which openpyxl reads a 32nd part
and is scaled up. `peak_mb` is the largest resident memory of the reading child.
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
from tests.form.hostile import formatted_rows
from tests.form.official import FILLED, big_form, blank, signature_picture
from tests.form.pages import Page, to_xlsx
from tests.form.paper import FORM, TODAY, Habit, lay_out

#: What passes in the service between two forms.
PAUSE_S = 0.05
#: openpyxl needs 44 s for the whole form of a million rows.
PART = 32
SAVED = Path(__file__).resolve().parents[1] / "tests/specimens/forms/official-libreoffice.xlsx"


def main() -> None:
    arguments = _arguments()
    forms = _given(arguments.files) or _made()
    with Sandbox(CATALOGUE) as sandbox:
        sandbox.read(next(iter(forms.values())), "warm.xlsx", TODAY, "id")
        rows = [(name, *_both(sandbox, data, arguments.rounds)) for name, data in forms.items()]
        burst = [_time(lambda d=data: _read(sandbox, d), 5) for data in forms.values()]  # type: ignore[misc]
        # Of the largest child that has ended: the keeper or one of the readers that it waited for.
        million = _million(sandbox)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    normal = [row for row in rows if row[0].startswith("official")] or rows
    small = [row for row in rows if row not in normal]
    result = {
        **_figures("", normal),
        **(_figures("small_", small) if small else {}),
        "burst_ms": round(median(burst), 2),
        **_figures("million_", [million]),
        "peak_mb": round(peak, 1),
    }
    if not arguments.json:
        for name, akses, plain in [*rows, million]:
            print(f"{name:40} akses {akses:7.2f} ms   openpyxl {plain:9.2f} ms   {akses / plain:7.4f}")
    print(json.dumps(result))


def _figures(prefix: str, rows: list[tuple[str, float, float]]) -> dict[str, float]:
    return {
        f"{prefix}akses_ms": round(median(akses for _, akses, _ in rows), 2),
        f"{prefix}openpyxl_ms": round(median(plain for _, _, plain in rows), 2),
        f"{prefix}ratio": round(median(akses / plain for _, akses, plain in rows), 4),
    }


def _both(sandbox: Sandbox, data: bytes, rounds: int) -> tuple[float, float]:
    """(Akses, openpyxl) in milliseconds, taken in turns, so that a busy moment hits both."""
    akses, plain = [], []
    for _ in range(rounds):
        time.sleep(PAUSE_S)
        akses.append(_time(lambda: _read(sandbox, data), 1))
        plain.append(_time(lambda: openpyxl.load_workbook(io.BytesIO(data)), 1))
    return median(akses), median(plain)


def _million(sandbox: Sandbox) -> tuple[str, float, float]:
    """The form with 1,048,576 formatted rows: openpyxl's time for a part of the rows, times the parts."""
    whole, part = formatted_rows(1_048_576), formatted_rows(1_048_576 // PART)
    time.sleep(PAUSE_S)
    akses = _time(lambda: _read(sandbox, whole), 3)
    plain = _time(lambda: openpyxl.load_workbook(io.BytesIO(part)), 1) * PART
    return "1,048,576 formatted rows", akses, plain


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
        "official, saved by LibreOffice": SAVED.read_bytes(),
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
