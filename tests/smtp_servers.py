"""SMTP servers for tests: they keep what they are given, refuse what they are told to. See servers.py."""

import contextlib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pipeline.mail.places import Security, SmtpSettings
from tests.servers import HOST, free_ports, make_certificate


@dataclass
class SmtpServer:
    """A running SMTP server and what it was given. `refuse` and `answer` may be changed while it runs."""

    port: int
    security: Security = "plain"
    user: str = ""
    password: str = ""
    ca_file: str = ""
    refuse: dict[str, str] = field(default_factory=dict)
    #: what it says at the end of DATA; "" drops the connection there, having taken the letter
    answer: str = "250 2.0.0 taken"
    messages: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    #: every MAIL command's options, and how often someone connected
    options: list[list[str]] = field(default_factory=list)
    connections: int = 0
    host: str = HOST

    def settings(self, timeout_s: float = 10) -> SmtpSettings:
        return SmtpSettings(
            self.host, self.port, self.user, self.password, self.security, timeout_s, self.ca_file
        )

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks the hooks up by these names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.options.append(options)
        if address in self.refuse:
            return self.refuse[address]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if not self.answer.startswith(("4", "5")):
            assert isinstance(envelope.content, bytes)
            self.messages.append((envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        if not self.answer and server.transport is not None:
            server.transport.abort()
        return self.answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        right = data == LoginPassword(self.user.encode(), self.password.encode())
        return AuthResult(success=right, handled=right)


@pytest.fixture
def start_smtp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., SmtpServer]]:
    with contextlib.ExitStack() as running:

        def start(*, starttls: bool = False, tls: bool = False, port: int = 0, **facts: object) -> SmtpServer:
            server = SmtpServer(port or free_ports(1)[0], **facts)  # type: ignore[arg-type]
            options: dict[str, object] = {}
            context = None
            if starttls or tls:
                folder = tmp_path_factory.mktemp("certificate")
                make_certificate(folder)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
                server.ca_file = str(folder / "cert.pem")
                server.security = "ssl" if tls else "starttls"
            if starttls:
                options |= {"tls_context": context, "require_starttls": True}
            if server.user:
                options |= {
                    "authenticator": server.authenticate, "auth_required": True, "auth_require_tls": starttls,
                }  # fmt: skip
            controller = Controller(
                server, HOST, server.port, ssl_context=context if tls else None, decode_data=False, **options
            )
            controller.start()
            running.callback(controller.stop)
            return server

        yield start


@pytest.fixture
def smtp_server(start_smtp: Callable[..., SmtpServer]) -> SmtpServer:
    return start_smtp()
