"""What would happen to one mail now: the real desks run in a transaction that is then undone."""

import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.desks import DESKS
from pipeline.directory import read_directory
from pipeline.flow import choose_desk, decide_at_desk
from pipeline.journal import Journal
from pipeline.mail.message import read_mail
from pipeline.mail.rules import explain_lines
from pipeline.mail.sender import check_sender
from pipeline.model import Directory, PipelineError
from pipeline.office import Office, open_office
from pipeline.settings import Config
from pipeline.turn import Turn


@dataclass(frozen=True)
class Explained:
    lines: tuple[str, ...]
    data: dict[str, object]


def explain_mail(config: Config, raw: bytes) -> Explained:
    """Classify and decide `raw` as a poll would, against the journal as it is, and keep nothing."""
    journal_file = config.files.state / "journal.sqlite"
    with tempfile.TemporaryDirectory() as scratch:
        if journal_file.exists():
            return _explain(open_office(config), raw, known=True)
        # Without a journal nothing may be made either: the look happens in a scratch folder.
        elsewhere = config.files.model_copy(update={"state": Path(scratch)})
        office = open_office(
            config.model_copy(update={"files": elsewhere}), journal=Journal(Path(scratch) / "journal.sqlite")
        )
        return _explain(office, raw, known=False)


def _explain(office: Office, raw: bytes, known: bool) -> Explained:
    mail = read_mail(raw)
    sender = check_sender(mail, office.policy)
    directory = _directory(office)
    try:
        with office.journal.trial() as entry:
            verdict = choose_desk(office, entry, mail, sender)
            before = entry.mail(mail.sha256)
        read = DESKS[verdict.desk].read(office, directory, mail, sender)
        with office.journal.trial() as entry:
            turn = Turn(office, entry, office.clock(), directory)
            outcome = decide_at_desk(turn, mail, sender, verdict, read)
            letters = turn.letters
    finally:
        office.close()
    lines = list(explain_lines(mail, sender, verdict, office.config.company.language))
    lines.append(f"Outcome: {outcome.kind} ({outcome.reason}) {outcome.ref}".rstrip())
    lines += [f"Letter: {letter.kind} -> {', '.join(letter.to)}" for letter in letters]
    if known and before is not None and before.outcome:
        lines.append(
            f"Known: this very mail ended as {before.outcome} ({before.reason}) {before.ref}".rstrip()
        )
    data: dict[str, object] = {
        "sha256": mail.sha256, "from": list(mail.from_), "sender": sender.address, "proof": sender.proof,
        "proof_detail": sender.detail, "defect": sender.defect, "desk": verdict.desk,
        "hits": [{"rule": hit.rule, "desk": hit.desk, "why": hit.why} for hit in verdict.hits],
        "outcome": outcome.kind, "reason": outcome.reason, "ref": outcome.ref,
        "letters": [{"kind": letter.kind, "to": list(letter.to)} for letter in letters],
    }  # fmt: skip
    return Explained(tuple(lines), data)


def explain_inbox(config: Config) -> tuple[str, ...]:
    """One line for each waiting mail: what a poll would do with it."""
    limit = config.limits.mail_mb * 1024 * 1024
    with closing(open_office(config)) as office, closing(office.open_mailbox()) as mailbox:
        raws = [mailbox.fetch(waiting.handle, limit) for waiting in mailbox.waiting()]
    explained = [explain_mail(config, raw).data for raw in raws if raw is not None]
    return tuple(
        f"{data['outcome']} ({data['reason']}) {data['ref']} from {data['sender'] or data['from']}"
        for data in explained
    )


def _directory(office: Office) -> Directory:
    """directory.xlsx as it stands; a look never falls back and never records anything."""
    path = office.config.files.directory
    if not path.exists():
        raise PipelineError(f"The directory {path} is missing.", "`run.py init` writes one to fill in.")
    return read_directory(path.read_bytes())
