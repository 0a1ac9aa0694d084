"""What is the house's own fault is never told to the sender of a form."""

import sys

import pytest

from pipeline.form.sandbox import Sandbox
from pipeline.model import PipelineError
from tests.form.catalogue import CATALOGUE
from tests.form.paper import TODAY


def test_a_reader_that_cannot_start_is_no_fault_of_the_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Sandbox(CATALOGUE) as sandbox, pytest.raises(PipelineError, match="cannot start"):
        sandbox.read(b"PK", "form.xlsx", TODAY, "id")


def test_a_reader_that_dies_at_once_is_no_fault_of_the_file(monkeypatch):
    monkeypatch.setattr("pipeline.form.sandbox._START", "import sys; sys.exit(3)")
    with Sandbox(CATALOGUE) as sandbox, pytest.raises(PipelineError, match="cannot start"):
        sandbox.mark(b"PK", "form.xlsx", (), "id")
