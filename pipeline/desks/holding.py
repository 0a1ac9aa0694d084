"""What the employees of a form have been given already and still have, as the journal knows it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from pipeline.approval.conflicts import same_nik
from pipeline.model import AccessItem, Employee
from pipeline.turn import Turn

#: NIK as it is compared -> system -> the item that gave it.
Held = Mapping[str, Mapping[str, AccessItem]]


def held_access(turn: Turn, employees: Iterable[Employee]) -> Held:
    """The access of these employees that was given and has not ended."""
    today: date = turn.office.today()
    held: dict[str, dict[str, AccessItem]] = {}
    for nik in {same_nik(employee.employee_id) for employee in employees} - {""}:
        # The text of a number that Excel has taken the zeros from still ends alike.
        for ref in turn.entry.refs_mentioning(json.dumps(nik, ensure_ascii=False)[1:]):
            case = turn.case(ref)
            for item in case.items if case else ():
                running = item.item.end_date is None or item.item.end_date >= today
                if item.status == "provisioned" and running:
                    whose = same_nik(item.item.employee.employee_id)
                    held.setdefault(whose, {})[item.item.system] = item.item
    return held
