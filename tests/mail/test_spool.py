"""The original mails by their hash: kept once, found again, and never half."""

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.model import PipelineError
from pipeline.spool import Spool

RAW = b"From: rina@sefas.example.com\r\n\r\n\x00\xff"
SHA = hashlib.sha256(RAW).hexdigest()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def stored(spool_folder: Path) -> Path:
    return spool_folder / SHA[:2] / f"{SHA[2:]}.eml"


def test_a_mail_is_kept_under_its_hash_for_its_owner_alone(spool: Spool, tmp_path: Path) -> None:
    assert not spool.has(SHA)
    assert spool.keep(RAW) == SHA
    assert spool.has(SHA)
    assert spool.read(SHA) == RAW
    assert stored(tmp_path / "spool").stat().st_mode & 0o777 == 0o600
    assert stored(tmp_path / "spool").parent.stat().st_mode & 0o777 == 0o700


def test_the_same_mail_again_is_not_written_again(spool: Spool, tmp_path: Path) -> None:
    spool.keep(RAW)
    before = stored(tmp_path / "spool").stat()
    assert spool.keep(RAW) == SHA
    assert stored(tmp_path / "spool").stat().st_ino == before.st_ino


def test_an_empty_mail_is_a_mail(spool: Spool) -> None:
    assert spool.read(spool.keep(b"")) == b""


@pytest.mark.parametrize("damage", [b"", RAW[:-1], b"x" + RAW])
def test_a_damaged_mail_is_never_given_out_and_mended_by_keeping_it_again(
    spool: Spool, tmp_path: Path, damage: bytes
) -> None:
    spool.keep(RAW)
    stored(tmp_path / "spool").write_bytes(damage)
    with pytest.raises(PipelineError, match="damaged"):
        spool.read(SHA)
    spool.keep(RAW)
    assert spool.read(SHA) == RAW


def test_a_mail_that_is_not_there_is_told(spool: Spool) -> None:
    with pytest.raises(PipelineError, match="missing"):
        spool.read(SHA)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], SHA + "\n"])
def test_a_name_that_is_no_hash_leads_nowhere(spool: Spool, name: str) -> None:
    for use in (spool.read, spool.has):
        with pytest.raises(PipelineError, match="no sha256"):
            use(name)


def test_a_link_in_the_spool_is_not_followed(spool: Spool, tmp_path: Path) -> None:
    spool.keep(RAW)
    secret = tmp_path / "secret"
    stored(tmp_path / "spool").rename(secret)
    stored(tmp_path / "spool").symlink_to(secret)
    with pytest.raises(PipelineError, match="cannot be used"):
        spool.read(SHA)


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_at_any_step_keeps_nothing_half_and_the_next_try_succeeds(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    with monkeypatch.context() as broken:
        if call == "write":
            broken.setattr(
                os, "fdopen", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
            )
        else:
            broken.setattr(os, call, lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(PipelineError, match="No space left"):
            spool.keep(RAW)
    assert not spool.has(SHA)
    assert spool.keep(RAW) == SHA
    assert spool.read(SHA) == RAW


def test_what_a_crash_left_half_written_is_swept_away_and_mails_are_not(spool: Spool, tmp_path: Path) -> None:
    assert spool.sweep() == 0
    spool.keep(RAW)
    (stored(tmp_path / "spool").parent / ".0123.eml.4711.tmp").write_bytes(b"From: ha")
    assert spool.sweep() == 1
    assert spool.read(SHA) == RAW
    assert [p.name for p in stored(tmp_path / "spool").parent.iterdir()] == [f"{SHA[2:]}.eml"]


def test_file_and_folders_are_synced_before_the_hash_comes_back(
    spool: Spool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("which file was synced is read from /proc, which only Linux has")
    monkeypatch.setattr(os, "fsync", note)
    spool.keep(RAW)
    folder = stored(tmp_path / "spool").parent
    assert synced[0].endswith(".tmp")
    assert {str(folder), str(folder.parent), str(tmp_path)} <= set(synced[1:])
