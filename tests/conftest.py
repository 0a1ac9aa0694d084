"""Fixtures that every test may use; they are explained at the head of tests/servers.py.

No test takes the power away, so that the tests' own process need not wait for the disk: that would be a third
of their time. The commands that they start as processes wait for it as in use.
"""

import os

from tests import process
from tests.scripts import start_script
from tests.servers import dovecot, pymap_server
from tests.smtp_servers import smtp_server, start_smtp

__all__ = ["dovecot", "pymap_server", "smtp_server", "start_script", "start_smtp"]

process.prepare()
os.fsync = lambda _handle: None


def pytest_collection_finish() -> None:
    process.look_no_more_at_what_stays()
