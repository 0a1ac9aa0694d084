"""The words by which cells are coloured and counted are the words that are really written there."""

from typing import get_args

from pipeline.letters.format import state_text, status_text
from pipeline.model import ItemStatus, RequestState
from pipeline.register.columns import COLUMNS, STATUSES
from pipeline.register.wording import DECISIONS, IMPORTED, MEANINGS, STATES, WORK


def test_every_decision_and_stage_has_its_colour_in_both_languages() -> None:
    for language in ("id", "en"):
        decisions = {status_text(status, language) for status in get_args(ItemStatus)}
        states = {state_text(state, language) for state in get_args(RequestState)}
        imported = {word.label(language) for word in IMPORTED.values()}
        assert {word.label(language) for word in DECISIONS} == decisions | imported
        assert {word.label(language) for word in STATES} == states


def test_the_staffs_statuses_are_explained_under_their_own_names() -> None:
    assert [(code, word.label_id, word.label_en) for code, word in WORK.items()] == [
        (choice.code, choice.label_id, choice.label_en) for choice in STATUSES
    ]


def test_the_legend_explains_every_column() -> None:
    assert set(MEANINGS) == {column.key for column in COLUMNS}
