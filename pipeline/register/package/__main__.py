"""python -m pipeline.register.package append IN.xlsx OUT.xlsx --where NAME --row '["a", 1, "2026-11-25"]'

Exit code 0: written; 1: refused, with the reason, and OUT.xlsx is as it was; 2: the command is wrong.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from pipeline.register.package.appending import Given, append_rows
from pipeline.register.package.cells import Value
from pipeline.register.package.refusal import Refused


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    answer: dict[str, object] = {
        "file": str(given.source), "ok": False, "reason": "", "message": "", "sheet": "", "row": 0,
    }  # fmt: skip
    try:
        done = append_rows(given.source, given.target, given.row, given.where)
        answer |= {"ok": True, "sheet": done.sheet, "row": done.first_row}
        said = f"{given.target}: {done.sheet}, row {done.first_row}"
    except (Refused, OSError) as error:
        reason = error.reason if isinstance(error, Refused) else "file"
        answer |= {"reason": reason, "message": str(error)}
        said = f"{given.source}: {reason}: {error}"
    print(json.dumps(answer, ensure_ascii=False) if given.json else said)
    return 0 if answer["ok"] else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipeline.register.package", description=__doc__)
    append = parser.add_subparsers(required=True).add_parser(
        "append", help="append rows to a table or a list"
    )
    append.add_argument("source", type=Path)
    append.add_argument("target", type=Path)
    append.add_argument("--where", default="", help="a table's name or a sheet's title; else the first table")
    append.add_argument("--row", type=_row, action="append", required=True, help=_ROW_HELP)
    append.add_argument("--json", action="store_true", help="print the result as one line of JSON")
    return parser


_ROW_HELP = (
    """values from the left as a JSON list, or by column as an object; {"date": "2026-11-25"} is a day"""
)


def _row(text: str) -> Given:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no JSON") from error
    if isinstance(row, list):
        return [_value(one) for one in row]
    if isinstance(row, Mapping):
        return {name: _value(one) for name, one in row.items()}
    raise argparse.ArgumentTypeError("a row is a JSON list or object")


def _value(one: object) -> Value:
    """Text stays text, whatever it looks like; a day says that it is one."""
    if one is None or isinstance(one, str | bool | int | float):
        return one
    if isinstance(one, Mapping) and isinstance(one.get("date"), str):
        try:
            moment = datetime.fromisoformat(str(one["date"]))
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{one['date']!r} is no date") from error
        return moment if "T" in str(one["date"]) else date(moment.year, moment.month, moment.day)
    raise argparse.ArgumentTypeError(f"{one!r} is no value of a cell")


if __name__ == "__main__":
    sys.exit(main())
