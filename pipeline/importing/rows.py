"""What a row of an old register tells: who has what since when, and what is wrong with it. Nouns alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.model import Employee, System

#: What a row asked for: access, another level of it, or its end.
Action = Literal["grant", "change", "revoke"]
#: error: the row cannot be taken over as it stands; note: it can, and this is worth knowing.
Weight = Literal["error", "note"]


@dataclass(frozen=True)
class Remark:
    """What there is to say about a cell, and how to mend it."""

    cell: str
    code: str
    weight: Weight
    text: str


@dataclass(frozen=True)
class OldAccess:
    """One access that the old register tells of."""

    sheet: str
    row: int
    employee: Employee
    department: str
    division: str
    requester: str
    number: str
    need: str
    system: System
    level: str
    start: date
    end: date | None
    revoked: bool
    #: as the register keeps them: status, done_by, done_on, account_id, note, revoked_on
    staff: Mapping[str, str]
    #: where the system stands: "Sheet1!D14"
    cell: str
    #: revoke: the row tells the end of access; `start` is the day of it
    action: Action = "grant"
    #: False where `start` is only what the mapping file says for rows without a day
    dated: bool = True
    #: other rows that told its end: (sheet, row)
    told_by: tuple[tuple[str, int], ...] = ()
    #: a row that asked for its end has ended it
    by_request: bool = False


@dataclass(frozen=True)
class OldRow:
    """A row of the old register, judged: what it holds, or why it is left out."""

    sheet: str
    row: int
    #: as they stood, below the headings of the sheet
    cells: tuple[str, ...]
    access: tuple[OldAccess, ...] = ()
    remarks: tuple[Remark, ...] = ()
    #: why it is no access though nothing is wrong with it: leave-out
    left_out: str = ""

    @property
    def has_errors(self) -> bool:
        return any(remark.weight == "error" for remark in self.remarks)
