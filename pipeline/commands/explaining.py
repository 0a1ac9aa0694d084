"""What would happen to mails now: the real desks run in a transaction that is then undone."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.commands.onlooking import onlooking_office
from pipeline.commands.saying import BadUsage, console, plain, print_json
from pipeline.config import read_config
from pipeline.desks import DESKS, sender_at
from pipeline.desks.setting_aside import set_aside
from pipeline.directory import read_directory
from pipeline.flow import choose_desk, decide_at_desk
from pipeline.mail.message import read_mail
from pipeline.mail.rules import explain_lines
from pipeline.mail.sender import Pins, check_sender
from pipeline.model import Directory, Letter, Mail, PipelineError, Sender, Verdict
from pipeline.office import Office, peek_mailbox
from pipeline.turn import Outcome, Turn

#: Of a mail above the size limit only its head is looked at, as in a poll.
_HEAD_BYTES = 65536


@dataclass(frozen=True)
class Explained:
    lines: tuple[str, ...]
    data: dict[str, object]


def explain(config_file: Path, mail_file: Path, as_json: bool) -> int:
    """The rules that hit, and what a poll would do with this mail now. Every change is undone."""
    config = read_config(config_file)
    try:
        raw = mail_file.read_bytes()
    except OSError as error:
        why = f"{mail_file} cannot be read ({error.strerror})."
        raise BadUsage(why, "Name a saved mail (.eml).") from error
    with onlooking_office(config) as office:
        explained = explain_mail(office, _directory(office), raw)
    if as_json:
        print_json(explained.data)
        return 0
    screen = console()
    for line in explained.lines:
        screen.print(plain(line), soft_wrap=True)
    return 0


def explain_inbox(config_file: Path) -> Iterator[dict[str, object]]:
    """For each waiting mail what a poll would do with it, taken by itself; oldest first."""
    with onlooking_office(read_config(config_file)) as office:
        directory = _directory(office)
        limit = office.config.limits.mail_mb * 2**20
        with closing(peek_mailbox(office.config)) as mailbox:
            for waiting in mailbox.waiting():
                raw = mailbox.fetch(waiting.handle, limit + 1)
                if raw is not None:
                    yield explain_mail(office, directory, raw).data


def explain_mail(office: Office, directory: Directory, raw: bytes) -> Explained:
    """Classify and decide `raw` as a poll would, against the journal as it is, and keep nothing."""
    too_large = len(raw) > office.config.limits.mail_mb * 2**20
    mail = read_mail(raw[:_HEAD_BYTES] if too_large else raw)
    sender = check_sender(mail, office.policy, Pins(directory, office.clock()))
    with office.journal.trial() as entry:
        verdict = choose_desk(office, entry, mail, sender)
        before = entry.mail(mail.sha256)
    sender = sender_at(verdict.desk, sender)
    read = None if too_large else DESKS[verdict.desk].read(office, directory, mail, sender)
    with office.journal.trial() as entry:
        turn = Turn(office, entry, office.clock(), directory)
        if too_large:
            outcome = set_aside(turn, mail, sender, "too-large")
        else:
            outcome = decide_at_desk(turn, mail, sender, verdict, read)
        letters = tuple(turn.letters)
    known = ""
    if before is not None and before.outcome:
        known = f"this very mail has ended as {before.outcome} ({before.reason}) {before.ref}".rstrip()
    return _explained(office, mail, sender, verdict, outcome, letters, known)


def _explained(
    office: Office,
    mail: Mail,
    sender: Sender,
    verdict: Verdict,
    outcome: Outcome,
    letters: tuple[Letter, ...],
    known: str,
) -> Explained:
    lines = list(explain_lines(mail, sender, verdict, office.config.company.language))
    lines.append(f"Outcome: {outcome.kind} ({outcome.reason}) {outcome.ref}".rstrip())
    lines += [f"Letter: {letter.kind} -> {', '.join(letter.to)}" for letter in letters]
    lines += [f"Known: {known}; a poll would only put this copy away"] if known else []
    data: dict[str, object] = {
        "sha256": mail.sha256, "from": list(mail.from_), "subject": mail.subject, "sender": sender.address,
        "proof": sender.proof, "proof_detail": sender.detail, "defect": sender.defect, "desk": verdict.desk,
        "hits": [{"rule": hit.rule, "desk": hit.desk, "why": hit.why} for hit in verdict.hits],
        "outcome": outcome.kind, "reason": outcome.reason, "ref": outcome.ref,
        "letters": [{"kind": letter.kind, "to": list(letter.to)} for letter in letters], "known": known,
    }  # fmt: skip
    return Explained(tuple(lines), data)


def _directory(office: Office) -> Directory:
    """directory.xlsx as it stands; a look never falls back and never records anything."""
    path = office.config.files.directory
    if not path.exists():
        raise PipelineError(f"The directory {path} is missing.", "`run.py init` writes one to fill in.")
    return read_directory(path.read_bytes())
