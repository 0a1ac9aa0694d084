"""Forged approvals whose proof of the sender is forged: ARC seals, Microsoft 365's headers, S/MIME signatures."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.approval.tokens import find_codes
from pipeline.demo import company
from pipeline.mail.sender import SenderPolicy
from tests.mail.forgeries import EVIL, Forgery, Maker, Trick, honest
from tests.mail.forgery_noise import Draft
from tests.mail.forgery_world import ANDI, LIST, TWIN, ForgeryWorld
from tests.mail.signing import part, sign, signed_mail

OURS, DOMAIN = company.AUTHSERV, company.DOMAIN
MICROSOFT = SenderPolicy("require", (), microsoft365=True, own_domains=(DOMAIN,))


def _sealed(draft: Draft, ours: str, *sets: tuple[str, str, str]) -> Draft:
    """With our server's results and ARC sets (sealer, signer, what it found), oldest first."""
    lines = [("Authentication-Results", ours)]
    for number, (sealer, signer, found) in reversed(list(enumerate(sets, 1))):
        cv = "none" if number == 1 else "pass"
        lines += [
            ("ARC-Seal", f"i={number}; a=rsa-sha256; cv={cv}; d={sealer}; s=s; t=1; b=abc="),
            ("ARC-Message-Signature", f"i={number}; a=rsa-sha256; d={signer}; s=s; h=from; bh=abc=; b=def="),
            ("ARC-Authentication-Results", f"i={number}; {sealer}; {found}"),
        ]
    rest = tuple(one for one in draft.trace if one[0] != "Authentication-Results")
    return replace(draft, trace=(*lines, *rest))


def _arc(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    passed, none = f"dmarc=pass header.from={DOMAIN}", f"dmarc=none header.from={DOMAIN}"
    whole, ok = f"{OURS}; arc=pass; {none}", (LIST, LIST, passed)
    genuine = _sealed(good, whole, ok)
    shapes = (
        _sealed(good, f"{OURS}; arc=fail; {none}", ok), _sealed(good, f"{OURS}; {none}", ok),
        _sealed(good, f"{EVIL}; arc=pass; {none}", ok), _sealed(good, f"{OURS}; arc=pass; arc=pass; {none}", ok),
        _sealed(good, whole, (EVIL, EVIL, passed)), _sealed(good, whole, ok, (EVIL, EVIL, passed)),
        _sealed(good, whole, (LIST, EVIL, passed)), _sealed(good, whole, ("x." + LIST, LIST, passed)),
        _sealed(good, whole, (LIST, LIST, f"dmarc=fail header.from={DOMAIN}")),
        _sealed(good, whole, (LIST, LIST, f"dmarc=pass header.from={EVIL}")),
        _sealed(good, whole, (LIST, LIST, f"dmarc=fail (dmarc=pass header.from={DOMAIN})")), _sealed(good, whole),
        _dropped(genuine, "ARC-Seal"), _dropped(genuine, "ARC-Message-Signature"),
        replace(genuine, trace=(*genuine.trace[:2], genuine.trace[1], *genuine.trace[2:])),
        replace(genuine, trace=(*genuine.trace[1:4], genuine.trace[0], *genuine.trace[4:])),
    )  # fmt: skip
    return Trick(rng.choice(shapes), genuine)


def _dropped(draft: Draft, name: str) -> Draft:
    return replace(draft, trace=tuple(one for one in draft.trace if one[0] != name))


def _microsoft(rng: random.Random, world: ForgeryWorld) -> Trick:
    """Internal-looking headers on mail that came over the front door, a connector or nowhere at all."""
    good = honest(rng, world)
    inside = (
        "Received",
        "from A.apcprd01.prod.exchangelabs.com by B.apcprd01.prod.exchangelabs.com with HTTPS",
    )
    door = ("Received", "from X.mail.protection.outlook.com by Y.mail.protection.outlook.com with SMTP")
    authas = ("X-MS-Exchange-Organization-AuthAs", "Internal")
    genuine = replace(good, trace=(inside, authas))
    unnamed = ("Authentication-Results", f"spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass header.from={DOMAIN}")
    shapes = (
        (inside, door, authas), (authas,), (inside,), (inside, authas, authas),
        (inside, ("X-MS-Exchange-Organization-AuthAs", "Anonymous")),
        (inside, ("X-MS-Exchange-CrossTenant-AuthAs", "Internal")), (inside, authas, ("Received", f"from x by {EVIL}")),
        (door, unnamed), (inside, ("Received", f"from x by {EVIL}"), unnamed),
        (("Authentication-Results", f"{EVIL}; dmarc=pass header.from={DOMAIN}"), inside),
        (("Authentication-Results", f"spf=fail; dmarc=fail (dmarc=pass) header.from={DOMAIN}"), inside, authas),
        (("Authentication-Results", f"dmarc=pass header.from={EVIL}"), inside),
        (("Received", "from x by prod.outlook.com.luar.example"), authas), (("Received", "from x"), authas),
    )  # fmt: skip
    return Trick(replace(genuine, trace=rng.choice(shapes)), genuine, policy=MICROSOFT)


def signed(draft: Draft, text: str, *signers: object, shown: str = "", more: bytes = b"") -> Draft:
    """`draft` without our server's word, its body signed; `shown` is put in place of what was signed."""
    quote = "\n".join(f"> {line}" for line in draft.quote.splitlines())
    content = part(
        f"{text}\n\nPada 24/11/2026 09.05, Portal Akses IT <{company.PORTAL}> menulis:\n\n{quote}\n"
    )
    signature = sign(content, *signers)  # type: ignore[arg-type]
    if shown:
        content = content.replace(text.encode(), shown.encode(), 1)
    return replace(draft.judged(), edits=(_signing(content, signature, more),))


def _signing(content: bytes, signature: bytes, more: bytes) -> Callable[[bytes], bytes]:
    def edit(raw: bytes) -> bytes:
        head = re.split(rb"(?i)\r\nMIME-Version:", raw, maxsplit=1)[0]
        return signed_mail(head, content, signature, more)

    return edit


def _smime_other(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    signers = rng.choice(((TWIN,), (ANDI, TWIN), (TWIN, ANDI)))
    return Trick(signed(good, "SETUJU", *signers), signed(good, "SETUJU", ANDI))


def _smime_altered(rng: random.Random, world: ForgeryWorld) -> Trick:
    good = honest(rng, world)
    altered = signed(good, rng.choice(("TOLAK", "Tidak disetujui", "Jangan dulu")), ANDI, shown="SETUJU")
    added = b"\r\n--sig\r\n" + part("SETUJU\n")
    unsigned = signed(good, "Nanti saya lihat", ANDI, more=added)
    return Trick(rng.choice((altered, unsigned)), signed(good, "SETUJU", ANDI))


def _smime_replayed(rng: random.Random, world: ForgeryWorld) -> Trick:
    """An old signed approval, of another request or of none, under headers that name the open one."""
    good = honest(rng, world)
    other = honest(rng, world, rng.choice(("other", "used", "revised")))
    old = rng.choice((replace(good, quote=other.quote), replace(good, quote="Pak, mohon persetujuannya.")))
    genuine = signed(good, "SETUJU", ANDI)
    return Trick(signed(old, "SETUJU", ANDI), genuine)


def _smime_subject(rng: random.Random, world: ForgeryWorld) -> Trick:
    """Signed words that decide nothing, and the verdict in the subject, which no signature covers."""
    good = honest(rng, world)
    (code,) = find_codes(world.asked["open"].subject)
    bad = good.but(Subject=f"SETUJU [REQ-2026-0001] [{code}]")
    return Trick(
        signed(bad, rng.choice(("", "Terima kasih.", "Nanti ya.")), ANDI), signed(good, "SETUJU", ANDI)
    )


def _of(name: str, make: Maker, *reasons: str) -> Forgery:
    return Forgery(name, make, frozenset(reasons))


_NOT = "sender-not-proven"
FORGERIES: tuple[Forgery, ...] = (
    _of("forged ARC", _arc, _NOT),
    _of("forged Microsoft 365", _microsoft, _NOT),
    _of("S/MIME with another certificate", _smime_other, _NOT),
    _of("S/MIME words altered or added", _smime_altered, _NOT),
    _of("S/MIME words of another mail", _smime_replayed, _NOT, "token-conflict"),
    _of("S/MIME and the verdict in the subject", _smime_subject, "unclear-answer"),
)  # fmt: skip
