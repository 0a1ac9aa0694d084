"""The diagram of docs/approval.md is the one the code draws, and every state has its place in it."""

from pathlib import Path
from typing import get_args

from pipeline.approval.history import HANDLERS
from pipeline.approval.moves import GROUPS, MOVES, diagram
from pipeline.model import RequestState

PAGE = Path(__file__).parents[2] / "docs" / "approval.md"


def test_the_page_shows_the_diagram_that_the_code_draws():
    assert f"```mermaid\n{diagram()}\n```" in PAGE.read_text(encoding="utf-8")


def test_every_state_a_request_can_be_in_stands_in_one_group():
    states = [state for group in GROUPS.values() for state in group]
    assert len(states) == len(set(states))
    # A form that is not sound never becomes a request.
    assert set(states) == set(get_args(RequestState)) - {"received", "returned"}


def test_every_event_that_moves_a_request_is_one_that_is_folded():
    assert set(MOVES) - {"request_received", "request_imported"} <= set(HANDLERS)
