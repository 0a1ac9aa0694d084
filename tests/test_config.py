"""A wrong config.yaml says everything that is wrong with it at once, each with its line."""

from datetime import date
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
    ("timezone: Asia/Jakarta", "timezone: Asia/Jakart",
     "config.yaml:9 company.timezone: 'Asia/Jakart' is not a time zone"),
    ("address: akses-it@example.com", "address: akses-it",
     "portal.address: 'akses-it' does not have the right form"),
    ("kind: maildir", "kind: pop3", "kind 'pop3' is not known; use 'maildir', 'imap'"),
    ("authserv_ids: [mx.example.com]", "authserv_ids: []", "needs authserv_ids"),
    ("mode: require", "mode: none", "sender_proof.mode"),
    ("microsoft365: false", "microsoft365: true", "microsoft365 and authserv_ids are both set"),
    ("microsoft365_domains: []", "microsoft365_domains: [contoh.example]",
     "microsoft365_domains counts only with microsoft365: true"),
    ("arc_sealers: []", "arc_sealers: [Lists]", "arc_sealers.0: 'Lists' does not have the right form"),
    ("arc_sealers: []", "arc_sealers: lists.example.com", "sender_proof.arc_sealers"),
    ("valid_days: 30", "valid_days: 0", "approval.valid_days"),
    ("valid_days: 30", "vaild_days: 30", "approval.vaild_days: is not a setting; is it a typing error?"),
    ("processed: Akses/Processed", "processed: INBOX", "two folders have the same name"),
    ("code: VPN", "code: CCTV", "code CCTV stands twice"),
    ("code: VPN,", "code: VPN, conflicts: [ERPP],", "conflicts names ERPP"),
    ("language: id ", "language: jv ", "company.language"),
    ("country: ID ", "country: XX ", "workdays.country: no holidays are known for 'XX'"),
    ("closed: []", "closed: [2026-12-28, 2026-13-45]", "workdays.closed.1"),
    ("summary_at: \"07:30\"", "summary_at: \"25:00\"", "schedule.summary_at"),
    ("path: mail/outbox", "path: mail/inbox", "every letter would come back as a mail"),
    ("  kind: outbox\n", "", "post: does not say its kind"),
    ("  name: PT Contoh Sejahtera ", "  name: \"\" ", "company.name: is empty; fill it in"),
    ("portal:\n  address: akses-it@example.com\n  name: Portal Akses IT ", "portal: # ",
     "portal: is empty or no section"),
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


def test_a_seal_counts_only_where_the_companys_own_server_has_checked_it(tmp_path):
    changes = (
        ("mode: require", "mode: token-only"), ("authserv_ids: [mx.example.com]", "authserv_ids: []"),
        ("arc_sealers: []", "arc_sealers: [lists.example.com]"),
    )  # fmt: skip
    assert "arc_sealers needs authserv_ids" in mistakes(write(tmp_path, *changes))[0]


def test_a_mailbox_at_microsoft_365_needs_no_name_of_a_server(tmp_path):
    changes = (
        ("authserv_ids: [mx.example.com]", "authserv_ids: []"), ("microsoft365: false", "microsoft365: true"),
        ("microsoft365_domains: []", "microsoft365_domains: [contoh.co.id]"),
    )  # fmt: skip
    proof = read_config(write(tmp_path, *changes)).sender_proof
    assert (proof.microsoft365, proof.microsoft365_domains) == (True, ("contoh.co.id",))


SMTP = "  kind: smtp\n  host: smtp.example.com\n  port: 587\n  user: akses\n"


@pytest.mark.parametrize(("lines", "says"), [
    (SMTP, "user has no password; name password_env or password_file"),
    (f"{SMTP}  password_env: A\n  password_file: b\n", "password_env and password_file are both named"),
    (f"{SMTP}  password_env: A\n  password: hunter2\n", "passwords never stand here"),
])  # fmt: skip
def test_a_server_without_one_place_for_its_password_is_named_and_no_password_is_repeated(
    tmp_path, lines, says
):
    found = mistakes(write(tmp_path, ("  kind: outbox\n  path: mail/outbox\n", lines)))
    assert len(found) == 1
    assert says in found[0]
    assert "hunter2" not in found[0]


def test_a_date_is_read_as_a_date_and_the_country_in_capitals(tmp_path):
    config = read_config(
        write(tmp_path, ("closed: []", "closed: [2026-12-28]"), ("country: ID ", "country: id "))
    )
    assert config.workdays.closed == {date(2026, 12, 28)}
    assert config.workdays.country == "ID"


def test_both_mistakes_of_the_catalogue_are_named(tmp_path):
    found = mistakes(write(tmp_path, ("code: VPN,", "code: CCTV, conflicts: [ERPP],")))
    assert "code CCTV stands twice" in found[0]
    assert "conflicts names ERPP" in found[0]


def test_a_path_outside_the_folder_is_written_plainly(tmp_path):
    config = read_config(write(tmp_path, ("rules: inbox_rules", "rules: ../shared/inbox_rules")))
    assert config.files.rules == tmp_path.parent / "shared" / "inbox_rules"


@pytest.mark.parametrize("text", ["", "just words", "a: [1, 2", "a: 1\na: 2\n", "\x00", "- a\n- b\n"])
def test_a_file_that_is_no_configuration_is_refused_in_words(tmp_path, text):
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert mistakes(tmp_path / "config.yaml")[0].startswith("config.yaml:")


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path):
    (tmp_path / "config.yaml").write_bytes("company: {name: Café}".encode("cp1252"))
    assert "save it as UTF-8" in mistakes(tmp_path / "config.yaml")[0]


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
