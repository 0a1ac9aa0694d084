"""The corridor: take in the mail, deliver the letters, keep the register, remind. Decides nothing itself."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from pipeline import keeping, reminding
from pipeline.approval.tokens import carried_codes
from pipeline.delivering import deliver
from pipeline.desks import DESKS, sender_at
from pipeline.desks.commanding import commands_own_request
from pipeline.desks.setting_aside import set_aside
from pipeline.housebook import read_house_directory, with_deputies
from pipeline.journal import Entry
from pipeline.mail.commands import is_deputy_alone
from pipeline.mail.mailbox import Folders, Mailbox, Waiting
from pipeline.mail.message import read_mail
from pipeline.mail.rules import classify
from pipeline.mail.sender import Pins, check_sender
from pipeline.model import Directory, Hit, Mail, PipelineError, Sender, Verdict
from pipeline.office import Office
from pipeline.queueing import one_round
from pipeline.turn import Outcome, Turn
from pipeline.witness import check_witness, note_witness

log = logging.getLogger("akses")
Stopped = Callable[[], bool]

#: Of a mail above the size limit only this much is read: its headers, for the evidence.
_HEAD_BYTES = 65536


@dataclass
class Tally:
    """What one tick did, for the log line and for `poll --once`."""

    mails: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    letters: int = 0
    register: str = ""
    failed: int = 0
    #: no server took a letter: in this round none is asked again
    post_down: bool = False


def _never() -> bool:
    return False


def tick(office: Office, stopped: Stopped = _never) -> Tally:
    """One round of all work, ended early after the mail or letter in hand when `stopped` says so.

    A step that fails keeps no other from its work: letters leave while the mailbox is down, the register is
    kept while letters wait. Then PipelineError or OSError, the first that was met; what was begun is finished
    next time."""
    tally = Tally()
    check_witness(office)
    directory = read_house_directory(office)
    steps: tuple[Callable[[], None], ...] = (
        lambda: _open_and_take_in(office, directory, tally, stopped),
        lambda: _deliver(office, directory, tally, stopped),
        lambda: _keep_register(office, directory, tally),
        lambda: reminding.remind(office, with_deputies(office, directory)),
        lambda: _deliver(office, directory, tally, stopped),
    )
    broken: list[Exception] = []
    for step in steps:
        if stopped():
            break
        try:
            step()
        except (PipelineError, OSError) as error:
            log.debug("a step of this round failed: %s", error)
            broken.append(error)
    note_witness(office)
    if broken:
        raise broken[0]
    return tally


def _open_and_take_in(office: Office, directory: Directory, tally: Tally, stopped: Stopped) -> None:
    with closing(office.open_mailbox()) as mailbox:
        take_in(office, directory, mailbox, tally, stopped)


def _deliver(office: Office, directory: Directory, tally: Tally, stopped: Stopped) -> None:
    """What the desks and the register have queued; not again in this round when no server answered."""
    if not tally.post_down:
        delivered = deliver(office, directory, stopped)
        tally.letters += delivered.letters
        tally.post_down = delivered.down


def _keep_register(office: Office, directory: Directory, tally: Tally) -> None:
    tally.register = keeping.keep_register(office, directory)


def try_tick(office: Office, stopped: Stopped = _never) -> bool:
    """A round for the service: what it meets is logged, and the next goes on. True when it was good."""
    try:
        tally = tick(office, stopped)
    except (PipelineError, OSError) as error:
        log.error("this poll ended early and the next one goes on: %s", error)
        return False
    except Exception:
        log.exception("this poll met something unforeseen; the next one goes on")
        return False
    return not tally.failed


def take_in(
    office: Office, directory: Directory, mailbox: Mailbox, tally: Tally, stopped: Stopped = _never
) -> None:
    """The mails of the inbox, oldest first, in a flood in turns; what is beyond a round waits for the next.

    One that can't be read never keeps the next one waiting."""
    for waiting in one_round(mailbox, directory):
        if stopped():
            break
        try:
            outcome = _take_one(office, directory, mailbox, waiting)
        except (PipelineError, OSError):
            # The world is broken, not this mail: the round ends here and everything is tried again.
            raise
        except Exception:
            # The one guard around one mail: log, record, go on.
            log.exception("a mail could not be handled; it is tried again or set aside")
            tally.failed += 1
            continue
        if outcome is not None:
            tally.mails += 1
            tally.outcomes[outcome.kind] = tally.outcomes.get(outcome.kind, 0) + 1


def _take_one(office: Office, directory: Directory, mailbox: Mailbox, waiting: Waiting) -> Outcome | None:
    """Spool, decide in one transaction, then move: steps 1 to 6 of the straight line."""
    limit = office.config.limits.mail_mb * 1024 * 1024
    too_large = waiting.size > limit
    raw = mailbox.fetch(waiting.handle, _HEAD_BYTES if too_large else limit)
    if raw is None:
        return None
    sha256 = office.spool.keep(raw)
    folders = office.config.mailbox.folders
    with office.journal.entry() as entry:
        known = entry.mail(sha256)
    if known is not None and known.outcome:
        # Decided before: either a crash came before the move, or the same bytes were delivered again.
        mailbox.move(waiting.handle, folders.duplicates if known.filed else _folder(folders, known.outcome))
        with office.journal.entry() as entry:
            (entry.note_copy if known.filed else entry.note_filed)(sha256)
        return None
    with office.journal.entry() as entry:
        # Counted before anything looks inside: a mail that kills its reader is counted all the same.
        attempts = entry.count_attempt(sha256, len(raw), office.clock())
    poisonous = attempts > office.config.limits.attempts
    mail = unread_mail(sha256, len(raw)) if poisonous else read_mail(raw)
    # It is spooled: from here on only what was read of it takes memory.
    del raw
    outcome = _decide(office, directory, mail, poisonous, too_large)
    mailbox.move(waiting.handle, _folder(folders, outcome.kind))
    with office.journal.entry() as entry:
        entry.note_filed(sha256)
    return outcome


def _decide(office: Office, directory: Directory, mail: Mail, poisonous: bool, too_large: bool) -> Outcome:
    """Read outside the transaction, then decide and write inside one."""
    try:
        sender = check_sender(mail, office.policy, Pins(directory, office.clock()))
        with office.journal.entry() as entry:
            entry.describe_mail(mail)
            verdict = choose_desk(office, entry, mail, sender)
        sender = sender_at(verdict.desk, sender)
        skip = poisonous or too_large
        read = None if skip else DESKS[verdict.desk].read(office, directory, mail, sender)
        with office.journal.entry() as entry:
            turn = Turn(office, entry, office.clock(), directory)
            outcome = _forced(turn, mail, sender, poisonous, too_large)
            outcome = outcome or decide_at_desk(turn, mail, sender, verdict, read)
            finish(turn, mail, sender, verdict, outcome)
    except (PipelineError, OSError):
        with office.journal.entry() as entry:
            entry.take_back_attempt(mail.sha256)
        raise
    return outcome


def decide_at_desk(turn: Turn, mail: Mail, sender: Sender, verdict: Verdict, read: object) -> Outcome:
    """What the desk makes of a mail, unless the same mail was decided before."""
    return _known_content(turn, mail, sender) or DESKS[verdict.desk].decide(turn, mail, sender, read)


def unread_mail(sha256: str, size: int) -> Mail:
    """What is known of a mail that nobody dares to open any more."""
    return Mail(
        sha256=sha256, size=size, message_id="", in_reply_to=(), references=(), subject="", date=None,
        from_=(), headers=(), content_type="", text=None, html=None, attachments=(), defects=("unread",),
        content_key="",
    )  # fmt: skip


def choose_desk(office: Office, entry: Entry, mail: Mail, sender: Sender) -> Verdict:
    """The first rule that matches; but an approver's answer stays one, with whatever form or word in it.

    Only where he names a deputy and types nothing else, he answers nothing. A requester's BATAL stays one,
    too, whatever form comes with it."""
    verdict = classify(mail, office.rules, sender, lambda name: entry.outbox.by_message_id(name) is not None)
    if verdict.desk not in {"form", "command"}:
        return verdict
    if verdict.desk == "command" and is_deputy_alone(mail):
        return verdict
    for code in carried_codes(mail, mail.text or mail.html or "").all:
        token = entry.token(code)
        if token is not None and token.event.data["approver"] == sender.address:
            hit = Hit(
                "approver's code", "reply", f"carries the code of {token.ref}, sent to {sender.address}"
            )
            return Verdict("reply", (hit, *verdict.hits))
    if verdict.desk == "form" and commands_own_request(entry, mail, sender):
        hit = Hit(
            "requester's command", "command", f"{sender.address} says BATAL or STATUS of his own request"
        )
        return Verdict("command", (hit, *verdict.hits))
    return verdict


def finish(turn: Turn, mail: Mail, sender: Sender, verdict: Verdict, outcome: Outcome) -> None:
    """The mail's own line in the journal, its outcome, and the letters' final bytes."""
    rules = [hit.rule for hit in verdict.hits]
    event = turn.record("mail_handled", "", "akses", {
        "mail_sha256": mail.sha256, "outcome": outcome.kind, "reason": outcome.reason, "ref": outcome.ref,
        "desk": verdict.desk, "rules": rules, "sender": sender.address, "proof": sender.proof,
        "proof_detail": sender.detail,
    })  # fmt: skip
    turn.entry.decide_mail(mail.sha256, outcome.kind, outcome.reason, outcome.ref, event.seq)
    turn.close()
    log.info("mail %s %s (%s) %s", mail.sha256[:12], outcome.kind, outcome.reason, outcome.ref)


def _forced(turn: Turn, mail: Mail, sender: Sender, poisonous: bool, too_large: bool) -> Outcome | None:
    if too_large:
        return set_aside(turn, mail, sender, "too-large")
    return set_aside(turn, mail, sender, "unreadable") if poisonous else None


def _known_content(turn: Turn, mail: Mail, sender: Sender) -> Outcome | None:
    """The same mail by another route is a duplicate; the same Message-ID with other content is suspect."""
    alike = turn.entry.mails_like(mail) if mail.content_key else ()
    same = next((row for row in alike if row.content_key == mail.content_key), None)
    if same is not None:
        return Outcome("duplicate", "same-mail", same.ref)
    return set_aside(turn, mail, sender, "same-id-other-content") if alike else None


def _folder(folders: Any, outcome: str) -> str:
    names: Folders = folders
    return {
        "processed": names.processed, "returned": names.returned, "ignored": names.ignored,
        "duplicate": names.duplicates, "quarantined": names.quarantine,
    }[outcome]  # fmt: skip
