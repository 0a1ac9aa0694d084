"""Letters out: over SMTP, or into a Maildir. Sends the bytes it is given; writes no letter, keeps no list."""

import base64
import hashlib
import re
import smtplib
from dataclasses import dataclass
from typing import Protocol

from pipeline.mail.maildir import deliver_once
from pipeline.mail.places import OutboxSettings, SmtpSettings, conceal, trust, unreachable
from pipeline.model import PipelineError

__all__ = ["Delivery", "OutboxSettings", "Post", "Refusal", "SmtpSettings", "open_post"]

#: RFC 5321, 4.5.3.2.6: a client that waits less for the answer to DATA makes duplicates.
FINAL_ANSWER_S = 600

# Narrower than RFC 5321: spaces, brackets or commas could carry parameters or another address.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}", re.ASCII)


@dataclass(frozen=True)
class Refusal:
    """A recipient that the server did not take. Not permanent (4xx): worth another try later."""

    address: str
    code: int
    text: str
    permanent: bool


@dataclass(frozen=True)
class Delivery:
    """What became of one letter: `reply` is the server's last word, often with its queue id."""

    accepted: tuple[str, ...]
    refused: tuple[Refusal, ...]
    reply: str


class Post(Protocol):
    """Where letters leave."""

    def send(self, sender: str, recipients: tuple[str, ...], data: bytes) -> Delivery:
        """Hand over one letter; the server has it for `accepted` when this returns.

        PipelineError: the server could not be talked to, or the talk broke off; whether the letter was
        taken is then unknown, and the identical bytes may be sent again."""
        ...

    def close(self) -> None:
        """End the connection. Never raises."""
        ...


def open_post(settings: SmtpSettings | OutboxSettings) -> Post:
    """A post that connects at its first letter and keeps the connection for the next."""
    return SmtpPost(settings) if isinstance(settings, SmtpSettings) else Outbox(settings)


class Outbox:
    """Letters into a Maildir. The same letter twice is there once."""

    def __init__(self, settings: OutboxSettings) -> None:
        self._path = settings.path

    def send(self, sender: str, recipients: tuple[str, ...], data: bytes) -> Delivery:
        """See Post.send. Nobody is refused."""
        envelope = "\n".join((sender, *recipients)).encode()
        key = hashlib.sha256(envelope + b"\n\n" + data).hexdigest()[:32]
        path = deliver_once(self._path, data, key)
        return Delivery(recipients, (), path.name)

    def close(self) -> None:
        """Nothing is held open."""


class SmtpPost:
    """Letters over one SMTP connection, opened when it is needed."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, sender: str, recipients: tuple[str, ...], data: bytes) -> Delivery:
        """See Post.send."""
        if not _ADDRESS.fullmatch(sender):
            raise PipelineError(f"{sender!r} cannot be a sender's address.", "Correct portal.address.")
        good = tuple(dict.fromkeys(r for r in recipients if _ADDRESS.fullmatch(r)))
        odd = tuple(
            Refusal(r, 553, "no address that mail can be sent to", True) for r in recipients if r not in good
        )
        if not good:
            return Delivery((), odd, "")
        try:
            delivery = self._converse(self._ready(), sender, good, _with_crlf(data))
        except OSError as error:
            self._drop()
            raise PipelineError(
                f"The talk with {self._settings.host}:{self._settings.port} broke off: "
                f"{conceal(self._settings, error)}",
                "The letter is kept and sent again; its Message-ID shows a copy, should it arrive twice.",
            ) from None
        except PipelineError:
            self._drop()
            raise
        return Delivery(delivery.accepted, odd + delivery.refused, delivery.reply)

    def close(self) -> None:
        """Say QUIT where someone still listens."""
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except OSError:
            server.close()

    def _drop(self) -> None:
        # Without QUIT: after trouble, its answer may never come.
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _ready(self) -> smtplib.SMTP:
        """The connection, asked with RSET whether it still lives; a new one when it does not.

        This is the only place that connects anew, and it comes before MAIL FROM: no letter can be sent
        twice by it."""
        if self._server is not None:
            try:
                if self._server.rset()[0] == 250:
                    return self._server
            except OSError:
                pass
            self._drop()
        self._server = _connect(self._settings)
        return self._server

    def _converse(
        self, server: smtplib.SMTP, sender: str, recipients: tuple[str, ...], data: bytes
    ) -> Delivery:
        options = [f"SIZE={len(data)}"] if server.has_extn("size") else []
        if not data.isascii() and server.has_extn("8bitmime"):
            options.append("BODY=8BITMIME")
        code, text = server.mail(sender, options)
        if code == 552:
            # Too large for this server: that is the letter's fault, and no other's.
            return self._all_refused(recipients, code, text)
        self._insist(code == 250, f"sender {sender}", code, text)
        accepted, refused = self._name_recipients(server, recipients)
        if not accepted:
            return Delivery((), refused, "")
        code, answer = self._hand_over(server, data)
        if code != 250:
            return Delivery((), refused + self._all_refused(accepted, code, answer).refused, "")
        return Delivery(accepted, refused, f"{code} {conceal(self._settings, answer)}")

    def _name_recipients(
        self, server: smtplib.SMTP, recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
        accepted, refused = [], []
        for address in recipients:
            code, text = server.rcpt(address)
            self._insist(code != 421, "any more recipients", code, text)
            if code in (250, 251):
                accepted.append(address)
            else:
                refused.append(self._refusal(address, code, text))
        return tuple(accepted), tuple(refused)

    def _hand_over(self, server: smtplib.SMTP, data: bytes) -> tuple[int, bytes | str]:
        if server.sock is None:
            raise smtplib.SMTPServerDisconnected("the server has hung up")
        server.sock.settimeout(max(FINAL_ANSWER_S, self._settings.timeout_s))
        try:
            return server.data(data)
        except smtplib.SMTPDataError as refusal:
            # Said before the letter was sent, so that nobody has it.
            self._insist(refusal.smtp_code != 421, "the letter", 421, refusal.smtp_error)
            return refusal.smtp_code, refusal.smtp_error
        except OSError as error:
            raise PipelineError(
                f"{self._settings.host} gave no answer after the letter ({conceal(self._settings, error)}): "
                "whether it was taken is not known.",
                "It is sent again with identical bytes; its Message-ID shows the copy.",
            ) from None
        finally:
            if server.sock is not None:
                server.sock.settimeout(self._settings.timeout_s)

    def _refusal(self, address: str, code: int, text: bytes | str) -> Refusal:
        return Refusal(address, code, conceal(self._settings, text), permanent=500 <= code <= 599)

    def _all_refused(self, recipients: tuple[str, ...], code: int, text: bytes | str) -> Delivery:
        return Delivery((), tuple(self._refusal(address, code, text) for address in recipients), "")

    def _insist(self, fine: bool, what: str, code: int, text: bytes | str) -> None:
        if not fine:
            raise PipelineError(
                f"{self._settings.host} does not take {what}: {code} {conceal(self._settings, text)}",
                "The letter is kept and sent again. With a code of 5xx, ask for what post.user may send as "
                "(portal.address); with 4xx, wait.",
            )


def _connect(settings: SmtpSettings) -> smtplib.SMTP:
    try:
        if settings.security == "ssl":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout_s, context=trust(settings, "post")
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_s)
    except OSError as error:
        raise _not_open(settings, error) from error
    try:
        if settings.security == "starttls":
            # smtplib raises where it is not offered: there is no way down to plain.
            server.starttls(context=trust(settings, "post"))
        server.ehlo_or_helo_if_needed()
        if settings.user:
            _log_in(server, settings)
    except OSError as error:
        server.close()
        raise _not_open(settings, error) from None
    except PipelineError:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    if settings.user.isascii() and settings.password.isascii():
        server.login(settings.user, settings.password)
        return
    # smtplib encodes passwords in ASCII only; SASL PLAIN is UTF-8 (RFC 4616).
    secret = base64.b64encode(f"\0{settings.user}\0{settings.password}".encode()).decode()
    code, text = server.docmd("AUTH PLAIN", secret)
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, text)


def _not_open(settings: SmtpSettings, error: OSError) -> PipelineError:
    place = f"{settings.host}:{settings.port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return PipelineError(
            f"{place} refused the login of {settings.user}: "
            f"{error.smtp_code} {conceal(settings, error.smtp_error)}",
            "Check post.user and the password that password_env or password_file gives. Some providers want "
            "an app password.",
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return PipelineError(
            f"{place}: {conceal(settings, error)}",
            "Check post.port and post.security, and remove post.user where the server wants no login.",
        )
    if isinstance(error, smtplib.SMTPException):
        return PipelineError(
            f"{place} does not take letters now: {conceal(settings, error)}",
            "Letters are kept and sent later; check the server if this lasts.",
        )
    return unreachable(settings, "post", error)


def _with_crlf(data: bytes) -> bytes:
    # A bare CR or LF is read as a line end by some servers and not by others (SMTP smuggling).
    return re.sub(rb"\r\n|\r|\n", b"\r\n", data)
