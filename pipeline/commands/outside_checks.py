"""The checks of `doctor` that reach outside: mailbox, post, and the proof of who a mail is from."""

import ipaddress
import socket
from contextlib import closing

from pipeline.commands.onlooking import onlooking_office
from pipeline.commands.trying import Doubt
from pipeline.model import PipelineError
from pipeline.settings import Config, ImapMailbox, MaildirMailbox, OutboxPost, SmtpPost

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
    """How an approver's mail is known to be his own."""
    if config.sender_proof.mode == "token-only":
        raise Doubt(
            "mode is token-only: whoever gets hold of an approval mail can answer it.",
            "Set mode: require and authserv_ids to your mail server's name.",
        )
    return f"dmarc=pass of {', '.join(config.sender_proof.authserv_ids)} is required"


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
