"""The door as a real process: exit codes, streams, signals. Each of these costs a second, so they are few."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import app
from tests.commands.house import House, fresh_house, played_house, run

ROOT = Path(__file__).parent.parent
#: The contract: which options each command has beside --config.
COMMANDS = {
    "init": {"--json", "--dry-run"}, "form": {"--json", "--dry-run"}, "doctor": {"--json"},
    "poll": {"--once", "--json", "--dry-run"}, "serve": {"--dry-run"}, "demo": {"--json", "--dry-run"},
    "rebuild": {"--json", "--dry-run"}, "status": {"--json", "--mails"}, "report": {"--json", "--dry-run"},
    "explain": {"--json"}, "verify": {"--json"}, "evidence": {"--json", "--dry-run"},
    "read-form": {"--json"}, "read-reply": {"--json", "--known"},
    "import-register": {"--json", "--dry-run", "--apply", "--mapping"},
}  # fmt: skip


def start(house: House, *words: str, **environment: str) -> subprocess.Popen:
    """`run.py` as its own process, with an empty HOME and nothing else of ours in its environment."""
    home = house.folder / "home"
    home.mkdir(exist_ok=True)
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), **environment}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words], cwd=house.folder, env=clean,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def finish(process: subprocess.Popen, seconds: float = 30) -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=seconds)
    finally:
        process.kill()
    return process.returncode, out.decode(), err.decode()


def test_every_command_has_the_options_of_the_contract():
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert known == set(COMMANDS)
    for name, options in COMMANDS.items():
        result = run(name, "--help")
        assert result.code == 0
        assert all(option in result.out for option in {"--config", *options}), name


@pytest.mark.parametrize("words", [
    ("bogus",), ("status", "--bogus"), ("report",), ("explain",), ("read-form",), ("evidence",),
    ("read-reply", "mail.eml"),
])  # fmt: skip
def test_wrong_usage_is_2_and_is_said_on_standard_error_alone(words):
    result = run(*words)
    assert (result.code, result.out) == (2, "")
    assert "Usage" in result.err


@pytest.mark.parametrize("command", [
    ("status",), ("poll", "--once"), ("verify",), ("doctor",), ("serve",), ("init",), ("report", "2026-11"),
    ("read-form", "x.xlsx"), ("rebuild",), ("evidence", "REQ-2026-0001"), ("demo",), ("form",),
])  # fmt: skip
def test_every_command_refuses_a_wrong_config_with_all_its_mistakes_and_their_lines(tmp_path, command):
    house = fresh_house(tmp_path)
    house.change("timezone: Asia/Jakarta", "timezone: Asia/Jakart")
    house.change("poll_seconds: 60", "poll_seconds: soon")
    result = house.run(*command, *(("--folder", tmp_path / "demo") if command == ("demo",) else ()))
    assert (result.code, result.out) == (2, "")
    lines = house.config_file.read_text(encoding="utf-8").splitlines()
    named = [int(line.partition(":")[2].split()[0]) for line in result.err.splitlines()]
    assert [lines[number - 1].split(":")[0].strip() for number in named] == ["timezone", "poll_seconds"]


def test_a_config_that_is_not_there_is_2(tmp_path):
    result = run("status", "--config", tmp_path / "none.yaml")
    assert result.code == 2
    assert "there is no such file. Is --config right?" in result.err


def test_results_go_to_standard_output_and_the_log_to_standard_error(tmp_path):
    house = fresh_house(tmp_path)
    house.run("init")
    (house.config.mailbox.path / "new").mkdir(parents=True)
    (house.config.mailbox.path / "new" / "1").write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\nhello\r\n")
    code, out, err = finish(start(house, "poll", "--once", "--json"))
    assert code == 0
    assert json.loads(out)["outcomes"] == {"quarantined": 1}
    assert "INFO mail" in err


def test_an_output_that_knows_only_ascii_still_gets_all_of_it(tmp_path):
    house = fresh_house(tmp_path)
    # The summary's words hold arrows, which ASCII lacks.
    data = house.run("report", "2026-11", "--dry-run", "--json", encoding="ascii").data
    words = house.run("report", "2026-11", "--dry-run", encoding="ascii")
    assert any("→" in label for label in data["figures"])
    assert words.code == 0
    assert "\\u2192" in words.out


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(tmp_path):
    process = start(played_house(tmp_path), "status", "--mails")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(30) == 1
    assert process.stderr.read() == b""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_serve_ends_with_0_within_seconds_and_a_second_one_leaves_it_alone(tmp_path, how):
    house = fresh_house(tmp_path)
    house.run("init")
    first = start(house, "serve")
    beat = house.config.files.state / "heartbeat"
    until = time.monotonic() + 30
    while not beat.exists() and first.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert beat.exists()
    if how == signal.SIGTERM:
        second = house.run("serve")
        assert second.code == 0
        assert "Another Akses is already at work" in second.err
    first.send_signal(how)
    told = time.monotonic()
    code, out, err = finish(first, 10)
    assert time.monotonic() - told < 3
    assert (code, out) == (0, "")
    assert "stopped; nothing was left half done" in err
