"""What is imported as requests in the journal: one event for each employee. Asks and tells nobody."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count, islice
from typing import cast
from zoneinfo import ZoneInfo

from pipeline.approval.items import digest_of, to_plain
from pipeline.approval.workflow import fold
from pipeline.importing.held import person_key
from pipeline.importing.reading import OldRegister
from pipeline.importing.rows import OldAccess
from pipeline.journal import Entry, RequestRow
from pipeline.model import AccessItem, Event, Form, PipelineError

#: More items would make one request slow to fold whenever staff write in one of its rows.
_MOST_ITEMS = 200
#: Who wrote the event: no person decided anything.
_BY = "import"
_Group = tuple[str, str]


@dataclass(frozen=True)
class OldFile:
    """The register that is taken over: its name, what its bytes were, and how they were read."""

    name: str
    sha256: str
    #: the mapping file's text
    mapping: str
    #: sheet -> the headings that the cells of its rows stand under
    headings: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Recorded:
    """The numbers of the first and the last request, and how many there are."""

    first: str = ""
    last: str = ""
    requests: int = 0
    items: int = 0


def grouped(found: OldRegister) -> Iterator[tuple[OldAccess, ...]]:
    """What becomes one request: the access of one employee in one department, in the register's order."""
    groups: dict[_Group, list[OldAccess]] = {}
    for access in found.access():
        groups.setdefault((person_key(access.employee), access.department.casefold()), []).append(access)
    for group in groups.values():
        left = iter(group)
        while part := tuple(islice(left, _MOST_ITEMS)):
            yield part


def record_import(
    entry: Entry, found: OldRegister, file: OldFile, now: datetime, zone: ZoneInfo,
    progress: Callable[[int], None] = lambda _items: None,
) -> Recorded:  # fmt: skip
    """Write everything that is new into the journal; part of the one transaction that `entry` is."""
    year = now.astimezone(zone).year
    cells = {(row.sheet, row.row): row.cells for row in found.rows}
    refs = (f"REQ-{year}-{number:04d}" for number in count(entry.next_number(year)))
    begun = (
        (ref, _data(ref, group, file, cells, zone)) for group, ref in zip(grouped(found), refs, strict=False)
    )
    first, last, requests, items = "", "", 0, 0
    for event in entry.bulk.begin_requests("request_imported", _BY, now, entry.head(), begun, _row):
        taken = len(cast(Sequence[object], event.data["items"]))
        first, last, requests, items = first or event.ref, event.ref, requests + 1, items + taken
        progress(taken)
    if requests:
        entry.add_event("register_imported", "", _BY, {
            "file": file.name, "sha256": file.sha256, "mapping": file.mapping, "rows": len(found.rows),
            "requests": requests, "items": items, "first": first, "last": last,
        }, now)  # fmt: skip
    return Recorded(first, last, requests, items)


def _row(event: Event) -> RequestRow:
    case = fold((event,))
    if case is None:
        raise PipelineError(f"{event.ref} could not be imported.", "Nothing was written.")
    return RequestRow(case.ref, case.state, case.requester, case.content_key)


def _data(
    ref: str, group: Sequence[OldAccess], file: OldFile,
    cells: Mapping[tuple[str, int], tuple[str, ...]], zone: ZoneInfo,
) -> dict[str, object]:  # fmt: skip
    """The event of one request: its items, each with the row it comes from and the cells as they stood."""
    items = tuple(_item(number, access) for number, access in enumerate(group, start=1))
    form = _form(group)
    digest = digest_of(ref, 0, form, items)
    # A row that only told the end of another one's access is evidence of it.
    rows = dict.fromkeys(place for one in group for place in ((one.sheet, one.row), *one.told_by))
    return {
        "file": file.name, "sha256": file.sha256, "digest": digest, "form": to_plain(Form, form),
        "items": [to_plain(AccessItem, item) for item in items],
        "taken": [_taken(number, access, zone) for number, access in enumerate(group, start=1)],
        "rows": [
            {"sheet": sheet, "row": row, "cells": _filled(file.headings[sheet], cells[sheet, row])}
            for sheet, row in rows
        ],
    }  # fmt: skip


def _taken(number: int, access: OldAccess, zone: ZoneInfo) -> dict[str, object]:
    done_on = access.staff.get("done_on", "")
    given = date.fromisoformat(done_on) if done_on else access.start
    moment = datetime.combine(given, time.min, tzinfo=zone).astimezone(UTC)
    return {
        "item": number, "sheet": access.sheet, "row": access.row, "number": access.number,
        "revoked": access.revoked, "given_at": moment.isoformat(), "staff": dict(access.staff),
    }  # fmt: skip


def _filled(headings: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    return {heading: text for heading, text in zip(headings, texts, strict=True) if text}


def _item(number: int, access: OldAccess) -> AccessItem:
    return AccessItem(
        no=number, employee=access.employee, system=access.system.code, system_label=access.system.label_id,
        access_level=access.level, action="grant", start_date=access.start, end_date=access.end,
        justification=access.need,
    )  # fmt: skip


def _form(group: Sequence[OldAccess]) -> Form:
    """A form that nobody filled in: only what the old register says of who asked, and for whom."""
    first = group[0]
    return Form(
        request_date=None, request_type="new", revises="", requester_name=first.requester,
        requester_position="", requester_email="", requester_department=first.department,
        requester_division=first.division, division_head_name="", signature="none", signed_on=None,
        employees=(first.employee,), lines=(),
    )  # fmt: skip
