"""The office as it stands this morning: configuration, journal, keys, rules and the doors to the outside."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.form.sandbox import Limits, Sandbox
from pipeline.journal import Journal
from pipeline.keys import Keys, open_keys
from pipeline.letters.render import House, Templates
from pipeline.mail.mailbox import Folders, ImapSettings, Mailbox, MaildirSettings, open_mailbox
from pipeline.mail.post import OutboxSettings, Post, SmtpSettings, open_post
from pipeline.mail.rules import Rule, load_rules
from pipeline.mail.sender import SenderPolicy
from pipeline.model import PipelineError
from pipeline.settings import Config, ImapMailbox, SmtpPost
from pipeline.spool import Spool
from pipeline.workdays import Workdays

Clock = Callable[[], datetime]


class Busy(PipelineError):
    """Another Akses is at work on the same state folder."""


@dataclass(frozen=True)
class Office:
    """Everything a turn needs. The doors (mailbox, post) are opened when they are used."""

    config: Config
    clock: Clock
    journal: Journal
    spool: Spool
    keys: Keys
    rules: tuple[Rule, ...]
    templates: Templates
    sandbox: Sandbox
    workdays: Workdays
    policy: SenderPolicy
    open_mailbox: Callable[[], Mailbox]
    open_post: Callable[[], Post]

    def today(self) -> date:
        """The date in the company's time zone."""
        return self.clock().astimezone(self.config.company.zone).date()

    def close(self) -> None:
        self.sandbox.close()
        self.journal.close()


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_office(config: Config, clock: Clock = utc_now, journal: Journal | None = None) -> Office:
    """Open journal, keys, rules and templates. PipelineError names the first that cannot be used."""
    state = config.files.state
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    company = config.company
    house = House(
        company=company.name, portal=config.portal.address, portal_name=config.portal.name,
        timezone=company.timezone, it_contact=company.it_contact,
    )  # fmt: skip
    limits = Limits(
        memory_mb=config.limits.form_memory_mb,
        wall_s=config.limits.form_seconds,
        file_mb=config.limits.form_mb,
    )
    spool = Spool(state / "spool")
    spool.sweep()
    return Office(
        config=config,
        clock=clock,
        journal=journal or Journal(state / "journal.sqlite"),
        spool=spool,
        keys=open_keys(state / "keys.json"),
        rules=load_rules(config.files.rules),
        templates=Templates(config.files.templates, house),
        sandbox=Sandbox(config.systems, limits),
        workdays=Workdays(
            config.workdays.country, config.workdays.closed, config.workdays.open, company.timezone
        ),
        policy=_sender_policy(config),
        open_mailbox=lambda: open_mailbox(_mailbox_settings(config)),
        open_post=lambda: open_post(_post_settings(config)),
    )


def _sender_policy(config: Config) -> SenderPolicy:
    proof = config.sender_proof
    return SenderPolicy(
        proof.mode, proof.authserv_ids, own_hosts=proof.own_hosts, arc_sealers=proof.arc_sealers,
        microsoft365=proof.microsoft365,
        own_domains=(config.portal.address.rpartition("@")[2], *proof.microsoft365_domains),
        smime=proof.smime,
    )  # fmt: skip


@contextmanager
def only_one(state: Path) -> Iterator[None]:
    """Hold the state folder for one writer. Busy when another process holds it."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(state / "akses.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Busy(
            "Another Akses is already at work here.", "That is fine: it does the work; this one stops."
        ) from error
    try:
        yield
    finally:
        lock.release()


def peek_mailbox(config: Config) -> Mailbox:
    """The mailbox to look at: nothing is made in it, nothing moved. PipelineError: see open_mailbox."""
    return open_mailbox(_mailbox_settings(config), make=False)


def _mailbox_settings(config: Config) -> ImapSettings | MaildirSettings:
    mailbox = config.mailbox
    folders = Folders(**mailbox.folders.model_dump())
    if isinstance(mailbox, ImapMailbox):
        return ImapSettings(
            host=mailbox.host, port=mailbox.port, user=mailbox.user, password=mailbox.password(),
            security=mailbox.security, folders=folders, ca_file=mailbox.ca_file,
        )  # fmt: skip
    return MaildirSettings(path=mailbox.path, folders=folders)


def _post_settings(config: Config) -> SmtpSettings | OutboxSettings:
    post = config.post
    if isinstance(post, SmtpPost):
        return SmtpSettings(
            host=post.host, port=post.port, user=post.user, password=post.password(), security=post.security,
            ca_file=post.ca_file,
        )  # fmt: skip
    return OutboxSettings(path=post.path)
