"""Drop-downs and colours of the register, over the rows of its table."""

from collections.abc import Iterable, Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import Language
from pipeline.register import style
from pipeline.register.columns import STAFF, STATUSES
from pipeline.register.wording import DECISIONS, STATES, WORK, Tone, Word, say


def add_validations(
    sheet: Worksheet, places: Mapping[str, int], first: int, last: int, language: Language
) -> None:
    """Status from a list; dates that are dates, and not in the future."""
    choices = [choice.label(language) for choice in STATUSES]
    status = DataValidation(
        "list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True
    )
    status.errorTitle = say("status-title", language)
    status.error = say("status-error", language).format(choices=", ".join(choices))
    day = DataValidation(
        "date",
        operator="between",
        formula1="DATE(2000,1,1)",
        formula2="TODAY()",
        allow_blank=True,
        showErrorMessage=True,
    )
    day.errorTitle = say("date-title", language)
    day.error = say("date-error", language)
    for column in STAFF:
        if column.kind in {"choice", "date"}:
            letter = get_column_letter(places[column.key])
            (status if column.kind == "choice" else day).add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(status)
    sheet.add_data_validation(day)


def add_colours(sheet: Worksheet, places: Mapping[str, int], first: int, last: int) -> None:
    """Colour by what a cell says, in either language; grey where staff have nothing to do."""
    letters = {key: get_column_letter(place) for key, place in places.items()}

    def lay(key: str, name: Tone, formula: str, until: str = "") -> None:
        rule = Rule(type="expression", dxf=style.tone(name), formula=[formula])
        sheet.conditional_formatting.add(f"{letters[key]}{first}:{letters[until or key]}{last}", rule)

    for key, words in (("decision", DECISIONS), ("state", STATES), ("status", tuple(WORK.values())[1:])):
        tones = dict.fromkeys(word.tone for word in words)
        for name in tones:
            lay(key, name, _says(f"${letters[key]}{first}", [word for word in words if word.tone == name]))
    end, revoked, decision = (f"${letters[key]}{first}" for key in ("end", "revoked_on", "decision"))
    given = _says(decision, [word for word in DECISIONS if word.label_en in {"Done", "Expired", "Imported"}])
    lay("end", "bad", f'AND(ISNUMBER({end}),{end}<TODAY(),{revoked}="",{given})')
    idle = _says(decision, [word for word in DECISIONS if word.tone in {"wait", "bad"}])
    lay("status", "over", idle, until="revoked_on")


def _says(cell: str, words: Iterable[Word]) -> str:
    """A formula: the cell holds one of these words, in whichever language."""
    return (
        "OR("
        + ",".join(f'{cell}="{text}"' for word in words for text in (word.label_id, word.label_en))
        + ")"
    )
