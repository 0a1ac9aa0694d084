"""What templates can use: jinja2, set up strictly, and words for dates, states and wrapping. No letters."""

import textwrap
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from pipeline.letters import format as texts
from pipeline.letters.cards import lay_out, topic
from pipeline.model import Edit, Language

#: Columns of the plain text: mail programs of old wrap at 76, phones where they like.
_WIDTH = 72
#: What a mistake in a template may raise while it is filled in.
BROKEN = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


def open_environment(folder: Path, *, escape: bool) -> Environment:
    """Templates from this folder only; a misspelt name is an error, and values are escaped for HTML."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=escape,  # noqa: S701 - off only where plain text is made
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "wrap": wrap, "lines": str.splitlines, "short": texts.short, "change": _change, "refusal": _refusal,
    }  # fmt: skip
    return environment


def fill_block(environment: Environment, name: str, block: str, words: Mapping[str, Any]) -> str:
    """One block of a template. ValueError when the template has no such block, BROKEN for a mistake in it."""
    template = environment.get_template(name)
    if block not in template.blocks:
        raise ValueError(f"the block {block!r} is missing")
    try:
        return "".join(template.blocks[block](template.new_context(dict(words))))
    except BROKEN:
        # Raises the same error again, with the template's own lines in its traceback.
        environment.handle_exception()


def helpers(language: Language, timezone: str) -> dict[str, Callable[..., Any]]:
    """The functions every template can call; those that write words know the letter's language."""

    def date_text(day: date | None) -> str:
        return texts.date_text(day, language)

    def time_text(moment: datetime) -> str:
        return texts.time_text(moment, timezone, language)

    return {
        "date_text": date_text,
        "time_text": time_text,
        "kind_text": partial(texts.kind_text, language=language),
        "month_text": partial(texts.month_text, language=language),
        "state_text": partial(texts.state_text, language=language),
        "status_text": partial(texts.status_text, language=language),
        "action_text": partial(texts.action_text, language=language),
        "type_text": partial(texts.type_text, language=language),
        "period_text": partial(texts.period_text, language=language),
        "listing": lambda words: texts.listing(list(words), language),
        "listing_short": lambda words, most=2: texts.listing_short(list(words), language, most),
        "topic": partial(topic, language=language),
        "lay_out": lay_out,
    }


def _change(edit: Edit, pattern: str) -> str:
    """A changed cell of the register in the words of `pattern`: {key}, {column}, {old}, {new}."""
    return pattern.format(key=edit.key, column=edit.column, old=edit.old, new=edit.new)


def _refusal(refused: tuple[Edit, str], pattern: str) -> str:
    """As `_change`, for an entry that could not be accepted, with its reason as {why}."""
    edit, why = refused
    return pattern.format(key=edit.key, column=edit.column, old=edit.old, new=edit.new, why=why)


def wrap(text: str, indent: str = "", first: str | None = None, width: int = _WIDTH) -> str:
    """Each line of `text` wrapped, `indent` in front of it (`first` in front of the first)."""
    wrapped: list[str] = []
    for line in str(text).split("\n"):
        start = indent if wrapped or first is None else first
        pieces = textwrap.wrap(
            line, width, initial_indent=start, subsequent_indent=indent, break_on_hyphens=False
        )
        wrapped += pieces or [start.rstrip()]
    return "\n".join(wrapped)


def tidy(text: str) -> str:
    """No spaces at line ends, at most one empty line in a row, one newline at the end."""
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
