"""One canary for a password and one for the keys: no output of Akses ever holds either (threat T31)."""

import base64
import json
import logging
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.demo import clients, company
from pipeline.flow import try_tick
from pipeline.mail.post import SmtpSettings, open_post
from pipeline.model import PipelineError
from tests.commands.house import Result, run
from tests.company import BOSS, MORNING, Company
from tests.scripts import ImapScript, ScriptedServer
from tests.servers import HOST

PASSWORD = "kenari-Di-Tambang-7"
KEYS = {"letters": b"kenari kunci surat, 32 bytes min", "tokens": b"kenari kunci token, 32 bytes min"}
#: What careless servers say: the line that they could not take, as it came.
IMAP_REFUSAL = f'TAG NO cannot log in LOGIN "akses" "{PASSWORD}"\r\n'
StartScript = Callable[..., ScriptedServer]


def _shapes() -> set[bytes]:
    """The canaries as they stand, in hex, in base 64 (alone and as SASL has it), and as Python's bytes."""
    plain = [PASSWORD.encode(), *KEYS.values()]
    sasl = f"\0akses\0{PASSWORD}".encode()
    # Of base 64 the last group differs with what follows.
    coded = [base64.b64encode(one).rstrip(b"=")[:-2] for one in [*plain, sasl]]
    return {*plain, *coded, *(one.hex().encode() for one in plain), *(repr(one).encode() for one in plain)}


def leaks(data: bytes) -> set[bytes]:
    """The shapes found in `data`, in the parts of a mail and of a workbook too."""
    inside = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(data)) as package:
            inside += [package.read(name) for name in package.namelist()]
    elif b"Message-ID:" in data[:4000]:
        for part in message_from_bytes(data).walk():
            inside.append(part.get_payload(decode=True) or b"")
    return {shape for shape in _shapes() for one in inside if shape in one}


@dataclass
class Watched:
    """A company with the canaries put in, and everything that its commands said."""

    house: Company
    folder: Path
    said: list[bytes]

    def run(self, command: str, *words: object) -> Result:
        result = run(command, *words, "--config", self.house.config_file)
        self.said += [result.out.encode(), result.err.encode()]
        return result

    def move_to(self, imap_port: int, smtp_port: int) -> None:
        """From the Maildir to servers on these ports, with the canary for a password."""

        def change(data: dict) -> None:
            place = {"host": HOST, "security": "plain", "user": "akses"}
            data["mailbox"] = {"kind": "imap", "port": imap_port, "password_env": "AKSES_IMAP", **place}
            data["post"] = {"kind": "smtp", "port": smtp_port, "password_env": "AKSES_SMTP", **place}

        self.house._change(change)

    def files(self) -> dict[str, bytes]:
        """All that was written, but for the key file itself."""
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.name != "keys.json")
        return {str(path): path.read_bytes() for path in found}


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Watched:
    monkeypatch.setenv("AKSES_IMAP", PASSWORD)
    monkeypatch.setenv("AKSES_SMTP", PASSWORD)
    # Deeper than anybody logs: of every library, too.
    caplog.set_level(logging.DEBUG)
    state = tmp_path / "company" / "state"

    def put_in(data: dict) -> None:
        state.mkdir(exist_ok=True)
        assert data["files"]["state"] == "state"
        keys = {"tokens": {"1": KEYS["tokens"].hex()}, "letters": KEYS["letters"].hex()}
        (state / "keys.json").write_text(json.dumps(keys))

    house = Company(tmp_path, put_in)
    assert house.office.keys.letters == KEYS["letters"]
    return Watched(house, tmp_path, [])


def careless_smtp(line: bytes) -> bytes:
    if line.upper().startswith(b"EHLO"):
        return b"250-hello\r\n250 AUTH PLAIN LOGIN\r\n"
    return b"535 cannot take " + line + b"\r\n" if line.upper().startswith(b"AUTH") else b"250 ok\r\n"


def play(house: Company) -> None:
    """A request that is decided, a form that goes back, a forgery, and a mail that meets a bug."""
    house.send_form(company.finance_form(MORNING.date()))
    house.send_form(company.sales_form_with_mistakes(MORNING.date()))
    house.poll()
    house.send(clients.forged_approval(BOSS, house.asked(), house.clock.now))
    house.answer(house.asked(), "SETUJU")
    with patch("pipeline.approval.tokens.mint_code", side_effect=RuntimeError("a bug")):
        assert house.poll().failed
    house.poll()
    assert house.case().state == "approved"
    house.send(clients.newsletter(house.clock.now))


def show(watched: Watched) -> None:
    """Every command that shows anything."""
    mail = next(watched.folder.rglob("*.eml"))
    for words in (
        ("status", "--mails"), ("status", "REQ-2026-0001", "--json"), ("verify",), ("explain", mail),
        ("doctor",), ("report", f"{MORNING:%Y-%m}"), ("poll", "--once", "--dry-run"), ("poll", "--once"),
        ("evidence", "REQ-2026-0001", "--out", watched.folder / "evidence.zip"),
    ):  # fmt: skip
        result = watched.run(*words)
        assert result.out or result.err


def fail(watched: Watched, words: str = "poll --once") -> None:
    assert watched.run(*words.split()).code == 1


def test_no_output_holds_the_canary_password_or_the_canary_keys(
    watched: Watched, start_script: StartScript, caplog: pytest.LogCaptureFixture
) -> None:
    play(watched.house)
    show(watched)
    imap = start_script(ImapScript.GREETING, ImapScript(instead={"LOGIN": IMAP_REFUSAL}))
    smtp = start_script(b"220 hi\r\n", careless_smtp)
    watched.move_to(imap.port, smtp.port)
    # A letter that waits, for a server to refuse.
    with watched.house.office.journal.entry() as entry:
        entry._db.exec_driver_sql("UPDATE letters SET state = 'waiting', waiting = recipients WHERE id = 1")
    fail(watched)
    fail(watched, "doctor")
    assert any(PASSWORD.encode() in line for line in imap.lines), "the canary was really sent"
    assert any(line.startswith(b"AUTH") for line in smtp.lines)
    # Nobody there; then rounds of the service that meet a bug while the password is in its hands.
    watched.move_to(9, 9)
    fail(watched)
    office = watched.house.open()
    for place in ("pipeline.mail.imap.wire.log_in", "pipeline.mail.imap_wire.MailBoxUnencrypted"):
        with patch(place, side_effect=RuntimeError("a bug")):
            assert not try_tick(office)
    (watched.folder / "company" / "state" / "keys.json").write_text(f'{{"tokens": "{PASSWORD}"')
    fail(watched)
    assert "RuntimeError: a bug" in caplog.text, "tracebacks were written"
    outputs = {"log": caplog.text.encode(), "commands": b"\n".join(watched.said), **watched.files()}
    assert len(outputs) > 30
    assert not {place: found for place, data in outputs.items() if (found := leaks(data))}


def test_a_server_that_repeats_the_sasl_line_does_not_bring_it_into_the_message(
    start_script: StartScript,
) -> None:
    def only_plain(line: bytes) -> bytes:
        return careless_smtp(line).replace(b" LOGIN\r", b"\r")

    server = start_script(b"220 hi\r\n", only_plain)
    with (
        closing(open_post(SmtpSettings(HOST, server.port, "akses", PASSWORD, "plain", 5))) as post,
        pytest.raises(PipelineError, match="refused the login") as refusal,
    ):
        post.send("akses-it@example.com", ("rina@example.com",), b"Subject: x\r\n\r\nx\r\n")
    assert not leaks(str(refusal.value).encode())


@pytest.mark.parametrize("data", [
    f"x {PASSWORD} y".encode(), base64.b64encode(f"\0akses\0{PASSWORD}".encode()),
    KEYS["tokens"].hex().encode(),     repr({"letters": KEYS["letters"]}).encode(),
    clients.newsletter(MORNING) + base64.b64encode(KEYS["letters"]),
])  # fmt: skip
def test_the_search_finds_what_it_is_made_for(data: bytes) -> None:
    assert leaks(data)
    assert not leaks(data[: len(data) // 2])
