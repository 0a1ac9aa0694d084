"""Reading, comparing, writing and swapping together, on real workbooks, while somebody works in the file."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill

from pipeline.register.swap import swap_in, sweep
from pipeline.register.sync import Merge, agreed_cells, differs, merge
from pipeline.register.workbook import check_written, new_register, read_register, update_register
from tests.register.race import SAVES, steps
from tests.register.samples import COMPANY, TODAY, Hand, Staff, changed, some_rows

_KEYS = [row.key for row in some_rows(4)]
#: What somebody does in one sitting; the last word tells how to see afterwards that it was kept.
_DEEDS: dict[str, Callable[[Hand], object]] = {
    "status": lambda hand: hand.write(_KEYS[0], status="Selesai", done_on=TODAY),
    "date as text": lambda hand: hand.write(_KEYS[1], done_on="24 Nopember 2026"),
    "note": lambda hand: hand.write(_KEYS[2], note="=catatan"),
    "number as account": lambda hand: hand.write(_KEYS[0], account_id=7),
    "sort": lambda hand: hand.sort(by=lambda values: str(values[2])),
    "our cell": lambda hand: hand.write(_KEYS[1], decision="Ditolak"),
    "impossible": lambda hand: hand.write(_KEYS[1], status="mungkin"),
    "sheet": lambda hand: hand.book.create_sheet("Milik IT"),
    "colour": lambda hand: setattr(hand.sheet["C5"], "fill", PatternFill("solid", fgColor="FFFF00FF")),
    "rename": lambda hand: setattr(hand.sheet, "title", "Akses"),
    "hide": lambda hand: setattr(hand.sheet.row_dimensions[6], "hidden", True),
}


class Keeper:
    """The register as the flow keeps it: journal, bases by generation, and one file."""

    def __init__(self, folder: Path) -> None:
        self.path, self._versions = folder / "Register.xlsx", folder / "versions"
        self.rows = some_rows(4)
        self.known: Staff = {}
        self.restored: set[str] = set()
        self.refused: set[str] = set()
        self._bases: dict[int, dict[str, dict[str, str]]] = {}
        self._generation = 0
        self.round()

    def round(self) -> bool:
        """One pass; whether the register is as it should be."""
        data = self.path.read_bytes() if self.path.exists() else None
        merged = self.take_over(data) if data else None
        if data and merged and not merged.edits and not differs(read_register(data), self.rows, merged.staff):
            return True
        staff = {**self.known, **(merged.staff if merged else {})}
        self._generation += 1
        if data:
            new = update_register(data, self.rows, staff, self._generation, "id")
        else:
            new = new_register(self.rows, staff, self._generation, COMPANY, "id")
        check_written(new, self.rows, staff, self._generation)
        self._bases[self._generation] = agreed_cells(self.rows, self.known)
        expected = hashlib.sha256(data).hexdigest() if data else None
        swap = swap_in(self.path, new, expected, self._versions)
        if swap.displaced:
            self.take_over(swap.displaced)
        return False

    def take_over(self, data: bytes) -> Merge:
        sheet = read_register(data)
        base = self._bases.get(sheet.generation, {})
        merged = merge(base, sheet, self.rows, self.known, lambda _key: True, TODAY)
        for edit in merged.edits:
            self.known.setdefault(edit.key, {})[edit.column] = edit.new
        self.restored |= {f"{edit.key} {edit.column}" for edit in merged.restored}
        self.refused |= {f"{edit.key} {edit.column} {edit.new}" for edit, _ in merged.refused}
        return merged

    def settle(self) -> Hand:
        sweep(self.path)
        assert any(self.round() for _ in range(5)), "the register never came to rest"
        return Hand(self.path.read_bytes())


def _kept(deed: str, keeper: Keeper, hand: Hand) -> bool:
    checks: dict[str, Callable[[], bool]] = {
        "status": lambda: keeper.known[_KEYS[0]] == {"status": "done", "done_on": "2026-11-24"},
        "date as text": lambda: keeper.known[_KEYS[1]]["done_on"] == "2026-11-24",
        "note": lambda: hand.value(_KEYS[2], "note") == "=catatan",
        "number as account": lambda: keeper.known[_KEYS[0]]["account_id"] == "7",
        "sort": lambda: read_register(hand.save()).order != tuple(_KEYS),
        "our cell": lambda: f"{_KEYS[1]} decision" in keeper.restored,
        "impossible": lambda: (
            f"{_KEYS[1]} status mungkin" in keeper.refused and hand.value(_KEYS[1], "status") == "mungkin"
        ),
        "sheet": lambda: "Milik IT" in hand.book.sheetnames,
        "colour": lambda: hand.sheet["C5"].fill.fgColor.rgb == "FFFF00FF",
        "rename": lambda: hand.sheet.title == "Akses",
        "hide": lambda: bool(hand.sheet.row_dimensions[6].hidden),
    }
    return checks[deed]()


#: Each deed with one way of swapping, the first with both.
_WAYS = [("status", False), *((deed, number % 2 == 0) for number, deed in enumerate(_DEEDS))]


@pytest.mark.parametrize(("deed", "can_exchange"), _WAYS)
def test_what_somebody_does_while_we_write_is_kept(tmp_path: Path, deed: str, can_exchange: bool) -> None:
    chosen, worked = 1 + list(_DEEDS).index(deed), 0
    for number in range(chosen, 45, len(_DEEDS)):
        folder = tmp_path / str(number)
        folder.mkdir()
        keeper = Keeper(folder)
        keeper.rows = [changed(keeper.rows[0], need="Diperbarui."), *keeper.rows[1:]]
        done: list[bool] = []

        def work(keeper: Keeper = keeper, done: list[bool] = done, number: int = number) -> None:
            if keeper.path.exists():
                with keeper.path.open("rb") as stream:
                    hand = Hand(stream.read())
                _DEEDS[deed](hand)
                SAVES[number % len(SAVES)](keeper.path, hand.save())
                done.append(True)

        with steps({number: work}, can_exchange):
            keeper.round()
        hand = keeper.settle()
        if done:
            worked += 1
            assert _kept(deed, keeper, hand), f"step {number}"
        assert read_register(keeper.path.read_bytes()).rows[_KEYS[0]]["need"] == "Diperbarui."
    assert worked > 1


def test_an_old_copy_saved_over_ours_is_healed_and_its_entries_are_kept(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    old_copy = Hand(keeper.path.read_bytes())
    live = Hand(keeper.path.read_bytes()).write(_KEYS[0], status="Selesai", note="dari Hendra")
    keeper.path.write_bytes(live.save())
    keeper.settle()
    keeper.rows = some_rows(6)
    keeper.settle()
    keeper.path.write_bytes(old_copy.write(_KEYS[1], note="dari salinan lama").save())
    hand = keeper.settle()
    assert hand.value(_KEYS[0], "note") == "dari Hendra"
    assert hand.value(_KEYS[0], "status") == "Selesai"
    assert hand.value(_KEYS[1], "note") == "dari salinan lama"
    assert read_register(keeper.path.read_bytes()).order == tuple(row.key for row in some_rows(6))


def test_a_status_set_and_taken_back_is_taken_back(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    for status in ("Selesai", None, "Proses"):
        hand = Hand(keeper.path.read_bytes()).write(_KEYS[0], status=status)
        keeper.path.write_bytes(hand.save())
        keeper.settle()
    assert keeper.known[_KEYS[0]]["status"] == "progress"


def test_many_rounds_of_work_keep_a_staffs_colour_and_sheet(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    hand = Hand(keeper.path.read_bytes())
    hand.sheet["C5"].fill = PatternFill("solid", fgColor="FFFF00FF")
    hand.book.create_sheet("Milik IT")["A1"].value = "tetap"
    keeper.path.write_bytes(hand.save())
    for number in range(12):
        keeper.rows = some_rows(4 + number)
        keeper.round()
    hand = keeper.settle()
    assert hand.sheet["C5"].fill.fgColor.rgb == "FFFF00FF"
    assert hand.book["Milik IT"]["A1"].value == "tetap"
    assert hand.sheet.tables["Register"].ref == "A4:AD19"
