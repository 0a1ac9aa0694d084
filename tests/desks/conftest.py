"""The companies that most tests of the desks begin with; a file that needs another one makes its own."""

import pytest

from tests.desks.absent import DEPUTY, asked_house


@pytest.fixture
def house(tmp_path):
    """As shipped. Finance has asked for three items, and the IT Manager has been asked."""
    return asked_house(tmp_path)


@pytest.fixture
def standing_in(tmp_path):
    """An out-of-office answer brings in the deputy, whose dates begin in three days."""
    return asked_house(tmp_path, on=True, deputy=DEPUTY.email)
