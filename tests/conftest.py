"""Fixtures that every test may use; they are explained at the head of tests/servers.py."""

from tests.scripts import start_script
from tests.servers import dovecot, pymap_server
from tests.smtp_servers import smtp_server, start_smtp

__all__ = ["dovecot", "pymap_server", "smtp_server", "start_script", "start_smtp"]
