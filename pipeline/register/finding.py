"""Finds the register in a workbook: the sheet, the table, and which column is which. Reads no row of data."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.register.cells import RawRow, read_cell, read_rows
from pipeline.register.columns import COLUMNS, KEY_HEADER, TABLE, fold
from pipeline.register.damage import RegisterDamaged
from pipeline.register.opening import Package, local
from pipeline.register.package.markup import column_of

#: Where the number of our last writing stands: a defined name that is a constant.
GENERATION = "AKSES_GENERATION"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
#: How far down a header is looked for when the table itself is gone.
_HEADER_ROWS = 200
#: Excel's last row.
LAST_ROW = 1_048_576


@dataclass(frozen=True)
class Area:
    """Where the register stands in its workbook."""

    #: name of the sheet's part in the zip
    part: str
    sheet: str
    #: name of the table; "" when somebody turned it into a plain range
    table: str
    header_row: int
    #: the last row of data: a totals row lies below
    last_row: int
    first_column: int
    last_column: int
    #: column key ("key" for the hidden one) -> column number
    places: Mapping[str, int]
    from_1904: bool


@dataclass(frozen=True)
class _Table:
    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int


def read_generation(package: Package, workbook: str) -> int:
    """Which of our writings the file comes from; 0 when it does not say."""
    text = defined_name(package, workbook, GENERATION)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def defined_name(package: Package, workbook: str, name: str) -> str:
    """What a name of the whole workbook stands for; "" where there is none."""
    for element in package.tree(workbook).iter():
        if isinstance(element.tag, str) and local(element) == "definedName" and element.get("name") == name:
            return (element.text or "").strip()
    return ""


def find_area(package: Package, workbook: str, strings: Sequence[str]) -> Area:
    """The register's place. RegisterDamaged (foreign, no-key, header) where it cannot be told."""
    root = package.tree(workbook)
    from_1904 = any(
        isinstance(element.tag, str)
        and local(element) == "workbookPr"
        and element.get("date1904") in {"1", "true"}
        for element in root.iter()
    )
    best: dict[str, int] = {}
    for part, name, table in _candidates(package, workbook, root):
        for number, row in _heads(package, part, table):
            cells = ((column, read_cell(raw, strings)) for column, raw in row.items())
            places = match_headers({column: cell.text for column, cell in cells if cell})
            if "key" in places and not _missing(places):
                return _area(part, name, table, number, places, from_1904)
            best = max(best, places, key=len)
    raise _not_found(best)


def _area(
    part: str, sheet: str, table: _Table | None, header: int, places: Mapping[str, int], from_1904: bool
) -> Area:
    """The place of a table, or, where it is a plain range now, of everything below the header."""
    edges = (min(places.values()), max(places.values()))
    if table is None:
        return Area(part, sheet, "", header, LAST_ROW, *edges, places, from_1904)
    return Area(
        part,
        sheet,
        table.name,
        header,
        table.last_row,
        table.first_column,
        table.last_column,
        places,
        from_1904,
    )


def _not_found(best: Mapping[str, int]) -> RegisterDamaged:
    """The nearest thing to our header tells what is missing."""
    if len(best) <= len(COLUMNS) // 2:
        return RegisterDamaged("foreign")
    if "key" not in best:
        return RegisterDamaged("no-key")
    return RegisterDamaged("header", ", ".join(_missing(best)))


def match_headers(texts: Mapping[int, str]) -> dict[str, int]:
    """Which column number is which of our columns, by the header in either language; the first one counts."""
    known = {fold(KEY_HEADER): "key"}
    for column in COLUMNS:
        known[fold(column.label_id)] = known[fold(column.label_en)] = column.key
    places: dict[str, int] = {}
    for number, text in sorted(texts.items()):
        key = known.get(fold(text))
        if key:
            places.setdefault(key, number)
    return places


def _missing(places: Mapping[str, int]) -> list[str]:
    return [column.label_id for column in COLUMNS if column.key not in places]


def _candidates(
    package: Package, workbook: str, root: etree._Element
) -> Iterator[tuple[str, str, _Table | None]]:
    """(part, sheet name, table): first the table with our name, then other tables, then any sheet."""
    relations = package.relations(workbook)
    found: list[tuple[int, str, str, _Table | None]] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or local(element) != "sheet":
            continue
        rid = next((value for name, value in element.attrib.items() if str(name).endswith("}id")), "")
        kind, part = relations.get(str(rid), ("", ""))
        if kind != "worksheet" or part not in package.names:
            continue
        title = element.get("name", "")
        found += [(_rank(table), part, title, table) for table in _tables(package, part)]
        found.append((2, part, title, None))
    yield from ((part, title, table) for _, part, title, table in sorted(found, key=lambda entry: entry[0]))


def _rank(table: _Table) -> int:
    return 0 if fold(table.name) == fold(TABLE) else 1


def _tables(package: Package, part: str) -> Iterator[_Table]:
    for name in package.related(part, "table"):
        root = package.tree(name)
        found = _REFERENCE.fullmatch(root.get("ref", ""))
        if found is None or root.get("headerRowCount", "1") == "0":
            continue
        totals = root.get("totalsRowCount", "0")
        yield _Table(
            root.get("displayName") or root.get("name") or "",
            int(found[2]), int(found[4]) - (int(totals) if totals in {"0", "1"} else 0),
            column_of(found[1]), column_of(found[3]),
        )  # fmt: skip


def _heads(package: Package, part: str, table: _Table | None) -> Iterator[tuple[int, RawRow]]:
    """The table's header row; without a table, every row that might be a header."""
    for number, row in read_rows(package, part):
        if number > (table.first_row if table else _HEADER_ROWS):
            return
        if table is None or number == table.first_row:
            yield number, row
