"""The register as a file: a new one, and an existing one brought up to date. Decides nothing; see sync.py."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from pipeline.model import Language, PipelineError
from pipeline.register.columns import STAFF, Row, canonical
from pipeline.register.damage import RegisterDamaged
from pipeline.register.drawing import draw_register
from pipeline.register.legend import draw_legend
from pipeline.register.names import set_generation, set_house
from pipeline.register.reading import read_register
from pipeline.register.summary import draw_summary
from pipeline.register.updating import update_register
from pipeline.register.values import plain

__all__ = ["RegisterDamaged", "check_written", "new_register", "read_register", "update_register"]

#: A difference found by reading back is described by the first few.
_TOLD = 5


def new_register(
    rows: Sequence[Row],
    staff: Mapping[str, Mapping[str, str]],
    generation: int,
    company: str,
    language: Language,
    house: str = "",
) -> bytes:
    """A new register: the sheets Register, summary and legend, with every row and what staff have written.

    `house`: the id of the installation whose register it is.
    """
    book = Workbook()
    # It stands in footers too, which cannot hold a line's end.
    company = " ".join(plain(company).split())
    draw_register(book.worksheets[0], rows, staff, company, language)
    draw_summary(book.create_sheet(), (str(row.cells.get("system") or "") for row in rows), company, language)
    draw_legend(book.create_sheet(), company, language)
    set_generation(book, generation)
    set_house(book, house)
    # Readers that trust stored results would show the summary without figures.
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def check_written(
    data: bytes, rows: Sequence[Row], staff: Mapping[str, Mapping[str, str]], generation: int
) -> None:
    """Read a new register back before it is swapped in; PipelineError when anything is not as it should be.

    `staff` is compared for the rows and columns that it names.
    """
    sheet = read_register(data)
    wrong = [] if sheet.generation == generation else [f"generation {sheet.generation}"]
    for row in rows:
        found = sheet.rows.get(row.key)
        if found is None:
            wrong.append(f"{row.key} is missing")
            continue
        written = staff.get(row.key, {})
        wanted = row.texts() | {c.key: canonical(c, written[c.key]) for c in STAFF if c.key in written}
        wrong += [
            f"{row.key} {name}: {found[name]!r}" for name, text in wanted.items() if found[name] != text
        ]
    if wrong:
        told = "; ".join(wrong[:_TOLD]) + (f"; and {len(wrong) - _TOLD} more" if len(wrong) > _TOLD else "")
        raise PipelineError(
            f"The new register does not read back as it was written: {told[:1000]}.",
            "The old register stays in place; please report this.",
        )
