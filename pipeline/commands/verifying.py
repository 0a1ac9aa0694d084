"""verify: everything that can be recomputed is, and every difference is named. Mends nothing."""

from collections.abc import Callable
from email.parser import BytesHeaderParser
from pathlib import Path

from pipeline.commands.onlooking import has_journal, look
from pipeline.commands.register_check import Finding, check_register
from pipeline.commands.saying import print_json
from pipeline.config import read_config
from pipeline.journal import Entry
from pipeline.model import Event, PipelineError
from pipeline.settings import Config, OutboxPost
from pipeline.spool import Spool
from pipeline.turn import all_cases

#: The events that a request can begin with.
_BEGINNINGS = ("request_received", "request_imported")
#: What damaged data makes of code that reads it; anything else is a bug and shows itself.
_UNFIT = (ValueError, LookupError, TypeError, AttributeError)


def verify(config_file: Path, as_json: bool) -> int:
    """Check everything that can be recomputed; 1 and a list when anything differs."""
    config = read_config(config_file)
    with look(config) as entry:
        last, head, wrong = entry.check_chain()
        counts = {
            "events": last,
            "head": f"{last}:{head}",
            "mails": len(entry.all_mails()),
            "letters": len(entry.outbox.all()),
            "requests": len(entry.requests()),
        }
        found = [Finding(text) for text in wrong]
        for name, check in CHECKS:
            found += _guarded(name, check, config, entry)
    wrong = [finding.text for finding in found if finding.wrong]
    notes = [finding.text for finding in found if not finding.wrong]
    if as_json:
        print_json({**counts, "wrong": wrong, "notes": notes})
    else:
        print(", ".join(f"{name}: {value}" for name, value in counts.items()))
        for line in (*(f"WRONG {text}" for text in wrong), *(f"note  {text}" for text in notes)):
            print(line)
        print("everything agrees" if not wrong else f"{len(wrong)} found wrong")
    return 1 if wrong else 0


def _guarded(
    name: str, check: Callable[[Config, Entry], list[Finding]], config: Config, entry: Entry
) -> list[Finding]:
    try:
        return check(config, entry)
    except (PipelineError, OSError) as error:
        return [Finding(f"{name}: {error}")]
    except _UNFIT as error:
        return [Finding(f"{name}: what the journal holds does not fit together ({error!r})")]


def _check_presence(config: Config, _entry: Entry) -> list[Finding]:
    """A journal that is gone while its mails are still there was not never written."""
    if has_journal(config):
        return []
    kept = sum(1 for _ in (config.files.state / "spool").glob("*/*.eml"))
    if kept:
        return [Finding(f"the journal is missing, but {kept} original mails are there; restore the backup")]
    return [Finding("no poll has been made yet", wrong=False)]


def _check_spool(config: Config, entry: Entry) -> list[Finding]:
    """Every mail has its raw bytes in the spool, unchanged."""
    spool, found = Spool(config.files.state / "spool"), []
    for mail in entry.all_mails():
        try:
            spool.read(mail.sha256)
        except PipelineError as error:
            found.append(Finding(str(error)))
    return found


def _check_outcomes(_config: Config, entry: Entry) -> list[Finding]:
    """Every decided mail has exactly one line in the journal, which says the same."""
    lines: dict[str, list[Event]] = {}
    for event in entry.events(kind="mail_handled"):
        lines.setdefault(str(event.data["mail_sha256"]), []).append(event)
    mails = {mail.sha256: mail for mail in entry.all_mails()}
    found = [Finding(f"mail {sha[:12]} was handled but is not listed") for sha in lines if sha not in mails]
    for sha256, mail in mails.items():
        said = lines.get(sha256, [])
        if len(said) != (1 if mail.outcome else 0):
            found.append(Finding(f"mail {sha256[:12]} has {len(said)} outcomes in the journal, not one"))
        elif said and (said[0].data["outcome"], said[0].data["reason"], said[0].data["ref"], said[0].seq) != (
            mail.outcome, mail.reason, mail.ref, mail.seq,
        ):  # fmt: skip
            found.append(
                Finding(f"mail {sha256[:12]} is listed as {mail.outcome}, its event {said[0].seq} differs")
            )
    return found


def _check_letters(config: Config, entry: Entry) -> list[Finding]:
    """Each letter bears the Message-ID it is known by, and a head that the chain really had.

    The head is what shows that the last events were cut off: the chain alone cannot know its own length."""
    hashes = {event.seq: event.hash for event in entry.events()}
    known = {row.message_id: row.data for row in entry.outbox.all()}
    found = []
    for name, data in known.items():
        headers = BytesHeaderParser().parsebytes(data)
        if str(headers["Message-ID"]).strip() != name:
            found.append(Finding(f"letter {name} bears the Message-ID {headers['Message-ID']}"))
        seq, _, digest = str(headers["X-Akses-Head"]).strip().partition(":")
        if seq != "0" and hashes.get(int(seq)) != digest:
            found.append(Finding(f"letter {name} saw event {seq} with another hash, or it is gone"))
    return found + _check_sent(config, known)


def _check_sent(config: Config, known: dict[str, bytes]) -> list[Finding]:
    """The same Message-ID, the same bytes: what lies in the outbox folder is what the journal has."""
    if not isinstance(config.post, OutboxPost):
        return []
    found = []
    for file in sorted((*config.post.path.glob("new/*"), *config.post.path.glob("cur/*"))):
        data = file.read_bytes()
        name = str(BytesHeaderParser().parsebytes(data)["Message-ID"]).strip()
        if name in known and known[name] != data:
            found.append(Finding(f"letter {name} in {file} has other bytes than the journal"))
    return found


def _check_requests(_config: Config, entry: Entry) -> list[Finding]:
    """The look-up table of the requests says what folding the events gives."""
    cases = {case.ref: case for case in all_cases(entry)}
    listed = {row.ref: row.state for row in entry.requests()}
    found = [
        Finding(f"{ref} is listed as {state}, its events say {cases[ref].state}")
        for ref, state in listed.items()
        if ref in cases and cases[ref].state != state
    ]
    began = {event.ref for kind in _BEGINNINGS for event in entry.events(kind=kind)}
    found += [Finding(f"{ref} has events but is not listed") for ref in sorted(began - set(listed))]
    return found + [Finding(f"{ref} is listed but has no events") for ref in sorted(set(listed) - began)]


#: To check one thing more: a function, and its line here. The chain itself is checked before all of them.
CHECKS: tuple[tuple[str, Callable[[Config, Entry], list[Finding]]], ...] = (
    ("journal", _check_presence),
    ("spool", _check_spool),
    ("mails", _check_outcomes),
    ("letters", _check_letters),
    ("requests", _check_requests),
    ("register", check_register),
)
