"""poll and rebuild do their round alone, say what they did, and name what keeps them from it."""

import json

import pytest

from pipeline.demo import clients
from pipeline.mail.maildir import deliver
from pipeline.office import only_one
from tests.commands.house import House
from tests.company import MORNING


def test_a_poll_says_what_became_of_the_mails(house: House):
    deliver(house.config.mailbox.path, clients.newsletter(MORNING))
    result = house.run("poll", "--once")
    assert result.code == 0
    assert result.out.startswith("mails: 1 (1 ignored); letters sent: ")
    deliver(house.config.mailbox.path, clients.strangers_form(b"x", MORNING))
    assert house.run("poll", "--once", "--json").data["outcomes"] == {"quarantined": 1}


def test_poll_without_once_is_bad_usage(house: House):
    result = house.run("poll")
    assert (result.code, result.out) == (2, "")
    assert "serve" in result.err


def test_a_second_poller_says_so_and_is_no_error(house: House):
    with only_one(house.config.files.state):
        words, data = house.run("poll", "--once"), house.run("poll", "--once", "--json")
        serving = house.run("serve")
    assert (words.code, words.out) == (0, "")
    assert "Another Akses is already at work" in words.err
    assert (data.code, data.data["busy"]) == (0, True)
    assert serving.code == 0
    assert "Another Akses is already at work" in serving.err


def test_a_rebuild_beside_a_poller_is_refused_for_nobody_would_do_it(house: House):
    with only_one(house.config.files.state):
        result = house.run("rebuild")
    assert result.code == 1
    assert "Stop it, then call rebuild again" in result.err


def test_a_register_lost_is_written_anew_with_what_staff_wrote(house: House):
    register = house.config.files.register_workbook
    register.unlink()
    assert house.run("rebuild", "--json").data["register"] == "written"
    assert house.run("verify").code == 0
    assert house.run("verify", "--json").data["notes"] == []


@pytest.mark.parametrize(("old", "new", "says"), [
    ("state: state", "state: config.yaml/state", "config.yaml"),
    ("directory: directory.xlsx", "directory: none.xlsx", "`run.py init` writes one"),
    ("rules: ", "rules: none # ", "There are no inbox rules"),
    ("templates: ", "templates: none # ", "none"),
])  # fmt: skip
def test_what_keeps_a_poll_from_working_is_named_without_a_traceback(fresh: House, old, new, says):
    fresh.run("init")
    fresh.change(old, new)
    result = fresh.run("poll", "--once", "--json")
    assert (result.code, result.out) == (1, "")
    assert says in result.err
    assert "Traceback" not in result.err


def test_the_portals_own_address_as_a_person_stops_the_poll_with_the_mend(house: House):
    house.change("address: akses-it@contoh.example", "address: andi.nugroho@contoh.example")
    result = house.run("poll", "--once")
    assert result.code == 1
    assert "lists the portal's own address" in result.err
    assert "Give that person their own address" in result.err


def test_a_mail_that_fails_makes_the_poll_end_with_1_and_still_one_document(house: House, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("pipeline.flow.read_mail", broken)
    deliver(house.config.mailbox.path, clients.newsletter(MORNING))
    result = house.run("poll", "--once", "--json")
    assert (result.code, json.loads(result.out)["failed"]) == (1, 1)
