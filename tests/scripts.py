"""Servers that follow a script, for what no real server does on demand. See tests/servers.py."""

import contextlib
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.servers import HOST

#: Gets a line without its end and gives the bytes to answer.
Script = Callable[[bytes], bytes]


class HangUp(Exception):
    """Raised by a script: say these last bytes, then drop the connection."""


@dataclass
class ScriptedServer:
    """Says a greeting, then to each line what its script says. `lines` holds all that came, as it came."""

    port: int
    lines: list[bytes] = field(default_factory=list)

    @property
    def commands(self) -> list[str]:
        """What came, without tags and line ends."""
        return [line.decode().partition(" ")[2].rstrip("\r\n") for line in self.lines]


@pytest.fixture
def start_script() -> Iterator[Callable[..., ScriptedServer]]:
    with contextlib.ExitStack() as running:

        def start(greeting: bytes, script: Script) -> ScriptedServer:
            class Talk(socketserver.StreamRequestHandler):
                def handle(self) -> None:
                    self.wfile.write(greeting)
                    with contextlib.suppress(ConnectionError):
                        while line := self.rfile.readline():
                            scripted.lines.append(line)
                            try:
                                self.wfile.write(script(line.rstrip(b"\r\n")))
                            except HangUp as last:
                                self.wfile.write(last.args[0])
                                return

            server = socketserver.ThreadingTCPServer((HOST, 0), Talk)
            server.daemon_threads = True
            scripted = ScriptedServer(server.server_address[1])
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            running.callback(server.server_close)
            running.callback(server.shutdown)
            return scripted

        yield start


@dataclass
class ImapScript:
    """A small IMAP server for one mailbox. What a test wants otherwise, it puts into `instead`."""

    mails: dict[int, bytes] = field(default_factory=dict)
    #: named only after login, as Dovecot does
    able: str = "MOVE UIDPLUS"
    validity: int = 77
    folders: list[str] = field(default_factory=lambda: ["INBOX"])
    delimiter: str = "/"
    #: command as it starts ("UID FETCH") -> its whole answer, with TAG for the tag; bytes or a function
    instead: dict[str, str] = field(default_factory=dict)
    #: bytes of FETCH answers after which the connection drops
    cut: int | None = None
    logged_in: bool = False

    GREETING = b"* OK ready\r\n"

    def __call__(self, line: bytes) -> bytes:
        tag, _, command = line.decode().partition(" ")
        for start, answer in self.instead.items():
            if command.upper().startswith(start):
                return answer.replace("TAG", tag).encode("latin-1")
        words = command.replace("UID ", "UID_", 1).split(" ")
        answer = getattr(self, f"do_{words[0].lower()}")(*words[1:])
        if words[0] == "UID_FETCH" and self.cut is not None and "BODY" in command:
            raise HangUp((answer + f"{tag} OK done\r\n".encode())[: self.cut])
        return bytes(answer) + f"{tag} OK done\r\n".encode()

    def do_capability(self) -> bytes:
        return f"* CAPABILITY IMAP4rev1 {self.able if self.logged_in else 'AUTH=PLAIN'}\r\n".encode()

    def do_login(self, *_: str) -> bytes:
        self.logged_in = True
        return b""

    def do_list(self, _: str, pattern: str) -> bytes:
        names = self.folders if pattern == '"*"' else [""]
        return "".join(f'* LIST () "{self.delimiter}" "{name}"\r\n' for name in names).encode()

    def do_create(self, *name: str) -> bytes:
        self.folders.append(" ".join(name).strip('"'))
        return b""

    def do_select(self, _: str) -> bytes:
        return f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] valid\r\n".encode()

    def do_uid_fetch(self, uids: str, *items: str) -> bytes:
        answer = b""
        for number, (uid, raw) in enumerate(sorted(self.mails.items()), 1):
            if uids not in ("1:*", str(uid)):
                continue
            facts = f'UID {uid} INTERNALDATE "24-Nov-2026 12:00:00 +0700" RFC822.SIZE {len(raw)}'
            partial = re.search(r"BODY\.PEEK\[\]<(\d+)\.(\d+)>", " ".join(items))
            answer += f"* {number} FETCH ({facts}".encode()
            if partial:
                body = raw[int(partial[1]) :][: int(partial[2])]
                answer += f" BODY[]<{partial[1]}> {{{len(body)}}}\r\n".encode() + body
            answer += b")\r\n"
        return answer

    def do_uid_search(self, *words: str) -> bytes:
        return f"* SEARCH {words[1] if int(words[1]) in self.mails else ''}\r\n".encode()

    def do_uid_move(self, uid: str, *_: str) -> bytes:
        self.mails.pop(int(uid), None)
        return b""

    do_uid_expunge = do_uid_move

    def nothing(self, *_: str) -> bytes:
        return b""

    do_subscribe = do_noop = do_uid_copy = do_uid_store = nothing

    def do_logout(self) -> bytes:
        return b"* BYE\r\n"


def smtp_script(replies: dict[str, bytes], sent: list[str]) -> Callable[[bytes], bytes]:
    """An SMTP server of a few lines: `replies` by verb; a reply of b"" hangs up."""
    usual = {"EHLO": b"250 hello\r\n", "DATA": b"354 go\r\n", ".": b"250 taken\r\n", "QUIT": b"221 bye\r\n"}
    in_data = False

    def script(line: bytes) -> bytes:
        nonlocal in_data
        verb = "." if in_data and line == b"." else line.decode()[:4].upper()
        if in_data and verb != ".":
            return b""
        sent.append(verb)
        reply = replies.get(verb, usual.get(verb, b"250 ok\r\n"))
        in_data = verb == "DATA" and reply.startswith(b"354")
        if not reply:
            raise HangUp(b"")
        return reply

    return script
