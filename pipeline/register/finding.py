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
#: Whose register it is: a random id of the installation, a text in quotes.
HOUSE = "AKSES_HOUSE"
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
class TableArea:
    """A table of a sheet, as its own part tells it."""

    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    #: the number that each column keeps when it is renamed or moved; 0 where there is none
    ids: tuple[int, ...] = ()


def read_generation(package: Package, workbook: str) -> int:
    """Which of our writings the file comes from; 0 when it does not say."""
    text = defined_name(package, workbook, GENERATION)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def read_house(package: Package, workbook: str) -> str:
    """The installation whose register the file is; "" when it does not say, as those of earlier versions."""
    return defined_name(package, workbook, HOUSE).strip('"')


def defined_name(package: Package, workbook: str, name: str) -> str:
    """What a name of the whole workbook stands for; "" where there is none."""
    for element in package.tree(workbook).iter():
        if isinstance(element.tag, str) and local(element) == "definedName" and element.get("name") == name:
            return (element.text or "").strip()
    return ""


def find_area(package: Package, workbook: str, strings: Sequence[str]) -> Area:
    """The register's place. RegisterDamaged (foreign, no-key, header) where it cannot be told."""
    from_1904 = counts_from_1904(package, workbook)
    best: dict[str, int] = {}
    for part, name, table in candidates(package, workbook):
        for number, row in heads(package, part, table):
            cells = ((column, read_cell(raw, strings)) for column, raw in row.items())
            places = match_headers({column: cell.text for column, cell in cells if cell})
            if "key" in places and not _missing(places):
                return area_at(part, name, table, number, places, from_1904)
            best = max(best, places, key=len)
    raise _not_found(best)


def counts_from_1904(package: Package, workbook: str) -> bool:
    """Do the workbook's dates begin with the year 1904?"""
    return any(
        isinstance(element.tag, str)
        and local(element) == "workbookPr"
        and element.get("date1904") in {"1", "true"}
        for element in package.tree(workbook).iter()
    )


def area_at(
    part: str, sheet: str, table: TableArea | None, header: int, places: Mapping[str, int], from_1904: bool
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


def candidates(package: Package, workbook: str) -> Iterator[tuple[str, str, TableArea | None]]:
    """(part, sheet name, table): first the table with our name, then other tables, then any sheet."""
    relations = package.relations(workbook)
    found: list[tuple[int, str, str, TableArea | None]] = []
    for element in package.tree(workbook).iter():
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


def _rank(table: TableArea) -> int:
    return 0 if fold(table.name) == fold(TABLE) else 1


def _tables(package: Package, part: str) -> Iterator[TableArea]:
    for name in package.related(part, "table"):
        root = package.tree(name)
        found = _REFERENCE.fullmatch(root.get("ref", ""))
        if found is None or root.get("headerRowCount", "1") == "0":
            continue
        totals = root.get("totalsRowCount", "0")
        yield TableArea(
            root.get("displayName") or root.get("name") or "",
            int(found[2]), int(found[4]) - (int(totals) if totals in {"0", "1"} else 0),
            column_of(found[1]), column_of(found[3]), tuple(_ids(root)),
        )  # fmt: skip


def _ids(table: etree._Element) -> Iterator[int]:
    for element in table.iter():
        if isinstance(element.tag, str) and local(element) == "tableColumn":
            text = element.get("id", "")
            yield int(text) if text.isascii() and text.isdigit() else 0


def heads(package: Package, part: str, table: TableArea | None) -> Iterator[tuple[int, RawRow]]:
    """The table's header row; without a table, every row that might be a header."""
    for number, row in read_rows(package, part):
        if number > (table.first_row if table else _HEADER_ROWS):
            return
        if table is None or number == table.first_row:
            yield number, row
