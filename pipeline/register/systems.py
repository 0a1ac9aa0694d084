"""The systems that the live summary names: each gets a line as soon as somebody has asked for it."""

import re
from collections.abc import Iterable, Mapping

from pipeline.register.cells import read_cell, read_rows, shared_strings
from pipeline.register.finding import defined_name
from pipeline.register.opening import Package
from pipeline.register.package.changes import SheetChanges
from pipeline.register.package.editing import Package as Editing
from pipeline.register.package.markup import area_of
from pipeline.register.package.refusal import Refused

#: A defined name over the cells in which the systems stand, so that they are found wherever staff move them.
SYSTEMS = "AKSES_SYSTEMS"
_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+)")


def new_systems(data: bytes, editing: Editing, systems: Iterable[str]) -> Mapping[str, SheetChanges]:
    """What is to be written into the empty lines of the summary: the systems that it does not name yet.

    Nothing where staff deleted the sheet or the name, or no line is left.
    """
    reading = Package(data)
    workbook = reading.workbook()
    found = _PLACE.fullmatch(defined_name(reading, workbook, SYSTEMS))
    try:
        sheet = editing.sheet((found[1] or "").replace("''", "'") or found[2]) if found else None
    except Refused:
        sheet = None
    if found is None or sheet is None:
        return {}
    top, column, bottom, _ = area_of(found[3].replace("$", ""))
    strings = shared_strings(reading, workbook)
    cells = ((number, read_cell(row.get(column), strings)) for number, row in read_rows(reading, sheet.part))
    texts = {number: cell.text for number, cell in cells if cell}
    known = {texts[number] for number in range(top, bottom + 1) if number in texts}
    free = [number for number in range(top, bottom + 1) if number not in texts]
    wanted = [name for name in dict.fromkeys(systems) if name and name not in known]
    new = {number: {column: name} for number, name in zip(free, wanted, strict=False)}
    return {sheet.part: SheetChanges(new)} if new else {}
