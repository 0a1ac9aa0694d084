"""Every class of forged approval, by name: how it is made, and by which gates it may end.

A class makes a Trick out of dice and the living company. Where a Trick has `genuine`, that mail, written with
the same dice, must decide: so what stops the forgery is the forgery, and not some oddness of the dress.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.demo import company
from pipeline.mail.sender import SenderPolicy
from pipeline.model import Directory, Person
from tests.mail.forgery_noise import APPROVALS, Draft, name_of, verdict_of, written
from tests.mail.forgery_world import BOSS, Attempt, ForgeryWorld, Played

EVIL = "luar.example"
#: Beside the reasons of docs/mail.md: it was taken for a refusal, which grants nothing.
REFUSAL = "refusal"


@dataclass(frozen=True)
class Trick:
    """A forged mail with its circumstances, and the honest mail it was made from."""

    draft: Draft
    genuine: Draft | None = None
    days: int = 0
    directory: Directory | None = None
    policy: SenderPolicy | None = None


Maker = Callable[[random.Random, ForgeryWorld], Trick]


@dataclass(frozen=True)
class Forgery:
    """A class of forgeries: its maker, and the reasons with which its mails may end (docs/mail.md)."""

    name: str
    make: Maker
    reasons: frozenset[str]


def honest(
    rng: random.Random, world: ForgeryWorld, asked: str = "open", sender: Person = BOSS, text: str = ""
) -> Draft:
    """The approver's own answer to the letter of that request, as his program and our server make it."""
    letter, at = world.asked[asked], world.house.clock.now
    domain = sender.email.rpartition("@")[2]
    trace = (
        ("Return-Path", f"<{sender.email}>"),
        ("Authentication-Results", verdict_of(rng, domain)),
        (
            "Received",
            f"from mail.{domain} (mail.{domain} [192.0.2.1]) by {company.AUTHSERV} with ESMTPS; {at:%c}",
        ),
        ("Received", f"from pc by mail.{domain} with ESMTPSA; {at:%c}"),
    )
    thread = rng.choice((("In-Reply-To", "References"), ("In-Reply-To",), ("References",)))
    headers = (
        ("From", name_of(rng, sender.email) if sender is BOSS else f"{sender.name} <{sender.email}>"),
        ("To", f"Portal Akses IT <{company.PORTAL}>"),
        ("Subject", f"{rng.choice(('Re: ', 'RE: ', 'Bls: ', 'Balas: '))}{letter.subject}"),
        ("Date", f"{at:%a, %d %b %Y %H:%M:%S} +0000"),
        ("Message-ID", f"<{rng.getrandbits(80):x}@{domain}>"),
        *((name, letter.message_id) for name in thread),
    )
    return Draft(trace, headers, text or rng.choice(APPROVALS), letter.text)


def play(
    forgery: Forgery, world: ForgeryWorld, seed: str, with_control: bool = True
) -> tuple[Attempt, Played, Played | None]:
    """One variation: the forged mail, what came of it, and what came of the honest one."""
    trick = forgery.make(random.Random(seed), world)
    raw = written(trick.draft, random.Random(seed + "dress"))
    attempt = Attempt(raw, trick.days, trick.directory, trick.policy)
    control = None
    if trick.genuine is not None and with_control:
        honestly = written(trick.genuine, random.Random(seed + "dress"))
        control = world.play(replace(attempt, raw=honestly, days=0, directory=None))
    return attempt, world.play(attempt), control


def complaint(forgery: Forgery, world: ForgeryWorld, played: Played, control: Played | None) -> str:
    """What is wrong with how a forgery ended; "" when nothing is. Some classes may be read as a refusal."""
    refused = played.verdicts == {"reject"}
    if refused and REFUSAL in forgery.reasons:
        return ""
    if played.verdicts or not played.unchanged:
        return f"CHANGED SOMETHING: {played}"
    if played.written_to - world.people:
        return f"a stranger would get a letter: {played.written_to - world.people}"
    if played.reason not in forgery.reasons:
        return f"ended as {played.kind} {played.reason}, not as {sorted(forgery.reasons)}"
    if control is not None and control.verdicts != {"approve"}:
        return f"the honest mail does not approve either: {control.kind} {control.reason}"
    return ""
