"""Whatever a file is, its reader answers, in bounded time and memory, and is there for the next one."""

import json
import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.form.contract import contract_line
from pipeline.form.sandbox import Limits, Sandbox
from pipeline.model import FormReading, Problem
from tests.form.catalogue import CATALOGUE
from tests.form.hostile import BOMBS, SHEET, STRANGERS, mutants, remade, sound
from tests.form.official import FILLED, blank, opened
from tests.form.paper import FORM, TODAY
from tests.form.sheets import check_reading

SPECIMENS = Path(__file__).parents[1] / "specimens" / "forms"
#: What one file may add to the memory of the process that asks.
MOST_GROWTH_MB = 64


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(CATALOGUE, Limits(cpu_s=10, wall_s=20)) as one:
        one.read(sound(), "form.xlsx", TODAY, "id")
        yield one


def read(sandbox: Sandbox, data: bytes) -> FormReading:
    return sandbox.read(data, "form.xlsx", TODAY, "id")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def only_file_problems(reading: FormReading) -> bool:
    return [(p.field, p.kind) for p in reading.problems] == [("file", "file")]


def test_a_sound_form_is_read_as_in_the_calling_process(sandbox: Sandbox) -> None:
    check_reading(read(sandbox, sound()), FORM)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_its_sender_and_nobody_else(sandbox: Sandbox, name: str) -> None:
    make, readable = BOMBS[name]
    data = make()
    before = peak_mb()
    reading = read(sandbox, data)
    assert peak_mb() - before < MOST_GROWTH_MB
    if readable and not only_file_problems(reading):
        check_reading(reading, FORM)
    else:
        assert only_file_problems(reading)
        assert len(reading.problems[0].message) > 30


@pytest.mark.parametrize("data", STRANGERS.values(), ids=STRANGERS.keys())
def test_what_is_no_workbook_is_called_by_its_name(sandbox: Sandbox, data: bytes) -> None:
    reading = read(sandbox, data)
    assert only_file_problems(reading)
    assert ".xlsx" in reading.problems[0].message


def test_a_file_cut_off_anywhere_is_said_to_be_damaged(sandbox: Sandbox) -> None:
    data = sound()
    for tenths in range(1, 10):
        assert only_file_problems(read(sandbox, data[: len(data) * tenths // 10]))


def test_two_hundred_damaged_copies_each_get_one_line(sandbox: Sandbox) -> None:
    originals = [p.read_bytes() for p in sorted(SPECIMENS.glob("*.*")) if p.suffix != ".json"]
    assert len(originals) >= 4
    before = peak_mb()
    for data in mutants(originals, 200):
        reading = read(sandbox, data)
        line = json.dumps(contract_line("form.xlsx", reading), ensure_ascii=False)
        assert "\n" not in line
        assert contract_line("", reading)["ok"] is not bool(reading.errors)
    assert peak_mb() - before < MOST_GROWTH_MB


def test_a_file_too_large_to_be_a_form_is_refused_unread() -> None:
    with Sandbox(CATALOGUE, Limits(file_mb=1)) as small:
        assert only_file_problems(read(small, sound() + bytes(1024 * 1024)))
        assert small._keeper is None


def test_a_file_that_hangs_its_reader_is_given_up() -> None:
    with Sandbox(CATALOGUE, Limits(wall_s=0)) as hasty:
        reading = read(hasty, sound())
    assert only_file_problems(reading)


def test_a_file_that_keeps_its_reader_busy_is_told_apart_from_one_that_fills_its_memory() -> None:
    # Each text is almost a label, and no two are alike: to be told from one, each must be looked at.
    letters = bytes.maketrans(b"0123456789", b"abcdefghij")
    rows = (
        b'<row r="%d">' % n
        + b"".join(
            b'<c r="%c%d" t="inlineStr"><is><t>Nama %cKaryawan %s</t></is></c>'
            % (c, n, c, str(n).encode().translate(letters))
            for c in b"ABCDEFGH"
        )
        + b"</row>"
        for n in range(60, 6000)
    )
    busy = remade(lambda p: {**p, SHEET: p[SHEET].replace(b"</sheetData>", b"".join(rows) + b"</sheetData>")})
    with Sandbox(CATALOGUE, Limits(cpu_s=1)) as hasty:
        reading = read(hasty, busy)
    assert only_file_problems(reading)
    assert reading.producer == "too_slow"


def test_a_file_that_needs_more_memory_than_allowed_is_given_up() -> None:
    with Sandbox(CATALOGUE, Limits(memory_mb=64)) as poor:
        assert only_file_problems(read(poor, BOMBS["a cell of 30 MB"][0]()))
        check_reading(read(poor, sound()), FORM)


def test_a_killed_reader_is_replaced_without_a_word(sandbox: Sandbox) -> None:
    keeper = sandbox._keeper
    assert keeper is not None
    os.kill(keeper.pid, signal.SIGKILL)
    keeper.wait()
    check_reading(read(sandbox, sound()), FORM)


def test_the_reader_knows_no_password_of_its_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKSES_IMAP_PASSWORD", "rahasia")
    with Sandbox(CATALOGUE) as one:
        read(one, sound())
        assert one._keeper is not None
        environment = Path(f"/proc/{one._keeper.pid}/environ")
        if not environment.exists():
            pytest.skip("this system does not show a process's environment")
        assert b"rahasia" not in environment.read_bytes()


def test_a_copy_is_marked_in_the_child_too(sandbox: Sandbox) -> None:
    faults = (Problem("requester_name", "missing", "Form!G8", "error", "Mohon diisi."),)
    copy = sandbox.mark(blank("id", FILLED), "Form Made.xlsx", faults, "id")
    assert copy is not None
    assert copy.name == "Form Made - perbaikan.xlsx"
    assert copy.content_type.endswith("spreadsheetml.sheet")
    assert opened(copy.data).sheetnames == ["Perbaikan", "Form", "Lists"]


@pytest.mark.parametrize("name", ["60,000 parts", "a million nested elements", "entities in the workbook"])
def test_no_copy_is_marked_of_a_bomb(sandbox: Sandbox, name: str) -> None:
    faults = (Problem("requester_name", "missing", "Form!B7", "error", "Mohon diisi."),)
    before = peak_mb()
    assert sandbox.mark(BOMBS[name][0](), "form.xlsx", faults, "id") is None
    assert peak_mb() - before < 2 * MOST_GROWTH_MB
