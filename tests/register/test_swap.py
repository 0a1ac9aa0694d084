"""A new register takes the old one's place: whole, durable, and without losing a save by anyone."""

import errno
import hashlib
import os
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline import host
from pipeline.model import PipelineError
from pipeline.register.swap import swap_in, sweep
from tests.register.race import SAVES, Office, PowerCut, power_cut, save_in_place, steps

_EXCHANGES = [pytest.param(True, id="exchange"), pytest.param(False, id="rename")]


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _left(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.name not in {"Register.xlsx", "versions"})


def test_the_new_register_is_there_and_the_old_one_among_the_versions(tmp_path: Path) -> None:
    path, versions = tmp_path / "Register.xlsx", tmp_path / "versions"
    assert swap_in(path, b"first", None, versions).done
    assert swap_in(path, b"second", _sha(b"first"), versions).done
    assert path.read_bytes() == b"second"
    (kept,) = versions.iterdir()
    assert kept.read_bytes() == b"first"
    assert kept.name.startswith("000001-")
    assert kept.name.endswith("-Register.xlsx")
    assert _left(tmp_path) == []


def test_only_the_last_versions_are_kept(tmp_path: Path) -> None:
    path, versions = tmp_path / "Register.xlsx", tmp_path / "versions"
    path.write_bytes(b"0")
    for number in range(1, 8):
        assert swap_in(path, str(number).encode(), _sha(str(number - 1).encode()), versions, keep=3).done
    assert sorted(entry.read_bytes() for entry in versions.iterdir()) == [b"4", b"5", b"6"]


def test_where_none_is_expected_none_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"somebody's")
    assert not swap_in(path, b"new", None, tmp_path / "versions").done
    assert path.read_bytes() == b"somebody's"
    assert _left(tmp_path) == []


def test_where_one_is_expected_and_none_is_there_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    assert not swap_in(path, b"new", _sha(b"old"), tmp_path / "versions").done
    assert not path.exists()
    assert _left(tmp_path) == []


@pytest.mark.parametrize("can_exchange", _EXCHANGES)
def test_a_save_between_reading_and_swapping_comes_back_and_is_returned(
    tmp_path: Path, can_exchange: bool
) -> None:
    path, versions = tmp_path / "Register.xlsx", tmp_path / "versions"
    path.write_bytes(b"saved by Hendra")
    with steps({}, can_exchange):
        swap = swap_in(path, b"new", _sha(b"what we read"), versions)
    assert (swap.done, swap.displaced) == (False, b"saved by Hendra")
    assert path.read_bytes() == b"saved by Hendra"
    assert [entry.read_bytes() for entry in versions.iterdir()] == [b"saved by Hendra"]
    assert _left(tmp_path) == []


@pytest.mark.parametrize("can_exchange", _EXCHANGES)
@pytest.mark.parametrize("save", SAVES)
def test_whenever_somebody_saves_nothing_is_lost(tmp_path: Path, save: object, can_exchange: bool) -> None:
    for number in range(1, 200):
        folder = tmp_path / str(number)
        folder.mkdir()
        office = Office(folder)
        with steps({number: office.entry("a", save)}, can_exchange) as counter:  # type: ignore[arg-type]
            office.round()
        office.settle()
        assert office.journal == office.written, f"step {number}"
        assert _left(folder) == []
        if counter.count < number:
            return
    raise AssertionError("a swap has no end")


@pytest.mark.parametrize("can_exchange", _EXCHANGES)
@pytest.mark.parametrize("save", SAVES)
def test_two_saves_in_one_swap_are_both_kept(tmp_path: Path, save: object, can_exchange: bool) -> None:
    with steps({}, can_exchange) as counter:
        office = Office(_folder(tmp_path, "count"))
    most = counter.count + 25
    for first in range(1, most):
        for second in range(first + 1 + first % 3, most, 15):
            office = Office(_folder(tmp_path, f"{first}-{second}"))
            at = {first: office.entry("a", save), second: office.entry("b", save)}  # type: ignore[arg-type]
            with steps(at, can_exchange):
                office.round()
            office.settle()
            assert office.journal == office.written, (first, second)


@pytest.mark.parametrize("can_exchange", _EXCHANGES)
def test_whenever_the_power_goes_the_register_is_whole_and_nothing_is_lost(
    tmp_path: Path, can_exchange: bool
) -> None:
    for number in range(1, 200):
        folder = _folder(tmp_path, str(number))
        office = Office(folder)
        office.entry("before", save_in_place)()
        with steps({number: power_cut}, can_exchange) as counter, suppress(PowerCut):
            office.round()
        office.settle()
        assert office.journal == {"before"}
        assert _left(folder) == []
        if counter.count < number:
            return
    raise AssertionError("a swap has no end")


@pytest.mark.parametrize("can_exchange", _EXCHANGES)
@pytest.mark.parametrize("save", SAVES)
def test_a_save_and_then_a_power_cut_lose_nothing(tmp_path: Path, save: object, can_exchange: bool) -> None:
    for saved in range(1, 30):
        for cut in range(saved + 1 + saved % 2, 40, 9):
            folder = _folder(tmp_path, f"{saved}-{cut}")
            office = Office(folder)
            at = {saved: office.entry("a", save), cut: power_cut}  # type: ignore[arg-type]
            with steps(at, can_exchange), suppress(PowerCut):
                office.round()
            office.settle()
            assert office.journal == office.written, (saved, cut)
            assert _left(folder) == []


def test_a_save_over_ours_after_a_power_cut_keeps_both(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"newest")
    left = tmp_path / f".Register.xlsx.{_sha(b'ours')[:16]}-{_sha(b'read')[:16]}.akses"
    left.write_bytes(b"saved in the gap")
    (kept,) = sweep(path)
    assert kept.read_bytes() == b"saved in the gap"
    assert kept.name.startswith("Register (salinan ")
    assert path.read_bytes() == b"newest"
    assert sweep(path) == ()


def test_sweeping_leaves_other_files_alone(tmp_path: Path) -> None:
    path = tmp_path / "Register [1].xlsx"
    path.write_bytes(b"x")
    others = [
        tmp_path / name
        for name in ("~$Register [1].xlsx", ".Register 1.xlsx.a-b.akses", "Register [1].xlsx.bak")
    ]
    for other in others:
        other.write_bytes(b"y")
    part = tmp_path / ".Register [1].xlsx.a-b.akses-part"
    part.write_bytes(b"half")
    assert sweep(path) == ()
    assert all(other.exists() for other in others)
    assert not part.exists()


def test_a_file_held_open_on_windows_is_another_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"old")

    def held(first: Path, second: Path) -> bool:
        raise PermissionError(
            errno.EACCES, "The process cannot access the file", str(first), None, str(second)
        )

    monkeypatch.setattr(host, "exchange", held)
    swap = swap_in(path, b"new", _sha(b"old"), tmp_path / "versions")
    assert (swap.done, swap.displaced) == (False, None)
    assert path.read_bytes() == b"old"
    assert _left(tmp_path) == []


def test_a_full_disk_is_said_and_leaves_the_old_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"old")

    def full(file: Path, data: bytes) -> None:
        file.write_bytes(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(host, "write_new", full)
    with pytest.raises(OSError, match="No space"):
        swap_in(path, b"new", _sha(b"old"), tmp_path / "versions")
    assert path.read_bytes() == b"old"
    assert _left(tmp_path) == []


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Register.xlsx"
    path.write_bytes(b"old")

    def forbidden(_file: Path, _data: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(host, "write_new", forbidden)
    with pytest.raises(PipelineError, match="cannot be written to"):
        swap_in(path, b"new", _sha(b"old"), tmp_path / "versions")


def test_colleagues_can_still_open_the_new_file_and_a_link_stays_a_link(tmp_path: Path) -> None:
    share = _folder(tmp_path, "share")
    path = tmp_path / "Register.xlsx"
    (share / "Register.xlsx").write_bytes(b"old")
    (share / "Register.xlsx").chmod(0o664)
    path.symlink_to(share / "Register.xlsx")
    assert swap_in(path, b"new", _sha(b"old"), tmp_path / "versions").done
    assert path.is_symlink()
    assert (share / "Register.xlsx").read_bytes() == b"new"
    assert (share / "Register.xlsx").stat().st_mode & 0o777 == 0o664


def test_exchanging_falls_back_where_the_file_system_cannot(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    if host.exchange(first, second):
        assert (first.read_bytes(), second.read_bytes()) == (b"2", b"1")
    with pytest.raises(OSError, match="No such file"):
        host.exchange(first, tmp_path / "none")
    assert not host.place_new(first, second)
    assert host.place_new(first, tmp_path / "c")
    assert not first.exists()


def test_a_share_without_hard_links_still_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    assert not host.place_new(tmp_path / "a", tmp_path / "b")
    assert host.place_new(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "b").read_bytes() == b"2"


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
