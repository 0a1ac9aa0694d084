"""Raw answers: which cell holds the answer to which field, before anyone asks what it says."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.form.grid import Cell
from pipeline.form.words import clean, is_blank


class Answer(NamedTuple):
    """The place of an answer and what stands there. `text` is set where it is only a part of the cell."""

    row: int
    column: int
    cell: Cell | None = None
    text: str | None = None
    #: the sheet it stands in, by its title
    sheet: str = ""

    @property
    def shown(self) -> str:
        """The answer's text when it is text, cleaned; else ""."""
        if self.text is not None:
            return clean(self.text)
        return clean(self.cell.text) if self.cell else ""

    @property
    def is_empty(self) -> bool:
        """Nothing was written here: no value, or what stands on an unfilled line."""
        if self.text is not None:
            return is_blank(self.text)
        if self.cell is None:
            return True
        if self.cell.error or self.cell.formula:
            return False
        return isinstance(self.cell.value, str) and is_blank(self.cell.value)


Row = dict[str, Answer]
SignedBy = Literal["image", "typed", "none"]


@dataclass(frozen=True)
class Signoff:
    """What the division head's box holds."""

    name: Answer | None = None
    signature: Answer | None = None
    signed_on: Answer | None = None
    by: SignedBy = "none"
    sha256: str = ""


@dataclass(frozen=True)
class RawForm:
    """Everything found on the sheets of one form, as places and texts."""

    fields: Row = field(default_factory=dict)
    employees: tuple[Row, ...] = ()
    items: tuple[Row, ...] = ()
    signoff: Signoff = Signoff()
    #: tables that were found though they are empty: the cell where the first row would be
    tables: Row = field(default_factory=dict)
    #: ticked request types, where the form has boxes
    types: tuple[str, ...] | None = None


def on_sheet(answer: Answer, title: str) -> Answer:
    return answer._replace(sheet=title)
