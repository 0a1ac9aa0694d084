"""config.yaml -> Config. Every mistake is reported at once, with its line; nothing here opens a mailbox."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
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
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError((f"{path}: cannot be read ({error}). Is --config right?",)) from error
    try:
        data = YAML(typ="rt").load(text)
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
        raise ConfigError(
            tuple(
                f"{path.name}:{_line(data, e['loc'])} {_place(e['loc'])}: {_words(e)}" for e in error.errors()
            )
        ) from error
    return _with_absolute_paths(config, path.parent.resolve())


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
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return "is missing; add it (config.yaml as shipped shows how)"
    if kind == "extra_forbidden":
        return "is not a setting; is it a typing error?"
    if kind == "union_tag_invalid":
        return f"kind {given.get('kind')!r} is not known; use {error['ctx']['expected_tags']}"
    if kind == "string_pattern_mismatch":
        return f"{given!r} does not have the right form"
    return f"{error['msg'].removeprefix('Value error, ')}" + (
        f" (it says {given!r})" if isinstance(given, str | int | float | bool) else ""
    )


def _with_absolute_paths(config: Config, folder: Path) -> Config:
    def absolute(section: Any) -> Any:
        paths = {n: folder / v for n, v in section.__dict__.items() if isinstance(v, Path)}
        return section.model_copy(update=paths)

    changed = {n: absolute(getattr(config, n)) for n in ("mailbox", "post", "files")}
    return config.model_copy(update=changed)
