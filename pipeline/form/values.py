"""What an answer says: text, NIK, email or date, and what is wrong with it. Finds no answer itself."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.form.answers import Answer
from pipeline.form.dates import BadDateError, dates_in, is_no_end
from pipeline.form.grid import Cell
from pipeline.form.grid_formats import date_to_serial, serial_to_date, shown_number
from pipeline.form.words import clean, is_blank, key

_EMAIL = re.compile(
    r"^[\w.+'%&~#-]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[a-z\d-]+)$", re.IGNORECASE
)
#: "budi@x.example (kantor)"
_REMARK = re.compile(r"(?<=\w)\s*\([^()@]*\)$")
#: What stands between two addresses in one cell.
_BETWEEN = re.compile(r"\s*[;,/|&\s]\s*(?:(?:dan|and|atau|or)\s+)?")
_ADDRESS_IN = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
#: A formula that starts another program: cmd|'/C calc'!A0, DDE(...), MSEXCEL|...
_DDE = re.compile(
    r"^[\s+\-@=]*(?:[A-Za-z][\w.]*\s*\|\s*['\"]|DDE\s*\(|\[\d+\]!'!)|\|\s*'[^']*'\s*!", re.IGNORECASE
)
_BETWEEN_IDS = re.compile(r"[,;&|\n]|\b(?:dan|and|atau|or|s/d|sampai)\b", re.IGNORECASE)
#: A number that a spreadsheet made of something else: "1.23E+15", "12.5".
_NO_NIK = re.compile(r"\d[.,]\d+e\+?\d+|\d{1,3}[.,]\d{1,2}", re.IGNORECASE)
_NIK_PREFIX = re.compile(r"^(?:(?:nik|nip|id|no)\s*[.:#]\s*|ni[kp]\s+|#\s*)(?=\w)", re.IGNORECASE)
#: Error values that some programs leave behind as text. "#N/A" is left out: people type it for "none".
_ERROR_TEXTS = frozenset({"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
#: Serial numbers of the years that a form is about.
_SERIALS = range(29_000, 75_000)
_YEARS_BACK, _YEARS_AHEAD = 5, 6
_YEARS_BACK_END, _YEARS_AHEAD_END = 10, 74


@dataclass(frozen=True)
class Reading:
    """A value and, where something is wrong with it, a message key with its kind."""

    value: str = ""
    day: date | None = None
    trouble: str = ""
    kind: str = ""
    #: what stands in the cell, for the message
    shown: str = ""
    #: the end of a period written in one cell
    end: date | None = None


#: Between the first day and the last: words, or a dash that is no part of a date.
_PERIOD = re.compile(
    r"\b(?:s/?d|sampai|hingga|to|until|till)\b|\bs\.d\.|\s[-–—]\s|~|[–—]|\d{4}-\d{1,2}(?:[/. ]|$)"
    r"|[/.]\d{2}-\d{1,2}[/.]|\d-\d{1,2}\s*[a-z]", re.IGNORECASE,
)  # fmt: skip
_UNDECIDED = re.compile(r"\?+|tb[acd]|to be (?:advised|confirmed)|(?:akan )?menyusul")
#: "1 Desember 2026 s/d selesai": it ends, though nobody says when.
_OPEN_PERIOD = re.compile(r"\d\s*(?:s/?d|sampai|hingga|until)\b\D*$", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:atau|or|dan|and)\b|[&;]", re.IGNORECASE)


def read_formula(answer: Answer) -> Reading | None:
    """Trouble with a formula or an error value, None where there is none to speak of."""
    cell = answer.cell
    if cell is None:
        return None
    if cell.formula and _DDE.search(cell.formula):
        return Reading(trouble="dangerous_formula", kind="formula", shown=cell.formula)
    error = cell.error or (clean(cell.text) if clean(cell.text) in _ERROR_TEXTS else "")
    if error:
        return Reading(trouble="error_value", kind="formula", shown=error)
    if cell.formula and cell.value is None:
        return Reading(trouble="no_formula_value", kind="formula", shown=f"={cell.formula}")
    return None


def read_text(answer: Answer) -> Reading:
    """An answer in words. A bare number, truth value or date is no name, and is said to be invalid."""
    trouble = read_formula(answer)
    if trouble:
        return trouble
    if answer.is_empty:
        return _blank(answer)
    text = _shown(answer)
    odd = isinstance(answer.cell.value, (bool, datetime)) if answer.cell and answer.text is None else False
    if answer.cell and answer.cell.formula and text == "0":
        return Reading(trouble="no_formula_value", kind="formula", shown=f"={answer.cell.formula}")
    return Reading(text, trouble="invalid_text" if odd else "", kind="invalid" if odd else "", shown=text)


def read_name(answer: Answer) -> Reading:
    """A person's name or position: words with at least one letter."""
    found = read_text(answer)
    if found.value and not found.trouble and not any(letter.isalpha() for letter in found.value):
        return Reading(found.value, trouble="invalid_text", kind="invalid", shown=found.value)
    return found


def _blank(answer: Answer) -> Reading:
    if answer.cell and answer.cell.formula:
        return Reading(trouble="no_formula_value", kind="formula", shown=f"={answer.cell.formula}")
    return Reading()


def read_id(answer: Answer, date1904: bool) -> Reading:
    """A NIK as text: leading zeros kept, also those that only the number format shows; 12345.0 is 12345."""
    trouble = read_formula(answer)
    if trouble:
        return trouble
    if answer.is_empty:
        return _blank(answer)
    cell = answer.cell
    if cell is not None and answer.text is None and not isinstance(cell.value, str):
        return _number_id(cell, date1904)
    text = _NIK_PREFIX.sub("", answer.shown.lstrip("'`’"))
    text = re.sub(r"^(\d+)[.,]0+$", r"\1", text).strip(" ,;").rstrip(".")
    if _is_several_ids(answer):
        return Reading(text, trouble="two_ids", kind="ambiguous", shown=answer.shown)
    good = (
        not text.startswith("-")
        and any(letter.isdigit() and letter != "0" for letter in text)
        and not _NO_NIK.fullmatch(text)
    )
    return Reading(
        text, trouble="" if good else "invalid_id", kind="" if good else "invalid", shown=answer.shown
    )


def _is_several_ids(answer: Answer) -> bool:
    """More than one NIK in a cell. A stroke may belong to one NIK ("0456/2019"): sides alike do not."""
    raw = answer.text if answer.text is not None else answer.cell.text if answer.cell else ""
    parts = [clean(part) for part in _BETWEEN_IDS.split(raw.strip()) if clean(part)]
    if len(parts) > 1:
        return all(sum(letter.isdigit() for letter in part) >= 3 for part in parts)
    sides = [side.strip() for side in raw.split("/")]
    return (
        len(sides) > 1
        and all(side.isdigit() for side in sides)
        and len({*map(len, sides)}) == 1 < len(sides[0]) - 3
    )


def _number_id(cell: Cell, date1904: bool) -> Reading:
    value = cell.value
    if isinstance(value, datetime):
        # A number that a careless format shows as a date, unless it is a date of our time: that was meant.
        value = date_to_serial(value, date1904)
        if value in _SERIALS:
            return Reading(_number_text(cell), trouble="invalid_id", kind="invalid", shown=_number_text(cell))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value <= 0:
        return Reading(_number_text(cell), trouble="invalid_id", kind="invalid", shown=_number_text(cell))
    text = shown_number(value, cell.format)
    return Reading(text, shown=text)


def _number_text(cell: Cell) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)):
        return shown_number(value, cell.format)
    return clean(value or "")


def _shown(answer: Answer) -> str:
    if answer.text is not None or answer.cell is None:
        return answer.shown
    return _number_text(answer.cell)


def read_email(answer: Answer) -> Reading:
    """One address; "mailto:", a name before <...> and trailing marks are taken off."""
    trouble = read_formula(answer)
    if trouble:
        return trouble
    if answer.is_empty:
        return _blank(answer)
    text = _shown(answer)
    if answer.cell and answer.cell.formula and text == "0":
        return Reading(trouble="no_formula_value", kind="formula", shown=f"={answer.cell.formula}")
    inside = _ADDRESS_IN.search(text)
    plain = inside[1] if inside else re.sub(r"^(?:mailto|e-?mail)\s*:\s*", "", text, flags=re.IGNORECASE)
    plain = _REMARK.sub("", plain.split("?")[0].strip(" ,;'\"")).rstrip(" .,;'\"")
    parts = _BETWEEN.split(plain)
    if len(parts) > 1 and all(map(_EMAIL.match, parts)):
        if len({part.casefold() for part in parts}) > 1:
            return Reading(parts[0], trouble="two_emails", kind="ambiguous", shown=text)
        plain = parts[0]
    good = bool(_EMAIL.match(plain)) and ".." not in plain and not plain.startswith(".") and ".@" not in plain
    return Reading(plain, trouble="" if good else "invalid_email", kind="" if good else "invalid", shown=text)


def read_date(answer: Answer, date1904: bool, today: date, is_end: bool = False) -> Reading:
    """A date: a real one, a serial number, or text day first. `is_end`: words for "no end" are no date."""
    trouble = read_formula(answer)
    if trouble:
        return trouble
    if is_end and _UNDECIDED.fullmatch(key(answer.shown) or answer.shown):
        # Whoever has not decided on an end has not asked for lasting access.
        return Reading(trouble="invalid_date", kind="invalid", shown=answer.shown)
    if answer.is_empty or (
        is_end and answer.text is None and is_no_end(answer.shown) and not _has_date(answer.shown)
    ):
        return _blank(answer)
    cell = answer.cell
    shown = _shown(answer)
    if cell is not None and answer.text is None and not isinstance(cell.value, str):
        day = _real_date(cell, date1904)
        if cell.formula and (day is None or day.year < 1905):
            return Reading(trouble="no_formula_value", kind="formula", shown=f"={cell.formula}")
        return _plausible(day, shown, today, is_end)
    return _text_date(answer.shown, date1904, today, is_end)


def _has_date(text: str) -> bool:
    try:
        return bool(dates_in(text))
    except BadDateError:
        return True


def _real_date(cell: Cell, date1904: bool) -> date | None:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if int(value) in _SERIALS:
        day = serial_to_date(value, date1904)
        return day.date() if day else None
    if value == int(value) and 1_000_000 <= value < 100_000_000:
        # 24112026 and 1122026 typed as a number.
        try:
            return next(iter(dates_in(str(int(value)).zfill(8))), None)
        except BadDateError:
            return None
    return None


def _text_date(text: str, date1904: bool, today: date, is_end: bool) -> Reading:
    if re.fullmatch(r"\d{5}(?:\.0*)?", text) and int(float(text)) in _SERIALS:
        day = serial_to_date(float(text), date1904)
        return _plausible(day.date() if day else None, text, today, is_end)
    try:
        days = dates_in(text)
    except BadDateError as error:
        if error.ambiguous:
            return Reading(trouble="two_dates", kind="ambiguous", shown=text)
        return Reading(trouble="invalid_date", kind="invalid", shown=text)
    if not days:
        return Reading(trouble="invalid_date", kind="invalid", shown=text)
    if len(set(days)) == 1 and (is_end or not _OPEN_PERIOD.search(text) or is_no_end(text)):
        return _plausible(days[0], text, today, is_end)
    if len(days) == 2 and not is_end and _PERIOD.search(text) and not _EITHER.search(text):
        start = _plausible(days[0], text, today, is_end)
        return Reading(day=start.day, trouble=start.trouble, kind=start.kind, shown=text, end=days[1])
    if len(days) == 1:
        return Reading(trouble="invalid_date", kind="invalid", shown=text)
    return Reading(trouble="two_dates", kind="ambiguous", shown=text)


def _plausible(day: date | None, shown: str, today: date, is_end: bool) -> Reading:
    if day is None:
        return Reading(trouble="invalid_date", kind="invalid", shown=shown)
    back, ahead = (_YEARS_BACK_END, _YEARS_AHEAD_END) if is_end else (_YEARS_BACK, _YEARS_AHEAD)
    if not today.year - back <= day.year <= today.year + ahead:
        return Reading(day=None, trouble="far_date", kind="invalid", shown=shown)
    return Reading(day=day, shown=shown)


def typed_text(answer: Answer) -> str:
    """What was typed in a cell, as text, without judging it; "" for what is blank."""
    return "" if answer.is_empty or read_formula(answer) else _shown(answer)


def is_untouched(answer: Answer) -> bool:
    return answer.is_empty or is_blank(answer.shown)
