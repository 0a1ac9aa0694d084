"""init and form: the workbooks a company starts with."""

from dataclasses import replace
from pathlib import Path

from pipeline.approval.items import was_granted
from pipeline.approval.refill import refilled
from pipeline.approval.workflow import fold, may_revise
from pipeline.commands.onlooking import look
from pipeline.commands.saying import BadUsage, print_json, report_done
from pipeline.commands.status import known_ref
from pipeline.config import read_config
from pipeline.directory import read_directory, write_directory
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.host import write_durably
from pipeline.model import Department, Directory, Form, Language, Person, PipelineError
from pipeline.settings import Config


def init(config_file: Path, as_json: bool, dry_run: bool) -> int:
    """Write what is missing: directory.xlsx with rows to replace, and folders. What is there is kept."""
    config = read_config(config_file)
    files = config.files
    places = (files.directory, files.state, files.register_workbook.parent, files.reports)
    todo = [path for path in places if not path.exists()]
    if not dry_run:
        for path in todo:
            _make(config, path)
    if as_json:
        kept = [str(path) for path in places if path not in todo]
        print_json({"dry_run": dry_run, "written": [str(path) for path in todo], "kept": kept})
        return 0
    for path in places:
        word = "kept" if path not in todo else "would write" if dry_run else "written"
        print(f"{word}: {path}")
    print(f"Next: fill in {files.directory.name}, then `run.py doctor`, `run.py form` and `run.py serve`.")
    return 0


def _make(config: Config, path: Path) -> None:
    if path == config.files.directory:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, write_directory(_example_directory(config), config.company.language), shared=True)
    else:
        # Journal, keys and mails are for the service alone.
        path.mkdir(parents=True, mode=0o700 if path == config.files.state else 0o755)


def form(
    config_file: Path, out: Path | None, language: str, prefill: str | None, as_json: bool, dry_run: bool
) -> int:
    """Write the official form, blank or filled from an earlier request."""
    config = read_config(config_file)
    if language not in {"", "id", "en"}:
        raise BadUsage(f"--language {language} is not known.", "Use id or en.")
    chosen: Language = "en" if (language or config.company.language) == "en" else "id"
    path = config.files.directory
    directory = read_directory(path.read_bytes()) if path.exists() else Directory((), ())
    if out is not None and out.suffix.lower() != ".xlsx":
        raise BadUsage(f"--out {out} does not end in .xlsx.", "The form is an Excel workbook.")
    asked = known_ref(prefill) if prefill is not None else ""
    earlier = _earlier(config, asked) if asked else None
    # The number belongs into the form only where it will be taken as a revision of that request.
    ref = earlier.revises if earlier else ""
    header = DocumentHeader(**config.form.model_dump())
    data = write_blank(config.systems, directory, config.company.name, chosen, header, earlier, ref)
    target = out or Path("Form Permintaan Akses.xlsx" if chosen == "id" else "Access Request Form.xlsx")
    if not dry_run:
        write_durably(target, data, shared=True)
    report_done(as_json, dry_run, str(target), {"file": str(target), "prefill": asked, "revises": ref})
    return 0


def _earlier(config: Config, ref: str) -> Form:
    """The content of a request: to be revised while that is possible, else to change what was granted."""
    with look(config) as entry:
        case = fold(entry.events(ref=ref))
    if case is None:
        raise PipelineError(f"{ref} is not known.", "`run.py status` lists all requests.")
    if may_revise(case):
        return replace(case.form, revises=ref)
    granted = tuple(replace(one.item, action="change") for one in case.items if was_granted(one))
    if not granted:
        return replace(case.form, revises="")
    return replace(refilled(case.form, granted, ""), request_type="change")


def _example_directory(config: Config) -> Directory:
    """One person for each role, to be written over: the file shows how it wants to be filled."""
    domain = config.portal.address.rpartition("@")[2]

    def person(name: str, mailbox: str, department: str, role: str) -> Person:
        return Person(name, f"{mailbox}@{domain}", department, "Umum", role)

    return Directory(
        people=(
            person("Contoh Manajer", "manajer", "Finance", "manager"),
            person("Contoh Kepala Divisi", "kepala.divisi", "Finance", "division_head"),
            person("Contoh IT Manager", "it.manager", "IT", "it_manager"),
            person("Contoh IT Staff", "it.staff", "IT", "it_staff"),
            person("Contoh Direktur", "direktur", "Direksi", "management"),
        ),
        departments=tuple(
            Department(name, "Umum", f"kepala.divisi@{domain}") for name in ("Finance", "IT", "Direksi")
        ),
    )
