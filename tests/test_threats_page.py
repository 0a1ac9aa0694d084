"""docs/threats.md names only tests and files that are there, and all the attacks."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGE = (HOUSE / "docs" / "threats.md").read_text(encoding="utf-8")


def test_every_test_that_the_page_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 30
    missing = [
        (file, test) for file, test in named
        if not (HOUSE / file).is_file() or f"def {test}" not in (HOUSE / file).read_text(encoding="utf-8")
    ]  # fmt: skip
    assert not missing


def test_every_room_that_the_page_names_is_there():
    rooms = re.findall(r"`((?:\w+/)?\w+\.py)`", PAGE)
    assert not [room for room in rooms if not (HOUSE / "pipeline" / room).is_file()]


def test_every_attack_has_its_line():
    assert re.findall(r"(?m)^\| T(\d+) \|", PAGE) == [str(number) for number in range(1, 36)]
