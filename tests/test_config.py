"""A wrong config.yaml says everything that is wrong with it at once, each with its line."""

from pathlib import Path

import pytest

from pipeline.config import ConfigError, read_config
from pipeline.model import PipelineError
from pipeline.settings import ImapMailbox

SHIPPED = Path(__file__).parent.parent / "config.yaml"


def write(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "config.yaml"


def mistakes(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    return caught.value.mistakes


def test_the_shipped_file_is_sound_and_its_paths_are_its_folders(tmp_path):
    config = read_config(write(tmp_path))
    assert len(config.systems) == 11
    assert config.files.directory == tmp_path / "directory.xlsx"
    assert config.mailbox.path == tmp_path / "mail/inbox"


@pytest.mark.parametrize(("old", "new", "says"), [
    ("timezone: Asia/Jakarta", "timezone: Asia/Jakart", "config.yaml:8 company.timezone: 'Asia/Jakart' is not a time zone"),
    ("address: akses-it@example.com", "address: akses-it", "portal.address: 'akses-it' does not have the right form"),
    ("kind: maildir", "kind: pop3", "kind 'pop3' is not known; use 'maildir', 'imap'"),
    ("authserv_ids: [mx.example.com]", "authserv_ids: []", "needs authserv_ids"),
    ("mode: require", "mode: none", "sender_proof.mode"),
    ("valid_days: 30", "valid_days: 0", "approval.valid_days"),
    ("valid_days: 30", "vaild_days: 30", "approval.vaild_days: is not a setting; is it a typing error?"),
    ("processed: Akses/Processed", "processed: INBOX", "two folders have the same name"),
    ("code: VPN", "code: CCTV", "code CCTV stands twice"),
    ("code: VPN,", "code: VPN, conflicts: [ERPP],", "conflicts names ERPP"),
    ("language: id ", "language: jv ", "company.language"),
])  # fmt: skip
def test_a_mistake_is_named_with_its_place(tmp_path, old, new, says):
    found = mistakes(write(tmp_path, (old, new)))
    assert len(found) == 1
    assert says in found[0]
    assert found[0].startswith("config.yaml:")


def test_all_mistakes_come_at_once_and_in_their_lines(tmp_path):
    path = write(tmp_path, ("language: id ", "language: jv "), ("poll_seconds: 60", "poll_seconds: soon"))
    found = mistakes(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    numbers = [int(line.split(":")[1].split()[0]) for line in found]
    assert [lines[n - 1].split()[0] for n in numbers] == ["language:", "poll_seconds:"]


@pytest.mark.parametrize("text", ["", "just words", "a: [1, 2", "a: 1\na: 2\n", "\x00", "- a\n- b\n"])
def test_a_file_that_is_no_configuration_is_refused_in_words(tmp_path, text):
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert mistakes(tmp_path / "config.yaml")[0].startswith("config.yaml:")


def test_a_missing_file_is_named(tmp_path):
    assert "Is --config right?" in mistakes(tmp_path / "no.yaml")[0]


def test_a_password_comes_from_environment_or_file_and_never_stands_in_a_repr(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("s3cret\n", encoding="utf-8")
    server = {"kind": "imap", "host": "h", "port": 993, "user": "u"}
    from_file = ImapMailbox(**server, password_file=tmp_path / "secret")
    monkeypatch.setenv("AKSES_TEST", "s3cret")
    from_environment = ImapMailbox(**server, password_env="AKSES_TEST")
    assert from_file.password() == from_environment.password() == "s3cret"
    assert "s3cret" not in repr(from_file) + repr(from_environment)


def test_a_password_that_is_not_there_is_an_error_with_the_mend():
    server = ImapMailbox(kind="imap", host="h", port=993, password_env="AKSES_NOT_SET")
    with pytest.raises(PipelineError, match="AKSES_NOT_SET is not set"):
        server.password()
