"""Which system a text means: also among other words, but never another product with its name."""

import pytest

from pipeline.form.systems import find_system, is_guessed, nearest_systems
from tests.form.catalogue import CATALOGUE
from tests.form.pages import to_xlsx
from tests.form.sheets import ACCESS, ITEMS, PEOPLE, REQUESTER, SIGNOFF, read, sheet


@pytest.mark.parametrize(
    "text", ["Email Marketing Tool", "Internet Banking", "ERP Analytics Suite", "Internet of Things"]
)
def test_another_product_with_a_systems_name_in_it_is_not_that_system(text: str) -> None:
    assert find_system(text, CATALOGUE) is None
    assert nearest_systems(text, CATALOGUE)


@pytest.mark.parametrize(("text", "guessed"), [
    ("CCTV gudang oli", True), ("VPN kerja dari rumah", True), ("Akses VPN", False), ("Aplikasi HRIS", False),
    ("Accurate Online", False), ("e-mail", False), ("acurate", False), ("Salesforce", False),
    ("[v] VPN", False),
])  # fmt: skip
def test_a_system_found_among_other_words_is_known_to_be_a_guess(text: str, guessed: bool) -> None:
    assert is_guessed(text, CATALOGUE) is guessed


def test_a_guess_is_told_to_the_sender_as_a_warning() -> None:
    rows = [list(row) for row in ITEMS]
    rows[0][1] = "CCTV gudang oli"
    reading = read(to_xlsx(*sheet(REQUESTER, PEOPLE, [*ACCESS[:2], *rows], SIGNOFF).pages))
    assert not reading.errors
    (said,) = reading.problems
    assert (said.field, said.kind, said.severity) == ("items[0].system", "unknown", "warning")
    assert "CCTV" in said.message
