"""What a row of an old register tells: who has what since when, and what is wrong with it. Nouns alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipeline.model import Employee, System

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
