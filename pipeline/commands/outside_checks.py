"""The checks of `doctor` that reach outside: mailbox, post, and the proof of who a mail is from."""

import ipaddress
import socket
from contextlib import closing

from pipeline.commands.onlooking import onlooking_office
from pipeline.commands.trying import Doubt
from pipeline.directory import read_directory
from pipeline.model import PipelineError
from pipeline.settings import Config, ImapMailbox, MaildirMailbox, OutboxPost, SenderProof, SmtpPost

_PATIENCE_S = 10


def check_mailbox(config: Config) -> str:
    """Connected and logged in, the folders there (they are made when missing); nothing is taken in."""
    with onlooking_office(config) as office, closing(office.open_mailbox()) as mailbox:
        waiting = len(mailbox.waiting())
    _doubt_plain("mailbox", config.mailbox)
    return f"{waiting} mails waiting, its folders are there"


def check_post(config: Config) -> str:
    """The place for letters can be reached; no letter is sent."""
    post = config.post
    if isinstance(post, OutboxPost):
        if post.path.exists() and not post.path.is_dir():
            raise PipelineError(f"{post.path} is no folder.", "Name a folder in post.path.")
        return f"letters are put into {post.path}; a mail server must take them from there"
    post.password()
    try:
        with socket.create_connection((post.host, post.port), timeout=_PATIENCE_S):
            pass
    except OSError as error:
        raise PipelineError(
            f"{post.host}:{post.port} does not answer ({error.strerror or error}).",
            "Check post.host and post.port, the network and the firewall.",
        ) from error
    _doubt_plain("post", post)
    return f"{post.host}:{post.port} answers; the login is tried with the first letter"


def check_proof(config: Config) -> str:
    """How an approver's mail is known to be his own. Doubt where it is weak, or was never tried."""
    proof = config.sender_proof
    if proof.mode == "token-only":
        raise Doubt(
            "mode is token-only: whoever gets hold of an approval mail can answer it.",
            "Set mode: require and authserv_ids to your mail server's name.",
        )
    ways = "; or ".join(_ways(proof))
    if proof.smime and not _certificates(config):
        raise Doubt(
            f"{ways}; but no approver has a certificate in {config.files.directory.name}.",
            "Write the fingerprints into its column for certificates, or set sender_proof.smime: false.",
        )
    if proof.microsoft365:
        raise Doubt(
            f"{ways}. This was made from Microsoft's documents and never ran against the real service.",
            "Before you rely on it, `run.py explain` a real mail from a colleague, one from outside, and one "
            "from outside under a colleague's address: only the last must show no proof.",
        )
    return f"{ways} is required"


def _ways(proof: SenderProof) -> list[str]:
    """The proofs that are asked for, each in a few words."""
    server = "Microsoft 365" if proof.microsoft365 else ", ".join(proof.authserv_ids)
    ways = [f"dmarc=pass of {server}"]
    if proof.arc_sealers:
        ways.append(f"the seal of {', '.join(proof.arc_sealers)} (ARC)")
    if proof.microsoft365:
        ways.append("a mailbox of the own tenant")
    if proof.smime:
        ways.append("the S/MIME certificate of the directory")
    return ways


def _certificates(config: Config) -> bool:
    """Has anybody who may approve a certificate in the directory? What is wrong with it is told elsewhere."""
    path = config.files.directory
    if not path.exists():
        return False
    try:
        directory = read_directory(path.read_bytes())
    except PipelineError:
        return True
    roles = config.approval.roles
    return any(person.certificate for role in roles for person in directory.with_role(role))


def _doubt_plain(section: str, place: MaildirMailbox | ImapMailbox | SmtpPost) -> None:
    if isinstance(place, MaildirMailbox) or place.security != "plain" or _is_here(place.host):
        return
    raise Doubt(
        f"{place.host} is spoken to without encryption: password and mails can be read on the way.",
        f"Set {section}.security to ssl or starttls.",
    )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
