"""No forged approval decides anything. FORGERIES=20000 plays so many, the suite three a class."""

import os

import pytest

from tests.mail import forgeries_of_codes, forgeries_of_proofs, forgeries_of_senders, forgeries_of_words
from tests.mail.forgeries import Forgery, complaint, play
from tests.mail.forgery_world import ForgeryWorld

CLASSES: tuple[Forgery, ...] = (
    *forgeries_of_senders.FORGERIES, *forgeries_of_proofs.FORGERIES,
    *forgeries_of_codes.FORGERIES, *forgeries_of_words.FORGERIES,
)  # fmt: skip
SEED = os.environ.get("FORGERY_SEED", "0")
VARIATIONS = -(-int(os.environ.get("FORGERIES", str(3 * len(CLASSES)))) // len(CLASSES))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return ForgeryWorld(tmp_path_factory.mktemp("forgeries"))


def test_there_are_forty_classes_and_more_each_with_a_name_of_its_own():
    assert len(CLASSES) >= 40
    assert len({forgery.name for forgery in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("forgery", CLASSES, ids=lambda forgery: forgery.name)
def test_no_forged_approval_changes_a_request(world, forgery):
    """It ends with the reason of the gate that is to stop it; the honest mail it is made from decides."""
    for number in range(VARIATIONS):
        seed = f"{SEED}/{forgery.name}/{number}"
        # The honest mail needs as long as the forged one: in a long run every tenth is enough.
        attempt, played, control = play(forgery, world, seed, with_control=number % 10 == 0)
        wrong = complaint(forgery, world, played, control)
        assert not wrong, f"{seed}: {wrong}\n{attempt.raw[:3000]!r}"


def test_an_approval_that_is_not_forged_is_recorded_on_this_stage(world):
    """The stage can tell: what decides in the house decides here, and nothing of it stays."""
    for _ in range(2):
        played = world.play(world.honest_attempt())
        assert (played.reason, played.verdicts, played.unchanged) == ("decision", {"approve"}, False)
    assert world.house.digest() == world.before
