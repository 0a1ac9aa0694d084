"""Drop-downs, hints and warning colours of directory.xlsx: mistakes are seen while they are written."""

from typing import Any, cast

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.directory.words import LANGUAGES, PEOPLE, ROLES, Column, pick
from pipeline.model import Language

#: Excel's day numbers of 1 January 2000 and 31 December 2100.
_FIRST_DAY, _LAST_DAY = "36526", "73415"


def add_hints(sheet: Worksheet, columns: tuple[Column, ...], language: Language, last: int) -> None:
    """Beside a selected cell stands what belongs there."""
    for number, column in enumerate(columns, start=1):
        _add(sheet, number, DataValidation(), column, language, last)


def add_lists(people: Worksheet, departments: str, language: Language, last: int) -> None:
    """Drop-downs for role, department and language; dates that must be dates; hints for the rest."""
    lists = {
        "department": f"'{departments}'!$A$2:$A${last}",
        "role": _inline(tuple(pick(names, language) for names in ROLES.values())),
        "language": _inline(tuple(pick(names, language) for names in LANGUAGES.values())),
    }
    for number, column in enumerate(PEOPLE, start=1):
        rule = DataValidation()
        if column.key in lists:
            rule = DataValidation("list", formula1=lists[column.key])
            rule.error = {"id": "Silakan pilih dari daftar.", "en": "Please choose from the list."}[language]
        elif column.key.startswith("deputy_"):
            rule = DataValidation("date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY)
            rule.error = {
                "id": "Silakan tulis tanggal, misalnya 24/11/2026.",
                "en": "Please write a date, like 24/11/2026.",
            }[language]
        _add(people, number, rule, column, language, last)


def add_warnings(people: Worksheet, departments: Worksheet, last: int) -> None:
    """Colour what would be refused: no address, a department or deputy not listed, dates the wrong way."""
    names, addresses = f"'{departments.title}'!$A$2:$A${last}", f"'{people.title}'!$B$2:$B${last}"
    for sheet, column, formula in (
        (people, "B", 'AND($B2<>"",ISERROR(FIND("@",$B2)))'),
        (people, "G", f'AND($G2<>"",COUNTIF({addresses},$G2)=0)'),
        (people, "I", "AND(ISNUMBER($H2),ISNUMBER($I2),$I2<$H2)"),
        (departments, "C", f'AND($C2<>"",COUNTIF({addresses},$C2)=0)'),
        (departments, "A", f'AND($A2<>"",COUNTIF({names},$A2)>1)'),
    ):
        style = DifferentialStyle(fill=PatternFill("solid", bgColor="FFF8CBAD"))
        rule = cast(Any, Rule)(type="expression", dxf=style, formula=[formula])
        sheet.conditional_formatting.add(f"{column}2:{column}{last}", rule)


def _add(
    sheet: Worksheet, number: int, rule: DataValidation, column: Column, language: Language, last: int
) -> None:
    rule.allow_blank = rule.showErrorMessage = rule.showInputMessage = True
    rule.promptTitle, rule.prompt = column.header(language), column.hint(language)
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _inline(words: tuple[str, ...]) -> str:
    """A list inside the rule itself: Excel takes at most 255 characters, ours are far below."""
    return f'"{",".join(words)}"'
