"""Damaged workbooks: refused, or edited rightly. The long run is tests/fuzz_package.py."""

import pytest

from tests.fuzz_package import outcome
from tests.register.package.features import workbook
from tests.register.package.mutations import mutated


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("start", range(0, 120, 30))
def test_damaged_workbook_is_refused_or_edited_rightly(start, tmp_path):
    said = {seed: outcome(mutated(workbook(seed), f"t{seed}"), tmp_path) for seed in range(start, start + 30)}
    assert {seed: one for seed, one in said.items() if one.startswith("WRONG")} == {}
    assert {"ok", "xml"} <= set(said.values())


def test_beginning_of_the_file_is_missing(tmp_path):
    assert outcome(workbook(1)[100:], tmp_path) == "truncated"
