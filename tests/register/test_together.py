"""A real poll on real workbooks, while somebody works in the register or the power goes meanwhile."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName

from pipeline.register import standing
from pipeline.register.workbook import read_register
from tests.register.house import House
from tests.register.race import SAVES, PowerCut, power_cut, steps
from tests.register.samples import TODAY, Hand

_KEYS = ("REQ-2026-0001/1", "REQ-2026-0001/2", "REQ-2026-0001/3", "REQ-2026-0002/1")
_NEW = "REQ-2026-0003/1"
_OWN_NAME = DefinedName("Milik_IT", attr_text="Register!$C$5")
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
    "in progress": (
        lambda hand: hand.write(_KEYS[2], status="Proses", done_by="Hendra"),
        lambda house, _: house.staff(_KEYS[2]) == {"status": "progress", "done_by": "Hendra"},
    ),
    "leading noughts": (
        lambda hand: hand.write(_KEYS[0], account_id="00417"),
        lambda house, _: house.staff(_KEYS[0])["account_id"] == "00417",
    ),
    "long note": (
        lambda hand: hand.write(_KEYS[1], note="catatan panjang " * 200),
        lambda house, _: len(house.staff(_KEYS[1])["note"]) == 3199,
    ),
    "other letters": (
        lambda hand: hand.write(_KEYS[1], note="selesai ✅ “siap” <&> 漢字"),
        lambda house, _: house.staff(_KEYS[1])["note"] == "selesai ✅ “siap” <&> 漢字",
    ),
    "lines": (
        lambda hand: hand.write(_KEYS[2], note="baris satu\nbaris dua"),
        lambda house, _: house.staff(_KEYS[2])["note"] == "baris satu\nbaris dua",
    ),
    "formula": (
        lambda hand: hand.write(_KEYS[2], note="=1+1"),
        lambda _, hand: hand.value(_KEYS[2], "note") == "=1+1",
    ),
    "done and revoked": (
        lambda hand: hand.write(_KEYS[0], status="Selesai", done_on=TODAY, revoked_on=TODAY),
        lambda house, _: house.staff(_KEYS[0])["revoked_on"] == "2026-11-24",
    ),
    "two rows": (
        lambda hand: hand.write(_KEYS[0], note="satu").write(_KEYS[3], note="dua"),
        lambda house, _: (house.staff(_KEYS[0])["note"], house.staff(_KEYS[3])["note"]) == ("satu", "dua"),
    ),
    "deleted row": (
        lambda hand: hand.sheet.delete_rows(hand.line(_KEYS[3])),
        lambda house, hand: _told(house, "REQ-2026-0002") and hand.value(_KEYS[3], "item") == 1,
    ),
    "comment": (
        lambda hand: setattr(hand.sheet["C6"], "comment", Comment("tanya HR", "Hendra")),
        lambda _, hand: hand.sheet["C6"].comment.text == "tanya HR",
    ),
    "width": (
        lambda hand: setattr(hand.sheet.column_dimensions["C"], "width", 51),
        lambda _, hand: hand.sheet.column_dimensions["C"].width == 51,
    ),
    "height": (
        lambda hand: setattr(hand.sheet.row_dimensions[7], "height", 77),
        lambda _, hand: hand.sheet.row_dimensions[7].height == 77,
    ),
    "link": (
        lambda hand: setattr(hand.sheet["P6"], "hyperlink", "https://bantuan.example/1"),
        lambda _, hand: hand.sheet["P6"].hyperlink.target == "https://bantuan.example/1",
    ),
    "beside the table": (
        lambda hand: setattr(hand.sheet["AG5"], "value", "di samping"),
        lambda _, hand: hand.sheet["AG5"].value == "di samping",
    ),
    "below the table": (
        lambda hand: setattr(hand.sheet["C12"], "value", "di bawah"),
        lambda _, hand: "di bawah" in {hand.sheet[f"C{line}"].value for line in (12, 13)},
    ),
    "name": (
        lambda hand: hand.book.defined_names.update({"Milik_IT": _OWN_NAME}),
        lambda _, hand: hand.book.defined_names["Milik_IT"].attr_text == "Register!$C$5",
    ),
    "rule": (
        lambda hand: hand.sheet.conditional_formatting.add("C5:C8", CellIsRule("equal", ["1"], fill=_PINK)),
        lambda _, hand: any("C5" in str(rules.sqref) for rules in hand.sheet.conditional_formatting),
    ),
    "panes": (
        lambda hand: setattr(hand.sheet, "freeze_panes", "B5"),
        lambda _, hand: hand.sheet.freeze_panes == "B5",
    ),
}  # fmt: skip
#: AKSES_TOGETHER=2000 (`make together`) makes so many races, over all deeds, steps and ways of saving.
_RUNS = int(os.environ.get("AKSES_TOGETHER", "4"))


def test_none_of_thousands_of_saves_is_lost(
    settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, lost, met = list(_DEEDS), [], 0
    share, of = (int(part) for part in os.environ.get("AKSES_SHARE", "0/1").split("/"))
    for run in range(share, _RUNS, of):
        deed, step = names[run % len(names)], 1 + run // len(names) % 34
        save, exchange = SAVES[run // 7 % len(SAVES)], run // 5 % 2 == 0
        folder = tmp_path / str(run)
        done, kept = _race(settled, folder, monkeypatch, deed, step, save, exchange)
        met += done
        if not kept:
            lost.append((run, deed, step, save.__name__, exchange))
        shutil.rmtree(folder)
    runs = len(range(share, _RUNS, of))
    print(f"\n{runs} races, {len(names)} kinds of edits, {met} met a save, {len(lost)} lost")
    assert not lost


def _race(
    settled: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, deed: str, step: int,
    save: Callable[[Path, bytes], None], exchange: bool,
) -> tuple[bool, bool]:  # fmt: skip
    """(did somebody save while the poll wrote, was it kept) of one race."""
    act, kept = _DEEDS[deed]
    house, done = at_work(settled, folder, monkeypatch), []

    def work() -> None:
        if house.path.exists():
            with house.path.open("rb") as stream:
                hand = Hand(stream.read())
            act(hand)
            save(house.path, hand.save())
            done.append(True)

    with steps({step: work}, can_exchange=exchange):
        house.poll()
    hand = settle(house)
    house.office.journal.close()
    return bool(done), not done or kept(house, hand)


@pytest.mark.parametrize("deed", list(_DEEDS)[:12])
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
