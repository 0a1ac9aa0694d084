"""The two houses that the commands are tried in."""

from pathlib import Path

import pytest

from tests.commands.house import House, fresh_house, played_house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return played_house(tmp_path)


@pytest.fixture
def fresh(tmp_path: Path) -> House:
    return fresh_house(tmp_path)
