"""Who a mail is really from: a strict reading of From, and what our own server says of it. Decides nothing.

Lenient parsers read `From: boss@corp.example <evil@evil.example>` as boss@corp.example; the mail server
judged evil.example. So identity comes from this grammar alone, and what does not fit it is a defect.
"""

import re
from dataclasses import dataclass
from typing import Literal

from authres import AuthenticationResultsHeader
from authres.core import AuthResError

from pipeline.mail.decoding import is_unseen, readable
from pipeline.model import Mail, Sender

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: Dot-atoms only (RFC 5321, 4.1.2): no quoted local part, no address literal, no name without a dot.
_ADDRESS = rf"(?P<address>{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+)"
_QUOTED = r'"(?:[^"\\\r\n\x00-\x1f]|\\[ -~])*"'
#: A character of an unquoted name: none that some parser takes for the end of it. One at a time, so that
#: nobody can make the match try every way to cut a long name into words.
_BARE = r"[^<>@,;:\"\\()\[\]\x00-\x1f\x7f]"
_COMMENT = r"\([^()<>@,;:\"\\\[\]\x00-\x1f\x7f]*\)"
_NAME = rf"(?:{_QUOTED}|{_BARE}|{_COMMENT})*"
_FROM = re.compile(rf"[ \t]*{_ADDRESS}[ \t]*|{_NAME}<{_ADDRESS.replace('address', 'angle')}>[ \t]*")
_LONGEST = 1000
#: Where readers disagree about what the headers are, nobody can say what the mail server judged.
_UNSOUND = (
    "junk among the headers", "headers too long", "too many headers", "bare carriage return in the headers",
)  # fmt: skip

_AUTHSERV_ID = re.compile(r"\s*(?:\([^()]*\)\s*)*\"?([A-Za-z0-9.-]+)\"?")
_BY = re.compile(r"(?:^|\s)by\s+([A-Za-z0-9.-]+)", re.IGNORECASE)


@dataclass(frozen=True)
class SenderPolicy:
    """What proof of a sender the company asks for (config.yaml, sender_proof)."""

    mode: Literal["require", "token-only"]
    #: how the company's own mail servers name themselves in Authentication-Results
    authserv_ids: tuple[str, ...]


def check_sender(mail: Mail, policy: SenderPolicy) -> Sender:
    """The sender of `mail` and whether it is proven (RFC 5322, 3.4; RFC 8601; RFC 7489). Never raises.

    Reply-To, Sender and Return-Path count for nothing.
    """
    address, defect = read_from(mail.from_)
    defect = defect or next((d for d in mail.defects if d in _UNSOUND), "")
    if defect:
        return Sender("", defect, "none", "not judged: the From header is defective")
    verdict, detail = _dmarc(mail, address.rpartition("@")[2], policy.authserv_ids)
    if verdict == "pass":
        return Sender(address, "", "dmarc", detail)
    if policy.mode == "token-only" and verdict != "fail":
        return Sender(address, "", "token-only", f"token-only mode; {detail}")
    return Sender(address, "", "none", detail)


def read_from(values: tuple[str, ...]) -> tuple[str, str]:
    """(address in lower case, "") for exactly one plain From header, else ("", what is wrong with it)."""
    if len(values) != 1:
        return "", "there is no From header" if not values else f"there are {len(values)} From headers"
    value = values[0]
    if len(value) > _LONGEST:
        return "", "the From header is far too long"
    if is_unseen(readable(value)):
        return "", "the From header holds characters that nobody sees"
    match = _FROM.fullmatch(value)
    if match is None:
        return "", "the From header is not exactly one plain address with a name"
    address = (match["address"] or match["angle"]).lower()
    if len(address) > 254 or "=?" in address:
        return "", "the address is too long or holds an encoded word"
    return address, ""


def _dmarc(mail: Mail, domain: str, ids: tuple[str, ...]) -> tuple[Literal["pass", "fail", "none"], str]:
    """What the topmost Authentication-Results of our own server says of `domain`, and that in words."""
    if not ids:
        return "none", "no mail server is trusted to judge senders (authserv_ids is empty)"
    wanted = {name.lower() for name in ids}
    for name, value in mail.headers:
        if name == "received":
            by = _BY.search(value)
            # Whatever stands below a foreign server's line was there before our server had the mail.
            if by and not _same_house(by.group(1), wanted):
                return (
                    "none",
                    f"no Authentication-Results of {', '.join(ids)} above the line of {by.group(1)}",
                )
        if name == "authentication-results":
            said = _AUTHSERV_ID.match(value)
            if said and said.group(1).lower() in wanted:
                return _judge(value, domain)
    return "none", f"no Authentication-Results of {', '.join(ids)}"


def _judge(value: str, domain: str) -> tuple[Literal["pass", "fail", "none"], str]:
    try:
        parsed = AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
    except (AuthResError, ValueError, AttributeError, IndexError):
        return "none", "Authentication-Results cannot be read"
    results = [result for result in parsed.results if str(result.method).lower() == "dmarc"]
    if len(results) != 1:
        return "none", f"{parsed.authserv_id}: {'no' if not results else 'more than one'} dmarc result"
    result = str(results[0].result).lower()
    judged = [
        str(p.value).strip().lower()
        for p in results[0].properties
        if (str(p.type).lower(), str(p.name).lower()) == ("header", "from")
    ]
    detail = f"{parsed.authserv_id}: dmarc={result} header.from={', '.join(judged) or '?'}"
    if result == "fail":
        return "fail", detail
    if result == "pass" and judged == [domain]:
        return "pass", detail
    return "none", detail


def _same_house(host: str, ids: set[str]) -> bool:
    """Is `host` one of our own servers? Hosts without a domain (internal hops) are taken for ours."""
    name = host.lower().rstrip(".")
    if "." not in name or name.replace(".", "").isdigit():
        return True
    return any(_house(name) == _house(own) for own in ids)


def _house(name: str) -> str:
    """The part of a host name that its owner's servers share: contoh.co.id, example.com."""
    labels = name.split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])
