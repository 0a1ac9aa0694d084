"""Three-way comparison: what we last wrote, what stands in the sheet, what should. Pure: touches no file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.model import Edit, Language
from pipeline.register.columns import AKSES, STAFF, Column, Row, Sheet
from pipeline.register.judging import DONE, check_entry, reason_text

Cells = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Merge:
    """What people did to the register since we last wrote it, and what staff's cells shall hold now."""

    #: staff's cells that people changed: to be recorded
    edits: tuple[Edit, ...]
    #: our cells that people changed (old: ours, new: theirs): to be put back and told
    restored: tuple[Edit, ...]
    #: keys of rows that people deleted: to be put back and told
    missing: tuple[str, ...]
    #: entries that cannot be, each with its reason as a sentence; they stay in the sheet and are not recorded
    refused: tuple[tuple[Edit, str], ...]
    #: row key -> column key -> what to write, for every wanted row; refused entries stand here as typed
    staff: Cells
    #: keys in the sheet that belong to no item: made up, or of another register
    strange: tuple[str, ...] = ()


def merge(
    base: Cells, sheet: Sheet, wanted: Sequence[Row], known_staff: Cells, approved: Callable[[str], bool],
    today: date, language: Language = "id", there: Callable[[str], bool] = lambda _key: False,
) -> Merge:  # fmt: skip
    """Compare `sheet` with `base`, what we wrote at the generation that the sheet carries.

    So a copy that was opened long ago and saved late changes only what was changed in it: a cell that is as
    it was in its own base never undoes what was recorded later (`known_staff`). `approved` tells whether
    the item with a key may be worked on, `there` whether it may be revoked whatever its work status, `today`
    is the company's day. `language` is that of the reasons.
    Without a base (a copy older than any we remember) nothing recorded is overruled, and nothing can be
    told to be deleted.
    """
    work = _Work(approved, today, language, there)
    for row in wanted:
        found, before, known = sheet.rows.get(row.key), base.get(row.key), known_staff.get(row.key, {})
        work.take(row, found, before, known, row.key in sheet.doubtful)
    keys = {row.key for row in wanted}
    return Merge(
        tuple(work.edits), tuple(work.restored), tuple(work.missing), tuple(work.refused), work.staff,
        tuple(key for key in sheet.order if key not in keys),
    )  # fmt: skip


def differs(sheet: Sheet, wanted: Sequence[Row], staff: Cells) -> bool:
    """Is there anything to write: a row, a cell of ours, or a cell of staff's that the sheet lacks?"""
    for row in wanted:
        found = sheet.rows.get(row.key)
        if found is None:
            return True
        written = staff.get(row.key, {})
        texts = row.texts() | {column.key: written[column.key] for column in STAFF if column.key in written}
        if any(found.get(name) != text for name, text in texts.items()):
            return True
    return False


def agreed_cells(wanted: Sequence[Row], known_staff: Cells) -> dict[str, dict[str, str]]:
    """The base to remember with a generation: our cells, and staff's as they are recorded.

    Not what was read back: an entry that was refused stands in the sheet, but is not agreed. So it is judged
    again each time, and is accepted as soon as it has become possible.
    """
    return {
        row.key: row.texts()
        | {column.key: known_staff.get(row.key, {}).get(column.key, "") for column in STAFF}
        for row in wanted
    }


class _Work:
    """Collects the findings of a comparison, row by row."""

    def __init__(
        self, approved: Callable[[str], bool], today: date, language: Language, there: Callable[[str], bool]
    ) -> None:
        self._approved, self._today, self._language, self._there = approved, today, language, there
        self.edits: list[Edit] = []
        self.restored: list[Edit] = []
        self.missing: list[str] = []
        self.refused: list[tuple[Edit, str]] = []
        self.staff: dict[str, dict[str, str]] = {}

    def take(
        self,
        row: Row,
        found: Mapping[str, str] | None,
        before: Mapping[str, str] | None,
        known: Mapping[str, str],
        doubtful: bool,
    ) -> None:
        if found is None:
            # Without a base the row may be newer than the copy that was saved: then nobody deleted it.
            if before is not None:
                self.missing.append(row.key)
            self.staff[row.key] = {c.key: known.get(c.key, (before or {}).get(c.key, "")) for c in STAFF}
            return
        self._compare_ours(row, found, before)
        settle = self._undo if doubtful else self._settle
        self.staff[row.key] = {c.key: settle(c, row, found, before, known.get(c.key, "")) for c in STAFF}

    def _undo(
        self, column: Column, row: Row, found: Mapping[str, str], before: Mapping[str, str] | None, known: str
    ) -> str:
        """Nobody can tell whose row staff wrote in: what they wrote is told, and what was recorded stays."""
        now = found.get(column.key, "")
        if now not in {known, (before or {}).get(column.key, "")}:
            why = reason_text("mixed-row", self._language)
            self.refused.append((Edit(row.key, column.key, known, now), why))
        return known

    def _compare_ours(self, row: Row, found: Mapping[str, str], before: Mapping[str, str] | None) -> None:
        texts = row.texts()
        for column in AKSES if before is not None else ():
            now, was = found.get(column.key, ""), (before or {}).get(column.key, "")
            if now not in {was, texts[column.key]}:
                self.restored.append(Edit(row.key, column.key, was, now))

    def _settle(
        self, column: Column, row: Row, found: Mapping[str, str], before: Mapping[str, str] | None, known: str
    ) -> str:
        """What a cell of staff's shall hold; on the way, what was done to it is noted."""
        now = found.get(column.key, "")
        if now == known:
            return now
        edit = Edit(row.key, column.key, known, now)
        approved = self._approved(row.key)
        told = {**found, "status": DONE} if self._there(row.key) else found
        why = check_entry(column, now, row, told, approved, self._today, self._language)
        if before is None and known:
            if now:
                why = why or reason_text("too-old-copy", self._language, known=known)
                self.refused.append((edit, why))
            return known
        if before is not None and now == before.get(column.key, ""):
            # As it was in its own base, and something else was recorded since: a copy saved late.
            return known
        if why:
            self.refused.append((edit, why))
        else:
            self.edits.append(edit)
        return now
