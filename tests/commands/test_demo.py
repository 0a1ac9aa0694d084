"""The demo plays twice in one folder, is quick, tells its story mail by mail, and leaves a sound house."""

from pathlib import Path

import pytest

from tests.commands.house import House, Result, files_of, run
from tests.company import SHIPPED


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[Path, Result, Result]:
    folder = tmp_path_factory.mktemp("demo") / "show"
    words = run("demo", "--folder", folder, "--config", SHIPPED)
    return folder, words, run("demo", "--folder", folder, "--config", SHIPPED, "--json")


def test_it_runs_twice_and_each_time_well_under_half_a_minute(played):
    _, first, second = played
    assert (first.code, second.code) == (0, 0)
    assert second.data["seconds"] < 30


def test_it_writes_no_log_line_beside_its_tables(played):
    assert [result.err for result in played[1:]] == ["", ""]


def test_the_table_has_a_line_for_each_mail_and_what_came_of_it(played):
    _, words, second = played
    ends = [scene["came_of_it"] for scene in second.data["told"]]
    assert len(ends) == second.data["mails"]["in"] + 1
    for end in (
        "returned: form-problems", "quarantined: stranger", "quarantined: sender-not-proven",
        "ignored: automatic REQ-2026-0001", "processed: next-revision REQ-2026-0002",
        "processed: unclear-answer REQ-2026-0004",
    ):  # fmt: skip
        assert end in ends
        assert end.partition(" REQ")[0].rpartition(" ")[2] in words.out
    for who in ("Sari Wulandari", "a forger", "Dewi Anggraini"):
        assert who in words.out


def test_its_tables_fit_into_80_columns_and_cut_nothing(played):
    lines = played[1].out.splitlines()
    tables = lines[: next(i for i, line in enumerate(lines) if line.startswith("register "))]
    assert max(map(len, tables)) <= 80
    assert "…" not in played[1].out


def test_every_request_ends_completed_and_the_forgery_decided_nothing(played):
    requests = {row["ref"]: row for row in played[2].data["requests"]}
    assert {row["state"] for row in requests.values()} == {"completed"}
    assert len(requests) == 4
    assert requests["REQ-2026-0002"]["revision"] == 1
    assert requests["REQ-2026-0003"]["items"] == {"provisioned": 3, "rejected": 1}


def test_what_it_says_to_open_is_there(played):
    for path in played[2].data["open"].values():
        assert Path(path).exists()
        assert path in played[1].out


def test_the_house_it_leaves_is_whole_and_the_register_took_every_entry(played):
    house = House(played[0])
    result = house.run("verify", "--json")
    assert (result.code, result.data["wrong"], result.data["notes"]) == (0, [], [])


def test_a_folder_that_is_somebodys_own_is_left_alone(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    before = files_of(tmp_path)
    result = run("demo", "--folder", tmp_path, "--config", SHIPPED)
    assert result.code == 2
    assert "was not made by the demo" in result.err
    assert files_of(tmp_path) == before
