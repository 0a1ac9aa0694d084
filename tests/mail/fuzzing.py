"""Mutated mails through everything that reads mail: nothing may raise, hang or stay without a verdict."""

import random
import time
from contextlib import closing
from dataclasses import dataclass, field

from pipeline.approval.replies import KnownRequest, read_reply
from pipeline.desks import DESKS
from pipeline.flow import Tally, take_in
from pipeline.mail.automatic import automatic_kind
from pipeline.mail.message import read_mail
from pipeline.mail.newtext import new_text
from pipeline.mail.rules import classify
from pipeline.mail.sender import Pins, check_sender
from tests.mail import answers
from tests.mail.forgeries import Forgery
from tests.mail.forgery_world import ForgeryWorld
from tests.mail.mutations import mutated, specimens

#: Seconds of the processor that reading one mail may take, on a slow machine.
LONGEST = 2.0
#: Every so many-th mail goes the whole way: Maildir, spool, sandbox, journal, move.
#: A prime, so that each process has some.
WHOLE_WAY = 499
_DECISIONS = {"approve", "reject", "partial", "unclear", "auto_reply", "bounce", "receipt", "not_a_reply"}


class Failed(Exception):
    """A mail that broke something: which one, and what."""

    def __init__(self, seed: str, raw: bytes, why: str) -> None:
        super().__init__(f"{seed}: {why}")
        self.raw = raw


@dataclass
class Fuzz:
    """A run of mutated mails in one living company."""

    world: ForgeryWorld
    classes: tuple[Forgery, ...]
    seed: str
    mails: int = 0
    whole: int = 0
    slowest: float = 0.0
    verdicts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.specimens = specimens(self.world, self.classes)
        open_, *_ = self.world.house.cases()
        items = {i.item.no: f"{i.item.system_label} {i.item.employee.name}" for i in open_.items}
        self.known = (
            KnownRequest(ref=open_.ref, message_ids=(self.world.asked["open"].message_id,), items=items),
            KnownRequest(ref=answers.REF, message_ids=(answers.LETTER,), items=answers.ITEMS),
        )

    def run(self, number: int) -> None:
        """The mail of this number. Failed with its seed and bytes where anything is wrong with it."""
        seed = f"{self.seed}/{number}"
        rng = random.Random(seed)
        raw = mutated(rng, rng.choice(self.specimens), self.specimens)
        begun = time.process_time()
        try:
            self._read(raw)
            took = time.process_time() - begun
            if number % WHOLE_WAY == 0:
                self._take_in(raw)
        except Exception as error:
            raise Failed(seed, raw, repr(error)) from error
        if took > LONGEST:
            raise Failed(seed, raw, f"took {took:.1f} seconds")
        self.slowest = max(self.slowest, took)
        self.mails += 1

    def _read(self, raw: bytes) -> None:
        office, world = self.world.house.office, self.world
        mail = read_mail(raw)
        sender = check_sender(mail, office.policy, Pins(world.directory, office.clock()))
        verdict = classify(mail, office.rules, sender, lambda name: name == world.asked["open"].message_id)
        assert verdict.desk in DESKS
        automatic_kind(mail)
        reply = read_reply(
            mail, new_text(mail), self.known, approver=sender.address or answers.APPROVER,
            portal=answers.PORTAL, accept_ok=False,
        )  # fmt: skip
        assert reply.decision in _DECISIONS
        self.verdicts[reply.decision] = self.verdicts.get(reply.decision, 0) + 1

    def _take_in(self, raw: bytes) -> None:
        """Into the mailbox and through the whole pipeline: spooled as it came, one outcome, moved."""
        house, tally = self.world.house, Tally()
        house.send(raw)
        with closing(house.office.open_mailbox()) as mailbox:
            take_in(house.office, self.world.directory, mailbox, tally)
            assert not tally.failed, "the guard around one mail had to catch something"
            assert not tuple(mailbox.waiting()), "the mail stayed in the inbox"
        with house.office.journal.entry() as entry:
            row = entry.all_mails()[-1]
        assert row.outcome
        assert house.office.spool.read(row.sha256) == raw
        self.whole += 1
