"""init and form: the workbooks a company starts with."""

from pathlib import Path

from pipeline.config import read_config
from pipeline.directory import read_directory, write_directory
from pipeline.form.blank import write_blank
from pipeline.form.blank_places import DocumentHeader
from pipeline.host import write_durably
from pipeline.model import Department, Directory, Form, Language, Person, PipelineError
from pipeline.settings import Config


def init(config_file: Path, dry_run: bool) -> int:
    """Write what is missing: directory.xlsx with rows to replace, the blank form, and folders."""
    config = read_config(config_file)
    files = config.files
    todo = []
    if files.directory.exists():
        print(f"kept: {files.directory}")
    else:
        todo.append(files.directory)
    todo += [
        folder
        for folder in (files.state, files.register_workbook.parent, files.reports)
        if not folder.exists()
    ]
    for path in todo:
        print(f"{'would write' if dry_run else 'written'}: {path}")
        if dry_run:
            continue
        if path == files.directory:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, write_directory(_example_directory(config), config.company.language))
        else:
            path.mkdir(parents=True, mode=0o700 if path == files.state else 0o755)
    print("Next: fill in directory.xlsx, then `run.py doctor`, `run.py form` and `run.py serve`.")
    return 0


def form(config_file: Path, out: Path | None, language: str, prefill: str, dry_run: bool) -> int:
    """Write the official form, blank or filled from an earlier request."""
    config = read_config(config_file)
    if language not in {"", "id", "en"}:
        raise PipelineError(f"--language {language} is not known.", "Use id or en.")
    chosen: Language = "en" if (language or config.company.language) == "en" else "id"
    directory = (
        read_directory(config.files.directory.read_bytes())
        if config.files.directory.exists()
        else Directory((), ())
    )
    earlier = _earlier(config, prefill.upper()) if prefill else None
    header = DocumentHeader(**config.form.model_dump())
    data = write_blank(
        config.systems, directory, config.company.name, chosen, header, earlier, prefill.upper()
    )
    name = "Form Permintaan Akses.xlsx" if chosen == "id" else "Access Request Form.xlsx"
    target = out or Path(name)
    if not dry_run:
        write_durably(target, data)
    print(f"{'would write' if dry_run else 'written'}: {target}")
    return 0


def _earlier(config: Config, ref: str) -> Form:
    from pipeline.approval.workflow import fold  # noqa: PLC0415
    from pipeline.commands.looking import open_journal  # noqa: PLC0415

    journal = open_journal(config)
    with journal.entry() as entry:
        case = fold(entry.events(ref=ref))
    journal.close()
    if case is None:
        raise PipelineError(f"{ref} is not known.", "`run.py status` lists all requests.")
    return case.form


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
