"""Systems that one person should not hold together (separation of duties), item by item. Pure."""

from collections.abc import Collection, Iterable, Mapping

from pipeline.model import AccessItem, System

#: NIK as it is compared -> codes of the systems that person has.
Holding = Mapping[str, Collection[str]]


def same_nik(employee_id: str) -> str:
    """A NIK as it is compared: Excel drops leading zeros where a cell is a number."""
    return employee_id.strip().casefold().lstrip("0")


def conflicts_among(
    items: Iterable[AccessItem], held: Holding, systems: Mapping[str, System]
) -> dict[int, str]:
    """Item number -> with which other systems of the same person it must not be held, by label."""
    items = tuple(items)
    found = {}
    for item in items:
        if item.action == "revoke":
            continue
        against = _against(item.system, systems)
        nik = same_nik(item.employee.employee_id)
        his = [other for other in items if same_nik(other.employee.employee_id) == nik]
        given = {other.system for other in his if other.action != "revoke"}
        taken = {other.system for other in his if other.action == "revoke"}
        meets = sorted(against & (given | (set(held.get(nik, ())) - taken)))
        if meets:
            labels = ", ".join(systems[code].label_id for code in meets)
            found[item.no] = f"{item.employee.name}: {item.system_label} + {labels}"
    return found


def _against(code: str, systems: Mapping[str, System]) -> frozenset[str]:
    own = systems[code].conflicts if code in systems else ()
    return frozenset(own) | {other.code for other in systems.values() if code in other.conflicts}
