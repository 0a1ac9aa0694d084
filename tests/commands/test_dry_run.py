"""--dry-run and the commands that only look write nothing at all: the folder is the same, byte for byte."""

import json
from pathlib import Path

import pytest

from pipeline.demo import clients
from pipeline.mail.maildir import deliver
from tests.commands.house import House, files_of, run
from tests.company import MORNING

DRY = [
    ("poll", "--once"), ("poll", "--once", "--json"), ("serve",), ("init",), ("init", "--json"), ("form",),
    ("form", "--json"), ("report", "2026-11"), ("report", "2026-11", "--json"), ("rebuild",),
    ("rebuild", "--json"), ("evidence", "REQ-2026-0001"), ("evidence", "REQ-2026-0001", "--json"),
]  # fmt: skip
LOOKS = [
    ("status",), ("status", "--json"), ("status", "--mails"), ("status", "REQ-2026-0001"),
    ("status", "REQ-2026-0001", "--json"), ("verify",), ("verify", "--json"),
]  # fmt: skip


@pytest.mark.parametrize("words", [(*words, "--dry-run") for words in DRY] + LOOKS, ids=" ".join)
def test_in_a_house_at_work(house: House, words: tuple[str, ...], monkeypatch):
    monkeypatch.chdir(house.folder)
    deliver(house.config.mailbox.path, clients.newsletter(MORNING))
    before = files_of(house.folder)
    result = house.run(*words)
    assert result.code == 0
    assert files_of(house.folder) == before
    if "--json" in words:
        json.loads(result.out)
    else:
        assert result.out


@pytest.mark.parametrize("words", [(*words, "--dry-run") for words in DRY] + LOOKS, ids=" ".join)
def test_in_a_folder_where_nothing_was_done_yet(fresh: House, words: tuple[str, ...], monkeypatch):
    monkeypatch.chdir(fresh.folder)
    before = files_of(fresh.folder)
    result = fresh.run(*words)
    assert files_of(fresh.folder) == before
    # A poll and an evidence pack need what is not there yet; that is said and is no traceback.
    expected = 1 if words[0] in {"poll", "evidence"} or "REQ-2026-0001" in words else 0
    assert result.code == expected
    assert bool(result.err) == bool(expected)


def test_the_demo_says_where_it_would_play_and_makes_nothing(tmp_path: Path, fresh: House):
    folder = tmp_path / "show"
    result = fresh.run("demo", "--folder", folder, "--dry-run")
    assert result.code == 0
    assert str(folder) in result.out
    assert not folder.exists()


def test_a_dry_poll_says_what_would_become_of_each_waiting_mail(house: House):
    deliver(house.config.mailbox.path, clients.newsletter(MORNING))
    assert house.run("poll", "--once", "--dry-run").out == "ignored (automatic) - from news@berita.example\n"
    told = house.run("poll", "--once", "--dry-run", "--json").data
    assert [(mail["outcome"], mail["reason"]) for mail in told["mails"]] == [("ignored", "automatic")]


def test_a_dry_poll_makes_no_folders_in_a_mailbox_that_only_a_mail_server_has_used(fresh: House):
    fresh.run("init")
    deliver(fresh.config.mailbox.path, clients.newsletter(MORNING))
    before = files_of(fresh.folder)
    assert fresh.run("poll", "--once", "--dry-run").out.startswith("ignored (automatic)")
    assert files_of(fresh.folder) == before


def test_explain_tells_rules_outcome_and_letters_and_changes_nothing(house: House, tmp_path: Path):
    mail = tmp_path / "mail.eml"
    mail.write_bytes(clients.strangers_form(b"no workbook", MORNING))
    before = files_of(house.folder)
    result, data = house.run("explain", mail), house.run("explain", mail, "--json").data
    assert result.code == 0
    assert files_of(house.folder) == before
    assert (data["outcome"], data["reason"], data["desk"]) == ("quarantined", "stranger", "form")
    assert data["hits"][0]["rule"] in result.out
    assert [letter["kind"] for letter in data["letters"]] == ["quarantine"]
    assert "Outcome: quarantined (stranger)" in result.out


def test_explain_leaves_alone_what_the_poller_beside_it_is_just_writing(house: House, tmp_path: Path):
    half = house.config.files.state / "spool" / "ab" / ".half.eml.1.tmp"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half a mail")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(clients.newsletter(MORNING))
    assert house.run("explain", mail).code == 0
    assert house.run("report", "2026-11").code == 0
    assert half.exists()


def test_explain_knows_a_mail_that_was_decided_before(house: House):
    mail = next(house.config.files.state.glob("spool/*/*.eml"))
    data = house.run("explain", mail, "--json").data
    assert data["known"].startswith("this very mail has ended as ")
    assert f"Known: {data['known']}" in house.run("explain", mail).out


def test_explain_treats_a_mail_above_the_limit_as_a_poll_does(house: House, tmp_path: Path):
    house.change("mail_mb: 25", "mail_mb: 1")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(clients.newsletter(MORNING) + b"x" * 2**20)
    data = house.run("explain", mail, "--json").data
    assert (data["outcome"], data["reason"]) == ("quarantined", "too-large")


def test_explain_without_a_mail_to_read_is_bad_usage(house: House, tmp_path: Path):
    result = run("explain", tmp_path / "none.eml", "--config", house.config_file)
    assert (result.code, result.out) == (2, "")
    assert "Name a saved mail" in result.err
