"""verify, doctor and evidence: is what we hold whole, is the installation sound, what can be shown."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipeline.commands.looking import open_journal
from pipeline.config import read_config
from pipeline.directory import read_directory
from pipeline.evidence import write_evidence
from pipeline.host import write_durably
from pipeline.journal import Entry
from pipeline.model import PipelineError
from pipeline.office import open_office
from pipeline.register.workbook import read_register
from pipeline.settings import Config
from pipeline.spool import Spool
from pipeline.turn import all_cases


def verify(config_file: Path, as_json: bool) -> int:
    """Check everything that can be recomputed; 1 and a list when anything differs."""
    config = read_config(config_file)
    journal = open_journal(config)
    with journal.entry() as entry:
        last, head, wrong = entry.check_chain()
        checks = {
            "events": last,
            "head": f"{last}:{head}",
            "mails": len(entry.all_mails()),
            "letters": len(entry.outbox.all()),
            "requests": len(entry.requests()),
        }
        wrong += _check_mails(config, entry) + _check_views(entry) + _check_register(config, entry)
    journal.close()
    if as_json:
        print(json.dumps({**checks, "wrong": wrong}, ensure_ascii=False))
    else:
        print(", ".join(f"{name}: {value}" for name, value in checks.items()))
        print("\n".join(wrong) if wrong else "everything agrees")
    return 1 if wrong else 0


def _check_mails(config: Config, entry: Entry) -> list[str]:
    """Every mail has its raw bytes in the spool, and every decided one exactly one line in the journal."""
    spool, wrong = Spool(config.files.state / "spool"), []
    handled: dict[str, int] = {}
    for event in entry.events(kind="mail_handled"):
        sha256 = str(event.data["mail_sha256"])
        handled[sha256] = handled.get(sha256, 0) + 1
    for mail in entry.all_mails():
        try:
            spool.read(mail.sha256)
        except PipelineError as error:
            wrong.append(str(error))
        if mail.outcome and handled.get(mail.sha256, 0) != 1:
            wrong.append(f"mail {mail.sha256[:12]} has {handled.get(mail.sha256, 0)} outcomes, not one")
    return wrong


def _check_views(entry: Entry) -> list[str]:
    """The look-up table of the requests says what folding the events gives."""
    cases = {case.ref: case for case in all_cases(entry)}
    wrong = [
        f"{row.ref} is listed as {row.state}, its events say {cases[row.ref].state}"
        for row in entry.requests()
        if row.ref in cases and cases[row.ref].state != row.state
    ]
    missing = {e.ref for e in entry.events(kind="request_received")} - {row.ref for row in entry.requests()}
    return wrong + [f"{ref} has events but is not listed" for ref in sorted(missing)]


def _check_register(config: Config, entry: Entry) -> list[str]:
    """Every item stands in the register, with our cells as the journal has them."""
    from pipeline.projecting import rows_of  # noqa: PLC0415

    rows = rows_of(all_cases(entry), config.company.language, config.company.zone)
    path = config.files.register_workbook
    if not path.exists():
        return [f"the register {path.name} is missing; `run.py rebuild` writes it"] if rows else []
    try:
        sheet = read_register(path.read_bytes())
    except PipelineError as error:
        return [str(error)]
    wrong = [f"register: row {row.key} is missing" for row in rows if row.key not in sheet.rows]
    return wrong + [
        f"register: {row.key} {name} is {sheet.rows[row.key].get(name, '')!r}, the journal says {text!r}"
        for row in rows
        if row.key in sheet.rows
        for name, text in row.texts().items()
        if sheet.rows[row.key].get(name, "") != text
    ]


def doctor(config_file: Path, as_json: bool) -> int:
    """Try everything a poll needs, one check a line; 1 when any fails, 2 when config.yaml does."""
    config = read_config(config_file)
    checks: list[tuple[str, Callable[[Config], str]]] = [
        ("directory", _try_directory),
        ("rules, templates, keys, journal", _try_office),
        ("mailbox", _try_mailbox),
        ("register folder", _try_register),
        ("sender proof", _try_proof),
    ]
    results = []
    for name, check in checks:
        try:
            results.append((name, True, check(config)))
        except (PipelineError, OSError) as error:
            results.append((name, False, str(error)))
    if as_json:
        print(
            json.dumps([{"check": n, "ok": ok, "says": says} for n, ok, says in results], ensure_ascii=False)
        )
    else:
        for name, ok, says in results:
            print(f"{'ok   ' if ok else 'WRONG'} {name}: {says}")
    return 0 if all(ok for _, ok, _ in results) else 1


def _try_directory(config: Config) -> str:
    path = config.files.directory
    if not path.exists():
        raise PipelineError(f"{path} is missing.", "`run.py init` writes one to fill in.")
    directory = read_directory(path.read_bytes())
    return f"{len(directory.people)} people, {len(directory.departments)} departments"


def _try_office(config: Config) -> str:
    with closing(open_office(config)) as office:
        office.templates.check_all()
        return f"{len(office.rules)} rules, every letter renders"


def _try_mailbox(config: Config) -> str:
    with closing(open_office(config)) as office, closing(office.open_mailbox()) as mailbox:
        return f"{len(mailbox.waiting())} mails waiting, folders are there"


def _try_register(config: Config) -> str:
    folder = config.files.register_workbook.parent
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".akses-probe"
    write_durably(probe, b"")
    probe.unlink()
    return f"{folder} can be written"


def _try_proof(config: Config) -> str:
    if config.sender_proof.mode == "token-only":
        raise PipelineError(
            "mode is token-only: whoever gets hold of an approval mail can answer it.",
            "Set mode: require and authserv_ids to your mail server's name.",
        )
    return f"dmarc=pass of {', '.join(config.sender_proof.authserv_ids)} is required"


def evidence(config_file: Path, ref: str, out: Path | None, as_json: bool, dry_run: bool) -> int:
    """Write the evidence pack of one request."""
    config = read_config(config_file)
    journal = open_journal(config)
    with journal.entry() as entry:
        pack = write_evidence(entry, Spool(config.files.state / "spool"), ref.upper())
    journal.close()
    target = out or Path(f"evidence-{ref.upper()}.zip")
    if not dry_run:
        write_durably(target, pack.data)
    if as_json:
        print(json.dumps({"file": str(target), "members": list(pack.members)}))
    else:
        print(f"{'would write' if dry_run else 'written'}: {target}")
        print("\n".join(f"  {name}" for name in pack.members))
    return 0
