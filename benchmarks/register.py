"""What it costs to keep the register, against openpyxl, calamine and bare packing, in one run.

    uv run python benchmarks/register.py [--json] [--rows 1000 10000 100000] [--rounds 5]

The workbook has 30 columns: a table with shared strings as Excel saves it, drop-downs, colours and a sheet
with a chart. Times are medians in seconds; each way of working runs in a process of its own, of which
`peak_mb` is the largest resident memory.

akses_s       five rows changed in two cells each and five appended, written beside and synced to disk
openpyxl_s    the same by load, change and save (once where it takes longer than ten seconds)
floor_s       the sheet's part unpacked and packed again by the same library, nothing else
ratio         openpyxl_s / akses_s;   floor_ratio: akses_s / floor_s
read_s        every row of the register read back, calamine_s: the same by calamine; read_ratio: their quotient
update_s      the whole of `update_register`: read, compare with what should stand there, write
idle_ms       a poll in which neither register nor journal changed (House of the tests), per number of rows
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
#: openpyxl needs most of a minute for the largest.
LONG_S = 10


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="the last line only")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(PARTS[given.part](given.file, given.rows[0], given.rounds)))
        return
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            result[str(rows)] = _measure(Path(folder) / f"{rows}.xlsx", rows, given.rounds)
            if not given.json:
                print(rows, result[str(rows)], flush=True)
    print(json.dumps(result))


def _measure(file: Path, rows: int, rounds: int) -> dict[str, float]:
    _child("make", file, rows, 1)
    akses, floor, plain = (_child(part, file, rows, rounds) for part in ("akses", "floor", "openpyxl"))
    read, calamine = _child("read", file, rows, rounds), _child("calamine", file, rows, rounds)
    update, idle = (
        _child("update", file, rows, min(rounds, 3)),
        _child("idle", file, min(rows, 10_000), rounds),
    )
    return {
        "akses_s": akses["s"], "openpyxl_s": plain["s"], "ratio": round(plain["s"] / akses["s"], 1),
        "floor_s": floor["s"], "floor_ratio": round(akses["s"] / floor["s"], 2),
        "peak_mb": akses["peak_mb"], "openpyxl_peak_mb": plain["peak_mb"],
        "read_s": read["s"], "calamine_s": calamine["s"], "read_ratio": round(read["s"] / calamine["s"], 2),
        "update_s": update["s"], "idle_ms": round(idle["s"] * 1000, 3),
    }  # fmt: skip


def _child(part: str, file: Path, rows: int, rounds: int) -> dict[str, float]:
    command = [
        sys.executable, __file__, "--part", part, "--file", str(file), "--rows", str(rows), "--rounds", str(rounds),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _time(work: Callable[[], object], rounds: int) -> dict[str, float]:
    times: list[float] = []
    while len(times) < rounds and (not times or sum(times) < LONG_S):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"s": round(median(times), 4), "peak_mb": round(peak, 1)}


# --- what is measured, each in its own process ------------------------------------------------------------


def _make(file: Path, rows: int, _rounds: int) -> dict[str, float]:
    """A register as Excel saves one: XlsxWriter writes what Excel does, shared strings included."""
    import xlsxwriter

    from pipeline.register.columns import COLUMNS, KEY_HEADER, STATUSES, TABLE

    book = xlsxwriter.Workbook(str(file))
    sheet, day = book.add_worksheet("Register"), book.add_format({"num_format": "dd/mm/yyyy"})
    heads = [column.label_id for column in COLUMNS] + [KEY_HEADER]
    for number, row in enumerate(_rows(rows), start=1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, place, value, day)
            elif value is not None:
                sheet.write(number, place, value)
    last = len(heads) - 1
    sheet.add_table(0, 0, rows, last, {"name": TABLE, "columns": [{"header": head} for head in heads]})
    places = {column.key: place for place, column in enumerate(COLUMNS)}
    status, decision = places["status"], places["decision"]
    labels = [choice.label_id for choice in STATUSES]
    sheet.data_validation(1, status, rows, status, {"validate": "list", "source": labels})
    green = book.add_format({"bg_color": "#C6EFCE"})
    rule = {"type": "text", "criteria": "containing", "value": "Selesai", "format": green}
    sheet.conditional_format(1, decision, rows, decision, rule)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"=Register!$B$2:$B${min(rows, 20) + 1}"})
    book.add_worksheet("Grafik").insert_chart("B2", chart)
    book.close()
    return {}


def _rows(count: int) -> list[list[object]]:
    from pipeline.register.columns import COLUMNS

    first = date(2026, 1, 5)
    made = []
    for number in range(count):
        ref, item = f"REQ-2026-{number // 3 + 1:05d}", number % 3 + 1
        texts: dict[str, object] = {
            "number": ref,
            "item": item,
            "revision": number % 4,
            "evidence": 100 + number,
        }
        for column in COLUMNS:
            if column.kind == "date" and column.owner == "akses":
                texts.setdefault(column.key, first + timedelta(days=(number + column.width) % 700))
            elif column.owner == "akses":
                texts.setdefault(
                    column.key, f"{column.label_id} {number % 97 if column.width < 30 else number}"
                )
        if number % 2:
            texts |= {
                "status": "Selesai",
                "done_by": f"Petugas {number % 5}",
                "done_on": first + timedelta(days=number % 600),
            }
        made.append([*(texts.get(column.key) for column in COLUMNS), f"{ref}/{item}"])
    return made


def _akses(file: Path, rows: int, rounds: int) -> dict[str, float]:
    from pipeline.register.package.changes import NewRow, SheetChanges
    from pipeline.register.package.editing import growth_of, open_package

    target = file.with_suffix(".new")

    def edit() -> None:
        with open_package(file) as package, target.open("wb") as stream:
            table = package.table("Register")
            status, note = table.column("Status pengerjaan"), table.column("Catatan IT")
            cells = {rows // 2 + 7 * step: {status: "Selesai", note: f"catatan {step}"} for step in range(5)}
            new = [
                NewRow({table.first_column + place: f"baru {place}" for place in range(30)}) for _ in range(5)
            ]
            package.save(stream, {table.sheet.part: SheetChanges(cells, growth_of(table, new))})
            stream.flush()
            os.fsync(stream.fileno())

    return _time(edit, rounds)


def _floor(file: Path, _rows: int, rounds: int) -> dict[str, float]:
    from pipeline.register.package.archive import Archive
    from pipeline.register.package.codec import deflate, inflate

    def repack() -> None:
        archive = Archive(file)
        for _ in deflate(inflate(archive.raw("xl/worksheets/sheet1.xml"))):
            pass
        archive.close()

    return _time(repack, rounds)


def _openpyxl(file: Path, rows: int, rounds: int) -> dict[str, float]:
    import openpyxl

    target = file.with_suffix(".openpyxl")

    def edit() -> None:
        book = openpyxl.load_workbook(file)
        sheet = book["Register"]
        for step in range(5):
            sheet.cell(rows // 2 + 7 * step, 12).value = "Selesai"
            sheet.cell(rows // 2 + 7 * step, 16).value = f"catatan {step}"
            for place in range(30):
                sheet.cell(rows + 2 + step, place + 1).value = f"baru {place}"
        sheet.tables["Register"].ref = f"A1:AD{rows + 6}"
        with target.open("wb") as stream:
            book.save(stream)
            stream.flush()
            os.fsync(stream.fileno())

    return _time(edit, rounds)


def _read(file: Path, _rows: int, rounds: int) -> dict[str, float]:
    from pipeline.register.reading import read_register

    return _time(lambda: read_register(file.read_bytes()), rounds)


def _calamine(file: Path, _rows: int, rounds: int) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    return _time(lambda: CalamineWorkbook.from_path(file).get_sheet_by_name("Register").to_python(), rounds)


def _update(file: Path, rows: int, rounds: int) -> dict[str, float]:
    from pipeline.register.columns import COLUMNS, Row
    from pipeline.register.workbook import update_register

    data = file.read_bytes()
    ours = [(place, column.key) for place, column in enumerate(COLUMNS) if column.owner == "akses"]
    wanted = [Row(str(row[-1]), {key: row[place] for place, key in ours}) for row in _rows(rows + 5)]  # type: ignore[misc]
    return _time(lambda: update_register(data, wanted, {}, 2, "id"), rounds)


def _idle(_file: Path, rows: int, rounds: int) -> dict[str, float]:
    from tests.register.house import House

    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        for _ in range(max(1, rows // 500)):
            house.ask(*["VPN"] * min(rows, 500))
        house.poll()
        return _time(house.poll, rounds)


PARTS: dict[str, Callable[[Path, int, int], dict[str, float]]] = {
    "make": _make, "akses": _akses, "floor": _floor, "openpyxl": _openpyxl, "read": _read, "calamine": _calamine,
    "update": _update, "idle": _idle,
}  # fmt: skip


if __name__ == "__main__":
    main()
