"""config.yaml -> Config. Every mistake is reported at once, with its line; nothing here opens a mailbox."""

import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from pipeline.model import PipelineError
from pipeline.settings import Config


class ConfigError(PipelineError):
    """config.yaml cannot be used. `mistakes` has one line each: "config.yaml:12 mailbox.port: ..."."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def read_config(path: Path) -> Config:
    """config.yaml at `path` as a Config; ConfigError lists every mistake with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError((f"{path}: there is no such file. Is --config right?",)) from error
    except OSError as error:
        raise ConfigError((f"{path}: cannot be read ({error.strerror}). Is --config right?",)) from error
    except UnicodeDecodeError as error:
        raise ConfigError((f"{path.name}: is no UTF-8 text; save it as UTF-8 in the editor",)) from error
    try:
        data = _loader().load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError((f"{path.name}:{line} is not valid YAML: {error.problem}",)) from error
    except (YAMLError, ValueError) as error:
        raise ConfigError((f"{path.name}: is not valid YAML: {error}",)) from error
    if not isinstance(data, dict):
        raise ConfigError(
            (f"{path.name}:1 holds no settings. Start from the config.yaml that came with Akses.",)
        )
    try:
        config = Config.model_validate(_plain(data))
    except ValidationError as error:
        raise ConfigError(_mistakes(path.name, data, error)) from error
    return _with_absolute_paths(config, path.parent.resolve())


def _mistakes(name: str, data: Any, error: ValidationError) -> tuple[str, ...]:
    """Each mistake in its own line, in the order in which they stand in the file."""
    found = [(_line(data, one["loc"]), f"{_place(one['loc'])}: {_words(one)}") for one in error.errors()]
    return tuple(f"{name}:{line} {text}" for line, text in sorted(found, key=lambda pair: pair[0]))


class _Constructor(RoundTripConstructor):
    """Leaves dates as they are written: 2026-13-45 is one mistake among others, and no broken file."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _loader() -> YAML:
    loader = YAML(typ="rt")
    loader.Constructor = _Constructor
    return loader


def _plain(value: Any) -> Any:
    """The round-trip loader's containers and scalars as plain ones; line numbers stay in the original."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value


def _place(where: tuple[int | str, ...]) -> str:
    kinds = {"maildir", "imap", "outbox", "smtp"}
    return ".".join(str(step) for i, step in enumerate(where) if not (i == 1 and step in kinds)) or "file"


def _line(data: Any, where: tuple[int | str, ...]) -> int:
    """The line of the deepest part of `where` that stands in the file."""
    line: int = 1
    node: Any = data
    for step in where:
        try:
            position = node.lc.item(step) if isinstance(step, int) else node.lc.key(step)
            node = node[step]
        except (KeyError, IndexError, AttributeError, TypeError):
            continue
        line = position[0] + 1
    return line


def _words(error: Any) -> str:
    """pydantic's message in the words of somebody who fills in a file."""
    kind, given, setting = error["type"], error.get("input"), str(error["loc"][-1] if error["loc"] else "")
    if kind == "missing":
        return "is missing; add it (config.yaml as shipped shows how)"
    if kind == "extra_forbidden":
        # The value is not shown: it could be the password itself.
        secret = "; passwords never stand here: use password_env or password_file" * ("password" in setting)
        return f"is not a setting; is it a typing error?{secret}"
    if kind == "union_tag_invalid":
        return f"kind {given.get('kind')!r} is not known; use {error['ctx']['expected_tags']}"
    if kind == "union_tag_not_found":
        return "does not say its kind; add kind: (config.yaml as shipped shows which there are)"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "is empty or no section; its settings stand indented in the lines below it"
    if kind in {"string_too_short", "too_short"}:
        return "is empty; fill it in"
    if kind == "string_pattern_mismatch":
        return f"{given!r} does not have the right form"
    return f"{error['msg'].removeprefix('Value error, ')}" + (
        f" (it says {given!r})" if isinstance(given, str | int | float | bool) else ""
    )


def _with_absolute_paths(config: Config, folder: Path) -> Config:
    def absolute(section: Any) -> Any:
        paths = {n: _absolute(folder, v) for n, v in section.__dict__.items() if isinstance(v, Path)}
        return section.model_copy(update=paths)

    changed = {n: absolute(getattr(config, n)) for n in ("mailbox", "post", "files")}
    return config.model_copy(update=changed)


def _absolute(folder: Path, path: Path) -> Path:
    # Only the text is made tidy ("a/../b"): what is a link stays one.
    return Path(os.path.normpath(folder / path))
