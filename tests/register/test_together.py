"""A real poll on real workbooks, while somebody works in the register or the power goes meanwhile."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill

from pipeline.register import standing
from pipeline.register.workbook import read_register
from tests.register.house import House
from tests.register.race import SAVES, PowerCut, power_cut, steps
from tests.register.samples import TODAY, Hand

_KEYS = ("REQ-2026-0001/1", "REQ-2026-0001/2", "REQ-2026-0001/3", "REQ-2026-0002/1")
_NEW = "REQ-2026-0003/1"
_PINK = PatternFill("solid", fgColor="FFFF00FF")


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with four approved items in its register."""
    house = House(tmp_path_factory.mktemp("house"))
    house.decide(house.ask("ERP", "VPN", "EMAIL"))
    house.approved("HRIS")
    house.office.journal.close()
    return house.folder


def at_work(settled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The same office again, with a new request that the next poll will write."""
    monkeypatch.setattr(standing, "_PAUSE", 0.0)
    shutil.copytree(settled, folder)
    house = House(folder)
    house.ask("CCTV")
    return house


def settle(house: House) -> Hand:
    """The next polls, until nothing is left to do."""
    for _ in range(6):
        if house.poll() == "":
            left = [file.name for file in house.path.parent.iterdir() if file != house.path]
            assert left == []
            return house.hand()
    raise AssertionError("the register never came to rest")


def _told(house: House, text: str) -> bool:
    return any(text in letter for letter in house.letters("register_notice"))


#: What somebody does in one sitting, and how it is seen afterwards that it was kept.
_DEEDS: dict[str, tuple[Callable[[Hand], object], Callable[[House, Hand], bool]]] = {
    "status": (
        lambda hand: hand.write(_KEYS[0], status="Selesai", done_on=TODAY),
        lambda house, _: house.staff(_KEYS[0]) == {"status": "done", "done_on": "2026-11-24"},
    ),
    "date as text": (
        lambda hand: hand.write(_KEYS[1], done_on="24 Nopember 2026"),
        lambda house, _: house.staff(_KEYS[1])["done_on"] == "2026-11-24",
    ),
    "last item": (
        lambda hand: hand.write(_KEYS[3], status="sudah"),
        lambda house, _: house.case(_KEYS[3]).state == "completed" and len(house.letters("ready")) == 1,
    ),
    "note": (
        lambda hand: hand.write(_KEYS[2], note="-catatan"),
        lambda _, hand: hand.value(_KEYS[2], "note") == "-catatan",
    ),
    "number as account": (
        lambda hand: hand.write(_KEYS[0], account_id=7),
        lambda house, _: house.staff(_KEYS[0])["account_id"] == "7",
    ),
    "sort": (
        lambda hand: hand.sort(by=lambda values: str(values[29])[::-1]),
        lambda _, hand: read_register(hand.save()).order[:4] != _KEYS,
    ),
    "our cell": (
        lambda hand: hand.write(_KEYS[1], decision="Ditolak"),
        lambda house, hand: _told(house, "Ditolak") and hand.value(_KEYS[1], "decision") == "Disetujui",
    ),
    "impossible": (
        lambda hand: hand.write(_KEYS[1], status="mungkin"),
        lambda house, hand: _told(house, "mungkin") and hand.value(_KEYS[1], "status") == "mungkin",
    ),
    "sheet": (
        lambda hand: hand.book.create_sheet("Milik IT"),
        lambda _, hand: "Milik IT" in hand.book.sheetnames,
    ),
    "colour": (
        lambda hand: setattr(hand.sheet["C5"], "fill", _PINK),
        lambda _, hand: hand.sheet["C5"].fill.fgColor.rgb == "FFFF00FF",
    ),
    "rename": (
        lambda hand: setattr(hand.sheet, "title", "Akses"),
        lambda _, hand: hand.sheet.title == "Akses",
    ),
    "hide": (
        lambda hand: setattr(hand.sheet.row_dimensions[6], "hidden", True),
        lambda _, hand: bool(hand.sheet.row_dimensions[6].hidden),
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", _DEEDS)
def test_what_somebody_does_while_a_poll_writes_is_kept(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    """At one or two of the poll's steps, others for each deed, by each way of saving and of swapping."""
    (act, kept), chosen = _DEEDS[deed], list(_DEEDS).index(deed)
    for number in (1 + chosen, 13 + chosen)[chosen % 2 :]:
        house = at_work(settled, tmp_path / str(number), monkeypatch)
        done: list[bool] = []

        def work(house: House = house, done: list[bool] = done, number: int = number) -> None:
            if house.path.exists():
                with house.path.open("rb") as stream:
                    hand = Hand(stream.read())
                act(hand)
                SAVES[number % len(SAVES)](house.path, hand.save())
                done.append(True)

        with steps({number: work}, can_exchange=number % 2 == 0) as counter:
            house.poll()
        hand = settle(house)
        assert counter.count >= number, "the poll has fewer steps"
        assert not done or kept(house, hand), f"step {number}"
        assert hand.value(_NEW, "number") == "REQ-2026-0003"


@pytest.mark.parametrize("number", range(1, 30, 4))
def test_whenever_the_power_goes_the_next_poll_ends_what_was_begun(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    house = at_work(settled, tmp_path / "house", monkeypatch)
    house.save(house.hand().write(_KEYS[3], status="Selesai", note="sebelum padam"))
    with steps({number: power_cut}, can_exchange=number % 8 == 1), suppress(PowerCut):
        house.poll()
    hand = settle(house)
    assert hand.value(_KEYS[3], "note") == house.staff(_KEYS[3])["note"] == "sebelum padam"
    assert hand.value(_NEW, "number") == "REQ-2026-0003"
    assert len(house.letters("ready")) == 1
    assert house.letters("register_notice") == []


def test_many_polls_keep_a_staffs_colour_and_sheet(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = at_work(settled, tmp_path / "house", monkeypatch)
    hand = house.hand()
    hand.sheet["C5"].fill = _PINK
    hand.book.create_sheet("Milik IT")["A1"].value = "tetap"
    house.save(hand)
    for _ in range(10):
        house.ask("VPN")
        assert house.poll() == "written"
    hand = settle(house)
    assert hand.sheet["C5"].fill.fgColor.rgb == "FFFF00FF"
    assert hand.book["Milik IT"]["A1"].value == "tetap"
    assert hand.sheet.tables["Register"].ref == "A4:AD19"
