"""Who a mail is really from: a strict reading of From, and what our own server says of it. Decides nothing.

Lenient parsers read `From: boss@corp.example <evil@evil.example>` as boss@corp.example; the mail server
judged evil.example. So identity comes from this grammar alone, and what does not fit it is a defect.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.mail.arc import check_seals
from pipeline.mail.authresults import own_report
from pipeline.mail.decoding import is_unseen, readable
from pipeline.mail.microsoft365 import is_from_tenant, tenant_report
from pipeline.mail.smime import NotProven, check_signature
from pipeline.model import Directory, Mail, Sender

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
    "a header twice that may stand once",
)  # fmt: skip
#: An approval code as our letters carry it; whether it is one we gave out is for the desk.
_CODE = re.compile(r"\bAK\d{1,3}-[0-9A-HJKMNP-TV-Z]{26}\b", re.IGNORECASE)


@dataclass(frozen=True)
class SenderPolicy:
    """What proof of a sender the company asks for (config.yaml, sender_proof)."""

    mode: Literal["require", "token-only"]
    #: how the company's own mail servers name themselves in Authentication-Results
    authserv_ids: tuple[str, ...]
    #: servers under another domain that take a mail in after it was judged
    own_hosts: tuple[str, ...] = ()
    #: mailing lists and forwarders whose word on a sender is taken where our server found the seals whole
    arc_sealers: tuple[str, ...] = ()
    #: the mailbox is one of Exchange Online, whose Authentication-Results name no server
    microsoft365: bool = False
    #: the domains whose mailboxes are all in our own Microsoft 365 tenant
    own_domains: tuple[str, ...] = ()
    #: a signature with the certificate that is pinned in the directory proves an approver
    smime: bool = False


@dataclass(frozen=True)
class Pins:
    """What an S/MIME signature is held against: whose certificate is which, and the time of receipt."""

    directory: Directory
    now: datetime


def check_sender(mail: Mail, policy: SenderPolicy, pins: Pins | None = None) -> Sender:
    """The sender of `mail` and how he is proven (RFC 5322, 3.4; RFC 7489, 8601, 8617, 8551). Never raises.

    Reply-To, Sender and Return-Path count for nothing. Without `pins` no S/MIME signature does. Of several
    proofs the first is named, in the order dmarc, arc, microsoft365-internal, smime, token-only."""
    address, defect = read_from(mail.from_)
    defect = defect or next((d for d in mail.defects if d in _UNSOUND), "")
    if defect:
        return Sender("", defect, "none", f"not judged: {defect}")
    domain = address.rpartition("@")[2]
    if policy.microsoft365:
        report = tenant_report(mail, domain)
    else:
        report = own_report(mail, domain, policy.authserv_ids, policy.own_hosts)
    if report.dmarc == "pass":
        return Sender(address, "", "dmarc", report.detail)
    said = [report.detail]
    if policy.arc_sealers and not policy.microsoft365:
        seals = check_seals(mail, report, domain, policy.arc_sealers)
        said.append(seals.detail)
        if seals.trusted:
            return Sender(address, "", "arc", "; ".join(said))
    if policy.microsoft365 and report.dmarc == "none" and is_from_tenant(mail, domain, policy.own_domains):
        said.append("sent from a mailbox of the own tenant (AuthAs: Internal)")
        return Sender(address, "", "microsoft365-internal", "; ".join(said))
    if policy.smime and pins is not None and mail.signed is not None:
        signed, detail = _signed_by(mail, address, pins)
        said.append(detail)
        if signed:
            return Sender(address, "", "smime", "; ".join(said))
    if policy.mode == "token-only" and report.dmarc != "fail":
        return Sender(address, "", "token-only", f"token-only mode; {'; '.join(said)}")
    return Sender(address, "", "none", "; ".join(said))


def _signed_by(mail: Mail, address: str, pins: Pins) -> tuple[bool, str]:
    """Does the mail's signature prove the owner of `address`, and why (not)?

    Headers are not signed: without an approval code among the signed words, any old signed mail could be sent
    again under new headers."""
    fingerprints = {p.certificate for p in pins.directory.people if p.email == address and p.certificate}
    if mail.signed is None or len(fingerprints) != 1:
        return False, f"signed, but the directory has no certificate of {address}"
    if not _CODE.search(f"{mail.text or ''}\n{mail.html or ''}"):
        return False, "signed, but no approval code stands among the signed words"
    try:
        return True, check_signature(mail.signed, fingerprints.pop(), pins.now)
    except NotProven as error:
        return False, str(error)


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
