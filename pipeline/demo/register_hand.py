"""IT staff at work in the register: a workbook opened and saved by hand, as Excel would, by openpyxl."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from pipeline.model import Language
from pipeline.register.columns import COLUMNS, KEY_HEADER, choice_text


def fill_register(path: Path, done: Callable[[str], dict[str, str]], language: Language = "id") -> int:
    """Write what `done` says for each row that is approved and not yet done; how many rows were filled."""
    book = load_workbook(path)
    sheet = book["Register"]
    table = next(iter(sheet.tables.values()))
    cells = sheet[table.ref]
    headers = {str(cell.value): number for number, cell in enumerate(cells[0])}
    label = {column.key: column.label(language) for column in COLUMNS}
    approved = {"Disetujui", "Approved"}
    filled = 0
    for row in cells[1:]:
        key = row[headers[KEY_HEADER]].value
        if not key or row[headers[label["decision"]]].value not in approved:
            continue
        for name, value in done(str(key)).items():
            text = choice_text(name, value, language)
            row[headers[label[name]]].value = text
        filled += 1
    book.save(path)
    return filled
