"""doctor tries everything a poll needs; what is wrong comes with its mend, and all of it at once."""

import os
import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.commands import doctoring
from pipeline.demo import company
from pipeline.directory import write_directory
from pipeline.model import Person
from tests.commands.house import House, files_of


def checks(house: House, *only: str) -> dict[str, dict]:
    """The checks by name, all or `only` these; the exit code agrees with them."""
    chosen = tuple(check for check in doctoring.CHECKS if not only or check[0] in only)
    with patch.object(doctoring, "CHECKS", chosen):
        result = house.run("doctor", "--json")
    data = result.data
    assert result.code == (0 if data["ok"] else 1)
    assert data["ok"] == all(check["level"] != "wrong" for check in data["checks"])
    return {check["check"]: check for check in data["checks"]}


def not_ok(house: House) -> dict[str, str]:
    return {name: check["level"] for name, check in checks(house).items() if check["level"] != "ok"}


def test_a_house_at_work_is_sound(house: House):
    assert not_ok(house) == {}


def test_a_warning_is_shown_to_people_and_the_last_line_says_that_all_is_ready(house: House):
    house.change("mode: require", "mode: token-only")
    chosen = tuple(check for check in doctoring.CHECKS if check[0] == "sender proof")
    with patch.object(doctoring, "CHECKS", chosen):
        result = house.run("doctor")
    assert result.code == 0
    assert "WARN  sender proof: mode is token-only" in result.out
    assert result.out.endswith("ready to poll\n")


def test_in_a_fresh_folder_only_the_directory_is_wrong_and_it_is_said_how_to_get_it(fresh: House):
    found = checks(fresh)
    levels = {name: check["level"] for name, check in found.items() if check["level"] != "ok"}
    assert levels == {"settings": "warning", "directory": "wrong"}
    assert found["settings"]["says"] == "portal.address and sender_proof.authserv_ids stand as they came."
    assert "`run.py init` writes one" in found["directory"]["mend"]
    # No journal, no keys and no probe are left behind; the mailbox is there now.
    left = [name for name in files_of(fresh.folder) if not name.startswith(("mail", "inbox", "templates"))]
    assert left == ["config.yaml"]


def test_several_broken_things_are_all_named_at_once(house: House):
    house.change("mode: require", "mode: token-only")
    (house.config.files.directory).unlink()
    house.change("rules: ", "rules: nowhere # ")
    house.change("state: state", "state: config.yaml/state")
    assert not_ok(house) == {
        "directory": "wrong", "inbox rules": "wrong", "letters": "wrong", "state": "wrong",
        "mailbox": "wrong", "sender proof": "warning",
    }  # fmt: skip


def test_token_only_is_shown_as_a_warning_with_its_mend_and_is_no_failure(house: House):
    house.change("mode: require", "mode: token-only")
    proof = checks(house, "sender proof")["sender proof"]
    assert (proof["level"], proof["ok"]) == ("warning", True)
    assert "Set mode: require" in proof["mend"]


IDS = f"  authserv_ids:\n  - {company.AUTHSERV}\n"


def test_of_microsoft_365_it_is_said_that_it_was_never_tried_for_real(house: House):
    house.change(IDS, "  microsoft365: true\n")
    proof = checks(house, "sender proof")["sender proof"]
    assert (proof["level"], proof["ok"]) == ("warning", True)
    assert "never ran against the real service" in proof["says"]
    assert "run.py explain" in proof["mend"]


def test_every_proof_that_counts_is_named_and_a_signature_needs_an_approvers_certificate(house: House):
    house.change(IDS, f"{IDS}  smime: true\n  arc_sealers: [lists.example.com]\n")
    proof = checks(house, "sender proof")["sender proof"]
    assert proof["level"] == "warning"
    assert "no approver has a certificate" in proof["says"]
    people = tuple(
        replace(p, certificate="ab" * 32) if p.role == "it_manager" else p for p in company.DIRECTORY.people
    )
    pinned = write_directory(replace(company.DIRECTORY, people=people), "id")
    house.config.files.directory.write_bytes(pinned)
    proof = checks(house, "sender proof")["sender proof"]
    assert proof["level"] == "ok"
    assert proof["says"] == (
        f"dmarc=pass of {company.AUTHSERV}; or the seal of lists.example.com (ARC); "
        "or the S/MIME certificate of the directory is required"
    )


def test_a_rule_that_does_not_do_what_its_example_says_is_wrong(fresh: House):
    rule = sorted((fresh.folder / "inbox_rules").glob("*.yaml"))[0]
    text = rule.read_text(encoding="utf-8")
    assert "misses:" in text
    rule.write_text(text.replace("misses:", "misses:\n  - about: a lie\n", 1).replace(
        "matches:", "matches:\n  - about: an invented example\n    subject: nothing of the kind", 1
    ), encoding="utf-8")  # fmt: skip
    rules = checks(fresh, "inbox rules")["inbox rules"]
    assert rules["level"] == "wrong"
    assert rule.stem in rules["says"]
    assert "an invented example" in rules["says"]


@pytest.mark.parametrize(("people", "level", "says"), [
    (lambda people: (*people, Person("Portal", company.PORTAL, "IT", people[0].division, "employee")),
     "wrong", "the portal's own address"),
    (lambda people: tuple(replace(p, email=company.PORTAL) if p.role == "it_manager" else p for p in people),
     "wrong", "the portal's own address"),
    (lambda people: tuple(p for p in people if p.role != "it_manager"), "wrong", ""),
    (lambda people: tuple(replace(p, role="employee") if p.role == "management" else p for p in people),
     "warning", "nobody has the role management"),
])  # fmt: skip
def test_a_directory_in_which_nobody_could_decide_is_named(house: House, people, level: str, says: str):
    staff = replace(company.DIRECTORY, people=people(company.DIRECTORY.people))
    house.config.files.directory.write_bytes(write_directory(staff, "id"))
    check = checks(house, "directory")["directory"]
    assert check["level"] == level
    assert says in check["says"]


def test_the_people_of_the_example_are_a_warning_until_they_are_written_over(fresh: House):
    fresh.run("init")
    assert "people of the example" in checks(fresh, "directory")["directory"]["says"]


def test_a_state_folder_that_others_can_read_is_a_warning(house: House):
    house.config.files.state.chmod(0o755)
    assert "chmod 700" in checks(house, "state")["state"]["mend"]


def test_a_register_open_in_excel_is_a_warning(house: House):
    path = house.config.files.register_workbook
    (path.parent / f"~${path.name}").write_bytes(b"\x04Dewi" + b" " * 160)
    check = checks(house, "register")["register"]
    assert check["level"] == "warning"
    assert "is open at" in check["says"]


def test_a_service_that_has_stopped_polling_is_a_warning(house: House):
    beat = house.config.files.state / "heartbeat"
    beat.write_text("x", encoding="utf-8")
    assert checks(house, "service")["service"]["level"] == "ok"
    os.utime(beat, (time.time() - 7200, time.time() - 7200))
    assert "2:00:0" in checks(house, "service")["service"]["says"]


def test_a_mail_server_that_is_down_is_wrong_and_one_without_encryption_a_doubt(house: House, smtp_server):
    text = house.config_file.read_text(encoding="utf-8")
    outbox = text[text.index("post:") : text.index("sender_proof:")]
    down = "post: {kind: smtp, host: 127.0.0.1, port: 9, security: plain}\n"
    house.change(outbox, down)
    assert "127.0.0.1:9 does not answer" in checks(house, "post")["post"]["says"]
    house.change("port: 9,", f"port: {smtp_server.port},")
    assert checks(house, "post")["post"]["level"] == "ok"


def test_a_form_child_that_cannot_start_is_named(house: House, monkeypatch):
    monkeypatch.setattr("sys.executable", str(Path("/nonexistent/python")))
    assert checks(house, "form")["form"]["level"] == "wrong"
