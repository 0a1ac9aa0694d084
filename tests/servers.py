"""Mail servers for tests, all on 127.0.0.1 and gone afterwards. Registered as fixtures in conftest.py.

dovecot        Dovecot 2.3 as Debian packages it, one a run. Where it cannot run it skips, and says why.
pymap_server   the in-memory IMAP server that pip brings, one for the whole run; it has one user only.
smtp_server    an aiosmtpd server that takes everything; one a test (tests/smtp_servers.py).
start_smtp     a function that starts others: start_smtp(starttls=True), start_smtp(user="u", password="p"),
               start_smtp(refuse={"gone@example.com": "550 unknown"}), start_smtp(answer="451 later")
start_script   a function that starts a server from a script, for what no real one does (tests/scripts.py).

Both IMAP servers:
    user = dovecot.new_user()                   a new, empty mailbox (pymap: its only one, emptied)
    settings = dovecot.settings(user)           ImapSettings; security="starttls" or "ssl" with dovecot only
    dovecot.append(user, raw)                   a mail arrives; optional: folder=, flags=, at= (a datetime)
    dovecot.mails(user, "Akses/Processed")      what lies in a folder: tuple of (flags, bytes), by UID
    dovecot.client(user)                        a logged-in imaplib client (a context) for the rest
SMTP servers:
    smtp_server.host, .port, .settings()        SmtpSettings that fit it
    smtp_server.messages                        list of (mail_from, rcpt_tos, bytes)
"""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from imap_tools.utils import encode_folder

from pipeline.mail.places import Folders, ImapSettings, Security

HOST = "127.0.0.1"
PASSWORD = "mercusuar-biru"


@dataclass(frozen=True)
class User:
    name: str
    password: str
    #: what the server wants before and between folder names
    prefix: str = ""
    delimiter: str = "."


@dataclass
class ImapServer:
    """A running IMAP server; how its users are made differs."""

    ports: dict[Security, int]
    ca_file: str = ""
    new_user: Callable[..., User] = field(default=User)

    def settings(
        self, user: User, security: Security = "plain", folders: Folders | None = None
    ) -> ImapSettings:
        return ImapSettings(
            HOST,
            self.ports[security],
            user.name,
            user.password,
            security,
            folders or Folders(),
            10,
            self.ca_file,
        )

    @contextlib.contextmanager
    def client(self, user: User) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4(HOST, self.ports["plain"], timeout=10) as client:
            client.login(user.name, user.password)
            yield client

    def append(
        self, user: User, raw: bytes, folder: str = "INBOX", flags: str = "", at: datetime | None = None
    ) -> None:
        with self.client(user) as client:
            verdict, answer = client.append(_name(user, folder), flags or None, at, raw)  # type: ignore[arg-type]
            assert verdict == "OK", answer

    def mails(self, user: User, folder: str = "INBOX") -> tuple[tuple[str, bytes], ...]:
        with self.client(user) as client:
            assert client.select(_name(user, folder), readonly=True)[0] == "OK", f"no folder {folder}"
            found = []
            for uid in client.uid("SEARCH", "ALL")[1][0].split():
                parts = client.uid("FETCH", uid.decode(), "(FLAGS BODY.PEEK[])")[1]
                text = b"".join(part if isinstance(part, bytes) else part[0] for part in parts)
                flags = b" ".join(imaplib.ParseFlags(text)).decode()
                body = next((part[1] for part in parts if isinstance(part, tuple)), None)
                found.append((flags, body if body is not None else text.split(b'"')[1]))
            return tuple(found)

    def delete_folder(self, user: User, folder: str) -> None:
        with self.client(user) as client:
            assert client.delete(_name(user, folder))[0] == "OK"


def _name(user: User, folder: str) -> str:
    real = folder if folder == "INBOX" else user.prefix + folder.replace("/", user.delimiter)
    return encode_folder(real).decode()


# --- ports and certificates -----------------------------------------------------------------------


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now. They are all held until the last is found, so that they differ."""
    with contextlib.ExitStack() as held:
        found = [held.enter_context(socket.create_server((HOST, 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


def wait_for(port: int, greeting: bytes, explain: Callable[[], str], seconds: float = 20) -> None:
    """Until the server on `port` greets; fails with what `explain` says."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 2) as tried:
            if tried.recv(64).startswith(greeting):
                return
        time.sleep(0.02)
    raise AssertionError(f"no server came up on port {port}: {explain()}")


def make_certificate(folder: Path) -> None:
    """cert.pem and key.pem for 127.0.0.1 (not for localhost), valid for two days, trusted by nobody else."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=akses test",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip


# --- Dovecot --------------------------------------------------------------------------------------

DOVECOT_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
# Only for connections that do not come from this machine would Dovecot insist on TLS anyway.
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
first_valid_uid = 1
first_valid_gid = 1
namespace inbox {{
  inbox = yes
}}
# One file a user: Dovecot looks at a password file's time only once a second.
passdb {{
  driver = passwd-file
  args = scheme=plain {folder}/users/%u
}}
userdb {{
  driver = passwd-file
  args = {folder}/users/%u
}}
service anvil {{
  chroot =
  # Or one refused login would slow down all that follow from this address.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


@pytest.fixture(scope="session")
def dovecot() -> Iterator[ImapServer]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        pytest.skip("Dovecot is not installed here; .ci/run installs it")
    # Not below pytest's own folder: that is closed to Dovecot's users.
    folder = Path(tempfile.mkdtemp(prefix="akses-dovecot-"))
    try:
        yield from _run_dovecot(program, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_dovecot(program: str, folder: Path) -> Iterator[ImapServer]:
    folder.chmod(0o755)
    for name in ("run", "state", "users", "mail"):
        (folder / name).mkdir()
    users, owner = _users()
    os.chown(folder / "mail", *map(int, owner.split(":")))
    make_certificate(folder)
    plain, tls = free_ports(2)
    conf = folder / "dovecot.conf"
    conf.write_text(users + DOVECOT_CONF.format(folder=folder, plain=plain, tls=tls))
    server = subprocess.Popen([program, "-F", "-c", str(conf)])
    try:
        wait_for(plain, b"* OK", (folder / "dovecot.log").read_text)
        made = iter(range(1, 100_000))

        def new_user(prefix: str = "", delimiter: str = ".", password: str = PASSWORD) -> User:
            user = User(f"user{next(made)}", password, prefix, delimiter)
            extra = f"userdb_namespace/inbox/prefix={prefix} userdb_namespace/inbox/separator={delimiter}"
            extra = extra if prefix else ""
            (folder / "users" / user.name).write_text(
                f"{user.name}:{user.password}:{owner}::{folder}/mail/{user.name}::{extra}\n"
            )
            return user

        yield ImapServer(
            {"plain": plain, "starttls": plain, "ssl": tls}, str(folder / "cert.pem"), new_user=new_user
        )
    finally:
        server.terminate()
        server.wait(10)


def _users() -> tuple[str, str]:
    """Settings for who runs what, and uid:gid of the mails: the packaged users, or without root ourselves."""
    if os.getuid() == 0:
        return "", "65534:65534"
    me, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    users = f"default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group = {group}\n"
    return users, f"{os.getuid()}:{os.getgid()}"


# --- pymap ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pymap_server() -> Iterator[ImapServer]:
    (port,) = free_ports(1)
    user = User("demouser", "demopass", delimiter="/")
    # Half a million rounds of password hashing a login would be most of the tests' time.
    launch = (
        "from pymap.main import main; from pysasl.hashing import BuiltinHash as b; "
        "b.__init__.__kwdefaults__.update(rounds=1); main()"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", launch, "--no-tls", "--host", HOST, "--port",
         str(port), "dict", "--demo-user", user.name, "--demo-password", user.password],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port, b"* OK", lambda: "pymap said nothing")
        pymap = ImapServer({"plain": port})
        pymap.new_user = lambda: _emptied(pymap, user)
        yield pymap
    finally:
        # It waits for its clients when asked to stop; it has nothing to lose.
        server.kill()
        server.wait(10)


def _emptied(server: ImapServer, user: User) -> User:
    with server.client(user) as client:
        for line in client.list()[1]:
            name = line.decode().rpartition(' "/" ')[2]
            if name != "INBOX":
                client.delete(name)
        client.select("INBOX")
        client.store("1:*", "+FLAGS", r"(\Deleted)")
        client.expunge()
    return user
