"""report and evidence: a month that is none is bad usage; a pack can be checked without Akses."""

import hashlib
import io
import zipfile

import pytest

from tests.commands.house import House


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "November", "26-11", "2026-1", "2026-11-01", "２０２６-11"]
)
def test_what_is_no_month_is_bad_usage(house: House, month: str):
    result = house.run("report", month)
    assert (result.code, result.out) == (2, "")
    assert "Write it as 2026-11." in result.err


def test_the_summary_is_written_and_its_figures_are_printed(house: House):
    told = house.run("report", "2026-11", "--json").data
    assert told["file"].endswith(".xlsx")
    assert (house.config.files.reports / told["file"]).read_bytes().startswith(b"PK")
    assert "1" in told["figures"].values()
    words = house.run("report", "2026-11")
    assert words.out.endswith(f"written: {told['file']}\n")


def test_the_pack_holds_mails_letters_events_and_the_story_and_its_sums_are_right(house: House, tmp_path):
    out = tmp_path / "pack.zip"
    told = house.run("evidence", "REQ-2026-0001", "--out", out, "--json").data
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as pack:
        assert sorted(pack.namelist()) == sorted(told["members"])
        for line in pack.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(pack.read(name)).hexdigest() == digest
        mails = [name for name in pack.namelist() if name.startswith("mails/")]
        assert len(mails) == 2
        assert all(hashlib.sha256(pack.read(name)).hexdigest() in name for name in mails)
        assert "approved items 1, 2 and rejected item 3" in pack.read("story.txt").decode()


def test_the_same_journal_gives_the_same_pack(house: House, tmp_path):
    packs = []
    for name in ("a.zip", "b.zip"):
        house.run("evidence", "REQ-2026-0001", "--out", tmp_path / name)
        packs.append((tmp_path / name).read_bytes())
    assert packs[0] == packs[1]


def test_a_pack_with_a_damaged_mail_is_not_made(house: House, tmp_path):
    for mail in house.config.files.state.glob("spool/*/*.eml"):
        mail.write_bytes(b"something else")
    result = house.run("evidence", "REQ-2026-0001", "--out", tmp_path / "pack.zip")
    assert result.code == 1
    assert "damaged" in result.err
    assert not (tmp_path / "pack.zip").exists()


def test_an_unknown_request_has_no_pack(house: House, tmp_path):
    assert house.run("evidence", "REQ-2026-0099", "--out", tmp_path / "p.zip").code == 1
    assert house.run("evidence", "nonsense", "--out", tmp_path / "p.zip").code == 2
