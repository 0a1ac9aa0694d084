"""The seals a mail was sent on with (ARC, RFC 8617). Checks no signature: that is our mail server's work."""

import re
from dataclasses import dataclass

from pipeline.mail.authresults import Report, read_report
from pipeline.model import Mail

_INSTANCE = re.compile(r"\s*i\s*=\s*([1-9]\d?)\s*(?:;(.*))?", re.DOTALL)
_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
#: RFC 8617, 4.2.1: no more sets than this.
_MOST = 50


@dataclass(frozen=True)
class Sealed:
    """Whether a trusted sealer vouches for the sender, and that in words for the evidence."""

    trusted: bool
    detail: str


@dataclass(frozen=True)
class _Set:
    """The three headers of one instance: what its sealer found out, and the tags of its two signatures."""

    results: str
    signature: dict[str, str]
    seal: dict[str, str]


def check_seals(mail: Mail, ours: Report, domain: str, sealers: tuple[str, ...]) -> Sealed:
    """Does one of `sealers`, who had the mail last before us, say that it came from `domain`? Never raises.

    `ours` is our own server's report, which must say arc=pass: it has checked every seal (RFC 8617, 5.2).
    Only sets below it count: what stands above, our own servers have added when they sent the mail on.
    Anything odd in the chain (a set that is missing, doubled, incomplete or out of order) makes it count for
    nothing."""
    if not sealers:
        return Sealed(False, "")
    if not ours.arc:
        return Sealed(False, "our own server does not say arc=pass")
    chain = _read_chain(mail.headers[ours.place + 1 :])
    if not chain:
        return Sealed(False, "the ARC headers are not one whole chain")
    newest, number = chain[-1], len(chain)
    sealer = newest.seal.get("d", "").lower()
    if sealer not in {name.lower() for name in sealers}:
        return Sealed(
            False, f"the newest ARC seal (i={number}) is of {sealer[:100] or '?'}, who is not trusted"
        )
    if newest.signature.get("d", "").lower() != sealer:
        return Sealed(False, f"seal and signature of i={number} are not of the same domain")
    report = read_report(newest.results, domain)
    detail = f"ARC i={number} sealed by {sealer}, {report.detail}"
    return Sealed(report.dmarc == "pass", detail)


def _read_chain(headers: tuple[tuple[str, str], ...]) -> tuple[_Set, ...]:
    """The sets of the chain, oldest first; empty where they are not exactly 1 to n, the newest on top."""
    names = ("arc-authentication-results", "arc-message-signature", "arc-seal")
    columns = [[_numbered(value) for name, value in headers if name == wanted] for wanted in names]
    count = len(columns[0])
    right = list(range(count, 0, -1))
    if not 1 <= count <= _MOST or any([number for number, _ in column] != right for column in columns):
        return ()
    sets = []
    for (_, results), (_, signature), (_, seal) in zip(*columns, strict=True):
        sets.append(_Set(results, _tags(signature), _tags(seal)))
    sets.reverse()
    sound = all(_is_sound(one, number) for number, one in enumerate(sets, start=1))
    return tuple(sets) if sound else ()


def _is_sound(one: _Set, number: int) -> bool:
    """Complete, and sealed over a chain that was whole until then (RFC 8617, 4.1.3 and 5.1.1)."""
    wanted = "none" if number == 1 else "pass"
    signed = all(one.signature.get(tag) for tag in ("b", "bh", "d", "s"))
    sealed = all(one.seal.get(tag) for tag in ("b", "d", "s")) and "h" not in one.seal
    return bool(one.results.strip()) and signed and sealed and one.seal.get("cv", "").lower() == wanted


def _numbered(value: str) -> tuple[int, str]:
    """The instance a header belongs to, and the rest of it. 0: it does not say so as its first word."""
    match = _INSTANCE.fullmatch(value)
    return (int(match.group(1)), match.group(2) or "") if match else (0, "")


def _tags(text: str) -> dict[str, str]:
    """A list of tags as DKIM writes them (RFC 6376, 3.2); empty where it is none, or names a tag twice."""
    found: dict[str, str] = {}
    for piece in text.strip().removesuffix(";").split(";"):
        tag = _TAG.fullmatch(piece)
        if tag is None or tag.group(1).lower() in found or tag.group(1).lower() == "i":
            return {}
        found[tag.group(1).lower()] = "".join(tag.group(2).split())
    return found
