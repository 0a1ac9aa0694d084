"""What our own mail server says of a sender (Authentication-Results, RFC 8601). Believes no other server."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import authres.arc
from authres import FeatureContext
from authres.core import AuthResError
from publicsuffixlist import PublicSuffixList

from pipeline.model import Mail

Verdict = Literal["pass", "fail", "none"]

_AUTHSERV_ID = re.compile(r"\s*(?:\([^()]*\)\s*)*\"?([A-Za-z0-9.-]+)\"?")
#: The hosts that a Received line names as having taken the mail in.
RECEIVED_BY = re.compile(r"(?:^|\s)by\s+([A-Za-z0-9.-]+)", re.IGNORECASE)
_READER = FeatureContext(authres.arc)
#: Read from the package, never from the network.
_SUFFIXES = PublicSuffixList()


@dataclass(frozen=True)
class Report:
    """What a server found out about a domain, and that in words for the evidence."""

    dmarc: Verdict
    detail: str
    #: it says that the chain of seals the mail came with is whole (RFC 8617)
    arc: bool = False
    #: its place among the mail's headers, top first; -1 where there is none
    place: int = -1


def own_report(mail: Mail, domain: str, ids: tuple[str, ...], hosts: tuple[str, ...] = ()) -> Report:
    """The topmost Authentication-Results of one of our servers `ids`, about `domain`. Never raises.

    `hosts`: other servers of ours, or of our provider, that take a mail in after it was judged."""
    if not ids:
        return Report("none", "no mail server is trusted to judge senders (authserv_ids is empty)")
    wanted = {name.lower() for name in ids}
    for place, (name, value) in enumerate(mail.headers):
        if name == "received":
            by = RECEIVED_BY.search(value)
            # Whatever stands below a foreign server's line was there before our server had the mail.
            if by and not _same_house(by.group(1), wanted | {name.lower() for name in hosts}):
                missing = f"no Authentication-Results of {', '.join(ids)} above the line of {by.group(1)}"
                return Report("none", missing)
        if name == "authentication-results":
            said = _AUTHSERV_ID.match(value)
            if said and said.group(1).lower() in wanted:
                return read_report(value, domain, place)
    return Report("none", f"no Authentication-Results of {', '.join(ids)}")


def read_report(value: str, domain: str, place: int = -1) -> Report:
    """What the Authentication-Results in `value` says of `domain`. Two results of one kind count for none."""
    try:
        parsed = _READER.parse_value(value)
    except (AuthResError, ValueError, AttributeError, IndexError, RecursionError):
        # Comments nest, and authres reads them by recursion: a thousand brackets are too many for it.
        return Report("none", "Authentication-Results cannot be read", place=place)
    chains = [str(r.result).lower() for r in parsed.results if str(r.method).lower() == "arc"]
    arc = chains == ["pass"]
    results = [result for result in parsed.results if str(result.method).lower() == "dmarc"]
    if len(results) != 1:
        count = "no" if not results else "more than one"
        return Report("none", f"{parsed.authserv_id}: {count} dmarc result", arc and not results, place)
    result = str(results[0].result).lower()
    judged = _judged(results[0])
    detail = f"{parsed.authserv_id}: dmarc={result} header.from={', '.join(judged) or '?'}"
    if result == "fail":
        return Report("fail", detail, arc, place)
    if result == "pass" and judged == [domain]:
        return Report("pass", detail, arc, place)
    return Report("none", detail, arc, place)


def _judged(result: Any) -> list[str]:
    return [
        str(p.value).strip().lower()
        for p in result.properties
        if (str(p.type).lower(), str(p.name).lower()) == ("header", "from")
    ]


def _same_house(host: str, ids: set[str]) -> bool:
    """Is `host` one of our own servers? Hosts without a domain (internal hops) are taken for ours."""
    name = host.lower().rstrip(".")
    if "." not in name or name.replace(".", "").isdigit():
        return True
    return any(name == own or _house(name) == _house(own) for own in ids)


def _house(name: str) -> str:
    """The part of a host name that its owner's servers share: contoh.co.id, sukamaju.desa.id, example.com."""
    return _SUFFIXES.privatesuffix(name) or name
