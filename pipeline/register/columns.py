"""The register's columns and rows: one visible list, whose each column is, and nothing of workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pipeline.model import Language
from pipeline.register.package.markup import letters_of
from pipeline.register.values import plain, read_day

Owner = Literal["akses", "staff"]
Kind = Literal["text", "date", "number", "choice"]

#: Header of the hidden column that says which item a row is ("REQ-2026-0001/1"). The same in every language.
KEY_HEADER = "Akses ID"
#: The name of the table, whatever the sheet is called by those who use it.
TABLE = "Register"


@dataclass(frozen=True)
class Choice:
    """One entry of a drop-down: `code` is what stands in the journal, `also` what people type instead."""

    code: str
    label_id: str
    label_en: str
    also: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id


@dataclass(frozen=True)
class Column:
    """One column: whose it is, what it is called, and how wide it is drawn (in characters)."""

    key: str
    label_id: str
    label_en: str
    owner: Owner = "akses"
    kind: Kind = "text"
    width: int = 12
    choices: tuple[Choice, ...] = ()

    def label(self, language: Language) -> str:
        return self.label_en if language == "en" else self.label_id

    @property
    def choices_id(self) -> tuple[str, ...]:
        return tuple(choice.label_id for choice in self.choices)

    @property
    def choices_en(self) -> tuple[str, ...]:
        return tuple(choice.label_en for choice in self.choices)


STATUSES = (
    Choice("open", "Belum", "Open", ("belum dikerjakan", "not started", "baru")),
    Choice(
        "progress", "Proses", "In progress", ("dalam proses", "sedang diproses", "on progress", "progress")
    ),
    Choice("done", "Selesai", "Done", ("sudah", "sudah selesai", "completed", "complete", "finished")),
    Choice("cancelled", "Batal", "Cancelled", ("dibatalkan", "canceled", "cancel")),
)

#: In the order they are drawn: what IT staff work with first, the details of the request behind. The widths
#: let the first printed page end with the staff's columns.
COLUMNS = (
    Column("number", "No. permintaan", "Request no.", width=16),
    Column("item", "Butir", "Item", kind="number", width=7),
    Column("employee", "Karyawan", "Employee", width=24),
    Column("employee_id", "NIK", "Employee no.", width=13),
    Column("system", "Sistem", "System", width=16),
    Column("level", "Level akses", "Access level", width=22),
    Column("action", "Tindakan", "Action", width=16),
    Column("start", "Mulai", "Start", kind="date", width=12),
    Column("end", "Berakhir", "End", kind="date", width=12),
    Column("decision", "Keputusan", "Decision", width=19),
    Column("state", "Tahap permintaan", "Request stage", width=31),
    Column("status", "Status pengerjaan", "Work status", "staff", "choice", 15, STATUSES),
    Column("done_by", "Dikerjakan oleh", "Done by", "staff", width=17),
    Column("done_on", "Tanggal selesai", "Done on", "staff", "date", 13),
    Column("account_id", "ID akun", "Account ID", "staff", width=17),
    Column("note", "Catatan IT", "IT note", "staff", width=34),
    Column("revoked_on", "Tanggal dicabut", "Revoked on", "staff", "date", 13),
    Column("revision", "Revisi", "Revision", kind="number", width=10),
    Column("received", "Diterima", "Received", kind="date", width=12),
    Column("type", "Jenis permintaan", "Request type", width=18),
    Column("requester", "Pemohon", "Requester", width=20),
    Column("department", "Departemen", "Department", width=18),
    Column("division", "Divisi", "Division", width=18),
    Column("position", "Jabatan", "Position", width=20),
    Column("need", "Keperluan", "Need", width=48),
    Column("decided_on", "Diputuskan", "Decided on", kind="date", width=12),
    Column("approver", "Pemberi keputusan", "Decided by", width=28),
    Column("reason", "Alasan", "Reason", width=32),
    Column("evidence", "No. bukti", "Evidence no.", kind="number", width=10),
)
AKSES = tuple(column for column in COLUMNS if column.owner == "akses")
STAFF = tuple(column for column in COLUMNS if column.owner == "staff")
_BY_KEY = {column.key: column for column in COLUMNS}


def column_of(key: str) -> Column:
    """The column with this key; KeyError when there is none."""
    return _BY_KEY[key]


def column_label(key: str, language: Language) -> str:
    """What people see above a column; the key itself where no column has it."""
    return _BY_KEY[key].label(language) if key in _BY_KEY else key


def choice_text(key: str, value: str, language: Language) -> str:
    """What the cell of column `key` shows for a value: "Selesai" for "done"; other values as they are."""
    choices = _BY_KEY[key].choices if key in _BY_KEY else ()
    return next((choice.label(language) for choice in choices if choice.code == value), value)


def canonical(column: Column, text: str) -> str:
    """What was typed as it is compared and kept: a choice's code, a date in ISO 8601, else the text."""
    text = plain(text)
    if column.kind == "date":
        day = read_day(text)
        return day.isoformat() if day else text
    folded = fold(text) if column.choices else ""
    for choice in column.choices:
        if folded in map(fold, (choice.code, choice.label_id, choice.label_en, *choice.also)):
            return choice.code
    return text


def fold(text: str) -> str:
    """Letters' case and the number of spaces do not make a header or a choice another one."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Row:
    """What our columns show for one item; a column that is not named is empty."""

    #: REQ-2026-0001/1
    key: str
    cells: Mapping[str, str | int | date | None]

    def texts(self) -> dict[str, str]:
        """Every column of ours with its canonical text, as reading the written sheet gives it."""
        return {column.key: canonical(column, plain(self.cells.get(column.key))) for column in AKSES}


@dataclass(frozen=True)
class Sheet:
    """The register as it stands: canonical texts by row key and column key, both owners' columns."""

    #: 0 when the file does not say which of our writings it comes from
    generation: int
    rows: Mapping[str, Mapping[str, str]]
    #: the keys as they stand from top to bottom
    order: tuple[str, ...]
    #: rows that are not ours, described for a report
    stray: tuple[str, ...] = ()
    #: what is odd but does no harm, described for a report
    problems: tuple[str, ...] = ()
    #: who saved the file last, and when, as it says itself; "" where it does not
    saved_by: str = ""
    saved_at: str = ""
    #: the installation whose register it is; "" where the file does not say
    house: str = ""
    #: keys of rows whose number and item are another's, and nothing tells which is right
    doubtful: frozenset[str] = frozenset()
    #: keys of rows that were told by number and item, since their hidden key is another row's
    rekeyed: frozenset[str] = frozenset()
    #: where rows and columns stand: row key -> row number, column key -> column number
    lines: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    def address(self, key: str, column: str) -> str:
        """The cell of a row and column as people name it: "P5"; "" where it does not stand there."""
        if key not in self.lines or column not in self.places:
            return ""
        return f"{letters_of(self.places[column])}{self.lines[key]}"
