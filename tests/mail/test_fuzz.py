"""Broken mails of every kind are read without an exception, in bounded time, each with a verdict."""

from tests.mail.forgery_world import ForgeryWorld
from tests.mail.fuzzing import Fuzz
from tests.mail.test_forgeries import CLASSES


def test_mutated_mails_are_read_and_end_with_a_verdict(tmp_path):
    fuzz = Fuzz(ForgeryWorld(tmp_path), CLASSES, "suite")
    for number in range(300):
        fuzz.run(number)
    assert fuzz.whole == 1
    assert len(fuzz.verdicts) >= 6, "the mutations leave too little of a mail to be read"
