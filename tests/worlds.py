"""The demo company on real servers: the portal's mailbox on IMAP, its letters over SMTP."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pipeline.demo import company
from pipeline.demo.register_hand import fill_register
from pipeline.mail.places import ImapSettings
from tests.company import Company
from tests.servers import ImapServer, User
from tests.smtp_servers import SmtpServer


class ServerWorld:
    """The world of pipeline.demo.story.Story: mails arrive by IMAP, letters leave by SMTP."""

    def __init__(self, folder: Path, imap: ImapServer, smtp: SmtpServer, security: str = "plain") -> None:
        self.imap, self.smtp = imap, smtp
        self.user: User = imap.new_user()
        settings = imap.settings(self.user, security)  # type: ignore[arg-type]
        (folder / "password").write_text(self.user.password + "\n")
        self.company = Company(folder, lambda data: self._adapt(data, settings, folder))

    def _adapt(self, data: dict[str, Any], settings: ImapSettings, folder: Path) -> None:
        data["mailbox"] = {
            "kind": "imap", "host": settings.host, "port": settings.port, "security": settings.security,
            "user": self.user.name, "password_file": str(folder / "password"), "ca_file": settings.ca_file,
            "folders": dict(data["mailbox"].get("folders", {})),
        }  # fmt: skip
        data["post"] = {
            "kind": "smtp", "host": self.smtp.host, "port": self.smtp.port, "security": self.smtp.security,
            "ca_file": self.smtp.ca_file,
        }  # fmt: skip

    def deliver(self, raw: bytes) -> None:
        self.imap.append(self.user, raw)

    def letters(self) -> Iterable[bytes]:
        for sender, recipients, raw in self.smtp.messages:
            assert sender == company.PORTAL
            assert recipients
            yield raw

    def poll(self) -> None:
        self.company.poll()

    def fill_register(self, done: Callable[[str], dict[str, str]]) -> None:
        fill_register(self.company.config.files.register_workbook, done)

    def count(self, folder: str) -> int:
        name = getattr(self.company.config.mailbox.folders, folder)
        return len(self.imap.mails(self.user, name))
