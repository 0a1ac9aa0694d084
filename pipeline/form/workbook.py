"""Which sheet of a workbook is the form: examples, blanks and hidden copies aside. Judges no answer."""

import re
from dataclasses import replace

from pipeline.form.answers import Signoff
from pipeline.form.fields import LISTS_NAME
from pipeline.form.sheetform import SheetForm

#: Sheets that explain the form; a filled sample on one of them is nobody's request.
_EXPLAINS = re.compile(
    r"\b(?:contoh|sample|example|petunjuk|panduan|instruksi|instructions?|cara|guide|help|readme)",
    re.IGNORECASE,
)


class NoFormError(Exception):
    """The workbook is not one filled form. `message` is a key of the messages."""

    def __init__(self, message: str, text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.text = text


def choose_form(forms: list[SheetForm]) -> SheetForm:
    """The one filled form of a workbook's sheets. NoFormError says what there is instead."""
    if not any(f.has_cells for f in forms):
        raise NoFormError("no_cells")
    own = [f for f in forms if f.visible and not _EXPLAINS.search(f.title)]
    visible = [f for f in forms if f.visible]
    # A hidden sheet counts only where nothing that can be seen is a form: it may be an old copy or a list.
    hidden = [] if any(f.is_form for f in visible) else [f for f in forms if f.title != LISTS_NAME]
    for group in (own, visible, hidden):
        filled = [f for f in group if f.is_form and f.is_filled]
        if len(filled) > 1:
            filled = _not_parts(filled)
        if len(filled) > 1:
            raise NoFormError("two_forms", ", ".join(f.title for f in filled))
        if filled:
            return _whole(filled[0], [f for f in own if f is not filled[0]])
    joined = _joined(own)
    if joined is not None and joined.is_form and joined.is_filled:
        return _checked(joined)
    if any(f.is_form for f in forms) or (joined is not None and joined.is_form):
        raise NoFormError("blank_form")
    raise NoFormError("other_form")


def _not_parts(filled: list[SheetForm]) -> list[SheetForm]:
    """Sheets that name a requester: one without is the continuation of another."""
    named = [f for f in filled if "requester_name" in f.fields and not f.fields["requester_name"].is_empty]
    whole = [f for f in named if f.employees or f.items]
    return whole or named or filled


def _whole(form: SheetForm, others: list[SheetForm]) -> SheetForm:
    """The form with tables that stand on a sheet of their own ("terlampir")."""
    for other in others:
        if other.is_form and other.is_filled and "requester_name" in other.fields:
            continue
        if not form.employees and other.employees:
            form = replace(form, employees=other.employees, tables={**other.tables, **form.tables})
        if not form.items and other.items:
            form = replace(form, items=other.items, tables={**other.tables, **form.tables})
        if form.signoff.name is None and other.signoff.name is not None:
            form = replace(form, signoff=other.signoff)
        form = replace(
            form, types=form.types or other.types, urgency=form.urgency or other.urgency,
            fields={**other.fields, **form.fields},
        )  # fmt: skip
    return _checked(form)


def _joined(forms: list[SheetForm]) -> SheetForm | None:
    """One form out of sheets that each hold a part of it."""
    if not forms:
        return None
    first, *rest = forms
    for other in rest:
        first = replace(
            first,
            fields={**other.fields, **first.fields},
            types=first.types or other.types,
            urgency=first.urgency or other.urgency,
            employees=first.employees or other.employees,
            items=first.items or other.items,
            signoff=first.signoff if first.signoff != Signoff() else other.signoff,
            tables={**other.tables, **first.tables},
            titled=first.titled or other.titled,
        )
    return first


def _checked(form: SheetForm) -> SheetForm:
    if form.doubled:
        raise NoFormError("two_forms", form.title)
    return form
