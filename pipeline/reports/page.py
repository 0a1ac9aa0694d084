"""What a sheet behind the first is made of: heads, plain values, a total. Computes and draws nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pandas as pd

from pipeline.model import Language
from pipeline.reports.figures import Span
from pipeline.reports.words import say
from pipeline.workdays import Workdays

Kind = Literal["text", "wide", "no", "count", "days", "day", "moment"]
Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Head:
    """A column: the key of its words, its width, and what stands in it."""

    key: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True)
class Page:
    """One sheet: its name, a sentence that says what it shows, and a table. `total` is its last row."""

    name: str
    about: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    #: sentences below the table
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Month:
    """What every page is made from."""

    requests: pd.DataFrame
    items: pd.DataFrame
    span: Span
    workdays: Workdays
    language: Language

    def say(self, key: str, **facts: object) -> str:
        return say(key, self.language, **facts)

    def page(self, key: str, heads: tuple[Head, ...], rows: Sequence[tuple[Value, ...]], **more: Any) -> Page:
        return Page(self.say(f"sheet_{key}"), self.say(f"about_{key}"), heads, tuple(rows), **more)


def rows_of(frame: pd.DataFrame, columns: tuple[str, ...], month: Month) -> list[tuple[Value, ...]]:
    """The table's rows as plain Python values: local times without zone, as Excel wants them."""
    return [tuple(value_of(row[name], month) for name in columns) for row in frame.to_dict("records")]


def value_of(value: Any, month: Month) -> Value:
    if isinstance(value, pd.Timestamp):
        return local(value, month)
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float):
        return round(value, 2)
    return value.item() if hasattr(value, "item") else value  # type: ignore[no-any-return]


def local(moment: pd.Timestamp, month: Month) -> datetime:
    zone = month.span.begin.tzinfo
    return moment.to_pydatetime().astimezone(zone).replace(tzinfo=None, microsecond=0)
