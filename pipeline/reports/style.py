"""How the summary looks: its colours, letters and lines in one place. Knows no figure."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from pipeline.celltext import put_text

INK, TEXT, GREY, WHITE = "FF1F3B57", "FF22303C", "FF6B7885", "FFFFFFFF"
PALE, BAND, LINE = "FFEAF0F5", "FFF7F9FB", "FFD5DDE5"
#: approved, rejected, waiting: told apart without colour sight too, by lightness
APPROVED, REJECTED, WAITING = "2E7D6B", "C2573F", "E6B655"

COUNT, DAYS, DAY, MOMENT = "#,##0", "#,##0.0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
CHANGE, CHANGE_DAYS = "▲ #,##0;▼ #,##0;=", "▲ #,##0.0;▼ #,##0.0;="

HAIR = Side("thin", color=LINE)
UNDER = Border(bottom=HAIR)
BOX = Border(left=HAIR, right=HAIR, top=HAIR, bottom=HAIR)


def font(size: float = 10, **more: Any) -> Font:
    """The summary's letters."""
    return Font(name="Calibri", size=size, **{"color": TEXT, **more})


def ground(colour: str) -> PatternFill:
    """A plain ground of one colour."""
    return PatternFill("solid", fgColor=colour)


def put(cell: Any, value: object, form: str = "", **style: Any) -> None:
    """Write a value under its style; text goes through `put_text`, because most of it came from outside."""
    for name, what in style.items():
        setattr(cell, name, what)
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
        cell.number_format = form or "General"


def at(horizontal: str = "left", vertical: str = "center", wrap: bool = False, indent: int = 0) -> Alignment:
    """Where text stands in its cell."""
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent)
