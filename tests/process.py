"""What one process of the tests does once for all its offices, where each command in use does it for one.

None of it changes a result: the same statements are compiled, the same headers parsed, the same zones known.
"""

import functools
import gc
from email.headerregistry import HeaderRegistry
from pathlib import Path

from jinja2 import Environment
from sqlalchemy import Engine

from pipeline import settings
from pipeline.commands import demo, doctoring
from pipeline.demo import story
from pipeline.desks import returning
from pipeline.journal import book
from tests import once


def prepare() -> None:
    book.SYNCHRONOUS = "OFF"
    book._engine = _Engines(book._engine)
    settings.available_timezones = functools.cache(settings.available_timezones)
    # Python's parser asks for a mail's Content-Type some twenty times, and parses it each time anew.
    HeaderRegistry.__call__ = functools.lru_cache(maxsize=4096, typed=True)(HeaderRegistry.__call__)
    Environment.compile = _compile
    for place in (returning, story, demo, doctoring):
        place.write_blank = once.form_to_correct
    story.fill_form = once.filled
    # The collector walks all that 8,000 tests have imported, and finds nothing to take away.
    gc.set_threshold(50_000, 20, 100)


def look_no_more_at_what_stays() -> None:
    gc.collect()
    gc.freeze()


class _Engines:
    """Journals, all of which use the statements that one of them compiled: a company has sixty."""

    def __init__(self, make) -> None:
        self._make = make

    def __call__(self, path: Path) -> Engine:
        engine, first = self._make(path), self._first
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    @functools.cached_property
    def _first(self) -> Engine:
        """One in memory, which has spoken to SQLite once: the first file may be a damaged one."""
        engine = self._make(":memory:")
        with engine.connect():
            return engine


_compile_template = Environment.compile
_code = functools.lru_cache(maxsize=2_000)(lambda words, file: compile(words, file, "exec"))
_python: dict[tuple, str] = {}


def _compile(environment, source, name=None, filename=None, raw=False, defer_init=False):
    """A template's code. The letters' tests read the same templates some hundred times, from many folders."""
    asked = (
        source, name, defer_init, environment.autoescape, environment.trim_blocks, environment.lstrip_blocks,
        frozenset(environment.filters), frozenset(environment.tests),
    )  # fmt: skip
    if asked not in _python:
        _python[asked] = _compile_template(environment, source, name, filename, True, defer_init)
    return _python[asked] if raw else _code(_python[asked], filename or "<template>")
