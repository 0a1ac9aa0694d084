"""Forged approvals that lie about who sent them: From, and Authentication-Results."""

import random
import re
from dataclasses import replace

from pipeline.demo import company
from tests.mail.forgeries import EVIL, Forgery, Maker, Trick, honest
from tests.mail.forgery_noise import verdict_of
from tests.mail.forgery_world import BOSS, ForgeryWorld

OURS, DOMAIN = company.AUTHSERV, company.DOMAIN


def _from(*patterns: str | list[str]) -> Maker:
    """From headers out of patterns: {b} the approver, {e} somebody outside. Our server judged either domain."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        facts = {
            "b": BOSS.email,
            "e": f"{rng.choice(('a', 'andi.nugroho', 'boss'))}@{rng.choice((EVIL, 'evil.' + EVIL))}",
        }
        pattern = rng.choice(patterns)
        values = [one.format(**facts) for one in ([pattern] if isinstance(pattern, str) else pattern)]
        judged = verdict_of(rng, rng.choice((DOMAIN, EVIL)))
        return Trick(good.but(From=values).judged(judged), good)

    return make


def _from_evil(**headers: str) -> Maker:
    """A proven mail of somebody outside who names the approver everywhere but in From."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        chosen = rng.sample(sorted(headers), rng.randrange(1, len(headers) + 1))
        bad = good.but(From=f"Andi Nugroho <andi@{EVIL}>", **{name: headers[name] for name in chosen})
        return Trick(bad.judged(verdict_of(rng, EVIL)), good)

    return make


def _in_name(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    name = rng.choice(
        (f'"{BOSS.email}"', f'"Andi Nugroho <{BOSS.email}>"', '"Andi Nugroho via Portal"', f"'{BOSS.name}'")
    )
    return Trick(good.but(From=f"{name} <a@{EVIL}>").judged(verdict_of(rng, EVIL)), good)


def _lookalike(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    domain = rng.choice((
        "c0ntoh.example", "contoh.examp1e", "contohexample.com", "contoh.example.luar.example", "xn--cntoh-jua.example",
        "mail.contoh.example", "contoh-example.com", "contoh.exampl", "ccontoh.example",
    ))  # fmt: skip
    return Trick(good.but(From=f"Andi Nugroho <andi.nugroho@{domain}>").judged(verdict_of(rng, domain)), good)


def _idn(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    address = BOSS.email
    for plain, other in rng.sample(
        (
            ("o", "\u043e"),
            ("a", "\u0430"),
            ("e", "\u0435"),
            ("n", "\uff4e"),
            ("@", "\uff20"),
            (".", "\u3002"),
        ),
        2,
    ):
        address = address.replace(plain, other, 1)
    return Trick(good.but(From=f"Andi <{address}>"), good)


def _unseen(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    sign_ = rng.choice("\u200b\u202e\u2066\ufeff\u00ad\u200f\u3164\u034f\u2028")
    place = rng.randrange(len(BOSS.email))
    value = rng.choice((f"Andi{sign_} <{BOSS.email}>", f"<{BOSS.email[:place]}{sign_}{BOSS.email[place:]}>"))
    return Trick(good.but(From=value), good)


def _raw_edit(*edits: tuple[bytes, bytes]) -> Maker:
    """The written bytes, with one replacement made at the head of the mail."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        old, new = rng.choice(edits)
        return Trick(good.then(lambda raw: re.sub(old, lambda m: m.expand(new), raw, count=1)), good)

    return make


_HEAD = rb"(?i)\A"
_NEXT_TO_FROM = rb"(?im)^(from:.*\r\n)"


def _judged(*patterns: str | list[str]) -> Maker:
    """Authentication-Results out of patterns: {o} our server, {d} our domain, {e} another's."""

    def make(rng: random.Random, world: ForgeryWorld) -> Trick:
        good = honest(rng, world)
        facts = {"o": OURS, "d": DOMAIN, "e": EVIL, "ok": f"dmarc=pass header.from={DOMAIN}"}
        pattern = rng.choice(patterns)
        values = [one.format(**facts) for one in ([pattern] if isinstance(pattern, str) else pattern)]
        return Trick(good.judged(*values), good)

    return make


def _below_foreign(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    judged = [one for one in good.trace if one[0] == "Authentication-Results"]
    host = rng.choice((EVIL, "mx.luar.example", "mx.contoh.example.luar.example", "relay.other.example."))
    lines = [("Received", f"from x by {host} with ESMTP id 1"), *judged]
    top = [("Received", f"from {host} by {OURS} with ESMTPS id 2")] * rng.randrange(2)
    return Trick(replace(good, trace=tuple(top + lines)), good)


def _other_name(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    name = rng.choice((
        "X-Authentication-Results", "Authentication-Results-Original", "ARC-Authentication-Results",
        "Authentication_Results", "Old-Authentication-Results", "Authentication-Result",
    ))  # fmt: skip
    value = rng.choice(("", "i=1; ")) + verdict_of(rng)
    return Trick(replace(good.judged(), trace=((name, value), *good.judged().trace)), good)


def _of(name: str, make: Maker, *reasons: str) -> Forgery:
    return Forgery(name, make, frozenset(reasons))


_NOT, _DEFECT, _OTHER = "sender-not-proven", "from-defect", "not-the-approver"
FORGERIES: tuple[Forgery, ...] = (
    _of("two From headers", _from(["{b}", "{e}"], ["{e}", "{b}"], ["{b}", "{b}"], ["<{b}>", "x <{e}>"]), _DEFECT),
    _of("a list in From", _from("{b}, {e}", "{e}, {b}", "Andi <{b}>, X <{e}>", "{b};{e}", "{b} {e}"), _DEFECT),
    _of("a group in From", _from("boss: {b};", "x: {b}, {e};", ":;{b}", "boss:{b}"), _DEFECT),
    _of("unquoted address in the name", _from("{b} <{e}>", "{b} Andi <{e}>", "{e} <{b}>", "Andi {b} <{e}>"), _DEFECT),
    _of("the approver's address as a quoted name", _in_name, _OTHER),
    _of("encoded words in From", _from(
        "=?utf-8?q?andi.nugroho=40contoh.example?=", "=?utf-8?b?PGFuZGkubnVncm9ob0Bjb250b2guZXhhbXBsZT4=?=",
        "=?utf-8?q?=3Candi.nugroho=40contoh.example=3E?= <{e}>", "=?utf-8?q?andi?=@contoh.example",
        "=?utf-8?q?a=22=0A?= <{e}>",
    ), _DEFECT, _OTHER, _NOT),
    _of("NUL and control characters in From", _from(
        "{b}\x00", "\x00{b}", "Andi\x00 <{b}>", "<{b}\x00{e}>", "{b}\x0b<{e}>", "Andi\x1f <{b}>",
    ), _DEFECT),
    _of("invisible characters in From", _unseen, _DEFECT),
    _of("letters of other alphabets in the address", _idn, _DEFECT),
    _of("a domain that looks alike", _lookalike, _OTHER),
    _of("routes and comments in From", _from(
        "<@luar.example:{b}>", "{b} (x) <{e}>", "(<{b}>) {e}", "({b}) <{e}>", "<{e}> (<{b}>)", '"x" "<{b}>" {e}',
        "<{b}><{e}>", "<{e}>, <{b}>", "<<{b}>>", "{b}>", "\"Andi <{b}>", "{b}@luar.example", "mailto:{b}",
    ), _DEFECT, _OTHER),
    _of("Reply-To, Sender, Return-Path, Resent-From", _from_evil(
        Reply_To=BOSS.email, Sender=BOSS.email, Return_Path=f"<{BOSS.email}>", Resent_From=BOSS.email,
        X_Original_From=BOSS.email, Disposition_Notification_To=BOSS.email, Apparently_From=BOSS.email,
    ), _OTHER),
    _of("a second From in disguise", _raw_edit(
        (_NEXT_TO_FROM, rb"\1From : x@luar.example\r\n"), (_NEXT_TO_FROM, rb"\1fRoM\t: x@luar.example\r\n"),
        (_NEXT_TO_FROM, rb"From:\r\n x@luar.example\r\n\1"), (_NEXT_TO_FROM, rb"\1FROM:\r\n"),
    ), _DEFECT),
    _of("line ends that readers split otherwise", _raw_edit(
        (_NEXT_TO_FROM, rb"X-A: b\rFrom: x@luar.example\r\n\1"), (_NEXT_TO_FROM, rb"X-A: b\r\rTo: y\r\n\1"),
        (_NEXT_TO_FROM, rb"X-A: b\rAuthentication-Results: mx\r\n\1"), (_NEXT_TO_FROM, rb"X-A: b\r \r\n\1"),
    ), _DEFECT),
    _of("junk, NUL and blank lines among the headers", _raw_edit(
        (_NEXT_TO_FROM, rb"no header at all\r\n\1"), (_NEXT_TO_FROM, b"\x00\\r\\n\\1"), (_HEAD, rb"\r\n"), (_HEAD, rb"\n\n"),
        (_NEXT_TO_FROM, b"Fr\x00om: x@luar.example\\r\\n\\1"), (_NEXT_TO_FROM, b": x\\r\\n\\1"), (_HEAD, b"\xef\xbb\xbf"),
        (rb"(?i)\A(.*\r\n)", rb"\1\r\n"),
    ), _DEFECT),
    _of("headers too long or too many", _raw_edit(
        (_HEAD, b"X: " + b"a" * 600_000 + rb"\r\n"), (_HEAD, b"X: a\\r\\n" * 2100),
        (_NEXT_TO_FROM, b"From: " + b" " * 1200 + rb"\1"),
    ), _DEFECT, "for-a-person"),
    _of("dmarc is not pass", _judged(
        [], "{o}; dmarc=fail header.from={d}", "{o}; dmarc=none header.from={d}", "{o}; none", "{o}",
        "{o}; dmarc=temperror header.from={d}", "{o}; dmarc=permerror header.from={d}", "{o}; dmarc=bestguesspass header.from={d}",
    ), _NOT),
    _of("results below a foreign server's line", _below_foreign, _NOT),
    _of("results of another server", _judged(
        "{e}; {ok}", "mx2.{d}; {ok}", "{o}.{e}; {ok}", "{d}; {ok}", "x{o}; {ok}", "mx; {ok}", "; {ok}", "{ok}",
        "(mx) {e}; {ok}", "{o}@{e}; {ok}", "{e} {o}; {ok}", '"{e}"; {ok}', "({o}) {e}; {ok}",
    ), _NOT),
    _of("another domain was judged", _judged(
        "{o}; dmarc=pass header.from={e}", "{o}; dmarc=pass", "{o}; dmarc=pass header.from=mail.{d}",
        "{o}; dmarc=pass smtp.mailfrom={d}", "{o}; dmarc=pass header.from={e} header.from={d}",
        "{o}; dmarc=pass header.from={d}.{e}", "{o}; dmarc=pass header.sender={d}", "{o}; dmarc=pass header.from={d},{e}",
    ), _NOT),
    _of("comments and quotes in the results", _judged(
        "{o}; dmarc=fail ({ok}) header.from={d}", "{o}; dmarc=none (x; {ok}) header.from={e}", '{o}; spf=none reason="; {ok}"',
        "{o} (; {ok}); none", "{o}; spf=pass (dmarc=pass) header.from={d}", "{o}; dmarc=(pass) header.from={d}",
        "{o}; dmarc=fail reason=\"dmarc=pass\" header.from={d}", "{o}; dmarc=fail (\\) {ok}) header.from={d}",
        "{o}; dmarc=fail " + "(" * 3000 + " header.from={d}", "{o}; dmarc=fail " + "(" * 600 + ")" * 600 + " header.from={d}",
    ), _NOT),
    _of("two results", _judged(
        "{o}; dmarc=fail header.from={d}; {ok}", "{o}; {ok}; dmarc=fail header.from={d}", "{o}; {ok}; {ok}",
        ["{o}; dmarc=fail header.from={d}", "{o}; {ok}"], ["{o}; none", "{o}; {ok}"], ["{o}; dmarc", "{o}; {ok}"],
    ), _NOT),
    _of("folded or foreign results with ours inside", _judged(
        "{e};\r\n {o}; {ok}", "{e}; x={o};\r\n\t{ok}", "{e};\r\n Authentication-Results: {o}; {ok}", ["{e}; {ok}", "{e}; {ok}"],
    ), _NOT, _DEFECT),
    _of("results under another header's name", _other_name, _NOT),
    _of("only SPF or DKIM passed", _judged(
        "{o}; spf=pass smtp.mailfrom={d}", "{o}; dkim=pass header.d={d}", "{o}; spf=pass header.from={d}; dkim=pass header.d={d}",
        "{o}; arc=pass header.from={d}", "{o}; x-dmarc=pass header.from={d}", "{o}; auth=pass smtp.auth=andi", "{o}; iprev=pass",
    ), _NOT),
)  # fmt: skip
