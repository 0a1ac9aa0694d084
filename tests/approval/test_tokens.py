"""A token stands for one request, revision, round, content, approver and time, and for nothing else."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.approval.tokens import _ALPHABET, Binding, code_holds, find_codes, mint_code

KEYS = {1: b"k" * 32, 2: b"q" * 32}
BINDING = Binding("REQ-2026-0001", 0, 1, "d" * 64, "boss@x.example", datetime(2026, 12, 24, tzinfo=UTC))


def test_the_same_binding_always_gives_the_same_code():
    assert mint_code(BINDING, KEYS[1], 1) == mint_code(replace(BINDING), KEYS[1], 1)


@pytest.mark.parametrize("change", [
    {"ref": "REQ-2026-0002"}, {"revision": 1}, {"round": 2}, {"digest": "e" * 64},
    {"approver": "evil@x.example"}, {"expires": BINDING.expires + timedelta(seconds=1)},
])  # fmt: skip
def test_a_code_holds_for_nothing_but_its_own_binding(change):
    code = mint_code(BINDING, KEYS[1], 1)
    assert code_holds(code, BINDING, KEYS)
    assert not code_holds(code, replace(BINDING, **change), KEYS)


def test_a_code_of_a_key_that_is_gone_does_not_hold():
    assert not code_holds(mint_code(BINDING, KEYS[2], 2), BINDING, {1: KEYS[1]})


def test_guessed_codes_never_hold():
    dice = random.Random(1)
    guesses = ("AK1-" + "".join(dice.choices(_ALPHABET, k=26)) for _ in range(20_000))
    assert not any(code_holds(guess, BINDING, KEYS) for guess in guesses)


def test_a_code_carries_128_bits():
    seen = {mint_code(replace(BINDING, round=n), KEYS[1], 1)[4:] for n in range(2000)}
    assert len(seen) == 2000
    assert all(len({code[place] for code in seen}) == 32 for place in range(1, 26))


def test_codes_are_found_in_any_case_and_not_inside_longer_words():
    code = mint_code(BINDING, KEYS[1], 1)
    assert find_codes(f"Re: x [{code.lower()}] <a.{code.lower()}@x.example> {code}") == (code,)
    assert find_codes(f"A{code} {code}0") == ()
