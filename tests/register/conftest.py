"""What the register's tests share."""

from pathlib import Path

import pytest

from pipeline.register import standing
from tests.register.house import House


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(standing, "_PAUSE", 0.0)
    return House(tmp_path)
