"""Forged approvals that lie about what is decided: codes of other requests and times, other people, replays."""

import random
import re
from dataclasses import replace

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from tests.mail.forgeries import Forgery, Maker, Trick, honest
from tests.mail.forgery_noise import Draft
from tests.mail.forgery_world import BOSS, ForgeryWorld

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COLLEAGUES = (
    company.HR_MANAGER, company.SALES_PIC, company.TECHNICAL_MANAGER, company.HEAD_OF_FINANCE, company.HEAD_OF_SALES,
    company.DIRECTOR,
)  # fmt: skip
_STAFF = (company.IT_STAFF, company.IT_STAFF_2)
_BENEFICIARY = replace(company.SALES_PIC, name="Putri Lestari", email=f"putri.lestari@{company.DOMAIN}")


def _code(world: ForgeryWorld, asked: str = "open") -> str:
    (code,) = find_codes(world.asked[asked].subject)
    return code


def _late(asked: str, days: int = 0) -> Maker:
    """An honest answer with a code that no longer counts; the control is the answer to an open request."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        return Trick(honest(rng, world, asked), good, days=days + (rng.randrange(30) if days else 0))

    return make


def _by(*people: object) -> Maker:
    """Somebody else of the company, in his own proven name, answers a letter that was sent on to him."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        who = rng.choice(people)
        bad = honest(rng, world, sender=who)  # type: ignore[arg-type]
        note = (
            f"---------- Pesan terusan ----------\nDari: Andi Nugroho <{BOSS.email}>\nKepada: {who.name}\n\n"  # type: ignore[attr-defined]
        )
        return Trick(replace(bad, quote=rng.choice(("", note)) + bad.quote), good)

    return make


def _renamed(swap: dict[str, dict[str, object]]) -> Maker:
    """The directory has changed since the question was asked."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        people = {p.email: p for p in world.directory.people}
        changed = {email: replace(people[email], **row) for email, row in swap.items()}  # type: ignore[arg-type]
        return Trick(good, good, directory=world.people_with(changed))

    return make


def _deputy_too_late(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world, "deputy", company.IT_STAFF)
    away = world.people_with({})
    return Trick(good, good, days=rng.randrange(5, 12), directory=away)


def _deputy_never(rng: random.Random, world: ForgeryWorld) -> Trick:
    """The deputy of these days answers the question that was asked of the IT Manager himself, and the other way."""
    good = honest(rng, world)
    bad = rng.choice((honest(rng, world, sender=company.IT_STAFF), honest(rng, world, "deputy")))
    return Trick(bad, good)


def _recoded(change: object) -> Maker:
    """Every code of the mail is changed."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        code = _code(world)
        other = change(rng, code)  # type: ignore[operator]
        headers = tuple((n, re.sub(code, other, v, flags=re.IGNORECASE)) for n, v in good.headers)
        return Trick(replace(good, headers=headers, quote=good.quote.replace(code, other)), good)

    return make


def _guessed(rng: random.Random, code: str) -> str:
    return code[:4] + "".join(rng.choice(_ALPHABET) for _ in code[4:])


def _mutated(rng: random.Random, code: str) -> str:
    place = rng.randrange(4, len(code))
    kind = rng.randrange(4)
    if kind == 0:
        other = rng.choice([c for c in _ALPHABET if c != code[place]])
        return code[:place] + other + code[place + 1 :]
    if kind == 1:
        second = rng.choice([n for n in range(4, len(code)) if code[n] != code[place]])
        first, last = sorted((place, second))
        return code[:first] + code[last] + code[first + 1 : last] + code[first] + code[last + 1 :]
    return (
        code[:place] + code[place + 1 :] if kind == 2 else code[:place] + rng.choice(_ALPHABET) + code[place:]
    )


def _other_key(rng: random.Random, code: str) -> str:
    return f"AK{rng.choice((0, 2, 9, 11, 99, 999))}-{code[4:]}"


def _alike(rng: random.Random, code: str) -> str:
    pairs = [
        ("0", "O"),
        ("1", "I"),
        ("1", "L"),
        ("0", "\u041e"),
        ("A", "\u0410"),
        ("K", "\u212a"),
        ("-", "\u2010"),
        ("5", "\uff15"),
    ]
    able = [(old, new) for old, new in pairs if old in code]
    old, new = rng.choice(able)
    return code.replace(old, new)


def _bare(rng: random.Random, world: ForgeryWorld) -> tuple[Draft, Draft]:
    """(honest, the same without any code of ours)."""
    good = honest(rng, world)
    ref = rng.choice(("REQ-2026-0001", "[REQ-2026-0001]"))
    return good, replace(
        good.but(In_Reply_To=None, References=None, Subject=f"Re: {ref} persetujuan"),
        quote="Mohon persetujuan.",
    )


def _no_code(rng: random.Random, world: ForgeryWorld) -> Trick:
    good, bad = _bare(rng, world)
    return Trick(bad, good)


def _wrong_place(rng: random.Random, world: ForgeryWorld) -> Trick:
    """The true code where it does not count."""
    good, bad = _bare(rng, world)
    code = _code(world)
    name = rng.choice(
        (
            "Comments",
            "Keywords",
            "X-Akses-Token",
            "Thread-Topic",
            "Message-ID",
            "Content-ID",
            "X-Reply",
            "Sender",
        )
    )
    value = f"<{code}@x.example>" if name in {"Message-ID", "Content-ID", "Sender"} else code
    hidden = rng.choice((
        replace(bad.but(**{name: value})),
        replace(bad, shape="page", below=f"<div style=\"display:none\">{code}</div>"),
        replace(bad, shape="page", below=f"<!-- {code} --><img alt=\"\" src=\"cid:{code}\"><a href=\"https://x.example/{code}\">x</a>"),
        replace(bad, parts=(f"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=c.txt\r\n\r\n{code}".encode(),)),
        replace(bad, parts=(b"Content-Type: message/rfc822\r\n\r\nSubject: " + code.encode() + b"\r\n\r\n" + code.encode(),)),
    ))  # fmt: skip
    return Trick(hidden, good)


def _two_codes(rng: random.Random, world: ForgeryWorld) -> Trick:
    """Codes of two requests in one mail, at any two places."""
    good = honest(rng, world)
    other = world.asked["other"]
    shape = rng.randrange(4)
    if shape == 0:
        return Trick(good.but(In_Reply_To=other.message_id), good)
    if shape == 1:
        return Trick(good.but(In_Reply_To=f"{world.asked['open'].message_id} {other.message_id}"), good)
    if shape == 2:
        return Trick(good.but(Subject=f"Re: {other.subject}"), good)
    return Trick(replace(good, quote=rng.choice((other.text, good.quote + other.text))), good)


def _unknown_first(rng: random.Random, world: ForgeryWorld) -> Trick:
    """A code nobody gave out stands in the most telling place, the true one in a lesser."""
    good = honest(rng, world)
    false = _guessed(rng, _code(world))
    bad = good.but(In_Reply_To=f"<{false}@{company.DOMAIN}>")
    return Trick(bad, good)


def _replayed(rng: random.Random, world: ForgeryWorld) -> Trick:
    """The very mail that decided, by another route."""
    lines = b"".join(b"X-Relay: %d\r\n" % rng.randrange(10**6) for _ in range(rng.randrange(1, 4)))
    return Trick(honest(rng, world).then(lambda _raw: lines + world.used_mail), honest(rng, world))


def _resent(rng: random.Random, world: ForgeryWorld) -> Trick:
    """The mail that decided, sent again under a new Message-ID."""
    name = b"Message-ID: <%x@contoh.example>" % rng.getrandbits(64)
    again = re.sub(rb"(?im)^message-id:.*(?:\r\n[ \t].*)*", name, world.used_mail, count=1)
    return Trick(honest(rng, world).then(lambda _raw: again), honest(rng, world))


def _same_id(rng: random.Random, world: ForgeryWorld) -> Trick:
    """The Message-ID of a mail that was believed, with other words and for another request."""
    found = re.search(rb"(?im)^message-id:\s*(<[^>]*>)", world.used_mail)
    assert found
    good = honest(rng, world)
    return Trick(good.but(Message_ID=found.group(1).decode()), good)


def _as_ours(rng: random.Random, world: ForgeryWorld) -> Trick:
    """A mail that bears the Message-ID of a letter of ours."""
    good = honest(rng, world)
    return Trick(good.but(Message_ID=world.asked[rng.choice(("open", "other"))].message_id), good)


def _duplicated(rng: random.Random, world: ForgeryWorld) -> Trick:
    """A header twice, for two requests."""
    good, other = honest(rng, world), world.asked["other"]
    name, mine, theirs = rng.choice((
        ("In_Reply_To", world.asked["open"].message_id, other.message_id),
        ("References", world.asked["open"].message_id, other.message_id),
        ("Subject", world.asked["open"].subject, other.subject), ("Subject", "Re: x", world.asked["open"].subject),
    ))  # fmt: skip
    return Trick(good.but(**{name: rng.choice(([mine, theirs], [theirs, mine]))}), good)


def _old_yes(rng: random.Random, world: ForgeryWorld) -> Trick:
    """What he once wrote to somebody, DKIM and all, sent again with our Message-ID added to its thread."""
    good = honest(rng, world)
    written = rng.choice(("Mon, 15 Jun 2026 10:00:00 +0700", "Fri, 20 Nov 2026 08:00:00 +0700", None))
    to = rng.choice((company.PORTAL, "rekan@contoh.example")) if written is not None else company.PORTAL
    bad = good.but(Subject=rng.choice(("Re: makan siang", "Re: anggaran")), Date=written, To=to)
    return Trick(replace(bad, quote=""), good)


def _of(name: str, make: Maker, *reasons: str) -> Forgery:
    return Forgery(name, make, frozenset(reasons))


_OTHER, _LATE = "not-the-approver", "late-answer"
_BOSS = BOSS.email
FORGERIES: tuple[Forgery, ...] = (
    _of("the code of a decided request", _late("used"), _LATE),
    _of("the code of an old revision", _late("old revision"), _LATE),
    _of("the code of a withdrawn request", _late("withdrawn"), _LATE),
    _of("an expired code", _late("open", days=31), _LATE),
    _of("sent on to a colleague", _by(*_COLLEAGUES), _OTHER),
    _of("sent on to IT staff", _by(*_STAFF), _OTHER),
    _of("the requester himself", _by(company.FINANCE_MANAGER), _OTHER),
    _of("who would gain the access", _by(_BENEFICIARY), _OTHER),
    _of("the deputy after his last day", _deputy_too_late, _LATE),
    _of("the deputy for the approver, the approver for the deputy", _deputy_never, _OTHER),
    _of("an approver who lost the role", _renamed({_BOSS: {"role": "manager"}, company.IT_STAFF_2.email: {"role": "it_manager"}}), _LATE),
    _of("an approver who turns out to gain", _renamed({_BOSS: {"name": "Putri Lestari"}}), "self-approval"),
    _of("a guessed code", _recoded(_guessed), "token-unknown"),
    _of("a code changed in one place", _recoded(_mutated), "token-unknown", "no-token"),
    _of("a code of another key", _recoded(_other_key), "token-unknown"),
    _of("a code in letters that look alike", _recoded(_alike), "token-unknown", "no-token"),
    _of("no code", _no_code, "no-token", "for-a-person"),
    _of("the code in a place that does not count", _wrong_place, "no-token", "for-a-person"),
    _of("an old yes of the approver, sent again into our thread", _old_yes, "old-mail"),
    _of("codes of two requests", _two_codes, "token-conflict"),
    _of("an unknown code before the true one", _unknown_first, "token-unknown"),
    _of("the deciding mail by another route", _replayed, "same-mail"),
    _of("the deciding mail under a new Message-ID", _resent, _LATE),
    _of("a known Message-ID with other words", _same_id, "same-id-other-content"),
    _of("the Message-ID of a letter of ours", _as_ours, "own-letter"),
    _of("a thread or subject twice", _duplicated, "from-defect"),
)  # fmt: skip
