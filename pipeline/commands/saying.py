"""How the commands speak: JSON or tables on standard output, nothing cut, nothing from outside acted on."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.model import PipelineError

#: The narrowest terminal that tables are drawn for; in a narrower one lines are broken by the terminal.
WIDTH = 80


class BadUsage(PipelineError):
    """The command was called in a way that cannot be meant; the exit code is 2."""


@dataclass(frozen=True)
class Heading:
    """A column of a table. `whole`: numbers and states, which are never broken over two lines."""

    text: str
    whole: bool = False
    justify: Literal["left", "right"] = "left"


def print_json(data: object) -> None:
    """One JSON document on one line, whatever encoding the output has."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    print(json.dumps(data, ensure_ascii=not unicode), flush=True)


def console() -> Console:
    """A console that takes every text as it is: mails may bring brackets, colons and escape characters."""
    screen = Console(markup=False, emoji=False, highlight=False)
    if screen.width < WIDTH:
        screen = Console(markup=False, emoji=False, highlight=False, width=WIDTH)
    return screen


def make_table(title: str, headings: Sequence[Heading], rows: Sequence[Sequence[str]]) -> Table:
    """A table that fits into 80 columns: long texts go on in the next line, and nothing is cut off."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, heading in enumerate(headings):
        longest = max((len(line) for row in rows for line in row[number].splitlines()), default=0)
        least = max(longest, len(heading.text)) if heading.whole else None
        table.add_column(
            heading.text, justify=heading.justify, no_wrap=heading.whole, min_width=least, overflow="fold"
        )
    for row in rows:
        table.add_row(*row)
    return table


def plain(text: str) -> str:
    """`text` with everything invisible taken out: a mail must not move the cursor of who reads about it."""
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people of the company write it, to the minute."""
    return f"{moment.astimezone(zone):%d/%m/%Y %H:%M}"


def report_done(as_json: bool, dry_run: bool, what: str, facts: dict[str, Any]) -> None:
    """One line, or one JSON document, about what was written or would be."""
    if as_json:
        print_json({"dry_run": dry_run, **facts})
    else:
        print(f"{'would write' if dry_run else 'written'}: {what}")
