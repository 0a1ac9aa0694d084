"""The long attack on the editing of workbooks: mutated files, each refused or edited rightly.

uv run python -m tests.fuzz_package --files 20000 --seed 0
The last line counts; on failure the exit code is 1 and the file lies in --keep.
"""

import argparse
import collections
import io
import multiprocessing
import sys
import tempfile
import time
import warnings
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineWorkbook

from pipeline.register.package.appending import append_rows
from pipeline.register.package.refusal import Refused
from tests.register.package.books import raw_members
from tests.register.package.features import workbook
from tests.register.package.mutations import mutated

ROW = ["=new", 41.5, "x"]
_BOOKS = 60
#: Parts that an edit may write anew, by how their names end.
_OURS = (
    "sheet1.xml",
    "sheet2.xml",
    "workbook.xml",
    "styles.xml",
    "table1.xml",
    "table2.xml",
    "Types].xml",
    ".rels",
)


def outcome(data: bytes, folder: Path) -> str:
    """ "ok", or the reason of a refusal, or what is wrong."""
    target = folder / "out.xlsx"
    try:
        done = append_rows(data, target, [ROW], "Data" if b"sheet2" in data else "")
    except Refused as refused:
        return refused.reason
    except Exception as error:  # noqa: BLE001 - that is what we look for
        return f"WRONG: {type(error).__name__}: {error}"
    return _judge(data, target.read_bytes(), done.sheet, done.first_row)


def _judge(before: bytes, after: bytes, sheet: str, row: int) -> str:
    """Is what a reader could read before still there, and the new row too?"""
    old, new = raw_members(before), raw_members(after)
    lost = [name for name in old if old[name] != new.get(name) and not name.endswith(_OURS)]
    if lost and not any("calcChain" in name for name in lost):
        return f"WRONG: {lost[0]} was changed"
    for read in (_by_calamine, _by_openpyxl):
        was, now = read(before, sheet), read(after, sheet)
        if was is None:
            continue
        if now is None:
            return f"WRONG: {read.__name__} cannot read it any more"
        line = [value for (number, _), value in sorted(now.items()) if number == row]
        if [value for value in ROW if value not in line]:
            # What the reader did not read before, it need not read now: rows behind a broken tag.
            if not was or max(number for number, _ in was) < row - 1:
                continue
            return f"WRONG: {read.__name__} reads {line} in row {row}"
        changed = [place for place in was if place[0] < row and was[place] != now.get(place)]
        if changed:
            return f"WRONG: {read.__name__}: {changed[0]} was {was[changed[0]]!r}, is {now.get(changed[0])!r}"
    return "ok"


def _by_calamine(data: bytes, sheet: str) -> dict[tuple[int, int], object] | None:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(
            skip_empty_area=False
        )  # fmt: skip
    except BaseException:  # noqa: BLE001 - calamine panics, which is no Exception
        return None
    return _places(rows)


def _by_openpyxl(data: bytes, sheet: str) -> dict[tuple[int, int], object] | None:
    try:
        rows = [
            [_value(cell.value) for cell in row] for row in load_workbook(io.BytesIO(data))[sheet].iter_rows()
        ]
    except Exception:  # noqa: BLE001 - it has no one family of errors
        return None
    return _places(rows)


def _value(value: object) -> object:
    return (value.ref, value.text) if isinstance(value, ArrayFormula) else value


def _places(rows: list[list[object]]) -> dict[tuple[int, int], object]:
    return {
        (number, column): value
        for number, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
        if value not in (None, "")
    }


def run_share(share: tuple[int, int, int, str, Path]) -> collections.Counter[str]:
    """Every `of`-th file from `number` on; the wrong ones are kept."""
    number, of, files, seed, keep = share
    warnings.simplefilter("ignore")
    books = [workbook(one) for one in range(_BOOKS)]
    counts: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for one in range(number, files, of):
            data = mutated(books[one % _BOOKS], f"{seed}-{one}")
            said = outcome(data, Path(folder))
            counts[said if not said.startswith("WRONG") else "WRONG"] += 1
            if said.startswith("WRONG"):
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}-{one}.xlsx").write_bytes(data)
                print(f"{seed}-{one}: {said[:300]}", flush=True)
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzz-package")
    given = parser.parse_args()
    began = time.monotonic()
    shares = [(one, given.processes, given.files, given.seed, given.keep) for one in range(given.processes)]
    with multiprocessing.Pool(given.processes) as pool:
        counts = sum(pool.map(run_share, shares), collections.Counter[str]())
    told = ", ".join(f"{count} {reason}" for reason, count in counts.most_common())
    print(f"{sum(counts.values())} files in {time.monotonic() - began:.0f} s: {told}")
    return 1 if counts["WRONG"] else 0


if __name__ == "__main__":
    sys.exit(main())
