"""What every demo company of the tests has in common, made once a process. Nothing here decides anything.

Each of these costs as much as a poll or more, and is the same for nearly every test: the files of a new
company, the configuration as read, the rules, the compiled letters, what a form's bytes say, a new register.
"""

import functools
import hashlib
import io
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ruamel.yaml import YAML

from pipeline.commands.demo import make_company
from pipeline.config import _loader as _yaml_loader
from pipeline.config import read_config
from pipeline.demo.clients import Received, read_letter
from pipeline.form.blank import write_blank
from pipeline.form.fill import fill_form
from pipeline.form.sandbox import Sandbox
from pipeline.journal import Journal
from pipeline.letters.render import House, Templates
from pipeline.mail.rules import Rule, load_rules
from pipeline.model import FormReading, Language, System
from pipeline.register.workbook import new_register
from pipeline.workdays import Workdays

SHIPPED = Path(__file__).parents[1] / "config.yaml"
#: A company's journal as it begins, below its folder.
JOURNAL = Path("state") / "journal.sqlite"


@functools.cache
def _pasts() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory()


def new_folder() -> Path:
    """Where a past is lived through that tests copy; gone with the process."""
    return Path(tempfile.mkdtemp(dir=_pasts().name))


class OneReading(Sandbox):
    """The real child; what it once read is not read again: the same bytes say the same."""

    def __init__(self, catalogue: tuple[System, ...]) -> None:
        super().__init__(catalogue)
        self._known: dict[tuple[object, ...], FormReading] = {}

    def read(self, data: bytes, name: str, today: date, language: Language) -> FormReading:
        asked = (hashlib.sha256(data).digest(), name, today, language)
        if asked not in self._known:
            self._known[asked] = super().read(data, name, today, language)
        return self._known[asked]


@functools.lru_cache(maxsize=1)
def sandbox() -> OneReading:
    """One child for all tests: starting it is most of what reading a form costs."""
    return OneReading(read_config(SHIPPED).systems)


@functools.lru_cache(maxsize=1)
def model_company() -> dict[str, bytes]:
    """The files of a new demo company; its journal holds the id of its register and nothing else."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "company"
        make_company(SHIPPED, folder)
        files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        journal = Journal(folder / JOURNAL)
        with journal.entry() as entry:
            # Made at the first register otherwise: each would be drawn anew for its id's sake.
            entry.keep_value("register_house", "0123456789abcdef")
        journal.close()
        files[str(JOURNAL)] = (folder / JOURNAL).read_bytes()
    data = load_yaml(files["config.yaml"].decode())
    for name in ("rules", "templates"):
        data["files"][name] = str(SHIPPED.parent / {"rules": "inbox_rules"}.get(name, name))
    return files | {"config.yaml": dump_yaml(data)}


@functools.lru_cache(maxsize=32)
def _pickled_yaml(text: str) -> bytes:
    return pickle.dumps(YAML().load(text))


def load_yaml(text: str) -> Any:
    """config.yaml with all its comments and places; copying it is thirty times faster than reading it."""
    return pickle.loads(_pickled_yaml(text))  # noqa: S301  (our own bytes)


def dump_yaml(data: Any) -> bytes:
    stream = io.BytesIO()
    YAML().dump(data, stream)
    return stream.getvalue()


class _Loader:
    """Reading config.yaml with all its places takes as long as a poll; most tests have the same one."""

    load = staticmethod(functools.lru_cache(maxsize=32)(lambda text: _yaml_loader().load(text)))


@functools.lru_cache(maxsize=4)
def templates(folder: Path, house: House) -> Templates:
    """Compiling the letters is a third of what opening an office costs."""
    return Templates(folder, house)


def _rules(folder: Path) -> tuple[Rule, ...]:
    """Reading the rules with all their examples is another third."""
    files = sorted(folder.glob("*.yaml"))
    return _rules_of(folder, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@functools.lru_cache(maxsize=4)
def _rules_of(folder: Path, _as_they_are: tuple[tuple[str, int], ...]) -> tuple[Rule, ...]:
    return load_rules(folder)


def _by_repr(make: Callable) -> Callable:
    """`make`, called once for the same facts."""
    known: dict[str, Any] = {}

    @functools.wraps(make)
    def made(*facts: Any) -> Any:
        asked = repr(facts)
        if asked not in known:
            known[asked] = make(*facts)
        return known[asked]

    return made


workdays = _by_repr(Workdays)
_register = _by_repr(new_register)
form_to_correct = _by_repr(write_blank)
filled = functools.lru_cache(maxsize=128)(fill_form)


@contextmanager
def opening() -> Iterator[None]:
    """Within it an office opens with what is known already."""
    with ExitStack() as stack:
        for place, known in (
            ("config._loader", _Loader), ("office.load_rules", _rules), ("office.Templates", templates),
            ("office.Workdays", workdays), ("office.Sandbox", lambda _systems, _limits: sandbox()),
        ):  # fmt: skip
            stack.enter_context(patch(f"pipeline.{place}", known))
        yield


@contextmanager
def polling() -> Iterator[None]:
    """Within it a new register is drawn once for the same facts."""
    with patch("pipeline.keeping.new_register", _register):
        yield


@functools.lru_cache(maxsize=512)
def letter(raw: bytes) -> Received:
    """A letter as read by Python's own parser, which takes longer than writing it."""
    return read_letter(raw)
