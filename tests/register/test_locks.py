"""Who has the register open, by the files that Excel and LibreOffice leave beside it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.register.locks import lock_file, lock_on, locked_since


def _excel(name: str) -> bytes:
    """An owner file as measured: 165 bytes, an 8-bit name, and the name in UTF-16LE at offset 55."""
    narrow = name.encode("cp1252", "replace")
    wide = name.encode("utf-16-le")
    first = bytes([len(narrow)]) + narrow + b" " * (54 - len(narrow))
    return (first + len(name).to_bytes(2, "little") + wide + b" \0" * 54)[:165]


@pytest.mark.parametrize("name", ["Budi Santoso", "Dewi Škoda", "王芳"])
def test_excels_owner_file_names_its_user(tmp_path: Path, name: str) -> None:
    path = tmp_path / "Register Akses IT.xlsx"
    assert lock_on(path) == ""
    (tmp_path / "~$Register Akses IT.xlsx").write_bytes(_excel(name))
    assert lock_on(path) == f"{name} (Excel)"


@pytest.mark.parametrize(("text", "holder"), [
    (",sari,pc-07,24.11.2026 15:05,file:///home/sari/.config/libreoffice/4;", "sari, pc-07 (LibreOffice)"),
    ("Sari Wulandari,sari,pc-07,24.11.2026 15:05,file:///x;", "Sari Wulandari, pc-07 (LibreOffice)"),
    ("Wulandari\\, Sari,sari,pc,24.11.2026 15:05,x;", "Wulandari, Sari, pc (LibreOffice)"),
    ("", "LibreOffice"), (",,,,;", "LibreOffice"),
])  # fmt: skip
def test_libreoffices_lock_names_its_user_and_machine(tmp_path: Path, text: str, holder: str) -> None:
    path = tmp_path / "Register.xlsx"
    (tmp_path / ".~lock.Register.xlsx#").write_text(text)
    assert lock_on(path) == holder


@pytest.mark.parametrize("data", [b"", b"\x05", b"\xff" * 165, b"\0" * 165, b"\x03a\nb" + b"\0" * 161])
def test_a_strange_owner_file_is_honoured_all_the_same(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "~$Register.xlsx").write_bytes(data)
    holder = lock_on(tmp_path / "Register.xlsx")
    assert holder.endswith("Excel)") or holder == "Excel"
    assert holder.isprintable()


def test_a_lock_left_over_by_a_crash_is_honoured_and_its_age_is_told(tmp_path: Path) -> None:
    path = tmp_path / "Register.xlsx"
    assert locked_since(path) is None
    lock = tmp_path / "~$Register.xlsx"
    lock.write_bytes(_excel("Budi"))
    os.utime(lock, (1_700_000_000, 1_700_000_000))
    assert lock_on(path) == "Budi (Excel)"
    assert locked_since(path) == datetime.fromtimestamp(1_700_000_000, UTC)
    assert lock_file(path) == lock


def test_another_files_lock_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "~$Lain.xlsx").write_bytes(_excel("Budi"))
    (tmp_path / ".~lock.Lain.xlsx#").write_text(",a,b;")
    assert lock_on(tmp_path / "Register.xlsx") == ""


def test_a_lock_beside_the_real_file_counts_where_the_register_is_a_link(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "Register.xlsx").write_bytes(b"x")
    (tmp_path / "Register.xlsx").symlink_to(share / "Register.xlsx")
    (share / "~$Register.xlsx").write_bytes(_excel("Budi"))
    assert lock_on(tmp_path / "Register.xlsx") == "Budi (Excel)"
