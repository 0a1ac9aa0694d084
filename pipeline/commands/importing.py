"""import-register: take over the register a company already has; looks first, writes only with --apply."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.commands.onlooking import look, seen_directory
from pipeline.commands.saying import BadUsage, Heading, console, make_table, plain, print_json
from pipeline.config import read_config
from pipeline.host import write_durably
from pipeline.importing.entries import OldFile, Recorded, record_import
from pipeline.importing.held import Held
from pipeline.importing.mapping import MappingError, RegisterMap, read_mapping
from pipeline.importing.proposing import propose_mapping
from pipeline.importing.reading import OldRegister, Reading, leave_out_known, read_rows
from pipeline.importing.remarks import remarks_workbook
from pipeline.importing.sheets import OldSheet, open_old
from pipeline.journal import Entry, Journal
from pipeline.model import PipelineError
from pipeline.office import Busy, only_one, utc_now
from pipeline.settings import Config
from pipeline.turn import all_cases

#: So many remarks are shown; all of them stand in the JSON and in the file of --remarks.
_MOST_SHOWN = 40


@dataclass(frozen=True)
class Call:
    """What the command was called with. `mapping` and `remarks` as typed, None where they were not."""

    file: Path
    mapping: Path | None = None
    remarks: Path | None = None
    apply: bool = False
    skip_errors: bool = False
    as_json: bool = False
    dry_run: bool = False

    @property
    def mapping_file(self) -> Path:
        return self.mapping or self.file.with_name(f"{self.file.name}.mapping.yaml")


def import_register(config_file: Path, call: Call) -> int:
    """Write the mapping file, or judge the rows by it, or import them; 1 when there is something to mend."""
    if call.apply and call.dry_run:
        raise BadUsage("--apply and --dry-run exclude each other.", "Without --apply nothing is written.")
    if call.remarks is not None and (call.remarks == call.file or call.remarks.suffix.lower() != ".xlsx"):
        raise BadUsage(f"--remarks {call.remarks} must be a new file that ends in .xlsx.")
    config = read_config(config_file)
    data = call.file.read_bytes()
    sheets = open_old(data, call.file.name)
    if not call.mapping_file.exists():
        return _first_run(config, call, sheets)
    text = _text_of(call.mapping_file)
    try:
        mapping = read_mapping(text, call.mapping_file.name, config.systems)
        with _bar(call, "reading", sum(s.length for s in sheets if _is_taken(s, mapping))) as advance:
            today = utc_now().astimezone(config.company.zone).date()
            found = read_rows(
                sheets, Reading(mapping, config.systems, seen_directory(config), today, advance)
            )
    except MappingError as error:
        raise BadUsage(error.what, error.mend) from error
    file = OldFile(call.file.name, hashlib.sha256(data).hexdigest(), text, found.headings)
    recorded = _import(config, call, found, file) if call.apply else _look(config, found, file)
    if call.remarks is not None:
        write_durably(call.remarks, remarks_workbook(found), shared=True)
    errors = sum(row.has_errors for row in found.rows)
    if call.as_json:
        print_json(_facts(call, found, file, recorded))
    else:
        _print(call, found, recorded, errors)
    return 1 if errors and not (call.apply and call.skip_errors) else 0


def _first_run(config: Config, call: Call, sheets: tuple[OldSheet, ...]) -> int:
    """Write the mapping file, and say what to look at in it."""
    proposal = propose_mapping(sheets, call.file.name, config.systems, seen_directory(config))
    if not call.dry_run:
        write_durably(call.mapping_file, proposal.text.encode(), shared=True)
    if call.as_json:
        print_json({
            "dry_run": call.dry_run, "applied": False, "file": str(call.file),
            "mapping": str(call.mapping_file), "mapping_written": not call.dry_run,
            "columns": {name: dict(columns) for name, columns in proposal.columns.items()},
            "to_check": list(proposal.to_check),
        })  # fmt: skip
        return 1
    print(f"{'would write' if call.dry_run else 'written'}: {call.mapping_file}")
    print("It says how each column and word of the old register is read. Please check it, above all:")
    for line in (*proposal.to_check, "every column, once"):
        print(plain(f"  - {line}"))
    print("Then run the same command again. Nothing was imported.")
    return 1


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadUsage(f"{path.name} is not in UTF-8.", "Save it as UTF-8 in the editor.") from error


def _is_taken(sheet: OldSheet, mapping: RegisterMap) -> bool:
    return any(part.take and part.name == sheet.name for part in mapping.sheets)


def _look(config: Config, found: OldRegister, file: OldFile) -> Recorded:
    with look(config) as entry:
        _leave_out_known(entry, found, file)
    return Recorded()


def _import(config: Config, call: Call, found: OldRegister, file: OldFile) -> Recorded:
    """Everything in one transaction, by the one writer. Nothing where a row has an error, but on request."""
    if not call.skip_errors and any(row.has_errors for row in found.rows):
        return _look(config, found, file)
    try:
        with only_one(config.files.state):
            journal = Journal(config.files.state / "journal.sqlite")
            try:
                with journal.entry() as entry:
                    _leave_out_known(entry, found, file)
                    count = sum(1 for _ in found.access())
                    with _bar(call, "recording", count) as advance:
                        return record_import(entry, found, file, utc_now(), config.company.zone, advance)
            finally:
                journal.close()
    except Busy as busy:
        raise PipelineError(
            "Another Akses is at work here (`run.py serve`?).", "Stop it, then call import-register again."
        ) from busy


def _leave_out_known(entry: Entry, found: OldRegister, file: OldFile) -> None:
    held = Held()
    held.add_cases(all_cases(entry))
    leave_out_known(found, held, file.sha256)


@contextmanager
def _bar(call: Call, what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error where that is a terminal, and none beside JSON."""
    screen = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = screen.is_terminal and not call.as_json
    with Progress(*columns, console=screen, disable=not shown, transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda count: progress.advance(task, count)


def _facts(call: Call, found: OldRegister, file: OldFile, recorded: Recorded) -> dict[str, Any]:
    return {
        "dry_run": not call.apply, "applied": recorded.requests > 0, "file": str(call.file),
        "sha256": file.sha256, "mapping": str(call.mapping_file), "counts": dict(_counts(found)),
        "requests": recorded.requests, "items": recorded.items, "first": recorded.first,
        "last": recorded.last,
        "passed_over": dict(found.passed_over), "loose": found.loose,
        "remarks": [
            {"cell": r.cell, "code": r.code, "weight": r.weight, "text": r.text}
            for row in found.rows
            for r in row.remarks
        ],
        "left_out": [
            {"sheet": row.sheet, "row": row.row, "why": row.left_out}
            for row in found.rows
            if row.left_out
        ],
    }  # fmt: skip


def _counts(found: OldRegister) -> Counter[str]:
    """How many rows there are, and how many of each kind; items: what would be or was imported."""
    counts = Counter({"rows": len(found.rows), "items": sum(1 for _ in found.access())})
    for row in found.rows:
        counts[
            "with errors" if row.has_errors
            else "duplicates" if row.left_out == "duplicate"
            else "imported before" if row.left_out.startswith("imported before")
            else "left out" if row.left_out
            else "to import"
        ] += 1  # fmt: skip
    return counts


def _print(call: Call, found: OldRegister, recorded: Recorded, errors: int) -> None:
    screen = console()
    counts = _counts(found)
    said = [(row.sheet, r) for weight in ("error", "note") for row in found.rows for r in row.remarks
            if r.weight == weight]  # fmt: skip
    if said:
        rows = [(plain(r.cell), r.weight, plain(r.text)) for _, r in said[:_MOST_SHOWN]]
        headings = (Heading("cell", True), Heading("weight", True), Heading("what"))
        screen.print(make_table(f"Remarks: {len(said)}", headings, rows))
    if len(said) > _MOST_SHOWN:
        screen.print(f"{len(said) - _MOST_SHOWN} more: --remarks FILE.xlsx writes all of them, row by row.")
    why = Counter(
        row.left_out.partition(" (")[0] for row in found.rows if row.left_out and not row.has_errors
    )
    table = [(name, str(count)) for name, count in counts.items() if count]
    table += [(f"  {plain(name)[:60]}", str(count)) for name, count in why.most_common(8)]
    table += [(f"no row: {name}", str(count)) for name, count in found.passed_over.items()]
    screen.print(make_table(plain(call.file.name), (Heading("rows"), Heading("count", True, "right")), table))
    for line in found.loose[:10]:
        screen.print(plain(f"text outside the table: {line}"))
    screen.print(_ending(call, counts, recorded, errors))


def _ending(call: Call, counts: Counter[str], recorded: Recorded, errors: int) -> str:
    if recorded.requests:
        return (
            f"Imported: {recorded.items} items as {recorded.requests} requests, {recorded.first} to "
            f"{recorded.last}. No approval of theirs is known. The next poll writes them into the register."
        )
    if call.apply and errors and not call.skip_errors:
        return (
            f"Nothing was imported: {errors} rows have errors. Mend them (or the mapping file), or leave "
            "them out with --skip-errors."
        )
    if not counts["items"]:
        return "Nothing new: there is no row to import."
    if call.apply:
        return "Nothing was imported."
    return "Nothing was written: this was a look. `--apply` imports the rows" + (
        "; those with errors must be mended first, or are left out with --skip-errors." if errors else "."
    )
