"""What Exchange Online says of a sender. Made from Microsoft's documents and public specimens, never tried.

Its Authentication-Results name no server, so position alone tells them from a forged one: Exchange Online
writes them above the line of its front door, and everything a sender wrote stands below that line. The
sources are listed in docs/decisions/0004-sender-proof.md.
"""

import re

from pipeline.mail.authresults import RECEIVED_BY, Report
from pipeline.model import Mail

_HOUSE = (".outlook.com", ".outlook.office365.com", ".prod.exchangelabs.com")
#: Where mail from outside enters; mail between two mailboxes of a tenant never comes this way.
_FRONT_DOOR = ".mail.protection.outlook.com"
_MAILBOX_SERVERS = (".prod.outlook.com", ".prod.exchangelabs.com")
_AUTH_AS = "x-ms-exchange-organization-authas"

_PIECE = re.compile(r"(?:[^;()]|\([^()]*\))*")
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"(spf|dkim|dmarc|compauth|arc)=([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"([a-z][a-z.-]*)=([A-Za-z0-9.@_+=/:-]*)", re.IGNORECASE)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def tenant_report(mail: Mail, domain: str) -> Report:
    """What the topmost Authentication-Results says of `domain`, if Exchange Online wrote it. Never raises.

    It counts only without a server's name in front and above every Received line of the front door and of
    hosts outside Microsoft's."""
    for name, value in mail.headers:
        if name == "received":
            hosts = _hosts(value)
            inside = all(_ends(host, _HOUSE) and not host.endswith(_FRONT_DOOR) for host in hosts)
            if not hosts or not inside:
                where = f"above the line of {hosts[0] if hosts else 'an unnamed host'}"
                return Report("none", f"Microsoft 365: no Authentication-Results {where}")
        if name == "authentication-results":
            return _read(value, domain)
    return Report("none", "Microsoft 365: no Authentication-Results")


def is_from_tenant(mail: Mail, domain: str, own_domains: tuple[str, ...]) -> bool:
    """Was the mail sent from a mailbox of our own tenant, under one of our own domains?

    Exchange Online takes X-MS-Exchange-Organization headers away from mail that comes from outside, and lets
    nobody send under another mailbox's address. Where a mail passed any other server, or the front door (as
    mail over a connector does, which may bring such headers along), it is not from the tenant."""
    if domain not in {own.lower() for own in own_domains}:
        return False
    said = mail.header_all(_AUTH_AS)
    lines = [_hosts(value) for value in mail.header_all("received")]
    if len(said) != 1 or said[0].strip() != "Internal" or not lines:
        return False
    return all(hosts and all(_ends(host, _MAILBOX_SERVERS) for host in hosts) for hosts in lines)


def _read(value: str, domain: str) -> Report:
    """The one dmarc verdict of a value such as `spf=pass (...) smtp.mailfrom=x;dmarc=pass header.from=x`."""
    pieces = _pieces(value)
    if not pieces or not _METHOD.fullmatch((pieces[0].split() or [""])[0]):
        return Report("none", "Microsoft 365: the topmost Authentication-Results is not of its making")
    results = []
    for piece in pieces:
        words = piece.split()
        method = _METHOD.fullmatch(words[0]) if words else None
        properties = [_PROPERTY.fullmatch(word) for word in words[1:]]
        if method is None:
            # Some tenants' headers hold the receiving domain between the methods: it says nothing.
            if words and (len(words) > 1 or not _DOMAIN.fullmatch(words[0])):
                return Report("none", "Microsoft 365: Authentication-Results cannot be read")
            continue
        if not all(properties):
            return Report("none", "Microsoft 365: Authentication-Results cannot be read")
        if method.group(1).lower() == "dmarc":
            named = [p.group(2).lower() for p in properties if p and p.group(1).lower() == "header.from"]
            results.append((method.group(2).lower(), named))
    if len(results) != 1:
        return Report("none", f"Microsoft 365: {'no' if not results else 'more than one'} dmarc result")
    result, judged = results[0]
    detail = f"Microsoft 365: dmarc={result} header.from={', '.join(judged) or '?'}"
    if result == "fail":
        return Report("fail", detail)
    return Report("pass" if result == "pass" and judged == [domain] else "none", detail)


def _pieces(value: str) -> list[str]:
    """What stands between the semicolons, without comments; empty where brackets or quotes are odd."""
    if not value.isascii() or any(char in value for char in "\"\\'") or not value.strip():
        return []
    pieces, place = [], 0
    while place <= len(value):
        match = _PIECE.match(value, place)
        end = match.end() if match else place
        if end < len(value) and value[end] != ";":
            return []
        pieces.append(_COMMENT.sub(" ", value[place:end]))
        place = end + 1
    return pieces


def _hosts(received: str) -> list[str]:
    """Every host a Received line calls the receiving one: where there are several, each must be ours."""
    return [host.lower().rstrip(".") for host in RECEIVED_BY.findall(received)]


def _ends(host: str, domains: tuple[str, ...]) -> bool:
    return host.endswith(domains)
